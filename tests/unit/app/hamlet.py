"""A partnership at rest, for tests of what the clock does; each test leaves no trace of what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from bot.adapters.db.store import SqlStore
from bot.app.ports import Lane, OutboxRow, Transaction
from bot.core.ids import GroupId, PartnerId, PartnershipId, PersonId
from bot.core.partnerships import PartnerKind


class Undone(Exception):
    """Ends a transaction without a trace."""


def tried(store: SqlStore, use: Callable[[Transaction], None]) -> None:
    """Run a test in a transaction and undo what it did."""

    failures: list[BaseException] = []

    def undone(tx: Transaction) -> None:
        try:
            use(tx)
        except (
            BaseException
        ) as failure:  # some of pytest's are no Exception and would end the writer's thread
            failures.append(failure)
        raise Undone

    with pytest.raises(Undone):
        store.run_now(undone)
    for failure in failures:
        raise failure


def queued(tx: Transaction, now: datetime) -> Iterator[OutboxRow]:
    """Every message that waits for the sender, taken as delivered."""
    while rows := tx.outbox.claim(now=now, limit=1000):
        for row in rows:
            tx.outbox.sent([row.id])
        yield from rows


def told(tx: Transaction, now: datetime) -> list[tuple[PersonId, str]]:
    """Whom the bot writes to by itself, and about which page; taken as delivered."""
    return [
        (row.person, row.path)
        for row in queued(tx, now)
        if row.lane is Lane.NOTICE and row.person is not None
    ]


@dataclass(frozen=True)
class Hamlet:
    """Ids of what was made: partners with a seat each, everybody has agreed, nothing was asked yet."""

    partnership: PartnershipId
    group: GroupId
    partners: tuple[PartnerId, ...]
    people: tuple[PersonId, ...]
    facilitator: PersonId


def settle_hamlet(tx: Transaction, *, zone: str = "UTC", names: str = "ABC") -> Hamlet:
    made = tx.partnerships.add(name="Made-up Alliance", purpose="Clean water", language="en", zone=zone)
    facilitator = tx.people.add(1001, language="en")
    tx.partnerships.add_facilitator(made, facilitator)
    group = tx.groups.add(-2001, language="en")
    tx.partnerships.save(replace(tx.partnerships.get(made), group=group.id))
    partners, people = [], []
    for number, name in enumerate(names, 1002):
        partner = tx.partnerships.add_partner(
            made, name=f"Partner {name}", acronym=f"P{name}", kind=PartnerKind.LOCAL
        )
        person = tx.people.add(number, language="en")
        seat = tx.partnerships.add_seat(partner)
        tx.partnerships.bind(seat, person)
        tx.partnerships.set_consent(seat, 1)
        partners.append(partner)
        people.append(person)
    return Hamlet(made, group.id, tuple(partners), tuple(people), facilitator)
