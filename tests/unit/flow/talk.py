"""Talking to the engine in tests: English words, and a session that goes through JSON after every event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.core.cards import Card, Choice
from bot.core.flow.advance import Turn, advance, start
from bot.core.flow.cards import card
from bot.core.flow.definition import Flow
from bot.core.flow.events import Event, KnownAs, Said, Tapped
from bot.core.flow.library import load_library
from bot.core.flow.prompts import AS_WRITTEN, Reworded
from bot.core.flow.session import Item, Param, Session, from_json
from bot.core.text import Line, Text, Value

NOW = datetime(2027, 1, 15, 9, 30, tzinfo=UTC)
FLOWS = load_library(Path(__file__).parents[3] / "flows")


def english(value: Value | Line) -> str:
    match value:
        case Text():
            source = value.plural if value.plural and value.args.get("count") != 1 else value.msgid
            return (value.template or source).format(
                **{name: english(arg) for name, arg in value.args.items()}
            )
        case tuple():
            return ", ".join(english(part) for part in value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def written(shown: Card) -> str:
    """All text of a card, as a phone would show it."""
    lines = [shown.title, *([shown.notice] if shown.notice else []), *shown.body]
    return "\n".join(english(line) for line in lines)


def labels(shown: Card) -> dict[str, Choice]:
    return {english(choice.label): choice for choice in shown.choices()}


def items(kind: str, names: Sequence[str]) -> tuple[Item, ...]:
    return tuple(Item(key=f"{kind}{number}", label=name) for number, name in enumerate(names, 1))


def pat_params(decisions: int = 3, partners: int = 4) -> dict[str, Param]:
    return {
        "decisions": items("d", [f"Decision {number}" for number in range(1, decisions + 1)]),
        "partners": items("p", [f"Partner {chr(64 + number)}" for number in range(1, partners + 1)]),
        "language": "shared",
        "own_language": "Kiswahili",
        "group_language": "Français",
    }


def begin(flow: str, stage: str, **params: Param) -> Talk:
    definition = FLOWS.get(flow)
    return Talk(definition, start(definition, stage, params=params, salt="pepper", now=NOW))


def begin_pat(
    decisions: int = 3,
    partners: int = 4,
    *,
    changes: dict[str, Param] | None = None,
    reworded: Reworded = AS_WRITTEN,
) -> Talk:
    talk = begin("pat", "answer", **(pat_params(decisions, partners) | (changes or {})))
    talk.reworded = reworded
    return talk


class Talk:
    """One person talking to one flow, some of whose prompts may be reworded."""

    def __init__(self, flow: Flow, session: Session) -> None:
        self.flow = flow
        self.session = session
        self.reworded = AS_WRITTEN
        self.turn = Turn(session)

    def do(self, event: Event) -> Turn:
        self.turn = advance(self.flow, self.session, event, now=NOW)
        self.session = from_json(self.turn.session.to_json())
        assert self.session == self.turn.session
        return self.turn

    def say(self, text: str, known_as: KnownAs = str) -> Turn:
        return self.do(Said(text, known_as))

    def tap(self, key: str) -> Turn:
        return self.do(Tapped(key))

    def press(self, label: str) -> Turn:
        return self.tap(labels(self.card)[label].key)

    @property
    def card(self) -> Card:
        return card(self.flow, self.session, self.reworded)

    @property
    def title(self) -> str:
        return english(self.card.title)

    @property
    def text(self) -> str:
        return written(self.card)
