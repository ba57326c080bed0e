"""Looking back at a round: fixed statements, which everybody reads in their own language."""

from __future__ import annotations

from bot.app import flows
from bot.app.sayings import shortened
from bot.app.work import Work
from bot.core.flow.texts import phrase
from bot.core.rounds.lifecycle import Kind
from bot.core.text import Line


def fixed(work: Work) -> tuple[str, ...]:
    """The statements of every evaluation, in the source language, in which they are kept."""
    return flows.find(work, Kind.EVALUATION).offers


def asked_words(work: Work, kind: Kind, wording: str, most: int = 200) -> Line:
    """What a round of this kind asks about, as it is read.

    Args:
        wording: as it is kept.
        most: characters that people's own words may take, all of them unless given; a fixed statement is said whole.
    """
    if kind is Kind.EVALUATION and wording in fixed(work):
        return phrase(flows.find(work, kind), "offers", wording)
    return shortened(wording, most)
