"""The close: from answer sheets to published words, after which the answers do not exist.

Every step is a transaction of its own and finds its way from what is stored, so a crash resumes at the first
unfinished one: closing → counted, sheets deleted (one transaction) → key destroyed → digest posted.
Source: anonymity reference, 3.3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from bot.app import flows
from bot.app.history import origins
from bot.app.ports import Place
from bot.app.sheets import STAGES, UNFINISHED
from bot.app.sittings import id_of
from bot.app.watch import patience
from bot.app.work import Work
from bot.core.confidentiality.coalition import most_known
from bot.core.confidentiality.holders import Holder
from bot.core.figures.named import NamedDecision, NamedMatrix, NamedRow
from bot.core.figures.published import Earlier, Published, publish
from bot.core.figures.tally import Sheet, tally
from bot.core.figures.words import RUNGS_FROM, floor
from bot.core.flow.reading import AGREES, levels_step
from bot.core.flow.readout import choice_value, matrix_values, text_value
from bot.core.flow.session import Session, from_json
from bot.core.ids import DecisionId, PartnerId, PartnershipId, PersonId
from bot.core.rounds.comments import KEPT, Audience, Comment, released
from bot.core.rounds.lifecycle import SAME_CELLS, Kind, Mode, Round, RoundState

PARSED = 32
"""Rounds whose words are kept in memory as they were published."""

DELAY_HOURS = (1.0, 12.0)
"""The digest follows the close after a random delay, so that its time says nothing about the last answer."""

PAGES_OF_ANSWERS = frozenset({"answer", "paused", "thanks", "behalf", "entry", "entered", "erased"})
"""Pages that lead to somebody's sheet in a round, or come after it."""

PROGRESS = {"dropped": 0, "not_started": 1, "on_the_way": 2, "done": 4}
"""How far an action is, as a level: not begun is low, on the way the middle, done is high. So everything that
keeps levels confidential holds for actions too; the level is that of the partner who sees to the action."""


def count(work: Work, round_: Round) -> None:
    """Publish the words of a closing round and delete every sheet, together or not at all."""
    decisions = work.tx.rounds.decisions(round_.id)
    partners = work.tx.partnerships.partners(round_.partnership)
    kept = work.tx.sheets.all(round_.id, STAGES[RoundState.ANSWERING])
    sessions = [from_json(sheet.decode()) for sheet in kept]
    owners, levels = _owners(work, round_), levels_step(flows.of_round(work, round_))
    counted = tally(
        (_read(session, owners, levels) for session in sessions),
        [decision.id for decision in decisions],
        [partner.id for partner in partners],
    )
    seats = most_seats(work, round_)
    note_seated(work, round_)
    if round_.mode is Mode.OPEN:
        words: Published | NamedMatrix = _named(work, round_)
    else:
        roster = sum(work.tx.rounds.roster(round_.id).values())
        words = publish(
            counted,
            seats=seats,
            previous=before(work, round_),
            rungs=roster >= RUNGS_FROM and round_.kind is not Kind.ACTIONS,
        )
    comments = released(map(_comments, sessions), answers=sum(map(_answered, sessions)), floor=floor(seats))
    conclude(work, round_, words.model_dump_json(), comments)


def conclude(work: Work, round_: Round, words: str, comments: Sequence[Comment]) -> None:
    """Keep what a round says, delete every sheet, and draw the moment of the digest."""
    work.tx.rounds.publish(round_.id, words)
    work.tx.comments.add(round_.id, comments, until=work.now + KEPT)
    destroy_answers(work, round_)
    delay = work.setting.random.hours_between(*DELAY_HOURS)
    seated = len(work.tx.partnerships.seated(round_.id))
    work.tx.rounds.save(replace(round_, digest_at=work.now + timedelta(hours=delay), seated=seated))
    work.remarks.may_outlive(round_.id)


def most_seats(work: Work, round_: Round) -> int:
    """The most answers of a round that the same people may know (c), by its frozen roster; floor and slack follow.

    They are those of the partner with the most seats, or of facilitators who type in what is answered on paper.
    """
    return most_known(work.tx.rounds.known(round_.id), work.tx.rounds.on_paper(round_.id))


def earlier_rounds(work: Work, round_: Round) -> list[Round]:
    """The rounds in words before this one that asked the same of the same people, newest first.

    The same is what ``flows.comparable`` takes for it: what is planned is not compared with what is.
    """
    return [
        found
        for found in work.tx.rounds.of_partnership(round_.partnership)
        if found.posted
        and found.id < round_.id
        and found.mode is not Mode.OPEN
        and found.kind in SAME_CELLS[round_.kind]
        and flows.comparable(work, found, round_)
    ]


def before(work: Work, round_: Round) -> dict[DecisionId, Earlier]:
    """What was last said of each decision of this round, in whichever round that was."""
    origin = origins(work, round_.partnership)
    here = {origin[decision.id]: decision.id for decision in work.tx.rounds.decisions(round_.id)}
    found: dict[DecisionId, Earlier] = {}
    for earlier in earlier_rounds(work, round_):
        said = published(work, earlier)
        if not isinstance(said, Published):
            continue
        changes = _seat_changes(work, round_, earlier)
        for decision in said.decisions:
            now = here.get(origin.get(decision.decision, decision.decision))
            if now is not None:
                found.setdefault(now, Earlier(decision, changes))
    return found


def note_seated(work: Work, round_: Round) -> None:
    """Note who holds a seat at the close; not who answered."""
    work.tx.partnerships.note_seated(round_.id, seated_now(work, round_.partnership))


def seated_now(work: Work, partnership: PartnershipId) -> frozenset[Holder]:
    """Who holds a seat; one on paper holds itself, since whoever answers on it is not known."""
    seats = work.tx.partnerships.seats(partnership)
    return frozenset(seat.holder for seat in seats if seat.holder is not None)


def _seat_changes(work: Work, round_: Round, earlier: Round) -> int:
    """How many joined plus how many left between the closes of two rounds."""
    if earlier.seated is None:
        return 0
    now = work.tx.partnerships.seated(round_.id)
    stayed = now & work.tx.partnerships.seated(earlier.id)
    return len(now - stayed) + earlier.seated - len(stayed)


def foretell(work: Work, round_: Round) -> None:
    """Tell the group once, at a fixed time, whether a safe summary is possible yet; nothing else is looked at."""
    kept = work.tx.sheets.all(round_.id, STAGES[RoundState.ANSWERING])
    answered = sum(_answered(from_json(sheet.decode())) for sheet in kept)
    seats = most_seats(work, round_)
    group = work.tx.partnerships.get(round_.partnership).group
    if group is not None:
        verdict = "possible" if answered >= floor(seats) else "open"
        work.tx.outbox.post(group, f"foretold/{round_.id}/{verdict}", once=f"foretold/{round_.id}")
    work.tx.rounds.save(replace(round_, foretold=True))


def _owners(work: Work, round_: Round) -> dict[DecisionId, PartnerId]:
    """Who sees to the action that a decision of a check-in stands for; without those taken back meanwhile."""
    owners = {action.id: action.owner for action in work.tx.rounds.actions(round_.partnership)}
    return {
        decision.id: owners[decision.action]
        for decision in work.tx.rounds.decisions(round_.id)
        if decision.action in owners
    }


def _read(session: Session, owners: Mapping[DecisionId, PartnerId], levels: str) -> Sheet:
    """Turn a finished or unfinished sitting into a sheet: what was given counts, the rest was skipped.

    A flow asks with some of the steps "actual", "progress", "agree" and "desired"; what they mean is the same in all
    and written down in ``bot.core.flow.reading``.

    Args:
        levels: the step whose levels are told.
    """
    decisions = [DecisionId(id_of(item.key)) for item in session.items("params.decisions")]
    return Sheet(
        actual={
            decision: _levels(session, levels, decision) | _progress(session, decision, owners)
            for decision in decisions
        },
        agrees={
            decision: AGREES.get(choice_value(session, "agree", f"d{decision}") or "")
            for decision in decisions
        },
        desired={decision: _levels(session, "desired", decision) for decision in decisions},
    )


def _named(work: Work, round_: Round) -> NamedMatrix:
    """The rows of an open round under the names of the partners, in the order of the seats."""
    rows: dict[DecisionId, list[NamedRow]] = {found.id: [] for found in work.tx.rounds.decisions(round_.id)}
    levels = levels_step(flows.of_round(work, round_))
    for seat in work.tx.partnerships.seats(round_.partnership):
        kept = seat.person and work.tx.sheets.load(round_.id, seat.person, STAGES[RoundState.ANSWERING])
        if not kept:
            continue
        sheet = _read(from_json(kept.decode()), {}, levels)
        for decision, given in rows.items():
            given.append(
                NamedRow(
                    partner=seat.partner,
                    actual=dict(sheet.actual.get(decision, {})),
                    agrees=sheet.agrees.get(decision),
                    desired=dict(sheet.desired.get(decision, {})),
                    stand_in=seat.stand_in,
                )
            )
    return NamedMatrix(
        decisions=tuple(NamedDecision(decision=key, rows=tuple(given)) for key, given in rows.items())
    )


def _answered(session: Session) -> bool:
    """Whether a sheet holds anything; one that was only opened does not count."""
    return bool(session.answers)


def _comments(session: Session) -> list[Comment]:
    """The texts of one person that somebody else may read."""
    found = []
    for item in session.items("params.decisions"):
        words = text_value(session, "comment", item.key)
        audience = choice_value(session, "audience", item.key) or choice_value(
            session, "audience_rare", item.key
        )
        if words is not None and audience in set(Audience):
            found.append(Comment(DecisionId(id_of(item.key)), Audience(audience), words))
    return found


def _progress(
    session: Session, decision: DecisionId, owners: Mapping[DecisionId, PartnerId]
) -> dict[PartnerId, int | None]:
    given = choice_value(session, "progress", f"d{decision}")
    owner = owners.get(decision)
    return {} if given is None or owner is None else {owner: PROGRESS.get(given)}


def _levels(session: Session, step: str, decision: DecisionId) -> dict[PartnerId, int | None]:
    values = matrix_values(session, step, f"d{decision}")
    return {PartnerId(id_of(key)): level for key, level in values.items()}


def destroy_answers(work: Work, round_: Round, cell: str | None = None) -> None:
    """Delete every sheet of a round (or of one cell) and lead everybody out who may have been answering."""
    work.tx.sheets.destroy(round_.id, cell)
    if cell is not None:
        work.tx.sheets.destroy(round_.id, UNFINISHED)
    for person in _who_may_answer(work, round_):
        place = work.tx.people.place(person)
        if _asks(place, round_):
            work.tx.outbox.show(person)
        if _is_about(place, round_):
            place = replace(place, path="home", notice=None)
        work.tx.people.put_place(
            person, place, anew=True
        )  # for everybody, so that it says nothing about anybody


def _who_may_answer(work: Work, round_: Round) -> list[PersonId]:
    """Everybody who sits on a seat, and the facilitators where something is answered on paper."""
    seats = work.tx.partnerships.seats(round_.partnership)
    people = [seat.person for seat in seats if seat.person is not None]
    if work.tx.rounds.on_paper(round_.id):
        people += sorted(work.tx.partnerships.facilitators(round_.partnership))
    return list(dict.fromkeys(people))


def _asks(place: Place, round_: Round) -> bool:
    """Whether somebody is in the middle of answering this round, for themselves or for a seat on paper."""
    return _is_about(place, round_) and place.path.startswith(("answer/", "behalf/"))


def _is_about(place: Place, round_: Round) -> bool:
    """Whether a page tells that somebody answered this round, or may have."""
    page, last = place.path.partition("/")[0], place.path.rpartition("/")[2]
    return page in PAGES_OF_ANSWERS and last == str(round_.id)


def forget_places(work: Work, round_: Round) -> None:
    """Blank what is remembered of everybody's screen, so that no message id or page tells who took part.

    Somebody who is in the middle of something else stays there. Done with the digest and not at the close:
    until then the cards of those who were still answering are being folded.
    """
    for person in _who_may_answer(work, round_):
        place = work.tx.people.place(person)
        busy = patience(place.path) is not None and not _is_about(place, round_)
        work.tx.people.put_place(person, place if busy else Place(), anew=True)


def published(work: Work, round_: Round) -> Published | NamedMatrix | None:
    """What a round published, if it may be shown by now."""
    words = work.tx.rounds.published(round_.id) if round_.posted else None
    return None if words is None else _parsed(words, NamedMatrix if round_.mode is Mode.OPEN else Published)


@lru_cache(maxsize=PARSED)
def _parsed(words: str, kind: type[Published] | type[NamedMatrix]) -> Published | NamedMatrix:
    """Published words never change, so those that are looked at often are read once."""
    return kind.model_validate_json(words)
