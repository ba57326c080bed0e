"""What a meeting recorded and what does not count yet: levels and actions, each as one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.app.beginnings import Item
from bot.app.history import of_kind
from bot.app.levels import level_name
from bot.app.sayings import shortened
from bot.app.work import Work
from bot.core.flow.session import Item as Entry
from bot.core.ids import ActionId, DecisionId, PartnerId, PartnershipId
from bot.core.rounds.lifecycle import OPEN, Action, Decision, Kind, Round, RoundState, Standing
from bot.core.text import Text, say

RECORDS = frozenset({RoundState.MEETING, RoundState.FOLLOWING})
"""States of a round in which outcomes are recorded."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Levels for a decision, or an action.

    Attributes:
        wording: of the decision, or what will be done.
        decision: whose levels it is about; None for an action.
        levels: by partner; empty for an action.
    """

    wording: str
    standing: Standing
    decision: DecisionId | None = None
    levels: Mapping[PartnerId, int] = field(default_factory=dict)
    action: Action | None = None


def recorded(work: Work, round_: Round) -> Iterator[Proposal]:
    """Everything that a meeting recorded: levels in the order of the decisions, then actions by date."""
    levels = work.tx.rounds.agreed_levels(round_.id)
    for decision in work.tx.rounds.decisions(round_.id):
        own = [found for found in levels if found.decision == decision.id]
        if own:
            yield _of_levels(decision, {found.partner: found.level for found in own}, own[0].standing)
    for action in work.tx.rounds.actions(round_.partnership):
        if action.round == round_.id:
            yield _of_action(action)


def proposals(work: Work, round_: Round) -> list[Proposal]:
    """What a meeting recorded that does not count yet."""
    return [found for found in recorded(work, round_) if found.standing is not Standing.AGREED]


def still_open(work: Work, partnership: PartnershipId) -> list[Proposal]:
    """What does not count yet in any round of a partnership, of the newest round first."""
    return [
        found
        for round_ in of_kind(work, partnership, Kind.REFLECTION)
        if round_.state in RECORDS
        for found in proposals(work, round_)
    ]


def item_of(proposal: Proposal) -> Item:
    """What everybody is asked about when it is put to them."""
    action = None if proposal.action is None else proposal.action.id
    return Item(proposal.wording, continues=proposal.decision, action=action)


def asked(work: Work, consent: Round) -> list[tuple[Decision, Proposal]]:
    """What is asked about, as it is recorded now; without what is no longer there."""
    found: list[tuple[Decision, Proposal]] = []
    for item in work.tx.rounds.decisions(consent.id):
        proposal = _of_item(work, item)
        if proposal is not None:
            found.append((item, proposal))
    return found


def _of_item(work: Work, item: Decision) -> Proposal | None:
    if item.action is not None:
        action = work.tx.rounds.action(item.action)
        return None if action is None else _of_action(action)
    decision = None if item.continues is None else work.tx.rounds.decision(item.continues)
    if decision is None:
        return None
    own = [found for found in work.tx.rounds.agreed_levels(decision.round) if found.decision == decision.id]
    if not own:
        return None
    return _of_levels(decision, {found.partner: found.level for found in own}, own[0].standing)


def _of_levels(decision: Decision, levels: Mapping[PartnerId, int], standing: Standing) -> Proposal:
    return Proposal(decision.wording, standing, decision=decision.id, levels=levels)


def _of_action(action: Action) -> Proposal:
    return Proposal(action.what, action.standing, action=action)


@dataclass(frozen=True, slots=True)
class Names:
    """Short names of a partnership's partners, in their order."""

    work: Work
    acronyms: Mapping[PartnerId, str]

    @classmethod
    def of(cls, work: Work, partnership: PartnershipId) -> Names:
        return cls(work, {one.id: one.acronym for one in work.tx.partnerships.partners(partnership)})

    def levels(self, levels: Mapping[PartnerId, int]) -> tuple[Text, ...]:
        """Each partner with its level by name."""
        return tuple(
            say("{partner}: {level}", partner=name, level=level_name(self.work, levels[partner]))
            for partner, name in self.acronyms.items()
            if partner in levels
        )

    def proposal(self, found: Proposal, *, wording: int = 200, what: int = 200, levels: bool = True) -> Text:
        """A proposal in one line.

        Args:
            wording, what: most characters of a decision's wording and of an action.
            levels: whether each partner's level is named.
        """
        if found.action is not None:
            return say(
                "{what} ({owner}, by {date})",
                what=shortened(found.wording, what),
                owner=self.acronyms.get(found.action.owner, "?"),
                date=date.fromisoformat(found.action.by),
            )
        decision = shortened(found.wording, wording)
        if levels:
            return say(
                "{decision}: from now on {levels}.", decision=decision, levels=self.levels(found.levels)
            )
        return new_levels(decision)


def new_levels(wording: str) -> Text:
    """That levels are proposed for a decision, without naming them."""
    return say("{decision}: new levels", decision=wording)


def proposal_items(work: Work, consent: Round, language: str) -> tuple[Entry, ...]:
    """What is asked about, in full, as somebody reads it who has this language."""
    names, render = Names.of(work, consent.partnership), work.setting.catalogs.render
    return tuple(
        Entry(key=f"d{item.id}", label=render(names.proposal(found), language))
        for item, found in asked(work, consent)
    )


def asking(work: Work, partnership: PartnershipId) -> Round | None:
    """The round in which everybody is being asked, if there is one."""
    return next((found for found in of_kind(work, partnership, Kind.CONSENT) if found.state in OPEN), None)


def is_asked(
    work: Work,
    partnership: PartnershipId,
    *,
    decision: DecisionId | None = None,
    action: ActionId | None = None,
) -> bool:
    """Whether everybody is being asked about an action, or else about the levels of a decision."""
    consent = asking(work, partnership)
    return consent is not None and any(
        (item.action, None if item.action else item.continues) == (action, decision)
        for item in work.tx.rounds.decisions(consent.id)
    )
