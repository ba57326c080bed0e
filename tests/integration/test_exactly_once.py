"""What comes twice, at once, late or broken off changes things once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from telegram.error import NetworkError, TimedOut

from bot.adapters.db.messages import OUTBOX
from bot.app.work import Work
from bot.core.flow.readout import matrix_values
from bot.core.flow.session import Session, from_json
from bot.core.ids import RoundId
from bot.core.rounds.lifecycle import RoundState
from tests.town import Town, buttons, connection_of


def sheet_of(work: Work, account: int) -> Session:
    person = work.tx.people.find(account)
    assert person is not None
    kept = work.tx.sheets.load(RoundId(1), person, "answer")
    assert kept is not None
    return from_json(kept.decode())


def in_doubt(work: Work) -> list[str]:
    return list(connection_of(work).execute(select(OUTBOX.c.path).where(OUTBOX.c.state == "doubt")).scalars())


async def answered(town: Town) -> None:
    """A round with one decision that everybody answered alike."""
    await town.set_up(join=True)
    await town.ask_for_levels(["One made-up decision"])
    for person in town.representatives:
        await town.answer(person, "43210", "1")


def data_of(town: Town, person: int, label: str) -> str:
    return next(b["callback_data"] for b in buttons(town.last(person)) if b["text"] == label)


async def test_every_update_of_a_round_delivered_again_changes_nothing(town: Town) -> None:
    first = town.world.last_update + 1
    await answered(town)
    person = town.representatives[1]
    before = (town.text(person), await town.ask(sheet_of, person), len(town.from_bot(town.group)))
    for number in range(first, town.world.last_update + 1):
        town.world.redeliver(number)
    await town.settle()
    assert (town.text(person), await town.ask(sheet_of, person), len(town.from_bot(town.group))) == before


async def test_two_taps_at_once_open_one_round_and_post_once(town: Town) -> None:
    await town.set_up(join=True)
    await town.tap(town.facilitator, "!p/1/new/baseline")
    card = town.last(town.facilitator).id
    for data in ("!r/1/open", "!r/1/open", "!p/1/new/baseline", "!r/1/bring"):
        town.world.tap(town.facilitator, card, data)
    await town.settle()
    assert (await town.round()).state is RoundState.COLLECTING
    assert (await town.round()).number == 1
    assert len(town.posts("A round has opened")) == 1


async def test_two_phones_that_open_one_link_at_once_leave_one_on_the_seat(town: Town) -> None:
    await town.set_up()
    await town.tap(town.facilitator, "!s/5/free")
    (token,) = await town.invitations()
    rivals = [town.world.add_person("Rival A"), town.world.add_person("Rival B")]
    for person in rivals:
        town.world.open_link(person, token)
    await town.settle()
    invited = ["You are invited" in town.text(person) for person in rivals]
    assert sorted(invited) == [False, True]


async def test_taps_on_levels_that_come_twice_late_and_out_of_order_mean_what_they_say(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    person = town.representatives[1]
    await town.answer(person)
    await town.press(person, "Buttons")
    card = town.last(person).id
    taps = {label: data_of(town, person, label) for label in ("1=3", "1=4", "2=0", "5=1")}
    for label in ("2=0", "5=1", "1=3", "1=3", "1=4", "5=1", "2=0"):
        town.world.tap(person, card, taps[label])
    await town.settle()
    assert await first_row(town, person) == {"PA": 4, "PB": 0, "PE": 1}
    await town.say(person, "--")
    await town.tap(person, taps["1=3"])
    assert await first_row(town, person) == {"PA": 3, "PB": 0, "PC": None, "PD": None, "PE": 1}
    assert "Question 2 of" in town.text(person), "an earlier card of the same sitting still counts"


async def test_the_same_person_on_two_phones_answers_one_sheet(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    person = town.representatives[1]
    await town.answer(person)
    await town.press(person, "Buttons")
    card = town.last(person).id
    taps = {label: data_of(town, person, label) for label in ("1=3", "2=0")}
    town.world.tap(person, card, taps["1=3"])  # on one phone
    town.world.say(person, "3=4")  # on the other
    town.world.tap(person, card, taps["2=0"])
    town.world.say(person, "/answer")
    await town.settle()
    assert await first_row(town, person) == {"PA": 3, "PB": 0, "PC": 4}
    await town.say(person, "11")
    assert await first_row(town, person) == {"PA": 3, "PB": 0, "PC": 4, "PD": 1, "PE": 1}
    assert "Question 2 of" in town.text(person)


async def first_row(town: Town, person: int) -> dict[str, int | None]:
    session = await town.ask(sheet_of, person)
    names = {item.key: item.label for item in session.items("params.partners")}
    row = matrix_values(session, "actual", session.items("params.decisions")[0].key)
    return {names[key]: level for key, level in row.items()}


async def test_an_update_nobody_can_read_does_not_stop_those_around_it(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    person = town.representatives[1]
    await town.answer(person)
    town.world.say(person, "43210")
    town.world.poison(person)
    town.world.say(person, "01234")
    town.world.say(town.representatives[2], "/answer")
    await town.settle()
    assert len((await town.ask(sheet_of, person)).answers) == 2
    assert "Question 1 of" in town.text(town.representatives[2])


def some(moments: range) -> list[object]:
    """Every other moment is met every time, and those between in ``make audit``."""
    return [pytest.param(one, marks=pytest.mark.audit if one in moments[1::2] else ()) for one in moments]


@pytest.mark.parametrize("turns", some(range(0, 40, 5)))
async def test_killed_at_any_moment_nothing_acknowledged_is_lost(town: Town, turns: int) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    people = town.representatives[1:]
    for person in people:
        await town.answer(person)
    for person in people:
        town.world.say(person, "43210")
        town.world.say(person, "01234")
    for _ in range(turns):
        await asyncio.sleep(0.001)
    await town.crash()
    await town.come_back()
    for person in people:
        sheet = await town.ask(sheet_of, person)
        assert [list(row.values()) for row in sheet.answers.values() if isinstance(row, dict)] == [
            [4, 3, 2, 1, 0],
            [0, 1, 2, 3, 4],
        ]
        await town.say(person, "/answer")
        assert "Question 3 of" in town.text(person)


@pytest.mark.parametrize("turns", some(range(0, 20, 4)))
async def test_killed_around_the_close_the_digest_comes_at_most_once_and_is_never_lost(
    town: Town, turns: int
) -> None:
    await answered(town)
    await town.push_to_end()
    town.clock.push(timedelta(hours=13))
    ticking = asyncio.create_task(town.machine.tick())
    for _ in range(turns):
        await asyncio.sleep(0.001)
    ticking.cancel()
    await asyncio.wait({ticking})
    await town.crash()
    await town.come_back()
    await town.pass_time(timedelta(minutes=1))
    posted, doubtful = len(town.posts("Digest")), (await town.ask(in_doubt)).count("digest/1/1@en")
    assert posted <= 1
    assert posted + doubtful >= 1, "either it is there or the operator is told"
    assert "Most agree with how it is decided." in await town.say(town.facilitator, "/digest", town.group)


@pytest.mark.parametrize("stage", ["answering", "closing"])
async def test_stopped_between_the_steps_of_the_close_it_goes_on_where_it_was(town: Town, stage: str) -> None:
    await answered(town)
    if stage == "closing":
        await town.push_to_end()
    await town.crash()
    town.clock.push(timedelta(days=15))
    await town.come_back()
    await town.pass_time(timedelta(hours=13))
    assert len(town.posts("Digest")) == 1
    assert not town.machine.service.setting.keys.existing()


@pytest.mark.parametrize(
    "fault",
    [TimedOut(), 502, *(pytest.param(one, marks=pytest.mark.audit) for one in (NetworkError("cut"), 500))],
    ids=str,
)
@pytest.mark.parametrize("performed", [True, False])
async def test_a_digest_in_doubt_is_reported_and_never_sent_again(
    town: Town, fault: int | Exception, performed: bool
) -> None:
    await answered(town)
    await town.push_to_end()
    town.world.fail_next("sendMessage", fault, after_performing=performed)
    await town.pass_time(timedelta(hours=13))
    for _ in range(3):
        await town.pass_time(timedelta(minutes=10))
    assert sorted(await town.ask(in_doubt)) == ["digest/1/1@en"]
    assert len(town.posts("Digest")) == performed
    assert "Most agree" in await town.say(town.facilitator, "/digest", town.group)


@pytest.mark.parametrize("performed", [True, False])
async def test_what_a_person_waits_for_is_sent_again_when_the_answer_was_lost(
    town: Town, performed: bool
) -> None:
    await town.set_up(join=True)
    person = town.representatives[1]
    town.world.fail_next("sendMessage", TimedOut(), after_performing=performed)
    town.world.say(person, "/help")
    await town.settle()
    await town.pass_time(timedelta(seconds=5))
    assert town.text(person).startswith("Help")


async def test_a_flood_answer_only_delays(town: Town) -> None:
    await answered(town)
    await town.push_to_end()
    town.world.fail_next("sendMessage", 429, retry_after=1)
    await town.pass_time(timedelta(hours=13))
    await settled(town, lambda: bool(town.posts("Digest")))
    assert len(town.posts("Digest")) == 1


async def settled(town: Town, holds: Callable[[], bool]) -> None:
    """Let time pass in small leaps until something holds."""
    for _ in range(10):
        if holds():
            return
        await town.pass_time(timedelta(seconds=31))
