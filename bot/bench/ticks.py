"""What a tick of the clock costs when ten people are due, among few people and among very many."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, insert

from bot.adapters.db.calendar import PLAN
from bot.adapters.db.databases import database_of
from bot.adapters.db.identity import PERSON, PLACE
from bot.adapters.db.notices import NOTICE
from bot.adapters.db.partnerships import PARTNER, PARTNERSHIP
from bot.adapters.db.rounds import ROSTER, ROUND
from bot.adapters.db.schema import metadata
from bot.adapters.db.seats import FACILITATOR, SEAT
from bot.adapters.db.vault import Vault, random_id
from bot.app import clockwork
from bot.app.access import NOTICE_VERSION
from bot.app.work import Work
from bot.bench.contestants import FIRST
from bot.bench.phones import BenchError
from bot.bench.report import Ticks
from bot.bench.stores import served, settings_of
from bot.core.confidentiality.sealing import PLACE_SIZE
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.partnerships import PartnerKind
from bot.core.rounds.calendar import Unit
from bot.core.rounds.due import next_moment
from bot.core.rounds.lifecycle import WINDOW_DAYS, Kind, Moment, Round, RoundState
from bot.core.rounds.plans import NewPlan
from bot.wiring.machine import open_store

PEOPLE = (10, 1_000, 100_000)

DUE = 10
"""People for whom a notice is due at each tick."""

BEGIN = datetime(2030, 1, 1, 9, tzinfo=UTC)
"""A Tuesday, noon in Nairobi: a good hour to be told something."""

MOMENTS = tuple(BEGIN + timedelta(weeks=week) for week in range(21))
"""Of the ticks: a week apart, so that those told last time may be told again."""

LATER = BEGIN + timedelta(days=365)
"""After every tick: when something is due for everybody else."""

SEATS = 8
AT_ONCE = 1000
"""Partnerships that are written together."""

CACHE = "PRAGMA cache_size = -262144"
"""KiB of memory while filling, so that rows in random order do not go to the disk one page after the other."""

Row: TypeAlias = dict[str, Any]

PARTNERSHIP_ROW: Row = {"name": "Made-up Alliance", "purpose": "", "language": "en", "zone": "Africa/Nairobi"}
OPEN_ROUND = Round(
    RoundId(0),
    PartnershipId(0),
    Kind.REFLECTION,
    1,
    RoundState.ANSWERING,
    Moment.BASELINE,
    "pat",
    1,
    collect_days=WINDOW_DAYS[Kind.REFLECTION],
    answer_days=WINDOW_DAYS[Kind.REFLECTION],
    answer_until=LATER + timedelta(days=WINDOW_DAYS[Kind.REFLECTION]),
)
ROUND_ROW: Row = {**asdict(OPEN_ROUND), "due_at": next_moment(OPEN_ROUND)}
QUARTERLY = NewPlan(
    PartnershipId(0),
    Kind.PULSE,
    Unit.MONTHS,
    every=3,
    weekday=1,
    week=1,
    hour=10,
    begins=LATER.date(),
    handled=BEGIN,
    paused=False,
)
PLAN_ROW: Row = {**asdict(QUARTERLY), "due": LATER}


@dataclass(slots=True)
class StandingClock:
    """A clock that stands where it was put."""

    moment: datetime = BEGIN

    def now(self) -> datetime:
        return self.moment


async def ticks(people: int, folder: Path) -> Ticks:
    """Measure the first tick after a start and those at the other ``MOMENTS``.

    Raises: BenchError, when a tick told more or fewer than ``DUE`` people.
    """
    crowd = fill(folder, people)
    clock, seconds, cpu = StandingClock(), [], []
    stored, service = served(settings_of(folder), clock)
    try:
        for tick, clock.moment in enumerate(MOMENTS):
            begun, busy = time.perf_counter(), time.process_time()
            await clockwork.tick(service, stored.store.compact)
            seconds.append(time.perf_counter() - begun)
            cpu.append(time.process_time() - busy)
            due = [crowd[place] for place in due_at(tick, people)]
            if await service.run(taken, due) != DUE:
                raise BenchError("a tick told others than those who were due: the figures mean nothing")
    finally:
        await stored.store.stop()
    return Ticks(people, first=seconds[0], later=tuple(seconds[1:]), cpu=tuple(cpu[1:]))


def waiting(work: Work) -> int:
    """How many messages are queued."""
    return work.tx.outbox.waiting()


def taken(work: Work, people: Iterable[PersonId]) -> int:
    """Take these people's messages off the queue, as if they had been sent; returns how many were on it."""
    queued = waiting(work)
    for person in people:
        work.tx.outbox.drop(person)
    return queued


def due_at(tick: int, people: int) -> list[int]:
    """The places in the crowd of ``DUE`` people far apart, others at every tick while there are others."""
    return [(number * (people // DUE) + tick) % people for number in range(DUE)]


def page(place: int) -> str:
    """What the person at a place in the crowd is told: a word about the round of their partnership."""
    return f"remind/{place // SEATS + 1}"


def fill(folder: Path, people: int) -> list[PersonId]:
    """Make the data of a bot with so many people in partnerships of eight, each with an open round and a plan.

    Rows are written in bulk, so that 100,000 people take seconds. Left out is what no
    tick reads and would only fill the disk: decisions, and sheets of answers.

    Returns: the people; a notice is due for each of them ``LATER``, and for some at one of the ``MOMENTS``.
    """
    settings = settings_of(folder)
    stored = open_store(settings)
    stored.store.stop_now()
    vault = Vault(stored.keys.identity_key())
    crowd = [PersonId(random_id()) for _ in range(people)]
    database = database_of(settings.database)
    with database.open().connect() as connection:
        database.directly(connection, CACHE)
        with database.writing(connection):
            write(connection, crowd, vault)
    database.close()
    stored.keys.create(RoundId(1))
    copy_key(settings.keys, -(-people // SEATS))
    return crowd


def write(connection: Connection, crowd: Sequence[PersonId], vault: Vault) -> None:
    """Write all rows, some partnerships at a time."""
    tables = [crowd[start : start + SEATS] for start in range(0, len(crowd), SEATS)]
    for start in range(0, len(tables), AT_ONCE):
        rows: dict[Table, list[Row]] = {}
        for number, sitting in enumerate(tables[start : start + AT_ONCE], start + 1):
            for table, row in chain(partnership(number, sitting), chairs(number, sitting, vault)):
                rows.setdefault(table, []).append(row)
        for table in metadata.sorted_tables:  # those that others refer to come first
            if table in rows:
                connection.execute(insert(table), rows[table])
    connection.execute(insert(NOTICE), list(notices(crowd)))


def partnership(number: int, sitting: Sequence[PersonId]) -> Iterator[tuple[Table, Row]]:
    """Rows of a partnership, its round that takes answers and its plan; nothing is due until ``LATER``."""
    yield PARTNERSHIP, {"id": number, **PARTNERSHIP_ROW}
    yield FACILITATOR, {"partnership": number, "person": sitting[0]}
    yield ROUND, {**ROUND_ROW, "id": number, "partnership": number}
    yield PLAN, {**PLAN_ROW, "partnership": number}


def chairs(number: int, sitting: Sequence[PersonId], vault: Vault) -> Iterator[tuple[Table, Row]]:
    """Rows of the people in a partnership, each for a partner of their own.

    Accounts are sealed as they are; places are random bytes of the right size, since nothing here opens one.
    """
    for partner, person in enumerate(sitting, number * SEATS):
        yield (
            PERSON,
            {
                "id": person,
                "lookup": vault.lookup("account", FIRST + partner),
                "account": vault.seal_number(FIRST + partner, label=f"account|{person}"),
                "language": "en",
                "reachable": True,
                "plain": False,
            },
        )
        yield PLACE, {"person": person, "content": os.urandom(PLACE_SIZE)}
        organisation = {"name": f"Partner {partner}", "acronym": f"P{partner}", "kind": PartnerKind.LOCAL}
        yield PARTNER, {"id": partner, "partnership": number, **organisation}
        places = {"seats": 1, "stand_in": False, "on_paper": 0, "known": 1}
        yield ROSTER, {"round": number, "partner": partner, **places}
        seat = {
            "token_hash": os.urandom(32),
            "confirmed": True,
            "consent": NOTICE_VERSION,
            "stand_in": False,
            "on_paper": False,
        }
        yield SEAT, {"partner": partner, "person": person, **seat}


def notices(crowd: Sequence[PersonId]) -> Iterator[Row]:
    """Something for everybody later on, and what the ticks hand over."""
    for place, person in enumerate(crowd):
        yield {"person": person, "path": page(place), "at": LATER}
    for tick, moment in enumerate(MOMENTS):
        for place in due_at(tick, len(crowd)):
            yield {"person": crowd[place], "path": page(place), "at": moment}


def copy_key(folder: Path, rounds: int) -> None:
    """Give every round a key file: copies, which nobody opens, since each real one would wait for the disk."""
    (made,) = folder.iterdir()
    for number in range(2, rounds + 1):
        shutil.copyfile(made, made.with_name(f"{number}{made.suffix}"))
