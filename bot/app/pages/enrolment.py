"""The invitation: who asks, for which organisation, and the consent notice.

The notice follows the base text of the anonymity reference, 3.11; its version is ``enrolment.NOTICE_VERSION``.
"""

from __future__ import annotations

from bot.app import enrolment
from bot.app.rosters import most_known_now
from bot.app.router import Router
from bot.app.stand_ins import stand_in_words
from bot.app.work import Work
from bot.core.cards import Card, Choice, Icon
from bot.core.figures.words import floor
from bot.core.ids import PersonId, SeatId
from bot.core.partnerships import Partner, Seat
from bot.core.text import Line, say

pages = Router()


def partner_of(work: Work, seat: Seat) -> Partner:
    return next(
        found for found in work.tx.partnerships.partners(seat.partnership) if found.id == seat.partner
    )


@pages.page("invited/{seat}")
def invited(work: Work, person: PersonId, seat: SeatId) -> Card:
    """The notice in short: enough to decide, with everything one tap away."""
    found = enrolment.bound_seat(work, person, seat)
    partnership = work.tx.partnerships.get(found.partnership)
    return Card(
        say("You are invited"),
        (
            say(
                "The facilitators of {partnership} ask you to answer for {partner}: "
                "who decides what among the partners?",
                partnership=partnership.name,
                partner=partner_of(work, found).name,
            ),
            *stand_in_words(found, partner_of(work, found)),
            "",
            *_promise(work, found),
        ),
        (
            (Choice(say("I take part"), f"!take/{seat}"),),
            (Choice(say("Not now"), "home"), Choice(say("Read more"), f"more/{seat}")),
            (Choice(say("Language"), "language", icon=Icon.LANGUAGE),),
        ),
        numbered=True,
    )


def _promise(work: Work, seat: Seat) -> tuple[Line, ...]:
    return (
        say("Your answers are confidential. They are not perfectly hidden, because this group is small."),
        say(
            'The group sees words such as "most", "few", "views oppose each other". '
            "It never sees names, numbers of people, or your own answers. "
            "If fewer than {floor} people answer, nothing is shown and everything is destroyed.",
            floor=floor(most_known_now(work, seat.partnership)),
        ),
        say(
            "You may skip any question, change or erase answers until the close, or not take part. "
            "Nobody is told whether you answered."
        ),
    )


@pages.page("more/{seat}")
def more(work: Work, person: PersonId, seat: SeatId) -> Card:
    """What is not promised, in plain words."""
    enrolment.bound_seat(work, person, seat)
    return Card(
        say("Before you decide"),
        (
            say(
                "People may still guess. If almost all others compare or arrange their answers, they may work out "
                'yours. If the summary says "few agree", people may think you are one of those who do not.'
            ),
            say(
                "While the round is open, {operator}, who runs this bot, could technically connect your answers with "
                "you. At the announced close the connection and the single answers are destroyed. After that nobody, "
                "including you and {operator}, can see or change them.",
                operator=work.setting.operator,
            ),
            say(
                "Telegram carries and stores the messages. They are on your phone until you delete them. "
                "Use your own account, switch off previews, and clear this chat afterwards."
            ),
            say("The facilitators see the same summary as the group."),
        ),
        (
            (Choice(say("I take part"), f"!take/{seat}"),),
            (Choice(say("Not now"), "home"), Choice(say("Back"), f"invited/{seat}")),
        ),
        numbered=True,
    )


@pages.action("take/{seat}")
def take(work: Work, person: PersonId, seat: SeatId) -> str:
    return enrolment.agree(work, person, seat)
