"""What is answered on paper, typed in by a facilitator: a sheet like any other, sealed as soon as it is finished.

From then on nobody can look at it, not even who typed it. Beginning again begins an empty sheet, which takes the place
of the first once it is finished. What is left unfinished is dropped after half an hour without a word.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from bot.app import access, sheets
from bot.app.moves import moved_on
from bot.app.work import Work
from bot.core.confidentiality.holders import OnPaper
from bot.core.flow.prompts import Reworded
from bot.core.flow.session import Session, from_json
from bot.core.ids import PartnershipId, PersonId, RoundId, SeatId
from bot.core.partnerships import Seat
from bot.core.rounds.lifecycle import TAKES_ANSWERS, Round


@dataclass(frozen=True, slots=True)
class BehalfSitting:
    """A facilitator's passage through the questions for a seat on paper."""

    seat: SeatId
    round_id: RoundId

    def open(self, work: Work, person: PersonId) -> Session:
        round_, _ = enterable(work, person, self.seat, self.round_id)
        kept = work.tx.sheets.load(round_.id, OnPaper(self.seat, by=person), sheets.UNFINISHED)
        if kept is not None:
            session = from_json(kept.decode())
            if session.stage == sheets.STAGES[round_.state]:
                return session
        session = sheets.begin(work, person, round_)
        self.save(work, person, session)
        return session

    def save(self, work: Work, person: PersonId, session: Session) -> None:
        unfinished = OnPaper(self.seat, by=person)
        work.tx.sheets.save(self.round_id, unfinished, sheets.UNFINISHED, session.to_json().encode())
        work.remarks.enters(person, work.now)

    def finish(self, work: Work, person: PersonId, session: Session) -> str:
        """Seal it, in the place of what was entered before."""
        work.tx.sheets.save(self.round_id, OnPaper(self.seat), session.stage, session.to_json().encode())
        work.tx.sheets.erase(self.round_id, OnPaper(self.seat, by=person))
        return path_of("entered", self.seat, self.round_id)

    def reworded(self, work: Work, person: PersonId, session: Session) -> Reworded:
        return sheets.reworded(work, person, self.round_id, session)

    def rest(self) -> str:
        return path_of("entry", self.seat, self.round_id)


def path_of(page: str, seat: SeatId, round_id: RoundId) -> str:
    """A page about one seat on paper in one round."""
    return f"{page}/{seat}/{round_id}"


def enterable(work: Work, person: PersonId, seat_id: SeatId, round_id: RoundId) -> tuple[Round, Seat]:
    """The round and the seat on paper for which this person may enter something now.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    seat = access.seat_of_facilitator(work, person, seat_id)
    if seat.partnership != round_.partnership or not isinstance(seat.holder, OnPaper):
        raise access.not_here()
    if round_.state not in sheets.STAGES:
        raise moved_on()
    return round_, seat


def erase(work: Work, person: PersonId, seat_id: SeatId, round_id: RoundId) -> None:
    """Erase what was entered for a seat, whether there is anything or not.

    Raises: Refusal.
    """
    round_, seat = enterable(work, person, seat_id, round_id)
    work.tx.sheets.erase(round_.id, OnPaper(seat.id))
    work.tx.sheets.erase(round_.id, OnPaper(seat.id, by=person))


def drop_unfinished(work: Work, person: PersonId, *, acting: Container[int | None] = ()) -> None:
    """Forget what somebody began to enter and left for too long; what was finished before stays.

    Args:
        acting: as ``private.fold`` takes them.
    """
    if work.tx.people.account(person) in acting:
        work.remarks.enters(person, work.now)
    elif not work.setting.memory.entering.watches(person):
        for partnership in work.tx.partnerships.facilitated_by(person):
            forget(work, person, partnership.id)


def forget(work: Work, person: PersonId, partnership: PartnershipId) -> None:
    """Forget what somebody began to enter in a partnership and did not finish."""
    seats = [seat for seat in work.tx.partnerships.seats(partnership) if seat.on_paper]
    for round_ in work.tx.rounds.of_partnership(partnership) if seats else ():
        if round_.state in TAKES_ANSWERS:
            for seat in seats:
                work.tx.sheets.erase(round_.id, OnPaper(seat.id, by=person))
