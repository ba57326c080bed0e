"""A partnership with something to ask about in each kind of check-in, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.adapters.db.store import SqlStore
from bot.app import checkins, planning
from bot.app.ports import Transaction
from bot.app.work import Work
from bot.core.ids import ActionId, DecisionId, PartnershipId
from bot.core.rounds.calendar import Rhythm, Unit
from bot.core.rounds.lifecycle import CHECK_INS, Kind, Moment, Round, RoundState
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import Hamlet, settle_hamlet, tried
from tests.unit.app.village import setting

S = RoundState
DUE = datetime(2027, 3, 1, 9, tzinfo=UTC)
"""A Monday morning; the plans were made the day before, and the next date is ten weeks later."""
DAY = timedelta(days=1)
RHYTHM = Rhythm(Unit.WEEKS, 10, 0, None, 9, date(2027, 3, 1))
NEXT = DUE + timedelta(weeks=10)


@dataclass(frozen=True)
class Scene:
    """A hamlet with something to ask about in each kind of check-in, and a plan for one of them."""

    tx: Transaction
    keys: FakeKeys
    hamlet: Hamlet
    action: ActionId
    agreed: DecisionId
    not_agreed: DecisionId

    @property
    def partnership(self) -> PartnershipId:
        return self.hamlet.partnership

    def at(self, now: datetime) -> Work:
        return Work(self.tx, now, setting(self.keys))

    def plan(self, kind: Kind, *, now: datetime = DUE - DAY) -> None:
        planning.set_rhythm(self.at(now), self.hamlet.facilitator, self.partnership, kind, RHYTHM)

    def look(self, now: datetime) -> list[Round]:
        """What the clock does with the plans that are to be looked at; the check-ins that are open then."""
        work = self.at(now)
        for plan in planning.due_plans(work):
            planning.carry_out(work, plan)
        return self.open()

    def open(self) -> list[Round]:
        return [found for found in self.rounds() if found.state is S.ANSWERING and found.kind in CHECK_INS]

    def rounds(self) -> tuple[Round, ...]:
        return self.tx.rounds.of_partnership(self.partnership)

    def due(self, kind: Kind) -> datetime | None:
        """When the plan is looked at next, to the day."""
        plan = planning.plan_of(self.at(DUE), self.partnership, kind)
        assert plan is not None
        moments = (DUE + number * DAY for number in range(-2, 400))
        return next((now for now in moments if plan.id in self.tx.calendar.due(now)), None)

    def round(self, kind: Kind, state: RoundState, **changes: object) -> Round:
        made = self.tx.rounds.add(
            self.partnership,
            kind=kind,
            moment=Moment.BASELINE if kind is Kind.REFLECTION else None,
            flow="pat" if kind is Kind.REFLECTION else kind.value,
            flow_version=2 if kind is Kind.REFLECTION else 1,
            collect_days=7,
            answer_days=14,
        )
        saved = replace(made, state=state, **changes)  # type: ignore[arg-type]
        self.tx.rounds.save(saved)
        return saved

    def over(self, round_: Round) -> None:
        """A check-in that has ended."""
        self.tx.rounds.save(replace(round_, state=S.ARCHIVED, digest_at=round_.answer_until, posted=True))

    def asked(self, round_: Round) -> list[str]:
        return [found.wording for found in self.tx.rounds.decisions(round_.id)]


def scene_of(tx: Transaction) -> Scene:
    hamlet = settle_hamlet(tx)
    bare = Scene(tx, FakeKeys(), hamlet, ActionId(0), DecisionId(0), DecisionId(0))
    long_ago = DUE - timedelta(days=90)
    reflection = bare.round(
        Kind.REFLECTION, S.FOLLOWING, answer_until=long_ago, digest_at=long_ago, posted=True
    )
    decisions = [tx.rounds.add_decision(reflection.id, f"Made-up decision {name}") for name in ("A", "B")]
    tx.rounds.agree_levels(decisions[0], {hamlet.partners[0]: 3})
    action = tx.rounds.add_action(
        reflection.id,
        decision=decisions[0],
        what="Made-up action",
        owner=hamlet.partners[0],
        by="2027-09-01",
    )
    statements = checkins.draft_of_statements(bare.at(DUE - DAY), hamlet.partnership)
    for name in ("one", "two"):
        tx.rounds.add_decision(statements, f"Made-up statement {name}")
    return replace(bare, action=action, agreed=decisions[0], not_agreed=decisions[1])


def played(store: SqlStore, play: Callable[[Scene], None]) -> None:
    tried(store, lambda tx: play(scene_of(tx)))


ASKED = {
    Kind.ACTIONS: ["Made-up action"],
    Kind.PRACTICE: ["Made-up decision A"],
    Kind.PULSE: ["Made-up statement one", "Made-up statement two"],
    Kind.EVALUATION: [
        "It was clear what would be shown to whom",
        "It was worth the time",
        "I could say how it really is",
        "The questions were in words that I use",
    ],
}
