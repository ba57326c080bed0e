"""The list of decisions at one moment of shaping, so that the last change to it can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from bot.core.ids import ContributionId, DecisionId, RoundId, UndoId
from bot.core.rounds.lifecycle import Decision


class Edit(StrEnum):
    """What was done to the list."""

    ADD = "add"
    REWORD = "reword"
    MERGE = "merge"
    SPLIT = "split"
    TAKE_OUT = "take_out"
    LEAVE_OUT = "leave_out"
    MOVE = "move"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Shape:
    """All decisions of a round, in their order, and to which of them each contribution belongs."""

    decisions: tuple[Decision, ...]
    thread: Mapping[ContributionId, frozenset[DecisionId]]

    def to_json(self) -> str:
        return _SHAPE.dump_json(self).decode()


_SHAPE = TypeAdapter(Shape)


def from_json(data: str) -> Shape:
    """Read what ``Shape.to_json`` wrote."""
    return _SHAPE.validate_json(data)


@dataclass(frozen=True, slots=True)
class Undo:
    """The last change to the list of a round, and what it was like before.

    Attributes:
        id: of this one change, so that a button pressed late undoes no other.
    """

    id: UndoId
    round: RoundId
    what: Edit
    before: Shape
