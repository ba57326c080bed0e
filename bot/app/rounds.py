"""Moves of a round: what facilitators do, and what the clock does when an announced time has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.app import access, openness, posting, publishing, shaping
from bot.app.levels import FLOW
from bot.app.partnerships import open_round, seats_of_partners
from bot.app.sittings import STAGES
from bot.app.work import Work
from bot.core.flow.readout import list_items
from bot.core.flow.session import from_json
from bot.core.ids import DecisionId, PartnershipId, PersonId, RoundId
from bot.core.rounds.due import Task, due, ends
from bot.core.rounds.lifecycle import (
    EXTENSION,
    FEWEST_ORGANISATIONS,
    INTERVAL,
    LONGEST_WINDOW,
    MOST_DECISIONS,
    Mode,
    Moment,
    Round,
    RoundState,
    may_move,
)
from bot.core.text import say
from bot.errors import Refusal

WINDOWS = (3, 7, 14, 21, 28)
"""Days for which a window may be open; with the extension it stays within ``LONGEST_WINDOW``."""

WHICH_WINDOWS = frozenset({"collect", "answer"})


def move(work: Work, round_: Round, target: RoundState, **changes: object) -> Round:
    """Move a round, or refuse when somebody else moved it first.

    Raises: Refusal.
    """
    if not may_move(round_.state, target):
        raise _moved_on()
    moved = replace(round_, state=target, **changes)  # type: ignore[arg-type]
    work.tx.rounds.save(moved)
    return moved


def _moved_on() -> Refusal:
    return Refusal(say("The round has moved on in the meantime. Here is where it is now."))


def draft(work: Work, person: PersonId, partnership_id: PartnershipId, moment: Moment) -> RoundId:
    """Begin a round as a draft.

    Raises: Refusal, while another round of the partnership is a draft or open.
    """
    partnership = access.facilitated(work, person, partnership_id)
    unfinished = [
        found for found in work.tx.rounds.of_partnership(partnership.id) if found.state is RoundState.DRAFT
    ]
    if unfinished or open_round(work, partnership.id):
        raise Refusal(say("There is a round under way already. One at a time keeps it clear for everybody."))
    flow = work.setting.flows.get(FLOW)
    created = work.tx.rounds.add(
        partnership.id,
        moment=moment,
        flow=flow.flow,
        flow_version=flow.version,
        collect_days=14,
        answer_days=14,
    )
    return created.id


def set_window(work: Work, person: PersonId, round_id: RoundId, which: str, days: int) -> None:
    """Choose how many days a window stays open, before it is announced.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if which not in WHICH_WINDOWS:
        raise access.not_here()
    announced = round_.state not in {RoundState.DRAFT, RoundState.SHAPING}
    if announced or days not in WINDOWS or (which == "collect" and round_.state is not RoundState.DRAFT):
        raise Refusal(say("This time has been announced already, so it stays as it is."))
    work.tx.rounds.save(
        replace(round_, collect_days=days) if which == "collect" else replace(round_, answer_days=days)
    )


def open_collecting(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Announce the seats, freeze them and ask everybody for the decisions that matter.

    Raises: Refusal.
    """
    round_ = _ready(work, person, round_id)
    opened = move(
        work, round_, RoundState.COLLECTING, collect_until=work.now + timedelta(days=round_.collect_days)
    )
    _announce(work, opened, "opened")
    _call(work, opened)
    _ask_mode(work, opened)
    return opened


def bring_decisions(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Skip collecting: the facilitators bring the decisions, for instance from an earlier round.

    Raises: Refusal.
    """
    round_ = move(work, _ready(work, person, round_id), RoundState.SHAPING, collect_until=work.now)
    _ask_mode(work, round_)
    return round_


def carry_over(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Begin with the decisions of the last round, which keep their identity so that both can be compared.

    Raises: Refusal.
    """
    earlier = last_posted(work, access.round_of_facilitator(work, person, round_id).partnership)
    if earlier is None:
        raise Refusal(say("There is no earlier round to carry decisions over from."))
    round_ = bring_decisions(work, person, round_id)
    for decision in work.tx.rounds.decisions(earlier.id):
        work.tx.rounds.add_decision(round_.id, decision.wording, continues=decision.id)
    return round_


def last_posted(work: Work, partnership: PartnershipId) -> Round | None:
    """The newest round whose digest was posted."""
    return next((found for found in work.tx.rounds.of_partnership(partnership) if found.posted), None)


def _ready(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Make the key and freeze the roster of a draft; a button tapped late touches no other round."""
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state is not RoundState.DRAFT:
        raise _moved_on()
    partnership = work.tx.partnerships.get(round_.partnership)
    roster = seats_of_partners(work, partnership)
    if len(roster) < FEWEST_ORGANISATIONS:
        raise Refusal(say("A round needs at least {least} partners with a seat.", least=FEWEST_ORGANISATIONS))
    if partnership.group is None or not work.tx.groups.get(partnership.group).active:
        raise Refusal(say("Please connect the group first. The digest needs a place where all can read it."))
    work.setting.keys.create(round_.id)
    work.tx.rounds.freeze_roster(round_.id, roster)
    return round_


def open_answering(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Ask every representative for levels; from here on the close is announced and fixed.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state is not RoundState.SHAPING:
        raise _moved_on()
    decisions = work.tx.rounds.decisions(round_.id)
    if not 1 <= len(decisions) <= MOST_DECISIONS:
        raise Refusal(
            say("Please bring the list to between 1 and {most} decisions first.", most=MOST_DECISIONS)
        )
    _rested(work, round_)
    opened = move(
        work,
        round_,
        RoundState.ANSWERING,
        answer_until=work.now + timedelta(days=round_.answer_days),
        mode=openness.settle(work, round_),
    )
    _announce(work, opened, "answering")
    _call(work, opened)
    return opened


def _rested(work: Work, round_: Round) -> None:
    """Refuse a round too soon after the last one: with nothing changed, two digests would tell who joined.

    A cancelled round counts like any other once people were asked to answer.
    """
    ended = [
        found.answer_until
        for found in work.tx.rounds.of_partnership(round_.partnership)
        if found.id != round_.id and found.answer_until is not None
    ]
    free = max(ended, default=work.now - INTERVAL) + INTERVAL
    if work.now < free:
        zone = ZoneInfo(work.tx.partnerships.get(round_.partnership).zone)
        raise Refusal(
            say(
                "Between two rounds lie at least {days} days, so that nobody's answers can be worked out from the "
                "difference. The next one can open on {when}.",
                days=INTERVAL.days,
                when=free.astimezone(zone),
            )
        )


def extend(work: Work, person: PersonId, round_id: RoundId) -> None:
    """Give everybody seven more days, once.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state is not RoundState.ANSWERING or round_.answer_until is None:
        raise Refusal(say("Only a round that is being answered can be extended."))
    if round_.extended or timedelta(days=round_.answer_days) + EXTENSION > LONGEST_WINDOW:
        raise Refusal(
            say("This round has been extended already. Once is the most, so that the date means something.")
        )
    work.tx.rounds.save(replace(round_, answer_until=round_.answer_until + EXTENSION, extended=True))
    _announce(work, round_, "extended")


def cancel(work: Work, person: PersonId, round_id: RoundId) -> None:
    """Stop a round: nothing is published, what was answered is destroyed.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    _stop(work, round_)


def _stop(work: Work, round_: Round) -> None:
    was_announced = round_.state is not RoundState.DRAFT
    stopped = move(work, round_, RoundState.CANCELLED)
    publishing.destroy_answers(work, stopped)
    if was_announced:
        _announce(work, stopped, "cancelled")


def _announce(work: Work, round_: Round, page: str) -> None:
    group = work.tx.partnerships.get(round_.partnership).group
    if group is not None:
        work.tx.outbox.post(group, f"{page}/{round_.id}")


def _call(work: Work, round_: Round) -> None:
    """Write to every seat in the same words, whoever may have answered."""
    _write_to_all(work, round_, f"call/{round_.id}")


def _ask_mode(work: Work, round_: Round) -> None:
    if round_.mode is Mode.PROPOSED:
        _write_to_all(work, round_, f"mode/{round_.id}")


def _write_to_all(work: Work, round_: Round, path: str) -> None:
    for seat in work.tx.partnerships.seats(round_.partnership):
        if seat.person is not None and work.tx.partnerships.consent(seat.id):
            work.tx.outbox.tell(seat.person, path, once=f"{path}/{round_.state}/{seat.id}")


def _tell_facilitators(work: Work, round_: Round) -> None:
    for person in work.tx.partnerships.facilitators(round_.partnership):
        work.tx.outbox.tell(person, f"news/{round_.id}", once=f"news/{round_.id}/{round_.state}/{person}")


def due_rounds(work: Work) -> list[RoundId]:
    """Rounds for which something should have happened by now."""
    running = [
        state
        for state in RoundState
        if state not in {RoundState.DRAFT, RoundState.ARCHIVED, RoundState.CANCELLED}
    ]
    return [found.id for found in work.tx.rounds.in_states(running) if due(found, work.now) is not None]


def next_end(work: Work, partnership: PartnershipId) -> tuple[Round, object] | None:
    """The round that is under way and when its present state ends."""
    round_ = open_round(work, partnership)
    return None if round_ is None else (round_, ends(round_))


def carry_out(work: Work, round_id: RoundId) -> bool:
    """Do the one task that is due for a round; True when there was one, so that the caller asks again."""
    round_ = work.tx.rounds.get(round_id)
    task = due(round_, work.now) if round_ is not None else None
    if round_ is None or task is None:
        return False
    match task:
        case Task.FORETELL:
            publishing.foretell(work, round_)
        case Task.END_COLLECTING:
            _end_collecting(work, round_)
        case Task.GIVE_UP_SHAPING:
            _stop(work, round_)
        case Task.CLOSE:
            move(work, round_, RoundState.CLOSING)
        case Task.COUNT:
            publishing.count(work, round_)
        case Task.POST_DIGEST:
            posted = move(work, round_, RoundState.MEETING, posted=True)
            posting.post(work, posted)
            publishing.forget_places(work, posted)
            _tell_facilitators(work, posted)
        case Task.FOLLOW:
            move(work, round_, RoundState.FOLLOWING)
        case Task.ARCHIVE:
            move(work, round_, RoundState.ARCHIVED)
    return True


def _end_collecting(work: Work, round_: Round) -> None:
    """Hand the contributions over to shaping, without who sent them and in an order that tells nothing."""
    sheets = work.tx.sheets.all(round_.id, STAGES[RoundState.COLLECTING])
    words = [wording for sheet in sheets for wording in list_items(from_json(sheet.decode()), "decisions")]
    publishing.destroy_answers(work, round_, STAGES[RoundState.COLLECTING])
    shaped = move(work, round_, RoundState.SHAPING)
    ordered = work.setting.random.shuffled(sorted(words))  # of the words alone, not of who sent which
    decisions: dict[str, DecisionId] = {}
    for contribution, wording in zip(
        work.tx.rounds.add_contributions(round_.id, ordered), ordered, strict=True
    ):
        same = wording.casefold()  # named by two people, it is one decision
        if same not in decisions:
            decisions[same] = shaping.add(work, round_, wording)
        work.tx.rounds.merge(contribution, decisions[same])
    _tell_facilitators(work, shaped)


def keys_to_destroy(work: Work, rounds: frozenset[RoundId]) -> list[RoundId]:
    """Which of these rounds, whose keys exist, will take no more answers."""
    return [
        round_id
        for round_id in rounds
        if (found := work.tx.rounds.get(round_id)) is None
        or found.state
        in {RoundState.CANCELLED, RoundState.ARCHIVED, RoundState.MEETING, RoundState.FOLLOWING}
        or (found.state is RoundState.CLOSING and found.digest_at is not None)
    ]
