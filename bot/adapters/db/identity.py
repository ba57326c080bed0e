"""People: the only tables that know Telegram accounts, and what is unfinished in private chats; sealed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)

from bot.adapters.db.codec import place_from_json, place_to_json
from bot.adapters.db.messages import FORGET_MESSAGES
from bot.adapters.db.prepared import Prepared
from bot.adapters.db.schema import WHICH, Number, Repository, UTCDateTime, columns_of, metadata
from bot.adapters.db.seats import FACILITATOR, SEAT, VACATE_ALL
from bot.adapters.db.vault import Vault
from bot.app.ports import Attention, Place
from bot.core.confidentiality.sealing import PLACE_SIZE, SHEET_SIZE
from bot.core.ids import PersonId
from bot.errors import StoreError

T = TypeVar("T")

PERSON = Table(
    "person",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("lookup", LargeBinary(32), nullable=False, unique=True),
    Column("account", LargeBinary, nullable=False),
    Column("language", String(35), nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("plain", Boolean, nullable=False),
    Column("loose_since", Date),
    Column("zone", String(64)),
    Column("snoozed_until", UTCDateTime),
    Column("notified_at", UTCDateTime),
)

PLACE = Table(
    "place",
    metadata,
    Column(
        "person", Number, ForeignKey(PERSON.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("content", LargeBinary, nullable=False),
)

DRAFT = Table(
    "draft",
    metadata,
    Column("person", Number, ForeignKey(PERSON.c.id, ondelete="CASCADE"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

_PERSON = select(
    PERSON.c.id,
    PERSON.c.account,
    PERSON.c.language,
    PERSON.c.reachable,
    PERSON.c.plain,
    PLACE.c.content.label("place"),
).outerjoin_from(PERSON, PLACE)
"""A person with their place: nearly every update asks for both."""
_ATTENTION = select(*columns_of(PERSON, Attention)).where(PERSON.c.id == WHICH)
_FIND = Prepared(_PERSON.where(PERSON.c.lookup == bindparam("lookup")))
_FIND_ALL = _PERSON.where(PERSON.c.lookup.in_(bindparam("lookups", expanding=True)))
_KNOWN = Prepared(_PERSON.where(PERSON.c.id == WHICH))
_UPDATE = update(PERSON).where(PERSON.c.id == WHICH)
_ADD = insert(PERSON)
_FORGET = delete(PERSON).where(PERSON.c.id == WHICH)
_STRANGERS = select(PERSON.c.id).where(
    PERSON.c.loose_since < bindparam("before", type_=Date()),
    ~exists().where(SEAT.c.person == PERSON.c.id),
    ~exists().where(FACILITATOR.c.person == PERSON.c.id),
)
_ADD_PLACE = insert(PLACE)
_PUT_PLACE = Prepared(update(PLACE).where(PLACE.c.person == WHICH).values(content=bindparam("sealed")))

_DRAFT = (DRAFT.c.person == WHICH) & (DRAFT.c.name == bindparam("named"))
_LOAD_DRAFT = select(DRAFT.c.content).where(_DRAFT)
_SAVE_DRAFT = update(DRAFT).where(_DRAFT)
_ADD_DRAFT = insert(DRAFT)
_DRAFTS = select(DRAFT.c.name).where(DRAFT.c.person == WHICH).order_by(DRAFT.c.name)
_DROP_DRAFT = delete(DRAFT).where(_DRAFT)


class _Person(NamedTuple):
    """A row of ``_PERSON``."""

    id: PersonId
    account: bytes
    language: str
    reachable: bool
    plain: bool
    place: bytes | None


class SqlPeople(Repository):
    """``People`` over the tables ``person`` and ``place``."""

    def __init__(self, connection: Connection, vault: Vault, draw: Callable[[], int]) -> None:
        super().__init__(connection)
        self._vault = vault
        self._draw = draw
        self._read: dict[PersonId, _Person] = {}  # rows of this transaction, until they are changed
        self._places: dict[PersonId, Place] = {}  # likewise

    def find(self, account: int) -> PersonId | None:
        row = _FIND.row(self._connection, lookup=self._vault.lookup("account", account))
        if row is None:
            return None
        person = _Person(*row)
        self._read[person.id] = person
        return person.id

    def find_all(self, accounts: Collection[int]) -> frozenset[PersonId]:
        lookups = [self._vault.lookup("account", account) for account in accounts]
        if not lookups:
            return frozenset()
        found = [_Person(*row) for row in self._connection.execute(_FIND_ALL, {"lookups": lookups})]
        self._read.update({person.id: person for person in found})
        return frozenset(person.id for person in found)

    def add(self, account: int, *, language: str) -> PersonId:
        person = PersonId(self._draw())
        row = {
            "id": person,
            "lookup": self._vault.lookup("account", account),
            "account": self._vault.seal_number(account, label=f"account|{person}"),
            "language": language,
            "reachable": True,
            "plain": False,
        }
        self._connection.execute(_ADD, row)
        self._connection.execute(_ADD_PLACE, {"person": person, "content": self._sealed(person, Place())})
        return person

    def account(self, person: PersonId) -> int:
        return self._vault.unseal_number(self._row(person).account, label=f"account|{person}")

    def language(self, person: PersonId) -> str:
        return self._row(person).language

    def set_language(self, person: PersonId, language: str) -> None:
        self._change(person, language=language)

    def is_plain(self, person: PersonId) -> bool:
        return self._row(person).plain

    def set_plain(self, person: PersonId, plain: bool) -> None:
        self._change(person, plain=plain)

    def place(self, person: PersonId) -> Place:
        if person not in self._places:
            opened = self._vault.unseal(_known(self._row(person).place), label=f"place|{person}")
            self._places[person] = place_from_json(opened)
        return self._places[person]

    def put_place(self, person: PersonId, place: Place, *, anew: bool = False) -> None:
        if anew or self._places.get(person) != place:
            _PUT_PLACE.changed(self._connection, which=person, sealed=self._sealed(person, place))
            self._places[person] = place

    def reachable(self, person: PersonId) -> bool:
        return self._row(person).reachable

    def set_reachable(self, person: PersonId, reachable: bool) -> None:
        self._change(person, reachable=reachable)

    def attention(self, person: PersonId) -> Attention:
        return Attention(*_known(self._connection.execute(_ATTENTION, {"which": person}).one_or_none()))

    def set_attention(self, person: PersonId, attention: Attention) -> None:
        self._change(person, **asdict(attention))

    def set_loose(self, person: PersonId, since: date) -> None:
        self._connection.execute(_UPDATE, {"which": person, "loose_since": since})

    def strangers(self, before: date) -> tuple[PersonId, ...]:
        return tuple(self._connection.execute(_STRANGERS, {"before": before}).scalars())

    def forget(self, person: PersonId) -> None:
        for statement in (*VACATE_ALL, *FORGET_MESSAGES, _FORGET):  # place and drafts go with the person
            self._connection.execute(statement, {"which": person})
        self._read.pop(person, None)
        self._places.pop(person, None)

    def read_anew(self) -> None:
        """Believe nothing that was read before: it may have been undone."""
        self._read.clear()
        self._places.clear()

    def _row(self, person: PersonId) -> _Person:
        if person not in self._read:
            self._read[person] = _Person(*_known(_KNOWN.row(self._connection, which=person)))
        return self._read[person]

    def _change(self, person: PersonId, **values: object) -> None:
        self._connection.execute(_UPDATE, {"which": person, **values})
        self._read.pop(person, None)

    def _sealed(self, person: PersonId, place: Place) -> bytes:
        return self._vault.seal(place_to_json(place), label=f"place|{person}", size=PLACE_SIZE)


class SqlDrafts(Repository):
    """``Drafts`` over the table ``draft``."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        super().__init__(connection)
        self._vault = vault

    def load(self, person: PersonId, name: str) -> bytes | None:
        sealed = self._connection.execute(_LOAD_DRAFT, {"which": person, "named": name}).scalar_one_or_none()
        return None if sealed is None else self._vault.unseal(sealed, label=f"draft|{person}|{name}")

    def save(self, person: PersonId, name: str, content: bytes) -> None:
        sealed = self._vault.seal(content, label=f"draft|{person}|{name}", size=SHEET_SIZE)
        saved = self._connection.execute(_SAVE_DRAFT, {"which": person, "named": name, "content": sealed})
        if not saved.rowcount:
            self._connection.execute(_ADD_DRAFT, {"person": person, "name": name, "content": sealed})

    def drop(self, person: PersonId, name: str) -> None:
        self._connection.execute(_DROP_DRAFT, {"which": person, "named": name})

    def names(self, person: PersonId) -> tuple[str, ...]:
        return tuple(self._connection.execute(_DRAFTS, {"which": person}).scalars())


def _known(value: T | None) -> T:
    if value is None:
        raise StoreError("This person is not known, or no longer: nothing was changed.")
    return value
