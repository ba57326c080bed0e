"""Between two rounds: a second facilitator comes, acts together with the first and goes; questions are asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bot.app import facilitators, rounds
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.lifecycle import Moment
from bot.gallery.house import House
from bot.gallery.sights import Sight

SECOND = 1003
"""Made-up account of the second facilitator."""


def two_facilitators(house: House) -> Iterator[Sight]:
    """From the invitation to the farewell; afterwards one facilitates alone, as before."""
    house.explorer.chapter = "Two facilitators"
    work, partnership, explorer = house.work, house.partnership, house.explorer
    second = work.tx.people.add(SECOND, language=house.explorer.languages[0])
    page = f"p/{partnership}/pair"
    yield from explorer.follow(house.facilitator, page)
    yield from _invited(house, second)
    yield from explorer.show(house.facilitator, page, f"{page}/leave", f"{page}/other")
    yield from explorer.in_group(house.group, "facilitators")
    yield from _together(house, second)
    facilitators.propose_farewell(work, house.facilitator, partnership)
    yield from explorer.show(second, page)
    yield from explorer.show(house.facilitator, page)
    house.let_pass(days=8)
    asked, another = house.representatives[0], house.representatives[house.script.members[0].seats]
    yield from explorer.show(asked, f"m/{partnership}", f"farewell/{partnership}")
    facilitators.confirm_farewell(house.work, asked, partnership)
    yield from explorer.show(asked, f"farewell/{partnership}")
    facilitators.confirm_farewell(house.work, another, partnership)
    yield from explorer.show(second, "home")
    yield from explorer.in_group(house.group, "facilitators")
    leave = f"p/{partnership}/pair/leave"
    yield from explorer.refused(house.facilitator, leave, f"!{leave}")


def _invited(house: House, second: PersonId) -> Iterator[Sight]:
    """The links, and what whoever opens one reads."""
    partnership, page = house.partnership, f"p/{house.partnership}/pair"
    for action in ("hand", "invite"):
        link = house.press(f"!{page}/{action}")
        yield from house.explorer.show(house.facilitator, link)
        yield from house.explorer.show(house.facilitator, page)
    token = link.rpartition("/")[2]
    token_hash = hashlib.sha256(token.encode()).digest()
    facilitators.open_invitation(house.work, second, token_hash)
    yield from house.explorer.follow(second, "home", f"joining/{partnership}")
    facilitators.take_up(house.work, second, partnership)
    yield from house.explorer.refused(house.facilitator, page, f"!{page}/invite")


def _together(house: House, second: PersonId) -> Iterator[Sight]:
    """What each reads while the other's word is missing, in each state that needs both."""
    work, drafted = house.work, rounds.draft(house.work, house.facilitator, house.partnership, Moment.THEMED)
    for opens in (rounds.open_collecting, rounds.bring_decisions, rounds.carry_over):
        opens(work, house.facilitator, drafted)
        yield from _both_read(house, second, drafted)
    rounds.carry_over(work, second, drafted)
    rounds.open_answering(work, second, drafted)
    yield from _both_read(house, second, drafted)
    page = f"p/{house.partnership}/pair"
    yield from house.explorer.refused(house.facilitator, page, f"!{page}/hand")
    rounds.cancel(work, second, drafted)


def _both_read(house: House, second: PersonId, round_id: RoundId) -> Iterator[Sight]:
    for person in (house.facilitator, second):
        yield from house.explorer.show(person, f"r/{round_id}")


def questions_to_them(house: House) -> Iterator[Sight]:
    """Two questions, one with the partner's name: asked, seen, replied to."""
    house.explorer.chapter = "Questions to the facilitators"
    explorer, partnership = house.explorer, house.partnership
    for partner in (None, house.work.tx.partnerships.partners(partnership)[0].id):
        yield from house.sitter.sit(house.representative, f"desk/question/{partnership}")
        house.work.tx.questions.add(
            partnership,
            house.script.typed["question"],
            partner=partner,
            due=house.work.now,
            until=house.work.now.date(),
        )
    yield from explorer.show(house.representative, f"asked/{partnership}")
    house.let_pass(days=3)
    yield from explorer.follow(house.facilitator, f"p/{partnership}", f"p/{partnership}/questions")
    for waiting in house.work.tx.questions.waiting(partnership)[:3]:
        yield from house.sitter.sit(house.facilitator, f"desk/reply/{waiting.id}")
        yield from explorer.in_group(house.group, f"replied/{waiting.id}")
        yield from explorer.show(house.representative, f"replied/{waiting.id}")
    for waiting in house.work.tx.questions.waiting(partnership):
        house.press(f"!question/{waiting.id}/aside")
    yield from explorer.show(house.facilitator, f"p/{partnership}/questions")
