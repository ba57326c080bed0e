"""The pace, with a clock of numbers."""

from __future__ import annotations

from bot.adapters.telegram.pace import Meter, Pace

CHAT, OTHER = 1001, 1002


def wait(
    meter: Meter, chat: int = CHAT, *, now: float = 0.0, group: bool = False, bulk: bool = False
) -> float:
    return round(meter.reserve(chat, group=group, bulk=bulk, now=now, patience=2.0), 3)


def test_three_messages_go_at_once_and_then_one_a_second() -> None:
    meter = Meter(Pace())
    assert [wait(meter) for _ in range(5)] == [0, 0, 0, 1, 2]
    assert wait(meter, OTHER) == 0


def test_a_wait_beyond_patience_takes_no_place() -> None:
    meter = Meter(Pace())
    for _ in range(5):
        wait(meter)
    assert [wait(meter), wait(meter)] == [3, 3]


def test_a_quiet_chat_has_its_burst_again() -> None:
    meter = Meter(Pace())
    for _ in range(3):
        wait(meter)
    assert [wait(meter, now=10) for _ in range(4)] == [0, 0, 0, 1]


def test_a_group_gets_eighteen_in_any_minute() -> None:
    meter = Meter(Pace(chat_rate=1000))
    assert {wait(meter, now=second, group=True) for second in range(18)} == {0}
    assert wait(meter, now=18, group=True) == 42
    assert wait(meter, now=60, group=True) == 0
    assert wait(meter, now=60, group=True) == 1


def test_bulk_is_spaced_over_all_chats_and_replies_are_not() -> None:
    meter = Meter(Pace())
    assert [wait(meter, chat, bulk=True) for chat in (1, 2, 3)] == [0, 0.04, 0.08]
    assert wait(meter, 4) == 0


def test_a_chat_that_was_told_to_wait_rests_alone() -> None:
    meter = Meter(Pace())
    meter.told_to_wait(CHAT, 30, now=0)
    assert (wait(meter), wait(meter, OTHER), wait(meter, 3, bulk=True)) == (30, 0, 0)


def test_two_chats_told_within_a_second_rest_everything_that_can_wait() -> None:
    meter = Meter(Pace())
    meter.told_to_wait(CHAT, 30, now=0)
    meter.told_to_wait(OTHER, 20, now=0.5)
    assert (wait(meter, 3, now=0.5, bulk=True), wait(meter, 3, now=0.5)) == (20, 0)


def test_an_unlimited_pace_never_waits() -> None:
    meter = Meter(Pace.unlimited())
    assert {wait(meter, group=True, bulk=True) for _ in range(100)} == {0}


def test_quiet_chats_are_forgotten() -> None:
    meter = Meter(Pace())
    for chat in range(5000):
        wait(meter, chat, now=chat * 10.0, group=True)
    assert len(meter._next_in_chat) < 2500
