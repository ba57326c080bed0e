"""What a representative types and taps in a whole round, in their own language, and what each action is for.

Buttons are known by the labels of the catalogs. What people would word themselves, decisions and a comment, is what
the flow gives them as an example: it is translated, and as long as what people write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle, islice
from typing import TypeAlias

from bot.app.ports import Catalogs
from bot.bench import world
from bot.bench.phones import Step
from bot.core.flow.definition import Flow
from bot.core.flow.texts import flow_texts
from bot.core.text import Text

NAMED = 5
CONTESTED = 3
COMMENTED = 1
ONE_LEVEL = "3=4"

BEGIN = Text("Begin or go on")
THAT_IS_ALL = Text("That is all")
SKIP = Text("Skip")
DONE = Text("Done")
FINE = Text(world.FINE, context="pat.agree")
FACILITATORS = Text("Only the facilitators", context="pat.audience")


class Purpose(StrEnum):
    """What an action is for, as it is printed."""

    BEGIN = "begin from the call"
    NAME = "name decisions"
    ROW = "a row of levels"
    AGREE = "it is fine"
    WISH = "a wish, typed at once"
    COMMENT = "a comment or its skip"
    READERS = "who may read it"
    END = "done"


ANSWERS = frozenset({Purpose.ROW, Purpose.AGREE, Purpose.WISH, Purpose.COMMENT})
"""What says something: rows of levels, "it is fine" or a wish, comments and their skips."""

Move: TypeAlias = tuple[Purpose, Step]


@dataclass(frozen=True, slots=True)
class Script:
    """Both sittings of a round, and the decisions it is about."""

    decisions: tuple[str, ...]
    naming: tuple[Move, ...]
    answering: tuple[Move, ...]


def script(catalogs: Catalogs, flow: Flow, language: str) -> Script:
    """Five decisions are named; of eight, three are contested with a wish, the first of them in a few words."""

    def tap(purpose: Purpose, label: Text) -> Move:
        return purpose, ("tap", catalogs.render(label, language))

    def examples(step: str) -> list[str]:
        texts = [text for text in flow_texts(flow) if text.context == f"{flow.flow}.{step}"]
        return [
            catalogs.render(Text(text.msgid, context=text.context), language)
            for text in texts
            if "example" in text.path
        ]

    decisions = numbered(examples("decisions"), len(world.DECISIONS))
    (comment,) = examples("comment")
    wish: tuple[Move, ...] = ((Purpose.WISH, ("say", ONE_LEVEL)),)
    words: tuple[Move, ...] = ((Purpose.COMMENT, ("say", comment)), tap(Purpose.READERS, FACILITATORS))
    begin = tap(Purpose.BEGIN, BEGIN)
    return Script(
        decisions,
        naming=(
            begin,
            (Purpose.NAME, ("say", "\n".join(decisions[:NAMED]))),
            tap(Purpose.END, THAT_IS_ALL),
        ),
        answering=(
            begin,
            *((Purpose.ROW, ("say", row)) for row in world.ROWS),
            *(*wish, *words) * COMMENTED,
            *(*wish, tap(Purpose.COMMENT, SKIP)) * (CONTESTED - COMMENTED),
            *(tap(Purpose.AGREE, FINE),) * (len(decisions) - CONTESTED),
            tap(Purpose.END, DONE),
        ),
    )


def steps(moves: Sequence[Move]) -> list[Step]:
    """What a phone does, without its reasons."""
    return [step for _, step in moves]


def numbered(wordings: Sequence[str], wanted: int) -> tuple[str, ...]:
    """As many wordings as wanted, each with its number, so that no two are the same."""
    return tuple(f"{words} ({number})" for number, words in enumerate(islice(cycle(wordings), wanted), 1))
