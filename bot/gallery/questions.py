"""Rounds about something else than who decides what, each from its draft to its digest; and a partnership's own."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app import flows, own_questions, rehearsal, rounds, shaping
from bot.core.flow.definition import Flow
from bot.core.rounds.lifecycle import Moment
from bot.errors import Refusal
from bot.gallery.house import House
from bot.gallery.sights import Sight

OWN = """\
flow: keys
version: 1
title: Our office
use: round
about: How we run the office together.
scales:
  word:
    - {value: 0, label: No word}
    - {value: 1, label: A word}
    - {value: 2, label: Some words}
    - {value: 3, label: Many words}
    - {value: 4, label: The last word}
stages:
  contribute:
    steps:
      - {id: decisions, type: list, items: {max: 5, length: 100}, ask: What should we look at in the office?}
  answer:
    params: {decisions: items, partners: items}
    steps:
      - id: actual
        type: matrix
        rows: params.decisions
        columns: params.partners
        scale: word
        ask: "{row}: whose word counts?"
      - {id: check, type: review, ask: Is this right?}
"""
MISTAKEN = OWN.replace("title", "titel").replace("type: list", "type: lust").encode()
"""A file that nobody can use."""


def other_questions(house: House) -> Iterator[Sight]:
    """A round of every flow but the usual one."""
    for flow in flows.for_rounds(house.work, house.partnership):
        if flow.flow != flows.FIRST:
            yield from _round_about(house, flow)


def _round_about(house: House, flow: Flow) -> Iterator[Sight]:
    house.let_pass(days=90)
    house.explorer.chapter = f"A round about something else: {flow.title}"
    explorer, facilitator = house.explorer, house.facilitator
    round_id = rounds.draft(house.work, facilitator, house.partnership, Moment.THEMED)
    rounds.choose_flow(house.work, facilitator, round_id, flow.flow)
    yield from explorer.show(facilitator, f"r/{round_id}", f"r/{round_id}/about")
    rehearsal.begin(house.work, facilitator, house.partnership)
    yield from house.sitter.sit(facilitator, f"try/{house.partnership}/contribute")
    rounds.bring_decisions(house.work, facilitator, round_id)
    yield from explorer.show(facilitator, f"r/{round_id}/shape/1")
    shaping.take_offered(house.work, facilitator, round_id)
    round_ = house.work.tx.rounds.get(round_id)
    assert round_ is not None  # noqa: S101 - a mistake in the walk
    for lines in house.script.contributions[:3]:
        shaping.add(house.work, round_, lines[0])
    yield from house.vote(round_id)
    for decision in house.decisions(round_id)[1:]:  # one is enough to see every question
        shaping.leave_out(house.work, facilitator, decision.id)
    rounds.open_answering(house.work, facilitator, round_id)
    yield from explorer.in_group(house.group, f"answering/{round_id}", f"opened/{round_id}")
    yield from explorer.show(house.representative, f"call/{round_id}")
    answer, others = f"answer/{round_id}", house.representatives[1:]
    yield from house.sitter.sit(house.representative, answer, beside=others)
    yield from house.sitter.sit(house.representative, answer, apart=others)
    yield from house.closing.post(round_id, time=0)
    yield from explorer.show(facilitator, f"r/{round_id}")


def own_file(house: House) -> Iterator[Sight]:
    """A file with questions is sent, and one with mistakes."""
    house.explorer.chapter = "Questions of a partnership's own"
    page = f"p/{house.partnership}/flows"
    yield from house.explorer.show(house.facilitator, page)
    for wrong in (MISTAKEN, b""):
        try:
            own_questions.add(house.work, house.facilitator, house.partnership, wrong)
        except Refusal as refusal:
            yield from house.explorer.told(
                house.facilitator, page, refusal.words, where=f"{page} refused a file of {len(wrong)} bytes"
            )
    own = own_questions.add(house.work, house.facilitator, house.partnership, OWN.encode())
    one = f"p/{house.partnership}/flow/{own}"
    yield from house.explorer.show(house.facilitator, page, one, f"{one}/remove")
    own_questions.remove(house.work, house.facilitator, house.partnership, own)
