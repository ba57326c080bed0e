"""The next step for somebody who tries the playground: one sentence that gives way as the round goes on."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.playground.words import FILL_IN
from bot.app.work import Work
from bot.core.ids import PersonId
from bot.core.partnerships import Partnership
from bot.core.rounds.lifecycle import RoundState
from bot.core.text import Text, say

BEGIN = say(
    "Start on the facilitator's phone: send /new and answer the questions. Name five partners, one a line."
)
CONNECT = say(
    "On the facilitator's phone, connect the group: press {button} and then {next_button}.",
    button=say("Group"),
    next_button=say("Choose the group"),
)
INVITE = say(
    "On the facilitator's phone, press {button} and make the invitations. Open each link on a partner's phone and "
    "agree there, or press {fill_in}.",
    button=say("Partners"),
    fill_in=FILL_IN,
)
FIRST_ROUND = say(
    "On the facilitator's phone, press {button}, choose {next_button} and open it.",
    button=say("Round"),
    next_button=say("Baseline"),
)
CALENDAR = say(
    "On the facilitator's phone, press {button} and put the actions and the agreed levels on the calendar. "
    "Every 3 months is a good rhythm.",
    button=say("Check-ins"),
)
LATER_ROUND = say(
    "Push the clock to the next date and see what comes back, let a whole year pass, "
    "or begin another round on the facilitator's phone."
)

ANSWER = say(
    "Answer on a phone or two, by typing or by tapping, and press {fill_in} on the others. "
    "Then push the clock to the next date.",
    fill_in=FILL_IN,
)

BY_STATE = {
    RoundState.DRAFT: say("The round is a draft. Open it on the facilitator's phone."),
    RoundState.COLLECTING: say(
        "Name decisions on one or two partners' phones and press {fill_in} on the others. "
        "Then push the clock to the next date.",
        fill_in=FILL_IN,
    ),
    RoundState.SHAPING: say(
        "On the facilitator's phone, merge and reword the list of decisions, then open it for answers."
    ),
    RoundState.VOTING: ANSWER,
    RoundState.ANSWERING: ANSWER,
    RoundState.CLOSING: say(
        "The answers are destroyed. Push the clock to the next date once more: the digest is on its way."
    ),
    RoundState.MEETING: say(
        "The digest is in the group. On the facilitator's phone, record what the group agreed; "
        "then send /agreements in the group."
    ),
}


def hint(work: Work, *, host: int) -> Text:
    """Say what is missing first, in the order of a round.

    Args:
        host: account of the facilitator on the page.
    """
    person = work.tx.people.find(host)
    if person is None:
        return BEGIN
    partnerships = work.tx.partnerships.facilitated_by(person)
    return _as_on_phone(work, person, _of_partnership(work, partnerships[-1]) if partnerships else BEGIN)


def _as_on_phone(work: Work, person: PersonId, said: Text) -> Text:
    """Name buttons of the facilitator's phone in its language, whichever the page speaks."""
    language = work.tx.people.language(person)
    labels = {
        name: work.setting.catalogs.render(label, language)
        for name, label in said.args.items()
        if isinstance(label, Text) and label is not FILL_IN
    }
    return replace(said, args={**said.args, **labels})


def _of_partnership(work: Work, partnership: Partnership) -> Text:
    rounds = work.tx.rounds.of_partnership(partnership.id)
    under_way = next((BY_STATE[round_.state] for round_ in rounds if round_.state in BY_STATE), None)
    if under_way is not None:
        return under_way
    if partnership.group is None:
        return CONNECT
    seats = work.tx.partnerships.seats(partnership.id)
    if any(seat.person is None or not seat.consent for seat in seats):
        return INVITE
    if rounds and not work.tx.calendar.plans(partnership.id):
        return CALENDAR
    return LATER_ROUND if rounds else FIRST_ROUND
