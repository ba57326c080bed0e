"""What a whole round costs a phone, read out by language and held against the targets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.bench import world
from bot.bench.device import FORMULA
from bot.bench.phones import Json
from bot.bench.script import ANSWERS, COMMENTED, CONTESTED, NAMED

MOST_ACTIONS = 25
MOST_MESSAGES = 30
MOST_LATIN = 25.0
MOST_BYTES = 40.0
"""kB of text and markup of a round: where the script is Latin, and in every script."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one sitting, or a whole round, comes to.

    Attributes:
        new, edits: messages the phone receives, and edits of them.
        taps, typed: actions of the person.
        text, markup: bytes as the Bot API takes them, in UTF-8.
        device: bytes over the air both ways, by ``device.FORMULA``.
    """

    new: int
    edits: int
    taps: int
    typed: int
    text: int
    markup: int
    device: int

    @classmethod
    def of(cls, told: Json) -> Cost:
        """Read what the stand-in told."""
        counts = {name: told[name] for name in ("taps", "typed", "text", "markup", "device")}
        calls = told["calls"]
        return cls(new=calls.get("sendMessage", 0), edits=calls.get("editMessageText", 0), **counts)

    def __add__(self, other: Cost) -> Cost:
        return Cost(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def messages(self) -> int:
        return self.new + self.edits

    @property
    def actions(self) -> int:
        return self.taps + self.typed

    @property
    def kilobytes(self) -> float:
        """Text and markup."""
        return (self.text + self.markup) / 1000


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole round in one language.

    Attributes:
        name: what the language calls itself.
        purposes: how many actions of each sitting were for what.
    """

    language: str
    name: str
    naming: Cost
    answering: Cost
    purposes: tuple[Mapping[str, int], Mapping[str, int]]

    @classmethod
    def of(cls, language: str, told: Json) -> Passage:
        """Read what the measurement tells of a language."""
        naming, answering = told["naming"], told["answering"]
        purposes = naming["purposes"], answering["purposes"]
        return cls(language, told["name"], Cost.of(naming), Cost.of(answering), purposes)

    @property
    def whole(self) -> Cost:
        return self.naming + self.answering

    @property
    def is_latin(self) -> bool:
        """Whether its script is Latin, as its own name is written."""
        return all(unicodedata.name(mark).startswith("LATIN") for mark in self.name if mark.isalpha())


def told(passages: Sequence[Passage]) -> list[str]:
    """All there is to say about a round; every language took the same actions."""
    return [
        f"\nA round of {len(world.DECISIONS)} decisions x {len(world.PARTNERS)} partners for one representative,"
        f" {NAMED} decisions named, {CONTESTED} contested, {COMMENTED} comment;"
        " in brackets: to name decisions + to answer",
        *table(passages),
        *FORMULA,
        *purposes(*passages[0].purposes),
        *verdicts(passages),
    ]


def table(passages: Iterable[Passage]) -> list[str]:
    """A row for each language; in brackets what naming decisions and what answering has of it."""
    lines = [
        f"{'':5}{'new':>5}{'edits':>7}{'together':>13}{'typed':>7}{'taps':>6}{'actions':>13}"
        f"{'text kB':>10}{'markup kB':>11}{'both kB':>9}{'device kB':>11}"
    ]
    for found in passages:
        whole, naming, answering = found.whole, found.naming, found.answering
        messages = f"{whole.messages} ({naming.messages} + {answering.messages})"
        actions = f"{whole.actions} ({naming.actions} + {answering.actions})"
        lines.append(
            f"{found.language:5}{whole.new:>5}{whole.edits:>7}{messages:>13}"
            f"{whole.typed:>7}{whole.taps:>6}{actions:>13}"
            f"{whole.text / 1000:>10.1f}{whole.markup / 1000:>11.1f}{whole.kilobytes:>9.1f}"
            f"{whole.device / 1000:>11.1f}"
        )
    return lines


def verdicts(passages: Sequence[Passage]) -> list[str]:
    """The targets, each with the language that costs most."""
    latin = [passage for passage in passages if passage.is_latin]
    answering = [passage.answering for passage in passages]
    whole = [passage.whole for passage in passages]
    return [
        _counted(
            "actions",
            MOST_ACTIONS,
            max(cost.actions for cost in answering),
            max(cost.actions for cost in whole),
        ),
        _counted(
            "messages and edits",
            MOST_MESSAGES,
            max(cost.messages for cost in answering),
            max(cost.messages for cost in whole),
        ),
        _weighed("in Latin script", MOST_LATIN, latin),
        _weighed("in any script", MOST_BYTES, passages),
    ]


def _counted(what: str, most: int, answering: int, whole: int) -> str:
    return (
        f"at most {most} {what}: {answering} to answer, {judged(answering, most)};"
        f" {whole} with the naming of decisions before it, {judged(whole, most)}"
    )


def _weighed(where: str, most: float, found: Iterable[Passage]) -> str:
    costly = max(found, key=lambda passage: passage.whole.kilobytes)
    size = costly.whole.kilobytes
    return (
        f"at most {most:.0f} kB of text and markup {where}:"
        f" {size:.1f} kB in the costliest ({costly.language}), {judged(size, most)}"
    )


def judged(figure: float, most: float) -> str:
    return "within" if figure <= most else "beyond"


def purposes(naming: Mapping[str, int], answering: Mapping[str, int]) -> list[str]:
    """What the actions of both sittings are for."""
    answers = sum(count for purpose, count in answering.items() if purpose in ANSWERS)
    return [
        f"actions to name decisions: {_listed(naming)}",
        f"actions to answer: {_listed(answering)}; {answers} of them are answers, the rest leads from one to another",
    ]


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{purpose} {count}" for purpose, count in counts.items())
