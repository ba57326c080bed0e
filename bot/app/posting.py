"""What goes to a group: short things once in all its languages, long ones once in each."""

from __future__ import annotations

from dataclasses import replace

from bot.app.digests import digest_cards
from bot.app.ports import Lane
from bot.app.voices import pages_of_voices
from bot.app.work import Work
from bot.core.ids import GroupId
from bot.core.partnerships import Group
from bot.core.rounds.comments import Audience
from bot.core.rounds.lifecycle import Round

IN = "@"
"""Between the path of a page and the one language it is said in, "digest/7/1@fr"."""


def post(work: Work, round_: Round) -> None:
    """Queue the digest, in every language of the group, and the texts that people shared, as they wrote them."""
    found = work.tx.partnerships.get(round_.partnership).group
    if found is None:
        return
    group = work.tx.groups.get(found)
    for language in group.languages:
        for page, _ in enumerate(digest_cards(work, round_, language), 1):
            _once(work, found, f"digest/{round_.id}/{page}{IN}{language}")
    for page, _ in enumerate(pages_of_voices(work, round_, Audience.GROUP), 1):
        _once(work, found, f"voices/{round_.id}/{page}{IN}{group.language}")


def in_each_language(work: Work, group: Group, path: str) -> None:
    """Queue a page that is too long to be said in several languages by one message."""
    for language in group.languages:
        work.tx.outbox.post(group.id, f"{path}{IN}{language}")


def narrowed(group: Group, path: str) -> tuple[Group, str]:
    """The path of a group's page, and the group speaking the language that was asked for, if one was."""
    page, _, language = path.partition(IN)
    return (replace(group, languages=(language,)) if language else group), page


def _once(work: Work, group: GroupId, path: str) -> None:
    work.tx.outbox.post(group, path, lane=Lane.DIGEST, once=path)
