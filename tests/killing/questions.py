"""What is asked in a round, read off the screen of a phone, and what somebody might answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.adapters.playground.chats import Message
from bot.core.ids import DecisionId, PartnerId, RoundId

CALL, REMINDER = "Your questions are ready", "A word to everybody"
REVIEW, THANKS = "Your answers", "Thank you"
QUESTION = re.compile(r"Question (\d+) of \d+\n")
STEPS = {
    "How is each partner involved": "actual",
    "Is the way this is decided fine": "agree",
    "How would you like each partner": "desired",
    "What would have to change": "comment",
    "Who may read this": "audience",
}
"""Steps of the flow, by words that only they ask with."""

OPTIONS = {
    "agree": {
        "It is fine": "fine",
        "I would like it differently": "differently",
        "I am not sure": "unsure",
    },
    "audience": {"Only the facilitators": "facilitators", "The group, word for word": "group"},
}
"""Values by the label of their button."""


@dataclass(frozen=True, slots=True)
class Table:
    """A partnership whose round is to be opened by the first of its people."""

    round: RoundId
    accounts: Sequence[int]
    decisions: Sequence[DecisionId]
    partners: Sequence[PartnerId]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: what is typed or whose button is tapped, and what has to lie in the store then."""

    words: str
    value: object
    is_tapped: bool = False


def prompt_on(text: str, table: Table) -> str | None:
    """What a card asks, as the session of a sitting names it ("agree/d12"); None for other cards."""
    found = QUESTION.match(text)
    if found is None:
        return None
    step = next(name for words, name in STEPS.items() if words in text)
    decision = table.decisions[(int(found[1]) - 1) % len(table.decisions)]
    return f"{step}/d{decision}"


def is_sitting(text: str) -> bool:
    return text.startswith(REVIEW) or QUESTION.match(text) is not None


def reply(prompt: str, table: Table, dice: Random) -> Reply:
    """Draw an answer."""
    step = prompt.partition("/")[0]
    if step in OPTIONS:
        label, value = dice.choice(list(OPTIONS[step].items()))
        return Reply(label, value, is_tapped=True)
    if step == "comment":
        words = f"Made-up words {dice.randrange(10**6)}"
        return Reply(words, words)
    # A row begins with no 0, so that nowhere it is taken for the number of a button.
    row = dice.choice("1234") + "".join(dice.choice("01234-") for _ in table.partners[1:])
    levels = (None if level == "-" else int(level) for level in row)
    return Reply(row, {f"p{partner}": level for partner, level in zip(table.partners, levels, strict=True)})


def latest(messages: Iterable[Message]) -> Message | None:
    """What came or changed last; a card that a crash left behind may stand below the one that is in use."""
    return max(messages, key=lambda item: (item.edited or item.date, item.id), default=None)


def buttons(message: Message | None) -> list[dict[str, Any]]:
    markup = (message and message.markup) or {"inline_keyboard": []}
    return [button for row in markup["inline_keyboard"] for button in row]
