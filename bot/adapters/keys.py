"""The key directory: one wrapped key file per open round, and a master key that moves on at every close.

    MASTER_KEY_FILE    generation and master key; ``identity.key`` stands beside it and never changes
    KEY_DIR            ``<round>.<generation>``: a round's key, wrapped under the master of that generation

Destroying a round's key wraps the keys of the other open rounds under the next master, replaces the master,
then removes the files of the old generation. Replacing the master is the one step that counts: before it
nothing has changed, after it the round is gone, and whatever an interruption left lying about is swept up.
An old copy of folder and master opens no file written later, and no later master opens the copy.
Keep both out of backups. Source: reference on anonymity, 3.2 and 3.3.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.confidentiality.sealing import KEY_SIZE, RoundKeys, derive, new_key, seal, unseal
from bot.core.ids import RoundId
from bot.errors import KeysError

if sys.platform != "win32":
    import fcntl

_WRAPPED_SIZE = 64
_CONSTANT_TIME = 315532800  # 1980-01-01: the time of a key file must not tell when a round was opened
_UNFINISHED = ".new"
_MASTER = re.compile(rb"(?P<generation>\d+)\n(?P<key>[0-9a-f]{%d})\n" % (2 * KEY_SIZE))
_ROUND_FILE = re.compile(rf"(?P<round>\d+)\.(?P<generation>\d+)(?P<unfinished>{re.escape(_UNFINISHED)})?")


@dataclass(frozen=True, slots=True)
class _Master:
    generation: int
    key: bytes = field(repr=False)

    @classmethod
    def read(cls, file: Path) -> _Master:
        written = _MASTER.fullmatch(file.read_bytes())
        if not written:
            raise KeysError("MASTER_KEY_FILE is not a key file of this bot. Put the right file there.")
        return cls(int(written["generation"]), bytes.fromhex(written["key"].decode("ascii")))

    def write(self, file: Path) -> None:
        _write(file, f"{self.generation}\n{self.key.hex()}\n".encode("ascii"))

    def next(self) -> _Master:
        return _Master(self.generation + 1, derive(self.key, b"next master"))

    def wrap(self, round_id: RoundId, key: bytes) -> bytes:
        return seal(self._wrapping, key, associated=self._associated(round_id), size=_WRAPPED_SIZE)

    def unwrap(self, round_id: RoundId, wrapped: bytes) -> bytes:
        return unseal(self._wrapping, wrapped, associated=self._associated(round_id))

    @property
    def _wrapping(self) -> bytes:
        return derive(self.key, b"wrap round keys")

    def _associated(self, round_id: RoundId) -> bytes:
        return f"{round_id}.{self.generation}".encode("ascii")


@dataclass(frozen=True, slots=True)
class _Seen:
    """Which files a key was read from. Replacing one changes its number or its time of change, which nobody sets."""

    files: tuple[Path, ...]
    marks: tuple[tuple[int, int] | None, ...]

    @classmethod
    def of(cls, *files: Path) -> _Seen:
        return cls(files, tuple(map(_mark, files)))

    def is_still_there(self) -> bool:
        return tuple(map(_mark, self.files)) == self.marks


@dataclass(frozen=True, slots=True)
class _Known:
    """A round's key as it was read, what is made from it, and from which files it came."""

    key: bytes = field(repr=False)
    made: RoundKeys
    seen: _Seen


class KeyDirectory:
    """Keys of open rounds, shared by all processes that see the same folder.

    Every method raises KeysError when the files are missing, unreadable, not writable or do not fit.
    """

    def __init__(self, folder: Path, master_file: Path) -> None:
        self._folder = folder
        self._master_file = master_file
        self._identity_file = master_file.with_name("identity.key")
        self._cache: dict[RoundId, _Known] = {}

    def prepare(self, *, database_exists: bool) -> None:
        """Make what a new installation needs, and sweep up after an interruption.

        Beside an existing database nothing is made: new keys would open none of its records.
        """
        with _translated():
            for folder in (self._master_file.parent, self._folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._locked():
                missing = [f for f in (self._master_file, self._identity_file) if not f.exists()]
                if missing and database_exists:
                    raise KeysError(
                        "There is a database, but MASTER_KEY_FILE or the identity.key beside it is missing. "
                        "Put both back where they were; or, to begin anew, move the database away."
                    )
                if self._master_file in missing:
                    _Master(0, new_key()).write(self._master_file)
                if self._identity_file in missing:
                    _write(self._identity_file, new_key())
                self._sweep(_Master.read(self._master_file))

    def identity_key(self) -> bytes:
        """The key of the identity store, 32 bytes; it stays the same for the life of the installation."""
        with _translated():
            key = self._identity_file.read_bytes()
        if len(key) != KEY_SIZE:
            raise KeysError("identity.key beside MASTER_KEY_FILE is damaged. Put the right file there.")
        return key

    def create(self, round_id: RoundId) -> None:
        """Make the key of a round; one that exists is kept."""
        with _translated(), self._locked():
            master = _Master.read(self._master_file)
            file = self._file(round_id, master)
            if not file.exists():
                _write(file, master.wrap(round_id, new_key()))

    def has(self, round_id: RoundId) -> bool:
        """Say whether the round's key can still be read."""
        return self._read(round_id) is not None

    def existing(self) -> frozenset[RoundId]:
        """Rounds whose key is here."""
        with _translated(), self._locked(shared=True):
            return frozenset(round_id for round_id, _ in self._files())

    def round_key(self, round_id: RoundId) -> bytes:
        """The round's key, 32 bytes; files are read again only when the master or the round's file changed."""
        return self._known(round_id).key

    def round_keys(self, round_id: RoundId) -> RoundKeys:
        """The keys that are made from it, likewise."""
        return self._known(round_id).made

    def _known(self, round_id: RoundId) -> _Known:
        known = self._cache.get(round_id)
        with _translated():
            if known is not None and known.seen.is_still_there():
                return known
        found = self._read(round_id)
        if found is None:
            self._cache.pop(round_id, None)  # another process may have closed the round
            raise KeysError("The key of this round does not exist (any more); its answers cannot be read.")
        master, wrapped, seen = found
        key = master.unwrap(round_id, wrapped)
        self._cache[round_id] = known = _Known(key, RoundKeys.of(key), seen)
        return known

    def destroy(self, round_id: RoundId) -> None:
        """Make the round's key unreadable for ever; may be repeated after an interruption, or for nothing."""
        self._cache.pop(round_id, None)
        with _translated(), self._locked():
            master = _Master.read(self._master_file)
            self._sweep(master)
            if not self._file(round_id, master).exists():
                return
            following = master.next()
            for other, _ in self._files():
                if other != round_id:
                    key = master.unwrap(other, self._file(other, master).read_bytes())
                    _write(self._file(other, following), following.wrap(other, key))
            _replace_wiping(self._master_file, following)
            self._sweep(following)

    def _read(self, round_id: RoundId) -> tuple[_Master, bytes, _Seen] | None:
        with _translated(), self._locked(shared=True):
            master = _Master.read(self._master_file)
            file = self._file(round_id, master)
            seen = _Seen.of(self._master_file, file)
            return (master, file.read_bytes(), seen) if file.exists() else None

    def _file(self, round_id: RoundId, master: _Master) -> Path:
        return self._folder / f"{round_id}.{master.generation}"

    def _files(self) -> list[tuple[RoundId, Path]]:
        """Round files of all generations, finished or not."""
        found = ((_ROUND_FILE.fullmatch(path.name), path) for path in sorted(self._folder.iterdir()))
        return [(RoundId(int(match["round"])), path) for match, path in found if match]

    def _sweep(self, master: _Master) -> None:
        """Remove what is not of the master's generation; only under the lock."""
        for round_id, path in self._files():
            if path != self._file(round_id, master):
                _wipe(path)
                path.unlink()
        _sync_folder(self._folder)

    @contextmanager
    def _locked(self, *, shared: bool = False) -> Iterator[None]:
        """Keep other threads and processes from changing the folder; without a lock file that would stay."""
        if sys.platform == "win32":
            yield
            return
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _mark(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_ctime_ns


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        # Only the reason: a path could name a partnership's server, and the settings already say where.
        raise KeysError(f"KEY_DIR or MASTER_KEY_FILE cannot be used: {exc.strerror}.") from None


def _write(file: Path, content: bytes) -> None:
    """Put the whole content there or nothing, readable by the owner only."""
    unfinished = file.with_name(file.name + _UNFINISHED)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(handle)
    os.utime(unfinished, (_CONSTANT_TIME, _CONSTANT_TIME))
    unfinished.replace(file)
    _sync_folder(file.parent)


def _replace_wiping(file: Path, master: _Master) -> None:
    """Replace the master key, then overwrite the old one, which lives on in the file that was replaced."""
    with file.open("r+b") as old:
        size = os.fstat(old.fileno()).st_size
        master.write(file)
        _overwrite(old.fileno(), size)


def _wipe(file: Path) -> None:
    with file.open("r+b") as stream:
        _overwrite(stream.fileno(), os.fstat(stream.fileno()).st_size)


def _overwrite(handle: int, size: int) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, bytes(size))
    os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    """Make a rename or removal last through a power cut; Windows has no way to ask for it."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
