"""A round of every flow, from choosing it to its digest; and an evaluation of the round."""

from __future__ import annotations

import pytest

from bot.app.history import of_kind
from bot.app.work import Work
from bot.core.ids import PartnershipId
from bot.core.rounds.lifecycle import Kind, RoundState
from tests.town import Town

PLANNED = "All levels here are what is planned, not what is."
WISHED = "All levels here are what people wish for, not what is."

ROUNDS = {
    "pat": (None, 5, ("43000", "1"), []),
    "emerging": (None, 5, ("43000", "1"), [PLANNED, "High: PA and PB", "Most agree with how it is decided."]),
    "before_all_on_board": (None, 5, ("43000", "1"), ["Low: PC, PD and PE"]),
    "funding_streams": ("How money is divided among projects", 5, ("43000", "1"), ["High: PA and PB"]),
    "community_led": ("Which goals a community works towards", 5, ("43000", "1"), ["High: PA and PB"]),
    "risk_sharing": (
        "Bearing the cost when money is lost",
        8,
        ("43000", "2", "20000", "Skip"),
        ["High: PA and PB", "Few agree.", "The group would like a lower level for: PA and PB"],
    ),
    "envisioning": (
        "How responsibilities are divided",
        5,
        ("33333", "Skip"),
        [WISHED, "High: PA, PB, PC, PD and PE", "Few"],
    ),
}
"""By flow: what it offers, how many, what everybody answers to each decision, and parts of the digest."""

SHORTEST = {"pat", "emerging"}
"""Flows of which all cards are met every time; of the others in ``make audit``."""


async def open_round(town: Town, flow: str, *, offered: int, has: str | None) -> int:
    """A round about something that the facilitators choose and bring; returns how many decisions it has."""
    await town.set_up(join=True)
    person = town.facilitator
    await town.tap(person, "!p/1/new/baseline")
    about = await town.tap(person, "r/1/about")
    assert "Who decides what in this partnership" in about
    await town.tap(person, f"!r/1/flow/{flow}")
    await town.tap(person, "!r/1/bring")
    if has is None:
        await town.say(person, "\n".join(f"Made-up decision {number}" for number in range(offered)))
        await town.press(person, "That is all")
    else:
        shown = await town.tap(person, "r/1/shape/1")
        assert "The list is empty" in shown
        assert has in await town.press(person, "Add the suggested ones")
        assert "Add the suggested ones" not in town.labels(person)
    await town.tap(person, "!r/1/ask")
    return offered


@pytest.mark.parametrize("flow", ROUNDS)
async def test_a_round_of_every_flow_comes_to_its_digest(town: Town, flow: str) -> None:
    has, offered, (row, *rest), parts = ROUNDS[flow]
    count = await open_round(town, flow, offered=offered, has=has)
    for person in town.representatives:
        await town.say(person, "/answer")
        await town.say(person, "\n".join([row] * count))
        for _ in range(count):
            for words in rest:
                await (town.press_at(person, 0, 1) if words == "Skip" else town.say(person, words))
        assert "1." in town.text(person)
        await town.press_at(person, -1, 0)
    await town.close()
    digest = town.posts("Digest of round 1")[-1]
    for part in parts:
        assert part in digest
    assert ("What the round is about" in digest) is (flow != "pat")
    assert ("Where we see it differently" in digest) is (flow == "risk_sharing")
    assert "Where agreement cannot be told" not in digest


async def test_what_a_round_is_about_is_said_wherever_it_is_announced(town: Town) -> None:
    await open_round(town, "envisioning", offered=5, has="How risks are shared")
    assert "What the round is about: How it could be" in town.text(town.group)
    assert "How you would like to work together" in await town.tap(town.representatives[1], "call/1")


async def test_decisions_keep_their_identity_only_among_rounds_that_ask_the_same(town: Town) -> None:
    await open_round(town, "emerging", offered=2, has=None)
    for person in town.representatives:
        await town.answer(person, "43000\n43000", "1", "1")
    await town.close()
    await town.tap(town.facilitator, "!r/1/finish")

    async def carried(flow: str) -> list[bool]:
        await town.tap(town.facilitator, "!p/1/new/mid_term")
        number = (await town.round()).id
        await town.tap(town.facilitator, f"!r/{number}/flow/{flow}")
        await town.tap(town.facilitator, f"!r/{number}/carry")
        decisions = await town.ask(lambda work: work.tx.rounds.decisions((newest(work)).id))
        assert [one.wording for one in decisions] == ["Made-up decision 0", "Made-up decision 1"]
        await town.tap(town.facilitator, f"!r/{number}/cancel")
        return [one.continues is not None for one in decisions]

    assert await carried("emerging") == [True, True]
    assert await carried("pat") == [False, False]


def newest(work: Work):  # type: ignore[no-untyped-def]
    return of_kind(work, PartnershipId(1), Kind.REFLECTION)[0]


async def test_levels_of_another_kind_are_not_recorded_as_agreed_on_the_ladder(town: Town) -> None:
    await open_round(town, "risk_sharing", offered=8, has="Bearing the cost when money is lost")
    await town.close()
    assert "levels of another kind" in await town.tap(town.facilitator, "desk/levels/1")


async def test_a_round_is_looked_back_at_in_everybodys_language(town: Town) -> None:
    await open_round(town, "pat", offered=1, has=None)
    person = town.facilitator
    assert "There is no round to look back at yet." in await town.tap(person, "!c/1/evaluation/now")
    for one in town.representatives:
        await town.answer(one, "43000", "1")
    await town.close()
    await town.tap(person, "r/1")
    await town.press(person, "Looking back at the round")
    await town.press(person, "Hold one now")
    assert "2. It was worth the time" in town.text(person)
    await town.press(person, "Open")
    number = (await town.round()).id
    for one in town.representatives:
        await town.tap(one, f"answer/{number}")
        for words in ("1", "1", "2"):
            await town.say(one, words)
        await town.say(one, "Made-up words")
        await town.say(one, "2")
        await town.say(one, "3")
    await town.close()
    said = town.posts("How the last round was")[-1]
    assert "2. It was worth the time\nMost agree." in said
    assert "3. I could say how it really is\nFew agree." in said
    notes = await town.tap(person, f"r/{number}/notes/1")
    assert "I could say how it really is\n“Made-up words”" in notes
    assert (await town.round()).state is RoundState.ARCHIVED


@pytest.mark.parametrize(
    "flow",
    [flow if flow in SHORTEST else pytest.param(flow, marks=pytest.mark.audit) for flow in ROUNDS],
)
async def test_every_flow_can_be_looked_at_and_tried_out_before_it_is_used(town: Town, flow: str) -> None:
    has = ROUNDS[flow][0]
    await town.set_up()
    person = town.facilitator
    seen = [await town.tap(person, f"preview/1/{flow}/1/en")]
    while "Further" in town.labels(person):
        seen.append(await town.press(person, "Further"))
    assert len(set(seen)) == len(seen) > 12
    assert has is None or any(has in card for card in seen)
    assert "Digest of round" in seen[-1]
    await town.tap(person, "!p/1/new/baseline")
    await town.tap(person, f"!r/1/flow/{flow}")
    await town.tap(person, "try/1")
    assert await town.press(person, "From the beginning") != await town.press(person, "Pause")
    await town.tap(person, "try/1/answer")
    assert "Question 1 of" in town.text(person)
