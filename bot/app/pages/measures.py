"""What others did where a decision was to be taken otherwise, and what a decision is about."""

from __future__ import annotations

from bot.app import actions, followup
from bot.app.access import decision_of_facilitator, not_here
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import DecisionId, PersonId
from bot.core.rounds.lifecycle import Decision
from bot.core.rounds.themes import THEME_NAMES
from bot.core.text import Line, listed, say

pages = Router()


def _decision(work: Work, person: PersonId, decision_id: DecisionId) -> Decision:
    """A decision about which outcomes can be recorded now.

    Raises: Refusal.
    """
    decision = decision_of_facilitator(work, person, decision_id)
    actions.recordable(work, person, decision.round)
    return decision


@pages.page("d/{decision_id}/measures")
def measures(work: Work, person: PersonId, decision_id: DecisionId) -> Card:
    """Up to three measures for the theme of a decision, each with its source, and where to read further."""
    decision = _decision(work, person, decision_id)
    back: Row = (Choice(say("Back"), f"agree/{decision.id}"),)
    choose: Row = (Choice(say("Theme"), f"d/{decision.id}/about"),)
    if decision.theme is None:
        told = say("Say first what this decision is about. Then you see what others did.")
        return Card(say("What others did"), (decision.wording, told), (choose, back))
    found = work.setting.measures.about(decision.theme)
    body: list[Line] = [decision.wording, THEME_NAMES[decision.theme]]
    for number, measure in enumerate(found, 1):
        body += [
            "",
            listed(number, measure.words()),
            say("Source: {title}, {where}", title=measure.source.title, where=measure.source.where),
        ]
    to_read = work.setting.measures.to_read(decision.theme)
    if to_read:
        body += ["", say("To read further:")]
        body += [f"{one.title}, {one.where}" for one in to_read]
    rows: list[Row] = [
        (Choice(say("Take {number} as an action", number=number), f"!d/{decision.id}/take/{measure.id}"),)
        for number, measure in enumerate(found, 1)
    ]
    return Card(say("What others did"), tuple(body), (*rows, choose, back))


@pages.action("d/{decision_id}/take/{measure:s}")
def take(work: Work, person: PersonId, decision_id: DecisionId, measure: str) -> str:
    """Begin the form of an action with the words of a measure."""
    decision = _decision(work, person, decision_id)
    found = work.setting.measures.find(measure)
    if found is None:
        raise not_here()
    return actions.take_over(work, person, decision, found)


@pages.page("d/{decision_id}/about")
def about(work: Work, person: PersonId, decision_id: DecisionId) -> Card:
    """Choose what a decision is about."""
    decision = _decision(work, person, decision_id)
    rows: tuple[Row, ...] = tuple(
        (Choice(name, f"!d/{decision.id}/about/{theme}"),) for theme, name in THEME_NAMES.items()
    )
    return Card(
        say("Theme"),
        (decision.wording, say("What is this decision about?")),
        (*rows, (Choice(say("Back"), f"agree/{decision.id}"),)),
        numbered=True,
    )


@pages.action("d/{decision_id}/about/{theme:s}")
def choose(work: Work, person: PersonId, decision_id: DecisionId, theme: str) -> str:
    return f"d/{followup.choose_theme(work, person, decision_id, theme).id}/measures"
