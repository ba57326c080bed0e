"""Answers out of a session, for whoever counts or stores them.

What was skipped or no longer applies is not there.
"""

from __future__ import annotations

from bot.core.flow.session import Answer, Row, Session


def matrix_values(session: Session, step: str, item: str) -> Row:
    """Levels by column key, None for "do not know"; a column that was not answered is missing."""
    answer = _answer(session, step, item)
    return dict(answer) if isinstance(answer, dict) else {}


def choice_value(session: Session, step: str, item: str | None = None) -> str | None:
    """The value chosen."""
    return _text(session, step, item)


def text_value(session: Session, step: str, item: str | None = None) -> str | None:
    """The words given; a date as ISO text, a zone by its IANA name."""
    return _text(session, step, item)


def list_items(session: Session, step: str, item: str | None = None) -> tuple[str, ...]:
    """The entries of a list in the order they were given."""
    answer = _answer(session, step, item)
    return answer if isinstance(answer, tuple) else ()


def picked_items(session: Session, step: str, item: str | None = None) -> tuple[str, ...]:
    """The keys of the items picked, in the order in which they were listed."""
    return list_items(session, step, item)


def consent_version(session: Session, step: str = "consent") -> int | None:
    """The version of the consent text agreed to in this session."""
    answer = _answer(session, step, None)
    return answer if isinstance(answer, int) else None


def _text(session: Session, step: str, item: str | None) -> str | None:
    answer = _answer(session, step, item)
    return answer if isinstance(answer, str) else None


def _answer(session: Session, step: str, item: str | None) -> Answer | None:
    return session.answers.get(step if item is None else f"{step}/{item}")
