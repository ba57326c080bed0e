"""A partner without Telegram, through the whole application: the form, what is typed in, and what is left of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from bot.app.sheets import UNFINISHED
from bot.app.work import Work
from bot.core.ids import RoundId
from tests.town import Town

FORM = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Partner E answers on paper; the round asks for levels."""
    made = Town.in_folder(tmp_path)
    await made.start()
    await made.set_up(join=True)
    for action in ("!s/5/free", "!s/5/paper/1"):
        await made.tap(made.facilitator, action)
    await made.ask_for_levels(["How the budget is divided"])
    yield made
    await made.stop()


def kept(work: Work, cell: str = "answer") -> int:
    return len(work.tx.sheets.all(RoundId(1), cell))


async def enter(town: Town, *words: str) -> str:
    """Begin at the page of the round, and type."""
    await town.tap(town.facilitator, "r/1")
    await town.press(town.facilitator, "Enter for PE")
    assert "You learn the answers that you type in" in town.text(town.facilitator)
    await town.press(town.facilitator, "Enter for PE")
    for word in words:
        await town.say(town.facilitator, word)
    return town.text(town.facilitator)


async def test_what_is_typed_in_is_announced_sealed_and_leaves_no_trace_in_the_chat(town: Town) -> None:
    assert "PE (1, on paper)" in town.text(town.group)
    assert "Sealed" in await enter(town, "42013", "It is fine", "Done")
    assert await town.ask(kept) == 1
    assert all("42013" not in item.text for item in town.world.messages(town.facilitator))
    assert "42013" not in await enter(town), "another entry begins empty"


async def test_what_is_left_unfinished_is_folded_and_dropped(town: Town) -> None:
    await enter(town, "42013")
    assert await town.ask(kept, UNFINISHED) == 1
    await town.pass_time(timedelta(minutes=31))
    assert await town.ask(kept, UNFINISHED) == 0
    assert await town.ask(kept) == 0
    assert "42013" not in town.text(town.facilitator)
    assert all("42013" not in item.text for item in town.world.messages(town.facilitator))


async def test_an_unfinished_entry_outlives_a_crash_for_as_long(town: Town) -> None:
    await enter(town, "42013")
    await town.crash()
    await town.come_back()
    assert await town.ask(kept, UNFINISHED) == 1
    await town.pass_time(timedelta(minutes=31))
    assert await town.ask(kept, UNFINISHED) == 0


async def test_with_what_is_on_paper_enough_have_answered(town: Town) -> None:
    await enter(town, "42013", "It is fine", "Done")
    for person in town.representatives[:4]:
        await town.answer(person, "42013")
        await town.say(person, "1")
        await town.press_at(person, 1, 0)
    await town.close()
    digest = town.text(town.group)
    assert "On paper, typed in by a facilitator who learns these answers: PE" in digest


async def test_the_form_comes_as_a_document(town: Town) -> None:
    await town.tap(town.facilitator, "!r/1/form")
    files = [item.file for item in town.from_bot(town.facilitator) if item.file is not None]
    assert [(file.name, file.mime) for file in files] == [("form-1.xlsx", FORM)]
    assert convert(files[0].content, warnings=[]).xform
