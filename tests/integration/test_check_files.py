"""What an author reads of flow files that are checked alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from tests.contract.fakes import FakeKeys
from tests.unit.flow.test_loader import GOOD


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


def check(capsys: pytest.CaptureFixture[str], *files: Path) -> tuple[int, str]:
    code = main(["check", *map(str, files)])
    return code, capsys.readouterr().out


def test_files_that_are_in_order_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "demo.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert check(capsys, file) == (0, "In order.\n")


def test_every_problem_of_every_file_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other, lost = tmp_path / "one.yaml", tmp_path / "other.yaml", tmp_path / "lost.yaml"
    one.write_text(GOOD.replace("title:", "titel:").replace("id: grid", "id: first"), encoding="utf-8")
    other.write_bytes(b"flow: \xff")
    code, said = check(capsys, one, other, lost)
    assert code == 1
    assert said.splitlines() == [
        f"{one}:1:1: title: is missing",
        f"{one}:3:8: titel: is not known here; check the spelling",
        f"{other}:1:1: is not UTF-8; save it as UTF-8",
        f"{lost}:1:1: cannot be read (No such file or directory)",
    ]


def test_a_file_that_is_too_large_is_not_looked_into(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "large.yaml"
    file.write_text(GOOD + "# much to say\n" * 6000, encoding="utf-8")
    assert check(capsys, file) == (1, f"{file}:1:1: is larger than 64 kB\n")


def test_other_steps_under_a_version_that_came_with_the_bot_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "demo.yaml"
    file.write_text(GOOD.replace("flow: demo", "flow: pulse"), encoding="utf-8")
    assert check(capsys, file) == (1, f"{file}:2:10: version: has other steps than before; write 2\n")


def test_other_steps_under_a_version_that_this_bot_has_used_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    store = SqlStore(database_of(f"sqlite:///{tmp_path / 'data' / 'bot.sqlite3'}"), FakeKeys())
    store.start()
    store.migrate()
    store.run_now(lambda tx: tx.flow_versions.remember("demo", 3, "another structure", ""))
    store.stop_now()
    file = tmp_path / "demo.yaml"
    file.write_text(GOOD.replace("version: 1", "version: 3"), encoding="utf-8")
    assert check(capsys, file) == (1, f"{file}:2:10: version: has other steps than before; write 4\n")
