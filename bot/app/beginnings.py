"""How a round begins, before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.app import flows
from bot.app.work import Work
from bot.core.ids import ActionId, DecisionId, PartnershipId
from bot.core.rounds.lifecycle import WINDOW_DAYS, Kind, Moment, Round

COLLECT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a round asks about; attributes as in ``Decision``."""

    wording: str
    continues: DecisionId | None = None
    action: ActionId | None = None


def drafted(
    work: Work,
    partnership: PartnershipId,
    kind: Kind,
    items: Iterable[Item] = (),
    *,
    moment: Moment | None = None,
) -> Round:
    """Begin a round with the usual questions of its kind and the usual windows.

    Args:
        items: what it asks about, where that is known from the beginning.
        moment: of a reflection.
    """
    is_reflection = kind is Kind.REFLECTION
    flow = flows.find(work, flows.FIRST if is_reflection else kind)
    draft = work.tx.rounds.add(
        partnership,
        kind=kind,
        moment=moment,
        flow=flow.flow,
        flow_version=flow.version,
        collect_days=COLLECT_DAYS if is_reflection else 0,
        answer_days=WINDOW_DAYS[kind],
    )
    for item in items:
        work.tx.rounds.add_decision(draft.id, item.wording, continues=item.continues, action=item.action)
    return draft
