"""Moves of a round that its facilitators make."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.app import access, flows, openness, pairs
from bot.app.beginnings import drafted
from bot.app.history import last_posted
from bot.app.moves import announce, move, moved_on, stop, write_to_all
from bot.app.partnerships import not_ready
from bot.app.rosters import freeze
from bot.app.work import Work
from bot.core.facilitation import Act
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.rounds.lifecycle import (
    EXTENSION,
    LONGEST_WINDOW,
    MOST_DECISIONS,
    OPEN,
    Kind,
    Mode,
    Moment,
    Round,
    RoundState,
    free_from,
)
from bot.core.text import say
from bot.errors import Refusal

WINDOWS = (3, 7, 14, 21, 28)
"""Days for which a window may be open; with the extension it stays within ``LONGEST_WINDOW``."""

MOST_CANCELLED = 50
"""Rounds of one partnership that can be begun and given up: each is kept, and its group is told."""

WHICH_WINDOWS = frozenset({"collect", "answer"})


def draft(work: Work, person: PersonId, partnership_id: PartnershipId, moment: Moment) -> RoundId:
    """Begin a round as a draft.

    Raises: Refusal, while another round of the partnership is a draft or open, and after too many that were cancelled.
    """
    partnership = access.facilitated(work, person, partnership_id)
    before = [
        found.state
        for found in work.tx.rounds.of_partnership(partnership.id)
        if found.kind is Kind.REFLECTION
    ]
    if before.count(RoundState.CANCELLED) >= MOST_CANCELLED:
        raise Refusal(
            say("{most} rounds were cancelled here. Please go on in a new partnership.", most=MOST_CANCELLED)
        )
    if any(state is RoundState.DRAFT or state in OPEN for state in before):
        raise Refusal(say("There is a round under way already. One at a time keeps it clear for everybody."))
    return drafted(work, partnership.id, Kind.REFLECTION, moment=moment).id


def choose_flow(work: Work, person: PersonId, round_id: RoundId, name: str) -> None:
    """Choose what a round is about, before it is announced.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state is not RoundState.DRAFT or round_.kind is not Kind.REFLECTION:
        raise moved_on()
    flow = next((found for found in flows.for_rounds(work, round_.partnership) if found.flow == name), None)
    if flow is None:
        raise access.not_here()
    work.tx.rounds.save(replace(round_, flow=flow.flow, flow_version=flow.version))


def set_window(work: Work, person: PersonId, round_id: RoundId, which: str, days: int) -> None:
    """Choose how many days a window stays open, before it is announced.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if which not in WHICH_WINDOWS:
        raise access.not_here()
    if round_.kind is not Kind.REFLECTION:
        raise moved_on()
    announced = round_.state not in {RoundState.DRAFT, RoundState.SHAPING}
    if announced or days not in WINDOWS or (which == "collect" and round_.state is not RoundState.DRAFT):
        raise Refusal(say("This time has been announced already, so it stays as it is."))
    work.tx.rounds.save(
        replace(round_, collect_days=days) if which == "collect" else replace(round_, answer_days=days)
    )


def open_collecting(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Announce the seats, freeze them and ask everybody for the decisions that matter.

    Returns: the round; as it was, while it waits for the other facilitator.
    Raises: Refusal.
    """
    round_ = _ready(work, person, round_id)
    if not pairs.both(work, person, round_, Act.OPEN):
        return round_
    freeze(work, round_)
    opened = move(
        work, round_, RoundState.COLLECTING, collect_until=work.now + timedelta(days=round_.collect_days)
    )
    announce(work, opened, "opened")
    _call(work, opened)
    _ask_mode(work, opened)
    return opened


def bring_decisions(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Skip collecting: the facilitators bring the decisions, for instance from an earlier round.

    Returns: the round; as it was, while it waits for the other facilitator.
    Raises: Refusal.
    """
    round_ = _ready(work, person, round_id)
    return _shape(work, round_) if pairs.both(work, person, round_, Act.BRING) else round_


def carry_over(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Begin with the decisions of the last round; they keep their identity when both can be compared.

    Returns: the round; as it was, while it waits for the other facilitator.
    Raises: Refusal.
    """
    earlier = last_posted(work, access.round_of_facilitator(work, person, round_id).partnership)
    if earlier is None:
        raise Refusal(say("There is no earlier round to carry decisions over from."))
    ready = _ready(work, person, round_id)
    if not pairs.both(work, person, ready, Act.CARRY):
        return ready
    round_ = _shape(work, ready)
    for decision in work.tx.rounds.decisions(earlier.id):
        continues = decision.id if flows.comparable(work, earlier, round_) else None
        work.tx.rounds.add_decision(round_.id, decision.wording, continues=continues, theme=decision.theme)
    return round_


def _shape(work: Work, round_: Round) -> Round:
    """Open a draft without collecting."""
    freeze(work, round_)
    shaped = move(work, round_, RoundState.SHAPING, collect_until=work.now)
    _ask_mode(work, shaped)
    return shaped


def _ready(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """A draft that lacks nothing to be opened; a button tapped late touches no other round."""
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state is not RoundState.DRAFT or round_.kind is not Kind.REFLECTION:
        raise moved_on()
    lacking = not_ready(work, round_.partnership)
    if lacking is not None:
        raise Refusal(lacking)
    return round_


def open_answering(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Ask every representative for levels; from here on the close is announced and fixed.

    Returns: the round; as it was, while it waits for the other facilitator.
    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state is not RoundState.SHAPING:
        raise moved_on()
    decisions = work.tx.rounds.decisions(round_.id)
    if not 1 <= len(decisions) <= MOST_DECISIONS:
        raise Refusal(
            say("Please bring the list to between 1 and {most} decisions first.", most=MOST_DECISIONS)
        )
    _rested(work, round_)
    if not pairs.both(work, person, round_, Act.ASK):
        return round_
    opened = move(
        work,
        round_,
        RoundState.ANSWERING,
        answer_until=work.now + timedelta(days=round_.answer_days),
        mode=openness.settle(work, round_),
    )
    announce(work, opened, "answering")
    _call(work, opened)
    return opened


def _rested(work: Work, round_: Round) -> None:
    """Refuse a round too soon after the last one: with nothing changed, two digests would tell who joined."""
    others = [found for found in work.tx.rounds.of_partnership(round_.partnership) if found.id != round_.id]
    free = free_from(others, round_.kind)
    if free is not None and work.now < free:
        partnership = work.tx.partnerships.get(round_.partnership)
        raise Refusal(access.too_soon(partnership, free))


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
    announce(work, round_, "extended")


def cancel(work: Work, person: PersonId, round_id: RoundId) -> None:
    """Stop a round: nothing is published, what was answered is destroyed.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.kind is not Kind.REFLECTION and round_.state is RoundState.DRAFT:
        raise moved_on()  # it holds the statements of the next pulse
    stop(work, round_)


def _call(work: Work, round_: Round) -> None:
    write_to_all(work, round_, f"call/{round_.id}")


def _ask_mode(work: Work, round_: Round) -> None:
    if round_.mode is Mode.PROPOSED:
        write_to_all(work, round_, f"mode/{round_.id}")
