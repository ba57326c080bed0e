"""What came of asking everybody whether they can live with what the meeting proposed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app.proposals import new_levels
from bot.app.sayings import shortened
from bot.app.work import Work
from bot.core.figures.consent import Consented
from bot.core.figures.words import Withheld
from bot.core.rounds.lifecycle import Decision, Round
from bot.core.text import Line, Text, listed, say

WORDING = 100
"""Most characters of what was asked about; fifteen of them fit a message in every language."""


def outcome(work: Work, consent: Round) -> Consented | None:
    """What may be said, if anything has been counted."""
    words = work.tx.rounds.published(consent.id)
    return None if words is None else Consented.model_validate_json(words)


def consent_lines(work: Work, consent: Round) -> tuple[Line, ...]:
    """What counts from now on, and with what somebody is not at ease; never who or how many."""
    said = outcome(work, consent)
    if said is None or isinstance(said.uneasy, Withheld):
        return (say("Too few people hold a seat now, so nothing is said. What was proposed stays open."),)
    items = list(enumerate(work.tx.rounds.decisions(consent.id), 1))
    fine = [(number, item) for number, item in items if item.id not in said.uneasy]
    uneasy = [(number, item) for number, item in items if item.id in said.uneasy]
    lines: list[Line] = []
    if fine:
        lines += [say("This counts from now on:"), *_listed(fine)]
    if uneasy:
        lines += [
            *([""] if fine else []),
            say("Somebody is not at ease with this yet:"),
            *_listed(uneasy),
            say("It stays open. Please do not ask whose concern it is; look together for what would help."),
        ]
    return tuple(lines)


def _listed(items: list[tuple[int, Decision]]) -> Iterator[Text]:
    """With the numbers under which the group read them when it was asked."""
    for number, item in items:
        wording = shortened(item.wording, WORDING)
        yield listed(number, new_levels(wording) if item.action is None else wording)
