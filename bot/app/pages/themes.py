"""What a decision is about, chosen from a few themes."""

from __future__ import annotations

from bot.app import shaping
from bot.app.access import not_here
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import DecisionId, PersonId
from bot.core.rounds.themes import THEME_NAMES, Theme
from bot.core.text import say

pages = Router()

NONE = "none"
"""Stands for no theme in a path."""


@pages.page("d/{decision_id}/theme")
def theme(work: Work, person: PersonId, decision_id: DecisionId) -> Card:
    """Choose the theme of a decision, or take it back."""
    found = shaping.shapeable_decision(work, person, decision_id)
    where = f"d/{found.id}"
    choices = [Choice(name, f"!{where}/theme/{one}") for one, name in THEME_NAMES.items()]
    rows: list[Row] = [tuple(choices[first : first + 2]) for first in range(0, len(choices), 2)]
    if found.theme is not None:
        rows.append((Choice(say("No theme"), f"!{where}/theme/{NONE}"),))
    return Card(
        say("Theme"),
        (found.wording,),
        (*rows, (Choice(say("Back"), where),)),
        numbered=True,
    )


@pages.action("d/{decision_id}/theme/{wish:s}")
def choose(work: Work, person: PersonId, decision_id: DecisionId, wish: str) -> str:
    if wish != NONE and wish not in set(Theme):
        raise not_here()
    shaping.set_theme(work, person, decision_id, None if wish == NONE else Theme(wish))
    return f"d/{decision_id}"
