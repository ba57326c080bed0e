"""The language in which an account is spoken to, when words go out without a card."""

from __future__ import annotations

from bot.app.work import Work
from bot.core.text import Line


def language_of(work: Work, account: int, hint: str | None) -> str:
    """The language a person chose; for a stranger the one of their phone, as far as we speak it."""
    person = work.tx.people.find(account)
    return work.setting.catalogs.best(hint) if person is None else work.tx.people.language(person)


def spoken(work: Work, line: Line | None, account: int, hint: str | None) -> str | None:
    """Say a line to an account; None stays None."""
    return None if line is None else work.setting.catalogs.render(line, language_of(work, account, hint))
