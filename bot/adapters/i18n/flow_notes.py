"""What a text of a flow is, told from its place in the file."""

from __future__ import annotations

from typing import Any

from bot.adapters.i18n.notes import what
from bot.core.flow.texts import Path

FIELDS = {
    "title": "title of these questions",
    "credit": "whose method it is",
    "about": "what a round with these questions is about",
    "offers": "a decision, topic or statement that is offered to begin with",
    "notice": "what is said before anything is asked, so that people can choose whether to take part",
    "more": "what the button “Read more” shows",
    "ask": "question",
    "why": "explanation why this is asked: {question}",
    "example": "example of an answer, as somebody could write it: {question}",
    "unknown": "answer of those who do not know: {question}",
    "options": "button: an answer to {question}",
    "label": "level of a scale: on buttons, and inside sentences",
    "means": "what the level “{level}” means",
}
"""By the key that decides; the key of an option is its list's."""
REVIEW = "text over all that was answered, before it is done"


def purpose(data: Any, path: Path) -> str:
    """The note for the text at ``path`` of a document that has no mistakes."""
    depth, field = next((n, part) for n, part in enumerate(path) if part in FIELDS)
    around = data
    for part in path[:depth]:
        around = around[part]
    if field == "ask" and around["type"] == "review":
        return what(REVIEW)
    return what(
        FIELDS[str(field)].format(
            question=f"“{_gist(around['ask'])}”" if "ask" in around else "", level=around.get("label", "")
        )
    )


def _gist(ask: str) -> str:
    """The line of a question that asks something, or else its first."""
    lines = [line for line in ask.splitlines() if line.strip()]
    return next((line for line in lines if line.endswith("?")), lines[0])
