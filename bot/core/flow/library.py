"""The flows at hand, every version that a running session may still need."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bot.core.flow.definition import Flow
from bot.core.flow.loader import decoded, load_flow
from bot.errors import FlowError

MOST_KEPT = 64
"""Flows that are not made anew when their text is loaded again; twelve ship."""


class FlowLibrary:
    """Flows by id and version; the highest version of an id is the one new sessions begin with."""

    def __init__(self, flows: Iterable[Flow] = ()) -> None:
        self._flows: dict[tuple[str, int], Flow] = {}
        for flow in flows:
            self.remember(flow)

    def remember(self, flow: Flow) -> None:
        """Add a flow; a change of texts alone replaces the version at hand.

        Raises: FlowError, when that version is known with another structure.
        """
        known = self._flows.get((flow.flow, flow.version))
        if known is not None and known.structure != flow.structure:
            raise FlowError(
                f"flow {flow.flow}: version {flow.version} has changed its steps; raise the version number"
            )
        self._flows[flow.flow, flow.version] = flow

    def has(self, flow_id: str, version: int) -> bool:
        return (flow_id, version) in self._flows

    def get(self, flow_id: str, version: int | None = None) -> Flow:
        """The flow in this version, or in its highest.

        Raises: FlowError, when it is not here.
        """
        versions = [number for name, number in self._flows if name == flow_id]
        wanted = version if version is not None else max(versions, default=0)
        if wanted not in versions:
            raise FlowError(f"flow {flow_id}: version {wanted or 'any'} is not here; put its file back")
        return self._flows[flow_id, wanted]

    def newest(self) -> tuple[Flow, ...]:
        """Each flow in its highest version, by id."""
        return tuple(self.get(flow_id) for flow_id in sorted({name for name, _ in self._flows}))


def load_library(folder: Path) -> FlowLibrary:
    """Load every ``*.yaml`` of a folder.

    Raises: FlowError, listing the problems of all files.
    """
    flows: list[Flow] = []
    problems: list[str] = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            flows.append(_flow(decoded(file.read_bytes(), file.name), file.name))
        except FlowError as error:
            problems.append(str(error))
    if problems:
        raise FlowError("\n".join(problems))
    return FlowLibrary(flows)


@lru_cache(MOST_KEPT)
def _flow(source: str, name: str) -> Flow:
    """The flow of a text; it never changes, so everybody may share it."""
    return load_flow(source, name)
