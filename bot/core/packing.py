"""Lines and the values in them as JSON, for whoever keeps one to say it later."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.text import Figures, Line, Text, Value, Weekday


def pack(value: Value) -> Any:
    """Plain strings and numbers stay themselves; everything else is an object named by its one-letter key."""
    match value:
        case Text():
            packed = {"t": value.msgid, "a": {name: pack(arg) for name, arg in value.args.items()}}
            optional = {"c": value.context, "p": value.plural, "r": value.template}
            return packed | {key: words for key, words in optional.items() if words is not None}
        case Figures():
            return {"f": str(value)}
        case Weekday():
            return {"w": int(value)}
        case datetime():
            zone = {"z": value.tzinfo.key} if isinstance(value.tzinfo, ZoneInfo) else {}
            return {"m": value.isoformat()} | zone
        case date():
            return {"d": value.isoformat()}
        case time():
            return {"h": value.isoformat()}
        case ZoneInfo():
            return {"z": value.key}
        case tuple():
            return {"l": [pack(line) for line in value]}
        case _:
            return value


def unpack(packed: Any) -> Value:
    """The value that was packed.

    Raises: ValueError, for anything else.
    """
    match packed:
        case {"t": _}:
            return unpack_line(packed)
        case {"f": figures}:
            return Figures(figures)
        case {"w": day}:
            return Weekday(day)
        case {"m": moment, "z": zone}:
            return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
        case {"m": moment}:
            return datetime.fromisoformat(moment)
        case {"d": day}:
            return date.fromisoformat(day)
        case {"h": hour}:
            return time.fromisoformat(hour)
        case {"z": zone}:
            return ZoneInfo(zone)
        case {"l": lines}:
            return tuple(unpack_line(line) for line in lines)
        case str() | int():
            return packed
        case _:
            raise ValueError("a stored text has a part of an unknown kind")


def unpack_line(packed: Any) -> Line:
    """The line that was packed.

    Raises: ValueError, for anything else.
    """
    match packed:
        case str():
            return packed
        case {"t": str(msgid), "a": dict(args)}:
            values = {name: unpack(arg) for name, arg in args.items()}
            return Text(msgid, values, packed.get("c"), packed.get("p"), packed.get("r"))
        case {"f": str(figures)}:
            return Figures(figures)
        case _:
            raise ValueError("a stored line is of an unknown kind")
