"""What is asked of a population is refused at once when nobody can fulfil it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bench.behaviour import PARTNERS
from bot.bench.phones import BenchError
from bot.bench.population import SHORTEST, Wish, population, problems
from bot.bench.stores import settings_of


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish(workers=2), "choose --database postgresql"),
        (Wish(workers=0), "at least one"),
        (Wish(partnerships=0), "at least one"),
    ],
)
async def test_an_impossible_wish_is_refused(tmp_path: Path, wish: Wish, words: str) -> None:
    with pytest.raises(BenchError, match=words):
        await population(settings_of(tmp_path), wish, lambda _: None)


def test_every_partnership_has_its_own_people() -> None:
    wish = Wish(partnerships=3)
    accounts = [account for table in wish.tables for account in table]
    assert len(set(accounts)) == wish.people == 3 * PARTNERS
    assert list(wish.plans) == accounts
    assert wish.seconds == SHORTEST


def test_a_tap_that_stays_open_counts_only_where_nobody_was_killed() -> None:
    day = {"wrong": [], "open": 1}
    assert problems(day, kills=1) == []
    assert problems(day, kills=0) == ["1 taps were never closed"]


def test_a_phone_without_its_last_card_is_named_by_its_number() -> None:
    assert problems({"wrong": [1007], "open": 0}, kills=0) == ["1007: the phone does not show its last card"]
