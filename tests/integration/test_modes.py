"""What a group has chosen for its round: open or confidential, who reads which text, seats, rest, and memory.

Source: anonymity reference, 3.4, 3.7 and 3.8.1; design, 2.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.work import Work
from bot.core.ids import RoundId
from bot.core.rounds.lifecycle import Decision, RoundState
from tests.plans import FACILITATORS, GROUP, NOBODY, Plan, Words
from tests.town import DECISIONS
from tests.traces import rows_of
from tests.worlds import Scene, play

FINE: Words = ("42013\n30124", "It is fine", "It is fine", "Done")
SILENT: tuple[Words, ...] = ((),) * 5


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    made = Scene.of(tmp_path / "data")
    await made.start()
    yield made
    await made.stop()


# Open rounds

MATRIX = """\
Digest of round 1: Made-up Alliance
An open round: every seat agreed that levels are shown with the name of the partner who gave them.
Partners: 1. PA, 2. PB, 3. PC, 4. PD and 5. PE

1. Which villages come first
PA: 4 2 0 1 3 (fine)
PB: 1 1 1 1 1 (would like it differently)
PB would like: 3 1 1 1 1
PC: 0 1 2 3 4 (not sure)
PD: 4 ? 4 ? 4 (fine)

2. How the budget is divided
PA: 3 0 1 2 4 (fine)
PB: 2 2 2 2 2 (fine)
PC: 4 3 2 1 0 (would like it differently)
PC would like: 2 2 2 2 2
PD: ? ? ? ? 0 (not sure)"""


async def test_an_open_round_is_announced_before_the_answers_and_shows_every_row_by_name(
    scene: Scene,
) -> None:
    given: tuple[Words, ...] = (
        FINE,
        ("11111\n22222", "I would like it differently", "1=3", "Skip", "It is fine", "Done"),
        ("01234\n43210", "I am not sure", "I would like it differently", "22222", "Skip", "Done"),
        ("4-4-4\n----0", "It is fine", "I am not sure", "Done"),
        (),
    )
    plan = Plan(named=SILENT, given=given, wishes=("open",) * 5)
    await scene.prepare(plan)
    assert "Open: every seat agreed" in scene.text(scene.group)
    assert "Open, because every seat agreed" in await scene.tap(scene.representatives[0], "call/1")
    await scene.everybody_answers(plan.given)
    await scene.close()
    assert scene.text(scene.group) == MATRIX


@pytest.mark.parametrize(
    "wish", ["confidential", *(pytest.param(wish, marks=pytest.mark.audit) for wish in ("", "erased"))]
)
async def test_one_seat_keeps_a_round_confidential_and_nobody_learns_which(wish: str, tmp_path: Path) -> None:
    plan = Plan(named=SILENT, given=(FINE, FINE, FINE, (), ()), wishes=("open", wish, "open", "open", "open"))
    one = await play(plan, tmp_path / "one", unseen=(1, 2))
    other = await play(plan.exchanged(1, 2), tmp_path / "other", unseen=(1, 2))
    assert one.differences(other) == []
    announced = next(line for line in one.told[-2001] if "The questions are open" in line)
    assert "Confidential: a digest in words" in announced


# Texts


def writing(words: str, audience: str) -> Words:
    return ("42013\n30124", "I would like it differently", "22222", words, audience, "It is fine", "Done")


async def test_texts_are_shown_exactly_and_in_the_order_of_the_alphabet(scene: Scene) -> None:
    shared = ("Zest <b>first</b> & *then*", "A plan, earlier", "meet _all_ of us")
    plan = Plan(
        named=SILENT,
        given=(
            *(writing(words, GROUP) for words in shared),
            writing("Two people should know this", FACILITATORS),
            writing("I only wanted to say it", NOBODY),
        ),
    )
    await scene.prepare(plan)
    await scene.everybody_answers(plan.given)
    await scene.close()
    assert scene.text(scene.group) == (
        f"In our own words\n\n{DECISIONS[0]}\n“A plan, earlier”\n“meet _all_ of us”\n“Zest <b>first</b> & *then*”"
    )
    notes = await scene.tap(scene.facilitator, "r/1/notes/1")
    assert "“Two people should know this”" in notes
    for hidden in ("I only wanted", "A plan"):
        assert hidden not in notes
    author = scene.representatives[4]
    assert [chat for chat, lines in scene.recorder.told.items() if "I only wanted" in str(lines)] == [author]
    assert "not available" in await scene.tap(scene.representatives[0], "r/1/notes/1")

    await scene.pass_time(timedelta(days=31))
    await scene.crash()
    await scene.come_back()
    assert "Two people" not in await scene.tap(scene.facilitator, "r/1/notes/1")
    assert len([row for row in rows_of(scene.database) if row.startswith("comment:")]) == len(shared)


async def test_fewer_than_three_authors_are_not_shown_to_the_group(scene: Scene) -> None:
    plan = Plan(
        named=SILENT,
        given=(writing("A first text", GROUP), writing("A second text", GROUP), FINE, FINE, FINE),
    )
    await scene.prepare(plan)
    await scene.everybody_answers(plan.given)
    await scene.close()
    assert scene.text(scene.group).startswith("Digest of round 1")
    assert not [row for row in rows_of(scene.database) if row.startswith("comment:")]


async def test_too_few_answers_keep_texts_from_the_facilitators_too(scene: Scene) -> None:
    plan = Plan(named=SILENT, given=(*(writing("Please read this", FACILITATORS),) * 4, ()))
    await scene.prepare(plan)
    await scene.everybody_answers(plan.given)
    await scene.close()
    assert not [row for row in rows_of(scene.database) if row.startswith("comment:")]
    assert "Please read" not in await scene.tap(scene.facilitator, "r/1/notes/1")


# Seats


async def test_a_second_seat_counts_only_when_somebody_of_another_partner_confirmed_it(scene: Scene) -> None:
    own, other, *_ = scene.representatives
    await scene.set_up(join=True)
    await scene.tap(scene.facilitator, "!q/1/1/seat")
    shown = await scene.tap(scene.facilitator, "!p/1/new/baseline")
    assert "There are 5 seats." in shown
    assert "at least 5 answers" in shown
    assert "confirms this seat first" in await scene.tap(scene.facilitator, "!s/6/invite")
    assert "not available" in await scene.tap(own, "!confirm/6")
    assert "not available" in await scene.tap(scene.facilitator, "!confirm/6")
    assert "There are 5 seats." in await scene.tap(scene.facilitator, "r/1")
    assert "Confirmed" in await scene.press(other, "Confirm the seat")
    shown = await scene.tap(scene.facilitator, "r/1")
    assert "There are 6 seats." in shown
    assert "at least 7 answers" in shown
    await scene.tap(scene.facilitator, "!r/1/open")
    assert "6 seats: PA (2)" in scene.text(scene.group)
    await scene.tap(scene.facilitator, "!q/1/2/seat")
    assert "stay as they were announced" in scene.text(scene.facilitator)


async def test_a_second_seat_since_the_last_round_is_said_to_silence_what_is_carried_over(
    scene: Scene,
) -> None:
    await scene.prepare(Plan(named=SILENT, given=(FINE,) * 5))
    await scene.everybody_answers((FINE,) * 5)
    await scene.close()
    assert "second seat" not in await scene.tap(scene.facilitator, "!p/1/new/mid_term")
    await scene.tap(scene.facilitator, "!q/1/1/seat")
    await scene.press(scene.representatives[1], "Confirm the seat")
    shown = await scene.tap(scene.facilitator, "r/2")
    assert "Nothing can be said safely this time about decisions that you carry over" in shown


# From round to round


async def test_rounds_lie_four_weeks_apart_and_decisions_keep_their_identity(scene: Scene) -> None:
    plan = Plan(named=SILENT, given=(FINE,) * 5)
    await scene.prepare(plan)
    await scene.everybody_answers(plan.given)
    await scene.close()
    end = (await scene.round()).answer_until
    assert end is not None
    await scene.tap(scene.facilitator, "!p/1/new/mid_term")
    await scene.tap(scene.facilitator, "!r/2/carry")
    first, second = [await scene.ask(decisions, RoundId(number)) for number in (1, 2)]
    assert [(found.wording, found.continues) for found in first] == [(words, None) for words in DECISIONS]
    assert [(found.wording, found.continues) for found in second] == [
        (found.wording, found.id) for found in first
    ]
    assert "at least 28 days" in await scene.tap(scene.facilitator, "!r/2/ask")
    await scene.pass_time(end + timedelta(days=28) - timedelta(minutes=1) - scene.now())
    assert "at least 28 days" in await scene.tap(scene.facilitator, "!r/2/ask")
    await scene.pass_time(timedelta(minutes=1))
    await scene.tap(scene.facilitator, "!r/2/ask")
    assert (await scene.round()).state is RoundState.ANSWERING


async def test_the_rest_also_follows_a_round_that_was_cancelled(scene: Scene) -> None:
    await scene.prepare(Plan(named=SILENT, given=SILENT))
    await scene.tap(scene.facilitator, "!r/1/cancel")
    await scene.tap(scene.facilitator, "!p/1/new/baseline")
    await scene.tap(scene.facilitator, "!r/2/bring")
    await scene.say(scene.facilitator, "\n".join(DECISIONS))
    await scene.press(scene.facilitator, "That is all")
    assert "at least 28 days" in await scene.tap(scene.facilitator, "!r/2/ask")


def decisions(work: Work, round_id: RoundId) -> tuple[Decision, ...]:
    return work.tx.rounds.decisions(round_id)
