"""What people do on one day of a round, drawn from a seed: the same seed gives the same people, in any process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from bot.bench.phones import Step

DECISIONS, PARTNERS = 2, 8

SILENT = 0.35
"""Share of those who do nothing that day; the other figures are shares of the rest, or of an occasion."""

LEAVES = 0.15
"""Stops somewhere, and leaves the rest for another day."""

DONE = 0.7
"""Ends with "Done"; to others it is enough that everything is kept."""

IN_PARTS, TAKES_BACK, ASKS_WHY, WANTS_HELP = 0.10, 0.07, 0.04, 0.05
BOTH_AT_ONCE, PRESSES_TWICE, REPEATED = 0.10, 0.05, 0.03

UNKNOWN = 0.1
"""Share of levels that somebody does not know."""

AGREE = (("It is fine", "fine", 0.7), ("I am not sure", "unsure", 0.15), ("", "differently", 0.15))
"""Label, value and share; who would like it differently types the wish at once."""

THINKS = 1.5
"""Seconds between a card and what follows, on average: minutes of a day pressed into seconds."""

BEGIN = "Begin or go on"
CALL, HELP, REVIEW, THANKS = "Your questions are ready", "Help", "Your answers", "Thank you"

Answers: TypeAlias = dict[str, str]
"""Values by step and place of the decision, as in "actual/0"; levels as one typed row."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something done at one moment, and the card that it leads to.

    Attributes:
        steps: what is typed or tapped, without waiting in between.
        title, more: how the text of that card begins, and what else stands in it.
        rest: seconds of thinking before.
        repeated: whether Telegram brings the first of the updates a second time.
    """

    steps: tuple[Step, ...]
    title: str
    more: str = ""
    rest: float = 0.0
    repeated: bool = False

    def leads_to(self, text: str) -> bool:
        return text.startswith(self.title) and self.more in text


@dataclass(frozen=True, slots=True)
class Plan:
    """One person's day.

    Attributes:
        begins: when, as a share of the day.
        answers: what has to be kept at its end; None for those who did nothing.
    """

    begins: float = 0.0
    acts: tuple[Act, ...] = ()
    answers: Answers | None = None

    @property
    def last(self) -> Act | None:
        """What leads to the card that stays on the screen."""
        return self.acts[-1] if self.acts else None


@dataclass
class _Writer:
    """Writes a plan step by step, in step with what is kept."""

    dice: Random
    acts: list[Act] = field(default_factory=list)
    answers: Answers = field(default_factory=dict)

    def may(self, share: float) -> bool:
        return self.dice.random() < share

    def act(self, *steps: Step, title: str, more: str = "") -> None:
        rest = self.dice.expovariate(1 / THINKS)
        self.acts.append(Act(steps, title, more, rest=rest, repeated=self.may(REPEATED)))


def plan(account: int, seed: int) -> Plan:
    """Draw somebody's day."""
    dice = Random(f"{seed}/{account}")  # noqa: S311 - an opinion, no secret
    if dice.random() < SILENT:
        return Plan()
    writer, begins = _Writer(dice), dice.betavariate(1.5, 1.8)
    stops = dice.randrange(1, 2 * DECISIONS + 1) if dice.random() < LEAVES else None
    writer.act(("tap", BEGIN), title=_question(1))
    for number, _ in enumerate(_answering(writer), 1):
        if number == stops:
            break
    else:
        if writer.may(DONE):
            writer.act(("tap", "Done"), title=THANKS)
    return Plan(begins, tuple(writer.acts), writer.answers)


def _answering(writer: _Writer) -> Iterator[None]:
    """Answer question by question; what comes before a pause is complete in itself."""
    if writer.may(BOTH_AT_ONCE):
        rows = [_row(writer.dice) for _ in range(DECISIONS)]
        writer.act(*(("say", row) for row in rows), title=_question(DECISIONS + 1))
        writer.answers |= {f"actual/{place}": row for place, row in enumerate(rows)}
        yield
    else:
        for place in range(DECISIONS):
            _levels(writer, place)
            yield
    for place in range(DECISIONS):
        _agree(writer, place)
        yield


def _levels(writer: _Writer, place: int) -> None:
    row, here, then = _row(writer.dice), _question(place + 1), _question(place + 2)
    if writer.may(ASKS_WHY):
        writer.act(("tap", "Why do you ask?"), title=here, more="how things are decided")
        writer.act(("tap", "Back to the question"), title=here, more="Answer with")
    if writer.may(IN_PARTS):
        writer.act(("say", row[:3]), title=here, more="Still open")
        writer.act(("say", row[3:]), title=then)
    elif writer.may(WANTS_HELP):
        writer.act(("say", row), ("say", "/help"), title=HELP)
        writer.act(("say", "/answer"), title=then)
    else:
        writer.act(("say", row), title=then)
    writer.answers[f"actual/{place}"] = row
    if place + 1 < DECISIONS and writer.may(TAKES_BACK):
        level = _another(writer.dice, row[1])
        writer.act(("tap", "Back"), title=here, more="Now: ")
        writer.act(("say", f"2={level}"), title=then)
        writer.answers[f"actual/{place}"] = row[0] + level + row[2:]


def _agree(writer: _Writer, place: int) -> None:
    then = _question(DECISIONS + place + 2) if place + 1 < DECISIONS else REVIEW
    label, value, _ = writer.dice.choices(AGREE, [share for *_, share in AGREE])[0]
    writer.answers[f"agree/{place}"] = value
    if value == "differently":
        row = writer.answers[f"actual/{place}"]
        level = _another(writer.dice, row[1])
        writer.act(
            ("say", f"2={level}"), title=_question(DECISIONS + place + 1), more="What would have to change"
        )
        writer.act(("tap", "Skip"), title=then)
        writer.answers[f"desired/{place}"] = row[0] + level + row[2:]
    elif writer.may(0.3):
        writer.act(("say", label), title=then)
    else:
        twice = 2 if writer.may(PRESSES_TWICE) else 1
        writer.act(*(("tap", label),) * twice, title=then)


def _row(dice: Random) -> str:
    """A level for each partner; the first is no 0, which would be read as the number of a button."""
    first, *others = (dice.choice("01234") if dice.random() >= UNKNOWN else "?" for _ in range(PARTNERS))
    return "".join([dice.choice("1234") if first in "0?" else first, *others])


def _another(dice: Random, level: str) -> str:
    return dice.choice("01234".replace(level, ""))


def _question(number: int) -> str:
    return f"Question {number} of {2 * DECISIONS}\n"
