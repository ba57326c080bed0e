"""What becomes of a reply, a notice, an answer in a group and a digest when Telegram or the network fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from telegram.error import TimedOut

from bot.adapters.telegram.request import NotConnected
from bot.app.ports import Lane
from tests.unit.telegram.post_office import PostOffice

SEND = "sendMessage"
PRIVATE, GROUP = ("reply", "notice"), ("group answer", "digest")
KINDS = (*PRIVATE, *GROUP)
LONG = 120.0
"""Seconds, longer than every wait for another attempt."""


def chat_for(office: PostOffice, kind: str) -> int:
    return office.person() if kind in PRIVATE else office.group()


def queue(office: PostOffice, kind: str, chat: int, *, page: str = "help") -> None:
    send: dict[str, Callable[[], None]] = {
        "reply": lambda: office.show(chat),
        "notice": lambda: office.tell(chat),
        "group answer": lambda: office.post(chat, page=page),
        "digest": lambda: office.post(chat, lane=Lane.DIGEST, page=page),
    }
    send[kind]()


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_fault_it_arrives_once_and_nothing_is_left(office: PostOffice, kind: str) -> None:
    chat = chat_for(office, kind)
    queue(office, kind, chat)
    office.pass_time(LONG)
    assert (len(office.arrived(chat)), office.left()) == (1, [])


@pytest.mark.parametrize("kind", KINDS)
def test_asked_to_wait_it_comes_after_that_time_and_once(office: PostOffice, kind: str) -> None:
    chat = chat_for(office, kind)
    office.world.fail_next(SEND, 429, retry_after=17)
    queue(office, kind, chat)
    office.pass_time(16.9)
    assert (len(office.arrived(chat)), office.left()) == (0, [("pending", None)])
    office.pass_time(3)
    assert (len(office.arrived(chat)), office.left()) == (1, [])
    assert len(office.request.calls) == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", [TimedOut(), 500, 502], ids=str)
@pytest.mark.parametrize("performed", [True, False])
def test_with_an_unknown_outcome_only_a_screen_is_repeated(
    office: PostOffice, kind: str, fault: int | Exception, performed: bool
) -> None:
    chat = chat_for(office, kind)
    office.world.fail_next(SEND, fault, after_performing=performed)
    queue(office, kind, chat)
    office.pass_time(LONG)
    office.kill()
    office.pass_time(LONG)
    again = kind == "reply"
    assert len(office.arrived(chat)) == performed + again
    assert office.left() == ([] if again else [("doubt", None)])


@pytest.mark.parametrize("kind", KINDS)
def test_while_connections_are_refused_it_waits_and_then_arrives_once(office: PostOffice, kind: str) -> None:
    chat = chat_for(office, kind)
    for _ in range(6):
        office.world.fail_next(SEND, NotConnected("refused"))
    queue(office, kind, chat)
    office.pass_time(45)
    assert (office.arrived(chat), office.left()) == ([], [("sending", None)])
    office.pass_time(LONG)
    assert (len(office.arrived(chat)), office.left()) == (1, [])


@pytest.mark.parametrize("kind", KINDS)
def test_killed_while_there_is_no_network_nothing_is_lost_or_in_doubt(office: PostOffice, kind: str) -> None:
    chat = chat_for(office, kind)
    for _ in range(5):
        office.world.fail_next(SEND, NotConnected("refused"))
    queue(office, kind, chat)
    office.pass_time(5)
    office.kill()
    office.pass_time(LONG)
    assert (len(office.arrived(chat)), office.left()) == (1, [])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_between_the_call_and_its_answer_only_a_screen_is_repeated(
    office: PostOffice, kind: str, moment: str
) -> None:
    chat = chat_for(office, kind)
    office.request.silent = moment
    queue(office, kind, chat)
    office.pass_time(5)
    office.kill()
    office.pass_time(LONG)
    again = kind == "reply"
    assert len(office.arrived(chat)) == (moment == "after") + again
    assert office.left() == ([] if again else [("doubt", None)])


@pytest.mark.parametrize("kind", PRIVATE)
@pytest.mark.parametrize("how", ["block_bot", "deactivate"])
def test_somebody_who_is_gone_is_not_written_to_again(office: PostOffice, kind: str, how: str) -> None:
    person = chat_for(office, kind)
    getattr(office.world, how)(person)
    queue(office, kind, person)
    office.tell(person)
    office.pass_time(LONG)
    assert office.left() == [("dead", "unreachable")], "what else waited for them is dropped"
    office.tell(person)
    office.pass_time(LONG)
    assert len(office.request.calls) == 1
    assert office.left() == [("dead", "unreachable")] * 2
    office.store.run_now(lambda tx: tx.people.set_reachable(office.id_of(person), True))
    office.world.open_link(person)
    office.show(person)
    office.pass_time(LONG)
    assert len(office.arrived(person)) == (how == "block_bot")


@pytest.mark.parametrize("kind", GROUP)
@pytest.mark.parametrize("how", ["remove_bot", "forbid_writing"])
def test_a_group_that_takes_nothing_more_is_marked_and_the_message_kept(
    office: PostOffice, kind: str, how: str
) -> None:
    chat = chat_for(office, kind)
    if how == "remove_bot":
        office.world.remove_bot(min(office.world.standin.state.people), chat)
    else:
        office.world.forbid_writing(chat)
    queue(office, kind, chat)
    office.pass_time(LONG)
    assert (len(office.request.calls), office.left()) == (1, [("dead", "unreachable")])
    found = office.store.run_now(lambda tx: tx.groups.find(chat))
    assert found is not None
    assert not found.active


@pytest.mark.parametrize("kind", GROUP)
def test_a_group_that_became_a_supergroup_is_followed(office: PostOffice, kind: str) -> None:
    chat = chat_for(office, kind)
    new = office.world.migrate(chat)
    for page in ("help", "language"):
        queue(office, kind, chat, page=page)
    office.pass_time(LONG)
    assert (len(office.arrived(chat)), len(office.arrived(new)), office.left()) == (0, 2, [])
    assert [call.chat for call in office.request.calls] == [chat, new, new]


@pytest.mark.parametrize("kind", GROUP)
@pytest.mark.parametrize("how", ["close_topic", "delete_topic"])
def test_when_its_topic_is_gone_it_goes_to_the_whole_group(office: PostOffice, kind: str, how: str) -> None:
    forum = office.world.add_group("Made-up forum", office.person(), forum=True)
    for _ in range(2):  # so that no topic has the number of the general one
        topic = office.world.add_topic(forum, "Decisions")
    office.group(chat=forum, topic=topic)
    getattr(office.world, how)(forum, topic)
    queue(office, kind, forum)
    office.pass_time(LONG)
    assert (len(office.arrived(forum)), office.left()) == (1, [])
    assert office.world.messages(forum)[-1].thread is None
