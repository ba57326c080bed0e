"""Learning across partnerships: who shares, and what is released at fixed moments, once each.

A release reads nothing but published words. Between two of them nothing changes, whoever joins, leaves or reflects.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from bot.app import flows, publishing
from bot.app.access import facilitated
from bot.app.history import of_kind
from bot.app.notify import notify
from bot.app.partnerships import group_of
from bot.app.work import Work
from bot.core.figures.learning import Learned, Members, release
from bot.core.figures.published import Published, PublishedDecision
from bot.core.figures.shared import Contribution, contribution
from bot.core.ids import PartnershipId, PersonId
from bot.core.partnerships import Partnership
from bot.core.quarters import quarter
from bot.core.rounds.lifecycle import Kind, Mode
from bot.core.rounds.themes import Theme

STILL_COUNTS = timedelta(days=731)
"""How long after the end of its answers a round counts: so nothing stands for longer than two years, and every word
is said afresh in time."""

PARSED = 2
"""Releases kept in memory as they were stored."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was released at a moment, UTC."""

    at: datetime
    words: Learned


def page_of(partnership: PartnershipId) -> str:
    """The path of the page where facilitators share and take it back."""
    return f"p/{partnership}/learning"


def share(work: Work, person: PersonId, partnership_id: PartnershipId) -> None:
    """Share from the next release on, and tell the group. One facilitator is enough; the other one is told.

    Raises: Refusal, also while there is no group that could read it.
    """
    partnership = facilitated(work, person, partnership_id)
    group_of(work, partnership)
    if partnership.shares_since is None:
        work.tx.partnerships.save(replace(partnership, shares_since=work.now.date()))
        _tell(work, person, partnership, "begins")


def stop(work: Work, person: PersonId, partnership_id: PartnershipId) -> None:
    """Take it back from the next release on, and tell the group; what was released stays.

    Raises: Refusal.
    """
    partnership = facilitated(work, person, partnership_id)
    if partnership.shares_since is not None:
        work.tx.partnerships.save(replace(partnership, shares_since=None))
        _tell(work, person, partnership, "ends")


def _tell(work: Work, person: PersonId, partnership: Partnership, what: str) -> None:
    if partnership.group is not None:
        work.tx.outbox.post(partnership.group, f"sharing/{what}")
    for other in sorted(work.tx.partnerships.facilitators(partnership.id) - {person}):
        notify(work, other, page_of(partnership.id))


def carry_out(work: Work) -> None:
    """Make the release whose moment has come, for those who shared by then; of several missed only the last.

    Before anybody shares there is none.
    """
    at, last = quarter(work.now), work.tx.learning.last(work.now)
    if last is not None and last.at >= at:
        return
    sharing = work.tx.partnerships.sharing(at.date())
    if last is None and not sharing:
        return
    before = None if last is None or last.members is None else Members.model_validate_json(last.members)
    given: defaultdict[Theme, dict[PartnershipId, Contribution]] = defaultdict(dict)
    for partnership in sharing:
        for theme, found in _contributions(work, partnership.id, since=at - STILL_COUNTS).items():
            given[theme][partnership.id] = found
    taking_part = {one for answers in given.values() for one in answers}
    learned, members = release(given, seats=_most_of_a_person(work, taking_part), before=before)
    work.tx.learning.add(at, words=learned.model_dump_json(), members=members.model_dump_json())


def _contributions(work: Work, partnership: PartnershipId, *, since: datetime) -> dict[Theme, Contribution]:
    """What a partnership adds on each theme: from its newest confidential round that decided something about it."""
    found: dict[Theme, Contribution] = {}
    for round_ in of_kind(work, partnership, Kind.REFLECTION):
        if not round_.posted or round_.answer_until is None or round_.answer_until <= since:
            continue
        if round_.mode is Mode.OPEN or not flows.asks_as_usual(work, round_):
            continue
        words = publishing.published(work, round_)
        if not isinstance(words, Published):
            continue
        themes = {decision.id: decision.theme for decision in work.tx.rounds.decisions(round_.id)}
        about: defaultdict[Theme, list[PublishedDecision]] = defaultdict(list)
        for decision in words.decisions:
            theme = themes.get(decision.decision)
            if theme is not None:
                about[theme].append(decision)
        for theme, decisions in about.items():
            found.setdefault(theme, contribution(decisions))
    return found


def _most_of_a_person(work: Work, partnerships: Iterable[PartnershipId]) -> int:
    """The most of these partnerships that one person belongs to, and so reads the words of (c); at least 1."""
    belongs: Counter[PersonId] = Counter()
    for partnership in partnerships:
        seated = {seat.person for seat in work.tx.partnerships.seats(partnership) if seat.person is not None}
        belongs.update(seated | work.tx.partnerships.facilitators(partnership))
    return max(belongs.values(), default=1)


def last_told(work: Work) -> Told | None:
    """The last release; everybody may read it."""
    last = work.tx.learning.last(work.now)
    return None if last is None else Told(last.at, _parsed(last.words))


def all_told(work: Work) -> list[Told]:
    """Every release, the first one first."""
    return [Told(one.at, Learned.model_validate_json(one.words)) for one in work.tx.learning.all()]


@lru_cache(maxsize=PARSED)
def _parsed(words: str) -> Learned:
    """A release never changes, so the one that is looked at is read once."""
    return Learned.model_validate_json(words)
