"""Partnerships that share what they learned, with rounds behind them; each test leaves no trace of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.adapters.db.store import SqlStore
from bot.app import learning
from bot.app.ports import Transaction
from bot.app.work import Work
from bot.core.figures.learning import ThemeWords
from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.words import WITHHELD, AgreementSaid, AgreementWord, LevelSaid, LevelWord
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.partnerships import PartnerKind
from bot.core.rounds.lifecycle import Kind, Mode, Moment, RoundState
from bot.core.rounds.themes import Theme
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import tried
from tests.unit.app.village import setting

SPRING, SUMMER = datetime(2027, 4, 1, 6, tzinfo=UTC), datetime(2027, 7, 1, 6, tzinfo=UTC)
BEFORE = SPRING - timedelta(days=30)
CONTESTED, CALM = AgreementSaid(AgreementWord.FEW), AgreementSaid(AgreementWord.MOST)
LOW, HIGH = (LevelSaid(word, opposed=False) for word in (LevelWord.LOW, LevelWord.HIGH))
WISH, NO_WISH = PublishedCell(actual=LOW, desired=HIGH), PublishedCell(actual=LOW, desired=LOW)


@dataclass(frozen=True)
class Commons:
    """What several partnerships have in common; they share from before the spring release on."""

    tx: Transaction
    partnerships: list[PartnershipId]
    facilitators: list[PersonId]

    def at(self, now: datetime) -> Work:
        return Work(self.tx, now, setting(FakeKeys()))

    def add(self, *, facilitator: PersonId | None = None, shares: bool = True) -> PartnershipId:
        """One more partnership, with a facilitator of its own unless there is one already."""
        number = len(self.partnerships)
        person = facilitator or self.tx.people.add(3001 + number, language="en")
        made = self.tx.partnerships.add(name=f"P{number}", purpose="", language="en", zone="UTC")
        self.tx.partnerships.add_facilitator(made, person)
        for name in "AB":
            self.tx.partnerships.add_partner(made, name=name, acronym=name, kind=PartnerKind.LOCAL)
        group = self.tx.groups.add(-4001 - number, language="en")
        self.tx.partnerships.save(replace(self.tx.partnerships.get(made), group=group.id))
        self.partnerships.append(made)
        self.facilitators.append(person)
        if shares:
            learning.share(self.at(BEFORE), person, made)
        return made

    def reflect(
        self,
        partnership: PartnershipId,
        said: Mapping[Theme | None, Sequence[AgreementSaid]],
        *,
        cell: PublishedCell = NO_WISH,
        ended: datetime = BEFORE,
        mode: Mode = Mode.CONFIDENTIAL,
        posted: bool = True,
        flow: str = "pat",
    ) -> RoundId:
        """A round with a decision for each word that is told of a theme, and the same cell for every partner."""
        made = self.tx.rounds.add(
            partnership,
            kind=Kind.REFLECTION,
            moment=Moment.BASELINE,
            flow=flow,
            flow_version=1,
            collect_days=7,
            answer_days=7,
        )
        state = RoundState.FOLLOWING if posted else RoundState.CLOSING
        self.tx.rounds.save(replace(made, state=state, answer_until=ended, posted=posted, mode=mode))
        cells = {partner.id: cell for partner in self.tx.partnerships.partners(partnership)}
        words = tuple(
            PublishedDecision(
                decision=self.tx.rounds.add_decision(made.id, "Made-up decision", theme=theme),
                agreement=agreement,
                cells=cells,
            )
            for theme, agreements in said.items()
            for agreement in agreements
        )
        self.tx.rounds.publish(made.id, Published(decisions=words).model_dump_json())
        return made.id

    def told(self, now: datetime) -> ThemeWords:
        """What is told of risk once the clock has come by."""
        learning.carry_out(self.at(now))
        last = learning.last_told(self.at(now))
        return ThemeWords() if last is None else last.words.themes[Theme.RISK]


def common(store: SqlStore, use: Callable[[Commons], None], *, partnerships: int = 5) -> None:
    """Run a test on so many partnerships that share and have contested decisions about risk, and undo what it did."""

    def settle(tx: Transaction) -> None:
        made = Commons(tx, [], [])
        for _ in range(partnerships):
            made.reflect(made.add(), {Theme.RISK: [CONTESTED]}, cell=WISH)
        use(made)

    tried(store, settle)


NOTHING = ThemeWords(contested=WITHHELD, gap=WITHHELD)
MOST = ThemeWords(contested=AgreementSaid(AgreementWord.MOST), gap=HIGH)
