"""What the check says of folders, keys, disk and database, and that it changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, text

from bot.__main__ import main
from bot.adapters.telegram.reaching import Answer, Reached
from bot.app.ports import Transaction
from bot.core.ids import RoundId
from bot.core.rounds.lifecycle import Kind, Moment, RoundState
from bot.settings import Settings
from bot.wiring import inspection
from bot.wiring.inspection import FINE, NOT_YET, Finding
from bot.wiring.machine import Stored, open_store

SOMEBODY = 1001001


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_construct(**Settings().model_dump() | {"data_dir": tmp_path / "data"})


@pytest.fixture
def stored(settings: Settings) -> Iterator[Stored]:
    """An installation that runs, with one person in it."""
    opened = open_store(settings)
    opened.store.run_now(lambda tx: tx.people.add(SOMEBODY, language="en"))
    yield opened
    opened.store.stop_now()


def found(settings: Settings) -> dict[str, Finding]:
    return {finding.what: finding for finding in inspection.findings(settings)}


def test_before_the_first_start_nothing_is_missing_and_nothing_is_made(settings: Settings) -> None:
    says = found(settings)
    assert says["Database"].says == says["KEY_DIR"].says == NOT_YET
    assert not any(finding.do for finding in says.values())
    assert not settings.data_dir.exists()


def test_beside_a_running_bot_everything_is_in_order_and_stays_as_it_was(
    settings: Settings, stored: Stored
) -> None:
    stored.keys.create(RoundId(1))
    before = sorted(settings.data_dir.rglob("*"))
    says = found(settings)
    assert {says[what].says for what in ("DATA_DIR", "KEY_DIR", "identity.key", "Keys", "Database")} == {FINE}
    assert not any(finding.do for finding in says.values())
    assert sorted(settings.data_dir.rglob("*")) == before


@pytest.mark.parametrize("what", ["KEY_DIR", "Folder of MASTER_KEY_FILE", "MASTER_KEY_FILE", "identity.key"])
def test_keys_that_others_may_read_are_to_be_closed(settings: Settings, stored: Stored, what: str) -> None:
    master = settings.master_key
    {
        "KEY_DIR": settings.keys,
        "Folder of MASTER_KEY_FILE": master.parent,
        "MASTER_KEY_FILE": master,
        "identity.key": master.with_name("identity.key"),
    }[what].chmod(0o750)
    assert "chmod go-rwx" in str(found(settings)[what].do)


def test_what_belongs_to_another_account_is_named(
    settings: Settings, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wiring.inspection.os.geteuid", lambda: 4242)
    assert "chown" in str(found(settings)["KEY_DIR"].do)


def test_a_full_disk_is_told_before_a_round_has_to_close(
    settings: Settings, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(settings.data_dir)._replace(free=1_000_000)
    monkeypatch.setattr("bot.wiring.inspection.shutil.disk_usage", lambda _: usage)
    assert found(settings)["Disk"] == Finding(
        "Disk", "0.0 GB free", "Make room: 0.5 GB are needed to close a round safely."
    )


def test_without_its_keys_a_database_is_of_no_use(settings: Settings, stored: Stored) -> None:
    settings.master_key.with_name("identity.key").unlink()
    assert found(settings)["Keys"].do is not None


def test_the_identity_key_of_another_installation_is_noticed(settings: Settings, stored: Stored) -> None:
    settings.master_key.with_name("identity.key").write_bytes(bytes(32))
    assert found(settings)["Keys"].says == "identity.key is not that of this database"


def test_a_master_key_that_does_not_open_the_keys_of_rounds_is_noticed(
    settings: Settings, stored: Stored
) -> None:
    stored.keys.create(RoundId(1))
    settings.master_key.write_text("0\n" + "00" * 32 + "\n", "ascii")
    assert found(settings)["Keys"].says == "missing, or not those of this installation"


def test_rounds_whose_keys_were_lost_are_counted(settings: Settings, stored: Stored) -> None:
    stored.store.run_now(an_open_round)
    assert found(settings)["Open rounds"].says == "1 without their key"
    stored.keys.create(RoundId(1))
    assert "Open rounds" not in found(settings)


def an_open_round(tx: Transaction) -> None:
    partnership = tx.partnerships.add(name="Made-up Alliance", purpose="", language="en", zone="UTC")
    begun = tx.rounds.add(
        partnership,
        kind=Kind.REFLECTION,
        moment=Moment.BASELINE,
        flow="pat",
        flow_version=1,
        collect_days=7,
        answer_days=14,
    )
    tx.rounds.save(replace(begun, state=RoundState.ANSWERING))


@pytest.mark.parametrize(
    ("head", "says", "to_do"),
    [
        ("0001", "of an earlier version; the next start brings it up to date", False),
        ("9999", "written by a newer version of the bot", True),
    ],
)
def test_the_version_of_the_database_is_told(
    settings: Settings, stored: Stored, head: str, says: str, to_do: bool
) -> None:
    def mark(tx: Transaction) -> None:
        connection: Connection = tx.outbox._connection  # type: ignore[attr-defined]
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head})

    stored.store.run_now(mark)
    finding = found(settings)["Database"]
    assert (finding.says, finding.do is not None) == (says, to_do)


def test_a_file_that_is_no_database_is_told_with_what_to_do(settings: Settings, stored: Stored) -> None:
    stored.store.stop_now()
    (settings.data_dir / "bot.sqlite3").write_bytes(b"not a database at all, but long enough to look like it")
    assert "check its owner" in str(found(settings)["Database"].do)


def test_the_command_prints_every_finding_and_asks_for_attention(
    settings: Settings, stored: Stored, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.wiring.checks.catalog_problems", lambda _: [])
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    assert main(["check"]) == 0
    assert "Keys: in order\n" in capsys.readouterr().out
    settings.keys.chmod(0o755)
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "KEY_DIR: open to other accounts of this machine\n  Close it" in said
    assert said.endswith("Something needs attention.\n")


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        (Reached(Answer.WELCOME, 3.0), {"Telegram": False, "Clock": False}),
        (Reached(Answer.WELCOME, -90.0), {"Telegram": False, "Clock": True}),
        (Reached(Answer.UNKNOWN_TOKEN, 0.0), {"Telegram": True, "Clock": False}),
        (Reached(Answer.TROUBLE, None), {"Telegram": True}),
        (Reached(Answer.SILENCE, None), {"Telegram": True}),
    ],
)
async def test_what_telegram_answers_becomes_something_to_do(
    monkeypatch: pytest.MonkeyPatch, reached: Reached, told: dict[str, bool]
) -> None:
    async def reach(api: str, token: str) -> Reached:
        return reached

    monkeypatch.setattr("bot.wiring.inspection.reach", reach)
    settings = Settings(bot_token=SecretStr("1000001:made-up"))
    found = await inspection.online(settings)
    assert {finding.what: finding.do is not None for finding in found} == told
    assert "made-up" not in str(found)
