"""What two facilitators do only together: each says so once, and it happens when both want exactly the same.

What was agreed to is kept as a fingerprint of it, so that whoever changes anything in between voids the word of the
other without anybody having to remember to. Whoever facilitates alone does everything at once. Cancelling and
extending a round stay with either alone: they protect people, and must not wait.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

from bot.app import access
from bot.app.history import last_posted
from bot.app.notify import notify
from bot.app.partnerships import partners_with_stand_ins, seats_of_partners
from bot.app.rosters import known_now, seats_on_paper
from bot.app.work import Work
from bot.core.facilitation import Act, Press, fingerprint
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.lifecycle import Round


@dataclass(frozen=True, slots=True)
class Wish:
    """What one of two facilitators would like, as things still stand.

    Attributes:
        mine: whether it is the reader's own.
    """

    act: Act
    mine: bool


def both(work: Work, person: PersonId, round_: Round, act: Act) -> bool:
    """Whether everybody who facilitates wants this now; otherwise the other one is told that this person does.

    The caller made sure that it may happen, and carries it out on True; every move of a round forgets the wishes.
    """
    mine = Press(person, act, _mark(work, round_, act))
    others = work.tx.partnerships.facilitators(round_.partnership) - {person}
    pressed = {press.person: press for press in work.tx.presses.of(round_.id)}
    if all(pressed.get(other) == Press(other, act, mine.fingerprint) for other in others):
        return True
    if pressed.get(person) != mine:
        work.tx.presses.put(round_.id, mine)
        for other in sorted(others):
            notify(work, other, f"news/{round_.id}")
    return False


def wishes(work: Work, person: PersonId, round_: Round) -> tuple[Wish, ...]:
    """What waits for the other facilitator; not what was voided by a change or said by somebody who left."""
    present = work.tx.partnerships.facilitators(round_.partnership)
    return tuple(
        Wish(press.act, mine=press.person == person)
        for press in work.tx.presses.of(round_.id)
        if press.person in present and press.fingerprint == _mark(work, round_, press.act)
    )


def take_back(work: Work, person: PersonId, round_id: RoundId) -> None:
    """Take back what this person wanted.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    work.tx.presses.take_back(round_.id, person)


def _mark(work: Work, round_: Round, act: Act) -> bytes:
    return fingerprint(act, _about(work, round_, act))


def _about(work: Work, round_: Round, act: Act) -> object:
    """Everything about a round that an act announces or makes final."""
    match act:
        case Act.OPEN | Act.BRING:
            return _settings(work, round_)
        case Act.CARRY:
            earlier = last_posted(work, round_.partnership)
            return _settings(work, round_), None if earlier is None else _decisions(work, earlier)
        case Act.ASK:
            return round_.answer_days, _decisions(work, round_)
        case Act.FINISH | Act.ASK_AGAIN:
            levels = [astuple(found) for found in work.tx.rounds.agreed_levels(round_.id)]
            actions = [astuple(found) for found in work.tx.rounds.actions(round_.partnership)]
            return levels, actions


def _settings(work: Work, round_: Round) -> object:
    return (
        round_.moment,
        round_.mode,
        round_.collect_days,
        round_.answer_days,
        sorted(seats_of_partners(work, round_.partnership).items()),
        sorted(partners_with_stand_ins(work, round_.partnership)),
        sorted(seats_on_paper(work, round_.partnership).items()),
        sorted(known_now(work, round_.partnership).items()),
    )


def _decisions(work: Work, round_: Round) -> object:
    return [astuple(found) for found in work.tx.rounds.decisions(round_.id)]
