"""Messages waiting to be delivered: whom, and which page; never a text."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Boolean, Connection, bindparam, delete, exists, func, insert, or_, select, update

from bot.adapters.db.messages import OUTBOX, POSTED, State
from bot.adapters.db.prepared import Prepared
from bot.adapters.db.schema import WHICH, Repository, UTCDateTime, columns_of, insert_new, insert_where
from bot.app.ports import Lane, OutboxRow, What
from bot.core.ids import GroupId, OutboxId, PersonId

_NOBODY = PersonId(0)

_ADD = insert(OUTBOX)
_NEW = {
    "state": State.PENDING,
    "path": "",
    "person": None,
    "group": None,
    "fresh": False,
    "attempts": 0,
    "due": None,
    "error": None,
    "taker": None,
}
_SCREEN = {"what": What.SCREEN, "lane": Lane.REPLY, "person": WHICH, "fresh": bindparam("anew")}
_ADD_SCREEN = Prepared(insert(OUTBOX).values({**_NEW, **_SCREEN}))
_NOTE_ONCE = insert_new(POSTED, key=("once", "person"))

_WAITING_SCREEN = Prepared(
    update(OUTBOX)
    .where(OUTBOX.c.person == WHICH, OUTBOX.c.state == State.PENDING, OUTBOX.c.what == What.SCREEN)
    .values(fresh=or_(OUTBOX.c.fresh, bindparam("anew", type_=Boolean())))
)

_BEFORE_IT = select(OUTBOX.c.id).where(
    OUTBOX.c.person == WHICH,
    or_(OUTBOX.c.state == State.SENDING, (OUTBOX.c.state == State.PENDING) & (OUTBOX.c.lane == Lane.REPLY)),
)
"""What of a person is under way already, or goes before a screen that is asked for now."""

_WAITS = Prepared(_BEFORE_IT.limit(1))
_TAKEN = {"state": State.SENDING, "taker": bindparam("by")}
_TAKE_SCREEN = Prepared(
    insert_where({**_NEW, **_SCREEN, **_TAKEN}, OUTBOX, ~_BEFORE_IT.exists()).returning(OUTBOX.c.id)
)

_SAME_PAGE = (
    select(OUTBOX.c.id)
    .where(OUTBOX.c.person == WHICH, OUTBOX.c.state == State.PENDING, OUTBOX.c.what == What.PAGE)
    .where(OUTBOX.c.path == bindparam("same"), OUTBOX.c.lane == Lane.REPLY)
    .limit(1)
)

_SAME_POST = (
    select(OUTBOX.c.id)
    .where(OUTBOX.c.group == WHICH, OUTBOX.c.state == State.PENDING, OUTBOX.c.what == What.POST)
    .where(OUTBOX.c.path == bindparam("same"), OUTBOX.c.lane == Lane.REPLY)
    .limit(1)
)

_UNDER_WAY_TOO = OUTBOX.alias("under_way_too")
_CLAIMABLE = (
    select(*columns_of(OUTBOX, OutboxRow))
    .where(
        OUTBOX.c.state == State.PENDING,
        ~exists().where(_UNDER_WAY_TOO.c.person == OUTBOX.c.person, _UNDER_WAY_TOO.c.state == State.SENDING),
        or_(OUTBOX.c.due.is_(None), OUTBOX.c.due <= bindparam("now", type_=UTCDateTime())),
    )
    .order_by(OUTBOX.c.lane, OUTBOX.c.id)
)
_CLAIM = update(OUTBOX).where(OUTBOX.c.id.in_(bindparam("taken", expanding=True))).values(_TAKEN)
_MANY = 64  # rows read at a time while looking for chats that are free

_DELIVERABLE = (State.PENDING, State.SENDING)

_SENT = Prepared(delete(OUTBOX).where(OUTBOX.c.id == WHICH))
_UPDATE = update(OUTBOX).where(OUTBOX.c.id == WHICH)
_RETRY = _UPDATE.values(state=State.PENDING)
_DROP = delete(OUTBOX).where(OUTBOX.c.person == WHICH, OUTBOX.c.state.in_(_DELIVERABLE))
_ABANDONED = (
    update(OUTBOX)
    .where(OUTBOX.c.state == State.SENDING)
    .where(or_(OUTBOX.c.taker.is_(None), OUTBOX.c.taker.not_in(bindparam("there", expanding=True))))
)
_RECOVER_HANDED_OVER = _ABANDONED.where(OUTBOX.c.what != What.SCREEN, OUTBOX.c.attempts > 0).values(
    state=State.DOUBT
)
_RECOVER = _ABANDONED.values(state=State.PENDING)
_WAITING = select(func.count()).where(OUTBOX.c.state.in_(_DELIVERABLE))
_OLDEST = select(func.min(OUTBOX.c.id)).where(OUTBOX.c.state.in_(_DELIVERABLE))


class SqlOutbox(Repository):
    """``Outbox`` over the tables ``outbox`` and ``posted``.

    Args:
        session: the number of the session in which it works, which is noted with what is taken in it.
        sessions: tells the numbers of all sessions of processes that run.
    """

    def __init__(
        self, connection: Connection, *, session: int, sessions: Callable[[], Collection[int]]
    ) -> None:
        super().__init__(connection)
        self._session = session
        self._sessions = sessions
        self._asked_for: PersonId | None = None
        self._fresh = False
        self._left = False

    def show(self, person: PersonId, *, fresh: bool = False) -> None:
        if person != self._asked_for:
            self.settle()
            self._asked_for, self._fresh = person, False
        self._fresh |= fresh

    @property
    def asked_for(self) -> PersonId | None:
        return self._asked_for

    @property
    def left(self) -> bool:
        return self._left or self._asked_for is not None

    def take_screen(self) -> OutboxRow | None:
        person = self._asked_for
        if person is None:
            return None
        taken = _TAKE_SCREEN.row(self._connection, which=person, anew=self._fresh, by=self._session)
        if taken is None:
            self.settle()
            return None
        self._asked_for = None
        return OutboxRow(taken[0], What.SCREEN, Lane.REPLY, "", person, fresh=self._fresh)

    def settle(self) -> None:
        """Queue the screen that was asked for last, if it was not taken: what a transaction ends with."""
        person, self._asked_for = self._asked_for, None
        if person is None:
            return
        screen = {"which": person, "anew": self._fresh}
        if not _WAITING_SCREEN.changed(self._connection, **screen):
            _ADD_SCREEN.changed(self._connection, **screen)
        self._left = True

    def read_anew(self) -> None:
        """Do not ask for what was asked for last: it may have been undone."""
        self._asked_for = None

    def tell(self, person: PersonId, path: str, *, lane: Lane = Lane.NOTICE) -> None:
        self.settle()  # what comes later goes later
        same = {"which": person, "same": path}
        if lane is Lane.REPLY and self._connection.execute(_SAME_PAGE, same).first():
            return
        row = {"what": What.PAGE, "lane": lane, "path": path, "person": person}
        self._connection.execute(_ADD, {**_NEW, **row})
        self._left = True

    def post(self, group: GroupId, path: str, *, lane: Lane = Lane.REPLY, once: str | None = None) -> None:
        """Queue a page for a group; a ``once`` key holds for all groups together."""
        self.settle()
        same = {"which": group, "same": path}
        if lane is Lane.REPLY and once is None and self._connection.execute(_SAME_POST, same).first():
            return
        if once is None or self.first_time(once, _NOBODY):
            row = {"what": What.POST, "lane": lane, "path": path, "group": group}
            self._connection.execute(_ADD, {**_NEW, **row})
            self._left = True

    def claim(
        self, *, now: datetime, limit: int, busy: Collection[tuple[str, int]] = (), bulk: int | None = None
    ) -> tuple[OutboxRow, ...]:
        self.settle()
        taken: list[OutboxRow] = []
        left = limit if bulk is None else bulk
        chats: set[tuple[str, int | None]] = set(busy)
        with self._connection.execute(_CLAIMABLE, {"now": now}) as rows:
            for row in rows.yield_per(_MANY):
                if len(taken) >= limit:
                    break
                waiting = OutboxRow(*row)
                can_wait = waiting.lane is not Lane.REPLY
                if can_wait and left <= 0:
                    break
                chat = _chat(waiting)
                if chat not in chats:
                    chats.add(chat)
                    taken.append(waiting)
                    left -= can_wait
        if taken:
            self._connection.execute(_CLAIM, {"taken": [row.id for row in taken], "by": self._session})
        return tuple(taken)

    def attempt(self, row: OutboxId, attempts: int) -> None:
        self._connection.execute(_UPDATE, {"which": row, "attempts": attempts})

    def sent(self, rows: Collection[OutboxId]) -> None:
        _SENT.each(self._connection, [{"which": row} for row in rows])

    def look_behind(self, person: PersonId) -> None:
        self._left |= _WAITS.row(self._connection, which=person) is not None

    def retry(self, row: OutboxId, *, due: datetime, attempts: int) -> None:
        self._connection.execute(_RETRY, {"which": row, "due": due, "attempts": attempts})

    def doubt(self, row: OutboxId) -> None:
        self._connection.execute(_UPDATE, {"which": row, "state": State.DOUBT})

    def give_up(self, row: OutboxId, reason: str) -> None:
        """Keep a row that cannot be delivered, for the operator; ``reason`` is a code, never a text."""
        self._connection.execute(_UPDATE, {"which": row, "state": State.DEAD, "error": reason})

    def drop(self, person: PersonId) -> None:
        self.settle()
        self._connection.execute(_DROP, {"which": person})

    def waiting(self) -> int:
        self.settle()
        return int(self._connection.execute(_WAITING).scalar_one())

    def oldest(self) -> OutboxId | None:
        self.settle()
        found = self._connection.execute(_OLDEST).scalar_one()
        return None if found is None else OutboxId(found)

    def recover(self) -> int:
        there = {"there": list(self._sessions())}
        doubtful = self._connection.execute(_RECOVER_HANDED_OVER, there).rowcount
        return doubtful + self._connection.execute(_RECOVER, there).rowcount

    def first_time(self, once: str, person: PersonId) -> bool:
        """Note a key; the keys of different people do not meet."""
        return self._connection.execute(_NOTE_ONCE, {"once": once, "person": person}).rowcount == 1


def _chat(row: OutboxRow) -> tuple[str, int | None]:
    return ("person", row.person) if row.group is None else ("group", row.group)
