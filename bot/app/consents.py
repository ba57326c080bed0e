"""Before an agreement counts, everybody is asked in private whether they can live with it.

Asking is a round like any other, with its key, its frozen roster, its announced close and its random delay. What it
publishes is only whether somebody is not at ease with a proposal. With too few people on seats for that, nobody is
asked in private: what the meeting proposed counts at once, and everybody is invited to speak up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from bot.app import access, publishing
from bot.app.beginnings import drafted
from bot.app.consent_digests import outcome
from bot.app.history import of_kind
from bot.app.moves import move, moved_on, write_to_all
from bot.app.posting import in_each_language
from bot.app.proposals import Proposal, asked, asking, item_of, proposals
from bot.app.rosters import freeze, most_known_now
from bot.app.sheets import STAGES
from bot.app.sittings import id_of
from bot.app.work import Work
from bot.core.confidentiality.holders import Holder
from bot.core.figures.consent import consented
from bot.core.figures.words import Withheld, floor
from bot.core.flow.readout import choice_value, text_value
from bot.core.flow.session import Session, from_json
from bot.core.ids import DecisionId, PartnershipId
from bot.core.rounds.comments import Audience, Comment, released
from bot.core.rounds.lifecycle import (
    INTERVAL,
    MOST_DECISIONS,
    Kind,
    Round,
    RoundState,
    Standing,
)
from bot.core.text import say
from bot.errors import Refusal

NOT_YET = "not_yet"
"""The choice of those who are not at ease with a proposal; anything else, and silence, is consent."""


def least(work: Work, partnership: PartnershipId) -> int:
    """How many people on seats it takes for anybody to be asked in private."""
    return floor(most_known_now(work, partnership))


def can_ask(work: Work, partnership: PartnershipId) -> bool:
    """Whether enough people could object that "somebody" hides them all.

    Those count who hold a seat and agreed to take part, and seats on paper: one on which nobody sits hides nobody.
    """
    return len(_people(work, partnership)) >= least(work, partnership)


def _people(work: Work, partnership: PartnershipId) -> frozenset[Holder]:
    return frozenset(
        seat.holder
        for seat in work.tx.partnerships.seats(partnership)
        if seat.holder is not None and (seat.on_paper or access.has_agreed(seat))
    )


def may_release(work: Work, partnership: PartnershipId) -> None:
    """Make sure that nothing stands in the way of asking.

    Raises: Refusal, while everybody is being asked about something else; or when somebody gave their seat back since
        somebody was not at ease: asked again too soon, without them, the answer would tell whether it was they.
    """
    if asking(work, partnership) is not None:
        raise Refusal(say("Something like it is open already. One at a time keeps it clear for everybody."))
    if not can_ask(work, partnership):
        return
    for earlier in of_kind(work, partnership, Kind.CONSENT):
        if earlier.posted and earlier.answer_until is not None and _somebody_left(work, earlier):
            free = earlier.answer_until + INTERVAL
            if work.now < free and _was_uneasy(work, earlier):
                raise Refusal(access.too_soon(work.tx.partnerships.get(partnership), free))


def _was_uneasy(work: Work, consent: Round) -> bool:
    said = outcome(work, consent)
    return said is not None and not isinstance(said.uneasy, Withheld) and bool(said.uneasy)


def _somebody_left(work: Work, consent: Round) -> bool:
    """Whether somebody who held a seat when it was counted holds none now."""
    stayed = work.tx.partnerships.seated(consent.id) & publishing.seated_now(work, consent.partnership)
    return consent.seated is not None and len(stayed) < consent.seated


def may_release_again(work: Work, round_: Round) -> None:
    """Make sure that there is something new, changed or still open to ask about since the meeting was finished.

    Raises: Refusal.
    """
    if round_.state is not RoundState.FOLLOWING or not proposals(work, round_):
        raise moved_on()
    may_release(work, round_.partnership)


def release(work: Work, round_: Round) -> None:
    """Ask everybody about what the meeting proposed; or let it count, when nobody can be asked safely.

    What somebody was not at ease with counts in neither case before it was changed or everybody was asked again: an
    objection is not overruled by people leaving.
    """
    found = proposals(work, round_)
    if found and can_ask(work, round_.partnership):
        _ask(work, round_, found[:MOST_DECISIONS])
        return
    new = [proposal for proposal in found if proposal.standing is Standing.PROPOSED]
    for proposal in new:
        _let_stand(work, proposal, Standing.AGREED)
    _post(work, round_, "settled" if new else "agreements")


def _ask(work: Work, round_: Round, found: Collection[Proposal]) -> None:
    consent = drafted(work, round_.partnership, Kind.CONSENT, map(item_of, found))
    freeze(work, consent)
    opened = move(
        work,
        consent,
        RoundState.ANSWERING,
        answer_until=work.now + timedelta(days=consent.answer_days),
        foretold=True,  # silence is consent, so there is nothing to foretell
    )
    _post(work, round_, f"proposed/{opened.id}")
    write_to_all(work, opened, f"call/{opened.id}")


def _post(work: Work, round_: Round, path: str) -> None:
    group = work.tx.partnerships.get(round_.partnership).group
    if group is not None:
        in_each_language(work, work.tx.groups.get(group), path)


def count(work: Work, consent: Round) -> None:
    """Note with what somebody is not at ease, and delete every sheet, together or not at all.

    Silence is consent and so is an answer; what was written to the facilitators therefore needs as many people on
    seats as the rest, not as many sheets.
    """
    sheets = work.tx.sheets.all(consent.id, STAGES[RoundState.ANSWERING])
    sessions = [from_json(sheet.decode()) for sheet in sheets]
    items = [item.id for item in work.tx.rounds.decisions(consent.id)]
    people, seats = len(_people(work, consent.partnership)), publishing.most_seats(work, consent)
    publishing.note_seated(work, consent)
    said = consented(map(_objections, sessions), items, people=people, seats=seats)
    comments = released(map(_comments, sessions), answers=people, floor=floor(seats))
    publishing.conclude(work, consent, said.model_dump_json(), comments)


def _objections(session: Session) -> list[DecisionId]:
    return [
        DecisionId(id_of(item.key))
        for item in session.items("params.decisions")
        if choice_value(session, "ease", item.key) == NOT_YET
    ]


def _comments(session: Session) -> list[Comment]:
    """What one person wrote, for the facilitators alone."""
    found = ((item, text_value(session, "comment", item.key)) for item in session.items("params.decisions"))
    return [
        Comment(DecisionId(id_of(item.key)), Audience.FACILITATORS, words)
        for item, words in found
        if words is not None
    ]


def settle(work: Work, consent: Round) -> None:
    """Let count from now on what nobody objected to; the rest stays open."""
    said = outcome(work, consent)
    if said is None or isinstance(said.uneasy, Withheld):
        return
    for item, proposal in asked(work, consent):
        _let_stand(work, proposal, Standing.CONTESTED if item.id in said.uneasy else Standing.AGREED)


def _let_stand(work: Work, proposal: Proposal, standing: Standing) -> None:
    if proposal.action is not None:
        work.tx.rounds.save_action(replace(proposal.action, standing=standing))
    elif proposal.decision is not None:
        work.tx.rounds.let_levels_stand(proposal.decision, standing)
