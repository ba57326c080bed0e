"""What ``python -m bot check`` finds around a bot, which may be running meanwhile: nothing is changed."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.db.database import Database, Workers
from bot.adapters.db.databases import database_of
from bot.adapters.db.inspection import fits, rounds_with_answers, version, workers
from bot.adapters.keys import KeyDirectory
from bot.adapters.telegram.reaching import Answer, reach
from bot.errors import BotError, KeysError
from bot.settings import Settings

FINE = "in order"
NOT_YET = "not there yet, the first start makes it"

SPARE = 500_000_000
"""Bytes that should be free besides what closing a round needs."""

PUNCTUAL = 60.0
"""Seconds by which a clock may be wrong before anybody minds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        says: how it is.
        do: what to do about it; None when nothing is to be done.
    """

    what: str
    says: str = FINE
    do: str | None = None

    def lines(self) -> list[str]:
        return [f"{self.what}: {self.says}", *([f"  {self.do}"] if self.do else [])]


def findings(settings: Settings) -> Iterator[Finding]:
    """Look at everything on this machine, in the order in which it is needed."""
    yield _token(settings)
    yield from _folders(settings)
    try:
        database = database_of(settings.database)
        if database.file is not None:
            yield _disk(database.file)
        if not database.exists():
            yield Finding("Database", NOT_YET)
            return
        yield _version(database)
        if (at_work := workers(database)) is not None:
            yield _workers(at_work)
        yield from _keys(settings, database)
    except BotError as error:
        yield Finding("Database", "cannot be looked at", str(error))


async def online(settings: Settings) -> list[Finding]:
    """Ask Telegram whether it knows the token, and compare clocks."""
    if settings.bot_token is None:
        return []
    reached = await reach(settings.bot_api_url, settings.bot_token.get_secret_value())
    says, do = {
        Answer.WELCOME: ("reached, and it knows the token", None),
        Answer.UNKNOWN_TOKEN: (
            "reached, but it does not know the token",
            "Take the present one from @BotFather.",
        ),
        Answer.TROUBLE: ("reached, but it is in trouble itself", "Wait; the bot tries again by itself."),
        Answer.SILENCE: (
            "out of reach",
            "Look whether this machine may open https connections to BOT_API_URL, directly or by https_proxy.",
        ),
    }[reached.answer]
    found = [Finding("Telegram", says, do)]
    if reached.ahead is not None:
        found.append(_clock(reached.ahead))
    return found


def _token(settings: Settings) -> Finding:
    if settings.bot_token is None:
        return Finding("Token", "none, so the command run opens the playground")
    return Finding("Token", "set")


def _folders(settings: Settings) -> Iterator[Finding]:
    """The folders that the bot writes: ours, and those of the keys closed to everybody else."""
    master = settings.master_key
    places = {
        "DATA_DIR": settings.data_dir,
        "Folder of MASTER_KEY_FILE": master.parent,
        "KEY_DIR": settings.keys,
    }
    for what, folder in places.items():
        if not folder.exists():
            yield Finding(what, NOT_YET)
        else:
            yield _ours(what, folder) or _closed(what, folder, but=settings.data_dir) or Finding(what)
    for what, file in (("MASTER_KEY_FILE", master), ("identity.key", master.with_name("identity.key"))):
        if file.exists():
            yield _ours(what, file) or _closed(what, file) or Finding(what)


def _ours(what: str, path: Path) -> Finding | None:
    if path.stat().st_uid != os.geteuid():
        return Finding(
            what,
            "belongs to another account than the one that runs this check",
            "Run the check, and the bot, as the account that owns it; or give it to that account with chown -R.",
        )
    if not os.access(path, os.W_OK):
        return Finding(
            what, "cannot be written", "Give the bot's account the right to write there: chmod u+w"
        )
    return None


def _closed(what: str, path: Path, *, but: Path | None = None) -> Finding | None:
    """``but`` may be open: all that lies directly in it is closed by itself."""
    if path == but or not stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return None
    return Finding(
        what, "open to other accounts of this machine", "Close it to them: chmod go-rwx, on what it names."
    )


def _disk(database: Path) -> Finding:
    """Closing a round rewrites the file, which for a while takes its room once more."""
    folder = next(place for place in (database, *database.absolute().parents) if place.is_dir())
    free = shutil.disk_usage(folder).free
    says = f"{free / 1e9:.1f} GB free"
    needed = SPARE + 2 * (database.stat().st_size if database.exists() else 0)
    if free < needed:
        return Finding("Disk", says, f"Make room: {needed / 1e9:.1f} GB are needed to close a round safely.")
    return Finding("Disk", says)


def _version(database: Database) -> Finding:
    found = version(database)
    if found.newer:
        return Finding(
            "Database",
            "written by a newer version of the bot",
            "Install that version again; this one cannot open it.",
        )
    if found.behind:
        return Finding("Database", "of an earlier version; the next start brings it up to date")
    return Finding("Database")


def _workers(found: Workers) -> Finding:
    if not found.running:
        return Finding("Workers", "none is running")
    if not found.led:
        return Finding(
            "Workers",
            f"{found.running} running, and none of them leads: nothing is sent, and no round moves",
            "Look again in half a minute. If it stays so, their logs say why.",
        )
    return Finding("Workers", f"{found.running} running, and one of them leads")


def _keys(settings: Settings, database: Database) -> Iterator[Finding]:
    directory = KeyDirectory(settings.keys, settings.master_key)
    try:
        identity, present = directory.identity_key(), directory.existing()
        for round_id in present:
            directory.round_key(round_id)
    except KeysError as error:
        yield Finding("Keys", "missing, or not those of this installation", str(error))
        return
    if not fits(database, identity):
        yield Finding(
            "Keys",
            "identity.key is not that of this database",
            "Put the identity.key beside MASTER_KEY_FILE that was there when this database was made.",
        )
        return
    yield Finding("Keys")
    lost = rounds_with_answers(database) - present
    if lost:
        yield Finding(
            "Open rounds",
            f"{len(lost)} without their key",
            "Their answers cannot be read any more. The facilitators cancel these rounds and begin anew.",
        )


def _clock(ahead: float) -> Finding:
    if abs(ahead) <= PUNCTUAL:
        return Finding("Clock")
    way = "ahead" if ahead > 0 else "behind"
    return Finding(
        "Clock",
        f"{abs(ahead):.0f} seconds {way}",
        "Switch on time synchronisation: rounds open, remind and close by this clock.",
    )
