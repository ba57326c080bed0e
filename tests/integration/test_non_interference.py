"""Who did what changes nothing that anybody else can see.

Two worlds are played that differ only in which of two people gave which answers, or which of them kept silent.
Everything kept in the database, told to others, logged or shown to facilitators, members and the group must be
the same, before the close, after it and after the digest. Source: anonymity reference, S1, S2 and T21.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import access, publishing
from bot.app.sheets import RoundSitting
from bot.app.work import Work
from bot.core.flow.session import Session
from bot.core.ids import PersonId
from bot.core.rounds.comments import Comment, released
from tests.plans import GROUP, Plan, Words, made_up
from tests.worlds import play

PAIR = (1, 2)
"""Seats that are exchanged; the first seat looks on."""

GROUP_CHAT = -2001


async def differences(plan: Plan, folder: Path, *, looking: bool = True) -> list[str]:
    one = await play(plan, folder / "one", unseen=PAIR, looking=looking)
    other = await play(plan.exchanged(*PAIR), folder / "other", unseen=PAIR, looking=looking)
    assert any("Digest of round 1" in line for line in one.told[GROUP_CHAT])
    if plan.consented:
        assert any("Somebody is not at ease with this yet" in line for line in one.told[GROUP_CHAT])
    if plan.checked_in:
        assert any("How far our actions are" in line and "Seen by" in line for line in one.told[GROUP_CHAT])
    return one.differences(other)


def opinions(seed: int) -> Plan:
    return made_up(seed, seats=5 + seed % 3, proposed=seed % 2 == 0, rare=seed % 4 == 1, again=seed % 8 == 7)


FINE: Words = ("42013\n30124", "It is fine", "It is fine", "Done")


def writing(words: str) -> Words:
    return ("42013\n30124", "I would like it differently", "22222", words, GROUP, "It is fine", "Done")


THREE_TEXTS = Plan(
    named=((),) * 5,
    given=(writing("Let us meet"), writing("Let us write"), writing("Let us count"), FINE, FINE),
)


def one_silent(answers: int) -> Plan:
    """The second seat names a decision and answers, the third does neither; of the others as many as it takes."""
    seats = 7
    row = "4" * seats
    given: Words = (f"{row}\n{row}", "It is fine", "It is fine", "Done")
    return Plan(
        named=(("How the budget is divided",), ("Which villages come first",), *((),) * (seats - 2)),
        given=(given, given, (), *(given,) * (answers - 2), *((),) * (seats - 1 - answers)),
        languages=("en",) * seats,
    )


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.audit) for seed in range(2, 23))])
async def test_exchanging_what_two_people_did_changes_nothing_for_others(seed: int, tmp_path: Path) -> None:
    assert await differences(opinions(seed), tmp_path) == []


@pytest.mark.parametrize("answers", [pytest.param(3, marks=pytest.mark.audit), 6])
async def test_nobody_learns_which_of_two_people_kept_silent(answers: int, tmp_path: Path) -> None:
    assert await differences(one_silent(answers), tmp_path) == []


ON_THE_WAY: Words = ("On the way", "It is late", GROUP, "Done")
CHECK_IN = Plan(
    named=((),) * 6,
    given=(("420131\n301241", "It is fine", "It is fine", "Done"),) * 6,
    checked_in=(
        ("Done",),
        ("Not started", "Skip"),
        ("Done", "Done", "/erase", "!erase/3"),
        *(ON_THE_WAY,) * 3,
    ),
    languages=("en",) * 6,
)


@pytest.mark.parametrize("plan", [CHECK_IN, pytest.param(CHECK_IN.exchanged(2, 5), marks=pytest.mark.audit)])
async def test_a_check_in_says_no_more_of_who_answered_what(plan: Plan, tmp_path: Path) -> None:
    assert await differences(plan, tmp_path) == []


VOTE = Plan(
    named=((),) * 6,
    voted=(
        ("1 12", "Done"),
        ("12 4 7 8 9", "Done", "/answer", "3", "4", "3"),
        (),
        ("12", "11", "/mine"),
        ("2 3 12", "Done", "/erase", "!erase/1"),
        ("12 11 10", "1-4", "Done"),
    ),
    given=(("012340\n301241", "It is fine", "It is fine", "Done"),) * 6,
    languages=("en",) * 6,
)


@pytest.mark.parametrize("plan", [VOTE, pytest.param(VOTE.exchanged(2, 3), marks=pytest.mark.audit)])
async def test_a_vote_says_nothing_of_who_chose_what_or_kept_silent(plan: Plan, tmp_path: Path) -> None:
    assert await differences(plan, tmp_path) == []


AT_EASE: Words = ("I can live with it", "Done")
UNEASY: Words = ("I am not at ease with it yet", "A month later, please", "Done")
OBJECTION = Plan(
    named=((),) * 6,
    given=(("420131\n301241", "It is fine", "It is fine", "Done"),) * 6,
    consented=(AT_EASE, UNEASY, AT_EASE, (), AT_EASE, ()),
    languages=("en",) * 6,
)
SILENT_OBJECTION = replace(
    OBJECTION,
    consented=(AT_EASE, (), ("I am not at ease with it yet", "Skip", "Done"), AT_EASE, UNEASY, AT_EASE),
)


@pytest.mark.parametrize("plan", [OBJECTION, pytest.param(SILENT_OBJECTION, marks=pytest.mark.audit)])
async def test_nobody_learns_which_of_two_people_objects_to_a_proposal(plan: Plan, tmp_path: Path) -> None:
    assert await differences(plan, tmp_path) == []


# Leaks that are planted, so that the comparison is known to find some

Finish = Callable[[RoundSitting, Work, PersonId, Session], str]


def keeps_the_order_of_answering(monkeypatch: pytest.MonkeyPatch, finish: Finish) -> None:
    """Texts appear in the order in which people were done."""
    done: list[str] = []

    def noting(sitting: RoundSitting, work: Work, person: PersonId, session: Session) -> str:
        done.append(session.to_json())
        return finish(sitting, work, person, session)

    def place(text: Comment) -> int:
        return next(place for place, sheet in enumerate(done) if text.words in sheet)

    def in_order(*args: Any, **kwargs: Any) -> tuple[Comment, ...]:
        texts = tuple(sorted(released(*args, **kwargs), key=place))
        done.clear()
        return texts

    monkeypatch.setattr(RoundSitting, "finish", noting)
    monkeypatch.setattr(publishing, "released", in_order)


def counts_answers(monkeypatch: pytest.MonkeyPatch, finish: Finish) -> None:
    """Beside each person stands how much they answered, dressed as a date."""

    def counting(sitting: RoundSitting, work: Work, person: PersonId, session: Session) -> str:
        work.tx.people.set_loose(person, date(2027, 1, 1) + timedelta(days=len(session.answers)))
        return finish(sitting, work, person, session)

    monkeypatch.setattr(RoundSitting, "finish", counting)


def logs_the_seat(monkeypatch: pytest.MonkeyPatch, finish: Finish) -> None:
    """A helpful line in the log."""

    def logging_(sitting: RoundSitting, work: Work, person: PersonId, session: Session) -> str:
        seat = access.seat_in(
            work, person, access.round_of_representative(work, person, sitting.round_id).partnership
        )
        logging.getLogger("bot.sittings").info("seat %s is done", seat.id)
        return finish(sitting, work, person, session)

    monkeypatch.setattr(RoundSitting, "finish", logging_)


@pytest.mark.parametrize(
    ("leak", "plan", "found"),
    [
        (keeps_the_order_of_answering, THREE_TEXTS, f"told {GROUP_CHAT}"),
        (counts_answers, THREE_TEXTS.exchanged(2, 4), "rows first round, before the close: person"),
        (logs_the_seat, one_silent(3), "log level=info logger=bot.sittings"),
    ],
)
async def test_a_planted_leak_is_found(
    leak: Callable[[pytest.MonkeyPatch, Finish], None],
    plan: Plan,
    found: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leak(monkeypatch, RoundSitting.finish)
    assert any(found in line for line in await differences(plan, tmp_path, looking=False))
