"""Questions to the facilitators: asked in private, replied to before everybody.

Who asked is stored nowhere; a question reaches the facilitators after a random delay, so that its moment does not tell
either, and its author can never show that it was theirs. Only while no round is open: until its digest nobody should
have another way to be heard than the one that is protected.
"""

from __future__ import annotations

from datetime import timedelta

from bot.app import access
from bot.app.history import open_round
from bot.app.notify import good_moment, notify
from bot.app.posting import in_each_language
from bot.app.sittings import needed
from bot.app.work import Work
from bot.core.flow.session import Param, Session
from bot.core.ids import PartnershipId, PersonId, QuestionId
from bot.core.partnerships import Seat
from bot.core.questions import KEPT, MOST_WAITING, Question
from bot.core.text import say
from bot.errors import Refusal

DELAY_HOURS = (2.0, 24.0)
"""How much later than it was asked a question reaches the facilitators, at random."""

NAMED = "named"
"""The choice of who asks in the name of their partner."""


def begin_question(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "question", about one partnership, for its representatives."""
    _may_ask(work, person, PartnershipId(subject))
    return {}


def ask(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Keep a question for the facilitators, without who asks."""
    partnership = PartnershipId(subject)
    seat = _may_ask(work, person, partnership)
    due = work.now + timedelta(hours=work.setting.random.hours_between(*DELAY_HOURS))
    work.tx.questions.add(
        partnership,
        needed(session, "question"),
        partner=seat.partner if needed(session, "signed") == NAMED else None,
        due=due,
        until=work.now.date() + KEPT,
    )
    for facilitator in sorted(work.tx.partnerships.facilitators(partnership)):
        path = f"p/{partnership}/questions"
        work.tx.notices.add(facilitator, path, at=good_moment(work, facilitator, due), until=None)
    return f"asked/{partnership}"


def _may_ask(work: Work, person: PersonId, partnership: PartnershipId) -> Seat:
    seat = access.seat_in(work, person, partnership)
    if open_round(work, partnership) is not None:
        raise Refusal(
            say(
                "While a round is open nothing can be asked here: the round itself is the protected way to be "
                "heard. Please ask after the digest."
            )
        )
    if len(work.tx.questions.waiting(partnership)) >= MOST_WAITING:
        raise Refusal(say("{most} questions wait for a reply already. Please ask later.", most=MOST_WAITING))
    return seat


def to_reply_to(work: Work, person: PersonId, partnership: PartnershipId) -> tuple[Question, ...]:
    """Questions that have reached the facilitators and wait for a reply.

    Raises: Refusal.
    """
    access.facilitated(work, person, partnership)
    return tuple(found for found in work.tx.questions.waiting(partnership) if found.due <= work.now)


def question_of_facilitator(work: Work, person: PersonId, question: QuestionId) -> Question:
    """A question that waits for a reply of this person or of the other facilitator.

    Raises: Refusal, in the same words whether it never was or has been settled.
    """
    found = work.tx.questions.get(question)
    if found is None or found.reply is not None or found.due > work.now:
        raise access.not_here()
    access.facilitated(work, person, found.partnership)
    return found


def begin_reply(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "reply", about one question."""
    return {"question": question_of_facilitator(work, person, QuestionId(subject)).words}


def reply(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Tell everybody the question and the reply: the group, or every member while there is none."""
    found = question_of_facilitator(work, person, QuestionId(subject))
    work.tx.questions.reply(found.id, needed(session, "reply"), until=work.now.date() + KEPT)
    partnership = work.tx.partnerships.get(found.partnership)
    group = None if partnership.group is None else work.tx.groups.get(partnership.group)
    if group is not None and group.active:
        in_each_language(work, group, f"replied/{found.id}")
    else:
        for seat in work.tx.partnerships.seats(partnership.id):
            if seat.person is not None and access.has_agreed(seat):
                notify(work, seat.person, f"replied/{found.id}")
    return f"p/{partnership.id}/questions"


def replied(work: Work, person: PersonId, question: QuestionId) -> Question:
    """A question with its reply, for everybody in its partnership.

    Raises: Refusal, also when it has been destroyed meanwhile.
    """
    found = work.tx.questions.get(question)
    if found is None or found.reply is None:
        raise access.not_here()
    access.belongs(work, person, found.partnership)
    return found


def set_aside(work: Work, person: PersonId, question: QuestionId) -> PartnershipId:
    """Destroy a question without a reply.

    Raises: Refusal.
    """
    found = question_of_facilitator(work, person, question)
    work.tx.questions.remove(found.id)
    return found.partnership
