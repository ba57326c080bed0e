"""Telegram at the edge: updates become use cases, cards become messages."""

from __future__ import annotations

import os

# Read by python-telegram-bot at run time: durations are timedelta, as they will be in its next major version.
os.environ.setdefault("PTB_TIMEDELTA", "true")
