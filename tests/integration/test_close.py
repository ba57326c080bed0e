"""The close: whatever happens while it is under way, it ends in one digest and leaves no answers.

Source: anonymity reference, 3.3 and T1, T5, T6, T11, T12, T13, T16.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.keys import KeyDirectory
from bot.core.rounds.lifecycle import RoundState
from bot.errors import KeysError
from tests.plans import FACILITATORS, GROUP, NOBODY, Plan, Words
from tests.traces import rows_of
from tests.worlds import Scene, settings_in
from tests.wreckage import ROUND, Fuse, answers_left, close_and_die, secrets_of, traces_in

WITHHELD = "Not enough answers for a safe summary this time. Nothing was kept."
FINE: Words = ("42013\n30124", "It is fine", "It is fine", "Done")
CANARIES = ("zebrafinch", "quetzalbird", "okapicalf")


def wrote(words: str, audience: str) -> Words:
    return ("42013\n30124", "I would like it differently", "22222", words, audience, "It is fine", "Done")


PLAN = Plan(
    named=((),) * 5,
    given=(
        wrote(f"Only for me, {CANARIES[0]}", NOBODY),
        wrote(f"Two are too few to be shown, {CANARIES[1]}", GROUP),
        wrote(f"Two are too few to be shown, {CANARIES[2]}", GROUP),
        FINE,
        FINE,
    ),
)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    made = Scene.of(tmp_path / "first" / "data")
    await made.start()
    await made.prepare(replace(PLAN, given=((),) * 5))
    yield made
    await made.stop()


async def test_a_crash_at_any_step_of_the_close_ends_in_one_digest_and_no_answers(
    scene: Scene, tmp_path: Path
) -> None:
    await scene.everybody_answers(PLAN.given)
    await scene.wait_until_before_the_close()
    secrets = [*secrets_of(scene.settings), *(word.encode() for word in CANARIES)]
    assert traces_in(scene.settings.data_dir, secrets), "the search finds what is there"
    end = (await scene.round()).answer_until
    assert end is not None
    base = tmp_path / "base"
    await scene.leave(base)
    digests: set[str] = set()
    for steps in range(1, 100):
        fuse = Fuse(tmp_path / f"run{steps}" / "data", tmp_path / f"killed{steps}", steps)
        scene.clock.push(end - scene.now())
        if not await close_and_die(scene, base, fuse):
            break
        told = len(scene.from_bot(scene.group))
        await scene.resume(fuse.copy, at=scene.now())
        closed = await scene.round()
        assert answers_left(scene.database) == [], fuse.taken
        assert traces_in(scene.settings.data_dir, secrets) == [], fuse.taken
        assert not scene.machine.service.setting.keys.existing(), fuse.taken
        if closed.state is RoundState.CLOSING:
            await scene.push_to_end()
        await scene.pass_time(timedelta(days=1))
        await scene.crash()
        await scene.come_back()
        posted = [message.text for message in scene.from_bot(scene.group)[told:]]
        assert len(posted) == 1, fuse.taken
        digests.add(posted[0])
        await scene.crash()
        assert traces_in(scene.settings.data_dir, secrets) == [], fuse.taken
    assert fuse.taken.count("transaction") >= 6
    assert {"before compacting", "compacted", "before destroying the key", "key destroyed"} < set(fuse.taken)
    assert len(digests) == 1
    await scene.come_back()


async def test_a_copy_from_before_the_close_cannot_be_read_with_the_keys_after_it(
    scene: Scene, tmp_path: Path
) -> None:
    await scene.everybody_answers(PLAN.given)
    copied = tmp_path / "backup"
    shutil.copytree(scene.settings.data_dir, copied)
    before, after = settings_in(copied), scene.settings
    assert KeyDirectory(before.keys, before.master_key).round_key(ROUND)
    await scene.push_to_end()
    assert list(after.keys.iterdir()) == []
    assert after.master_key.read_bytes() != before.master_key.read_bytes()
    for folder in (before.keys, after.keys):
        with pytest.raises(KeysError):
            KeyDirectory(folder, after.master_key).round_key(ROUND)
    shutil.copy(after.master_key, before.master_key)
    with pytest.raises(KeysError):
        KeyDirectory(before.keys, before.master_key).round_key(ROUND)


# Too late


async def test_what_comes_after_the_close_is_refused_kindly_and_changes_nothing(scene: Scene) -> None:
    halfway, done, third, *others = scene.representatives
    await scene.pass_through(halfway, FINE[:2])
    old = next(message for message in reversed(scene.from_bot(halfway)) if message.markup)
    data = old.markup["inline_keyboard"][0][0]["callback_data"] if old.markup else ""
    for person in (done, third, *others):
        await scene.pass_through(person, FINE)
    await scene.push_to_end()
    kept, told = published_rows(scene), len(scene.from_bot(scene.group))
    shown = await scene.tap(halfway, data, old.id)
    assert "Here is where you are now" in shown
    assert "choose one of the buttons" in await scene.say(halfway, "It is fine")
    await scene.say(halfway, "/answer")
    assert "Made-up Alliance" in scene.labels(halfway), "home, where nothing waits"
    for path in ("answer/1", "paused/1", "thanks/1"):
        assert "takes no answers" in await scene.tap(halfway, path)
    assert "nobody can bring them back" in await scene.say(done, "/mine")
    assert "nobody can bring them back" in await scene.tap(done, "!erase/1")
    for action in ("!r/1/cancel", "!r/1/ask", "!r/1/extend", "!r/1/open", "!r/1/bring"):
        assert (
            "moved on" in (shown := await scene.tap(scene.facilitator, action)) or "can be extended" in shown
        )
    assert answers_left(scene.database) == []
    assert published_rows(scene) == kept
    await scene.push_to_end()
    for action in ("!r/1/cancel", "!erase/1"):
        await scene.tap(done, action)
    await scene.pass_time(timedelta(days=2))
    posted = scene.from_bot(scene.group)[told:]
    assert [message.text.partition(":")[0] for message in posted] == ["Digest of round 1"]
    assert [message.edited for message in scene.from_bot(scene.group)] == [None] * (told + 1)
    assert published_rows(scene) == kept


def published_rows(scene: Scene) -> list[str]:
    return [row for row in rows_of(scene.database) if row.startswith(("published:", "comment:", "decision:"))]


# Numbers and times


async def test_what_the_group_is_told_does_not_depend_on_how_many_answered_except_at_the_floor(
    scene: Scene, tmp_path: Path
) -> None:
    """Nobody, some or everybody answers: before the two days nothing differs, then one sentence, then the digest."""
    opened, base = scene.now(), tmp_path / "base"
    end = (await scene.round()).answer_until
    assert end is not None
    await scene.leave(base)
    early: set[int] = set()
    foretold: dict[int, tuple[int, str]] = {}
    digests: dict[int, str] = {}
    for answers in range(6):
        await scene.resume(base, at=opened)
        before = len(scene.recorder.told[scene.group])
        for person in scene.representatives[:answers]:
            await scene.pass_through(person, FINE)
        await scene.pass_time(end - timedelta(hours=48, seconds=1) - scene.now())
        early.add(len(scene.recorder.told[scene.group]) - before)
        for hours in (47, 24, 1):
            await scene.pass_time(end - timedelta(hours=hours) - scene.now())
        foretold[answers] = len(scene.recorder.told[scene.group]) - before, scene.text(scene.group)
        await scene.push_to_end()
        await scene.push_to_end()
        digests[answers] = scene.text(scene.group)
        await scene.crash()
    await scene.come_back()
    assert early == {0}
    assert {number for number, _ in foretold.values()} == {1}
    assert all("A safe summary is not possible yet." in foretold[answers][1] for answers in range(5))
    assert "A safe summary is possible." in foretold[5][1]
    assert {digests[answers] for answers in range(5)} == {
        f"Digest of round 1: Made-up Alliance\n{WITHHELD}",
    }
    assert digests[5].startswith("Digest of round 1: Made-up Alliance\nBased on at least 5 answers")


async def test_the_digest_comes_at_the_same_time_whenever_the_last_answer_came(tmp_path: Path) -> None:
    times = []
    for name, rests in (("early", timedelta()), ("late", timedelta(days=2, hours=13))):
        made = Scene.of(tmp_path / name)
        await made.start()
        await made.prepare(replace(PLAN, given=((),) * 5))
        for person in made.representatives:
            await made.pass_through(person, FINE)
            await made.pass_time(rests)
        await made.push_to_end()
        closing = await made.round()
        assert closing.state is RoundState.CLOSING
        times.append((closing.answer_until, closing.digest_at))
        await made.stop()
    assert times[0] == times[1]


async def test_texts_for_the_facilitators_outlive_the_close_and_only_these(scene: Scene) -> None:
    await scene.pass_through(scene.representatives[0], wrote("For the two of you, zebrafinch", FACILITATORS))
    for person in scene.representatives[1:]:
        await scene.pass_through(person, FINE)
    await scene.close()
    assert "zebrafinch" in await scene.tap(scene.facilitator, "r/1/notes/1")
    assert traces_in(scene.settings.data_dir, [b"zebrafinch"]) == []
