"""What one process remembers and tells, another one remembers, too."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.app.memory import Memory, News, Remarks
from bot.app.watch import GLANCE, QUIET
from bot.core.flow.session import Session
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.partnerships import WRONG_LINKS

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
PERSON, PARTNERSHIP, ROUND = PersonId(1001), PartnershipId(1), RoundId(7)


def two() -> tuple[Memory, Memory]:
    """One, and another that hears what it tells, as it arrives over a line."""
    one, other = Memory(), Memory()

    def carry(news: News) -> None:
        other.hear(json.loads(json.dumps(news)))

    one.tell = carry
    return one, other


def at(memory: Memory, *remarked: Callable[[Remarks], None]) -> None:
    """Carry out a unit of work that remarks this, and keep it."""
    remarks = Remarks()
    for remark in remarked:
        remark(remarks)
    memory.remember(remarks)


def test_who_has_a_page_open_is_known_to_both_and_until_when() -> None:
    one, other = two()
    at(one, lambda work: work.sees(PERSON, "mine", NOW), lambda work: work.enters(PERSON, NOW))
    for memory in (one, other):
        assert memory.watch.over(NOW + GLANCE / 2) == []
        assert memory.watch.over(NOW + GLANCE) == [PERSON]
        assert memory.entering.over(NOW + QUIET - timedelta(seconds=1)) == []
        assert memory.entering.over(NOW + QUIET) == [PERSON]
    at(one, lambda work: work.sees(PERSON, "mine", NOW), lambda work: work.sees(PERSON, "home", NOW))
    assert not other.watch.watches(PERSON)


def test_a_trial_goes_on_at_the_other_and_ends_there_too() -> None:
    one, other = two()
    session = Session(flow="pat", version=1, stage="answer", salt="made-up", started=NOW.date(), params={})
    at(one, lambda work: work.tries(PERSON, PARTNERSHIP, session))
    for memory in (one, other):
        assert memory.tried.load(PERSON, PARTNERSHIP, "answer") == session
    at(one, lambda work: work.ends_trial(PERSON, PARTNERSHIP))
    assert other.tried.load(PERSON, PARTNERSHIP, "answer") is None


def test_a_round_that_ended_at_one_has_its_key_looked_at_by_the_other() -> None:
    one, other = two()
    other.outlived.looked_at(other.outlived.among(()))
    at(one, lambda work: work.may_outlive(ROUND))
    assert other.outlived.among(()) == {ROUND}


def test_links_that_do_not_work_are_counted_together() -> None:
    one, other = two()
    for _ in range(WRONG_LINKS):
        assert other.wrong_links.is_left(PERSON, NOW.timestamp())
        at(one, lambda work: work.tried_in_vain(PERSON, NOW))
    assert not other.wrong_links.is_left(PERSON, NOW.timestamp())


def test_what_only_a_newer_bot_understands_is_left_out() -> None:
    memory = Memory()
    memory.hear(["something_new", 1, 2])
    memory.hear(["sees", PERSON, "mine", NOW.isoformat(), "and more"])
    assert not memory.watch.watches(PERSON)
