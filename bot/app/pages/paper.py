"""For partners without Telegram: the questions of a round as a form."""

from __future__ import annotations

from bot.app.forms import form_file
from bot.app.ports import Lane
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.lifecycle import TAKES_ANSWERS, Round
from bot.core.text import say

pages = Router()


def paper_rows(round_: Round) -> tuple[Row, ...]:
    """What facilitators find on the page of a round that takes answers."""
    if round_.state not in TAKES_ANSWERS:
        return ()
    return ((Choice(say("A form for those without Telegram"), f"!r/{round_.id}/form"),),)


@pages.action("r/{round_id}/form")
def ask_for_form(work: Work, person: PersonId, round_id: RoundId) -> str:
    form_file(work, person, round_id)  # refuses here, not when it is sent
    work.tx.outbox.tell(person, f"form/{round_id}", lane=Lane.REPLY)
    return f"r/{round_id}"


@pages.page("form/{round_id}")
def form(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """The form itself, as a message of its own."""
    content = form_file(work, person, round_id)
    body = (
        say(
            "An XLSForm with the questions in every language. Upload it to KoboToolbox or ODK to ask them on a phone "
            "without a connection, or to print them."
        ),
    )
    return Card(say("Form"), body, file=content)
