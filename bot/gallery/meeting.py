"""A meeting in a walk: its agenda, what others did, what is recorded, and asking everybody about it, twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from bot.app import followup
from bot.app.history import of_kind
from bot.app.proposals import proposals
from bot.core.ids import RoundId
from bot.core.rounds.lifecycle import Kind, Standing
from bot.core.rounds.themes import Theme
from bot.gallery.exploring import OWN
from bot.gallery.house import House
from bot.gallery.sights import Sight

DUE = "2031-09-30"
"""By when actions are to be done."""


def meeting_of(house: House, round_id: RoundId) -> Iterator[Sight]:
    """From the digest of a round to what is followed."""
    explorer, sitter, facilitator = house.explorer, house.sitter, house.facilitator
    explorer.chapter = "The meeting"
    yield from house.everybody(round_id, "agenda/{round}")
    first, *_ = house.decisions(round_id)
    for theme in Theme:
        followup.choose_theme(house.work, facilitator, first.id, theme)
        yield from explorer.show(facilitator, f"d/{first.id}/measures")
    yield from sitter.sit(facilitator, f"desk/levels/{first.id}")
    yield from sitter.sit(facilitator, f"desk/action/{round_id}")
    _record(house, round_id)
    action = house.work.tx.rounds.actions(house.partnership)[0].id
    yield from sitter.revise(facilitator, f"desk/change/{action}")
    yield from house.everybody(round_id)
    yield from explorer.follow(facilitator, f"preview/{house.partnership}/consent/1/{OWN}")
    explorer.chapter = "Everybody is asked about it"
    followup.finish_meeting(house.work, facilitator, round_id)
    consent = _asking(house)
    yield from sitter.sit(house.representative, f"answer/{consent}", beside=house.representatives[1:])
    yield from house.everybody(consent, "proposed/{round}")
    yield from explorer.refused(facilitator, f"r/{round_id}/meeting", f"!r/{round_id}/ask-again")
    house.closing.begin(consent)
    yield from house.everybody(consent)
    yield from house.closing.post(consent, time=0)
    yield from house.everybody(consent)
    yield from house.everybody(round_id)
    while proposals(house.work, house.round_of(round_id)):
        followup.ask_again(house.work, facilitator, round_id)
        yield from house.closing.post(_asking(house), time=1)
    yield from explorer.in_group(house.group, "settled")
    house.let_pass(days=90)
    explorer.chapter = "What was agreed is followed"
    yield from house.everybody(round_id)


def _asking(house: House) -> RoundId:
    return of_kind(house.work, house.partnership, Kind.CONSENT)[0].id


def _record(house: House, round_id: RoundId) -> None:
    """Levels for every decision and all actions of the script, the last of them for the partnership as a whole."""
    tx, decisions = house.work.tx, house.decisions(round_id)
    partners = [partner.id for partner in tx.partnerships.partners(house.partnership)]
    for decision in decisions:
        levels = dict(zip(partners, cycle(house.script.agreed), strict=False))
        tx.rounds.agree_levels(decision.id, levels, standing=Standing.PROPOSED)
    about = cycle([*(decision.id for decision in decisions), None])
    for what, purpose, owner in zip(house.script.actions, about, cycle(partners), strict=False):
        tx.rounds.add_action(
            round_id, decision=purpose, what=what, owner=owner, by=DUE, standing=Standing.PROPOSED
        )
