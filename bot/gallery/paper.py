"""Between two rounds: a partner without Telegram answers on paper, and a facilitator types it in."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app import openness, rounds
from bot.core.rounds.lifecycle import Mode, Moment
from bot.gallery.house import House
from bot.gallery.sights import Sight


def answered_on_paper(house: House) -> Iterator[Sight]:
    """From the mark on a seat to its removal; the round in between is cancelled."""
    house.explorer.chapter = "A partner without Telegram"
    explorer, facilitator, partnership = house.explorer, house.facilitator, house.partnership
    *_, partner = house.work.tx.partnerships.partners(partnership)
    seat, page = house.work.tx.partnerships.add_seat(partner.id), f"q/{partnership}/{partner.id}"
    yield from explorer.show(facilitator, page)
    house.press(f"!s/{seat}/paper/1")
    yield from explorer.show(facilitator, page, f"p/{partnership}/partners")
    drafted = rounds.draft(house.work, facilitator, partnership, Moment.THEMED)
    where = f"r/{drafted}"
    yield from explorer.refused(facilitator, where, f"!{where}/mode/{Mode.PROPOSED}")
    openness.propose(house.work, facilitator, drafted, Mode.CONFIDENTIAL)
    rounds.open_collecting(house.work, facilitator, drafted)
    yield from explorer.in_group(house.group, f"opened/{drafted}")
    yield from explorer.show(facilitator, where, f"form/{drafted}")
    yield from explorer.show(
        facilitator, *(f"{name}/{seat}/{drafted}" for name in ("entry", "entered", "erased"))
    )
    yield from house.sitter.sit(facilitator, f"behalf/{seat}/{drafted}")
    rounds.cancel(house.work, facilitator, drafted)
    house.work.tx.partnerships.remove_seat(seat)
