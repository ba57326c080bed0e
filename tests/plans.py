"""What people do in a made-up world: written out for one question, or drawn for many."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

T = TypeVar("T")

Words: TypeAlias = tuple[str, ...]
"""What one person types, taps ("Done") or calls ("/erase", "!erase/1") in one stage; nothing for the silent."""

NOBODY, FACILITATORS, GROUP = (
    "Nobody: it is destroyed at the close",
    "Only the facilitators",
    "The group, word for word",
)

WISHES: dict[str, Words] = {
    "": (),
    "open": ("!mode/1/open",),
    "confidential": ("!mode/1/confidential",),
    "erased": ("!mode/1/open", "!erase/1"),
}
"""What somebody taps who is asked whether the round may be open, by what comes of it."""


@dataclass(frozen=True)
class Plan:
    """What happens in a world; everything personal is by seat.

    Attributes:
        named: which decisions they name; when nobody is to name any, the facilitator brings two.
        voted: which of the twelve decisions that the facilitator then brings they choose; none for no vote.
        wishes: what they choose about an open round, by the names in ``WISHES``; none when it is not proposed.
        given: how they answer.
        again: how they answer the same decisions in a second round, a month later; none for one round.
        consented: whether they can live with one action that the meeting proposed; none for silence.
        checked_in: how they answer a check-in on that action; none for no check-in.
        languages: of their phones.
        seed: of everything that is drawn.
    """

    named: tuple[Words, ...]
    given: tuple[Words, ...]
    voted: tuple[Words, ...] = ()
    again: tuple[Words, ...] = ()
    consented: tuple[Words, ...] = ()
    checked_in: tuple[Words, ...] = ()
    wishes: Words = ()
    languages: Words = ("en",) * 5
    seed: int = 1

    def exchanged(self, one: int, other: int) -> Plan:
        """The same world, but for which of two seats did which."""
        return replace(
            self,
            named=_exchanged(self.named, one, other),
            given=_exchanged(self.given, one, other),
            voted=_exchanged(self.voted, one, other),
            again=_exchanged(self.again, one, other),
            consented=_exchanged(self.consented, one, other),
            checked_in=_exchanged(self.checked_in, one, other),
            wishes=_exchanged(self.wishes, one, other),
        )


def _exchanged(values: tuple[T, ...], one: int, other: int) -> tuple[T, ...]:
    changed = list(values)
    if changed:
        changed[one], changed[other] = values[other], values[one]
    return tuple(changed)


def made_up(
    seed: int, *, seats: int = 5, proposed: bool = False, rare: bool = False, again: bool = False
) -> Plan:
    """A plan of many opinions, in which some stop halfway, come back, erase or read what they gave.

    Args:
        proposed: an open round is proposed, and the first seat does not want it.
        again: there is a second round about the same decisions.
        rare: the second and the third seat have a language that nobody else has.
    """
    dice = random.Random(seed)  # noqa: S311 - opinions, no secrets
    named = [_named(dice, seat) for seat in range(seats)]
    decisions = sum(len(words[0].splitlines()) for words in named if words)
    languages = ["en"] * seats
    if rare:
        languages[1:3] = ["fr", "fr"]
    wishes = [dice.choice(tuple(WISHES)) for _ in range(seats)] if proposed else []
    if proposed:
        wishes[0] = "confidential"
    given, later = (
        tuple(_given(dice, seat, decisions, seats, number) for seat in range(seats)) for number in (1, 2)
    )
    return Plan(
        named=tuple(named),
        given=given,
        again=later if again else (),
        wishes=tuple(wishes),
        languages=tuple(languages),
        seed=seed,
    )


def _named(dice: random.Random, seat: int) -> Words:
    if seat and dice.random() < 0.4:
        return ()
    lines = [f"Decision {10 * seat + line}" for line in range(dice.choice((1, 1, 2)))]
    return ("\n".join(lines), *dice.choice(((), ("That is all",))))


def _given(dice: random.Random, seat: int, decisions: int, partners: int, round_: int) -> Words:
    words = ["\n".join(_row(dice, partners) for _ in range(decisions))]
    for number in range(decisions):
        view = dice.choice(("It is fine", "I would like it differently", "I am not sure"))
        words.append(view)
        if view == "I would like it differently":
            words += [
                _row(dice, partners, unknown=False),
                *_comment(dice, f"{number} by {dice.randrange(10**6)}"),
            ]
    ends = ("done", "done", "done", "mine", "halfway", "pause", "erase")
    end = dice.choice(ends if seat else ("done",))
    match end:
        case "halfway":
            return tuple(words[: dice.randrange(1, len(words))])
        case "pause":
            return (*words, "/pause")
        case "erase":
            return (*words, "Done", "/erase", f"!erase/{round_}")
        case "mine":
            return (*words, "Done", "/mine")
        case _:
            return (*words, "Done")


def _row(dice: random.Random, partners: int, *, unknown: bool = True) -> str:
    return "".join(dice.choice("01234-" if unknown else "01234") for _ in range(partners))


def _comment(dice: random.Random, mark: str) -> Words:
    if dice.random() < 0.3:
        return ("Skip",)
    return (f"Let us see the draft {mark}", dice.choice((NOBODY, FACILITATORS, GROUP, GROUP, GROUP)))
