"""What follows a round: check-ins, each kind held twice with different words; a round that is compared; an open one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.app import checkins, openness, rounds, wordings
from bot.app.wordings import path_of
from bot.core.ids import RoundId
from bot.core.rounds.lifecycle import CHECK_INS, Kind, Mode, Moment
from bot.gallery.exploring import OWN
from bot.gallery.facilitation import questions_to_them, two_facilitators
from bot.gallery.house import House
from bot.gallery.learning import learning_of
from bot.gallery.meeting import meeting_of
from bot.gallery.paper import answered_on_paper
from bot.gallery.questions import other_questions, own_file
from bot.gallery.sights import Sight

REWORDED = "pulse.agree"
"""The question that the partnership words anew; of a flow in which nothing else asks."""


def life_of(house: House) -> Iterator[Sight]:
    """Every card there is, from an empty desk to the third round."""
    yield from house.round()
    yield from meeting_of(house, house.first)
    yield from two_facilitators(house)
    yield from questions_to_them(house)
    yield from learning_of(house)
    yield from answered_on_paper(house)
    yield from _calendar(house)
    yield from _own_words(house)
    first = _hold(house)
    yield from _being_asked(house, first)
    house.closing.comment(first[Kind.ACTIONS])
    yield from _digests(house, first, 0)
    yield from house.closing.voices(first[Kind.ACTIONS])
    house.let_pass(days=90)
    second = _hold(house)
    yield from _digests(house, second, 1)
    yield from _everybody(house)
    yield from _again(house)
    yield from _openly(house)
    yield from other_questions(house)
    yield from own_file(house)


def _calendar(house: House) -> Iterator[Sight]:
    """The facilitators' pages, empty and with one of the plans paused, and the file of dates."""
    house.explorer.chapter = "Check-ins are put on the calendar"
    explorer, partnership = house.explorer, house.partnership
    plan = f"c/{partnership}/{Kind.ACTIONS}"
    every = house.script.rhythm.partition("/")[0]
    yield from explorer.follow(house.facilitator, plan, f"{plan}/rhythm/{every}")
    yield from house.sitter.sit(house.facilitator, f"desk/statements/{partnership}")
    yield from house.sitter.sit(house.facilitator, "desk/zone/0")
    for kind in CHECK_INS:
        house.press(f"!c/{partnership}/{kind}/set/{house.script.rhythm}")
    house.press(f"!c/{partnership}/{Kind.PULSE}/pause")
    yield from explorer.show(house.representative, f"dates/{partnership}")


def _own_words(house: House) -> Iterator[Sight]:
    """One question is worded anew in every language, so that every reader meets it and its original."""
    house.explorer.chapter = "Questions in own words"
    work, partnership = house.work, house.partnership
    begun = {
        language: wordings.begin(work, house.facilitator, partnership, REWORDED, language)
        for language in house.explorer.languages
    }
    paths = {language: f"desk/prompt/{wording}" for language, wording in begun.items()}
    source = house.explorer.languages[0]
    yield from house.sitter.sit(house.facilitator, paths[source], paths=paths)
    for wording in begun.values():
        work.tx.wordings.say(wording, house.script.own_words)
    question = path_of(partnership, REWORDED, OWN)
    yield from house.explorer.follow(house.facilitator, question, f"w/{partnership}/all/pulse/{OWN}")


def _hold(house: House) -> dict[Kind, RoundId]:
    """A check-in of each kind."""
    return {
        kind: checkins.hold_now(house.work, house.facilitator, house.partnership, kind).id
        for kind in CHECK_INS
    }


def _being_asked(house: House, held: dict[Kind, RoundId]) -> Iterator[Sight]:
    house.explorer.chapter = "Check-ins are open"
    for round_id in held.values():
        answer = f"answer/{round_id}"
        yield from house.sitter.sit(house.representative, answer, beside=house.representatives[1:])
        yield from house.explorer.in_group(
            house.group,
            f"checkin/{round_id}",
            *(f"foretold/{round_id}/{verdict}" for verdict in ("possible", "open")),
        )
    actions = f"answer/{held[Kind.ACTIONS]}"
    yield from house.sitter.sit(house.representative, actions, apart=house.representatives[1:])
    pages = ("call", "remind", "later", "thanks", "paused", "mine")
    told = (f"{page}/{round_id}" for page in pages for round_id in held.values())
    yield from _everybody(house, *told, news=held.values())
    question = path_of(house.partnership, REWORDED, "en")
    yield from house.explorer.refused(house.facilitator, question, f"!{question}/begin")


def _digests(house: House, held: dict[Kind, RoundId], time: int) -> Iterator[Sight]:
    house.explorer.chapter = "Digests of check-ins"
    for round_id in held.values():
        yield from house.closing.post(round_id, time=time)
        yield from house.explorer.show(house.representative, f"m/{house.partnership}/said/{round_id}/1")


def _everybody(house: House, *told: str, news: Iterable[RoundId] = ()) -> Iterator[Sight]:
    """What people find by themselves, and what they are told.

    Args:
        told: pages that are sent to representatives.
        news: rounds about which the facilitators hear.
    """
    pages = ("home", "waiting", "next", "rest/7")
    heard = (f"news/{round_id}" for round_id in news)
    yield from house.explorer.follow(house.facilitator, *pages, *heard)
    yield from house.explorer.follow(house.representative, *pages, "mine", "erase", *told)
    yield from house.explorer.in_group(house.group, "next", "agreements", "digest")


def _again(house: House) -> Iterator[Sight]:
    """A second round with the same decisions, whose digest says what changed; and one that is cancelled."""
    house.explorer.chapter = "A second round"
    round_id = _begin_again(house, Moment.MID_TERM)
    reworded = house.decisions(round_id)[0]
    house.work.tx.rounds.save_decision(replace(reworded, wording=house.script.typed["wording"]))
    yield from house.explorer.show(house.facilitator, f"r/{round_id}", f"d/{reworded.id}")
    rounds.open_answering(house.work, house.facilitator, round_id)
    yield from house.closing.post(round_id, time=1)
    house.let_pass(days=90)
    cancelled = rounds.draft(house.work, house.facilitator, house.partnership, Moment.THEMED)
    rounds.cancel(house.work, house.facilitator, cancelled)
    yield from house.explorer.show(house.facilitator, f"r/{cancelled}", f"r/{round_id}")
    yield from house.explorer.in_group(house.group, f"cancelled/{cancelled}")


def _openly(house: House) -> Iterator[Sight]:
    """A round that is open because every seat agreed to it."""
    house.explorer.chapter = "An open round"
    house.agree_all()
    round_id = _begin_again(house, Moment.END_TERM, mode=Mode.PROPOSED)
    for person in house.representatives:
        openness.choose(house.work, person, round_id, agrees=True)
    rounds.open_answering(house.work, house.facilitator, round_id)
    yield from house.explorer.in_group(house.group, f"answering/{round_id}")
    yield from house.explorer.show(house.representative, f"call/{round_id}", f"mode/{round_id}")
    yield from house.closing.post(round_id, time=0)


def _begin_again(house: House, moment: Moment, mode: Mode = Mode.CONFIDENTIAL) -> RoundId:
    """A round with the decisions of the last one, some time after it."""
    house.let_pass(days=90)
    round_id = rounds.draft(house.work, house.facilitator, house.partnership, moment)
    openness.propose(house.work, house.facilitator, round_id, mode)
    rounds.carry_over(house.work, house.facilitator, round_id)
    return round_id
