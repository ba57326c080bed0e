"""In which order and how fast messages leave, by the count of the stand-in that would refuse a faster bot."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.app.ports import Lane
from tests.unit.telegram.post_office import BEGIN, PostOffice

ANSWERS = ("help", "next", "language")
"""Pages that a group may ask for."""


def within_limits(office: PostOffice) -> bool:
    """Whether nothing was refused, no second held more than 30 messages and no chat two at once."""
    calls = sorted(call.at for call in office.request.calls)
    fullest = max(
        sum(start <= at < start + 1 for at in calls[place : place + 40]) for place, start in enumerate(calls)
    )
    refused = [call for call in office.request.calls if call.status != 200]
    return not refused and fullest <= 30 and office.request.most_at_once == 1


@pytest.mark.parametrize(("many", "replies"), [(400, 8), pytest.param(1000, 20, marks=pytest.mark.audit)])
def test_replies_go_ahead_of_hundreds_of_waiting_notices(office: PostOffice, many: int, replies: int) -> None:
    told = [office.person() for _ in range(many)]
    waiting = [office.person() for _ in range(replies)]
    office.tell(*told)
    for place, person in enumerate(waiting, 1):
        office.pass_time(1)
        office.show(person)
        office.pass_time(0.2)
        assert len(office.arrived(person)) == 1, f"reply {place} came at once"
    assert sum(len(office.arrived(person)) for person in told) < many
    office.pass_time(many / 20)
    assert {len(office.arrived(person)) for person in told} == {1}
    assert office.left() == []
    assert within_limits(office)


def test_somebody_with_a_notice_in_line_waits_for_it_two_seconds_at_most(office: PostOffice) -> None:
    people = [office.person() for _ in range(200)]
    office.tell(*people)
    office.pass_time(0.1)
    office.show(*people)
    office.pass_time(10)
    assert {len(office.arrived(person)) >= 1 for person in people} == {True}
    office.pass_time(10)
    assert {len(office.arrived(person)) for person in people} == {2}
    assert within_limits(office)


def test_many_replies_at_once_keep_to_thirty_a_second(office: PostOffice) -> None:
    people = [office.person() for _ in range(200)]
    office.show(*people)
    office.pass_time(200 / 25)
    assert {len(office.arrived(person)) for person in people} == {1}
    assert within_limits(office)


def test_one_chat_gets_three_at_once_and_then_one_a_second_in_order(office: PostOffice) -> None:
    person = office.person()
    for page in ("help", "privacy") * 10:
        office.tell(person, page=page)
    office.pass_time(30)
    arrived = office.arrived(person)
    assert len(arrived) == 20
    assert arrived[2] - arrived[0] < timedelta(seconds=1)
    assert all(later - earlier >= timedelta(seconds=0.9) for earlier, later in pairwise(arrived[2:]))
    texts = [item.text for item in office.world.messages(person) if item.sender is None]
    assert texts == texts[:2] * 10
    assert within_limits(office)


def test_a_group_gets_at_most_twenty_in_any_minute(office: PostOffice) -> None:
    group = office.group()
    for number in range(50):
        office.post(group, lane=Lane.DIGEST)
        if number < len(ANSWERS):  # the same answer that still waits is not given twice
            office.post(group, page=ANSWERS[number])
    office.pass_time(240)
    arrived = office.arrived(group)
    assert len(arrived) == 50 + len(ANSWERS)
    assert max(sum(start <= at < start + timedelta(minutes=1) for at in arrived) for start in arrived) <= 20
    assert within_limits(office)


def test_when_two_chats_are_told_to_wait_notices_rest_and_replies_go_on(office: PostOffice) -> None:
    told = [office.person() for _ in range(300)]
    somebody = office.person()
    for _ in range(2):
        office.world.fail_next("sendMessage", 429, retry_after=20)
    office.tell(*told)
    office.pass_time(1)
    sent = len(office.request.calls)
    office.show(somebody)
    office.pass_time(15)
    assert [at > BEGIN for at in office.arrived(somebody)] == [True]
    assert len(office.request.calls) == sent + 1
    office.pass_time(30)
    assert {len(office.arrived(person)) for person in told} == {1}
    assert office.left() == []
