"""Bring the tables to the state that this version of the bot needs."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.adapters.db.database import Database
from bot.errors import StoreError

LOG = logging.getLogger("bot.db")

FOLDER = Path(__file__).resolve().parents[3] / "alembic"


def upgrade(connection: Connection, database: Database) -> None:
    """Upgrade to the newest revision, all or nothing; outside any transaction.

    Raises: StoreError, when a newer version of the bot wrote the database; nothing is changed then.
    """
    known, newest = _revisions()
    with database.rebuilding(connection):
        found = MigrationContext.configure(connection).get_current_heads()
        if not known.issuperset(found):
            raise StoreError(
                "The database was written by a newer version of the bot: upgrade the bot to open it."
            )
        if found == (newest,):
            return
        command.upgrade(configuration(connection), "head")
    LOG.info("tables brought up to date from=%s to=%s", "".join(found) or "nothing", newest)


@cache
def _revisions() -> tuple[frozenset[str], str]:
    """All that this version knows, and the newest of them."""
    newest, *others = (script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions())
    return frozenset((newest, *others)), newest


def configuration(connection: Connection) -> Config:
    """Alembic's settings for an open connection; they depend on no working directory."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
