"""A partnership one or two of whose partners have no Telegram, for tests of what is typed in on their behalf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.adapters.db.store import SqlStore
from bot.app import on_paper, rounds, shaping, timed
from bot.app.behalf import BehalfSitting
from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES
from bot.app.ports import Transaction
from bot.app.sheets import STAGES, RoundSitting
from bot.app.sittings import Outcome, Sitting, turn
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.flow.events import DONE, Event, Said, Tapped
from bot.core.ids import PersonId, RoundId, SeatId
from bot.core.rounds.lifecycle import Moment, Round
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import Hamlet, settle_hamlet, tried
from tests.unit.app.village import NOW, setting


@dataclass
class Paper:
    """A hamlet whose last partners answer on paper; its clock is set by hand."""

    work: Work
    hamlet: Hamlet
    seats: tuple[SeatId, ...]
    round_id: RoundId = field(init=False)

    @property
    def facilitator(self) -> PersonId:
        return self.hamlet.facilitator

    @property
    def seat(self) -> SeatId:
        """The last one of those on paper."""
        return self.seats[-1]

    @property
    def round(self) -> Round:
        found = self.work.tx.rounds.get(self.round_id)
        assert found is not None
        return found

    @property
    def entry(self) -> BehalfSitting:
        return BehalfSitting(self.seat, self.round_id)

    def pass_time(self, **units: float) -> None:
        self.work = replace(self.work, now=self.work.now + timedelta(**units))

    def begin(self) -> None:
        """A round that collects decisions."""
        self.round_id = rounds.draft(self.work, self.facilitator, self.hamlet.partnership, Moment.BASELINE)
        rounds.open_collecting(self.work, self.facilitator, self.round_id)

    def ask(self, *wordings: str) -> None:
        """A round that asks for levels of these decisions."""
        self.round_id = rounds.draft(self.work, self.facilitator, self.hamlet.partnership, Moment.BASELINE)
        rounds.bring_decisions(self.work, self.facilitator, self.round_id)
        for wording in wordings or ("How the budget is divided",):
            shaping.add(self.work, self.round, wording)
        rounds.open_answering(self.work, self.facilitator, self.round_id)

    def give(self, sitting: Sitting, person: PersonId, row: str, agrees: str = "fine") -> str | None:
        """Answer about the only decision, to the end; returns where that leads."""
        (decision,) = self.work.tx.rounds.decisions(self.round_id)
        outcome = Outcome()
        for event in (Said(row), Tapped(f"agree/d{decision.id}={agrees}"), Tapped(DONE)):
            outcome = self.do(sitting, person, event)
        return outcome.path

    def do(self, sitting: Sitting, person: PersonId, event: Event) -> Outcome:
        return turn(self.work, person, sitting, event)

    def enter(self, row: str, agrees: str = "fine") -> str | None:
        return self.give(self.entry, self.facilitator, row, agrees)

    def answer(self, number: int, row: str) -> None:
        self.give_as(self.hamlet.people[number], row)

    def give_as(self, person: PersonId, row: str) -> None:
        self.give(RoundSitting(self.round_id), person, row)

    def kept(self) -> list[bytes]:
        """Every sheet that would be counted now."""
        return self.work.tx.sheets.all(self.round_id, STAGES[self.round.state])

    def close(self, until: datetime | None = None) -> None:
        """Let the window end, and count."""
        self.work = replace(self.work, now=until or self.round.answer_until or self.work.now)
        while timed.carry_out(self.work, self.round_id):
            pass

    def said(self, card: Card) -> str:
        lines = (*card.body, *(choice.label for choice in card.choices()))
        return "\n".join(self.work.setting.catalogs.render(line, "en") for line in lines)

    def page(self, path: str, person: PersonId | None = None) -> str:
        found = PRIVATE_PAGES.find(path)
        assert found is not None
        return self.said(found[0](self.work, person or self.facilitator, **found[1]))

    def group_page(self, path: str) -> str:
        found = GROUP_PAGES.find(path)
        assert found is not None
        return self.said(found[0](self.work, self.work.tx.groups.get(self.hamlet.group), **found[1]))


def written(
    store: SqlStore, keys: FakeKeys, play: Callable[[Paper], None], *, names: str = "ABCDEF", papers: int = 1
) -> None:
    """Play with a partnership of so many partners, the last of which answer on paper, and undo what was done."""

    def use(tx: Transaction) -> None:
        had = keys.existing()
        work, hamlet = Work(tx, NOW, setting(keys)), settle_hamlet(tx, names=names)
        seats = tuple(seat.id for seat in tx.partnerships.seats(hamlet.partnership)[-papers:])
        for seat in seats:
            tx.partnerships.vacate(seat)
            on_paper.mark(work, hamlet.facilitator, seat, on_paper=True)
        try:
            play(Paper(work, hamlet, seats))
        finally:
            for made in keys.existing() - had:
                keys.destroy(made)

    tried(store, use)
