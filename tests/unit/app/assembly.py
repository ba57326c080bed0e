"""A partnership whose meeting has recorded something, with enough seats to be asked in private."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.adapters.db.store import SqlStore
from bot.app import followup, timed
from bot.app.history import of_kind
from bot.app.ports import Transaction
from bot.app.sheets import RoundSitting
from bot.app.sittings import turn
from bot.app.work import Work
from bot.core.flow.events import DONE, SKIP, Event, Said, Tapped
from bot.core.ids import ActionId, DecisionId, PartnershipId, PersonId, RoundId
from bot.core.rounds.lifecycle import Kind, Moment, Round, RoundState, Standing
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import Hamlet, settle_hamlet, tried
from tests.unit.app.village import setting

MET = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Assembly:
    """A round in its meeting, with levels for its decision and an action, both proposed; its clock is set by hand."""

    tx: Transaction
    keys: FakeKeys
    hamlet: Hamlet
    round_id: RoundId
    decision: DecisionId
    action: ActionId
    now: datetime = MET

    @property
    def partnership(self) -> PartnershipId:
        return self.hamlet.partnership

    @property
    def facilitator(self) -> PersonId:
        return self.hamlet.facilitator

    @property
    def work(self) -> Work:
        return Work(self.tx, self.now, setting(self.keys))

    def finish(self) -> Round | None:
        """Finish the meeting; returns the round in which everybody is asked, if anybody is."""
        followup.finish_meeting(self.work, self.facilitator, self.round_id)
        return self.asking()

    def ask_again(self) -> Round | None:
        followup.ask_again(self.work, self.facilitator, self.round_id)
        return self.asking()

    def asking(self) -> Round | None:
        return next(
            (one for one in of_kind(self.work, self.partnership, Kind.CONSENT) if not one.posted), None
        )

    def answer(self, seat: int, *uneasy: int, words: str | None = None) -> None:
        """Answer on a seat: not at ease with these of what is asked, counting from 1."""
        asking = self.asking()
        assert asking is not None
        items = self.tx.rounds.decisions(asking.id)
        for number, item in enumerate(items, 1):
            if number not in uneasy:
                self._do(seat, Tapped(f"ease/d{item.id}=at_ease"))
                continue
            self._do(seat, Tapped(f"ease/d{item.id}=not_yet"))
            self._do(seat, Tapped(SKIP) if words is None else Said(words))
        self._do(seat, Tapped(DONE))

    def _do(self, seat: int, event: Event) -> None:
        asking = self.asking()
        assert asking is not None
        turn(self.work, self.hamlet.people[seat], RoundSitting(asking.id), event)

    def close(self) -> None:
        """Let the question end and its answer come."""
        self.now += 6 * DAY
        for _ in range(2):
            for round_id in timed.due_rounds(self.work):
                while timed.carry_out(self.work, round_id):
                    pass
            self.now += DAY

    def standings(self) -> tuple[Standing | None, Standing | None]:
        """Of the levels and of the action; None when they are gone."""
        levels = self.tx.rounds.agreed_levels(self.round_id)
        action = self.tx.rounds.action(self.action)
        return levels[0].standing if levels else None, action.standing if action else None


def assembly_of(tx: Transaction, keys: FakeKeys, names: str) -> Assembly:
    hamlet = settle_hamlet(tx, names=names)
    made = tx.rounds.add(
        hamlet.partnership,
        kind=Kind.REFLECTION,
        moment=Moment.BASELINE,
        flow="pat",
        flow_version=2,
        collect_days=7,
        answer_days=14,
    )
    earlier = MET - DAY
    tx.rounds.save(
        replace(made, state=RoundState.MEETING, answer_until=earlier, digest_at=earlier, posted=True)
    )
    decision = tx.rounds.add_decision(made.id, "How the budget is divided")
    tx.rounds.agree_levels(decision, {hamlet.partners[0]: 3}, standing=Standing.PROPOSED)
    action = tx.rounds.add_action(
        made.id,
        decision=decision,
        what="Share the draft budget",
        owner=hamlet.partners[0],
        by="2027-09-01",
        standing=Standing.PROPOSED,
    )
    return Assembly(tx, keys, hamlet, made.id, decision, action)


def met(store: SqlStore, keys: FakeKeys, play: Callable[[Assembly], None], names: str = "ABCDE") -> None:
    """Play with a meeting of so many partners, and undo what was done."""
    before = keys.existing()
    try:
        tried(store, lambda tx: play(assembly_of(tx, keys, names)))
    finally:
        for round_id in keys.existing() - before:
            keys.destroy(round_id)
