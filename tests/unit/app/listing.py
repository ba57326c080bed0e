"""A list of decisions in the making, for tests of shaping and of the vote; each test leaves no trace of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.adapters.db.store import SqlStore
from bot.app import rounds, shaping
from bot.app.ports import Transaction
from bot.app.sittings import Sitting, turn
from bot.app.work import Work
from bot.core.flow.events import Said
from bot.core.ids import DecisionId, PersonId, RoundId
from bot.core.rounds.lifecycle import Contribution, Moment, Round, RoundState
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import Hamlet, settle_hamlet, tried
from tests.unit.app.village import NOW, setting


@dataclass(frozen=True)
class Listing:
    """A round in shaping of a partnership with six seats, two for each partner at most."""

    work: Work
    hamlet: Hamlet
    people: tuple[PersonId, ...]
    round_id: RoundId

    @property
    def facilitator(self) -> PersonId:
        return self.hamlet.facilitator

    @property
    def round(self) -> Round:
        found = self.work.tx.rounds.get(self.round_id)
        assert found is not None
        return found

    def at(self, now: datetime) -> Listing:
        return replace(self, work=replace(self.work, now=now))

    def names(self) -> list[str]:
        return [found.wording for found in self.work.tx.rounds.decisions(self.round_id)]

    def id_of(self, wording: str) -> DecisionId:
        decisions = self.work.tx.rounds.decisions(self.round_id)
        return next(found.id for found in decisions if found.wording == wording)

    def thread(self) -> dict[str, set[str]]:
        """To which decisions each contribution belongs, by their words."""
        names = {found.id: found.wording for found in self.work.tx.rounds.decisions(self.round_id)}
        return {one.words: {names[number] for number in one.decisions} for one in self.contributions()}

    def contributions(self) -> Sequence[Contribution]:
        return self.work.tx.rounds.contributions(self.round_id)

    def add(self, *wordings: str) -> None:
        for wording in wordings:
            shaping.add(self.work, self.round, wording)

    def contribute(self, words: str, *decisions: str) -> None:
        (made,) = self.work.tx.rounds.add_contributions(self.round_id, [words])
        self.work.tx.rounds.belong(made, {self.id_of(one) for one in decisions})

    def type(self, person: PersonId, sitting: Sitting, *words: str) -> None:
        for text in words:
            turn(self.work, person, sitting, Said(text))


def listed(store: SqlStore, keys: FakeKeys, use: Callable[[Listing], None], *wordings: str) -> None:
    """Run a test on a list of these decisions and undo what it did."""

    def settle(tx: Transaction) -> None:
        had = keys.existing()
        hamlet = settle_hamlet(tx)
        work = Work(tx, NOW, setting(keys))
        people = [*hamlet.people]
        for number, partner in enumerate(hamlet.partners, 1005):
            people.append(tx.people.add(number, language="en"))
            seat = tx.partnerships.add_seat(partner)
            tx.partnerships.bind(seat, people[-1])
            tx.partnerships.set_consent(seat, 1)
        round_id = rounds.draft(work, hamlet.facilitator, hamlet.partnership, Moment.BASELINE)
        rounds.bring_decisions(work, hamlet.facilitator, round_id)
        listing = Listing(work, hamlet, tuple(people), round_id)
        listing.add(*wordings)
        try:
            use(listing)
        finally:
            for made in keys.existing() - had:
                keys.destroy(made)

    tried(store, settle)


def earlier_round(listing: Listing, *wordings: str) -> Round:
    """A reflection of the same partnership that was posted before this one was drafted, about these decisions."""
    tx, now = listing.work.tx, listing.round
    made = tx.rounds.add(
        now.partnership,
        kind=now.kind,
        moment=now.moment,
        flow=now.flow,
        flow_version=now.flow_version,
        collect_days=7,
        answer_days=7,
    )
    saved = replace(made, state=RoundState.ARCHIVED, posted=True)
    tx.rounds.save(saved)
    for wording in wordings:
        tx.rounds.add_decision(made.id, wording)
    return saved
