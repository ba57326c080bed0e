"""Questions to the facilitators: where they are asked, read, replied to or set aside."""

from __future__ import annotations

from bot.app import questions
from bot.app.access import facilitated, seat_in
from bot.app.pages.confirming import confirm
from bot.app.pages.home import HOME
from bot.app.question_words import asker, reply_lines
from bot.app.router import Router
from bot.app.sayings import shortened
from bot.app.work import Work
from bot.core.cards import Card, Choice
from bot.core.ids import PartnershipId, PersonId, QuestionId
from bot.core.text import Line, just, listed, say

pages = Router()

_SHOWN = 120
"""Characters of each question in the list; all of it stands on a card of its own."""


@pages.page("asked/{partnership_id}")
def asked(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """What is on the screen right after asking: nothing that could show later who did."""
    seat_in(work, person, partnership_id)
    return Card(say("Thank you"), (say("It is noted. It is kept without who you are."),), (HOME,))


@pages.page("p/{partnership_id}/questions")
def waiting(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """The questions that wait for a reply, by the random order in which they came."""
    partnership = facilitated(work, person, partnership_id)
    found = questions.to_reply_to(work, person, partnership.id)
    body: list[Line] = []
    if found:
        body.append(say("Tap a number to reply to a question, or to set it aside."))
    else:
        body.append(say("Nothing is waiting for you now."))
    body.extend(listed(number, shortened(one.words, _SHOWN)) for number, one in enumerate(found, 1))
    choices = tuple(Choice(just(number), f"question/{one.id}") for number, one in enumerate(found, 1))
    return Card(
        say("Questions to the facilitators"),
        tuple(body),
        (choices, (Choice(say("Desk"), f"p/{partnership.id}"),)),
        numbered=True,
    )


@pages.page("question/{question}")
def question(work: Work, person: PersonId, question: QuestionId) -> Card:
    """One question, and what can be done with it."""
    found = questions.question_of_facilitator(work, person, question)
    return Card(
        say("Questions to the facilitators"),
        (
            *asker(work, found),
            f"\u201c{found.words}\u201d",
            say("Please do not ask who it was. If you do not reply, it is destroyed after 30 days."),
        ),
        (
            (
                Choice(say("Reply to all"), f"desk/reply/{found.id}"),
                Choice(say("Set aside"), f"question/{found.id}/aside"),
            ),
            (Choice(say("Back"), f"p/{found.partnership}/questions"),),
        ),
        numbered=True,
    )


@pages.page("question/{question}/aside")
def confirm_aside(work: Work, person: PersonId, question: QuestionId) -> Card:
    """Ask once more before a question is destroyed."""
    found = questions.question_of_facilitator(work, person, question)
    return confirm(
        say("The question is destroyed without a reply, and nobody is told."),
        Choice(say("Set aside"), f"!question/{found.id}/aside"),
        Choice(say("Keep it"), f"question/{found.id}"),
    )


@pages.action("question/{question}/aside")
def set_aside(work: Work, person: PersonId, question: QuestionId) -> str:
    return f"p/{questions.set_aside(work, person, question)}/questions"


@pages.page("replied/{question}")
def replied(work: Work, person: PersonId, question: QuestionId) -> Card:
    """A question and its reply, for every member of a partnership without a group."""
    found = questions.replied(work, person, question)
    return Card(say("Questions to the facilitators"), reply_lines(work, found), (HOME,))
