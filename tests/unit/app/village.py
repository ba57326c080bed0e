"""A partnership in every state, for tests of who may do what: plain rows, made without a conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.system import SystemRandomness
from bot.app.ports import Transaction
from bot.app.work import Setting, Work
from bot.core.flow.library import load_library
from bot.core.ids import ActionId, DecisionId, PartnerId, PartnershipId, PersonId, RoundId, SeatId
from bot.core.partnerships import PartnerKind
from bot.core.rounds.lifecycle import OPEN, Mode, Moment, RoundState
from tests.contract.fakes import FakeKeys

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
FLOWS = load_library(Path(__file__).resolve().parents[3] / "flows")


class FixedClock:
    def now(self) -> datetime:
        return NOW


def setting(keys: FakeKeys) -> Setting:
    return Setting(
        flows=FLOWS,
        catalogs=GettextCatalogs(Path("no-such-folder")),
        random=SystemRandomness(),
        keys=keys,
        clock=FixedClock(),
        bot_name="MadeUpBot",
        operator="Made-up Operator",
    )


@dataclass(frozen=True)
class Village:
    """Ids of what was made.

    Attributes:
        people: by role: "stranger", "invited" (has not agreed yet), "representative", "facilitator", "former"
            (facilitator), "elsewhere" (facilitates the other partnerships and represents in the quiet one).
        rounds, decisions: by state; every round has one decision, the one in shaping has two.
        taken, bound, free: the seat of the representative, of the invited one, and one that nobody holds.
        quiet, quiet_partner, quiet_seat, quiet_other_seat: another partnership that never had a round.
        ready, ready_seat: a round in shaping, of a third partnership that never asked for answers.
    """

    partnership: PartnershipId
    partner: PartnerId
    people: dict[str, PersonId]
    rounds: dict[RoundState, RoundId]
    decisions: dict[RoundState, DecisionId]
    second_decision: DecisionId
    left_out: int
    action: ActionId
    taken: SeatId
    free: SeatId
    bound: SeatId
    quiet: PartnershipId
    quiet_partner: PartnerId
    quiet_seat: SeatId
    quiet_other_seat: SeatId
    ready: RoundId
    ready_seat: SeatId


ROLES = ("stranger", "invited", "representative", "facilitator", "former", "elsewhere")


def settle_village(tx: Transaction, keys: FakeKeys) -> Village:
    """Make two partnerships, one of them with a round in every state."""
    people = {role: tx.people.add(1001 + number, language="en") for number, role in enumerate(ROLES)}
    quiet, quiet_partners = _partnership(tx, people["elsewhere"])
    quiet_seat, quiet_other_seat, _ = (seat.id for seat in tx.partnerships.seats(quiet))
    tx.partnerships.bind(quiet_seat, people["elsewhere"])
    tx.partnerships.set_consent(quiet_seat, 1)
    third, _ = _partnership(tx, people["elsewhere"])
    ready = _round(tx, keys, third, RoundState.SHAPING)

    partnership, partners = _partnership(tx, people["facilitator"])
    tx.partnerships.add_facilitator(partnership, people["former"])
    tx.partnerships.remove_facilitator(partnership, people["former"])
    free = tx.partnerships.add_seat(partners[0])
    seats = [seat.id for seat in tx.partnerships.seats(partnership) if seat.id != free]
    tx.partnerships.bind(seats[0], people["representative"])
    tx.partnerships.set_consent(seats[0], 1)
    tx.partnerships.bind(seats[1], people["invited"])

    rounds: dict[RoundState, RoundId] = {}
    decisions: dict[RoundState, DecisionId] = {}
    for state in RoundState:
        rounds[state] = _round(tx, keys, partnership, state)
        decisions[state] = tx.rounds.decisions(rounds[state])[0].id
    shaping = rounds[RoundState.SHAPING]
    action = tx.rounds.add_action(
        rounds[RoundState.MEETING],
        decision=decisions[RoundState.MEETING],
        what="A made-up action",
        owner=partners[0],
        by="2027-09-01",
    )
    return Village(
        partnership=partnership,
        partner=partners[0],
        people=people,
        rounds=rounds,
        decisions=decisions,
        second_decision=tx.rounds.add_decision(shaping, "Another made-up decision"),
        left_out=tx.rounds.add_contributions(shaping, ["A contribution left out"])[0],
        action=action,
        taken=seats[0],
        free=free,
        bound=seats[1],
        quiet=quiet,
        quiet_partner=quiet_partners[0],
        quiet_seat=quiet_seat,
        quiet_other_seat=quiet_other_seat,
        ready=ready,
        ready_seat=tx.partnerships.seats(third)[0].id,
    )


def _round(tx: Transaction, keys: FakeKeys, partnership: PartnershipId, state: RoundState) -> RoundId:
    made = tx.rounds.add(
        partnership, moment=Moment.BASELINE, flow="pat", flow_version=1, collect_days=7, answer_days=7
    )
    end = NOW + timedelta(days=7)
    asked = state not in {RoundState.DRAFT, RoundState.COLLECTING, RoundState.SHAPING}
    posted = state in {RoundState.MEETING, RoundState.FOLLOWING, RoundState.ARCHIVED}
    tx.rounds.save(
        replace(
            made,
            state=state,
            mode=Mode.PROPOSED if state is RoundState.COLLECTING else Mode.CONFIDENTIAL,
            collect_until=end,
            answer_until=end if asked else None,
            digest_at=end if posted else None,
            posted=posted,
        )
    )
    tx.rounds.freeze_roster(made.id, {partner.id: 1 for partner in tx.partnerships.partners(partnership)})
    if state in OPEN:
        keys.create(made.id)
    tx.rounds.add_decision(made.id, f"A made-up decision of {state}")
    return made.id


def _partnership(tx: Transaction, facilitator: PersonId) -> tuple[PartnershipId, list[PartnerId]]:
    made = tx.partnerships.add(name="Made-up Alliance", purpose="Clean water", language="en", zone="UTC")
    tx.partnerships.add_facilitator(made, facilitator)
    partners = [
        tx.partnerships.add_partner(made, name=f"Partner {name}", acronym=f"P{name}", kind=PartnerKind.LOCAL)
        for name in "ABC"
    ]
    for partner in partners:
        tx.partnerships.add_seat(partner)
    group = tx.groups.add(-2001 - made, language="en")
    tx.partnerships.save(replace(tx.partnerships.get(made), group=group.id))
    return made, partners


def works(tx: Transaction, keys: FakeKeys) -> Work:
    return Work(tx, NOW, setting(keys))
