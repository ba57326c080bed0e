"""The real clock and real randomness keep the promises of their ports."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.adapters.system import SystemClock, SystemRandomness


def test_now_is_aware_and_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_tokens_fit_a_deep_link_and_differ() -> None:
    random = SystemRandomness()
    tokens = {random.token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,43}", token) for token in tokens)
    assert random.salt() != random.salt()


def test_shuffling_keeps_every_item_and_leaves_the_original() -> None:
    items = list(range(50))
    assert sorted(SystemRandomness().shuffled(items)) == items == list(range(50))


def test_hours_lie_between_their_bounds() -> None:
    assert all(1 <= SystemRandomness().hours_between(1, 6) <= 6 for _ in range(100))
