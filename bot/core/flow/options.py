"""What one can choose, at a choice or in a row of levels, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.flow import events
from bot.core.flow.definition import ChoiceStep, Flow, MatrixStep
from bot.core.flow.program import Prompt
from bot.core.flow.rows import UNKNOWN
from bot.core.flow.session import Item, Session
from bot.core.flow.texts import phrase
from bot.core.text import Figures, Line, Text, say


def options_of(flow: Flow, session: Session, prompt: Prompt, step: ChoiceStep) -> dict[str, Line]:
    """Value -> label, in the order shown; labels of a parameter's items are people's own words."""
    if isinstance(step.options, str):
        return {item.key: item.label for item in session.items(step.options)}
    return {option.value: phrase(flow, step.id, option.label, prompt.variables) for option in step.options}


def _values(session: Session, step: ChoiceStep) -> Iterator[str]:
    """What can be chosen, in the order shown, without its words."""
    if isinstance(step.options, str):
        yield from (item.key for item in session.items(step.options))
    else:
        yield from (option.value for option in step.options)


def chosen_label(flow: Flow, session: Session, prompt: Prompt, step: ChoiceStep) -> Line | None:
    """The label of the value chosen; None when nothing is."""
    return options_of(flow, session, prompt, step).get(str(session.answers.get(prompt.key)))


def shown_words(session: Session, prompt: Prompt, step: ChoiceStep) -> str | None:
    """The words of a text that a choice is about; None when it shows none."""
    given = session.answers.get(f"{step.shows}/{prompt.group}") if step.shows is not None else None
    return given if isinstance(given, str) else None


def choice_keys(session: Session, prompt: Prompt, step: ChoiceStep) -> dict[str, str]:
    """Key of the button -> value; the keys of a choice about a text hold for these words alone."""
    words = shown_words(session, prompt, step)
    return {events.choose(prompt.key, value, words): value for value in _values(session, step)}


def levels_of(flow: Flow, step: MatrixStep) -> dict[int | None, Text]:
    """Value -> value and label ("3 Decides together"), lowest first; None stands for not known, where allowed."""
    levels: dict[int | None, Text] = {
        level.value: _named(level.value, phrase(flow, "scale", level.label))
        for level in flow.scales[step.scale]
    }
    if step.unknown:
        unknown = say("I do not know") if step.unknown is True else phrase(flow, step.id, step.unknown)
        levels[None] = _named(UNKNOWN, unknown)
    return levels


def cell_keys(
    flow: Flow, session: Session, prompt: Prompt, step: MatrixStep
) -> dict[str, tuple[Item, int | None]]:
    """Key of the button -> column and level, column by column."""
    levels = levels_of(flow, step)
    return {
        events.cell(prompt.key, item.key, level): (item, level)
        for item in session.items(step.columns)
        for level in levels
    }


def _named(value: int | str, label: Text) -> Text:
    return say("{value} {label}", value=Figures(value), label=label)
