"""A partnership of the largest sizes, and every card that anybody in it can be shown.

Twelve partners with three seats each, sixty contributions, fifteen decisions and twenty actions, all as long as
they may be, led through a whole round. Pages are found as people find them: by following the buttons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.adapters.dates.ics import ics
from bot.adapters.db.store import SqlStore
from bot.adapters.system import SystemClock, SystemRandomness
from bot.app import openness, rounds, shaping, timed
from bot.app.matrices import matrix_cards
from bot.app.pages import PRIVATE_PAGES, sitting_at
from bot.app.ports import Catalogs, Place, Transaction
from bot.app.sittings import turn
from bot.app.voices import pages_of_voices
from bot.app.work import Setting, Work
from bot.core.figures.named import NamedDecision, NamedMatrix, NamedRow
from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.words import AgreementSaid, AgreementWord, LevelSaid, LevelWord
from bot.core.flow.events import Said
from bot.core.flow.library import load_library
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.partnerships import PartnerKind
from bot.core.rounds.comments import Audience, Comment
from bot.core.rounds.lifecycle import Mode, Moment, Round, RoundState
from tests.contract.fakes import FakeKeys
from tests.exploring import Explorer, Shown

NOW = datetime(2030, 9, 4, 9, 30, tzinfo=UTC)  # a Wednesday in September: long names of days and months
ZONE = "America/Argentina/Buenos_Aires"
PARTNERS, SEATS, CONTRIBUTIONS, DECISIONS, ACTIONS, STATEMENTS = 12, 3, 60, 15, 20, 7
ROOT = Path(__file__).parents[1]


class FullHouse:
    """The partnership in one transaction, its time and its people.

    Args:
        letter: what everything that people type is made of.
    """

    def __init__(self, tx: Transaction, catalogs: Catalogs, keys: FakeKeys, letter: str) -> None:
        setting = Setting(
            flows=load_library(ROOT / "flows"),
            catalogs=catalogs,
            random=SystemRandomness(),
            keys=keys,
            clock=SystemClock(),
            bot_name="b" * 32,
            operator=letter * 60,
            write_dates=ics,
        )
        self.work = Work(tx, NOW, setting)
        self.letter = letter
        self.explorer = Explorer(self.work, self._typed(), unclear=letter * 1000)
        people = tx.people
        self.facilitator = people.add(1001, language="en")
        self.representatives = [
            people.add(2000 + number, language="en") for number in range(PARTNERS * SEATS)
        ]
        self.group = tx.groups.add(-3001, language="en").id
        self.partnership = self._partnership()

    def words(self, length: int, number: int = 0) -> str:
        """Made-up words of exactly this length; equal numbers give equal words."""
        return f"{number:03} ".ljust(length, self.letter)[:length]

    def everything(self) -> Iterator[Shown]:
        """Every card of a whole round in every language, state after state."""
        tx, partnership = self.work.tx, self.partnership
        yield from self.explorer.follow(self.facilitator, "home", "help", "privacy", "language")
        yield from self._links()
        yield from self.explorer.sit(self.facilitator, "desk/setup/0")
        self._take_seats()
        representative = self.representatives[0]
        round_id = rounds.draft(self.work, self.facilitator, partnership, Moment.BASELINE)
        yield from self._everybody(round_id)
        yield from self._further_seat()
        openness.propose(self.work, self.facilitator, round_id, Mode.PROPOSED)
        rounds.open_collecting(self.work, self.facilitator, round_id)
        for person in self.representatives[: CONTRIBUTIONS // 5]:
            self._contribute(person, round_id)
        yield from self.explorer.sit(representative, f"answer/{round_id}")
        yield from self._everybody(round_id)
        self.let_pass(days=15)
        yield from self._everybody(round_id)
        decisions = tx.rounds.decisions(round_id)
        for decision in decisions[20:]:
            shaping.merge(self.work, self.facilitator, decision.id, decisions[0].id)
        for decision in decisions[DECISIONS:20]:
            shaping.leave_out(self.work, self.facilitator, decision.id)
        yield from self._everybody(round_id)
        yield from self.explorer.sit(self.facilitator, f"desk/wording/{decisions[1].id}")
        yield from self.explorer.sit(self.facilitator, f"desk/decisions/{round_id}")
        rounds.open_answering(self.work, self.facilitator, round_id)
        yield from self.explorer.sit(representative, f"answer/{round_id}")
        yield from self._everybody(round_id)
        yield from self._digests(round_id)
        yield from self.explorer.sit(self.facilitator, f"desk/levels/{decisions[0].id}")
        yield from self.explorer.sit(self.facilitator, f"desk/action/{round_id}")
        self._agree(round_id)
        yield from self._everybody(round_id)
        self.let_pass(days=90)
        yield from self._everybody(round_id)

    def _partnership(self) -> PartnershipId:
        tx = self.work.tx
        partnership = tx.partnerships.add(
            name=self.words(80), purpose=self.words(200), language="en", zone=ZONE
        )
        tx.partnerships.add_facilitator(partnership, self.facilitator)
        for number in range(PARTNERS):
            partner = tx.partnerships.add_partner(
                partnership,
                name=self.words(60, number),
                acronym=self.words(12, number),
                kind=PartnerKind.INTERNATIONAL,
            )
            for _ in range(SEATS):
                tx.partnerships.add_seat(partner)
        return partnership

    def _links(self) -> Iterator[Shown]:
        """The page with all invitations that one press makes, as it stays in a person's place."""
        found = PRIVATE_PAGES.find(f"!p/{self.partnership}/invite")
        assert found is not None
        action, arguments = found
        path = action(self.work, self.facilitator, **arguments)
        trail = tuple(range(10**9, 10**9 + 10))
        self.work.tx.people.put_place(self.facilitator, Place(path, card=10**9, trail=trail))
        yield from self.explorer.follow(self.facilitator, path)

    def _take_seats(self) -> None:
        tx = self.work.tx
        seats = tx.partnerships.seats(self.partnership)
        for seat, person in zip(seats, self.representatives, strict=True):
            tx.partnerships.bind(seat.id, person)
            if person != self.representatives[-1]:
                tx.partnerships.set_consent(seat.id, 1)
        tx.partnerships.save(replace(tx.partnerships.get(self.partnership), group=self.group))

    def _further_seat(self) -> Iterator[Shown]:
        """Somebody of another partner is asked to confirm it."""
        tx = self.work.tx
        *_, last = tx.partnerships.partners(self.partnership)
        seat = tx.partnerships.add_seat(last.id, confirmed=False)
        yield from self.explorer.show(self.representatives[0], f"confirm/{seat}")
        tx.partnerships.remove_seat(seat)

    def _contribute(self, person: PersonId, round_id: RoundId) -> None:
        number = self.representatives.index(person)
        lines = [self.words(100, 5 * number + line) for line in range(5)]
        sitting = sitting_at(f"answer/{round_id}")
        assert sitting is not None
        turn(self.work, person, sitting, Said("\n".join(lines)))

    def let_pass(self, *, days: int) -> None:
        """Move on and do what has become due."""
        self.work = self.explorer.work = replace(self.work, now=self.work.now + timedelta(days=days))
        for round_id in timed.due_rounds(self.work):
            while timed.carry_out(self.work, round_id):
                pass

    def _digests(self, round_id: RoundId) -> Iterator[Shown]:
        """Close with the longest digest that words can make, instead of counting answers."""
        tx = self.work.tx
        closing = self._closing(round_id)
        yield from self._everybody(round_id)
        yield from self._named(closing)
        cell = PublishedCell(
            actual=LevelSaid(LevelWord.LOW, opposed=True), desired=LevelSaid(LevelWord.HIGH, opposed=False)
        )
        partners = [partner.id for partner in tx.partnerships.partners(self.partnership)]
        said = Published(
            decisions=tuple(
                PublishedDecision(
                    decision=decision.id,
                    agreement=AgreementSaid(AgreementWord.FEWER_THAN_HALF),
                    cells=dict.fromkeys(partners, cell),
                )
                for decision in tx.rounds.decisions(round_id)
            )
        )
        self.comment(round_id)
        yield from self.post(round_id, said)
        yield from self.voices(round_id)
        yield from self._everybody(round_id)

    def _closing(self, round_id: RoundId) -> Round:
        closing = self.work.tx.rounds.get(round_id)
        assert closing is not None
        self.work.tx.rounds.save(replace(closing, state=RoundState.CLOSING, digest_at=self.work.now))
        return closing

    def comment(self, round_id: RoundId) -> None:
        """Keep as many texts as there can be for everybody who may read some."""
        texts = [
            Comment(decision.id, audience, self.words(280))
            for decision in self.work.tx.rounds.decisions(round_id)
            for audience in Audience
            for _ in range(PARTNERS)
        ]
        self.work.tx.comments.add(round_id, texts, until=self.work.now + timedelta(days=30))

    def post(self, round_id: RoundId, said: Published) -> Iterator[Shown]:
        """Close with these words instead of counting answers."""
        self._closing(round_id)
        self.work.tx.rounds.publish(round_id, said.model_dump_json())
        assert timed.carry_out(self.work, round_id)
        yield from self.explorer.in_group(self.group, f"digest/{round_id}/1")

    def voices(self, round_id: RoundId) -> Iterator[Shown]:
        """All pages of texts."""
        round_ = self.work.tx.rounds.get(round_id)
        assert round_ is not None
        for page in range(1, len(pages_of_voices(self.work, round_, Audience.FACILITATORS)) + 1):
            yield from self.explorer.show(self.facilitator, f"r/{round_id}/notes/{page}")
        for page in range(1, len(pages_of_voices(self.work, round_, Audience.GROUP)) + 1):
            yield from self.explorer.in_group(self.group, f"voices/{round_id}/{page}")

    def _named(self, round_: Round) -> Iterator[Shown]:
        """The digest as an open round would have it, with everything answered by every seat."""
        tx, catalogs = self.work.tx, self.work.setting.catalogs
        partners = [partner.id for partner in tx.partnerships.partners(self.partnership)]
        rows = tuple(
            NamedRow(
                partner=partner,
                actual=dict.fromkeys(partners),
                agrees=False,
                desired=dict.fromkeys(partners, 4),
            )
            for partner in partners
            for _ in range(SEATS)
        )
        decisions = tx.rounds.decisions(round_.id)
        said = NamedMatrix(decisions=tuple(NamedDecision(decision=one.id, rows=rows) for one in decisions))
        for language in catalogs.languages:
            for card in matrix_cards(self.work, round_, said, self.words(100), language):
                yield Shown("named digest", language, card, {})

    def _agree(self, round_id: RoundId) -> None:
        tx = self.work.tx
        partners = [partner.id for partner in tx.partnerships.partners(self.partnership)]
        decisions = tx.rounds.decisions(round_id)
        for decision in decisions:
            tx.rounds.agree_levels(decision.id, dict.fromkeys(partners, 2))
        for number in range(ACTIONS):
            tx.rounds.add_action(
                round_id,
                decision=decisions[0].id,
                what=self.words(200, number),
                owner=partners[0],
                by="2031-09-30",
            )

    def _everybody(self, round_id: RoundId) -> Iterator[Shown]:
        """What the facilitator, a representative, somebody who did not agree yet and the group can see."""
        yield from self.explorer.follow(self.facilitator, "home", f"news/{round_id}")
        yield from self.explorer.follow(
            self.representatives[0],
            *("home", "mine", "erase", "erased"),
            *(
                f"{page}/{round_id}"
                for page in ("call", "remind", "thanks", "paused", "mode", "noted", "mine")
            ),
        )
        yield from self.explorer.follow(self.representatives[-1], "home")
        yield from self.explorer.in_group(
            self.group,
            *("welcome", "help", "language", "next", "digest", "agreements"),
            *(f"{page}/{round_id}" for page in ("opened", "answering", "extended", "cancelled")),
            *(f"foretold/{round_id}/{verdict}" for verdict in ("possible", "unsafe")),
        )

    def _typed(self) -> dict[str, str]:
        """What is typed at each step by somebody who says as much as there is room for."""
        partners = (
            f"{self.words(60, number)} | {self.words(12, number)} | international"
            for number in range(PARTNERS)
        )
        return {
            "partners": "\n".join(partners),
            "zone": "Buenos Aires",
            "name": self.words(80),
            "purpose": self.words(200),
            "wording": self.words(100, 99),
            "statements": "\n".join(self.words(120, 200 + number) for number in range(STATEMENTS)),
            "decisions": "\n".join(self.words(100, 100 + number) for number in range(DECISIONS)),
            "actual": "0" * PARTNERS,
            "desired": "4" * PARTNERS,
            "levels": "2" * PARTNERS,
            "comment": self.words(280),
            "what": self.words(200),
            "by": "2031-09-30",
        }


def open_store(folder: Path, keys: FakeKeys) -> SqlStore:
    store = SqlStore(f"sqlite:///{folder / 'bot.db'}", keys)
    store.start()
    store.migrate()
    return store
