"""The close: from answer sheets to published words, after which the answers do not exist.

Every step is a transaction of its own and finds its way from what is stored, so a crash resumes at the first
unfinished one: closing → counted, sheets deleted (one transaction) → key destroyed → digest posted.
Source: anonymity reference, 3.3.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.app.ports import Place
from bot.app.sheets import STAGES
from bot.app.sittings import id_of
from bot.app.watch import patience
from bot.app.work import Work
from bot.core.figures.named import NamedDecision, NamedMatrix, NamedRow
from bot.core.figures.published import Published, PublishedDecision, publish
from bot.core.figures.tally import Sheet, tally
from bot.core.figures.words import RUNGS_FROM, floor
from bot.core.flow.readout import choice_value, matrix_values, text_value
from bot.core.flow.session import Session, from_json
from bot.core.ids import DecisionId, PartnerId
from bot.core.rounds.comments import KEPT, Audience, Comment, released
from bot.core.rounds.lifecycle import Mode, Round, RoundState

DELAY_HOURS = (1.0, 12.0)
"""The digest follows the close after a random delay, so that its time says nothing about the last answer."""

AGREES = {"fine": True, "differently": False}
"""What the choices of step "agree" mean; anything else is neither."""


def count(work: Work, round_: Round) -> None:
    """Publish the words of a closing round and delete every sheet, together or not at all."""
    decisions = work.tx.rounds.decisions(round_.id)
    partners = work.tx.partnerships.partners(round_.partnership)
    kept = work.tx.sheets.all(round_.id, STAGES[RoundState.ANSWERING])
    sessions = [from_json(sheet.decode()) for sheet in kept]
    counted = tally(
        map(_read, sessions), [decision.id for decision in decisions], [partner.id for partner in partners]
    )
    seats = most_seats(work, round_)
    if round_.mode is Mode.OPEN:
        words: Published | NamedMatrix = _named(work, round_)
    else:
        words = publish(
            counted,
            seats=seats,
            previous=before(work, round_),
            roster_changes=_seat_changes(work, round_),
            rungs=sum(work.tx.rounds.roster(round_.id).values()) >= RUNGS_FROM,
        )
    work.tx.rounds.publish(round_.id, words.model_dump_json())
    comments = released(map(_comments, sessions), answers=sum(map(_answered, sessions)), floor=floor(seats))
    work.tx.comments.add(round_.id, comments, until=work.now + KEPT)
    destroy_answers(work, round_)
    delay = work.setting.random.hours_between(*DELAY_HOURS)
    seated = len(work.tx.partnerships.seated(round_.id))
    work.tx.rounds.save(replace(round_, digest_at=work.now + timedelta(hours=delay), seated=seated))


def most_seats(work: Work, round_: Round) -> int:
    """The most seats that one partner holds in a round (c), by its frozen roster; it decides floor and slack."""
    return max(work.tx.rounds.roster(round_.id).values(), default=1)


def earlier_round(work: Work, round_: Round) -> Round | None:
    """The last round in words before this one; what is said now is measured against it."""
    return next(
        (
            found
            for found in work.tx.rounds.of_partnership(round_.partnership)
            if found.posted and found.number < round_.number and found.mode is not Mode.OPEN
        ),
        None,
    )


def before(work: Work, round_: Round) -> dict[DecisionId, PublishedDecision]:
    """What the last round said, by the decision of this round that continues it."""
    earlier = earlier_round(work, round_)
    said = published(work, earlier) if earlier is not None else None
    if not isinstance(said, Published):
        return {}
    then = {found.decision: found for found in said.decisions}
    return {
        decision.id: then[decision.continues]
        for decision in work.tx.rounds.decisions(round_.id)
        if decision.continues in then
    }


def _seat_changes(work: Work, round_: Round) -> int:
    """Note who holds a seat now; return how many joined plus how many left since the last round."""
    now = frozenset(
        seat.person for seat in work.tx.partnerships.seats(round_.partnership) if seat.person is not None
    )
    work.tx.partnerships.note_seated(round_.id, now)
    earlier = earlier_round(work, round_)
    if earlier is None or earlier.seated is None:
        return 0
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


def _read(session: Session) -> Sheet:
    """Turn a finished or unfinished sitting into a sheet: what was given counts, the rest was skipped."""
    decisions = [DecisionId(id_of(item.key)) for item in session.items("params.decisions")]
    return Sheet(
        actual={decision: _levels(session, "actual", decision) for decision in decisions},
        agrees={
            decision: AGREES.get(choice_value(session, "agree", f"d{decision}") or "")
            for decision in decisions
        },
        desired={decision: _levels(session, "desired", decision) for decision in decisions},
    )


def _named(work: Work, round_: Round) -> NamedMatrix:
    """The rows of an open round under the names of the partners, in the order of the seats."""
    rows: dict[DecisionId, list[NamedRow]] = {found.id: [] for found in work.tx.rounds.decisions(round_.id)}
    for seat in work.tx.partnerships.seats(round_.partnership):
        kept = seat.person and work.tx.sheets.load(round_.id, seat.person, STAGES[RoundState.ANSWERING])
        if not kept:
            continue
        sheet = _read(from_json(kept.decode()))
        for decision, given in rows.items():
            given.append(
                NamedRow(
                    partner=seat.partner,
                    actual=dict(sheet.actual.get(decision, {})),
                    agrees=sheet.agrees.get(decision),
                    desired=dict(sheet.desired.get(decision, {})),
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


def _levels(session: Session, step: str, decision: DecisionId) -> dict[PartnerId, int | None]:
    values = matrix_values(session, step, f"d{decision}")
    return {PartnerId(id_of(key)): level for key, level in values.items()}


def destroy_answers(work: Work, round_: Round, cell: str | None = None) -> None:
    """Delete every sheet of a round (or of one cell) and lead everybody out who may have been answering."""
    work.tx.sheets.destroy(round_.id, cell)
    for seat in work.tx.partnerships.seats(round_.partnership):
        if seat.person is None:
            continue
        place = work.tx.people.place(seat.person)
        if place.path == f"answer/{round_.id}":
            work.tx.outbox.show(seat.person)
        if place.path in {f"{page}/{round_.id}" for page in ("answer", "paused", "thanks")}:
            place = replace(place, path="home", notice=None)
        work.tx.people.put_place(
            seat.person, place, anew=True
        )  # for everybody, so that it says nothing about anybody


def forget_places(work: Work, round_: Round) -> None:
    """Blank what is remembered of everybody's screen, so that no message id or page tells who took part.

    Somebody who is in the middle of something else stays there. Done with the digest and not at the close:
    until then the cards of those who were still answering are being folded.
    """
    for seat in work.tx.partnerships.seats(round_.partnership):
        if seat.person is None:
            continue
        place = work.tx.people.place(seat.person)
        busy = patience(place.path) is not None and place.path != f"answer/{round_.id}"
        work.tx.people.put_place(seat.person, place if busy else Place(), anew=True)


def published(work: Work, round_: Round) -> Published | NamedMatrix | None:
    """What a round published, if it may be shown by now."""
    words = work.tx.rounds.published(round_.id) if round_.posted else None
    if words is None:
        return None
    kind = NamedMatrix if round_.mode is Mode.OPEN else Published
    return kind.model_validate_json(words)
