"""What is forgotten by when; carried out by the clock, and shown by ``python -m bot check``.

Source: anonymity reference, 3.9.
"""

from __future__ import annotations

from datetime import date, timedelta

from bot.app.drafts import unfinished
from bot.app.work import Work
from bot.core import questions
from bot.core.ids import PersonId
from bot.core.rounds.comments import KEPT

STRANGERS = timedelta(days=30)
"""How long somebody without a seat or a desk is remembered."""

RULES = (
    "answers, pseudonyms and the key of a round: destroyed at its close, or when it is cancelled",
    f"texts written to the facilitators: {KEPT.days} days after the close",
    f"people without a seat or a desk: {STRANGERS.days} days, or as many since they began a form",
    f"questions to the facilitators: {questions.KEPT.days} days after they were asked, or after the reply",
    "invitations to facilitate: until their 7 days are over",
    "numbers of handled updates: 3 days",
    "messages that could not be delivered: 90 days",
    "where people said they are, and when they were last told something: as long as they are known",
    "who took part in a release across partnerships: until the next release; its words: for good",
    "published words, agreed levels and actions, and what was proposed: as long as the partnership exists",
)


def forget(work: Work) -> int:
    """Forget everything whose time is over; not yet those who are in the middle of something.

    Returns: how many people were forgotten.
    """
    work.tx.comments.prune(work.now)
    work.tx.questions.prune(work.now.date())
    work.tx.pairs.prune(work.now)
    before = (work.now - STRANGERS).date()
    strangers = [
        person for person in work.tx.people.strangers(before) if not _is_at_something(work, person, before)
    ]
    for person in strangers:
        work.tx.people.forget(person)
    return len(strangers)


def _is_at_something(work: Work, person: PersonId, since: date) -> bool:
    """Whether somebody has a page open, or began a form since that day, such as that of a new partnership."""
    if work.setting.memory.watch.watches(person):
        return True
    return any(form.started >= since for form in unfinished(work, person).values())
