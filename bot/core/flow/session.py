"""A session: one person's passage through one stage of a flow, and its JSON form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, ValidationError

from bot.core.packing import pack, unpack
from bot.core.text import Text
from bot.errors import StoreError

Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


class Item(BaseModel):
    """One thing a stage is about, such as a decision or a partner; ``label`` is in people's own words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    label: str


Param: TypeAlias = str | int | tuple[Item, ...]
Row: TypeAlias = dict[str, int | None]
#: choice or text, consent version, list, levels by column key (None = does not know)
Answer: TypeAlias = str | int | tuple[str, ...] | Row


def _packed(text: Text | None) -> Any:
    return None if text is None else pack(text)


def _unpacked(data: Any) -> Any:
    return unpack(data) if isinstance(data, Mapping) else data


Notice = Annotated[Text | None, PlainValidator(_unpacked), PlainSerializer(_packed)]


def _with_packed_notice(fields: dict[str, Any]) -> dict[str, Any]:
    """Schema 2 packs the notice as everything else that is kept to be said later."""
    return fields | {"notice": _repacked(fields.get("notice"))}


def _repacked(value: Any) -> Any:
    if isinstance(value, list):
        return {"l": [_repacked(part) for part in value]}
    if not isinstance(value, Mapping):
        return value
    args = {name: _repacked(part) for name, part in value["args"].items()}
    named = {"t": value["msgid"], "a": args, "c": value["context"], "p": value["plural"]}
    return {key: part for key, part in named.items() if part is not None}


#: The n-th upgrade turns the data of schema n into that of schema n + 1, counting from 1.
_UPGRADES: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (_with_packed_notice,)
SCHEMA = len(_UPGRADES) + 1


class Session(BaseModel):
    """Where somebody is in a stage and what they have said; never holds who they are.

    Attributes:
        version: of the flow, kept for the whole session.
        rev: raised by every event that changed something.
        salt: makes the tokens of this session's buttons its own.
        started: day it began, UTC.
        params: what the stage is about, frozen at the start.
        answers: by prompt key, "step" or "step/item"; a row may be partial.
        shelved: answers of prompts that no longer apply; they return when the prompt does.
        passed: prompts left behind by answering or skipping; passed without an answer is skipped.
        position: key of the prompt shown; "" at the end.
        trail: keys of prompts walked through, for *Back*.
        editing: what the review sent to be changed, an item's key or a step's id.
        aside: what is read instead of the prompt for a moment.
        notice: something to say first on the next card.
        entry: how levels are given, typed as a row or tapped on a card.
        misses: typed answers in a row that could not be read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: int = SCHEMA
    flow: str
    version: int
    stage: str
    rev: int = 0
    salt: str
    started: date
    params: dict[str, Param]
    answers: dict[str, Answer] = Field(default_factory=dict)
    shelved: dict[str, Answer] = Field(default_factory=dict)
    passed: tuple[str, ...] = ()
    position: str = ""
    trail: tuple[str, ...] = ()
    editing: str | None = None
    aside: Literal["why", "example", "original", "more"] | None = None
    notice: Notice = None
    entry: Literal["row", "card"] = "row"
    misses: int = 0
    finished: bool = False

    def changed(self, **fields: Any) -> Session:
        """A copy with other values in some fields."""
        return self.model_copy(update=fields)

    def param(self, reference: str) -> Param | None:
        """A parameter, written "params.decisions"; None when it was not given."""
        return self.params.get(reference.removeprefix("params."))

    def items(self, reference: str) -> tuple[Item, ...]:
        """The items of a parameter; none when it has no items."""
        value = self.param(reference)
        return value if isinstance(value, tuple) else ()

    def to_json(self) -> str:
        return self.model_dump_json()


def from_json(data: str) -> Session:
    """Read a session, upgrading what an older bot wrote.

    Raises: StoreError, when a newer bot wrote it or it cannot be read; says nothing of what it holds.
    """
    try:
        return _read(data)
    except (ValueError, KeyError, TypeError):
        raise StoreError("a session cannot be read; restore the database from a backup") from None


def _read(data: str) -> Session:
    with suppress(ValidationError):  # of another schema, or broken: what follows tells
        session = Session.model_validate_json(data)
        if session.schema_version == SCHEMA:
            return session
    fields = json.loads(data)
    schema = int(fields["schema_version"])
    if schema > SCHEMA:
        raise StoreError(
            f"a session has schema {schema}, this version knows {SCHEMA}; install the newer version"
        )
    for upgrade in _UPGRADES[schema - 1 :]:
        fields = upgrade(fields)
    return Session.model_validate_json(json.dumps(fields | {"schema_version": SCHEMA}))
