"""Several workers on one database: one leads, all take updates, and none of them is missed when it ends."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from bot.adapters.telegram.sender import Sender
from bot.app.work import Work
from bot.core.rounds.lifecycle import RoundState
from bot.wiring.machine import Machine, open_store
from tests.hooked import soon
from tests.integration.conftest import WORKERS
from tests.town import Town, connection_of, fall
from tests.workers import WorkersTown

pytestmark = pytest.mark.parametrize("town_database", [WORKERS], indirect=True)

DECISION = "One made-up decision"


def set_aside(work: Work) -> int:
    found: int = connection_of(work).execute(text("SELECT count(*) FROM quarantine")).scalar_one()
    return found


def memories(town: WorkersTown) -> list[object]:
    return [machine.service.setting.memory for machine, _ in town.workers]


async def everybody_begins(town: WorkersTown) -> None:
    """All of them ask for the questions at once, and nobody has been answered yet."""
    await town.set_up(join=True)
    await town.ask_for_levels([DECISION])
    for person in town.representatives[1:]:
        town.world.say(person, "/answer")


async def all_see_the_first_question(town: WorkersTown) -> None:
    await town.settle()
    for person in town.representatives[1:]:
        assert "Question 1 of" in town.text(person)


async def test_one_leads_and_all_of_them_take_updates(town: WorkersTown) -> None:
    await town.set_up(join=True)
    assert [machine.leads for machine, _ in town.workers] == [True, False]
    assert [machine.reached for machine, _ in town.workers] == [True, True]


async def test_workers_share_the_pace_between_them(
    town: WorkersTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[int] = []
    monkeypatch.setattr(Sender, "share", lambda _, workers: shares.append(workers))
    await soon(lambda: 2 in shares)
    await town.one_more()
    await soon(lambda: shares[-3:] == [3, 3, 3])
    await town.leave()
    await soon(lambda: shares[-2:] == [2, 2])


async def test_what_one_worker_remembers_the_others_remember(town: WorkersTown) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels([DECISION])
    person = town.representatives[1]
    found = await town.ask(lambda work: work.tx.people.find(person))
    for _ in range(3):
        await town.answer(person)
        first, second = memories(town)
        await soon(lambda: first.watch._until == second.watch._until)  # noqa: B023
        assert first.watch.watches(found)
        await town.tap(person, "home")
        await soon(lambda: not first.watch.watches(found) and not second.watch.watches(found))  # noqa: B023
    for guess in range(4):
        town.world.open_link(person, f"guessed-{guess}")
    await town.settle()
    await soon(lambda: first.wrong_links._whole_at == second.wrong_links._whole_at)
    assert len(first.wrong_links) == 1


async def test_a_round_goes_on_while_every_worker_is_replaced(town: WorkersTown) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels([DECISION])
    for person in town.representatives[1:]:
        await town.answer(person, "43210")
        await town.one_more()
        await town.leave()
        await town.press(person, "It is fine")
        assert await town.press(person, "Done")
    await town.close()
    assert len(town.posts("Digest")) == 1
    assert await town.ask(set_aside) == 0


async def test_when_the_leader_falls_another_one_sends_what_waits(town: WorkersTown) -> None:
    await everybody_begins(town)
    await town.crash()
    await town.taken_over()
    await all_see_the_first_question(town)


async def test_when_another_worker_falls_the_leader_brings_what_it_had_under_way(town: WorkersTown) -> None:
    await everybody_begins(town)
    await fall(*town.workers.pop())
    await all_see_the_first_question(town)


async def test_a_database_that_drops_every_connection_is_connected_anew(town: WorkersTown) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels([DECISION])
    address = make_url(town.settings.database).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as beside:
        beside.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    person = town.representatives[1]
    town.world.say(person, "/answer")
    await soon(lambda: "Question 1 of" in town.text(person))
    await soon(lambda: sum(machine.leads for machine, _ in town.workers) == 1)
    assert not any(task.done() for machine, _ in town.workers for task in machine._running)


async def test_the_key_of_a_round_is_destroyed_whichever_worker_ended_it(town: WorkersTown) -> None:
    await town.set_up(join=True)
    for turn in range(2):  # each of two workers takes the last tap once
        number = await town.ask_for_levels([DECISION])
        await town.tap(town.facilitator, f"r/{number}/cancel")
        town._turn = turn
        await town.tap(town.facilitator, f"!r/{number}/cancel")
        assert (await town.round()).state is RoundState.CANCELLED
        keys = town.machine.service.setting.keys
        assert keys.existing()
        await soon(lambda: town.machine.service.setting.memory.outlived._noted)
        await town.machine.tick()
        assert not keys.existing()


async def test_only_who_leads_tells_telegram_how_to_present_the_bot(town: WorkersTown) -> None:
    assert [worker._introducing is not None for worker, _ in town.workers] == [True, False]
    await town.leave()
    await soon(lambda: town.machine._introducing is not None)  # it may be of a newer version


async def test_without_a_webhook_the_one_that_leads_fetches_and_the_next_one_goes_on(
    tmp_path: Path, town_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[int] = []
    monkeypatch.setattr(Sender, "share", lambda _, workers: shares.append(workers))
    town = Town.in_folder(tmp_path / "data", town_database[1])
    await town.start()
    stored = open_store(town.settings, draw=town.draw)
    waiting: Machine = town.built(stored)
    await waiting.start()
    await town.set_up()
    assert [town.machine.leads, waiting.leads, waiting.reached] == [True, False, True]
    first, of_first = town.machine, town._stored
    assert of_first is not None
    await first.stop()
    await of_first.store.stop()
    town.world.say(town.facilitator, "/help")
    await soon(lambda: waiting.leads)
    town._machine, town._stored = waiting, stored
    await town.settle()
    assert town.text(town.facilitator).startswith("Help")
    await town.pass_time(timedelta(hours=1))
    assert not shares, "only one of them sends anything"
    await town.stop()
