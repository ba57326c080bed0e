"""What is more than any person does is left out; everything a person can do is taken in."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from bot.adapters.telegram.apologies import Apologies
from bot.adapters.telegram.excess import AT_ONCE, FILE, SAID_AGAIN, SECONDS, Excess
from bot.core.text import Line, Text

ONE, OTHER, GROUP = 1001, 1002, -2001


def text(account: int, words: str = "43210", chat: int | None = None, **more: Any) -> dict[str, Any]:
    place = {"id": account, "type": "private"} if chat is None else {"id": chat, "type": "supergroup"}
    sender = {"id": account, "is_bot": False, "first_name": "Made-up", "language_code": "fr"}
    return {
        "update_id": 1,
        "message": {"message_id": 1, "chat": place, "from": sender, "text": words, **more},
    }


def tap(account: int, chat: int | None = None) -> dict[str, Any]:
    card = text(account, chat=chat)["message"]
    return {
        "update_id": 1,
        "callback_query": {"id": "q", "from": card["from"], "data": "~x", "message": card},
    }


class Ears:
    """Notes what people are told, where ``Apologies`` would say it."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, str | None]] = []

    async def tell(self, account: int, words: Line, *, hint: str | None) -> None:
        assert isinstance(words, Text)
        self.heard.append((account, hint))


class Door:
    """An excess with a clock that is set by hand."""

    def __init__(self) -> None:
        self.now, self.ears = 0.0, Ears()
        self.excess = Excess(cast("Apologies", self.ears), clock=lambda: self.now)

    def taken(self, *updates: dict[str, Any]) -> int:
        """How many of these are taken in."""
        return sum(not self.excess.leaves_out(raw) for raw in updates)

    async def heard(self) -> list[tuple[int, str | None]]:
        await self.excess.close()
        return self.ears.heard


async def test_three_full_batches_of_one_phone_are_all_taken_in() -> None:
    door = Door()
    assert door.taken(*[text(ONE)] * 300) == 300
    assert await door.heard() == []


async def test_somebody_who_taps_twice_a_second_all_day_is_never_stopped() -> None:
    door = Door()
    for turn in range(10_000):
        door.now = turn / 2
        assert door.taken(tap(ONE) if turn % 3 else text(ONE))
    assert await door.heard() == []


async def test_every_button_of_the_largest_sheet_at_four_taps_a_second_is_taken_in_twice_over() -> None:
    door = Door()
    for turn in range(2 * 15 * 12):
        door.now = turn / 4
        assert door.taken(tap(ONE))


async def test_beyond_it_updates_are_left_out_and_the_person_hears_it_once_a_minute() -> None:
    door = Door()
    assert door.taken(*[text(ONE)] * 1000) == AT_ONCE
    assert await door.heard() == [(ONE, "fr")]
    door.now = SAID_AGAIN - 1
    assert door.taken(*[tap(ONE)] * 1000) == int(door.now / SECONDS)
    assert await door.heard() == [(ONE, "fr")]
    door.now = SAID_AGAIN
    assert door.taken(*[tap(ONE)] * 1000) == int(1 / SECONDS)
    assert await door.heard() == [(ONE, "fr")] * 2


async def test_files_are_taken_in_ten_at_once_and_then_four_a_minute() -> None:
    door = Door()
    file = text(ONE, document={"file_id": "x", "file_unique_id": "x"})
    assert door.taken(*[file] * 20) == AT_ONCE / FILE == 10
    assert door.taken(text(ONE)) == 0
    door.now = 60.0
    assert door.taken(*[file] * 20) == 60 / SECONDS / FILE == 4


async def test_nobody_else_has_less_for_it() -> None:
    door = Door()
    door.taken(*[text(ONE)] * 1000)
    assert door.taken(*[text(OTHER)] * AT_ONCE) == AT_ONCE
    assert door.taken(text(1003, chat=GROUP)) == 1


async def test_a_group_is_never_told_and_its_other_members_are_heard() -> None:
    door = Door()
    assert door.taken(*[text(ONE, "/help", GROUP)] * 400, *[tap(ONE, GROUP)] * 400) == AT_ONCE
    assert door.taken(text(OTHER, "/help", GROUP)) == 1
    assert await door.heard() == []


async def test_the_anonymous_administrators_of_one_group_do_not_speak_for_those_of_another() -> None:
    door = Door()
    shared = 1087968824
    loud = text(shared, "/help", GROUP, sender_chat={"id": GROUP, "type": "supergroup"})
    assert door.taken(*[loud] * 1000) == AT_ONCE
    assert door.taken(text(shared, "/help", -2002, sender_chat={"id": -2002, "type": "supergroup"})) == 1
    assert await door.heard() == []


async def test_what_tells_what_a_chat_has_become_is_never_left_out() -> None:
    door = Door()
    door.taken(*[text(ONE)] * 1000)
    member = {"update_id": 1, "my_chat_member": {"from": {"id": ONE}, "chat": {"id": ONE, "type": "private"}}}
    moved = text(ONE, chat=GROUP, migrate_to_chat_id=-1002)
    assert door.taken(*[member] * 50, *[moved] * 50) == 100


async def test_what_telegram_will_bring_again_is_not_counted_twice() -> None:
    door = Door()
    for _ in range(10):
        ends = []
        for raw in [text(ONE)] * 100:
            assert door.taken(raw)
            ends.append(asyncio.get_running_loop().create_future())
            door.excess.follow(raw, ends[-1])
        for number, end in enumerate(ends):
            if number % 2:
                end.cancel()
            else:
                end.set_exception(RuntimeError())
        await asyncio.sleep(0)
    assert door.taken(*[text(ONE)] * AT_ONCE) == AT_ONCE
