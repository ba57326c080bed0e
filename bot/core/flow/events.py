"""What a person can do to a session.

Keys of taps are absolute: they say what shall be, not what shall change, so that a tap that comes twice, late
or out of order does no harm. ``PROMPT`` is a prompt key, "step" or "step/item".

    PROMPT=value          a choice
    PROMPT=value!WORDS    a choice about a text, as long as the text has these words
    PROMPT:COLUMN=VALUE   one level of a row; "-" when not known
    PROMPT:ITEM=1         one of several that are picked; "0" when it is not
    PROMPT!WORDS          take an entry off a list
    @back/PROMPT  @skip/PROMPT  @keep/PROMPT
                          only while that prompt is shown; without "/PROMPT", whatever is shown
    @pause  @why  @example  @original  @more  @return  @card  @row  @accept  @later  @edit/ITEM  @done
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

BACK = "@back"
SKIP = "@skip"
KEEP = "@keep"
PAUSE = "@pause"
WHY = "@why"
EXAMPLE = "@example"
ORIGINAL = "@original"
MORE = "@more"
RETURN = "@return"
CARD = "@card"
ROW = "@row"
ACCEPT = "@accept"
LATER = "@later"
EDIT = "@edit"
DONE = "@done"


KnownAs: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Said:
    """Words that are no command and no label of a button.

    Attributes:
        known_as: what a word of the person's language is called here, for words with a fixed meaning: kinds of
            partner, cities of time zones.
    """

    text: str
    known_as: KnownAs = str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button, or what was typed instead of it."""

    key: str


Event: TypeAlias = Said | Tapped


def choose(prompt: str, value: str, about: str | None = None) -> str:
    """A choice; ``about`` are the words it was made for, so that it never holds for other words."""
    return f"{prompt}={value}" if about is None else f"{prompt}={value}!{about}"


def cell(prompt: str, column: str, value: int | None) -> str:
    return f"{prompt}:{column}={'-' if value is None else value}"


def pick(prompt: str, item: str, chosen: bool) -> str:
    return cell(prompt, item, int(chosen))


def take_off(prompt: str, words: str) -> str:
    return f"{prompt}!{words}"


def at(control: str, place: str) -> str:
    """A control that acts only at that prompt or on that item."""
    return f"{control}/{place}"
