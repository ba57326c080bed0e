"""The reduced Bot API keeps what is checked and nothing else."""

from __future__ import annotations

from typing import Any

from tools.reduce_botapi import METHODS, reduce


def field(name: str, *types: str) -> dict[str, Any]:
    return {"name": name, "types": list(types), "required": True, "description": "Words"}


def test_used_types_are_kept_and_the_rest_is_left_out() -> None:
    methods: dict[str, Any] = {name: {"description": "Words"} for name in METHODS} | {"sendPigeon": {}}
    methods["sendMessage"]["fields"] = [
        field("reply_markup", "Keyboard", "ReplyKeyboardMarkup"),
        field("message_effect_id", "String"),
    ]
    types = {
        "Keyboard": {"fields": [field("rows", "Array of Array of Key")]},
        "Key": {"subtypes": ["Plain"]},
        "Plain": {"fields": [field("text", "String")]},
        "Other": {"fields": []},
    }
    reduced = reduce({"version": "made up", "methods": methods, "types": types})
    assert reduced["methods"].keys() == set(METHODS)
    assert reduced["methods"]["sendMessage"] == {"reply_markup": {"types": ["Keyboard"], "required": True}}
    assert reduced["types"] == {
        "Key": {"any_of": ["Plain"]},
        "Keyboard": {"fields": {"rows": {"types": ["Array of Array of Key"], "required": True}}},
        "Plain": {"fields": {"text": {"types": ["String"], "required": True}}},
    }
