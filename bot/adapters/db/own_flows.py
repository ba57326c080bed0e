"""Questions of a partnership's own: the files as they were sent."""

from __future__ import annotations

from sqlalchemy import (
    BindParameter,
    Column,
    ForeignKey,
    Integer,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from bot.adapters.db.partnerships import PARTNERSHIP
from bot.adapters.db.schema import WHICH, Number, Repository, metadata
from bot.app.ports import OwnFlow
from bot.core.ids import OwnFlowId, PartnershipId

OWN_FLOW = Table(
    "own_flow",
    metadata,
    Column("id", Number, primary_key=True),
    Column(
        "partnership", Number, ForeignKey(PARTNERSHIP.c.id, ondelete="CASCADE"), nullable=False, index=True
    ),
    sqlite_autoincrement=True,
)

OWN_FLOW_VERSION = Table(
    "own_flow_version",
    metadata,
    Column("flow", Number, ForeignKey(OWN_FLOW.c.id, ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
)

_NUMBER: BindParameter[int] = bindparam("numbered", type_=Integer())
_ALL = (
    select(OWN_FLOW.c.id, OWN_FLOW.c.partnership, OWN_FLOW_VERSION.c.version, OWN_FLOW_VERSION.c.source)
    .join(OWN_FLOW_VERSION, OWN_FLOW_VERSION.c.flow == OWN_FLOW.c.id)
    .order_by(OWN_FLOW.c.id, OWN_FLOW_VERSION.c.version.desc())
)
_OF = _ALL.where(OWN_FLOW.c.partnership == WHICH)
_VERSIONS = _ALL.where(OWN_FLOW.c.id == WHICH)
_VERSION = _VERSIONS.where(OWN_FLOW_VERSION.c.version == _NUMBER)
_HIGHEST = select(func.max(OWN_FLOW_VERSION.c.version)).where(OWN_FLOW_VERSION.c.flow == WHICH)
_ADD = insert(OWN_FLOW)
_ADD_VERSION = insert(OWN_FLOW_VERSION)
_DROP_VERSION = delete(OWN_FLOW_VERSION).where(
    OWN_FLOW_VERSION.c.flow == WHICH, OWN_FLOW_VERSION.c.version == _NUMBER
)
_REMOVE = delete(OWN_FLOW).where(OWN_FLOW.c.id == WHICH)


class SqlOwnFlows(Repository):
    """``OwnFlows`` over the tables ``own_flow`` and ``own_flow_version``."""

    def of(self, partnership: PartnershipId) -> tuple[OwnFlow, ...]:
        newest: dict[OwnFlowId, OwnFlow] = {}
        for row in self._connection.execute(_OF, {"which": partnership}):
            newest.setdefault(row.id, OwnFlow(*row))
        return tuple(newest.values())

    def get(self, flow: OwnFlowId, version: int | None = None) -> OwnFlow | None:
        chosen = _VERSIONS.limit(1) if version is None else _VERSION
        row = self._connection.execute(chosen, {"which": flow, "numbered": version}).one_or_none()
        return None if row is None else OwnFlow(*row)

    def add(self, partnership: PartnershipId, source: str) -> OwnFlowId:
        flow = OwnFlowId(self._insert(_ADD, {"partnership": partnership}))
        self._connection.execute(_ADD_VERSION, {"flow": flow, "version": 1, "source": source})
        return flow

    def replace(self, flow: OwnFlowId, source: str) -> int:
        version: int = self._connection.execute(_HIGHEST, {"which": flow}).scalar_one() + 1
        self._connection.execute(_ADD_VERSION, {"flow": flow, "version": version, "source": source})
        return version

    def drop_version(self, flow: OwnFlowId, version: int) -> None:
        self._connection.execute(_DROP_VERSION, {"which": flow, "numbered": version})

    def remove(self, flow: OwnFlowId) -> None:
        self._connection.execute(_REMOVE, {"which": flow})
