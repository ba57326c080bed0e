from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.keys import KeyDirectory
from bot.core.confidentiality.sealing import RoundKeys
from bot.core.ids import RoundId
from bot.errors import KeysError

R1, R2, R3 = RoundId(1), RoundId(2), RoundId(3)


class PowerCut(BaseException):
    """Not an Exception, so that nothing on the way tidies up after it."""


def installation(root: Path) -> KeyDirectory:
    """A fresh look at what is on disk, as after a restart."""
    return KeyDirectory(root / "keys", root / "master.key")


def prepared(root: Path) -> KeyDirectory:
    keys = installation(root)
    keys.prepare(database_exists=(root / "master.key").exists())
    return keys


def test_a_new_installation_gets_keys_that_only_its_owner_can_read(tmp_path: Path) -> None:
    root = tmp_path / "data"
    prepared(root).create(R1)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [root, *root.rglob("*")]}
    assert modes == {"data": 0o700, "keys": 0o700, "master.key": 0o600, "identity.key": 0o600, "1.0": 0o600}


def test_preparing_again_changes_nothing(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    keys.create(R1)
    before = keys.identity_key(), keys.round_key(R1)
    again = prepared(tmp_path)
    assert (again.identity_key(), again.round_key(R1)) == before


@pytest.mark.parametrize("lost", ["master.key", "identity.key"])
def test_beside_a_database_a_missing_key_is_an_error_that_says_what_to_do(tmp_path: Path, lost: str) -> None:
    prepared(tmp_path)
    (tmp_path / lost).unlink()
    with pytest.raises(KeysError, match="Put both back"):
        installation(tmp_path).prepare(database_exists=True)
    assert not (tmp_path / lost).exists()


def test_a_first_start_that_was_interrupted_is_finished_by_the_next(tmp_path: Path) -> None:
    prepared(tmp_path)
    (tmp_path / "identity.key").unlink()
    keys = installation(tmp_path)
    keys.prepare(database_exists=False)
    assert len(keys.identity_key()) == 32


@pytest.mark.parametrize("content", [b"", b"\0" * 67, b"0\nabc\n", b"0\n" + b"zz" * 32 + b"\n"])
def test_a_damaged_master_key_is_an_error_that_repeats_nothing_of_it(tmp_path: Path, content: bytes) -> None:
    prepared(tmp_path)
    (tmp_path / "master.key").write_bytes(content)
    with pytest.raises(KeysError, match="not a key file of this bot"):
        installation(tmp_path).prepare(database_exists=True)


def test_a_damaged_identity_key_is_an_error(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    (tmp_path / "identity.key").write_bytes(b"short")
    with pytest.raises(KeysError, match="damaged"):
        keys.identity_key()


def test_each_round_has_a_key_of_its_own_that_survives_a_restart(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    keys.create(R1)
    keys.create(R2)
    assert keys.round_key(R1) != keys.round_key(R2)
    assert prepared(tmp_path).round_key(R1) == keys.round_key(R1)


def test_creating_a_key_twice_keeps_the_first(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    keys.create(R1)
    first = keys.round_key(R1)
    keys.create(R1)
    assert prepared(tmp_path).round_key(R1) == first


def test_a_round_without_a_key_is_an_error(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    assert not keys.has(R1)
    with pytest.raises(KeysError, match="does not exist"):
        keys.round_key(R1)


def test_what_is_made_from_a_key_is_gone_with_it(tmp_path: Path) -> None:
    here, elsewhere = prepared(tmp_path), prepared(tmp_path)
    here.create(R1)
    assert here.round_keys(R1) == elsewhere.round_keys(R1) == RoundKeys.of(here.round_key(R1))
    elsewhere.destroy(R1)
    with pytest.raises(KeysError):
        here.round_keys(R1)


def test_no_file_holds_a_round_key_in_clear_or_tells_when_it_was_made(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    keys.create(R1)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    for path in files:
        content = path.read_bytes()
        assert keys.round_key(R1) not in content
        assert keys.round_key(R1).hex().encode() not in content
    assert {path.stat().st_mtime for path in files} == {315532800}


def test_a_destroyed_key_is_gone_and_leaves_an_empty_folder(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    keys.create(R1)
    keys.round_key(R1)
    keys.destroy(R1)
    assert not keys.has(R1)
    with pytest.raises(KeysError):
        keys.round_key(R1)
    assert list((tmp_path / "keys").iterdir()) == []


def test_other_open_rounds_and_the_identity_store_keep_their_keys(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    for round_id in (R1, R2, R3):
        keys.create(round_id)
    kept = keys.round_key(R2), keys.round_key(R3), keys.identity_key()
    keys.destroy(R1)
    again = prepared(tmp_path)
    assert (again.round_key(R2), again.round_key(R3), again.identity_key()) == kept


def test_destroying_again_or_for_nothing_changes_nothing(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    keys.create(R1)
    keys.destroy(R1)
    master = (tmp_path / "master.key").read_bytes()
    keys.destroy(R1)
    keys.destroy(R2)
    assert (tmp_path / "master.key").read_bytes() == master


def test_a_round_closed_by_another_process_is_gone_here_too(tmp_path: Path) -> None:
    here, there = prepared(tmp_path), prepared(tmp_path)
    for round_id in (R1, R2):
        here.create(round_id)
    kept = here.round_key(R2)
    here.round_key(R1)
    there.destroy(R1)
    with pytest.raises(KeysError):
        here.round_key(R1)
    assert here.round_key(R2) == kept


def test_an_old_master_opens_nothing_written_later(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    keys.create(R1)
    keys.create(R2)
    old_master = (tmp_path / "master.key").read_bytes()
    keys.destroy(R1)
    keys.create(R3)
    # Even when the thief names the later files as the old master expects them.
    stolen = tmp_path / "stolen"
    shutil.copytree(tmp_path / "keys", stolen / "keys")
    for name in ("2", "3"):
        (stolen / "keys" / f"{name}.1").rename(stolen / "keys" / f"{name}.0")
    (stolen / "master.key").write_bytes(old_master)
    thief = installation(stolen)
    for round_id in (R2, R3):
        assert thief.has(round_id)
        with pytest.raises(KeysError):
            thief.round_key(round_id)


@pytest.mark.parametrize("claimed", [1, 0])
def test_a_later_master_does_not_open_an_old_copy(tmp_path: Path, claimed: int) -> None:
    keys = prepared(tmp_path)
    keys.create(R1)
    backup = (tmp_path / "keys" / "1.0").read_bytes()
    keys.destroy(R1)
    (tmp_path / "keys" / "1.1").write_bytes(backup)
    _, master = (tmp_path / "master.key").read_text("ascii").split()
    (tmp_path / "master.key").write_text(f"{claimed}\n{master}\n", "ascii")
    (tmp_path / "keys" / "1.0").write_bytes(backup)
    with pytest.raises(KeysError):
        installation(tmp_path).round_key(R1)


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    keys = prepared(tmp_path)
    stray = tmp_path / "keys" / "README"
    stray.write_text("keep out of backups", "ascii")
    keys.create(R1)
    keys.destroy(R1)
    assert stray.exists()


def test_a_folder_that_cannot_be_used_is_an_error_without_a_path(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file in the way", "ascii")
    with pytest.raises(KeysError, match="KEY_DIR or MASTER_KEY_FILE") as refused:
        prepared(tmp_path)
    assert str(tmp_path) not in str(refused.value)


def cut_power_at(monkeypatch: pytest.MonkeyPatch, step: int) -> list[str]:
    """Let the call number ``step`` that changes the disk fail, before it has done anything."""
    done: list[str] = []

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if len(done) == step:
                raise PowerCut
            done.append(name)
            return real(*args, **kwargs)

        return call

    for name in ("fsync", "utime", "write"):
        monkeypatch.setattr(os, name, counted(name, getattr(os, name)))
    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, counted(name, getattr(Path, name)))
    return done


def steps_of_a_close(root: Path) -> int:
    keys = opened(root)
    with pytest.MonkeyPatch.context() as patch:
        done = cut_power_at(patch, step=-1)
        keys.destroy(R1)
    return len(done)


def opened(root: Path) -> KeyDirectory:
    keys = prepared(root)
    for round_id in (R1, R2, R3):
        keys.create(round_id)
    return keys


def test_a_close_interrupted_at_any_step_can_be_repeated_and_loses_no_other_round(tmp_path: Path) -> None:
    steps = steps_of_a_close(tmp_path / "whole")
    assert steps > 10
    for step in range(steps):
        root = tmp_path / str(step)
        keys = opened(root)
        first, kept = keys.round_key(R1), (keys.round_key(R2), keys.round_key(R3))
        with pytest.MonkeyPatch.context() as patch:
            cut_power_at(patch, step)
            with pytest.raises(PowerCut):
                keys.destroy(R1)
        # Before the restart nothing is half true: the round is whole, or it is gone.
        between = installation(root)
        assert not between.has(R1) or between.round_key(R1) == first
        assert (between.round_key(R2), between.round_key(R3)) == kept

        again = prepared(root)
        again.destroy(R1)
        assert not again.has(R1)
        assert (again.round_key(R2), again.round_key(R3)) == kept
        assert sorted(path.name for path in (root / "keys").iterdir()) == ["2.1", "3.1"]


def test_a_round_opened_between_an_interruption_and_the_repeat_keeps_its_key(tmp_path: Path) -> None:
    for step in range(steps_of_a_close(tmp_path / "whole")):
        root = tmp_path / str(step)
        keys = opened(root)
        with pytest.MonkeyPatch.context() as patch:
            cut_power_at(patch, step)
            with pytest.raises(PowerCut):
                keys.destroy(R1)
        late = RoundId(4)
        again = installation(root)
        again.create(late)
        key = again.round_key(late)
        again.destroy(R1)
        assert installation(root).round_key(late) == key


def test_rounds_that_open_and_close_at_once_do_not_lose_each_others_keys(tmp_path: Path) -> None:
    prepared(tmp_path)

    def open_and_close(number: int) -> tuple[bytes, RoundId]:
        keys = installation(tmp_path)
        kept, closed = RoundId(number), RoundId(100 + number)
        keys.create(kept)
        keys.create(closed)
        key = keys.round_key(kept)
        keys.destroy(closed)
        return key, kept

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(open_and_close, range(1, 13)))
    after = installation(tmp_path)
    assert [after.round_key(kept) for _, kept in results] == [key for key, _ in results]
