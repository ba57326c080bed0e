"""The group: how the bot comes, is connected, moves, falls silent and returns."""

from __future__ import annotations

from bot.app.work import Work
from bot.core.partnerships import Group
from tests.town import PARTNERS, Town

CONNECTED = "Hello, Made-up Alliance"
UNCONNECTED = "Not connected yet"


async def set_up_without_group(town: Town, person: int | None = None) -> None:
    somebody = person or town.facilitator
    for text in ("/new", "Made-up Alliance", "Clean water", "English", "Nairobi", "\n".join(PARTNERS)):
        await town.say(somebody, text)
    for label in ("That is all", "Done"):
        await town.press(somebody, label)


def group_of(work: Work, chat: int) -> Group:
    found = work.tx.groups.find(chat)
    assert found is not None
    return found


async def test_a_facilitator_with_one_free_partnership_is_understood_when_the_payload_is_lost(
    town: Town,
) -> None:
    await set_up_without_group(town)
    assert "Add me to the Telegram group" in town.text(town.facilitator)
    town.world.add_bot_to_group(town.facilitator, town.group)
    await town.settle()
    assert town.text(town.group).startswith(CONNECTED)
    assert "The group is connected" in town.text(town.facilitator)


async def test_with_two_free_partnerships_the_payload_or_the_command_decides(town: Town) -> None:
    await set_up_without_group(town)
    await set_up_without_group(town)
    town.world.add_bot_to_group(town.facilitator, town.group)
    await town.settle()
    assert not town.from_bot(town.group)
    await town.say(town.facilitator, "/start@PlaygroundBot p2", town.group)
    assert town.text(town.group).startswith(CONNECTED)
    assert "The group is connected" in await town.tap(town.facilitator, "p/2/group")
    assert "Connect the group" in await town.tap(town.facilitator, "p/1/group")


async def test_the_payload_that_follows_the_connection_says_hello_only_once(town: Town) -> None:
    await set_up_without_group(town)
    town.world.add_bot_to_group(town.facilitator, town.group, "p1")
    await town.settle()
    await town.say(town.facilitator, "/start@PlaygroundBot p1", town.group)
    assert len(town.posts("Hello")) == 1


async def test_only_a_facilitator_connects_and_a_second_partnership_is_refused_in_private(town: Town) -> None:
    await town.set_up(join=True)
    other = town.representatives[1]
    await set_up_without_group(town, other)
    before = len(town.from_bot(town.group))
    await town.say(other, "/start@PlaygroundBot p2", town.group)
    assert "That group already belongs to another partnership." in town.text(other)
    await town.say(other, "/start@PlaygroundBot p1", town.group)
    assert "This page is not available to you" in town.text(other)
    for payload in ("p" + "9" * 40, "p\u0661", "p99", "p-1"):
        await town.say(other, f"/start@PlaygroundBot {payload}", town.group)
    assert {post.splitlines()[0] for post in town.posts("")[before:]} <= {CONNECTED}
    assert "The group is connected" in await town.tap(town.facilitator, "p/1/group")


async def test_before_the_connection_every_command_says_how_to_connect(town: Town) -> None:
    town.world.add_bot_to_group(town.facilitator, town.group)
    await town.settle()
    for command in ("digest", "agreements", "next", "start"):
        shown = await town.say(town.representatives[1], f"/{command}@PlaygroundBot", town.group)
        assert shown.startswith(UNCONNECTED), command
    assert "Everything personal happens in the private chat" in await town.say(
        town.representatives[1], "/help@PlaygroundBot", town.group
    )


async def test_commands_for_another_bot_or_unknown_ones_and_plain_talk_get_no_answer(town: Town) -> None:
    await town.set_up()
    before = len(town.from_bot(town.group))
    for text in ("/digest@AnotherBot", "/nothing_like_it", "hello everybody", "43210"):
        town.world.say(town.representatives[1], text, town.group)
        await town.settle()
    assert len(town.from_bot(town.group)) == before


async def test_a_group_that_becomes_a_supergroup_is_followed_by_its_service_messages(town: Town) -> None:
    await town.set_up(join=True)
    new = town.world.migrate(town.group)
    await town.settle()
    await town.ask_for_levels()
    assert "The questions are open" in town.text(new)
    assert (await town.ask(group_of, new)).id == (await town.ask(group_of, town.group)).id


async def test_a_group_that_moved_unheard_is_followed_at_the_next_message(town: Town) -> None:
    await town.set_up(join=True)
    number = town.standin.state.queue.last_id
    new = town.world.migrate(town.group)
    town.standin.state.queue.clear()  # the updates about it never reach the bot
    assert town.standin.state.queue.last_id > number
    await town.ask_for_levels()
    assert "The questions are open" in town.text(new)
    assert "The group is connected" in await town.tap(town.facilitator, "p/1/group")


async def test_in_a_forum_answers_go_where_they_were_asked_and_a_closed_topic_to_the_whole_group(
    town: Town,
) -> None:
    await set_up_without_group(town)
    forum = town.world.add_group("Our forum", town.facilitator, *town.representatives, forum=True)
    town.world.say(town.facilitator, "hello", forum)  # so that no topic has the number of the general one
    topic = town.world.add_topic(forum, "Decisions")
    town.world.add_bot_to_group(town.facilitator, forum)
    await town.settle()
    town.world.say(town.facilitator, "/next@PlaygroundBot", forum, thread=topic)
    await town.settle()
    assert (town.text(forum).splitlines()[0], town.last(forum).thread) == ("Next", topic)
    town.world.close_topic(forum, topic)
    await town.tap(town.facilitator, "!p/1/new/baseline")
    await town.tap(town.facilitator, "!r/1/open")
    assert "A round has opened" in town.text(forum)
    assert town.last(forum).thread is None


async def test_a_removed_bot_tells_the_facilitators_and_goes_on_when_it_returns(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    posted = len(town.from_bot(town.group))
    town.world.remove_bot(town.facilitator, town.group)
    await town.settle()
    assert "Connect the group" in town.text(town.facilitator)
    await town.tap(town.facilitator, "!r/1/extend")
    assert len(town.from_bot(town.group)) == posted
    town.world.add_bot_to_group(town.facilitator, town.group)
    await town.settle()
    assert "The group is connected" in await town.tap(town.facilitator, "p/1/group")
    assert "Round: open until" in await town.say(town.facilitator, "/next@PlaygroundBot", town.group)


async def test_the_language_of_the_group_is_chosen_by_a_facilitator_alone(town: Town) -> None:
    await town.set_up(join=True)
    person, group = town.representatives[1], town.group
    await town.say(person, "/language", group)
    await town.press(person, "Fran\u00e7ais", group)
    assert town.world.toasts(person)[-1].text == "A facilitator of this partnership can choose the language."
    assert (await town.ask(group_of, group)).language == "en"
    for data in ("!language/xx", "!language/", "home", "!r/1/cancel", "~abc"):
        await town.tap(town.facilitator, data, chat=group)
    assert (await town.ask(group_of, group)).language == "en"
    await town.tap(town.facilitator, "!language/fr", chat=group)
    assert (await town.ask(group_of, group)).language == "fr"


async def test_a_group_speaks_the_language_of_its_partnership_whoever_added_the_bot(town: Town) -> None:
    await set_up_without_group(town)
    reads_french = town.representatives[0]
    town.world.add_bot_to_group(reads_french, town.group)
    await town.settle()
    assert (await town.ask(group_of, town.group)).languages == ("fr",)
    await town.say(town.facilitator, "/start@PlaygroundBot p1", town.group)
    assert (await town.ask(group_of, town.group)).languages == ("en",)


async def test_a_mixed_group_reads_short_things_together_and_each_digest_in_its_own_message(
    town: Town,
) -> None:
    await town.set_up(join=True)
    group = town.group
    await town.tap(town.facilitator, "!p/1/group/languages/fr")
    assert "English and Français" in await town.tap(town.facilitator, "p/1/group/languages")
    await town.ask_for_levels()
    opened = town.text(group)
    assert "The questions are open\n" in opened
    assert "\n\nLes questions sont ouvertes\n" in opened
    for person in town.representatives:
        await town.answer(person, "42013\n31024", "It is fine", "It is fine", "Done")
    before = len(town.from_bot(group))
    await town.close()
    posted = [item.text for item in town.from_bot(group)[before:]]
    assert [("Digest of round 1" in words, "du tour 1" in words) for words in posted[-2:]] == [
        (True, False),
        (False, True),
    ]
    assert sum("Digest of round 1" in words for words in posted) == 1


async def test_a_group_has_room_for_three_languages_and_always_keeps_one(town: Town) -> None:
    await town.set_up(join=True)
    for code in ("fr", "es", "ar"):
        shown = await town.tap(town.facilitator, f"!p/1/group/languages/{code}")
    assert "There is room for 3 languages." in shown
    assert (await town.ask(group_of, town.group)).languages == ("en", "fr", "es")
    for code in ("en", "es", "fr", "fr", "xx"):
        await town.tap(town.facilitator, f"!p/1/group/languages/{code}")
    assert (await town.ask(group_of, town.group)).languages == ("fr",)
    await town.tap(town.facilitator, "!language/en", chat=town.group)
    assert (await town.ask(group_of, town.group)).languages == ("en",)
