"""Reminders: on days 3, 7 and 12, in the same words for everybody, whoever has answered."""

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
