"""Reminders on days 3, 7 and 12, in the same words for everybody; and whatever else comes by itself: by day, once."""

from __future__ import annotations

from datetime import timedelta

from tests.town import DECISIONS, Town


def reminders(town: Town, person: int) -> list[str]:
    """The reminders a person received, by their words."""
    texts = [message.text for message in town.world.messages(person) if message.sender is None]
    return [text for text in texts if text.startswith("A word to everybody")]


async def test_everybody_is_reminded_in_the_same_words_whether_they_answered_or_not(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels(DECISIONS)
    french, answered, silent, *_ = town.representatives
    await town.say(answered, "/answer")
    await town.say(answered, "43210")
    await town.say(answered, "/pause")
    await town.pass_time(timedelta(days=3))
    assert len(reminders(town, answered)) == 1
    assert reminders(town, answered) == reminders(town, silent)
    await town.pass_time(timedelta(hours=1))
    assert len(reminders(town, silent)) == 1, "once, however often the clock ticks"
    await town.pass_time(timedelta(days=10))
    assert len(reminders(town, silent)) == 1, "not on a Sunday"
    await town.pass_time(timedelta(hours=17))
    assert len(reminders(town, silent)) == 1, "nor before eight on Monday"
    await town.pass_time(timedelta(hours=4))
    assert len(reminders(town, silent)) == 2, "what was missed is one reminder"
    assert not reminders(town, french), "the French phone reads it in French"


async def test_after_the_close_nobody_is_reminded(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels(DECISIONS)
    await town.pass_time(timedelta(days=40))
    assert not any(reminders(town, person) for person in town.representatives)


async def test_everybody_is_told_by_day_where_they_are(town: Town) -> None:
    await town.set_up(join=True)
    abroad, here = town.representatives[1:3]
    assert "(Nairobi)" in await town.tap(abroad, "time")
    await town.tap(abroad, "desk/zone/0")
    assert "I do not know that place." in await town.say(abroad, "Atlantis")
    assert "(Bogota)" in await town.say(abroad, "Bogota")
    await town.ask_for_levels(DECISIONS)  # at noon in Nairobi, at four in the morning in Bogota
    assert town.text(here).startswith("Your questions are ready")
    assert not town.text(abroad).startswith("Your questions are ready")
    await town.pass_time(timedelta(hours=3, minutes=59))
    assert not town.text(abroad).startswith("Your questions are ready")
    await town.pass_time(timedelta(minutes=1))
    assert town.text(abroad).startswith("Your questions are ready")


async def test_who_asks_for_peace_is_left_alone_until_then(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels(DECISIONS)
    person, other = town.representatives[1:3]
    await town.press(person, "Later")
    assert "for 7 days" in await town.press(person, "In 7 days")
    await town.pass_time(timedelta(days=3))
    assert (len(reminders(town, person)), len(reminders(town, other))) == (0, 1)
    await town.pass_time(timedelta(days=4))
    assert (len(reminders(town, person)), len(reminders(town, other))) == (1, 2)
    await town.say(person, "/answer")
    assert "Question 1 of" in town.text(person), "what they ask for comes at once"


async def test_who_blocked_the_bot_is_left_alone_and_facilitators_learn_it_after_the_round(
    town: Town,
) -> None:
    await town.set_up(join=True)
    person = town.representatives[1]
    town.world.block_bot(person)
    await town.settle()
    assert "PB, Partner B: seat taken, but cannot be reached" in await town.tap(
        town.facilitator, "p/1/partners"
    )
    await town.ask_for_levels(DECISIONS)
    assert "cannot be reached" not in await town.tap(town.facilitator, "p/1/partners")
    assert "cannot be reached" not in await town.tap(town.facilitator, "q/1/2")
    await town.pass_time(timedelta(days=3))
    before = len(town.world.messages(person))
    town.world.unblock_bot(person)
    await town.settle()
    assert len(town.world.messages(person)) == before, "nothing is made up for"
    await town.pass_time(timedelta(days=4))
    assert len(reminders(town, person)) == 1, "from now on like everybody"
