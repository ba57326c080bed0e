"""The seats of a partnership as a round keeps them when it opens, and what follows from them."""

from __future__ import annotations

from collections import Counter

from bot.app.partnerships import partners_with_stand_ins, seats_of_partners
from bot.app.work import Work
from bot.core.confidentiality.coalition import known_by, most_known
from bot.core.ids import PartnerId, PartnershipId, RoundId
from bot.core.partnerships import Partner
from bot.core.rounds.lifecycle import Round
from bot.core.text import Text, say, say_count


def freeze(work: Work, round_: Round) -> None:
    """Make the key of a round that opens, and keep its seats as they are announced."""
    work.setting.keys.create(round_.id)
    keep(work, round_.id, round_.partnership)


def keep(work: Work, round_id: RoundId, partnership: PartnershipId) -> None:
    """Keep the seats for a round as they are now."""
    work.tx.rounds.freeze_roster(
        round_id,
        seats_of_partners(work, partnership),
        stand_ins=partners_with_stand_ins(work, partnership),
        on_paper=seats_on_paper(work, partnership),
        known=known_now(work, partnership),
    )


def seats_on_paper(work: Work, partnership: PartnershipId) -> dict[PartnerId, int]:
    """How many confirmed seats on paper the partners have that have some."""
    seats = work.tx.partnerships.seats(partnership)
    return dict(Counter(seat.partner for seat in seats if seat.confirmed and seat.on_paper))


def known_now(work: Work, partnership: PartnershipId) -> dict[PartnerId, int]:
    """How many answers the people of each partner could know together if a round opened now."""
    facilitators = work.tx.partnerships.facilitators(partnership)
    seats = work.tx.partnerships.seats(partnership)
    facilitating = frozenset(seat.partner for seat in seats if seat.person in facilitators)
    return known_by(seats_of_partners(work, partnership), seats_on_paper(work, partnership), facilitating)


def most_known_now(work: Work, partnership: PartnershipId) -> int:
    """The most answers that the same people could know (c) if a round opened now."""
    return most_known(known_now(work, partnership), seats_on_paper(work, partnership))


def seats_line(work: Work, round_: Round) -> Text:
    """The seats of each partner as they are frozen, and where a stand-in sits or something is answered on paper."""
    roster = work.tx.rounds.roster(round_.id)
    stand_ins, on_paper = work.tx.rounds.stand_ins(round_.id), work.tx.rounds.on_paper(round_.id)

    def seats_of(partner: Partner) -> Text:
        count = roster[partner.id]
        if partner.id in on_paper:
            return say("{partner} ({count}, on paper)", partner=partner.acronym, count=count)
        if partner.id in stand_ins:
            return say("{partner} ({count}, with a stand-in)", partner=partner.acronym, count=count)
        return say("{partner} ({count})", partner=partner.acronym, count=count)

    partners = work.tx.partnerships.partners(round_.partnership)
    seats = tuple(seats_of(partner) for partner in partners if partner.id in roster)
    return say_count(
        "{count} seat: {seats}.", "{count} seats: {seats}.", count=sum(roster.values()), seats=seats
    )
