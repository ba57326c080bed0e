"""Reduce a machine-readable Bot API to the methods the playground stands in for.

    python tools/reduce_botapi.py botapi.json

The input has the shape of PaulSonOfLars/telegram-bot-api-spec (``api.json``). The output,
``bot/adapters/playground/botapi.json``, keeps names, types and required flags; descriptions, results and all
that no supported method takes are left out. Run it when the stand-in learns a method or Telegram a parameter.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "bot" / "adapters" / "playground" / "botapi.json"
METHODS = (
    "answerCallbackQuery",
    "deleteMessage",
    "deleteMessages",
    "deleteMyCommands",
    "deleteWebhook",
    "editMessageReplyMarkup",
    "editMessageText",
    "getChat",
    "getChatMember",
    "getFile",
    "getMe",
    "getMyCommands",
    "getMyDescription",
    "getMyName",
    "getMyShortDescription",
    "getUpdates",
    "getWebhookInfo",
    "leaveChat",
    "sendDocument",
    "sendMessage",
    "sendPhoto",
    "setMyCommands",
    "setMyDescription",
    "setMyName",
    "setMyShortDescription",
    "setWebhook",
)
SIMPLE = frozenset({"Integer", "String", "Boolean", "True", "Float", "InputFile"})
LEFT_OUT = frozenset(
    {
        # Parameters and types of what the bot does not do: business accounts, paid posts, web apps, games.
        "CallbackGame",
        "EphemeralMessageParameters",
        "InputRichMessage",
        "LoginUrl",
        "ReplyKeyboardMarkup",
        "SuggestedPostParameters",
        "SwitchInlineQueryChosenChat",
        "WebAppInfo",
        "allow_paid_broadcast",
        "business_connection_id",
        "direct_messages_topic_id",
        "inline_message_id",
        "message_effect_id",
        "pay",
        "switch_inline_query",
        "switch_inline_query_current_chat",
    }
)


def element(kind: str) -> str:
    """Name the type within any number of "Array of"."""
    return kind.rsplit(" ", 1)[-1]


def fields_of(entry: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Keep name, types and required flag of every field that is not left out."""
    kept = {}
    for field in entry.get("fields", ()):
        types = [kind for kind in field["types"] if element(kind) not in LEFT_OUT]
        if types and field["name"] not in LEFT_OUT:
            kept[field["name"]] = {"types": types, "required": field["required"]}
    return kept


def reduce(full: dict[str, Any]) -> dict[str, Any]:
    """Select the methods and, transitively, the types their parameters use."""
    methods = {name: fields_of(full["methods"][name]) for name in METHODS}
    types: dict[str, Any] = {}
    wanted = [kind for fields in methods.values() for field in fields.values() for kind in field["types"]]
    while wanted:
        name = element(wanted.pop())
        if name in SIMPLE or name in types:
            continue
        entry = full["types"][name]
        subtypes = entry.get("subtypes", [])
        types[name] = {"any_of": subtypes} if subtypes else {"fields": fields_of(entry)}
        wanted.extend(subtypes)
        wanted.extend(kind for field in types[name].get("fields", {}).values() for kind in field["types"])
    return {"version": full["version"], "methods": methods, "types": dict(sorted(types.items()))}


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    full = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    TARGET.write_text(json.dumps(reduce(full), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
