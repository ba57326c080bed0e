"""Every structure a flow ever had, so that running sittings finish on theirs."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text, bindparam, select

from bot.adapters.db.schema import Repository, insert_new, metadata
from bot.errors import FlowError

FLOW_VERSION = Table(
    "flow_version",
    metadata,
    Column("flow", String(64), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("structure", Text, nullable=False),
    Column("source", Text, nullable=False),
)

_KEY = (FLOW_VERSION.c.flow == bindparam("named")) & (FLOW_VERSION.c.version == bindparam("numbered"))
_REMEMBER = insert_new(FLOW_VERSION, key=("flow", "version"))
_STRUCTURE = select(FLOW_VERSION.c.structure).where(_KEY)
_SOURCE = select(FLOW_VERSION.c.source).where(_KEY)
_ALL = select(FLOW_VERSION.c.flow, FLOW_VERSION.c.version, FLOW_VERSION.c.source).order_by(
    FLOW_VERSION.c.flow, FLOW_VERSION.c.version
)


class SqlFlowVersions(Repository):
    """``FlowVersions`` over the table ``flow_version``."""

    def remember(self, flow: str, version: int, structure: str, source: str) -> None:
        row = {"flow": flow, "version": version, "structure": structure, "source": source}
        if self._connection.execute(_REMEMBER, row).rowcount:
            return
        known = self._connection.execute(_STRUCTURE, {"named": flow, "numbered": version}).scalar_one()
        if known != structure:
            raise FlowError(
                f"The flow {flow} differs from the version {version} that was used before: "
                f"give it the version {version + 1}, so that sittings already begun can end as they began."
            )

    def source(self, flow: str, version: int) -> str | None:
        found = self._connection.execute(_SOURCE, {"named": flow, "numbered": version})
        return found.scalar_one_or_none()

    def all(self) -> tuple[tuple[str, int, str], ...]:
        rows = self._connection.execute(_ALL)
        return tuple((flow, version, source) for flow, version, source in rows)
