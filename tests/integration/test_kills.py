"""The bot as a process of its own, killed again and again while people answer a round, from the call to the digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import FIGURES
from tests.killing.loopback import TOKEN
from tests.killing.story import CLOSE, Plan, Story

FEW = Plan(
    tables=1,
    decisions=1,
    acts=12,
    days={0: 1, 3: 1, 7: 0, 12: 0, CLOSE: 1},
    hours={13: 1, 85: 0},
    late=60,
)
MANY = Plan(
    tables=9,
    decisions=4,
    acts=4,
    days={0: 15, 3: 12, 4: 8, 6: 8, 7: 12, 11: 8, 12: 12, 13: 3, CLOSE: 8},
    hours=dict.fromkeys(range(1, 14), 1) | {85: 0},
    at_work=25,
)


@pytest.mark.audit  # every time, tests/integration/test_processes.py kills one that is being set up
@pytest.mark.parametrize("plan", [FEW, MANY], ids=["few", "many"])
async def test_a_bot_killed_at_any_moment_keeps_every_answer_and_tells_everything_once(
    tmp_path: Path, plan: Plan, record_property: Callable[[str, object], None]
) -> None:
    story = Story(tmp_path, plan, seed=1)
    await story.play()
    ends, phones, ledger = story.bot.ends, story.crowd.phones, story.ledger
    arrived, doubtful = ledger.arrived(), ledger.doubtful()
    given = [answer for phone in phones for answer in phone.given.values()]
    record_property(
        FIGURES,
        f"{ends.total()} kills: {', '.join(f'{count} {doing}' for doing, count in ends.most_common())};"
        f" {len(given)} answers of {len(phones)} people, {story.seen} times found after a kill;"
        f" {arrived.total()} of {ledger.due.total()} scheduled messages arrived, {doubtful.total()} in doubt,"
        f" of which {(doubtful - (ledger.due - arrived)).total()} had arrived",
    )

    # Something happened.
    assert ends.total() == plan.kills
    assert ends["at work"] >= plan.at_work
    assert 2 * (ends["at work"] + ends["rested"]) >= plan.kills
    assert all(phone.has_done for phone in phones)
    assert len(given) >= 2 * plan.decisions * len(phones)
    assert story.seen >= len(given)

    # No answer was lost, not even for a while.
    confirmed = [answer for answer in given if answer.update <= story.telegram.confirmed]
    shown = [answer for answer in given if answer.shown]
    assert (len(confirmed), len(shown)) == (len(given), len(given))
    assert not any(phone.lost for phone in phones)
    assert story.words() == story.in_peace
    assert story.disk.rows("SELECT * FROM quarantine") == []

    # Everything was told once, or is in doubt; no group reads anything twice.
    assert ledger.surplus() == Counter()
    assert ledger.owed() == Counter()
    assert 2 * arrived.total() >= ledger.due.total()
    assert max(Counter(story.telegram.told_to_groups()).values()) == 1

    # Nothing is left of the answers, and nothing went wrong that only the log would know.
    assert story.nothing_is_left()
    assert story.disk.rows("PRAGMA integrity_check") == [("ok",)]
    log = story.log.read_text("utf-8")
    assert log.count("running") >= ends["at work"]
    assert "level=error" not in log
    assert "Traceback" not in log
    assert TOKEN.partition(":")[2] not in log
