"""What a partnership agreed, as lines of a card: levels by consensus, actions with owner and date."""

from __future__ import annotations

from datetime import date

from bot.app.digests import shortened
from bot.app.rounds import last_posted
from bot.app.work import Work
from bot.core.ladder import Level
from bot.core.partnerships import Partnership
from bot.core.rounds.lifecycle import ActionStatus
from bot.core.text import Line, Text, say

MOST_ACTIONS = 15
"""Actions on one card; finished ones give way first, then the latest dates."""


def level_name(level: int) -> Text:
    """A rung of the ladder in one or two words; the same words as in ``flows/pat.yaml``."""
    names = {
        Level.NOT_INVOLVED: say("not involved"),
        Level.INFORMED: say("informed"),
        Level.CONSULTED: say("consulted before"),
        Level.CO_DECIDES: say("co-decides"),
        Level.DECIDES: say("decides"),
    }
    return names[Level(level)]


def status_name(status: ActionStatus) -> Text:
    names = {
        ActionStatus.OPEN: say("not started"),
        ActionStatus.UNDER_WAY: say("on the way"),
        ActionStatus.DONE: say("done"),
        ActionStatus.DROPPED: say("dropped"),
    }
    return names[status]


def agreement_lines(work: Work, partnership: Partnership) -> tuple[Line, ...]:
    """Agreed levels of the last round and all actions, so that everybody can follow them."""
    names = {partner.id: partner.acronym for partner in work.tx.partnerships.partners(partnership.id)}
    lines: list[Line] = []
    latest = last_posted(work, partnership.id)
    if latest is not None:
        agreed = work.tx.rounds.agreed_levels(latest.id)
        for decision in work.tx.rounds.decisions(latest.id):
            levels = tuple(
                say("{partner} {level}", partner=names[found.partner], level=level_name(found.level))
                for found in agreed
                if found.decision == decision.id and found.partner in names
            )
            if levels:
                lines.append(
                    say(
                        "{decision}: from now on {levels}.",
                        decision=shortened(decision.wording, 60),
                        levels=levels,
                    )
                )
    actions = work.tx.rounds.actions(partnership.id)
    finished = {ActionStatus.DONE, ActionStatus.DROPPED}
    shown = sorted(actions, key=lambda action: (action.status in finished, action.by))[:MOST_ACTIONS]
    for number, action in enumerate(shown, 1):
        lines.append(
            say(
                "{number}. {what} ({owner}, by {date}): {status}",
                number=number,
                what=shortened(action.what, 120),
                owner=names.get(action.owner, "?"),
                date=date.fromisoformat(action.by),
                status=status_name(action.status),
            )
        )
    if not lines:
        lines.append(say("Nothing has been agreed yet. It comes after the digest, when the group meets."))
    return tuple(lines)
