"""A world to measure in: partnerships with a round of eight decisions, made through the use cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from string import ascii_uppercase

from bot.app import enrolment, notify, rounds, timed
from bot.app.helping_hands import DECISIONS as NAMED
from bot.app.private import arrive
from bot.app.sheets import STAGES
from bot.app.work import Work
from bot.core.flow.session import Answer, from_json
from bot.core.ids import PersonId, RoundId
from bot.core.partnerships import PartnerKind
from bot.core.rounds.lifecycle import Moment, RoundState

DECISIONS = (*NAMED, "Where the yearly meeting takes place")
PARTNERS = "ABCDEF"
ZONE = "Africa/Nairobi"
ROWS = ("420031", "301244", "112233", "44?210", "033142", "210034", "4 3 2 1 0 -", "000444")
"""One typed row for each decision."""

FINE = "It is fine"
DIFFERENTLY = "I would like it differently"


def settle(work: Work, accounts: Sequence[int], language: str = "en") -> RoundId:
    """Make a partnership whose seats these accounts hold, with a draft of a round.

    Everybody reads one language and is in one zone, so that all are called at the same hours.

    Args:
        accounts: one for each partner; the first one also facilitates.
    """
    tx = work.tx
    people = [arrive(work, account, language) for account in accounts]
    group = tx.groups.add(-accounts[0], language=language)
    partnership = tx.partnerships.add(
        name="Made-up Alliance", purpose="Clean water for all", language=language, zone=ZONE
    )
    tx.partnerships.save(replace(tx.partnerships.get(partnership), group=group.id))
    tx.partnerships.add_facilitator(partnership, people[0])
    for person, letter in zip(people, ascii_uppercase, strict=False):
        notify.set_zone(work, person, ZONE)
        partner = tx.partnerships.add_partner(
            partnership, name=f"Partner {letter}", acronym=f"P{letter}", kind=PartnerKind.LOCAL
        )
        seat = tx.partnerships.add_seat(partner)
        tx.partnerships.bind(seat, person)
        enrolment.agree(work, person, seat)
    return rounds.draft(work, people[0], partnership, Moment.BASELINE)


def begin_answering(work: Work, accounts: Sequence[int]) -> RoundId:
    """Settle a partnership, open its round for answers and put everybody at the first question."""
    round_id = settle(work, accounts)
    host = person_of(work, accounts[0])
    rounds.bring_decisions(work, host, round_id)
    open_with_all(work, host, round_id, DECISIONS)
    for account in accounts:
        person = person_of(work, account)
        work.tx.outbox.drop(person)
        place = work.tx.people.place(person)
        work.tx.people.put_place(person, replace(place, path=f"answer/{round_id}"))
        work.tx.outbox.show(person)
    return round_id


def call(work: Work, accounts: Sequence[int], decisions: int) -> RoundId:
    """Settle a partnership, open its round of so many decisions, and have everybody called, whatever the hour."""
    round_id = settle(work, accounts)
    host = person_of(work, accounts[0])
    rounds.bring_decisions(work, host, round_id)
    open_with_all(work, host, round_id, DECISIONS[:decisions])
    for account in accounts:
        person = person_of(work, account)
        later = work.tx.notices.due(person, work.now + timedelta(days=365))
        work.tx.notices.remove([notice.id for notice in later])
        work.tx.outbox.drop(person)
        work.tx.outbox.tell(person, f"call/{round_id}")
    return round_id


def begin_collecting(work: Work, accounts: Sequence[int], language: str) -> RoundId:
    """Settle a partnership and open its round for contributions."""
    round_id = settle(work, accounts, language)
    rounds.open_collecting(work, person_of(work, accounts[0]), round_id)
    return round_id


def go_on_to_answering(work: Work, round_id: RoundId, account: int, decisions: Sequence[str]) -> None:
    """Let the window for contributions end, and open the answers with all of these decisions."""
    round_ = work.tx.rounds.get(round_id)
    if round_ is not None and round_.collect_until is not None:
        timed.carry_out(replace(work, now=round_.collect_until), round_id)
    open_with_all(work, person_of(work, account), round_id, decisions)


def open_with_all(work: Work, host: PersonId, round_id: RoundId, decisions: Sequence[str]) -> None:
    """Bring the list to these decisions and ask for levels."""
    for wording in decisions[len(work.tx.rounds.decisions(round_id)) :]:
        work.tx.rounds.add_decision(round_id, wording)
    rounds.open_answering(work, host, round_id)


def answers(work: Work, round_id: RoundId, account: int) -> dict[str, Answer]:
    """What is stored of somebody's answers, by prompt."""
    sheet = work.tx.sheets.load(round_id, person_of(work, account), STAGES[RoundState.ANSWERING])
    return {} if sheet is None else from_json(sheet.decode()).answers


def person_of(work: Work, account: int) -> PersonId:
    return arrive(work, account, "en")
