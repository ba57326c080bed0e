"""The home page, the languages, help and the promise."""

from __future__ import annotations

from dataclasses import replace

from bot.app.access import has_agreed, own_seat
from bot.app.languages import language_rows
from bot.app.partnerships import may_set_up
from bot.app.router import Router
from bot.app.sayings import kind_in
from bot.app.vocabulary import unaccented
from bot.app.work import Work
from bot.core.cards import Card, Choice, Icon, Row
from bot.core.ids import PersonId
from bot.core.partnerships import Partnership
from bot.core.rounds.lifecycle import TAKES_ANSWERS, Kind, Round
from bot.core.text import Line, Text, say, say_count

pages = Router()

AT_HOME = 5
"""Desks that stand on the home page itself; of more there is a list."""

HOME = (Choice(say("Home"), "home", icon=Icon.HOME),)


def answer_words(round_: Round, partnership: str) -> Text:
    """What to answer, on a button."""
    if round_.kind is Kind.REFLECTION:
        return say("Answer: {partnership}", partnership=partnership)
    return kind_in(round_.kind, partnership)


@pages.page("waiting")
def waiting(work: Work, person: PersonId) -> Card:
    """Stands for several things at once, so that nobody is told more than one a day."""
    card = home(work, person)
    return replace(card, body=(say("There is something new for you. Here is all of it."), *card.body))


@pages.page("home")
def home(work: Work, person: PersonId) -> Card:
    """What waits for this person, and where they may go."""
    to_answer: list[Row] = []
    member: list[Row] = []
    unsure: list[Row] = []
    for seat in work.tx.partnerships.seats_of(person):
        name = work.tx.partnerships.get(seat.partnership).name
        if own_seat(work, person, seat.partnership) is None:
            unsure.append((Choice(say("Invitation: {partnership}", partnership=name), f"invited/{seat.id}"),))
            continue
        member.append((Choice(name, f"m/{seat.partnership}"),))
        for round_ in work.tx.rounds.of_partnership(seat.partnership):
            if round_.state in TAKES_ANSWERS:
                to_answer.append((Choice(answer_words(round_, name), f"answer/{round_.id}"),))
    for invitation in work.tx.pairs.invitations_for(person):
        if invitation.expires > work.now:
            name = work.tx.partnerships.get(invitation.partnership).name
            label = say("Invitation: {partnership}", partnership=name)
            unsure.append((Choice(label, f"joining/{invitation.partnership}"),))
    rows = [*to_answer, *unsure, *member, *_desks(work, person)]
    body: list[Line] = []
    if to_answer:
        body.append(say("A round is open. You can answer in pieces; every answer is kept when you give it."))
    elif not rows:
        body.append(
            say(
                "Here partner organisations look together at who decides what. "
                "To take part, open the personal link that your facilitator sent you."
            )
        )
    else:
        body.append(say("Nothing is waiting for you now."))
    if may_set_up(work, person) and not (member or unsure):  # everybody else finds it under /new
        rows.append((Choice(say("New partnership"), "desk/setup/0"),))
    rows.append(
        (
            Choice(say("Language"), "language", icon=Icon.LANGUAGE),
            Choice(say("Privacy"), "privacy", icon=Icon.PRIVACY),
        )
    )
    rows.append((Choice(say("Help"), "help", icon=Icon.HELP),))
    rows.append((Choice(say("Learning across partnerships"), "learning"),))
    return Card(say("Who decides what"), tuple(body), tuple(rows), numbered=True)


def desks_of(work: Work, person: PersonId) -> list[Partnership]:
    """The partnerships that a person facilitates, by their names."""
    return sorted(work.tx.partnerships.facilitated_by(person), key=lambda one: (unaccented(one.name), one.id))


def _desks(work: Work, person: PersonId) -> tuple[Row, ...]:
    own = desks_of(work, person)
    if len(own) > AT_HOME:
        return ((Choice(say_count("{count} desk", "{count} desks", count=len(own)), "desks/1"),),)
    return tuple((Choice(say("Desk: {partnership}", partnership=one.name), f"p/{one.id}"),) for one in own)


@pages.page("language")
def language(work: Work, person: PersonId) -> Card:
    """Choose the language; answers given so far stay."""
    body: list[Line] = [say("Which language would you like to read? Your answers stay as they are.")]
    own = work.tx.people.language(person)
    if not work.setting.catalogs.is_reviewed(own):
        body.append(
            say(
                "Nobody who grew up with this language has checked these words yet. "
                "If one reads wrong, please tell your facilitator."
            )
        )
    pictures = (
        Choice(say("Without pictures on buttons"), "!plain/1")
        if not work.tx.people.is_plain(person)
        else Choice(say("With pictures on buttons"), "!plain/0")
    )
    return Card(
        say("Language"),
        tuple(body),
        (
            *language_rows(work, lambda code: f"!language/{code}"),
            (pictures,),
            (Choice(say("Time zone"), "time"),),
            HOME,
        ),
        numbered=True,
    )


@pages.action("plain/{plain}")
def choose_plain(work: Work, person: PersonId, plain: int) -> str:
    """Labels alone, for screen readers and small screens, or pictures with them."""
    work.tx.people.set_plain(person, bool(plain))
    return "language"


@pages.action("language/{code:s}")
def choose_language(work: Work, person: PersonId, code: str) -> str:
    """Set the language and go back to what waits: a notice to read first, or home."""
    work.tx.people.set_language(person, work.setting.catalogs.best(code))
    for seat in work.tx.partnerships.seats_of(person):
        if not has_agreed(seat):
            return f"invited/{seat.id}"
    return "home"


@pages.page("help")
def help_(work: Work, person: PersonId) -> Card:
    body: list[Line] = [
        say(
            "In a round you say, for each important decision, how far every partner is involved in taking it."
        ),
        say("You can type or tap. If the connection goes, nothing is lost: come back with /answer."),
        "",
        say("/answer - answer, or go on where you stopped"),
        say("/pause - stop for now and tidy this chat"),
        say("/mine - see what you answered"),
        say("/erase - erase what you answered, or leave"),
        say("/language - choose the language"),
        say("/privacy - what is shown to whom"),
        say("/partnerships - your partnerships"),
        say("/next - what comes next, and when"),
        say("/learning - what partnerships learn from each other"),
    ]
    if may_set_up(work, person):
        body.append(say("/new - set up a partnership"))
    return Card(say("Help"), tuple(body), (HOME,))


@pages.page("privacy")
def privacy(work: Work, person: PersonId) -> Card:
    """The promise in short; the notice of each partnership says it in full."""
    return Card(
        say("Privacy"),
        (
            say("Your answers are confidential. They are not perfectly hidden, because a group is small."),
            say(
                'The group sees words such as "most", "few" or "views oppose each other". '
                "It never sees names, numbers of people, or your own answers."
            ),
            say("If too few people answer, nothing is shown and everything is destroyed."),
            say(
                "While a round is open, {operator}, who runs this bot, could technically connect your answers "
                "with you. At the close the connection and the single answers are destroyed.",
                operator=work.setting.operator,
            ),
            say("Facilitators see the same summary as the group. They do not see who answered."),
            say(
                "What you ask the facilitators is kept without who you are. It is destroyed 30 days after you asked "
                "or they replied."
            ),
            say("Telegram carries the messages. They stay on your phone until you delete them."),
            say("You can see your answers with /mine and erase them with /erase until the close."),
        ),
        (HOME,),
    )
