"""What a move of a round brings with it, whoever makes it: a facilitator or the clock."""

from __future__ import annotations

from dataclasses import replace

from bot.app import publishing
from bot.app.access import has_agreed
from bot.app.notify import notify
from bot.app.work import Work
from bot.core.rounds.due import ends
from bot.core.rounds.lifecycle import Round, RoundState, may_move
from bot.core.text import say
from bot.errors import Refusal


def move(work: Work, round_: Round, target: RoundState, **changes: object) -> Round:
    """Move a round, or refuse when somebody else moved it first.

    Raises: Refusal.
    """
    if not may_move(round_.state, target, round_.kind):
        raise moved_on()
    moved = replace(round_, state=target, **changes)  # type: ignore[arg-type]
    work.tx.rounds.save(moved)
    work.tx.presses.clear(round_.id)
    work.tx.rounds.forget_undo(round_.id)
    work.remarks.may_outlive(round_.id)
    return moved


def moved_on() -> Refusal:
    """Somebody else, or the clock, was faster."""
    return Refusal(say("The round has moved on in the meantime. Here is where it is now."))


def stop(work: Work, round_: Round) -> None:
    """Cancel a round: nothing is published, what was answered is destroyed."""
    was_announced = round_.state is not RoundState.DRAFT
    stopped = move(work, round_, RoundState.CANCELLED)
    publishing.destroy_answers(work, stopped)
    seated = [
        seat.person for seat in work.tx.partnerships.seats(round_.partnership) if seat.person is not None
    ]
    work.tx.notices.take_back(seated, [f"{page}/{round_.id}" for page in ("call", "remind", "mode")])
    if was_announced:
        announce(work, stopped, "cancelled")


def announce(work: Work, round_: Round, page: str) -> None:
    """Post a page about the round to its group."""
    group = work.tx.partnerships.get(round_.partnership).group
    if group is not None:
        work.tx.outbox.post(group, f"{page}/{round_.id}")


def write_to_all(work: Work, round_: Round, path: str, *, occasion: str = "") -> None:
    """Write to every seat in the same words, whoever may have answered.

    Args:
        occasion: tells one writing of the same page in the same state from another.
    """
    for seat in work.tx.partnerships.seats(round_.partnership):
        if seat.person is not None and has_agreed(seat):
            once = f"{path}/{round_.state}{occasion}/{seat.id}"
            notify(work, seat.person, path, once=once, until=ends(round_))


def tell_facilitators(work: Work, round_: Round, *, occasion: str = "") -> None:
    """Send the facilitators the round as it is now, once for each state.

    Args:
        occasion: tells a state that is entered a second time from the first.
    """
    path = f"news/{round_.id}"
    for person in sorted(work.tx.partnerships.facilitators(round_.partnership)):
        notify(work, person, path, once=f"{path}/{round_.state}{occasion}/{person}")
