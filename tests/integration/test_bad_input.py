"""What people, phones and machines get wrong: kind words, and nothing given before is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select

from bot.adapters.db.databases import database_of
from bot.adapters.db.messages import OUTBOX
from bot.adapters.db.schema import metadata
from bot.adapters.db.updates import QUARANTINE
from bot.adapters.playground.content import units
from bot.app.work import Work
from bot.core.rounds.lifecycle import RoundState
from bot.errors import KeysError, StoreError
from bot.wiring.machine import open_store
from tests.town import Town, connection_of

USED = "This link has been used already, or its time is over."
ELSEWHERE = "This page is not available to you, or no longer exists."
EARLIER = "That card is from an earlier time. Here is where you are now."
BUTTON_EARLIER = "That button is from an earlier time. Here is where you are now."


def faults(work: Work) -> tuple[int, int]:
    """Updates set aside, and messages given up because they could not be made or sent."""
    connection = connection_of(work)
    dead = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.state == "dead")
    aside = select(func.count()).select_from(QUARANTINE)
    return connection.execute(aside).scalar_one(), connection.execute(dead).scalar_one()


PERSONAL = frozenset({"person", "place", "draft", "outbox", "posted", "processed_update", "answer"})


def shared(work: Work) -> dict[str, list[object]]:
    """Everything stored that is not one person's own screen or sitting."""
    connection = connection_of(work)
    return {
        table.name: connection.execute(table.select()).all()
        for table in metadata.sorted_tables
        if table.name not in PERSONAL
    }


# Links


async def test_a_link_serves_one_account_once_and_only_in_its_time(town: Town) -> None:
    await town.set_up(partners=("A | A | local", "B | B | local", "C | C | local", "D | D | local"))
    late, unused = town.representatives[3], await town.invitations()
    assert unused == [], "four of the five took the four seats"
    await town.tap(town.facilitator, "!s/4/free")
    (token,) = await town.invitations()
    taken, newcomer = town.representatives[1], town.world.add_person("Person N")

    assert "One person answers for one seat." in await open_link(town, taken, token)
    await town.pass_time(timedelta(days=7, seconds=1))
    assert USED in await open_link(town, late, token)
    (token,) = await town.invitations()
    assert "You are invited" in await open_link(town, late, token)
    assert USED in await open_link(town, newcomer, token)
    assert "You are invited" in await open_link(town, late, token), "their own link still leads them back"
    for odd in ("nonsense", "x" * 64, "%00", "p1", "take me", "0"):
        assert USED in await open_link(town, newcomer, odd)
    assert await town.ask(faults) == (0, 0)


async def open_link(town: Town, person: int, token: str) -> str:
    town.world.open_link(person, token)
    await town.settle()
    return town.text(person)


async def test_a_bad_link_in_the_middle_of_a_sitting_keeps_the_question_and_the_answers(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    person = town.representatives[1]
    await town.answer(person, "43210")
    shown = await open_link(town, person, "nonsense")
    assert USED in shown
    assert "Question 2 of" in shown
    assert "1. Which villages come first\n4 3 2 1 0" in await town.say(person, "/mine")


# Strangers and modified phones


async def test_a_stranger_meets_a_friendly_page_whatever_they_type(town: Town) -> None:
    await town.set_up(join=True)
    number = await town.ask_for_levels()
    stranger = town.world.add_person("Stranger", None)
    before = await town.ask(shared)
    welcome = "open the personal link that your facilitator sent you"
    for text in ("hello", "43210", "/answer", "/pause", "/start", "/start take", "/partnerships", "1" * 4000):
        assert welcome in await town.say(stranger, text), text
    assert "There is nothing of yours" in await town.say(stranger, "/mine")
    assert "nothing of yours to erase" in await town.say(stranger, "/erase")
    assert "Help" in await town.say(stranger, "/no_such_command")
    for data in (f"answer/{number}", f"call/{number}", "p/1", f"!r/{number}/cancel", "m/1/agreements"):
        await town.say(stranger, "/start")
        assert ELSEWHERE in await town.tap(stranger, data), data
    assert await town.ask(shared) == before
    assert await town.ask(faults) == (0, 0)


HOSTILE = (
    *("!r/1/cancel", "!r/1/open", "!r/1/ask", "!d/1/out", "!s/1/free", "!s/2/remove", "!p/1/invite", "p/2"),
    *("answer/" + "9" * 25, "desk/levels/" + "9" * 25, "desk/setup/" + "9" * 50),
    *("d/" + "9" * 18, "p/" + "9" * 40, "answer/" + "9" * 18, "p/1/links/" + "9" * 30 + ".x"),
    *("call/0", "answer/-1", "answer/1/1", "desk/nowhere/1", "desk/wording/1", "p/\u0661", "answer/\u0661"),
    *("p/1/links/abc", "p/1/links/1", "p/1/links/1.", "p/1/links/77.abc", "!a/1/1/5", "!a/1/1/gone"),
    *("!language/", "!language/5", "!language/../../etc", "!r/1/mode/5", "!mode/1/5", "m/1/digest/0"),
    *("r/1/window/" + "w" * 50, "r/1/window/5", "!r/1/window/5/7", "!r/1/window/answer/5000", "r/1/shape/0"),
    *("~", "~AAAAAAAAAAAA", "~" + "x" * 60, "", " ", "!", "/", "//", "home/", "\x00", "\U0001f642" * 16),
    *("'; DROP TABLE person; --", "{0}", "%s%n", "<b>", "../../etc/passwd", "\u202egnirts", "!!home", "None"),
)
"""Callback data that no button of ours ever had, or that was on somebody else's."""


@pytest.mark.parametrize("role", ["stranger", "representative", "facilitator elsewhere"])
async def test_data_from_a_modified_phone_changes_nothing_and_stops_nobody(town: Town, role: str) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    person = {
        "stranger": town.world.add_person("Stranger"),
        "representative": town.representatives[1],
        "facilitator elsewhere": town.representatives[2],
    }[role]
    await town.say(person, "/start")
    if role == "facilitator elsewhere":
        await set_up_another(town, person)
    bystander = town.representatives[3]
    before = await town.ask(shared)
    for data in HOSTILE:
        assert await town.tap(person, data), data
        assert "Something went wrong" not in town.text(person), data
        assert await town.ask(faults) == (0, 0), data
    assert await town.say(bystander, "/help")
    assert "Question 1 of" in await town.say(bystander, "/answer")
    assert await town.ask(shared) == before
    await town.say(person, "/start")
    assert "Who decides what" in town.text(person)


async def test_data_from_a_facilitator_s_own_modified_phone_stops_nobody(town: Town) -> None:
    await town.set_up(join=True)
    number = await town.ask_for_levels()
    for data in HOSTILE:
        if data != f"!r/{number}/cancel":
            assert await town.tap(town.facilitator, data), data
            assert await town.ask(faults) == (0, 0), data
    assert "Question 1 of" in await town.say(town.representatives[3], "/answer")


async def set_up_another(town: Town, person: int) -> None:
    for text in ("/new", "Another Alliance", "Dry feet", "English", "Nairobi", "X | X\nY | Y\nZ | Z"):
        await town.say(person, text)
    for label in ("That is all", "Done"):
        await town.press(person, label)


# Cards and texts out of turn


async def test_a_button_of_an_earlier_sitting_says_so_and_changes_nothing(town: Town) -> None:
    await town.set_up(join=True)
    person = town.representatives[1]
    await town.tap(town.facilitator, "!p/1/new/baseline")
    await town.tap(town.facilitator, "!r/1/open")
    await town.answer(person, "A made-up decision")
    (stale,) = [
        button["callback_data"]
        for row in town.last(person).markup["inline_keyboard"]  # type: ignore[index]
        for button in row
        if button["text"] == "That is all"
    ]
    await town.push_to_end()
    assert BUTTON_EARLIER in await town.tap(person, stale) or EARLIER in town.text(person)
    await town.tap(town.facilitator, "!r/1/ask")
    await town.answer(person, "43210")
    shown = await town.tap(person, stale)
    assert EARLIER in shown
    assert "4 3 2 1 0" in await town.say(person, "/mine")


async def test_a_text_where_a_tap_is_expected_is_told_what_to_do(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels(["One made-up decision"])
    person = town.representatives[1]
    assert "Please choose one of the buttons, or type its number." in await town.say(person, "what now?")
    await town.answer(person, "43210")
    shown = await town.say(person, "well, it depends")
    assert "Please tap a button here, or type the words on it." in shown
    assert "Is the way this is decided fine with you?" in shown
    assert "1. PA: 4, 2. PB: 3, 3. PC: 2, 4. PD: 1 and 5. PE: 0" in shown


Send = Callable[[Town, int], object]


@pytest.mark.parametrize(
    "send",
    [
        lambda town, person: town.world.send_photo(person, b"made-up picture", "43210"),
        lambda town, person: town.world.send_voice(person, b"made-up voice"),
    ],
    ids=["photo", "voice"],
)
async def test_a_photo_or_a_voice_note_is_not_kept_and_costs_nothing(town: Town, send: Send) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    person = town.representatives[1]
    await town.answer(person, "43210")
    send(town, person)
    await town.settle()
    assert "I can only read text and buttons. Nothing else you sent was kept." in town.text(person)
    assert "Question 2 of" in town.text(person)
    await town.say(person, "/pause")
    assert not [item for item in town.world.messages(person) if item.file], "it goes with the sitting"


async def test_five_thousand_characters_arrive_in_two_messages_and_are_refused_with_their_length(
    town: Town,
) -> None:
    await town.set_up(join=True)
    await town.tap(town.facilitator, "!p/1/new/baseline")
    await town.tap(town.facilitator, "!r/1/open")
    person = town.representatives[1]
    await town.answer(person, "A made-up decision")
    shown = await town.say(person, "x" * 5000)
    assert "That has 904 characters; there is room for 100." in shown
    assert "1. A made-up decision" in shown
    shown = await town.say(person, "x" * 100 + "\n" + "y" * 101)
    assert "there is room for 100" in shown
    assert f"2. {'x' * 100}" in shown


ROWS = {
    "4200": ("Still open: 5. PE. Levels go from 0 to 4.", "Now: 1=4 2=2 3=0 4=0"),
    "420031": ("That is 6 levels where 5 are needed, so I took none.", "Answer with one digit"),
    "42703": ("Still open: 3. PC. Levels go from 0 to 4.", "Now: 1=4 2=2 4=0 5=3"),
    "not at all": ("I could not read levels there. Send digits from 0 to 4, for example", "Answer with one"),
}


async def test_a_row_that_is_not_clear_keeps_what_is_and_asks_for_the_rest(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    for person, (row, (notice, now)) in zip(town.representatives[1:], ROWS.items(), strict=True):
        shown = await town.answer(person, row)
        assert notice in shown, row
        assert now in shown, row
        assert "Question 1 of" in shown
    assert "Question 2 of" in await town.say(town.representatives[1], "3")
    assert "4 2 0 0 3" in await town.say(town.representatives[1], "/mine")


# Names and wordings

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
STRANGE = {
    "<b>Bold</b> &amp; <script>": "<b>Bold</b> &amp; <script>",
    "*star* _line_ `code` [a](https://e.org)": "*star* _line_ `code` [a](https://e.org)",
    "\u202egnikat\u202c over\u0007 \u200bnow": "gnikat over now",
    f"\U0001f600 {FAMILY} e\u0301": f"\U0001f600 {FAMILY} \u00e9",
    "  =1+1\t@all {name} %(x)s ": "=1+1 @all {name} %(x)s",
    "\u0645\u062b\u0627\u0644 abc": "\u0645\u062b\u0627\u0644 abc",
}


@pytest.mark.parametrize(("typed", "shown"), STRANGE.items())
async def test_what_people_write_is_shown_to_the_letter_and_never_read_as_markup(
    town: Town, typed: str, shown: str
) -> None:
    facilitator, person = town.facilitator, town.representatives[1]
    for text in ("/new", typed, typed, "English", "Nairobi", f"{typed} | A1\nB | B1\nC | C1"):
        await town.say(facilitator, text)
    for label in ("That is all", "Done"):
        await town.press(facilitator, label)
    town.world.add_bot_to_group(facilitator, town.group, "p1")
    await town.settle()
    title = town.text(town.group).splitlines()[0]
    assert unmarked(title) == f"Hello, {shown}"
    assert town.last(town.group).entities == [{"type": "bold", "offset": 0, "length": units(title)}]
    tokens = await town.invitations()
    await open_link(town, person, tokens[0])
    assert f"The facilitators of {shown} ask you to answer for {shown}" in unmarked(town.text(person))
    await town.join(person)
    await town.ask_for_levels([typed, "Another made-up decision"])
    assert shown in unmarked(await town.answer(person)).splitlines()
    assert len(town.last(person).entities) == 1
    assert await town.ask(faults) == (0, 0)


def unmarked(text: str) -> str:
    """Without the marks that keep words of two directions apart."""
    return text.replace("\u2068", "").replace("\u2069", "")


async def test_two_partners_of_one_name_are_told_by_name(town: Town) -> None:
    facilitator = town.facilitator
    for text in ("/new", "Made-up Alliance", "Clean water", "English", "Nairobi"):
        await town.say(facilitator, text)
    shown = await town.say(facilitator, "Partner A | PA\npartner a | PX\nPartner B | pa\nPartner C")
    assert "partner a is on the list already." in shown
    assert "At least 3 are needed." in shown
    assert "That is all" not in town.labels(facilitator)
    await town.say(facilitator, "Partner B | PB")
    await town.press(facilitator, "That is all")
    await town.press(facilitator, "Done")
    await town.tap(facilitator, "desk/partners/1")
    await town.say(facilitator, "Partner D | PB")
    assert "PB is already there. Please use another name or short name." in await town.press(
        facilitator, "That is all"
    )
    shown = await town.tap(facilitator, "desk/partners/1")
    assert "1. Partner D | PB" in shown, "what was typed is still there to be changed"


async def test_with_fewer_than_three_partners_no_round_opens(town: Town) -> None:
    await town.set_up(partners=("A | A | local", "B | B | local", "C | C | local"))
    await town.tap(town.facilitator, "!s/3/free")
    await town.tap(town.facilitator, "!s/3/remove")
    await town.tap(town.facilitator, "!p/1/new/baseline")
    shown = await town.tap(town.facilitator, "!r/1/open")
    assert "A round needs at least 3 partners with a seat." in shown
    assert (await town.round()).state is RoundState.DRAFT


# Chats that do not take messages


async def test_a_group_where_the_bot_may_not_write_is_asked_for_again_and_nothing_is_lost(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels(["One made-up decision"])
    for person in town.representatives:
        await town.answer(person, "43210", "1")
    town.world.forbid_writing(town.group)
    await town.close()
    assert not town.posts("Digest")
    shown = await town.tap(town.facilitator, "p/1/group")
    assert "write there: /start p1" in shown
    town.world.forbid_writing(town.group, forbidden=False)
    await town.say(town.facilitator, "/start@PlaygroundBot p1", town.group)
    assert "Most agree with how it is decided." in await town.say(
        town.facilitator, "/digest@PlaygroundBot", town.group
    )
    assert "The group is connected" in await town.tap(town.facilitator, "p/1/group")


async def test_no_round_opens_towards_a_group_that_cannot_be_reached(town: Town) -> None:
    await town.set_up(join=True)
    town.world.remove_bot(town.facilitator, town.group)
    await town.settle()
    await town.tap(town.facilitator, "!p/1/new/baseline")
    assert "Please connect the group first." in await town.tap(town.facilitator, "!r/1/open")


async def test_somebody_who_blocked_the_bot_and_returns_finds_everything_as_it_was(town: Town) -> None:
    await town.set_up(join=True)
    person = town.representatives[1]
    await town.ask_for_levels()
    await town.answer(person, "43210")
    town.world.block_bot(person)
    await town.settle()
    before = len(town.from_bot(person))
    await town.tap(town.facilitator, f"!r/{(await town.round()).id}/extend")
    assert len(town.from_bot(person)) == before
    town.world.unblock_bot(person)
    await town.settle()
    assert "Question 2 of" in await town.say(person, "/answer")
    assert "4 3 2 1 0" in await town.say(person, "/mine")


# Files and clocks


@pytest.mark.parametrize("lost", ["master/master.key", "master/identity.key"])
async def test_beside_a_database_a_missing_key_file_stops_the_start_and_makes_no_new_one(
    town: Town, lost: str
) -> None:
    await town.set_up(join=True)
    await town.crash()
    file = town.settings.data_dir / lost
    kept = file.read_bytes()
    file.unlink()
    with pytest.raises(KeysError, match="Put both back"):
        open_store(town.settings)
    assert not file.exists()
    file.write_bytes(kept)
    await town.come_back()
    assert "Made-up Alliance" in await town.tap(town.facilitator, "p/1")


async def test_while_a_round_s_key_is_missing_its_people_are_told_and_afterwards_all_is_there(
    town: Town,
) -> None:
    await town.set_up(join=True)
    number = await town.ask_for_levels(["One made-up decision"])
    for person in town.representatives:
        await town.answer(person, "43210", "1")
    (file,) = town.settings.keys.iterdir()
    kept = file.read_bytes()
    file.unlink()
    person = town.representatives[1]
    assert "Everything you gave before is safe." in await town.say(person, "01234")
    town.clock.push(timedelta(days=14, seconds=1))
    with pytest.raises(KeysError):
        await town.machine.tick()
    assert (await town.round()).state is RoundState.ANSWERING, "what cannot be counted is not closed"
    assert "Help" in await town.say(town.facilitator, "/help")
    file.write_bytes(kept)
    await town.pass_time(timedelta(seconds=30))
    await town.push_to_end()
    assert "Most agree with how it is decided." in town.text(town.group)
    assert (await town.round()).id == number


async def test_a_database_of_a_newer_version_is_left_alone(town: Town) -> None:
    await town.set_up()
    await town.crash()
    present = version(town.settings.database, "9999_from_the_future")
    with pytest.raises(StoreError, match="newer version"):
        open_store(town.settings)
    version(town.settings.database, present)
    await town.come_back()
    assert "Made-up Alliance" in await town.tap(town.facilitator, "p/1")


def version(url: str, revision: str) -> str:
    """Write another version into the database; returns the one that stood there."""
    database = database_of(url)
    with database.open().connect() as connection, database.writing(connection):
        present = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
    database.close()
    return str(present)


async def test_a_clock_that_falls_back_neither_closes_nor_reopens_anything(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels(["One made-up decision"])
    for person in town.representatives[:3]:
        await town.answer(person, "43210", "1")
    await town.pass_time(timedelta(days=-400))
    assert (await town.round()).state is RoundState.ANSWERING
    for person in town.representatives[3:]:
        await town.answer(person, "43210", "1")
    await town.pass_time(timedelta(days=400))
    await town.close()
    await town.pass_time(timedelta(days=-20))
    assert (await town.round()).state is RoundState.MEETING
    assert len(town.posts("Digest")) == 1
    assert "Most agree with how it is decided." in town.text(town.group)


async def test_a_clock_that_leaps_ten_years_ends_the_round_as_if_time_had_passed(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels(["One made-up decision"])
    for person in town.representatives:
        await town.answer(person, "43210", "1")
    await town.pass_time(timedelta(days=3650))
    assert (await town.round()).state is RoundState.CLOSING
    await town.pass_time(timedelta(days=3650))
    assert (await town.round()).state is RoundState.ARCHIVED
    assert len(town.posts("Digest")) == 1
    assert "Most agree with how it is decided." in town.posts("Digest")[0]
    assert "Who decides what" in await town.say(town.representatives[1], "/start")
