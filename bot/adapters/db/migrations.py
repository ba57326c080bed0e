"""Bring the tables to the state that this version of the bot needs."""

from __future__ import annotations

import logging
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
    config = configuration(connection)
    with database.rebuilding(connection):
        _refuse_newer(connection, config)
        before = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(config, "head")
        after = MigrationContext.configure(connection).get_current_revision()
    if before != after:
        LOG.info("tables brought up to date from=%s to=%s", before or "nothing", after)


def _refuse_newer(connection: Connection, config: Config) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if not known.issuperset(MigrationContext.configure(connection).get_current_heads()):
        raise StoreError(
            "The database was written by a newer version of the bot: upgrade the bot to open it."
        )


def configuration(connection: Connection) -> Config:
    """Alembic's settings for an open connection; they depend on no working directory."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
