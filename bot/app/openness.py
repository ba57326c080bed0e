"""The mode of a round: confidential, or open when every seat agreed to it in private.

One "no" or silence keeps the round confidential, and nobody learns whose it was: what each seat chose is sealed
like an answer and destroyed when the mode is settled.
"""

from __future__ import annotations

from dataclasses import replace

from bot.app import access
from bot.app.rosters import seats_on_paper
from bot.app.work import Work
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.lifecycle import Kind, Mode, Round, RoundState
from bot.core.text import say
from bot.errors import Refusal

CELL = "mode"
"""Name of the sheet's cell that holds what a seat chose."""

AGREED, REFUSED = b"open", b"confidential"
UNSETTLED = frozenset({RoundState.COLLECTING, RoundState.SHAPING, RoundState.VOTING})


def propose(work: Work, person: PersonId, round_id: RoundId, mode: Mode) -> None:
    """Propose an open round, or take the proposal back, before anybody was told.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.kind is not Kind.REFLECTION or round_.state is not RoundState.DRAFT or mode is Mode.OPEN:
        raise Refusal(say("The mode was announced already, so it stays as it is."))
    if mode is Mode.PROPOSED and seats_on_paper(work, round_.partnership):
        raise Refusal(
            say(
                "A seat on paper cannot agree to an open round in private. With one, a round is confidential."
            )
        )
    work.tx.rounds.save(replace(round_, mode=mode))


def choose(work: Work, person: PersonId, round_id: RoundId, *, agrees: bool) -> None:
    """Keep what a seat would like; it can be changed until the mode is settled.

    Raises: Refusal.
    """
    round_ = access.round_of_representative(work, person, round_id)
    if round_.mode is not Mode.PROPOSED or round_.state not in UNSETTLED:
        raise Refusal(say("The mode of this round is settled."))
    work.tx.sheets.save(round_.id, person, CELL, AGREED if agrees else REFUSED)


def settle(work: Work, round_: Round) -> Mode:
    """The mode in which a round opens for answers; what was chosen is destroyed."""
    chosen = work.tx.sheets.all(round_.id, CELL)
    work.tx.sheets.destroy(round_.id, CELL)
    seats = sum(work.tx.rounds.roster(round_.id).values())
    everybody = len(chosen) == seats and all(choice == AGREED for choice in chosen)
    return Mode.OPEN if round_.mode is Mode.PROPOSED and everybody else Mode.CONFIDENTIAL
