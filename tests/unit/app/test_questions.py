"""Questions to the facilitators: who asks leaves no trace, and everybody reads the reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from bot.app import notify, private, questions, retention
from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES, sitting_at
from bot.app.ports import Lane, Transaction
from bot.app.sittings import turn
from bot.app.watch import GLANCE
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.flow.events import Said, Tapped
from bot.core.ids import PersonId, QuestionId
from bot.core.questions import KEPT, MOST_WAITING, Question
from bot.core.rounds.lifecycle import OPEN, Kind, Moment, RoundState
from bot.errors import BotError, Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.attempts import content
from tests.unit.app.hamlet import Hamlet, queued, settle_hamlet, told, tried
from tests.unit.app.village import NOW, keep, setting
from tests.worlds import SeededRandomness

DAY = timedelta(days=1)
LONGEST_DELAY = timedelta(hours=questions.DELAY_HOURS[1])
WORDS, REPLY = "Who chose the dates?", "We did. Next time we ask first."


@dataclass
class Asking:
    """A hamlet in which questions are asked."""

    tx: Transaction
    hamlet: Hamlet
    now: datetime = NOW

    @property
    def work(self) -> Work:
        return Work(self.tx, self.now, replace(setting(FakeKeys()), random=SeededRandomness(1)))

    def ask(self, person: PersonId, *, signed: str = "unnamed") -> QuestionId:
        before = self.tx.questions.waiting(self.hamlet.partnership)
        sitting = sitting_at(f"desk/question/{self.hamlet.partnership}")
        assert sitting is not None
        for event in (Said(WORDS), Tapped(f"signed={signed}")):
            outcome = turn(self.work, person, sitting, event)
        assert outcome.path == f"asked/{self.hamlet.partnership}"
        (made,) = set(self.tx.questions.waiting(self.hamlet.partnership)) - set(before)
        return made.id

    def reply(self, question: QuestionId) -> None:
        sitting = sitting_at(f"desk/reply/{question}")
        assert sitting is not None
        turn(self.work, self.hamlet.facilitator, sitting, Said(REPLY))

    def question(self, question: QuestionId) -> Question:
        found = self.tx.questions.get(question)
        assert found is not None
        return found

    def page(self, path: str, person: PersonId) -> Card:
        found = PRIVATE_PAGES.find(path)
        assert found is not None
        card: Card = found[0](self.work, person, **found[1])
        return card

    def lines(self, card: Card) -> list[str]:
        return [self.work.setting.catalogs.render(line, "en") for line in card.body]


def played(store: SqlStore, play: Callable[[Asking], None]) -> None:
    tried(store, lambda tx: play(Asking(tx, settle_hamlet(tx))))


def test_a_question_reaches_the_facilitators_after_a_while_and_not_at_once(store: SqlStore) -> None:
    def play(asking: Asking) -> None:
        question = asking.question(asking.ask(asking.hamlet.people[0]))
        assert NOW + timedelta(hours=2) <= question.due <= NOW + LONGEST_DELAY
        with pytest.raises(Refusal):
            asking.page(f"question/{question.id}", asking.hamlet.facilitator)
        assert asking.lines(asking.page("p/1/questions", asking.hamlet.facilitator)) == [
            "Nothing is waiting for you now."
        ]
        assert told(asking.tx, NOW) == []
        asking.now = NOW + LONGEST_DELAY + DAY
        notify.hand_over(asking.work)
        assert told(asking.tx, asking.now) == [(asking.hamlet.facilitator, "p/1/questions")]
        assert any(
            WORDS in line for line in asking.lines(asking.page("p/1/questions", asking.hamlet.facilitator))
        )

    played(store, play)


@pytest.mark.parametrize(("signed", "shown"), [("named", "PA asks:"), ("unnamed", "Somebody asks:")])
def test_only_who_wishes_it_is_named_by_their_partner(store: SqlStore, signed: str, shown: str) -> None:
    def play(asking: Asking) -> None:
        question = asking.ask(asking.hamlet.people[0], signed=signed)
        kept = asking.question(question)
        assert kept.partner == (asking.hamlet.partners[0] if signed == "named" else None)
        asking.now = kept.due
        asking.reply(question)
        found = GROUP_PAGES.find(f"replied/{question}")
        assert found is not None
        card = found[0](asking.work, asking.tx.groups.get(asking.hamlet.group), **found[1])
        assert asking.lines(card) == [shown, f"“{WORDS}”", "", "The facilitators reply:", REPLY]

    played(store, play)


def test_the_reply_goes_to_the_group_once_in_each_of_its_languages(store: SqlStore) -> None:
    def play(asking: Asking) -> None:
        group = asking.tx.groups.get(asking.hamlet.group)
        asking.tx.groups.save(replace(group, languages=("en", "fr")))
        question = asking.ask(asking.hamlet.people[0])
        asking.now = asking.question(question).due
        asking.reply(question)
        posted = [row.path for row in queued(asking.tx, asking.now) if row.group is not None]
        assert posted == [f"replied/{question}@en", f"replied/{question}@fr"]
        with pytest.raises(Refusal):
            asking.page(f"question/{question}", asking.hamlet.facilitator)
        with pytest.raises(Refusal):
            asking.reply(question)

    played(store, play)


def test_without_a_group_every_member_is_told_the_same(store: SqlStore) -> None:
    def play(asking: Asking) -> None:
        group = asking.tx.groups.get(asking.hamlet.group)
        asking.tx.groups.save(replace(group, active=False))
        question = asking.ask(asking.hamlet.people[0])
        asking.now = NOW + LONGEST_DELAY + timedelta(hours=1)
        asking.reply(question)
        assert told(asking.tx, asking.now) == [
            (person, f"replied/{question}") for person in asking.hamlet.people
        ]
        first, *others = (asking.page(f"replied/{question}", person) for person in asking.hamlet.people)
        assert all(other == first for other in others)

    played(store, play)


def test_a_group_reads_no_question_of_another_partnership(store: SqlStore) -> None:
    def play(asking: Asking) -> None:
        question = asking.ask(asking.hamlet.people[0])
        elsewhere = asking.tx.groups.add(-2099, language="en")
        found = GROUP_PAGES.find(f"replied/{question}")
        assert found is not None
        with pytest.raises(BotError):
            found[0](asking.work, elsewhere, **found[1])

    played(store, play)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("state", list(RoundState))
def test_nothing_is_asked_while_a_round_is_open(store: SqlStore, state: RoundState, kind: Kind) -> None:
    def play(asking: Asking) -> None:
        sitting = sitting_at("desk/question/1")
        assert sitting is not None
        person = asking.hamlet.people[0]
        turn(asking.work, person, sitting, Said(WORDS))
        made = asking.tx.rounds.add(
            asking.hamlet.partnership,
            kind=kind,
            moment=Moment.BASELINE if kind is Kind.REFLECTION else None,
            flow="pat",
            flow_version=2,
            collect_days=7,
            answer_days=7,
        )
        asking.tx.rounds.save(replace(made, state=state))
        if state in OPEN:
            with pytest.raises(Refusal):
                turn(asking.work, person, sitting, Tapped("signed=unnamed"))
        else:
            turn(asking.work, person, sitting, Tapped("signed=unnamed"))
        assert len(asking.tx.questions.waiting(asking.hamlet.partnership)) == (state not in OPEN)

    played(store, play)


def test_there_is_room_for_a_few_that_wait_and_again_when_one_is_settled(store: SqlStore) -> None:
    def play(asking: Asking) -> None:
        made = [asking.ask(asking.hamlet.people[number % 3]) for number in range(MOST_WAITING)]
        with pytest.raises(Refusal):
            asking.ask(asking.hamlet.people[0])
        asking.now = NOW + LONGEST_DELAY
        questions.set_aside(asking.work, asking.hamlet.facilitator, made[0])
        asking.ask(asking.hamlet.people[0])

    played(store, play)


def test_set_aside_it_is_destroyed_and_nobody_is_told(store: SqlStore) -> None:
    def play(asking: Asking) -> None:
        question = asking.ask(asking.hamlet.people[0])
        asking.now = NOW + LONGEST_DELAY
        questions.set_aside(asking.work, asking.hamlet.facilitator, question)
        assert asking.tx.questions.get(question) is None
        assert list(queued(asking.tx, asking.now)) == []

    played(store, play)


@pytest.mark.parametrize("is_replied", [True, False])
def test_it_is_destroyed_thirty_days_after_it_was_asked_or_replied_to(
    store: SqlStore, is_replied: bool
) -> None:
    def play(asking: Asking) -> None:
        question = asking.ask(asking.hamlet.people[0])
        begin = NOW
        if is_replied:
            begin = asking.now = NOW + 9 * DAY
            asking.reply(question)
        asking.now = begin + KEPT - DAY
        retention.forget(asking.work)
        assert asking.tx.questions.get(question) is not None
        asking.now = begin + KEPT
        retention.forget(asking.work)
        assert asking.tx.questions.get(question) is None

    played(store, play)


def test_that_somebody_asked_leaves_their_screen_after_a_minute(store: SqlStore) -> None:
    def play(asking: Asking) -> None:
        work = asking.work
        asks_in_the_chat(work, 1002)
        keep(work)
        person = asking.hamlet.people[0]
        assert work.tx.people.place(person).path == "asked/1"
        assert work.setting.memory.watch.over(NOW + GLANCE) == [person]
        private.fold(work, person)
        assert work.tx.people.place(person).path == "home"

    played(store, play)


# Who asks leaves no trace


def asks_in_the_chat(work: Work, account: int) -> None:
    """The whole way through the private chat, as a phone goes it."""
    private.pressed(work, account, hint="en", data="desk/question/1", message=7)
    for text in (WORDS, "No, without a name"):
        private.said(work, account, hint="en", text=text, message=8)


def left_by(folder: Path, asker: int) -> list[Any]:
    """Everything that is stored once one of the members has asked and all messages have gone out."""
    folder.mkdir()
    keys = FakeKeys()
    store = SqlStore(database_of(f"sqlite:///{folder / 'bot.db'}"), keys, draw=count(5001).__next__)
    store.start()
    try:
        store.migrate()
        kept: list[Any] = []

        def play(tx: Transaction) -> None:
            asking = Asking(tx, settle_hamlet(tx))
            work = asking.work
            asks_in_the_chat(work, asker)
            rows = list(queued(tx, NOW))
            assert {(row.person, row.lane) for row in rows} == {(tx.people.find(asker), Lane.REPLY)}
            kept.append(lengths_of(tx))
            (question,) = tx.questions.waiting(asking.hamlet.partnership)
            asking.now = question.due
            asking.reply(question.id)
            kept.append([(row.path, row.person, row.group) for row in queued(tx, asking.now)])
            kept.append(lengths_of(tx))

        store.run_now(play)
    finally:
        store.stop_now()
    return kept


def lengths_of(tx: Transaction) -> dict[str, list[tuple[Any, ...]]]:
    """All rows; of a sealed value only its length."""
    return {
        table: [tuple(len(value) if isinstance(value, bytes) else value for value in row) for row in rows]
        for table, rows in content(tx).items()
    }


def test_which_of_the_members_asked_is_nowhere_to_be_seen(tmp_path: Path) -> None:
    assert left_by(tmp_path / "one", 1002) == left_by(tmp_path / "other", 1003)
