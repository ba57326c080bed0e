"""The check-ins that follow in the largest partnership, and every card of theirs.

Twenty actions of which fifteen are asked about, fifteen decisions with agreed levels and seven statements. Each kind
of check-in is held twice, with different words, so that the second digest also tells what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle, islice

from bot.app import checkins
from bot.app.pages import PRIVATE_PAGES
from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.words import WITHHELD, AgreementSaid, AgreementWord, LevelSaid, LevelWord, Withheld
from bot.core.ids import DecisionId, PartnerId, RoundId
from bot.core.rounds.lifecycle import CHECK_INS, Kind
from tests.exploring import Shown
from tests.full_house import FullHouse

RHYTHM = "m6/l/2/19"
"""The last Wednesday of every sixth month, at seven in the evening: all of it long words."""

ONE_OF_EACH: tuple[LevelSaid | Withheld, ...] = (
    *(LevelSaid(word, opposed=True) for word in LevelWord),
    WITHHELD,
)
PROGRESS = (LevelSaid(LevelWord.HIGH, opposed=False), LevelSaid(LevelWord.LOW, opposed=True))
AGREEMENT = (AgreementSaid(AgreementWord.MOST), AgreementSaid(AgreementWord.FEWER_THAN_HALF))


def year_of(house: FullHouse) -> Iterator[Shown]:
    """Every card from putting check-ins on the calendar to their second digests, in every language."""
    yield from _calendar(house)
    first = _hold(house)
    yield from _being_asked(house, first)
    house.comment(first[Kind.ACTIONS])
    yield from _digests(house, first, 0)
    yield from house.voices(first[Kind.ACTIONS])
    house.let_pass(days=90)
    second = _hold(house)
    yield from _digests(house, second, 1)
    yield from _everybody(house)


def _calendar(house: FullHouse) -> Iterator[Shown]:
    """The facilitators' pages, empty and with one of the plans paused, and the file of dates."""
    explorer, partnership = house.explorer, house.partnership
    yield from explorer.follow(house.facilitator, f"c/{partnership}/{Kind.ACTIONS}")
    yield from explorer.sit(house.facilitator, f"desk/statements/{partnership}")
    yield from explorer.sit(house.facilitator, "desk/zone/0")
    for kind in CHECK_INS:
        _press(house, f"!c/{partnership}/{kind}/set/{RHYTHM}")
    _press(house, f"!c/{partnership}/{Kind.PULSE}/pause")
    yield from explorer.show(house.representatives[0], f"dates/{partnership}")


def _press(house: FullHouse, path: str) -> None:
    found = PRIVATE_PAGES.find(path)
    assert found is not None
    action, arguments = found
    action(house.work, house.facilitator, **arguments)


def _hold(house: FullHouse) -> dict[Kind, RoundId]:
    """A check-in of each kind."""
    return {
        kind: checkins.hold_now(house.work, house.facilitator, house.partnership, kind).id
        for kind in CHECK_INS
    }


def _being_asked(house: FullHouse, held: dict[Kind, RoundId]) -> Iterator[Shown]:
    representative = house.representatives[0]
    for round_id in held.values():
        yield from house.explorer.sit(representative, f"answer/{round_id}")
        yield from house.explorer.in_group(
            house.group,
            *(f"{page}/{round_id}" for page in ("checkin", "extended", "cancelled")),
            *(f"foretold/{round_id}/{verdict}" for verdict in ("possible", "open")),
        )
    pages = ("call", "remind", "later", "thanks", "paused", "mine")
    told = (f"{page}/{round_id}" for page in pages for round_id in held.values())
    yield from _everybody(house, *told, news=held.values())


def _digests(house: FullHouse, held: dict[Kind, RoundId], time: int) -> Iterator[Shown]:
    for kind, round_id in held.items():
        yield from house.post(round_id, _said(house, kind, round_id, time))
        yield from house.explorer.show(house.representatives[0], f"m/{house.partnership}/said/{round_id}/1")


def _everybody(house: FullHouse, *told: str, news: Iterable[RoundId] = ()) -> Iterator[Shown]:
    """What people find by themselves, and what they are told.

    Args:
        told: pages that are sent to representatives.
        news: rounds about which the facilitators hear.
    """
    pages = ("home", "waiting", "next", "rest/7")
    heard = (f"news/{round_id}" for round_id in news)
    yield from house.explorer.follow(house.facilitator, *pages, *heard)
    yield from house.explorer.follow(house.representatives[0], *pages, "mine", "erase", *told)
    yield from house.explorer.in_group(house.group, "next", "agreements", "digest")


def _said(house: FullHouse, kind: Kind, round_id: RoundId, time: int) -> Published:
    """The words that make the longest digest; those of the second time differ from those of the first."""
    tx = house.work.tx
    partners = [partner.id for partner in tx.partnerships.partners(house.partnership)]
    asked = tx.rounds.decisions(round_id)
    return Published(decisions=tuple(_words(kind, decision.id, partners, time) for decision in asked))


def _words(kind: Kind, decision: DecisionId, partners: list[PartnerId], time: int) -> PublishedDecision:
    match kind:
        case Kind.ACTIONS:
            return PublishedDecision(
                decision=decision, cells={partners[0]: PublishedCell(actual=PROGRESS[time])}
            )
        case Kind.PRACTICE:
            words = islice(cycle(ONE_OF_EACH), time, None)
            cells = {
                partner: PublishedCell(actual=said) for partner, said in zip(partners, words, strict=False)
            }
            return PublishedDecision(decision=decision, cells=cells)
        case _:
            return PublishedDecision(decision=decision, agreement=AGREEMENT[time], cells={})
