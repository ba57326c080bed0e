"""The pace, with a clock of numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.pace import Meter, Pace

CHAT, OTHER = 1001, 1002


def ask(
    meter: Meter, chat: int = CHAT, *, now: float = 0.0, group: bool = False, bulk: bool = False
) -> float:
    """Send when it may go at once; returns the seconds to wait otherwise."""
    wait = round(max(meter.chat_wait(chat, group=group, now=now), meter.line_wait(bulk=bulk, now=now)), 3)
    if not wait:
        meter.take(chat, group=group, bulk=bulk, now=now)
    return wait


def test_three_messages_go_at_once_and_then_one_a_second() -> None:
    meter = Meter(Pace())
    assert [ask(meter) for _ in range(5)] == [0, 0, 0, 1, 1]
    assert [ask(meter, now=second) for second in (1, 2, 2, 2.5, 3)] == [0, 0, 1, 0.5, 0]
    assert ask(meter, OTHER) == 0


def test_several_processes_together_keep_to_what_one_may_send() -> None:
    meters = [Meter(Pace()) for _ in range(3)]
    for meter in meters:
        meter.share(3)
    gone = [sum(not ask(meter, chat) for chat in range(40)) for meter in meters]
    assert 3 * 9 <= sum(gone) <= 30, "Telegram takes 30 a second"
    alone = meters[0]
    alone.share(1)
    assert sum(not ask(alone, chat, now=2) for chat in range(40)) == 28


def test_no_limit_shared_is_no_limit() -> None:
    assert Pace.unlimited().among(3) == Pace.unlimited()


def test_a_quiet_chat_has_its_burst_again() -> None:
    meter = Meter(Pace())
    for _ in range(3):
        ask(meter)
    assert [ask(meter, now=10) for _ in range(4)] == [0, 0, 0, 1]


def test_a_group_gets_eighteen_in_any_minute() -> None:
    meter = Meter(Pace(chat_rate=1000))
    assert {ask(meter, now=second, group=True) for second in range(18)} == {0}
    assert ask(meter, now=18, group=True) == 42
    assert ask(meter, now=60, group=True) == 0
    assert ask(meter, now=60, group=True) == 1


def test_bulk_goes_evenly_over_all_chats() -> None:
    meter = Meter(Pace())
    assert [ask(meter, chat, bulk=True) for chat in (1, 2)] == [0, 0.04]
    assert [ask(meter, chat, bulk=True, now=0.04) for chat in (2, 3)] == [0, 0.04]


def test_replies_use_up_the_second_and_bulk_waits_for_room_beside_them() -> None:
    meter = Meter(Pace())
    assert {ask(meter, chat, now=0.5) for chat in range(25)} == {0}
    assert (ask(meter, 26, bulk=True, now=0.6), ask(meter, 27, now=0.6)) == (0.9, 0)
    assert [ask(meter, chat, now=0.6) for chat in (28, 29, 30)] == [0, 0, 0.9]
    assert [ask(meter, chat, now=1.5) for chat in (31, 32)] == [0, 0]


def test_a_chat_that_was_told_to_wait_rests_alone() -> None:
    meter = Meter(Pace())
    meter.told_to_wait(CHAT, 30, now=0)
    assert (ask(meter), ask(meter, OTHER), ask(meter, 3, bulk=True)) == (30, 0, 0)


def test_two_chats_told_within_a_second_rest_everything_that_can_wait() -> None:
    meter = Meter(Pace())
    meter.told_to_wait(CHAT, 30, now=0)
    meter.told_to_wait(OTHER, 20, now=0.5)
    assert (ask(meter, 3, now=0.5, bulk=True), ask(meter, 3, now=0.5)) == (20, 0)
    assert (meter.bulk_rest(0.5), meter.bulk_rest(20.5)) == (20, 0)


@given(st.lists(st.tuples(st.sampled_from((0, 0.02, 0.3)), st.integers(1, 40), st.booleans()), max_size=150))
def test_whatever_is_asked_no_window_holds_more_than_telegram_takes(
    asked: list[tuple[float, int, bool]],
) -> None:
    meter, now, gone = Meter(Pace()), 0.0, list[tuple[float, int]]()
    for pause, chat, bulk in asked:
        now += pause
        if not ask(meter, chat, now=now, group=chat == 1, bulk=bulk):
            gone.append((now, chat))
    for start, chat in gone:
        within = [(moment - start, other) for moment, other in gone if moment >= start]
        assert sum(after < 1 for after, _ in within) <= 30
        assert sum(after < 60 and other == 1 for after, other in within) <= 20
        assert sum(after < 10 and other == chat for after, other in within) <= 10 + 3


def test_an_unlimited_pace_never_waits() -> None:
    meter = Meter(Pace.unlimited())
    assert {ask(meter, group=True, bulk=True) for _ in range(100)} == {0}


@pytest.mark.parametrize("group", [True, False])
def test_quiet_chats_are_forgotten(group: bool) -> None:
    meter = Meter(Pace())
    for chat in range(5000):
        ask(meter, chat, now=chat * 10.0, group=group)
    assert len(meter._next_in_chat) < 2500
    assert len(meter._sent) == 1
