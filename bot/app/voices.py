"""Texts that people shared, as lines of a card: under their decision, without anything beside them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app.evaluation import asked_words
from bot.app.work import Work
from bot.core.ids import DecisionId
from bot.core.rounds.comments import Audience, Comment
from bot.core.rounds.lifecycle import Round
from bot.core.text import Line, length

ROOM = 3800
"""Characters of texts on one card; Telegram takes 4096."""


def pages_of_voices(work: Work, round_: Round, audience: Audience) -> list[tuple[Line, ...]]:
    """The texts for an audience, in as many cards as they need."""
    language = work.tx.partnerships.get(round_.partnership).language
    wordings = {
        decision.id: work.setting.catalogs.render(
            asked_words(work, round_.kind, decision.wording, 60), language
        )
        for decision in work.tx.rounds.decisions(round_.id)
    }
    pages: list[list[str]] = [[]]
    room = ROOM
    for entry in _entries(work.tx.comments.of(round_.id, audience), wordings):
        if length(entry) > room:
            pages.append([])
            room = ROOM
        pages[-1].append(entry)
        room -= length(entry) + 1
    return [tuple(lines) for lines in pages if lines]


def _entries(comments: tuple[Comment, ...], wordings: dict[DecisionId, str]) -> Iterator[str]:
    """Each text with the wording above it where a new decision begins."""
    last = None
    for comment in comments:
        heading = "" if comment.decision == last else f"\n{wordings[comment.decision]}\n"
        last = comment.decision
        yield f"{heading}\u201c{comment.words}\u201d"
