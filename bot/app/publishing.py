"""The close: from answer sheets to published words, after which the answers do not exist.

Every step is a transaction of its own and finds its way from what is stored, so a crash resumes at the first
unfinished one: closing → counted, sheets deleted (one transaction) → key destroyed → digest posted.
Source: anonymity reference, 3.3.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.app.ports import Lane
from bot.app.sittings import STAGES, id_of
from bot.app.work import Work
from bot.core.figures.published import Published, publish
from bot.core.figures.tally import Sheet, tally
from bot.core.figures.words import floor
from bot.core.flow.readout import choice_value, matrix_values
from bot.core.flow.session import Session, from_json
from bot.core.ids import DecisionId, PartnerId
from bot.core.rounds.lifecycle import Round, RoundState

DELAY_HOURS = (1.0, 12.0)
"""The digest follows the close after a random delay, so that its time says nothing about the last answer."""

AGREES = {"fine": True, "differently": False}
"""What the choices of step "agree" mean; anything else is neither."""


def count(work: Work, round_: Round) -> None:
    """Publish the words of a closing round and delete every sheet, together or not at all."""
    decisions = work.tx.rounds.decisions(round_.id)
    partners = work.tx.partnerships.partners(round_.partnership)
    kept = work.tx.sheets.all(round_.id, STAGES[RoundState.ANSWERING])
    sheets = [_read(from_json(sheet.decode())) for sheet in kept]
    counted = tally(sheets, [decision.id for decision in decisions], [partner.id for partner in partners])
    seats = max(work.tx.rounds.roster(round_.id).values(), default=1)
    work.tx.rounds.publish(round_.id, publish(counted, seats=seats).model_dump_json())
    destroy_answers(work, round_)
    delay = work.setting.random.hours_between(*DELAY_HOURS)
    work.tx.rounds.save(replace(round_, digest_at=work.now + timedelta(hours=delay)))


def foretell(work: Work, round_: Round) -> None:
    """Tell the group once, at a fixed time, whether a safe summary is possible yet; nothing else is looked at."""
    kept = work.tx.sheets.all(round_.id, STAGES[RoundState.ANSWERING])
    answered = sum(bool(from_json(sheet.decode()).answers) for sheet in kept)
    seats = max(work.tx.rounds.roster(round_.id).values(), default=1)
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


def _levels(session: Session, step: str, decision: DecisionId) -> dict[PartnerId, int | None]:
    values = matrix_values(session, step, f"d{decision}")
    return {PartnerId(id_of(key)): level for key, level in values.items()}


def destroy_answers(work: Work, round_: Round) -> None:
    """Delete every sheet of a round and lead everybody who may have been answering out of it."""
    work.tx.sheets.destroy(round_.id)
    for seat in work.tx.partnerships.seats(round_.partnership):
        if seat.person is None:
            continue
        place = work.tx.people.place(seat.person)
        if place.path == f"answer/{round_.id}":
            work.tx.outbox.show(seat.person)
        if place.path in {f"{page}/{round_.id}" for page in ("answer", "paused", "thanks")}:
            place = replace(place, path="home", notice=None)
        work.tx.people.put_place(seat.person, place)  # for everybody, so that it says nothing about anybody


def published(work: Work, round_: Round) -> Published | None:
    """The words of a round that may be shown by now, or None."""
    if not round_.posted:
        return None
    words = work.tx.rounds.published(round_.id)
    return None if words is None else Published.model_validate_json(words)


def post(work: Work, round_: Round) -> None:
    """Queue the digest for the group, once and for ever once."""
    group = work.tx.partnerships.get(round_.partnership).group
    if group is not None:
        work.tx.outbox.post(group, f"digest/{round_.id}", lane=Lane.DIGEST, once=f"digest/{round_.id}")
