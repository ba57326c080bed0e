"""Telegram groups: their chat ids sealed, and every id a group ever had, hashed, to find it by."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.adapters.db.messages import OUTBOX
from bot.adapters.db.partnerships import PARTNERSHIP
from bot.adapters.db.schema import WHICH, Number, Repository, metadata
from bot.adapters.db.vault import Vault
from bot.core.ids import GroupId
from bot.core.partnerships import Group
from bot.errors import StoreError

CHAT_GROUP = Table(
    "chat_group",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("chat", LargeBinary, nullable=False),
    Column("languages", String(110), nullable=False),
    Column("topic", BigInteger),
    Column("active", Boolean, nullable=False),
)

CHAT_ALIAS = Table(
    "chat_alias",
    metadata,
    Column("lookup", LargeBinary(32), primary_key=True),
    Column("group", Number, ForeignKey(CHAT_GROUP.c.id, ondelete="CASCADE"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

_GROUP = select(
    CHAT_GROUP.c.id, CHAT_GROUP.c.chat, CHAT_GROUP.c.languages, CHAT_GROUP.c.topic, CHAT_GROUP.c.active
)
_GET = _GROUP.where(CHAT_GROUP.c.id == WHICH)
_FIND = _GROUP.join(CHAT_ALIAS, CHAT_ALIAS.c.group == CHAT_GROUP.c.id).where(CHAT_ALIAS.c.lookup == WHICH)
_ADD = insert(CHAT_GROUP)
_SAVE = update(CHAT_GROUP).where(CHAT_GROUP.c.id == WHICH)
_REMOVE = delete(CHAT_GROUP).where(CHAT_GROUP.c.id == WHICH)
_ADD_ALIAS = insert(CHAT_ALIAS)
_REDIRECTS = tuple(
    update(table).where(table.c.group == WHICH).values(group=bindparam("kept"))
    for table in (CHAT_ALIAS, PARTNERSHIP, OUTBOX)
)


class SqlGroups(Repository):
    """``Groups`` over the tables ``chat_group`` and ``chat_alias``."""

    def __init__(self, connection: Connection, vault: Vault, draw: Callable[[], int]) -> None:
        super().__init__(connection)
        self._vault = vault
        self._draw = draw

    def find(self, chat: int) -> Group | None:
        lookup = self._vault.lookup("chat", chat)
        row = self._connection.execute(_FIND, {"which": lookup}).one_or_none()
        return None if row is None else self._group(*row)

    def get(self, group: GroupId) -> Group:
        row = self._connection.execute(_GET, {"which": group}).one_or_none()
        if row is None:
            raise StoreError("There is no such group, or no longer.")
        return self._group(*row)

    def add(self, chat: int, *, language: str, topic: int | None = None) -> Group:
        group = Group(GroupId(self._draw()), chat, (language,), topic)
        self._connection.execute(_ADD, {**_row(group), "id": group.id, "chat": self._sealed(group.id, chat)})
        self._add_alias(group.id, chat)
        return group

    def save(self, group: Group) -> None:
        """Store languages, topic and whether it is active; only ``move`` changes the chat."""
        self._connection.execute(_SAVE, {"which": group.id, **_row(group)})

    def move(self, old: int, new: int) -> None:
        """Follow a group to its new chat id; if that was taken for another group, the two become one."""
        kept, twin = self.find(old), self.find(new)
        if kept is None or kept.chat == new:
            return
        if twin is None:
            self._add_alias(kept.id, new)
        elif twin.id != kept.id:
            for redirect in _REDIRECTS:
                self._connection.execute(redirect, {"which": twin.id, "kept": kept.id})
            self._connection.execute(_REMOVE, {"which": twin.id})
        self._connection.execute(_SAVE, {"which": kept.id, "chat": self._sealed(kept.id, new)})

    def _add_alias(self, group: GroupId, chat: int) -> None:
        self._connection.execute(_ADD_ALIAS, {"lookup": self._vault.lookup("chat", chat), "group": group})

    def _sealed(self, group: GroupId, chat: int) -> bytes:
        return self._vault.seal_number(chat, label=f"chat|{group}")

    def _group(self, group: GroupId, sealed: bytes, languages: str, topic: int | None, active: bool) -> Group:
        chat = self._vault.unseal_number(sealed, label=f"chat|{group}")
        return Group(group, chat, tuple(languages.split()), topic, active)


def _row(group: Group) -> dict[str, str | int | bool | None]:
    return {"languages": " ".join(group.languages), "topic": group.topic, "active": group.active}
