"""Nothing of a person in the logs, whatever goes wrong."""

from __future__ import annotations

import errno
import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.telegram.faults import NOISY, redacted, report, set_up_logging
from bot.errors import KeysError, StoreError
from tests.unit.telegram.scripted import TOKEN


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers = root.handlers[:]
    levels = {logger: logger.level for logger in (root, *map(logging.getLogger, NOISY))}
    stream = io.StringIO()
    set_up_logging("DEBUG", stream=stream)
    yield stream
    root.handlers[:] = handlers
    for logger, level in levels.items():
        logger.setLevel(level)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"POST https://api.example/bot{TOKEN}/getMe", "POST https://api.example/bot<token>/getMe"),
        (f"/bot{TOKEN.replace(':', '%3A')}/x", "/bot<token>/x"),
        ("chat -1001234567890 of 123456789", "chat -<number> of <number>"),
        ("round 12, 2027-03-31, 20 s", "round 12, 2027-03-31, 20 s"),
        ("حساب ١٢٣٤٥٦٧", "حساب <number>"),
    ],
)
def test_tokens_and_ids_are_blanked(text: str, clean: str) -> None:
    assert redacted(text) == clean


def test_a_fault_leaves_a_reference_a_class_and_a_place_only(log: io.StringIO) -> None:
    try:
        raise KeysError("Partner A said 420031")
    except KeysError as error:
        reference = report(error)
    line = log.getvalue()
    assert f"reference={reference} error=KeysError code=keys at=test_faults.py:" in line
    assert "Partner A" not in line


def test_tracebacks_and_foreign_messages_keep_their_words_to_themselves(log: io.StringIO) -> None:
    try:
        raise ValueError("Partner A said no")
    except ValueError:
        logging.getLogger("asyncio").exception("Task failed\nexception=ValueError('Partner A said no')")
    line = log.getvalue()
    assert "error=ValueError code=unexpected" in line
    assert "Partner A" not in line
    assert line.count("\n") == 1


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore.http11", "telegram.ext.ExtBot", "telegram.Bot", "aiohttp"]
)
def test_chatty_libraries_stay_quiet_even_when_we_debug(log: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("parameters: %s", {"text": "Partner A"})
    assert log.getvalue() == ""


def test_a_message_cannot_forge_a_second_line(log: io.StringIO) -> None:
    logging.getLogger("bot.test").info("one\ntime=never")
    assert log.getvalue().count("\n") == 1


def test_what_led_to_a_fault_is_told_by_class_and_constant_code_only(log: io.StringIO) -> None:
    def fail() -> None:
        try:
            raise OSError(errno.ENOSPC, "Partner A", "/made/up/Partner A")
        except OSError as full:
            raise StoreError("The database refused") from full

    with pytest.raises(StoreError) as raised:
        fail()
    report(raised.value)
    assert log.getvalue().rstrip('"\n').endswith("from=OSError:ENOSPC")
    assert "Partner A" not in log.getvalue()


def test_a_refusal_of_the_database_tells_its_code(log: io.StringIO, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'made-up'}")

    def ask() -> None:
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("SELECT 'Partner A' FROM nowhere")
        except SQLAlchemyError as refusal:
            raise StoreError("The database refused") from refusal

    with pytest.raises(StoreError) as raised:
        ask()
    engine.dispose()
    report(raised.value)
    assert "from=OperationalError>OperationalError:SQLITE_ERROR" in log.getvalue()
    assert "Partner A" not in log.getvalue()
