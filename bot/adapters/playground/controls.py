"""What the page needs from the application around it; fulfilled where the playground is put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Step = Literal["hour", "day", "next", "year"]


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone on the page.

    Attributes:
        person: the id the world gave; also of the private chat the phone shows.
        role: a line under the name ("Facilitator", or the organisation).
        can_be_filled: whether *Fill in for me* is offered.
    """

    person: int
    name: str
    role: str
    can_be_filled: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is on the page, in this order, and the group they share.

    Attributes:
        languages: code and name in that language of what the switch offers.
        zone: IANA time zone shown beside UTC.
    """

    phones: tuple[Phone, ...]
    group: int
    languages: tuple[tuple[str, str], ...]
    zone: str = "UTC"


class Controls(Protocol):
    """What people do to the playground itself, not within Telegram.

    A method that cannot do what was asked raises ``bot.errors.Refusal``; the page shows its words.
    """

    def now(self) -> datetime:
        """The playground's clock, an aware UTC datetime."""

    def cast(self) -> Cast: ...

    async def hint(self) -> str:
        """What to do next, for somebody who sees the bot for the first time; empty when nothing is missing."""

    async def push(self, step: Step) -> None:
        """Let time pass: an hour, a day, until the next announced date, or a year in which everybody answers."""

    async def start_over(self) -> None:
        """Begin again as on the first day, with a new cast."""

    async def fill(self, person: int) -> None:
        """Answer for a representative whom nobody wants to play."""

    async def speak(self, person: int, language: str) -> None:
        """Switch somebody's phone, and what the bot says to them, to another language."""
