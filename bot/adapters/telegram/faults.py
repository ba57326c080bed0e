"""Last resort: a fault leaves a reference in the log, and nothing of what a person sent."""

from __future__ import annotations

import errno
import json
import logging
import re
import secrets
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bot.errors import BotError

LOG = logging.getLogger("bot.faults")

NOISY = (
    "httpx",
    "httpcore",
    "telegram",
    "telegram.ext",
    "aiohttp",
    "alembic",
    "apscheduler",
    "asyncio",
    "sqlalchemy",
)
"""Libraries that log addresses, parameters or whole updates below WARNING, whatever level we run at."""

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""For references: no vowels, so no words; no digits, so that redaction leaves them alone."""

ROOT = Path(__file__).resolve().parents[3]
TOKEN = re.compile(r"\d{5,}(?::|%3A)[\w-]{20,}", re.IGNORECASE)
LONG_NUMBER = re.compile(r"\d{6,}")


def report(error: BaseException) -> str:
    """Log a fault: what kind, where in the code, under which reference; never the words of the error.

    Returns: the reference, six letters.
    """
    reference = "".join(secrets.choice(LETTERS) for _ in range(6))
    LOG.error("fault reference=%s %s", reference, _anatomy(error))
    return reference


def redacted(text: str) -> str:
    """Blank out bot tokens and anything as long as a chat id."""
    return LONG_NUMBER.sub("<number>", TOKEN.sub("<token>", text))


class LineFormatter(logging.Formatter):
    """One ``key=value`` line a record, redacted last of all, so that no library gets around it.

    The words of exceptions are left out, since they may quote what a person typed; so is everything after the
    first line of a foreign message, where asyncio repeats them.
    """

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        if not record.name.startswith("bot."):
            message = message.partition("\n")[0]
        line = (
            f"time={self.formatTime(record, '%Y-%m-%dT%H:%M:%SZ')} level={record.levelname.lower()}"
            f" logger={record.name} message={json.dumps(message, ensure_ascii=False)}"
        )
        if record.exc_info and record.exc_info[1] is not None:
            line += f" {_anatomy(record.exc_info[1])}"
        return redacted(line)


def set_up_logging(level: str = "INFO", *, stream: TextIO | None = None) -> None:
    """Send all logs through one redacting handler.

    Args:
        level: of our own loggers; ``NOISY`` libraries stay at WARNING.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _anatomy(error: BaseException) -> str:
    """Class, stable code and places of an error, and what it came from."""
    code = error.code if isinstance(error, BotError) else "unexpected"
    origin = ">".join(_origin(error))
    return f"error={type(error).__name__} code={code} at={_places(error)}" + (
        f" from={origin}" if origin else ""
    )


def _origin(error: BaseException, *, most: int = 4) -> Iterator[str]:
    """Classes of what led to an error, outermost first, with the code of a database or of the system if there is one.

    These codes are constants, such as ``SQLITE_FULL``, ``53100`` or ``ENOSPC``: an operator sees a full disk.
    """
    cause = error.__cause__
    while cause is not None and most > 0:
        code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
        if code is None and isinstance(cause, OSError):
            code = errno.errorcode.get(cause.errno or 0)
        yield type(cause).__name__ + (f":{code}" if code else "")
        cause, most = cause.__cause__, most - 1


def _places(error: BaseException, *, most: int = 4) -> str:
    """The innermost lines of our code that led here, outermost first; of a library if there are none."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "bot")]
    places = [f"{_short(frame.filename)}:{frame.lineno}" for frame in (ours or frames)[-most:]]
    return ">".join(places) or "?"


def _short(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT / "bot") else path.name
