"""Actions of a partnership, as the facilitators record and follow them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.app import access
from bot.app.drafts import DeskSitting, DeskStage
from bot.app.proposals import RECORDS, is_asked
from bot.app.sittings import decision_items, id_of, needed, partner_items
from bot.app.work import Work
from bot.core.flow.session import Answer, Item, Param, Session
from bot.core.flow.texts import cut
from bot.core.ids import ActionId, DecisionId, PartnerId, PartnershipId, PersonId, RoundId
from bot.core.measures import Measure
from bot.core.rounds.lifecycle import Action, ActionStatus, Decision, Round, Standing
from bot.core.text import Text, say
from bot.errors import Refusal

ROOM = 200
"""Characters of an action; as in flows/desk.yaml."""


MOST = 20
"""Actions of one meeting; so many fit its page, each as long as it may be."""


def recordable(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """The round, if its facilitator may record outcomes now.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state not in RECORDS:
        raise Refusal(say("Outcomes are recorded after the digest, when the group has met."))
    return round_


def being_asked() -> Refusal:
    """It cannot change while people answer about it."""
    return Refusal(
        say("Everybody is being asked about this. It stays as it is until the answer is in the group.")
    )


def whole_partnership() -> Text:
    """What an action is for that is for no decision alone."""
    return say("The whole partnership")


def begin_action(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "action", about one round."""
    round_ = recordable(work, person, RoundId(subject))
    if sum(found.round == round_.id for found in work.tx.rounds.actions(round_.partnership)) >= MOST:
        raise Refusal(say("One meeting has room for {most} actions. Please take one off first.", most=MOST))
    return _params(work, person, round_)


def _params(work: Work, person: PersonId, round_: Round) -> dict[str, Param]:
    for_all = work.setting.catalogs.render(whole_partnership(), work.tx.people.language(person))
    return {
        "decisions": (
            *decision_items(work.tx.rounds.decisions(round_.id)),
            Item(key=_key(None), label=for_all),
        ),
        "partners": partner_items(work.tx.partnerships.partners(round_.partnership)),
        "zone": work.tx.partnerships.get(round_.partnership).zone,
    }


def _key(decision: DecisionId | None) -> str:
    return f"d{decision or 0}"


def _decision(session: Session) -> DecisionId | None:
    number = id_of(needed(session, "decision"))
    return DecisionId(number) if number else None


def add_action(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Record one action with its owner and date; it counts once everybody has been asked."""
    round_ = recordable(work, person, RoundId(subject))
    work.tx.rounds.add_action(
        round_.id,
        decision=_decision(session),
        what=needed(session, "what"),
        owner=PartnerId(id_of(needed(session, "owner"))),
        by=needed(session, "by"),
        standing=Standing.PROPOSED,
    )
    return f"r/{round_.id}/meeting"


def _changeable(work: Work, person: PersonId, action_id: ActionId) -> tuple[Action, Round]:
    """An action that does not count yet, and its round.

    Raises: Refusal.
    """
    action = work.tx.rounds.action(action_id)
    if action is None:
        raise access.not_here()
    round_ = recordable(work, person, action.round)
    if action.standing is Standing.AGREED:
        raise Refusal(say("This counts already, so it stays as it is. You can propose another one."))
    if is_asked(work, round_.partnership, action=action.id):
        raise being_asked()
    return action, round_


def begin_change(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "change", about one action."""
    _, round_ = _changeable(work, person, ActionId(subject))
    return _params(work, person, round_)


def as_recorded(work: Work, person: PersonId, subject: int) -> Mapping[str, Answer]:
    """What desk stage "change" begins with."""
    action, _ = _changeable(work, person, ActionId(subject))
    return {
        "decision": _key(action.decision),
        "what": action.what,
        "owner": f"p{action.owner}",
        "by": action.by,
    }


def change_action(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Record an action anew; everybody is asked about it again."""
    action, round_ = _changeable(work, person, ActionId(subject))
    changed = replace(
        action,
        decision=_decision(session),
        what=needed(session, "what"),
        owner=PartnerId(id_of(needed(session, "owner"))),
        by=needed(session, "by"),
    )
    if changed != action:
        work.tx.rounds.save_action(replace(changed, standing=Standing.PROPOSED))
    return f"r/{round_.id}/meeting"


ACTION = DeskStage(begin_action, add_action, lambda subject: f"r/{subject}/meeting")
CHANGE = DeskStage(begin_change, change_action, lambda _: "home", given=as_recorded)


def take_over(work: Work, person: PersonId, decision: Decision, measure: Measure) -> str:
    """Begin the form of an action with what others did, in this person's language; everything can be changed.

    Raises: Refusal.
    """
    words = work.setting.catalogs.render(measure.words(), work.tx.people.language(person))
    sitting = DeskSitting("action", decision.round, ACTION)
    sitting.begin_with(work, person, {"decision": _key(decision.id), "what": cut(words, ROOM)})
    return f"desk/action/{decision.round}"


def set_status(
    work: Work, person: PersonId, partnership: PartnershipId, action_id: ActionId, status: ActionStatus
) -> None:
    """Say how far an action is.

    Raises: Refusal.
    """
    action = access.action_of_facilitator(work, person, partnership, action_id)
    work.tx.rounds.save_action(replace(action, status=status))


def remove_action(work: Work, person: PersonId, partnership: PartnershipId, action_id: ActionId) -> None:
    """Take back an action that was recorded by mistake, or that the group drops.

    Raises: Refusal, while everybody is being asked about it.
    """
    action = access.action_of_facilitator(work, person, partnership, action_id)
    if is_asked(work, partnership, action=action.id):
        raise being_asked()
    work.tx.rounds.remove_action(action.id)
