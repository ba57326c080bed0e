"""What a crash and a close leave on disk, and ways to crash at a chosen step."""

from __future__ import annotations

import base64
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.adapters.db.store import SqlStore
from bot.adapters.keys import KeyDirectory
from bot.app import clockwork
from bot.app.ports import KeyStore, Transaction
from bot.app.work import Service
from bot.core.confidentiality.sealing import RoundKeys
from bot.core.ids import RoundId
from bot.settings import Settings
from bot.wiring.machine import open_store
from tests.traces import rows_of
from tests.worlds import Scene, settings_in

T = TypeVar("T")

ROUND = RoundId(1)
"""The round that is closed."""


def traces_in(folder: Path, secrets: list[bytes]) -> list[str]:
    """Names of files that hold one of these, as it is or in another writing."""
    forms = {form for secret in secrets for form in _forms(secret)}
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(form in content for content in [path.read_bytes()] for form in forms)
    ]


def _forms(secret: bytes) -> Iterator[bytes]:
    yield from (secret, secret.hex().encode(), secret.hex().upper().encode())
    for shift in range(3):  # base64 writes three bytes at a time, wherever a secret begins
        written = base64.b64encode(bytes(shift) + secret)
        yield written[4 if shift else 0 : len(written) // 4 * 4 - 4]
    if secret.isascii():
        yield secret.decode().encode("utf-16-le")


def secrets_of(settings: Settings) -> list[bytes]:
    """What must be gone after the close: sealed answers, pseudonyms, the round's key however kept, the master."""
    with closing(
        sqlite3.connect(f"file:{settings.data_dir / 'bot.sqlite3'}?mode=ro", uri=True)
    ) as connection:
        sealed = [part for row in connection.execute("select pseudonym, value from answer") for part in row]
    keys = KeyDirectory(settings.keys, settings.master_key)
    (wrapped,) = settings.keys.iterdir()
    master = settings.master_key.read_bytes().split()[1]
    return [
        *(part[:32] for part in sealed),
        *(part[-32:] for part in sealed),
        wrapped.read_bytes(),
        keys.round_key(ROUND),
        master,
        bytes.fromhex(master.decode()),
    ]


def answers_left(database: Path) -> list[str]:
    return [row for row in rows_of(database) if row.startswith("answer:")]


class Killed(BaseException):
    """The process is gone; nothing catches it."""


@dataclass
class Fuse:
    """Kills after so many steps; ``copy`` then holds what was on disk."""

    folder: Path
    copy: Path
    steps: int
    taken: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        self.taken.append(name)
        if len(self.taken) == self.steps:
            shutil.copytree(self.folder, self.copy)
            raise Killed


class KillableStore:
    """A store that may not come back from a transaction."""

    def __init__(self, store: SqlStore, fuse: Fuse, database: Path) -> None:
        self._store = store
        self._fuse = fuse
        self._database = database

    async def run(self, function: Callable[[Transaction], T]) -> T:
        result = await self._store.run(function)
        self._fuse.step("transaction")
        return result

    async def once(self, update: int, function: Callable[[Transaction], T], *, now: datetime) -> T | None:
        return await self._store.once(update, function, now=now)

    async def compact(self) -> None:
        self._fuse.step("before compacting")
        await self._store.compact()
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as connection:
            assert connection.execute("pragma freelist_count").fetchone() == (0,)
        assert self._database.with_name("bot.sqlite3-wal").stat().st_size == 0
        self._fuse.step("compacted")


class KillableKeys:
    """Keys of which one may just have been destroyed when the process ends."""

    def __init__(self, keys: KeyStore, fuse: Fuse) -> None:
        self._keys = keys
        self._fuse = fuse

    def identity_key(self) -> bytes:
        return self._keys.identity_key()

    def create(self, round_id: RoundId) -> None:
        self._keys.create(round_id)

    def round_keys(self, round_id: RoundId) -> RoundKeys:
        return self._keys.round_keys(round_id)

    def existing(self) -> frozenset[RoundId]:
        return self._keys.existing()

    def destroy(self, round_id: RoundId) -> None:
        self._fuse.step("before destroying the key")
        self._keys.destroy(round_id)
        self._fuse.step("key destroyed")


async def close_and_die(scene: Scene, base: Path, fuse: Fuse) -> bool:
    """Close on a copy of ``base`` until the fuse burns down.

    Returns: whether it did; otherwise everything up to the digest was done.
    """
    shutil.copytree(base, fuse.folder)
    settings = settings_in(fuse.folder)
    stored = open_store(settings)
    killable = KillableStore(stored.store, fuse, fuse.folder / "bot.sqlite3")
    setting = replace(scene.machine.service.setting, keys=KillableKeys(stored.keys, fuse))
    service = Service(killable, setting, committed=lambda _: None)
    try:
        await clockwork.tick(service, killable.compact)
        end = stored.store.run_now(lambda tx: tx.rounds.get(ROUND).digest_at)  # type: ignore[union-attr]
        assert end is not None
        scene.clock.push(end - scene.now())
        await clockwork.tick(service, killable.compact)
    except Killed:
        return True
    finally:
        stored.store.stop_now()
    return False
