"""One whole confidential round, as five partners in two languages and a facilitator go through it.

What the digest must say was worked out by hand from the answers below. With five answers, three or more on one
side make a word; two high and two low oppose each other; "few" are up to two, "most" all but up to two.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.adapters.db.answers import ANSWER
from bot.app.work import Work
from bot.core.rounds.lifecycle import RoundState
from tests.town import Town, connection_of

CONTRIBUTED = (
    "- Which villages come first\n- How the budget is divided",
    "The budget across countries",
    "Who speaks for us",
    "1. Which villages come first\n2. Annual report wording",
    "Who hires staff",
)
EVERYTHING = [
    "Annual report wording",
    "How the budget is divided",
    "The budget across countries",
    "Which villages come first",
    "Who hires staff",
    "Who speaks for us",
]
DECIDED = (
    "Which villages come first",
    "How the budget is divided",
    "Who speaks for the partnership",
    "Annual report wording",
)


def written(row: str, zero: str) -> str:
    """A row in the digits of another script, of which ``zero`` is the first."""
    return row.translate({ord("0") + digit: ord(zero) + digit for digit in range(10)})


# Partners are numbered PA, PB, PC, PD, PE. What each representative types, in this order: the rows of the four
# decisions, then for each decision whether it is fine (1), different (2, with levels and no comment) or unsure (3).
FIRST = (
    *(written("43012", "\u0660"), written("4 0 2 1 3", "\u0966"), "4,4,0,0,-", written("22222", "\uff10")),
    *("1", "1", "1", "1"),
)
SECOND = ("44102\n40213\n43102\n22222", "2", "33332", "Skip", "1", "3", "1")
THIRD = (written("31022", "\u09e6"), "3 0 2 0 3", "4;3;0;0;2", "22222", "2", "22332", "Skip", "1", "1", "1")
FIFTH = (
    *("12430", "00224", "32022", "Skip"),
    *("2", "33332", "Skip", "2", "1=4", "Skip", "2", "3=4", "Skip", "Skip"),
)

DIGEST = """\
Digest of round 1: Made-up Alliance
Based on at least 5 answers for everything that is said here.
To discuss first: decision 1. What would have to change in how it is taken?
Over all decisions, funders stand higher than national and local partners.

Where we see it differently

1. Which villages come first
Few agree with how it is decided.
High: PA
Middle: PE
Low: PC and PD
Mixed: PB
Views oppose each other on: PB
The group would like more say for: PC and PD

Where more than half of us agree with how it is decided

2. How the budget is divided
Most agree with how it is decided.
High: PA and PE
Middle: PC
Low: PB and PD
Views oppose each other on: PA

Where agreement cannot be told safely this time

3. Who speaks for the partnership
High: PA and PB
Low: PC and PD

4. Annual report wording
"""


async def collect(town: Town) -> None:
    """Everybody names decisions; the one with the French phone finds the button by its place."""
    for person, words in zip(town.representatives, CONTRIBUTED, strict=True):
        await town.answer(person, words)
        await town.press_at(person, 1, 0)


async def open_decision(town: Town, wording: str) -> str:
    """Press the number of a decision on the facilitators' list."""
    shown = await town.tap(town.facilitator, "r/1/shape/1")
    line = next(line for line in shown.splitlines() if line.endswith(f". {wording}"))
    return await town.press(town.facilitator, line.partition(".")[0])


async def listed(town: Town) -> tuple[str, ...]:
    shown = await town.tap(town.facilitator, "r/1/shape/1")
    return tuple(line.partition(". ")[2] for line in shown.splitlines() if line[:1].isdigit())


async def merge(town: Town, source: str, target: str) -> None:
    await open_decision(town, source)
    shown = await town.press(town.facilitator, "Merge into another")
    line = next(line for line in shown.splitlines()[3:] if line.endswith(f". {target}"))
    await town.press(town.facilitator, line.partition(".")[0])


async def shape(town: Town) -> None:
    """Merge, reword, leave out, take back in and put in order."""
    facilitator = town.facilitator
    assert sorted(await listed(town)) == EVERYTHING
    await merge(town, "The budget across countries", "How the budget is divided")
    assert "- The budget across countries" in town.text(facilitator)
    await open_decision(town, "Who speaks for us")
    assert "It says now: Who speaks for us" in await town.press(facilitator, "Reword")
    await town.say(facilitator, "Who speaks for the partnership")
    for wording in ("Annual report wording", "Who hires staff"):
        await open_decision(town, wording)
        await town.press(facilitator, "Leave out")
    shown = await town.press(facilitator, "2 left out")
    line = next(line for line in shown.splitlines() if line.endswith("Annual report wording"))
    await town.press(facilitator, line.partition(".")[0])
    for wording in DECIDED:  # each is moved to the end in its turn
        await open_decision(town, wording)
        for _ in DECIDED:
            await town.press(facilitator, "Move down")
    assert await listed(town) == DECIDED


async def answer_with_buttons(town: Town, person: int) -> None:
    """The fourth representative taps every level: 3 0 2 0 3, 1 0 2 3 4, 3 2 1 1 2 and 2 2 2 2 2."""
    await town.answer(person)
    await town.press(person, "Buttons")
    for row in ("30203", "10234", "32112", "22222"):
        for number, level in enumerate(row, 1):
            await town.press(person, f"{number}={level}")
    assert "Which villages come first" in town.text(person)
    await town.press(person, "I would like it differently")
    for number in (2, 3, 4):  # PA and PE are there already
        await town.press(person, f"{number}=3")
    await town.press(person, "Keep")
    await town.press(person, "Skip")
    for _ in range(3):
        await town.press(person, "It is fine")
    await town.press(person, "Done")


async def test_a_round_goes_from_its_opening_to_agreements_and_leaves_no_answers(town: Town) -> None:
    facilitator, group = town.facilitator, town.group
    first, second, third, fourth, fifth = town.representatives
    await town.set_up(join=True)

    await town.tap(facilitator, "p/1/round")
    await town.press(facilitator, "Baseline")
    assert "There are 5 seats." in town.text(facilitator)
    assert "A summary needs at least 5 answers." in town.text(facilitator)
    await town.press(facilitator, "Collect decisions from all: open")
    await town.press(facilitator, "Open")
    assert town.text(group).startswith("A round has opened")
    assert "5 seats: PA (1), PB (1), PC (1), PD (1) and PE (1)." in town.text(group)
    await collect(town)

    await town.push_to_end()
    assert (await town.round()).state is RoundState.SHAPING
    assert await town.ask(answer_rows) == 0
    await shape(town)

    await town.tap(facilitator, "r/1")
    await town.press(facilitator, "Open for answers")
    await town.press(facilitator, "Open for answers")
    assert "4 decisions to look at" in town.text(group)
    await town.answer(first, *FIRST)
    await town.press_at(first, 1, 0)  # "Done" on a phone in French
    await town.answer(second, *SECOND)
    await town.press(second, "Done")
    await town.answer(third, "00000", *THIRD[1:])
    await town.press(third, "Done")
    await town.say(third, "/answer")
    await town.press(third, "1")
    await town.say(third, THIRD[0])
    for label in ("I would like it differently", "Keep", "Skip"):
        await town.press(third, label)
    assert "3 1 0 2 2; I would like it differently; wished: 2 2 3 3 2" in town.text(third)
    await town.press(third, "Done")
    await answer_with_buttons(town, fourth)
    await town.answer(fifth, *FIFTH)
    await town.press(fifth, "Done")

    before = town.text(group)
    await town.push_to_end()
    closed = await town.round()
    assert closed.state is RoundState.CLOSING
    assert town.text(group) == before
    assert await town.ask(answer_rows) == 0
    assert not town.machine.service.setting.keys.existing()
    for person in town.representatives:
        assert await town.ask(place_of, person) == "home"
    assert closed.digest_at is not None
    assert timedelta(hours=1) <= closed.digest_at - town.now() <= timedelta(hours=12)

    await town.pass_time(timedelta(minutes=59))
    assert town.text(group) == before
    await town.push_to_end()
    assert town.text(group)[: len(DIGEST)] == DIGEST
    assert "Method: Power Awareness Tool of Partos." in town.text(group)
    await town.pass_time(timedelta(days=1))
    assert len(town.posts("Digest")) == 1

    await meet(town)
    await town.tap(facilitator, "p/1/round")
    await town.press(facilitator, "A new round")
    await town.press(facilitator, "Mid-term")
    assert "Round 2, Mid-term" in town.text(facilitator)
    await town.press(facilitator, "Collect decisions from all: open")
    await town.press(facilitator, "Open")
    assert "Round 2, Mid-term" in await town.tap(facilitator, "p/1/round")
    assert town.text(group).startswith("A round has opened")
    assert "Round: open until" in await town.say(facilitator, "/next", group)


async def meet(town: Town) -> None:
    """The group agreed on levels and an action; the facilitator records both."""
    facilitator, group = town.facilitator, town.group
    assert "Nothing has been agreed yet" in await town.say(facilitator, "/agreements", group)
    shown = await town.tap(facilitator, "r/1/meeting")
    assert "How the budget is divided" not in shown, "what most agree with is not discussed again"
    await town.press(facilitator, "Levels 1")
    await town.press(facilitator, "Record the levels")
    await town.say(facilitator, "33332")
    assert "1. Which villages come first\nLevels: proposed" in town.text(facilitator)
    await town.press(facilitator, "Add an action")
    await town.press(facilitator, "Which villages come first")
    await town.say(facilitator, "Meet in the villages")
    await town.press(facilitator, "PC")
    await town.say(facilitator, "1/9/2027")
    assert "Action: Meet in the villages (proposed)" in town.text(facilitator)
    asked = await town.press(facilitator, "Finish and tell the group")
    assert "Everybody is asked in private, for 5 days" in asked
    await town.press(facilitator, "Finish and tell the group")
    proposed = town.text(group)
    assert proposed.startswith(
        "What the meeting proposed\n1. Which villages come first: from now on PA: Decides"
    )
    assert "2. Meet in the villages (PC, by 1 September 2027)" in proposed
    assert "only whether somebody is not at ease with a point, never who or how many" in proposed
    for _ in range(2):
        assert "What the meeting proposed: " in await town.say(facilitator, "/next", group)
        await town.push_to_end()
    assert "This counts from now on:\n1. Which villages come first: new levels" in town.text(group)
    agreed = await town.say(facilitator, "/agreements", group)
    assert "Which villages come first: from now on PA: Decides together" in agreed
    assert "PE: Consulted." in agreed
    assert "1. Meet in the villages (PC, by 1 September 2027): not started" in agreed
    assert await town.say(town.representatives[1], "/agreements", group) == agreed
    assert "No round is open" in await town.say(facilitator, "/next", group)


def answer_rows(work: Work) -> int:
    return int(connection_of(work).execute(select(func.count()).select_from(ANSWER)).scalar_one())


def place_of(work: Work, account: int) -> str:
    person = work.tx.people.find(account)
    assert person is not None
    return work.tx.people.place(person).path
