"""Choosing several things out of a list: by tapping their numbers, or by typing them together.

"1 4 7" adds these three; digits of any script and any comma will do. Nothing is guessed: of a message that holds
anything else, such as the range "1-4", nothing is taken. One number alone does what its button does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.cards import Choice, Row
from bot.core.flow import events
from bot.core.flow.definition import Flow, PickStep
from bot.core.flow.moves import assign, erase
from bot.core.flow.program import Prompt, program
from bot.core.flow.rows import SEPARATORS, plain
from bot.core.flow.session import Item, Session
from bot.core.text import Figures, Line, Text, length, listed, say, say_count

_SEPARATOR = re.compile(rf"[{SEPARATORS}]+")
_TICK = "✓"
_PER_ROW = 5
_LABELS = 3300
"""Length of all that can be chosen, on one card; the rest of what Telegram takes is for the question."""


def picked(session: Session, prompt: Prompt) -> tuple[str, ...]:
    """Keys of the items chosen so far, in the order of the list."""
    given = session.answers.get(prompt.key, ())
    return given if isinstance(given, tuple) else ()


def pick_keys(session: Session, prompt: Prompt, step: PickStep) -> dict[str, tuple[str, ...]]:
    """Key of the button -> what is chosen after it; for each item one that chooses it and one that does not."""
    now = set(picked(session, prompt))
    items = session.items(step.options)
    return {
        events.pick(prompt.key, item.key, chosen): _in_order(
            items, now | {item.key} if chosen else now - {item.key}
        )
        for item in items
        for chosen in (True, False)
    }


def put(flow: Flow, session: Session, prompt: Prompt, chosen: tuple[str, ...]) -> Session:
    """The session with this choice; with none, as if nothing had been answered."""
    return assign(flow, session, prompt, chosen) if chosen else erase(flow, session, prompt)


def typed_pick(flow: Flow, session: Session, text: str) -> str | None:
    """The key of the button whose number was typed, ticked or not; None when no button has it."""
    prompt = program(flow, session).find(session.position)
    if prompt is None or not isinstance(prompt.step, PickStep):
        return None
    wanted = plain(text).strip().removeprefix(_TICK)
    buttons = (choice for row in pick_rows(session, prompt, prompt.step) for choice in row)
    return next((b.key for b in buttons if str(b.label).removeprefix(_TICK) == wanted), None)


def take_numbers(
    flow: Flow, session: Session, prompt: Prompt, step: PickStep, text: str
) -> tuple[Session, Text | None]:
    """Add the items whose numbers were typed.

    Returns: the session after it; what was unclear or too much, and then nothing is added.
    """
    items = session.items(step.options)
    numbers = [_number(part) for part in _SEPARATOR.split(plain(text)) if part]
    if not numbers or not all(1 <= number <= len(items) for number in numbers):
        return session, say(
            "I could not read that. Please send numbers of the list, for example {example}.",
            example=_example(len(items)),
        )
    added = {items[number - 1].key for number in numbers}
    chosen = _in_order(items, added | set(picked(session, prompt)))
    if len(chosen) > step.most:
        return session, say_count(
            "With these there would be {count} entry; there is room for {most}. None was added.",
            "With these there would be {count} entries; there is room for {most}. None was added.",
            len(chosen),
            most=step.most,
        )
    return put(flow, session, prompt, chosen), None


def pick_body(session: Session, prompt: Prompt, step: PickStep, ask: Text) -> tuple[Line, ...]:
    """What is asked, everything there is, what is chosen by now, and how to choose."""
    items = session.items(step.options)
    now = picked(session, prompt)
    numbers = [number for number, item in enumerate(items, 1) if item.key in now]
    chosen = (say("Now: {row}", row=_figures(numbers)),) if numbers else ()
    hint = say(
        "Tap up to {most} numbers, or send them together, for example {example}.",
        most=step.most,
        example=_example(len(items)),
    )
    each = _LABELS // max(len(items), 1) - len("10. \n")
    lines = (listed(number, _fitted(item.label, each)) for number, item in enumerate(items, 1))
    return (ask, "", *lines, "", *chosen, hint)


def pick_rows(session: Session, prompt: Prompt, step: PickStep) -> tuple[Row, ...]:
    """A button for each item, ticked when it is chosen; tapped then, it is taken off again."""
    now = picked(session, prompt)
    choices = [
        Choice(
            Figures(f"{_TICK if item.key in now else ''}{number}"),
            events.pick(prompt.key, item.key, item.key not in now),
        )
        for number, item in enumerate(session.items(step.options), 1)
    ]
    return tuple(tuple(choices[first : first + _PER_ROW]) for first in range(0, len(choices), _PER_ROW))


def picked_labels(session: Session, prompt: Prompt, step: PickStep) -> tuple[str, ...]:
    """What is chosen, in people's own words."""
    now = picked(session, prompt)
    return tuple(item.label for item in session.items(step.options) if item.key in now)


def _in_order(items: tuple[Item, ...], chosen: set[str]) -> tuple[str, ...]:
    return tuple(item.key for item in items if item.key in chosen)


def _number(part: str) -> int:
    """The number that was typed; 0, which nothing has, when it is none or too long for one."""
    return int(part) if part.isdecimal() and len(part) < 4 else 0


def _example(items: int) -> Figures:
    """Three numbers that the list has, when it has so many."""
    return _figures(sorted({1, items // 2 + 1, max(items, 1)} if items < 8 else {1, 4, 7}))


def _figures(numbers: Iterable[int]) -> Figures:
    return Figures(" ".join(map(str, numbers)))


def _fitted(words: str, room: int) -> str:
    """Words in at most so much room, as Telegram counts it."""
    if length(words) <= room:
        return words
    while length(words) >= room:
        words = words[:-1]
    return f"{words.rstrip()}…"
