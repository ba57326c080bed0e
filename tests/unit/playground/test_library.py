"""python-telegram-bot over the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.adapters.playground.request import StandInRequest
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from tests.unit.playground.watch import TOKEN

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])


@pytest_asyncio.fixture
async def bot(standin: StandIn, world: World) -> AsyncIterator[Bot]:
    async with Bot(
        TOKEN, request=StandInRequest(standin), get_updates_request=StandInRequest(standin)
    ) as made:
        yield made


async def test_the_bot_knows_itself(bot: Bot) -> None:
    assert (bot.username, bot.can_read_all_group_messages) == ("PlaygroundBot", False)


async def test_a_message_is_sent_changed_and_deleted(bot: Bot, world: World) -> None:
    bold = [MessageEntity(MessageEntity.BOLD, 0, 5)]
    sent = await bot.send_message(
        1001, "Hello there", entities=bold, reply_markup=KEYS, protect_content=True, disable_notification=True
    )
    assert (sent.text, sent.reply_markup, sent.has_protected_content) == ("Hello there", KEYS, True)
    await bot.edit_message_text("Goodbye", 1001, sent.message_id)
    assert [message.text for message in world.messages(1001)] == ["/start", "Goodbye"]
    assert world.messages(1001)[1].markup is None
    await bot.delete_messages(1001, [sent.message_id])
    assert len(world.messages(1001)) == 1


async def test_every_kind_of_update_can_be_parsed(bot: Bot, world: World) -> None:
    sent = await bot.send_message(1001, "Hello", reply_markup=KEYS)
    world.press(1001, "Go")
    world.tap(1001, sent.message_id, "go", inaccessible=True)
    world.send_photo(1001, b"picture", "A caption")
    world.send_voice(1001, b"sound")
    world.say(1001, "An answer", reply_to=sent.message_id)
    world.block_bot(1001)
    world.open_link(1001, "payload")
    new = world.migrate(-2001)
    world.remove_bot(1001, new)
    forum = world.add_group("Forum", 1001, forum=True)
    world.add_bot_to_group(1001, forum, "payload")
    world.say(1001, "/help@PlaygroundBot", forum, thread=world.add_topic(forum, "Topic"))
    updates = await bot.get_updates()
    assert all(isinstance(update, Update) and update.effective_chat for update in updates)
    tap = next(update.callback_query for update in updates if update.callback_query)
    assert (tap.data, tap.from_user.language_code) == ("go", "en")
    assert await bot.answer_callback_query(tap.id, "Saved")
    assert any(update.message and update.message.text == "/start payload" for update in updates)


async def test_files_arrive_with_name_and_content(bot: Bot, standin: StandIn, world: World) -> None:
    sent = await bot.send_document(1001, b"a,b", filename="made-up.csv", caption="Here")
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("made-up.csv", "Here")
    await bot.send_photo(1001, b"\x89PNG made up")
    again = await bot.send_document(1001, sent.document.file_id)
    assert again.document == sent.document
    kept = [message.file for message in world.messages(1001) if message.file]
    assert [file.content for file in kept] == [b"a,b", b"\x89PNG made up", b"a,b"]


async def test_chats_and_members_can_be_read(bot: Bot) -> None:
    assert (await bot.get_chat(-2001)).title == "Group"
    assert (await bot.get_chat_member(-2001, 1002)).status == "member"
    assert (await bot.get_chat_member(-2001, bot.id)).status == "member"
    await bot.leave_chat(-2001)
    assert (await bot.get_chat_member(-2001, bot.id)).status == "left"


async def test_people_are_offered_the_commands_of_their_chat_and_language(bot: Bot, world: World) -> None:
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("aide", "Aide")], language_code="fr")
    await bot.set_my_commands([BotCommand("digest", "Digest")], scope={"type": "all_group_chats"})  # type: ignore[arg-type]
    offered = [world.commands(1001), world.commands(1002), world.commands(1001, -2001)]
    assert [names[0]["command"] for names in offered] == ["help", "aide", "digest"]
    assert (await bot.get_my_commands(language_code="fr"))[0].command == "aide"
    await bot.delete_my_commands(language_code="fr")
    assert world.commands(1002)[0]["command"] == "help"
    assert await bot.set_my_name("Made up")
    assert (await bot.get_me()).first_name == "Made up"


async def test_refusals_become_the_errors_of_the_library(
    bot: Bot, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(4, "Hello")
    with pytest.raises(Forbidden):
        await bot.send_message(1002, "Hello")
    world.migrate(-2001)
    with pytest.raises(ChatMigrated):
        await bot.send_message(-2001, "Hello")
    world.fail_next("sendMessage", 409)
    with pytest.raises(Conflict):
        await bot.send_message(1001, "Hello")
    world.fail_next("sendMessage", 429, retry_after=7)
    with pytest.raises(RetryAfter):
        await bot.send_message(1001, "Hello")


async def test_an_answer_can_be_lost_after_the_message_was_sent(bot: Bot, world: World) -> None:
    world.fail_next("sendMessage", ConnectionResetError(), after_performing=True)
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "Hello")
    world.fail_next("sendMessage", 502)
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "Never sent")
    assert [message.text for message in world.messages(1001)] == ["/start", "Hello"]


async def test_a_poisoned_update_cannot_be_parsed(bot: Bot, world: World) -> None:
    world.poison(1001)
    with pytest.raises(Exception, match="date"):
        await bot.get_updates()


async def test_a_wrong_token_is_refused(standin: StandIn) -> None:
    stranger = Bot("2:other", request=StandInRequest(standin))
    with pytest.raises(InvalidToken):
        await stranger.get_me()


async def test_a_new_start_forgets_everything(standin: StandIn, world: World, bot: Bot) -> None:
    await bot.send_message(1001, "Hello")
    standin.reset()
    with pytest.raises(BadRequest):
        await bot.send_message(1001, "Hello")
    assert world.add_person("Person C") == 1001
