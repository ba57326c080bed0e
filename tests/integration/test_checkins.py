"""A partnership's year: a baseline, a meeting, check-ins on the calendar, and a mid-term that says what changed.

What each digest must say was worked out by hand from the answers below: five answers, three or more on one side
make a word.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.adapters.db.answers import ANSWER
from bot.app.history import of_kind
from bot.app.work import Work
from bot.core.ids import PartnershipId
from bot.core.rounds.lifecycle import Kind, Round, RoundState
from tests.town import DECISIONS, Town, connection_of


def answer_rows(work: Work) -> int:
    return int(connection_of(work).execute(select(func.count()).select_from(ANSWER)).scalar_one())


async def agreed_world(town: Town) -> None:
    """A baseline round, answered by all, and a meeting with two actions and levels for one decision."""
    await town.set_up(join=True)
    await town.ask_for_levels(DECISIONS)
    for person in town.representatives[1:]:
        await town.answer(person, "43000\n40000", "2", "44222", "Skip", "1")
    await town.answer(town.representatives[0], "43000\n40000", "2", "44222")
    for person in town.representatives[1:]:
        await town.press(person, "Done")
    await town.close()
    for what, owner, by in (
        ("Share the draft budget", "1", "1/6/2027"),
        ("Meet in the villages", "3", "1/9/2027"),
    ):
        await town.tap(town.facilitator, "desk/action/1")
        for words in ("1", what, owner, by):
            await town.say(town.facilitator, words)
    await town.tap(town.facilitator, "desk/levels/1")
    await town.say(town.facilitator, "44222")
    await town.tap(town.facilitator, "!r/1/finish")
    await town.close()  # nobody objects, so it counts


async def on_the_calendar(town: Town, *kinds: str) -> None:
    """Every three months, on the first Tuesday at ten in Nairobi."""
    for kind in kinds:
        await town.tap(town.facilitator, f"c/1/{kind}/rhythm")
        for label in ("Every 3 months", "first", "Tuesday", "10:00"):
            await town.press(town.facilitator, label)


async def until(town: Town, *date: int) -> None:
    """Let time pass up to a moment, UTC."""
    await town.pass_time(datetime(*date, tzinfo=UTC) - town.now())  # type: ignore[arg-type]


async def check_in(town: Town, *progress: str, levels: str) -> None:
    """Everybody answers both check-ins that are open, and the digests come.

    Args:
        progress: how far each action is that is asked about, 1 for done, 2 on the way, 3 not started.
        levels: at which each partner was involved.
    """
    for person in town.representatives:
        await town.say(person, "/start")
        await town.tap(person, f"answer/{(await newest(town, Kind.ACTIONS)).id}")
        for far in progress:
            await town.say(person, far)
            if far != "1":
                await town.press_at(person, 0, 1)  # "Skip": no words on what helps
        await town.press_at(person, 1, 0)  # "Done", in whichever language
        await town.tap(person, f"answer/{(await newest(town, Kind.PRACTICE)).id}")
        await town.say(person, levels)
        await town.press_at(person, 1, 0)
    await both_digests(town)


async def both_digests(town: Town) -> None:
    for kind in (Kind.ACTIONS, Kind.PRACTICE):
        while (await newest(town, kind)).state is not RoundState.ARCHIVED:
            await town.push_to_end()


async def newest(town: Town, kind: Kind) -> Round:
    return await town.ask(lambda work: of_kind(work, PartnershipId(1), kind)[0])


FIRST_ACTIONS = """\
How far our actions are: Made-up Alliance
Based on at least 5 answers for everything that is said here.

1. Share the draft budget
PA, by 1 June 2027. Recorded: not started.
Seen by the partners: more than half say it is on the way.

2. Meet in the villages
PC, by 1 September 2027. Recorded: not started.
Seen by the partners: more than half say it has not started, or was dropped.

More than half: of those who said how far it is."""

FIRST_PRACTICE = """\
What we agreed, in practice: Made-up Alliance
Based on at least 5 answers for everything that is said here.

1. Which villages come first
As agreed: PA
Lower than agreed: PB, PC, PD and PE
Lower than last time: PB

High: more than half chose 3 or 4. Middle: more than half chose 2. Low: more than half chose 0 or 1. \
Mixed: none of these.
Method: Power Awareness Tool of Partos.
A word changes only when no single person explains the change. The same word as last time does not mean that nothing \
changed."""


async def test_a_partnership_comes_back_to_what_it_agreed(town: Town) -> None:
    await agreed_world(town)
    assert "put check-ins on the calendar" in await town.tap(town.facilitator, "p/1")
    await on_the_calendar(town, "actions", "practice")
    assert (await town.say(town.facilitator, "/next", town.group)).splitlines()[:2] == [
        "Next",
        "Tuesday, 1 June 2027, 10:00 (Nairobi): Check-in on the actions and Check-in on the agreed levels",
    ]

    await until(town, 2027, 6, 1, 6, 59)
    assert (await newest(town, Kind.REFLECTION)).id == 1
    await until(town, 2027, 6, 1, 7, 0)
    person = town.representatives[1]
    assert "How far are the actions" in town.text(person)
    await town.pass_time(timedelta(hours=8))
    assert "How far are the actions" in town.text(person), "one message a day"
    await until(town, 2027, 6, 2, 5, 0)
    assert "At which level was each partner really involved" in town.text(person)
    await check_in(town, "2", "3", levels="42000")
    assert FIRST_ACTIONS in town.posts("How far our actions are")[-1]
    assert FIRST_PRACTICE in town.posts("What we agreed, in practice")[-1]

    await town.tap(town.facilitator, "!a/1/1/under_way")
    await until(town, 2027, 9, 7, 7, 0)
    await until(town, 2027, 9, 8, 7, 0)
    await check_in(town, "1", "2", levels="44202")
    second = town.posts("How far our actions are")[-1]
    assert (
        "Recorded: on the way.\nSeen by the partners: more than half say it is done.\nFurther than last time."
        in second
    )
    assert "Higher than last time: PB, PC and PE" in town.posts("What we agreed, in practice")[-1]

    await town.tap(town.facilitator, "!a/1/1/done")
    await until(town, 2027, 12, 7, 7, 0)
    await until(town, 2027, 12, 8, 7, 0)
    await check_in(town, "2", levels="44202")
    assert "Share the draft" not in town.posts("How far our actions are")[-1], (
        "what is done is not asked again"
    )
    assert len(town.posts("How far our actions are")) == 3
    assert "Share the draft budget (PA, by 1 June 2027): done" in await town.say(
        town.facilitator, "/agreements", town.group
    )
    await mid_term(town)


async def mid_term(town: Town) -> None:
    """The decisions again, four weeks after the last check-in on them at the earliest."""
    await town.tap(town.facilitator, "!p/1/new/mid_term")
    number = (await newest(town, Kind.REFLECTION)).id
    await town.tap(town.facilitator, f"!r/{number}/carry")
    assert "at least 28 days" in await town.tap(town.facilitator, f"!r/{number}/ask")
    await town.pass_time(
        timedelta(days=27, hours=23, minutes=30)
    )  # the digest came an hour after the close at least
    await town.tap(town.facilitator, f"!r/{number}/ask")
    for person in town.representatives:
        await town.answer(person, "44402\n40000", "1", "1")
        await town.press_at(person, 1, 0)
    await town.close()
    digest = town.posts("Digest of round 2")[-1]
    assert "Most agree with how it is decided." in digest
    agreements = await town.say(town.facilitator, "/agreements", town.group)
    assert "Which villages come first: from now on PA: Decides" in agreements, (
        "until a meeting agrees on others"
    )
    assert "Higher than last time: PC" in digest, "than in the last check-in, in which it was in the middle"


async def test_a_check_in_reveals_nothing_of_who_took_part_and_leaves_nothing_behind(town: Town) -> None:
    await agreed_world(town)
    await town.tap(town.facilitator, "!c/1/actions/now")
    round_ = await newest(town, Kind.ACTIONS)
    paths = ("p/1", "p/1/checkins", "c/1/actions", f"r/{round_.id}", "m/1/next", "p/1/partners", "home")
    before = [await town.tap(town.facilitator, path) for path in paths]
    for person in town.representatives[:3]:
        await town.tap(person, f"answer/{round_.id}")
        await town.say(person, "1")
    assert town.machine.service.setting.keys.existing() == {round_.id}
    assert [await town.tap(town.facilitator, path) for path in paths] == before
    await town.close()
    assert await town.ask(answer_rows) == 0
    assert not town.machine.service.setting.keys.existing()
    assert "Not enough answers" in town.text(town.group)


async def test_a_pulse_keeps_its_statements_and_says_how_many_agree(town: Town) -> None:
    await agreed_world(town)
    await town.tap(town.facilitator, "desk/statements/1")
    await town.say(town.facilitator, "We hear about decisions in time\nMeetings are at hours that suit us")
    await town.press(town.facilitator, "That is all")
    assert "2. Meetings are at hours that suit us" in town.text(town.facilitator)
    await town.tap(town.facilitator, "!c/1/pulse/now")
    for person in town.representatives:
        await town.tap(person, f"answer/{(await open_pulse(town)).id}")
        for words in ("1", "2"):
            await town.say(person, words)
        await town.press_at(person, 1, 0)
    await town.close()
    said = town.posts("How we are doing")[-1]
    assert "1. We hear about decisions in time\nMost agree." in said
    assert "2. Meetings are at hours that suit us\nFew agree." in said
    shown = await town.tap(town.facilitator, "s/1/statements")
    assert "1. We hear about decisions in time" in shown, "the next pulse begins with the same"
    assert "at least 28 days" in await town.tap(town.facilitator, "!c/1/pulse/now")


async def open_pulse(town: Town) -> Round:
    return await town.ask(
        lambda work: next(
            found
            for found in of_kind(work, PartnershipId(1), Kind.PULSE)
            if found.state is RoundState.ANSWERING
        )
    )


async def test_dates_are_skipped_moved_paused_and_sent_as_a_file(town: Town) -> None:
    await agreed_world(town)
    await on_the_calendar(town, "actions")
    person = town.representatives[1]
    await town.tap(town.facilitator, "!c/1/actions/skip/2027-06-01")
    assert "7 September 2027" in await town.tap(person, "m/1/next")
    assert "1 June 2027" not in town.text(person)
    await town.tap(town.facilitator, "!c/1/actions/move/2027-09-07/7")
    assert "Tuesday, 14 September 2027, 10:00" in await town.tap(person, "m/1/next")
    await town.press(person, "File for my calendar")
    (sent,) = [item.file for item in town.world.messages(person) if item.file]
    assert sent.name == "check-ins.ics"
    assert b"DTSTART:20270914T070000Z" in sent.content
    await town.tap(town.facilitator, "!c/1/actions/pause")
    assert "There are no dates yet." in await town.say(person, "/next")
    await until(town, 2027, 9, 20, 9, 0)
    await town.tap(town.facilitator, "!c/1/actions/resume")
    assert "Tuesday, 7 December 2027" in await town.tap(person, "m/1/next")
    await until(town, 2027, 12, 25, 7, 0)
    assert await town.ask(lambda work: of_kind(work, PartnershipId(1), Kind.ACTIONS)) == [], (
        "too late to open"
    )
    assert "7 March 2028" in await town.tap(person, "m/1/next")


@pytest.mark.audit
async def test_a_year_passes_in_the_playground_with_everybody_answering(town: Town) -> None:
    await agreed_world(town)
    await on_the_calendar(town, "actions", "practice")
    before = town.now()
    await town.push("year")
    await town.settle()
    assert (town.now() - before).days == 365
    assert len(town.posts("How far our actions are")) == len(town.posts("What we agreed, in practice")) == 3
    assert await town.ask(answer_rows) == 10, "the fourth check-ins are open, answered by five"
    assert len(town.machine.service.setting.keys.existing()) == 2
