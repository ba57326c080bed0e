"""What the page needs from the application around it; fulfilled where the playground is put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.core.text import Line

Step = Literal["hour", "day", "next", "year"]
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One that the page and the phones speak, with its name in itself and the direction it is read in."""

    code: str
    name: str
    direction: Direction = "ltr"


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone on the page.

    Attributes:
        person: the id the world gave; also of the private chat the phone shows.
        represents: a partner, so that *Fill in for me* is offered; otherwise they facilitate.
    """

    person: int
    name: str
    represents: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is on the page, in this order, and the group they share.

    Attributes:
        languages: what the switches offer; the first is spoken where nobody asks for another.
        zone: IANA time zone shown beside UTC.
    """

    phones: tuple[Phone, ...]
    group: int
    languages: tuple[Language, ...]
    zone: str = "UTC"


class Controls(Protocol):
    """What people do to the playground itself, not within Telegram.

    A method that cannot do what was asked raises ``bot.errors.Refusal``; the page shows its words.
    """

    def now(self) -> datetime:
        """The playground's clock, an aware UTC datetime."""

    def cast(self) -> Cast: ...

    def render(self, line: Line, language: str) -> str:
        """Say a line in one of the cast's languages."""

    async def hint(self) -> Line:
        """What to do next, for somebody who sees the bot for the first time; empty when nothing is missing."""

    async def push(self, step: Step) -> None:
        """Let time pass: an hour, a day, until the next announced date, or a year in which everybody answers."""

    async def start_over(self) -> None:
        """Begin again as on the first day, with a new cast."""

    async def fill(self, person: int) -> None:
        """Answer for a representative whom nobody wants to play."""

    async def speak(self, person: int, language: str) -> None:
        """Switch somebody's phone, and what the bot says to them, to another language."""
