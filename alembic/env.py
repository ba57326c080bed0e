"""Run migrations on the connection that the bot hands over, or on ``-x url=...`` from the command line."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from bot.adapters.db import tables
from bot.adapters.db.databases import database_of


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=tables.metadata,
        transactional_ddl=True,  # our transactions cover tables, too, on every database
        render_as_batch=True,  # SQLite changes a table by rebuilding it
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    url = context.get_x_argument(as_dictionary=True)["url"]
    database = database_of(url)
    with database.open().connect() as opened, database.rebuilding(opened):
        migrate(opened)
