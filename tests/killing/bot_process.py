"""The bot as ``python -m bot run`` starts it, but that its clock can be pushed forward from outside.

Run as ``python -m tests.killing.bot_process``, with the settings of ``run`` in the environment.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from bot.__main__ import main
from bot.settings import read_settings
from bot.wiring import live, machine

OFFSET = "clock-offset"
"""File in the data directory: seconds by which the bot's clock is ahead of the computer's."""

TICK_SECONDS = 0.25


class PushedClock:
    """The computer's clock, ahead by what the file says at that moment."""

    def __init__(self) -> None:
        self._file = read_settings().data_dir / OFFSET

    def now(self) -> datetime:
        return shifted(self._file)


def shifted(file: Path) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(file.read_text("ascii")))


if __name__ == "__main__":
    with patch.object(live, "SystemClock", PushedClock), patch.object(machine, "TICK_SECONDS", TICK_SECONDS):
        sys.exit(main(["run"]))
