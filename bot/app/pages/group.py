"""What a group reads: announcements, the digest, agreements, dates. Nothing here depends on who answered."""

from __future__ import annotations

from dataclasses import replace

from bot.app import flows, planning
from bot.app.digests import digest_cards, take_part, title_of
from bot.app.evaluation import asked_words
from bot.app.exports import has_picture, picture_file
from bot.app.history import last_posted
from bot.app.languages import language_rows
from bot.app.on_paper import paper_line
from bot.app.pages.agreements import agreement_lines
from bot.app.pages.dates import date_lines
from bot.app.publishing import most_seats
from bot.app.question_words import reply_lines
from bot.app.rosters import seats_line
from bot.app.router import Router
from bot.app.sayings import kind_words
from bot.app.voices import pages_of_voices
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.figures.words import floor
from bot.core.ids import QuestionId, RoundId
from bot.core.partnerships import Group, Partnership
from bot.core.rounds.comments import Audience
from bot.core.rounds.due import ends
from bot.core.rounds.lifecycle import Mode, Round
from bot.core.text import Line, Text, listed, say, say_count
from bot.errors import BotError

pages = Router()


def _partnership(work: Work, group: Group) -> Partnership | None:
    return next(iter(work.tx.partnerships.of_group(group.id)), None)


def round_of_group(work: Work, group: Group, round_id: RoundId) -> Round:
    """The round, if it belongs to this group's partnership."""
    found = work.tx.rounds.get(round_id)
    partnership = _partnership(work, group)
    if found is None or partnership is None or found.partnership != partnership.id:
        raise BotError("a group page names a round of another partnership")
    return found


def open_until(work: Work, round_: Round) -> Text:
    """When the present state of a round ends, by the partnership's clocks."""
    end = ends(round_)
    if end is None:
        return say("No date is set.")
    zone = work.tx.partnerships.get(round_.partnership).clock
    return say("Open until {when}.", when=end.astimezone(zone))


def unconnected() -> Card:
    return Card(
        say("Not connected yet"),
        (
            say(
                "This group is not connected to a partnership. A facilitator connects it from the private chat with me."
            ),
        ),
    )


@pages.page("welcome")
def welcome(work: Work, group: Group) -> Card:
    partnership = _partnership(work, group)
    if partnership is None:
        return unconnected()
    return Card(
        say("Hello, {partnership}", partnership=partnership.name),
        (
            say("I help you look together at who decides what, with the Power Awareness Tool of Partos."),
            say(
                "Here I post when a round opens, one digest in words at its end, and what you agreed. "
                "Questions are asked in private; here nobody's answers are ever shown."
            ),
            say(
                "I cannot read what you write to each other, only commands: /digest /agreements /next /language /help"
            ),
        ),
        ((take_part(work.setting.bot_name),),),
    )


@pages.page("opened/{round_id}")
def opened(work: Work, group: Group, round_id: RoundId) -> Card:
    """The seats, the mode and the dates, before anybody is asked."""
    round_ = round_of_group(work, group, round_id)
    return Card(
        say("A round has opened"),
        (
            *_about(work, round_),
            say("First we collect: which decisions in this partnership matter to you?"),
            open_until(work, round_),
            *_seats(work, round_),
        ),
        ((take_part(work.setting.bot_name),),),
    )


def _about(work: Work, round_: Round) -> tuple[Line, ...]:
    """What the round is about, where that is not the usual."""
    if flows.is_usual(round_):
        return ()
    flow = flows.of_round(work, round_)
    return say("What the round is about: {what}", what=flows.title(flow)), flows.about(flow)


def _seats(work: Work, round_: Round) -> tuple[Line, ...]:
    """The frozen roster and what it promises; the same at both openings."""
    return (
        seats_line(work, round_),
        *paper_line(work, round_),
        _mode(round_, floor(most_seats(work, round_))),
        say("The seats stay as they are until the digest."),
    )


def _mode(round_: Round, least: int) -> Text:
    match round_.mode:
        case Mode.OPEN:
            return say(
                "Open: every seat agreed that levels are shown with the name of the partner who gave them."
            )
        case Mode.PROPOSED:
            return say(
                "The facilitators propose an open round with named levels. Every seat is asked in private; "
                "unless all agree, the round is confidential."
            )
        case _:
            return say("Confidential: a digest in words, and only from {floor} answers.", floor=least)


@pages.page("voting/{round_id}")
def voting(work: Work, group: Group, round_id: RoundId) -> Card:
    """Everybody is asked to choose from a long list."""
    round_ = round_of_group(work, group, round_id)
    return Card(
        say("The questions are open"),
        (
            say("The list of decisions is long. Which five matter most to you? It takes two minutes."),
            open_until(work, round_),
            *_seats(work, round_),
        ),
        ((take_part(work.setting.bot_name),),),
    )


@pages.page("answering/{round_id}")
def answering(work: Work, group: Group, round_id: RoundId) -> Card:
    round_ = round_of_group(work, group, round_id)
    decisions = say_count(
        "{count} decision to look at: how far is every partner involved in taking it?",
        "{count} decisions to look at: how far is every partner involved in taking them?",
        count=len(work.tx.rounds.decisions(round_.id)),
    )
    return Card(
        say("The questions are open"),
        (
            *(_about(work, round_) or (decisions,)),
            open_until(work, round_),
            *_seats(work, round_),
        ),
        ((take_part(work.setting.bot_name),),),
    )


@pages.page("checkin/{round_id}")
def checkin(work: Work, group: Group, round_id: RoundId) -> Card:
    """A check-in has opened: what it asks about, the seats, the date."""
    round_ = round_of_group(work, group, round_id)
    decisions = work.tx.rounds.decisions(round_.id)
    return Card(
        kind_words(round_.kind),
        (
            *(
                listed(number, asked_words(work, round_.kind, found.wording, 80))
                for number, found in enumerate(decisions, 1)
            ),
            open_until(work, round_),
            *_seats(work, round_),
        ),
        ((take_part(work.setting.bot_name),),),
    )


@pages.page("foretold/{round_id}/{verdict:s}")
def foretold(work: Work, group: Group, round_id: RoundId, verdict: str) -> Card:
    """One sentence, two days before the close."""
    round_ = round_of_group(work, group, round_id)
    sentence = (
        say("A safe summary is possible. More answers are still welcome.")
        if verdict == "possible"
        else say("A safe summary is not possible yet. More answers are needed, or nothing can be shown.")
    )
    return Card(
        say("The round closes soon"),
        (sentence, open_until(work, round_)),
        ((take_part(work.setting.bot_name),),),
    )


@pages.page("extended/{round_id}")
def extended(work: Work, group: Group, round_id: RoundId) -> Card:
    round_ = round_of_group(work, group, round_id)
    return Card(
        say("Seven more days"),
        (say("The facilitators gave everybody seven more days."), open_until(work, round_)),
        ((take_part(work.setting.bot_name),),),
    )


@pages.page("cancelled/{round_id}")
def cancelled(work: Work, group: Group, round_id: RoundId) -> Card:
    round_of_group(work, group, round_id)
    return Card(
        say("The round was cancelled"),
        (say("Nothing is published. Everything that was answered has been destroyed."),),
    )


@pages.page("digest/{round_id}/{page}")
def digest_of(work: Work, group: Group, round_id: RoundId, page: int) -> Card:
    round_ = round_of_group(work, group, round_id)
    cards = digest_cards(work, round_, group.language)
    return _with_picture(work, round_, cards[page - 1]) if page == len(cards) else cards[page - 1]


@pages.page("voices/{round_id}/{page}")
def voices(work: Work, group: Group, round_id: RoundId, page: int) -> Card:
    """What people chose to share word for word."""
    round_ = round_of_group(work, group, round_id)
    return Card(say("In our own words"), pages_of_voices(work, round_, Audience.GROUP)[page - 1])


@pages.page("replied/{question}")
def replied(work: Work, group: Group, question: QuestionId) -> Card:
    """A question to the facilitators and their reply, as both were written."""
    found, partnership = work.tx.questions.get(question), _partnership(work, group)
    if found is None or partnership is None or found.partnership != partnership.id:
        raise BotError("a group page names a question of another partnership, or one that was destroyed")
    return Card(say("Questions to the facilitators"), reply_lines(work, found))


@pages.page("digest")
def digest(work: Work, group: Group) -> Card:
    """The last digest once more."""
    partnership = _partnership(work, group)
    if partnership is None:
        return unconnected()
    found = last_posted(work, partnership.id)
    if found is None:
        return Card(say("Digest"), (say("There is no digest yet."),))
    return _with_picture(work, found, digest_cards(work, found, group.language)[0])


def _with_picture(work: Work, round_: Round, card: Card) -> Card:
    """The card with a button that brings its words as a picture; whoever does not press it loads none."""
    if not has_picture(work, round_):
        return card
    return replace(card, rows=((Choice(say("Picture"), f"!picture/{round_.id}"),),))


@pages.page("picture/{round_id}")
def picture(work: Work, group: Group, round_id: RoundId) -> Card:
    """A digest as a picture."""
    round_ = round_of_group(work, group, round_id)
    return Card(title_of(work, round_), file=picture_file(work, round_, group.language))


@pages.page("agreements")
def agreements(work: Work, group: Group, *, beside: int = 0) -> Card:
    """What was agreed, beside something else of this length."""
    partnership = _partnership(work, group)
    if partnership is None:
        return unconnected()
    return Card(say("What we agreed"), agreement_lines(work, partnership, group.language, beside=beside))


@pages.page("facilitators")
def facilitators(work: Work, group: Group) -> Card:
    """How many facilitate, when that changed; never who."""
    partnership = _partnership(work, group)
    if partnership is None:
        return unconnected()
    count = len(work.tx.partnerships.facilitators(partnership.id))
    return Card(
        say("The facilitators changed"),
        (
            say_count(
                "{count} person facilitates this partnership now.",
                "{count} people facilitate this partnership now.",
                count=count,
            ),
        ),
    )


@pages.page("next")
def next_(work: Work, group: Group) -> Card:
    """What comes next and when."""
    partnership = _partnership(work, group)
    if partnership is None:
        return unconnected()
    lines = tuple(date_lines(work, partnership))
    nothing = say("No round is open. The facilitators announce the next one here.")
    rows: list[Row] = [(take_part(work.setting.bot_name),)]
    if planning.dates(work, partnership.id, each=1):
        link = f"https://t.me/{work.setting.bot_name}?start=dates"
        rows.append((Choice(say("File for my calendar"), url=link),))
    return Card(say("Next"), lines or (nothing,), tuple(rows))


@pages.page("help")
def help_(work: Work, group: Group) -> Card:
    return Card(
        say("Help"),
        (
            say("/digest - the last digest"),
            say("/agreements - what we agreed, and how far it is"),
            say("/next - what comes next"),
            say("/learning - what partnerships learn from each other"),
            say("/language - the language of this group"),
            say("Everything personal happens in the private chat with me."),
        ),
        ((take_part(work.setting.bot_name),),),
    )


@pages.page("language")
def language(work: Work, group: Group) -> Card:
    """Anybody in the group may ask; a facilitator of its partnership may choose."""
    return Card(
        say("Language"),
        (
            say("In which language shall I write here? A facilitator can choose."),
            say("Up to three languages at once: on the facilitator's desk, under Group."),
        ),
        language_rows(work, lambda code: f"!language/{code}"),
    )
