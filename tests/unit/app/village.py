"""A partnership in every state, for tests of who may do what: plain rows, made without a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.adapters.dates.ics import ics
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.reports import FileReports
from bot.adapters.system import SystemRandomness
from bot.app.ports import Transaction
from bot.app.work import Setting, Work
from bot.core.facilitation import Invitation
from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.words import AgreementSaid, AgreementWord, LevelSaid, LevelWord
from bot.core.flow.library import load_library
from bot.core.flow.prompts import prompts_of
from bot.core.ids import (
    ActionId,
    ContributionId,
    DecisionId,
    OwnFlowId,
    PartnerId,
    PartnershipId,
    PersonId,
    QuestionId,
    RoundId,
    SeatId,
    UndoId,
    WordingId,
)
from bot.core.measures import load_measures
from bot.core.partnerships import PartnerKind
from bot.core.rounds.calendar import Unit
from bot.core.rounds.lifecycle import (
    CHECK_INS,
    MANY_DECISIONS,
    OPEN,
    Kind,
    Mode,
    Moment,
    RoundState,
    Standing,
)
from bot.core.rounds.plans import NewPlan
from bot.core.rounds.shapes import Edit, Shape
from tests.contract.fakes import FakeKeys
from tests.own_flow import OWN

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]
FLOWS = load_library(ROOT / "flows")
MEASURES = load_measures(ROOT / "resources" / "measures.yaml")


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
        write_dates=ics,
        reports=FileReports(GettextCatalogs(Path("no-such-folder"))),
        measures=MEASURES,
    )


@dataclass(frozen=True)
class Village:
    """Ids of what was made.

    Attributes:
        people: by role: "stranger", "invited" (has not agreed yet), "representative", "facilitator", "former"
            (facilitator), "elsewhere" (facilitates the other partnerships and represents in the quiet one).
        rounds, decisions: by state; every round has one decision, the one in shaping has two.
        merged: one of two contributions that belong to the first of these.
        undo: the last change to this list.
        taken, bound, free: the seat of the representative, of the invited one, and one that nobody holds.
        quiet, quiet_partner, quiet_seat, quiet_other_seat: another partnership that never had a round.
        quiet_wording, wording: a prompt in own words, of the quiet partnership and of the first one.
        ready, ready_seat: a round in shaping, with a list long enough for a vote, of a third partnership that never
            asked for answers.
        third: this partnership; it has a statement, and nothing stands in the way of its first pulse.
        untouched: one more, of which nobody but its facilitator knows.
        asked, asked_about: check-ins, and a question for consent, that take answers, and what each asks about, by kind.
        told: check-ins of two months ago with their digests, by kind.
        pulse, statement: the pulse that is being prepared, and what it will ask.
        action, proposed: an action that counts, and one that does not yet.
        followed: a round of a fourth partnership, followed, with levels that do not count yet.
        day: the next date of the check-ins on actions, which are on the calendar.
        paired: a partnership of which "elsewhere" is one of two facilitators, the other of whom has been silent; the
            representative has a seat in it, and the stranger has opened the invitation to facilitate.
        on_paper, paper_round: a seat without Telegram, and the round of its partnership that takes answers; facilitated
            by "elsewhere".
        question, replied: to the facilitators of the first partnership, one waits and one was replied to.
        own: questions of the first partnership's own.
    """

    partnership: PartnershipId
    partner: PartnerId
    people: dict[str, PersonId]
    rounds: dict[RoundState, RoundId]
    decisions: dict[RoundState, DecisionId]
    second_decision: DecisionId
    left_out: int
    merged: ContributionId
    undo: UndoId
    action: ActionId
    proposed: ActionId
    followed: RoundId
    taken: SeatId
    free: SeatId
    bound: SeatId
    quiet: PartnershipId
    quiet_partner: PartnerId
    quiet_seat: SeatId
    quiet_other_seat: SeatId
    quiet_wording: WordingId
    wording: WordingId
    ready: RoundId
    ready_seat: SeatId
    third: PartnershipId
    untouched: PartnershipId
    asked: dict[Kind, RoundId]
    asked_about: dict[Kind, DecisionId]
    told: dict[Kind, RoundId]
    pulse: RoundId
    statement: DecisionId
    day: date
    paired: PartnershipId
    question: QuestionId
    replied: QuestionId
    own: OwnFlowId
    on_paper: SeatId
    paper_round: RoundId


ROLES = ("stranger", "invited", "representative", "facilitator", "former", "elsewhere")


def settle_village(tx: Transaction, keys: FakeKeys) -> Village:
    """Make three partnerships, one of them with a round in every state and check-ins of each kind."""
    people = {role: tx.people.add(1001 + number, language="en") for number, role in enumerate(ROLES)}
    quiet, quiet_partners = _partnership(tx, people["elsewhere"])
    quiet_seat, quiet_other_seat, _ = (seat.id for seat in tx.partnerships.seats(quiet))
    tx.partnerships.bind(quiet_seat, people["elsewhere"])
    tx.partnerships.set_consent(quiet_seat, 1)
    quiet_wording = _wording(tx, quiet)
    third, _ = _partnership(tx, people["elsewhere"])
    ready = _round(tx, keys, third, RoundState.SHAPING)
    for number in range(MANY_DECISIONS):
        tx.rounds.add_decision(ready, f"Made-up decision {number}")
    _round(tx, keys, third, RoundState.DRAFT, Kind.PULSE)
    untouched, _ = _partnership(tx, people["elsewhere"])
    tx.partnerships.save(replace(tx.partnerships.get(untouched), group=None))

    met, met_partners = _partnership(tx, people["elsewhere"])
    followed = _round(tx, keys, met, RoundState.FOLLOWING)
    tx.rounds.agree_levels(
        tx.rounds.decisions(followed)[0].id, {met_partners[0]: 1}, standing=Standing.PROPOSED
    )

    paper, paper_partners = _partnership(tx, people["elsewhere"])
    on_paper = next(one.id for one in tx.partnerships.seats(paper) if one.partner == paper_partners[0])
    tx.partnerships.set_on_paper(on_paper, True)
    paper_round = _round(tx, keys, paper, RoundState.ANSWERING)

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
    contested = PublishedDecision(
        decision=decisions[RoundState.MEETING], agreement=AgreementSaid(AgreementWord.SPLIT), cells={}
    )
    tx.rounds.publish(rounds[RoundState.MEETING], Published(decisions=(contested,)).model_dump_json())
    shaping = rounds[RoundState.SHAPING]
    merged = tx.rounds.add_contributions(shaping, ["One contribution", "Another contribution"])
    for contribution in merged:
        tx.rounds.belong(contribution, {decisions[RoundState.SHAPING]})
    action = tx.rounds.add_action(
        rounds[RoundState.MEETING],
        decision=decisions[RoundState.MEETING],
        what="A made-up action",
        owner=partners[0],
        by="2027-09-01",
    )
    proposed, asked_action = (
        tx.rounds.add_action(
            rounds[RoundState.FOLLOWING],
            decision=None,
            what=f"A made-up action {name}",
            owner=partners[0],
            by="2027-09-01",
            standing=Standing.PROPOSED,
        )
        for name in ("that is new", "that is asked about")
    )
    tx.rounds.agree_levels(decisions[RoundState.ARCHIVED], {partners[0]: 2})
    _publish(tx, rounds[RoundState.ARCHIVED], partners)
    told = {kind: _told(tx, keys, partnership, kind) for kind in CHECK_INS}
    asked = {kind: _round(tx, keys, partnership, RoundState.ANSWERING, kind) for kind in CHECK_INS}
    asked[Kind.CONSENT] = _consent(tx, keys, partnership, asked_action)
    pulse = _round(tx, keys, partnership, RoundState.DRAFT, Kind.PULSE)
    return Village(
        partnership=partnership,
        partner=partners[0],
        people=people,
        rounds=rounds,
        decisions=decisions,
        second_decision=tx.rounds.add_decision(shaping, "Another made-up decision"),
        merged=merged[0],
        undo=_undo(tx, shaping),
        left_out=tx.rounds.add_contributions(shaping, ["A contribution left out"])[0],
        action=action,
        proposed=proposed,
        followed=followed,
        taken=seats[0],
        free=free,
        bound=seats[1],
        quiet=quiet,
        quiet_partner=quiet_partners[0],
        quiet_seat=quiet_seat,
        quiet_other_seat=quiet_other_seat,
        quiet_wording=quiet_wording,
        wording=_wording(tx, partnership),
        ready=ready,
        ready_seat=tx.partnerships.seats(third)[0].id,
        third=third,
        untouched=untouched,
        asked=asked,
        asked_about={kind: tx.rounds.decisions(asked[kind])[0].id for kind in asked},
        told=told,
        pulse=pulse,
        statement=tx.rounds.decisions(pulse)[0].id,
        day=_on_calendar(tx, partnership),
        paired=_paired(tx, people),
        question=_question(tx, partnership),
        replied=_question(tx, partnership, reply="A made-up reply"),
        own=tx.own_flows.add(partnership, OWN),
        on_paper=on_paper,
        paper_round=paper_round,
    )


def _paired(tx: Transaction, people: Mapping[str, PersonId]) -> PartnershipId:
    made, _ = _partnership(tx, people["elsewhere"])
    silent = tx.people.add(1901, language="en")
    tx.partnerships.add_facilitator(made, silent)
    seat = tx.partnerships.seats(made)[0].id
    tx.partnerships.bind(seat, people["representative"])
    tx.partnerships.set_consent(seat, 1)
    tx.pairs.propose_farewell(made, silent, since=NOW - timedelta(days=8))
    link = Invitation(made, people["elsewhere"], replaces=True, expires=NOW + timedelta(days=1))
    tx.pairs.invite(link, token_hash=b"made-up")
    tx.pairs.bind(made, people["stranger"])
    return made


def _question(tx: Transaction, partnership: PartnershipId, *, reply: str | None = None) -> QuestionId:
    until = NOW.date() + timedelta(days=9)
    made = tx.questions.add(partnership, "A made-up question", partner=None, due=NOW, until=until)
    if reply is not None:
        tx.questions.reply(made, reply, until=until)
    return made


def _undo(tx: Transaction, shaping: RoundId) -> UndoId:
    """A change to a list that can be undone."""
    tx.rounds.keep_undo(shaping, Edit.ADD, Shape((), {}))
    last = tx.rounds.last_change(shaping)
    assert last is not None
    return last.id


def _publish(tx: Transaction, round_id: RoundId, partners: list[PartnerId]) -> None:
    """Say that every partner is high."""
    cell = PublishedCell(actual=LevelSaid(LevelWord.HIGH, opposed=False))
    said = tuple(
        PublishedDecision(decision=decision.id, cells=dict.fromkeys(partners, cell))
        for decision in tx.rounds.decisions(round_id)
    )
    tx.rounds.publish(round_id, Published(decisions=said).model_dump_json())


def _consent(tx: Transaction, keys: FakeKeys, partnership: PartnershipId, action: ActionId) -> RoundId:
    """Everybody is being asked about one action."""
    consent = _round(tx, keys, partnership, RoundState.ANSWERING, Kind.CONSENT)
    tx.rounds.remove_decision(tx.rounds.decisions(consent)[0].id)
    tx.rounds.add_decision(consent, "A made-up action that is asked about", action=action)
    return consent


def _told(tx: Transaction, keys: FakeKeys, partnership: PartnershipId, kind: Kind) -> RoundId:
    """A check-in that is over and said something."""
    told = _round(tx, keys, partnership, RoundState.ARCHIVED, kind)
    long_ago = NOW - timedelta(days=60)
    found = tx.rounds.get(told)
    assert found is not None
    tx.rounds.save(replace(found, answer_until=long_ago, digest_at=long_ago))
    said = tuple(
        PublishedDecision(decision=decision.id, agreement=AgreementSaid(AgreementWord.MOST), cells={})
        for decision in tx.rounds.decisions(told)
    )
    tx.rounds.publish(told, Published(decisions=said).model_dump_json())
    return told


def _on_calendar(tx: Transaction, partnership: PartnershipId) -> date:
    """Let check-ins on actions come back every twelve weeks; the first of their dates."""
    first = NOW.date() + timedelta(weeks=12)
    plan = NewPlan(
        partnership=partnership,
        kind=Kind.ACTIONS,
        unit=Unit.WEEKS,
        every=12,
        weekday=first.weekday(),
        week=None,
        hour=9,
        begins=first,
        handled=NOW,
        paused=False,
    )
    tx.calendar.put(plan)
    return first


def _round(
    tx: Transaction,
    keys: FakeKeys,
    partnership: PartnershipId,
    state: RoundState,
    kind: Kind = Kind.REFLECTION,
) -> RoundId:
    is_reflection = kind is Kind.REFLECTION
    made = tx.rounds.add(
        partnership,
        kind=kind,
        moment=Moment.BASELINE if is_reflection else None,
        flow="pat" if is_reflection else kind.value,
        flow_version=FLOWS.get("pat" if is_reflection else kind.value).version,
        collect_days=7,
        answer_days=7,
    )
    end = NOW + timedelta(days=7)
    asked = state not in {
        RoundState.DRAFT,
        RoundState.COLLECTING,
        RoundState.SHAPING,
        RoundState.VOTING,
    }
    posted = state in {RoundState.MEETING, RoundState.FOLLOWING, RoundState.ARCHIVED}
    tx.rounds.save(
        replace(
            made,
            state=state,
            mode=Mode.PROPOSED if state is RoundState.COLLECTING else Mode.CONFIDENTIAL,
            collect_until=end,
            answer_until=end if asked else None,
            vote_until=end if state is RoundState.VOTING else None,
            digest_at=end if posted else None,
            posted=posted,
        )
    )
    tx.rounds.freeze_roster(made.id, {partner.id: 1 for partner in tx.partnerships.partners(partnership)})
    if state in OPEN:
        keys.create(made.id)
    tx.rounds.add_decision(made.id, f"A made-up {'decision' if is_reflection else kind} of {state}")
    return made.id


def _wording(tx: Transaction, partnership: PartnershipId) -> WordingId:
    """A question in the partnership's own words."""
    original = next(prompt.msgid for prompt in prompts_of(FLOWS.get("pat")) if prompt.place == "pat.agree")
    wording = tx.wordings.begin(partnership, "pat.agree", "en", original=original)
    tx.wordings.say(wording, "Is everybody here at ease with how this is decided?")
    return wording


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


def keep(work: Work) -> None:
    """What a commit brings with it: what was remarked so far is remembered."""
    work.setting.memory.remember(work.remarks)
    work.remarks.news.clear()


def works(tx: Transaction, keys: FakeKeys) -> Work:
    return Work(tx, NOW, setting(keys))
