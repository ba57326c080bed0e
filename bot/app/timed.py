"""What the clock does with a round when an announced time has come."""

from __future__ import annotations

from dataclasses import replace

from bot.app import consents, posting, publishing, shaping, voting
from bot.app.moves import move, stop, tell_facilitators, write_to_all
from bot.app.sheets import STAGES
from bot.app.work import Work
from bot.core.flow.readout import list_items
from bot.core.flow.session import from_json
from bot.core.ids import DecisionId, RoundId
from bot.core.rounds.due import Task, due, reminders_due
from bot.core.rounds.lifecycle import Kind, Round, RoundState


def due_rounds(work: Work) -> tuple[RoundId, ...]:
    """Rounds for which something should have happened by now, in the order in which it was due."""
    return work.tx.rounds.due(work.now)


def carry_out(work: Work, round_id: RoundId) -> bool:
    """Do the one task that is due for a round; True when there was one, so that the caller asks again.

    Raises: KeysError, when the round's key is missing, as after a restore: it stays open, so that its
        facilitators can cancel it, or the key can be put back.
    """
    round_ = work.tx.rounds.get(round_id)
    if round_ is None:
        return False
    task = due(round_, work.now)
    if task is None:
        work.tx.rounds.save(round_)  # notes when it has to be looked at next
        return False
    match task:
        case Task.REMIND:
            _remind(work, round_)
        case Task.FORETELL:
            publishing.foretell(work, round_)
        case Task.END_COLLECTING:
            _end_collecting(work, round_)
        case Task.END_VOTING:
            voting.count(work, round_)
        case Task.GIVE_UP_SHAPING:
            stop(work, round_)
        case Task.CLOSE:
            work.setting.keys.round_keys(round_id)  # without, nothing can be counted, and a close is for good
            move(work, round_, RoundState.CLOSING)
        case Task.COUNT if round_.kind is Kind.CONSENT:
            consents.count(work, round_)
        case Task.COUNT:
            publishing.count(work, round_)
        case Task.POST_DIGEST:
            is_reflection = round_.kind is Kind.REFLECTION
            target = RoundState.MEETING if is_reflection else RoundState.ARCHIVED
            posted = move(work, round_, target, posted=True)
            if posted.kind is Kind.CONSENT:
                consents.settle(work, posted)
            posting.post(work, posted)
            publishing.forget_places(work, posted)
            tell_facilitators(work, posted)
        case Task.FOLLOW:
            move(work, round_, RoundState.FOLLOWING)
        case Task.ARCHIVE:
            move(work, round_, RoundState.ARCHIVED)
    return True


def _remind(work: Work, round_: Round) -> None:
    """Write to every seat, whoever may have answered; reminders that were missed are one reminder."""
    reminded = reminders_due(round_, work.now)
    work.tx.rounds.save(replace(round_, reminded=reminded))
    write_to_all(work, round_, f"remind/{round_.id}", occasion=str(reminded))


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
        work.tx.rounds.belong(contribution, {decisions[same]})
    tell_facilitators(work, shaped)


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
