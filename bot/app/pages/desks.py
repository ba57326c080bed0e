"""The desks of somebody who facilitates many partnerships: in the order of their names, or found by a part of one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.pages.home import HOME, desks_of
from bot.app.pages.turning import turn_over
from bot.app.router import Router, is_number
from bot.app.vocabulary import unaccented
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PersonId
from bot.core.partnerships import Partnership
from bot.core.text import say
from bot.errors import Refusal

pages = Router()

A_PAGE = 8


@pages.page("desks/{page}")
def desks(work: Work, person: PersonId, page: int) -> Card:
    """Eight desks at a time."""
    own = desks_of(work, person)
    last = max(1, -(-len(own) // A_PAGE))
    page = min(max(page, 1), last)
    shown = own[(page - 1) * A_PAGE : page * A_PAGE]
    return _list(shown, turn_over("desks", page, last))


@pages.page("desks/of/{numbers:s}")
def found_desks(work: Work, person: PersonId, numbers: str) -> Card:
    """Those that were found by a part of their name."""
    wanted = {int(number) for number in numbers.split("+") if is_number(number)}
    shown = [one for one in desks_of(work, person) if one.id in wanted]
    return _list(shown[:A_PAGE], (Choice(say("All of them"), "desks/1"),))


@pages.reads("desks/{page}")
@pages.reads("desks/of/{numbers:s}")
def find(work: Work, person: PersonId, text: str) -> str:
    """Find desks by a part of the partnership's name; one that is found alone is opened.

    Raises: Refusal, when there is none.
    """
    wanted = unaccented(text)
    found = [one for one in desks_of(work, person) if wanted and wanted in unaccented(one.name)]
    if not found:
        raise Refusal(say("None of your partnerships has this in its name. A shorter part may find it."))
    if len(found) == 1:
        return f"p/{found[0].id}"
    return "desks/of/" + "+".join(str(one.id) for one in found[:A_PAGE])


def _list(shown: Sequence[Partnership], further: Row) -> Card:
    rows: tuple[Row, ...] = tuple((Choice(one.name, f"p/{one.id}"),) for one in shown)
    return Card(
        say("Your desks"),
        (say("Choose a partnership, or send a part of its name."),),
        (*rows, further, HOME),
    )
