"""Places and the texts in them as JSON, before they are sealed."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from bot.app.ports import Place
from bot.core.text import Line, Text, Value


def place_to_json(place: Place) -> bytes:
    parts = [place.path, place.card, place.trail, None if place.notice is None else _pack(place.notice)]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def place_from_json(content: bytes) -> Place:
    path, card, trail, notice = json.loads(content)
    return Place(path, card, tuple(trail), None if notice is None else _unpack_line(notice))


def _pack(value: Value) -> Any:
    """Plain strings and numbers stay themselves; everything else is an object named by its one-letter key."""
    if isinstance(value, Text):
        packed = {"t": value.msgid, "a": {name: _pack(arg) for name, arg in value.args.items()}}
        if value.context is not None:
            packed["c"] = value.context
        if value.plural is not None:
            packed["p"] = value.plural
        return packed
    if isinstance(value, datetime):
        return {"m": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, tuple):
        return {"l": [_pack(line) for line in value]}
    return value


def _unpack(packed: Any) -> Value:
    match packed:
        case {"t": _}:
            return _unpack_line(packed)
        case {"m": moment}:
            return datetime.fromisoformat(moment)
        case {"d": day}:
            return date.fromisoformat(day)
        case {"l": lines}:
            return tuple(_unpack_line(line) for line in lines)
        case str() | int():
            return packed
        case _:
            raise ValueError("a stored text has a part of an unknown kind")


def _unpack_line(packed: Any) -> Line:
    if isinstance(packed, str):
        return packed
    args = {name: _unpack(arg) for name, arg in packed["a"].items()}
    return Text(packed["t"], args, packed.get("c"), packed.get("p"))
