"""What a group reads of learning across partnerships: the last release, and that sharing begins or ends."""

from __future__ import annotations

from bot.app.learned import PROMISE, learned_lines
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.partnerships import Group
from bot.core.text import say

pages = Router()


@pages.page("learning")
def learned(work: Work, group: Group) -> Card:
    """The last release, the same as in private."""
    return Card(say("Learning across partnerships"), learned_lines(work))


@pages.page("sharing/begins")
def begins(work: Work, group: Group) -> Card:
    """Everything that facilitators read before they shared."""
    return Card(say("We share what we learned"), PROMISE)


@pages.page("sharing/ends")
def ends(work: Work, group: Group) -> Card:
    return Card(
        say("We no longer share what we learned"),
        (
            say(
                "From the next release on, nothing of this partnership is counted. What was released before stays."
            ),
        ),
    )
