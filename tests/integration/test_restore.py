"""A backup that comes back: what it brings, what is gone for good, and what there is to do."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from bot.core.rounds.lifecycle import RoundState
from bot.errors import KeysError
from bot.wiring import inspection
from tests.town import Town


def back_up(town: Town, to: Path) -> None:
    """As docs/operating.md says, while the bot runs."""
    with sqlite3.connect(town.settings.data_dir / "bot.sqlite3") as database:
        database.execute("VACUUM INTO ?", [str(to)])
    database.close()


async def restore(town: Town, backup: Path) -> dict[str, str]:
    """Stop, put the database back, look around, start. Returns: what the check found to do."""
    await town.crash()
    for file in town.settings.data_dir.glob("bot.sqlite3*"):
        file.unlink()
    shutil.copyfile(backup, town.settings.data_dir / "bot.sqlite3")
    to_do = {found.what: found.says for found in inspection.findings(town.settings) if found.do}
    with suppress(KeysError):  # which a running bot reports at every tick, while all other rounds go on
        await town.come_back()
    await town.settle()
    return to_do


async def test_a_round_that_is_still_open_goes_on_with_the_answers_of_the_backup(
    town: Town, tmp_path: Path
) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    for person in town.representatives:
        await town.answer(person, "43210", "43210", "2", "2")
    back_up(town, tmp_path / "backup")
    assert await restore(town, tmp_path / "backup") == {}
    await town.close()
    assert (await town.round()).state is RoundState.MEETING


async def test_a_round_that_closed_since_the_backup_is_open_without_its_key_and_can_be_cancelled(
    town: Town, tmp_path: Path
) -> None:
    await town.set_up(join=True)
    number = await town.ask_for_levels()
    for person in town.representatives:
        await town.answer(person, "43210", "43210", "2", "2")
    back_up(town, tmp_path / "backup")
    await town.close()
    assert await restore(town, tmp_path / "backup") == {"Open rounds": "1 without their key"}
    await town.tap(town.facilitator, f"!r/{number}/cancel")
    assert (await town.round()).state is RoundState.CANCELLED
    assert not any(found.do for found in inspection.findings(town.settings))
    assert await town.ask_for_levels() > number
