"""A round as its facilitators move it. What they see never depends on who answered or how many."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app import flows, openness, rounds
from bot.app.access import facilitated, not_here, round_of_facilitator
from bot.app.history import last_posted, running
from bot.app.on_paper import paper_line_now
from bot.app.pages.confirming import confirm
from bot.app.pages.paper import entry_rows, form_row
from bot.app.pages.together import wish_lines, wish_rows
from bot.app.partnerships import seats_of_partners
from bot.app.proposals import RECORDS, proposals
from bot.app.publishing import earlier_rounds, most_seats
from bot.app.rosters import most_known_now, seats_on_paper
from bot.app.router import Router
from bot.app.sayings import kind_words, moment_words, round_words
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.figures.words import floor
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.rounds.comments import Audience
from bot.core.rounds.due import ends
from bot.core.rounds.lifecycle import CHECK_INS, TAKES_ANSWERS, Kind, Mode, Moment, Round, RoundState
from bot.core.text import Line, Text, say, say_count

pages = Router()


def state_words(state: RoundState) -> Text:
    """What a state means for the people in it."""
    match state:
        case RoundState.DRAFT:
            return say("Being prepared. Nobody has been told yet.")
        case RoundState.COLLECTING:
            return say("The partners are naming the decisions that matter to them.")
        case RoundState.SHAPING:
            return say("The facilitators are making one list of decisions.")
        case RoundState.VOTING:
            return say("The partners are choosing the decisions that matter most to them.")
        case RoundState.ANSWERING:
            return say("The partners are answering.")
        case RoundState.CLOSING:
            return say("Closed. The digest comes within half a day, at a time of its own.")
        case RoundState.MEETING:
            return say("The digest is in the group. Time to meet and agree.")
        case RoundState.FOLLOWING:
            return say("Agreed. Now it is followed.")
        case RoundState.CANCELLED:
            return say("Cancelled. Nothing was published, nothing was kept.")
        case _:
            return say("Kept for comparison with later rounds.")


def days(number: int) -> Text:
    return say_count("{count} day", "{count} days", count=number)


def heading(work: Work, round_: Round) -> tuple[Line, ...]:
    """Which round, how it stands and until when."""
    zone = work.tx.partnerships.get(round_.partnership).clock
    said = round_.kind is not Kind.REFLECTION and round_.posted
    lines: list[Line] = [
        round_words(round_),
        say("The digest is in the group.") if said else _state(work, round_),
    ]
    end = ends(round_)
    if end is not None and round_.state in TAKES_ANSWERS | {RoundState.SHAPING}:
        lines.append(say("This part ends {when}.", when=end.astimezone(zone)))
    return tuple(lines)


def _state(work: Work, round_: Round) -> Text:
    """How a round stands; once the meeting is over, whether everything it proposed counts."""
    if round_.state is RoundState.FOLLOWING and proposals(work, round_):
        return say("The meeting is over. Some of what it proposed is still open.")
    return state_words(round_.state)


@pages.page("p/{partnership_id}/round")
def current(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """The round under way, or where to begin one."""
    partnership = facilitated(work, person, partnership_id)
    found = running(work, partnership.id)
    if found is not None:
        return round_card(work, person, found)
    return new_round_card(partnership.id)


def new_round_card(partnership_id: PartnershipId) -> Card:
    rows: tuple[Row, ...] = tuple(
        (Choice(moment_words(moment), f"!p/{partnership_id}/new/{moment}"),)
        for moment in (Moment.BASELINE, Moment.MID_TERM, Moment.END_TERM, Moment.THEMED)
    )
    return Card(
        say("A new round"),
        (
            say("A round asks every representative, privately, who decides what."),
            say("At which moment of the programme is it?"),
        ),
        (*rows, (Choice(say("Desk"), f"p/{partnership_id}"),)),
        numbered=True,
    )


@pages.action("p/{partnership_id}/new/{moment:s}")
def new(work: Work, person: PersonId, partnership_id: PartnershipId, moment: str) -> str:
    if moment not in set(Moment):
        return f"p/{partnership_id}/round"
    return f"r/{rounds.draft(work, person, partnership_id, Moment(moment))}"


@pages.page("r/{round_id}")
def one(work: Work, person: PersonId, round_id: RoundId) -> Card:
    return round_card(work, person, round_of_facilitator(work, person, round_id))


@pages.page("news/{round_id}")
def news(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """The same page, sent by itself when the clock moved the round."""
    return round_card(work, person, round_of_facilitator(work, person, round_id))


def round_card(work: Work, person: PersonId, round_: Round) -> Card:
    """What a facilitator may do with a round in its present state."""
    where, desk = f"r/{round_.id}", (Choice(say("Desk"), f"p/{round_.partnership}"),)
    body: list[Line] = [*heading(work, round_), *wish_lines(work, person, round_)]
    rows: list[Row] = []
    match round_.state:
        case RoundState.DRAFT if round_.kind is not Kind.REFLECTION:
            rows = [(Choice(say("Check-ins"), f"p/{round_.partnership}/checkins"),)]
        case RoundState.DRAFT:
            body.extend(_announcement(work, round_))
            rows = [
                (Choice(say("Collect decisions from all: open"), f"{where}/open"),),
                (Choice(say("We bring the decisions ourselves"), f"!{where}/bring"),),
                *_carried(work, round_),
                (
                    Choice(
                        say(
                            "What the round is about: {what}", what=flows.title(flows.of_round(work, round_))
                        ),
                        f"{where}/about",
                    ),
                ),
                _mode(round_),
                (
                    Choice(
                        say("Collecting: {days}", days=days(round_.collect_days)), f"{where}/window/collect"
                    ),
                    Choice(say("Answering: {days}", days=days(round_.answer_days)), f"{where}/window/answer"),
                ),
                (Choice(say("Drop this draft"), f"!{where}/cancel"),),
            ]
        case RoundState.SHAPING:
            count = len(work.tx.rounds.decisions(round_.id))
            body.append(
                say_count(
                    "There is {count} decision on the list.",
                    "There are {count} decisions on the list.",
                    count=count,
                )
            )
            if round_.vote_until is not None:
                body.append(
                    say(
                        "The vote is over. What most chose stands first, as far as that can be told safely. "
                        "If the list is too long, you can leave out the last ones."
                    )
                )
            rows = [
                (Choice(say("The list of decisions"), f"{where}/shape/1"),),
                (Choice(say("Answering: {days}", days=days(round_.answer_days)), f"{where}/window/answer"),),
                (Choice(say("Open for answers"), f"{where}/ask"),),
                (Choice(say("Cancel the round"), f"{where}/stop"),),
            ]
        case RoundState.COLLECTING | RoundState.VOTING:
            rows = [(Choice(say("Cancel the round"), f"{where}/stop"),)]
        case RoundState.ANSWERING:
            body.append(
                say("You see what the group sees: nothing before the close, not even how many answered.")
            )
            if not round_.extended:
                rows.append((Choice(say("Extend by 7 days for all"), f"{where}/extend"),))
            rows.append((Choice(say("Cancel the round"), f"{where}/stop"),))
        case RoundState.MEETING | RoundState.FOLLOWING:
            rows = [
                (Choice(say("Digest"), f"m/{round_.partnership}/digest/1"),),
                (Choice(say("For our meeting"), f"{where}/agenda"),),
                (Choice(say("Record what we agreed"), f"{where}/meeting"),),
            ]
            if work.tx.comments.of(round_.id, Audience.FACILITATORS):
                rows.append((Choice(say("Written to the facilitators"), f"{where}/notes/1"),))
            looking_back = Choice(kind_words(Kind.EVALUATION), f"c/{round_.partnership}/{Kind.EVALUATION}")
            rows.append((looking_back,))
            if round_.state is RoundState.FOLLOWING:
                rows.append((Choice(say("A new round"), f"p/{round_.partnership}/again"),))
        case _ if round_.kind is not Kind.REFLECTION:
            rows = list(_after_check_in(work, round_))
        case _:
            rows = [(Choice(say("A new round"), f"p/{round_.partnership}/again"),)]
    title = say("Check-in") if round_.kind in CHECK_INS else say("Round")
    return Card(
        title,
        tuple(body),
        (*wish_rows(work, person, round_), *entry_rows(work, round_), *rows, *form_row(round_), desk),
        numbered=True,
    )


def _after_check_in(work: Work, round_: Round) -> Iterator[Row]:
    """Where a check-in leads: its digest, the actions to bring up to date, the calendar."""
    if round_.posted:
        yield (Choice(say("Digest"), f"m/{round_.partnership}/said/{round_.id}/1"),)
    if work.tx.comments.of(round_.id, Audience.FACILITATORS):
        yield (Choice(say("Written to the facilitators"), f"r/{round_.id}/notes/1"),)
    if round_.kind in {Kind.ACTIONS, Kind.CONSENT}:
        yield (Choice(say("Agreements"), f"p/{round_.partnership}/actions"),)
    reflection = running(work, round_.partnership)
    if round_.kind is Kind.CONSENT and reflection is not None and reflection.state in RECORDS:
        yield (Choice(say("What we agreed"), f"r/{reflection.id}/meeting"),)
    yield (Choice(say("Check-ins"), f"p/{round_.partnership}/checkins"),)


def _mode(round_: Round) -> Row:
    """The mode, and a tap to the other one."""
    if round_.mode is Mode.PROPOSED:
        return (Choice(say("Mode: open, if every seat agrees"), f"!r/{round_.id}/mode/{Mode.CONFIDENTIAL}"),)
    return (Choice(say("Mode: confidential"), f"!r/{round_.id}/mode/{Mode.PROPOSED}"),)


def _carried(work: Work, round_: Round) -> tuple[Row, ...]:
    """The offer to look at the same decisions again, when there are some."""
    earlier = last_posted(work, round_.partnership)
    if earlier is None:
        return ()
    return (
        (
            Choice(
                say("The decisions of round {number} again", number=earlier.number), f"!r/{round_.id}/carry"
            ),
        ),
    )


def _announcement(work: Work, round_: Round) -> tuple[Line, ...]:
    """What will be announced, and what will not be shown, before anybody is asked."""
    roster = seats_of_partners(work, round_.partnership)
    seats = sum(roster.values())
    least = floor(most_known_now(work, round_.partnership))
    lines: list[Line] = [
        say_count("There is {count} seat.", "There are {count} seats.", count=seats),
        *paper_line_now(work, round_.partnership),
        say("A summary needs at least {floor} answers.", floor=least),
    ]
    if seats < least:
        lines.append(
            say(
                "With these seats no summary can be shown safely. You can add second seats first, "
                "propose an open round, or talk together without one."
            )
        )
    earlier = next(iter(earlier_rounds(work, round_)), None)
    if earlier is not None and most_seats(work, earlier) != most_known_now(work, round_.partnership):
        lines.append(_not_comparable(work, round_, earlier))
    return tuple(lines)


def _not_comparable(work: Work, round_: Round, earlier: Round) -> Text:
    """Why nothing can be said this time of what was described before: somebody knows more answers, or fewer."""
    if seats_on_paper(work, round_.partnership) or work.tx.rounds.on_paper(earlier.id):
        return say(
            "Because of seats on paper, somebody may know more or fewer answers than last time. Nothing can be said "
            "safely this time about decisions that you carry over; from the next round on it can again."
        )
    return say(
        "A partner got or lost a second seat since the last round. Nothing can be said safely this time "
        "about decisions that you carry over; from the next round on it can again."
    )


@pages.page("p/{partnership_id}/again")
def again(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Begin another round beside the one that is being followed."""
    return new_round_card(facilitated(work, person, partnership_id).id)


@pages.page("r/{round_id}/window/{which:s}")
def window(work: Work, person: PersonId, round_id: RoundId, which: str) -> Card:
    """Choose how long a window is open."""
    round_ = round_of_facilitator(work, person, round_id)
    if which not in rounds.WHICH_WINDOWS:
        raise not_here()
    rows: tuple[Row, ...] = tuple(
        (Choice(days(number), f"!r/{round_.id}/window/{which}/{number}"),) for number in rounds.WINDOWS
    )
    asks = (
        say("For how long may the partners name decisions?")
        if which == "collect"
        else say(
            "For how long may the partners answer? Two weeks suit people who travel or have little network."
        )
    )
    return Card(say("Time"), (asks,), (*rows, (Choice(say("Back"), f"r/{round_.id}"),)))


@pages.action("r/{round_id}/window/{which:s}/{number}")
def set_window(work: Work, person: PersonId, round_id: RoundId, which: str, number: int) -> str:
    rounds.set_window(work, person, round_id, which, number)
    return f"r/{round_id}"


@pages.page("r/{round_id}/open")
def confirm_open(work: Work, person: PersonId, round_id: RoundId) -> Card:
    round_of_facilitator(work, person, round_id)
    return confirm(
        say(
            "The seats are announced in the group and stay as they are until the digest. "
            "Everybody is asked to name decisions."
        ),
        Choice(say("Open"), f"!r/{round_id}/open"),
        Choice(say("Back"), f"r/{round_id}"),
    )


@pages.page("r/{round_id}/ask")
def confirm_ask(work: Work, person: PersonId, round_id: RoundId) -> Card:
    round_of_facilitator(work, person, round_id)
    return confirm(
        say("The list of decisions is final from here on, and the close is announced in the group."),
        Choice(say("Open for answers"), f"!r/{round_id}/ask"),
        Choice(say("Back"), f"r/{round_id}"),
    )


@pages.page("r/{round_id}/extend")
def confirm_extend(work: Work, person: PersonId, round_id: RoundId) -> Card:
    round_of_facilitator(work, person, round_id)
    return confirm(
        say("Everybody gets seven more days. This is possible once."),
        Choice(say("Extend"), f"!r/{round_id}/extend"),
        Choice(say("Back"), f"r/{round_id}"),
    )


@pages.page("r/{round_id}/stop")
def confirm_stop(work: Work, person: PersonId, round_id: RoundId) -> Card:
    round_of_facilitator(work, person, round_id)
    return confirm(
        say(
            "Nothing will be published, and what was answered is destroyed. "
            "The group is told that the round was cancelled."
        ),
        Choice(say("Cancel the round"), f"!r/{round_id}/cancel"),
        Choice(say("Back"), f"r/{round_id}"),
    )


@pages.action("r/{round_id}/open")
def open_(work: Work, person: PersonId, round_id: RoundId) -> str:
    return f"r/{rounds.open_collecting(work, person, round_id).id}"


@pages.action("r/{round_id}/bring")
def bring(work: Work, person: PersonId, round_id: RoundId) -> str:
    """Skip collecting and go straight to typing the list."""
    round_ = rounds.bring_decisions(work, person, round_id)
    return f"desk/decisions/{round_.id}" if round_.state is RoundState.SHAPING else f"r/{round_.id}"


@pages.action("r/{round_id}/mode/{wish:s}")
def propose_mode(work: Work, person: PersonId, round_id: RoundId, wish: str) -> str:
    openness.propose(work, person, round_id, Mode.PROPOSED if wish == Mode.PROPOSED else Mode.CONFIDENTIAL)
    return f"r/{round_id}"


@pages.action("r/{round_id}/carry")
def carry(work: Work, person: PersonId, round_id: RoundId) -> str:
    round_ = rounds.carry_over(work, person, round_id)
    return f"r/{round_.id}/shape/1" if round_.state is RoundState.SHAPING else f"r/{round_.id}"


@pages.action("r/{round_id}/ask")
def ask(work: Work, person: PersonId, round_id: RoundId) -> str:
    return f"r/{rounds.open_answering(work, person, round_id).id}"


@pages.action("r/{round_id}/extend")
def extend(work: Work, person: PersonId, round_id: RoundId) -> str:
    rounds.extend(work, person, round_id)
    return f"r/{round_id}"


@pages.action("r/{round_id}/cancel")
def cancel(work: Work, person: PersonId, round_id: RoundId) -> str:
    round_ = round_of_facilitator(work, person, round_id)
    rounds.cancel(work, person, round_id)
    return f"p/{round_.partnership}"
