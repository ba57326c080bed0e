"""Checks a call against the published Bot API before anything is done.

``botapi.json`` is made by ``tools/reduce_botapi.py``. Missing and ill-typed values are refused in Telegram's
words where we know them. Unknown names, which Telegram silently ignores, are refused as well, in words of our
own: a misspelled ``protect_content`` must not pass a test.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.adapters.playground.refusals import Json, Refused, bad_request

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_PREFIXES = {
    "InlineKeyboardButton": "can't parse inline keyboard button: ",
    "InlineKeyboardMarkup": "can't parse reply keyboard markup JSON object: ",
    "MessageEntity": "can't parse MessageEntity: ",
    "BotCommand": "can't parse BotCommand: ",
}
_ARRAY = "Array of "
_SIMPLE: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "True": bool,
    "Float": (int, float),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along with a request."""

    name: str
    content: bytes
    mime: str


class _Misfit(Exception):
    """A value does not fit a type; carries the words of the refusal."""


@cache
def _api() -> Json:
    api: Json = json.loads(Path(__file__).with_name("botapi.json").read_text("utf-8"))
    return api


def checked(method: str, params: Json) -> Json:
    """Check the parameters of a call and return them with their proper types.

    Form fields arrive as strings; like Telegram we accept "5" for an integer and JSON for an object.

    Raises: Refused, 404 for a method the stand-in does not know, 400 for a parameter that does not fit.
    """
    fields = _api()["methods"].get(method)
    if fields is None:
        raise Refused(404, "Not Found: method not found")
    given = {name: value for name, value in params.items() if value is not None}
    for name, field in fields.items():
        if field["required"] and given.get(name, "") == "":
            raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
    unknown = sorted(given.keys() - fields.keys())
    if unknown:
        raise bad_request(f'unknown parameter "{unknown[0]}"')
    try:
        return {name: _fit(value, fields[name]["types"], name) for name, value in given.items()}
    except _Misfit as misfit:
        raise bad_request(str(misfit)) from None


def _fit(value: Any, kinds: list[str], name: str) -> Any:
    """Fit a value to the first of several types that takes it; the last complaint wins."""
    value = _decoded(value, kinds, name)
    complaint = _Misfit(f'field "{name}" must be of type {kinds[0]}')
    for kind in _likeliest(value, kinds):
        try:
            return _fit_one(value, kind, name)
        except _Misfit as misfit:
            complaint = misfit
    raise complaint


def _decoded(value: Any, kinds: Iterable[str], name: str) -> Any:
    """Undo what an HTTP form does to numbers, booleans and objects."""
    if not isinstance(value, str):
        return value
    if "Integer" in kinds and value.removeprefix("-").isdecimal():
        return int(value)
    if "Boolean" in kinds and value.lower() in {"true", "false", "1", "0"}:
        return value.lower() in {"true", "1"}
    if "String" in kinds or all(kind in _SIMPLE for kind in kinds):
        return value
    try:
        return json.loads(value)
    except ValueError:
        words = "reply keyboard markup" if name == "reply_markup" else name
        raise _Misfit(f"can't parse {words} JSON object") from None


def _likeliest(value: Any, kinds: list[str]) -> list[str]:
    """Order alternatives so that the one sharing most field names with the value comes last."""
    if not isinstance(value, dict):
        return kinds

    def shared(kind: str) -> int:
        return len(value.keys() & _api()["types"].get(kind, {}).get("fields", {}).keys())

    return sorted(kinds, key=shared)


def _fit_one(value: Any, kind: str, name: str) -> Any:
    if kind.startswith(_ARRAY):
        if not isinstance(value, list | tuple):
            raise _Misfit(f'field "{name}" must be of type Array')
        return [_fit_one(item, kind.removeprefix(_ARRAY), name) for item in value]
    if kind == "InputFile":
        if not isinstance(value, Upload):
            raise _Misfit(f'field "{name}" must be of type InputFile')
        return value
    simple = _SIMPLE.get(kind)
    if simple is None:
        return _fit_object(value, kind)
    # In Python a bool is an int; in JSON it is not.
    if not isinstance(value, simple) or (isinstance(value, bool) and kind not in {"Boolean", "True"}):
        raise _Misfit(f'field "{name}" must be of type {kind}')
    return value


def _fit_object(value: Any, kind: str) -> Json:
    prefix = _PREFIXES.get(kind, f"can't parse {kind}: ")
    if not isinstance(value, dict):
        raise _Misfit(f"{prefix}{kind} must be an Object")
    spec = _api()["types"][kind]
    if "any_of" in spec:
        fitted: Json = _fit(value, spec["any_of"], kind)
        return fitted
    fields = spec["fields"]
    for name, field in fields.items():
        if field["required"] and name not in value:
            raise _Misfit(f'{prefix}Can\'t find field "{name}"')
    unknown = sorted(value.keys() - fields.keys())
    if unknown:
        raise _Misfit(f'{prefix}unknown field "{unknown[0]}"')
    return {name: _fit(item, fields[name]["types"], name) for name, item in value.items() if item is not None}
