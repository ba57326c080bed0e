"""What must not be found: names, words and ids in logs, answers in files, texts in the outbox."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.adapters.db.answers import ANSWER
from bot.adapters.db.messages import OUTBOX
from bot.app.work import Work
from bot.wiring.playground import TOKEN
from tests.town import PARTNERS, Town, connection_of

CANARY = "Zyxquorvath"
"""Stands in every name and text of these tests, and nowhere else."""

LONG_NUMBER = re.compile(r"\d{6,}")


def forms(words: str) -> Iterator[bytes]:
    """How words could lie in a file: plain, as UTF-16, as hex, and as base64 at each of its three offsets."""
    raw = words.encode()
    yield from (raw, words.encode("utf-16-le"), raw.hex().encode(), raw.hex().upper().encode())
    for offset in range(3):
        whole = base64.b64encode(bytes(offset) + raw)
        yield whole[4 if offset else 0 : -4]


def found_in(folder: Path, words: str) -> list[str]:
    """Names of the files that hold these words in any form."""
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms(words))
    ]


def test_the_search_finds_words_in_every_form(tmp_path: Path) -> None:
    for number, content in enumerate(
        (CANARY.encode(), base64.b64encode(f"x{CANARY}y".encode()), CANARY.encode().hex().encode())
    ):
        (tmp_path / f"file{number}").write_bytes(b"before" + content + b"after")
    assert found_in(tmp_path, CANARY) == ["file0", "file1", "file2"]


def answers(work: Work) -> list[tuple[bytes, bytes]]:
    return [(row.pseudonym, row.value) for row in connection_of(work).execute(select(ANSWER))]


def outbox(work: Work) -> list[dict[str, object]]:
    return [dict(row._mapping) for row in connection_of(work).execute(select(OUTBOX))]


async def whole_round(town: Town) -> None:
    """A round in which everybody's names, decisions and comments hold the canary."""
    for number, person in enumerate((town.facilitator, *town.representatives)):
        town.standin.state.people[person].name = f"{CANARY} {number}"
    await town.set_up(partners=[partner.replace("Partner", CANARY) for partner in PARTNERS], join=True)
    await town.ask_for_levels([f"{CANARY} decision"])
    for number, person in enumerate(town.representatives):
        await town.answer(person, "43210", "2", "01234", f"{CANARY} comment {number}", "1")
    town.world.send_photo(town.representatives[1], b"made-up", f"{CANARY} caption")
    town.world.poison(town.representatives[1])
    await town.tap(town.representatives[1], f"{CANARY}")
    await town.say(town.facilitator, f"/start {CANARY}")
    await town.say(town.facilitator, f"/next@PlaygroundBot {CANARY}", town.group)


async def test_no_log_line_holds_a_name_a_text_a_token_or_an_id(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    await whole_round(town)
    (key,) = town.settings.keys.iterdir()
    kept = key.read_bytes()
    key.unlink()
    await town.say(town.representatives[1], "/mine")
    await town.say(town.representatives[1], f"{CANARY} again")
    key.write_bytes(kept)
    town.world.fail_next("sendMessage", 400)
    await town.say(town.facilitator, "/help")
    await town.close()
    logged = [record for record in caplog.records if record.name.startswith("bot")]
    assert logged, "faults were caused on purpose"
    for record in logged:
        line = f"{record.getMessage()} {record.exc_info[1] if record.exc_info else ''}"
        assert CANARY.casefold() not in line.casefold()
        assert TOKEN not in line
        assert not LONG_NUMBER.search(line)
        for person in town.representatives:
            assert str(person) not in line


async def test_an_answer_is_in_no_file_while_the_round_is_open_nor_after_its_close(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels(["One made-up decision"])
    folder = town.settings.data_dir
    for person in town.representatives:
        await town.answer(person, "43210", "2", "01234", f"{CANARY} comment", "1")
        assert CANARY in await town.say(person, "/mine")
        assert found_in(folder, CANARY) == []
    await town.close()
    assert found_in(folder, CANARY) == []
    assert await town.ask(answers) == []
    assert list(town.settings.keys.iterdir()) == []


async def test_contributions_to_a_cancelled_round_are_in_no_file(town: Town) -> None:
    await town.set_up(join=True)
    await town.tap(town.facilitator, "!p/1/new/baseline")
    await town.tap(town.facilitator, "!r/1/open")
    for person in town.representatives:
        await town.answer(person, f"{CANARY} decision")
    assert found_in(town.settings.data_dir, CANARY) == []
    await town.tap(town.facilitator, "!r/1/cancel")
    await town.pass_time(timedelta(seconds=30))
    assert await town.ask(answers) == []
    assert list(town.settings.keys.iterdir()) == []
    assert found_in(town.settings.data_dir, CANARY) == []


async def test_answers_look_alike_however_much_was_answered(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels(["One made-up decision"])
    brief, thorough, *_ = town.representatives
    await town.answer(brief)
    await town.answer(thorough, "43210", "2", "01234", f"{CANARY} comment", "1")
    rows = await town.ask(answers)
    assert len(rows) == 2
    assert len({len(value) for _, value in rows}) == 1
    assert {len(pseudonym) for pseudonym, _ in rows} == {32}


async def test_rows_of_the_outbox_name_a_page_and_never_hold_a_text(town: Town) -> None:
    await town.set_up(join=True)
    await town.machine._sender.stop()
    town.world.say(town.facilitator, "/new")
    for text in (f"{CANARY} Alliance", f"{CANARY} purpose"):
        town.world.say(town.facilitator, text)
    town.world.tap(town.facilitator, town.last(town.facilitator).id, "!p/1/new/baseline")
    town.world.tap(town.facilitator, town.last(town.facilitator).id, "!r/1/open")
    town.world.say(town.representatives[1], "/answer")
    town.world.say(town.representatives[1], f"{CANARY} decision")
    while town.standin.state.queue.waiting:
        await town.machine.service.run(outbox)
    rows = await town.ask(outbox)
    assert {row["path"] for row in rows} == {"", "opened/1", "call/1"}
    assert not [row for row in rows if CANARY in str(row)]
