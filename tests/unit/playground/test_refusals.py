"""What Telegram would refuse, the stand-in refuses in the same words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.adapters.playground.schema import Upload
from bot.adapters.playground.world import World
from tests.unit.playground.watch import Call, Watch

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keys(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def key(**more: Any) -> dict[str, Any]:
    return {"text": "Go", **more}


def text(**more: Any) -> dict[str, Any]:
    return {"chat_id": 1001, "text": "Hello", **more}


CASES: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("an unknown method", "sendPigeon", {}, 404, "Not Found: method not found"),
    ("no chat", "sendMessage", {"text": "Hello"}, 400, "Bad Request: chat_id is empty"),
    ("no text", "sendMessage", {"chat_id": 1001}, 400, "Bad Request: message text is empty"),
    ("only spaces", "sendMessage", text(text=" \n "), 400, "Bad Request: message text is empty"),
    ("a long text", "sendMessage", text(text="a" * 4097), 400, "Bad Request: message is too long"),
    ("a text of many emoji", "sendMessage", text(text="🌍" * 2049), 400, "Bad Request: message is too long"),
    ("a huge text", "sendMessage", text(text="a" * 32769), 400, "Bad Request: text is too long"),
    ("markup", "sendMessage", text(parse_mode="HTML"), 400, "Bad Request: unsupported parse_mode"),
    ("a misspelt name", "sendMessage", text(protect=True), 400, 'Bad Request: unknown parameter "protect"'),
    (
        "a flag that is none",
        "sendMessage",
        text(protect_content="perhaps"),
        400,
        'Bad Request: field "protect_content" must be of type Boolean',
    ),
    ("an unknown chat", "sendMessage", text(chat_id=4), 400, "Bad Request: chat not found"),
    ("an unknown name", "sendMessage", text(chat_id="@nobody"), 400, "Bad Request: chat not found"),
    (
        "a person who never started",
        "sendMessage",
        text(chat_id=1002),
        403,
        "Forbidden: bot can't initiate conversation with a user",
    ),
    (
        "65 bytes on a button",
        "sendMessage",
        text(reply_markup=keys([key(callback_data="å" * 32 + "a")])),
        400,
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        "nine buttons in a row",
        "sendMessage",
        text(reply_markup=keys([key(callback_data="a")] * 9)),
        400,
        "Bad Request: reply markup is too long",
    ),
    (
        "101 buttons",
        "sendMessage",
        text(reply_markup=keys(*[[key(callback_data="a")]] * 101)),
        400,
        "Bad Request: reply markup is too long",
    ),
    (
        "a button that does nothing",
        "sendMessage",
        text(reply_markup=keys([key()])),
        400,
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "a button without a label",
        "sendMessage",
        text(reply_markup=keys([{"callback_data": "a"}])),
        400,
        "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        "a keyboard that is no JSON",
        "sendMessage",
        text(reply_markup="{"),
        400,
        "Bad Request: can't parse reply keyboard markup JSON object",
    ),
    (
        "a link to this machine",
        "sendMessage",
        text(reply_markup=keys([key(url="http://localhost")])),
        400,
        "Bad Request: inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
    ),
    (
        "a link that is not of the web",
        "sendMessage",
        text(reply_markup=keys([key(url="ftp://a.example")])),
        400,
        "Bad Request: inline keyboard button URL 'ftp://a.example' is invalid: Unsupported URL protocol",
    ),
    (
        "bold beyond the end",
        "sendMessage",
        text(text="x", entities=[{"type": "bold", "offset": 0, "length": 2}]),
        400,
        "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2",
    ),
    (
        "bold from within an emoji",
        "sendMessage",
        text(text="🌍!", entities=[{"type": "bold", "offset": 1, "length": 2}]),
        400,
        "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 1",
    ),
    (
        "an unknown kind of entity",
        "sendMessage",
        text(entities=[{"type": "sparkle", "offset": 0, "length": 1}]),
        400,
        "Bad Request: can't parse MessageEntity: Unsupported type specified",
    ),
    (
        "a reply to nothing",
        "sendMessage",
        text(reply_parameters={"message_id": 99}),
        400,
        "Bad Request: message to be replied not found",
    ),
    ("no picture", "sendPhoto", {"chat_id": 1001}, 400, "Bad Request: there is no photo in the request"),
    (
        "an empty file",
        "sendDocument",
        {"chat_id": 1001, "document": Upload("a.csv", b"", "text/csv")},
        400,
        "Bad Request: file must be non-empty",
    ),
    (
        "a long caption",
        "sendDocument",
        {"chat_id": 1001, "document": Upload("a.csv", b"a", "text/csv"), "caption": "a" * 1025},
        400,
        "Bad Request: message caption is too long",
    ),
    (
        "an edit of nothing",
        "editMessageText",
        text(message_id=99),
        400,
        "Bad Request: message to edit not found",
    ),
    (
        "an edit of somebody's words",
        "editMessageText",
        text(message_id=1),
        400,
        "Bad Request: message can't be edited",
    ),
    (
        "an edit of no message",
        "editMessageText",
        text(),
        400,
        "Bad Request: message identifier is not specified",
    ),
    (
        "a deletion of nothing",
        "deleteMessage",
        {"chat_id": 1001, "message_id": 99},
        400,
        "Bad Request: message to delete not found",
    ),
    (
        "a deletion of somebody's words in a group",
        "deleteMessage",
        {"chat_id": -2001, "message_id": 2},
        400,
        "Bad Request: message can't be deleted",
    ),
    (
        "too many deletions",
        "deleteMessages",
        {"chat_id": 1001, "message_ids": list(range(1, 102))},
        400,
        "Bad Request: too many message identifiers specified",
    ),
    ("an unknown tap", "answerCallbackQuery", {"callback_query_id": "5"}, 400, TOO_OLD),
    (
        "a long toast",
        "answerCallbackQuery",
        {"callback_query_id": "5", "text": "a" * 201},
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    ),
    (
        "a shouted command",
        "setMyCommands",
        {"commands": [{"command": "HELP", "description": "Help"}]},
        400,
        "Bad Request: BOT_COMMAND_INVALID",
    ),
    (
        "commands in a language with a region",
        "setMyCommands",
        {"commands": [], "language_code": "pt-br"},
        400,
        "Bad Request: invalid language code specified",
    ),
    ("an unknown chat to read", "getChat", {"chat_id": 4}, 400, "Bad Request: chat not found"),
]


@pytest.mark.parametrize(
    ("method", "params", "status", "words"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
async def test_is_refused_in_telegrams_words(
    call: Call, method: str, params: dict[str, Any], status: int, words: str
) -> None:
    got, body = await call(method, **params)
    assert (got, body) == (status, {"ok": False, "error_code": status, "description": words})


async def test_an_edit_that_changes_nothing_is_refused(call: Call) -> None:
    markup = keys([key(callback_data="a")])
    _, sent = await call("sendMessage", **text(reply_markup=markup))
    number = sent["result"]["message_id"]
    _, body = await call("editMessageText", **text(message_id=number, text="Hello ", reply_markup=markup))
    assert body["description"] == NOT_MODIFIED
    status, _ = await call("editMessageText", **text(message_id=number))
    assert status == 200


async def test_a_picture_has_no_text_to_edit(call: Call) -> None:
    _, sent = await call("sendPhoto", chat_id=1001, photo=Upload("a.png", b"a", "image/png"))
    _, body = await call("editMessageText", **text(message_id=sent["result"]["message_id"]))
    assert body["description"] == "Bad Request: there is no text in the message to edit"


async def test_messages_can_be_deleted_for_48_hours(call: Call, watch: Watch) -> None:
    _, first = await call("sendMessage", **text())
    watch.push(hours=48)
    _, second = await call("sendMessage", **text())
    watch.push(seconds=1)
    ids = [first["result"]["message_id"], second["result"]["message_id"]]
    _, body = await call("deleteMessages", chat_id=1001, message_ids=ids)
    assert body["description"] == "Bad Request: message can't be deleted"
    assert (await call("deleteMessages", chat_id=1001, message_ids=[ids[1], 99]))[0] == 200


async def test_a_tap_can_be_answered_once_and_soon(call: Call, world: World, watch: Watch) -> None:
    _, sent = await call("sendMessage", **text(reply_markup=keys([key(callback_data="a")])))
    first, second = (world.tap(1001, sent["result"]["message_id"], "a") for _ in range(2))
    assert (await call("answerCallbackQuery", callback_query_id=first, text="Saved"))[0] == 200
    assert (await call("answerCallbackQuery", callback_query_id=first))[1]["description"] == TOO_OLD
    watch.push(seconds=16)
    assert (await call("answerCallbackQuery", callback_query_id=second))[1]["description"] == TOO_OLD
    assert [toast.text for toast in world.toasts(1001)] == ["Saved"]


async def test_who_blocked_the_bot_hears_nothing_until_they_write_again(call: Call, world: World) -> None:
    world.block_bot(1001)
    status, body = await call("sendMessage", **text())
    assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")
    world.say(1001, "Here again")
    assert (await call("sendMessage", **text()))[0] == 200


async def test_a_deleted_account_hears_nothing(call: Call, world: World) -> None:
    world.deactivate(1001)
    assert (await call("sendMessage", **text()))[1]["description"] == "Forbidden: user is deactivated"


async def test_a_group_that_removed_the_bot_hears_nothing(call: Call, world: World) -> None:
    world.remove_bot(1001, -2001)
    status, body = await call("sendMessage", **text(chat_id=-2001))
    assert (status, body["description"]) == (403, "Forbidden: bot was kicked from the group chat")


async def test_a_group_the_bot_left_is_not_its_own(call: Call) -> None:
    assert (await call("leaveChat", chat_id=-2001))[0] == 200
    status, body = await call("sendMessage", **text(chat_id=-2001))
    assert (status, body["description"]) == (403, "Forbidden: bot is not a member of the group chat")


async def test_a_silenced_bot_may_not_write(call: Call, world: World) -> None:
    world.forbid_writing(-2001)
    _, body = await call("sendMessage", **text(chat_id=-2001))
    assert body["description"] == "Bad Request: not enough rights to send text messages to the chat"


async def test_a_group_may_take_texts_and_no_files(call: Call, world: World) -> None:
    world.forbid_files(-2001)
    document = Upload("a.ics", b"a", "text/calendar")
    _, body = await call("sendDocument", chat_id=-2001, document=document)
    assert body["description"] == "Bad Request: not enough rights to send documents to the chat"
    assert (await call("sendMessage", **text(chat_id=-2001)))[0] == 200


async def test_a_file_beyond_fifty_million_bytes_is_refused(call: Call) -> None:
    document = Upload("a.ics", bytes(50_000_001), "text/calendar")
    answer = await call("sendDocument", chat_id=1001, document=document)
    refused = {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}
    assert answer == (413, refused)


async def test_a_group_that_became_a_supergroup_says_where_it_went(call: Call, world: World) -> None:
    new = world.migrate(-2001)
    status, body = await call("sendMessage", **text(chat_id=-2001))
    assert (status, body) == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new},
        },
    )
    assert (await call("sendMessage", **text(chat_id=new)))[1]["result"]["chat"]["type"] == "supergroup"


async def test_topics_can_close_and_go(call: Call, world: World) -> None:
    forum = world.add_group("Forum", 1001, forum=True)
    world.add_bot_to_group(1001, forum)
    thread = world.add_topic(forum, "Topic")
    _, sent = await call("sendMessage", **text(chat_id=forum, message_thread_id=thread))
    assert sent["result"]["message_thread_id"] == thread
    world.close_topic(forum, thread)
    _, body = await call("sendMessage", **text(chat_id=forum, message_thread_id=thread))
    assert body["description"] == "Bad Request: TOPIC_CLOSED"
    world.delete_topic(forum, thread)
    for gone in (thread, 1):
        _, body = await call("sendMessage", **text(chat_id=forum, message_thread_id=gone))
        assert body["description"] == "Bad Request: message thread not found"


async def test_a_private_chat_takes_a_burst_and_then_about_one_a_second(call: Call, watch: Watch) -> None:
    statuses = [(await call("sendMessage", **text()))[0] for _ in range(7)]
    assert statuses == [200] * 6 + [429]
    _, body = await call("sendMessage", **text())
    assert body["description"] == "Too Many Requests: retry after 3"
    assert body["parameters"] == {"retry_after": 3}
    watch.push(seconds=3)
    assert (await call("sendMessage", **text()))[0] == 200


async def test_a_group_takes_twenty_a_minute_edits_included(call: Call, watch: Watch) -> None:
    _, sent = await call("sendMessage", **text(chat_id=-2001))
    number = sent["result"]["message_id"]
    for turn in range(19):
        await call("editMessageText", chat_id=-2001, message_id=number, text=f"Turn {turn}")
        watch.push(seconds=1)
    _, body = await call("sendMessage", **text(chat_id=-2001))
    assert body["parameters"] == {"retry_after": 41}
    watch.push(seconds=41)
    assert (await call("sendMessage", **text(chat_id=-2001)))[0] == 200
