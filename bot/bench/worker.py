"""A worker as ``python -m bot run`` starts it, but that it does not keep Telegram's pace.

Run as ``python -m bot.bench.worker``, with the settings of ``run`` in the environment. At one message a second to a
chat, waiting would be all there is to see.
"""

from __future__ import annotations

import sys

from bot.adapters.telegram.pace import Pace
from bot.errors import BotError
from bot.settings import read_settings
from bot.wiring.live import live
from bot.wiring.signals import until_signalled


def main() -> None:
    try:
        settings = read_settings()
        until_signalled(lambda stop: live(settings, stop, pace=Pace.unlimited()))
    except BotError as error:
        sys.exit(f"{error.code}: {error}")


if __name__ == "__main__":
    main()
