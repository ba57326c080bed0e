"""A file that somebody sends: welcome on few pages and from those who may, and nothing of it is kept elsewhere."""

from __future__ import annotations

from dataclasses import replace

from bot.app import own_questions, private
from bot.app.pages import PRIVATE_PAGES
from bot.app.work import Work
from bot.core.ids import PersonId
from bot.errors import Refusal


def is_welcome(work: Work, account: int, *, name: str | None, size: int | None) -> bool:
    """Whether a file should be fetched at all; nothing changes by asking."""
    person = work.tx.people.find(account)
    if person is None or not _is_awaited(work, person):
        return False
    try:
        own_questions.refuse_file(name, size)
    except Refusal:
        return False
    return True


def turned_down(
    work: Work, account: int, *, hint: str | None, message: int, name: str | None, size: int | None
) -> None:
    """A file that was not fetched: say what would be, or that only text and buttons can be read."""
    person = private.arrive(work, account, hint)
    if _is_awaited(work, person):
        try:
            own_questions.refuse_file(name, size)
        except Refusal as refusal:
            private.stay(work, person, work.tx.people.place(person), refusal.words, fresh=True)
            return
    private.sent_something_else(work, account, hint=hint, message=message)


def received(work: Work, account: int, *, hint: str | None, message: int, content: bytes) -> None:
    """A file that was fetched, for the page on which the person is now."""
    person = private.arrive(work, account, hint)
    place = work.tx.people.place(person)
    found = PRIVATE_PAGES.receiver(place.path)
    if found is None:
        private.sent_something_else(work, account, hint=hint, message=message)
        return
    receive, arguments = found
    try:
        path, notice = receive(work, person, content=content, **arguments), None
    except Refusal as refusal:
        path, notice = place.path, refusal.words
    private.stay(work, person, replace(place, path=path), notice, fresh=True)


def _is_awaited(work: Work, person: PersonId) -> bool:
    """Whether the person is on a page that takes files, and may be there."""
    path = work.tx.people.place(person).path
    page = PRIVATE_PAGES.find(path)
    if page is None or PRIVATE_PAGES.receiver(path) is None:
        return False
    function, arguments = page
    try:
        function(work, person, **arguments)
    except Refusal:
        return False
    return True
