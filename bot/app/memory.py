"""What a process remembers and never writes down: who is in the middle of something, and what was tried out.

Where several processes serve one bot, the next thing that somebody does may come to another of them. So whatever is
remembered here is told to the others, which remember it, too; it may be lost where a line breaks, and costs nobody an
answer then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from bot.app.allowance import Allowance
from bot.app.outlived import Outlived
from bot.app.tried import Tried
from bot.app.watch import ENTERING, Watch
from bot.core.flow.session import Session, from_json
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.partnerships import WRONG_LINK_AGAIN, WRONG_LINKS

News: TypeAlias = list[Any]
"""The name of what is to be remembered, and what JSON can hold of it."""


class Memory:
    """Everything that is kept in memory only; read its parts, and change them by the methods here.

    Attributes:
        watch: who has a page open that must not stay on a phone.
        entering: who has begun to enter something for a seat on paper.
        outlived: rounds whose keys are to be looked at.
        tried: what facilitators answer who try a round out.
        wrong_links: how many links that do not work each person can still try.
        tell: is given what other processes should remember, too; may be called by any thread.
    """

    def __init__(self) -> None:
        self.watch = Watch()
        self.entering = Watch()
        self.outlived = Outlived()
        self.tried = Tried()
        self.wrong_links = Allowance(WRONG_LINKS, seconds=WRONG_LINK_AGAIN.total_seconds())
        self.tell: Callable[[News], object] = _nobody

    def sees(self, person: PersonId, path: str, now: datetime) -> None:
        """A person did something, and this is where they are now."""
        self._remember("sees", person, path, now.isoformat())

    def enters(self, person: PersonId, now: datetime) -> None:
        """A facilitator enters something for a seat on paper."""
        self._remember("enters", person, now.isoformat())

    def may_outlive(self, round_id: RoundId) -> None:
        """A round may need its key no longer."""
        self._remember("may_outlive", round_id)

    def tries(self, person: PersonId, partnership: PartnershipId, session: Session) -> None:
        """A facilitator tries a round out, and this is what they answered so far."""
        self._remember("tries", person, partnership, session.to_json())

    def ends_trial(self, person: PersonId, partnership: PartnershipId) -> None:
        """Nothing of what a facilitator tried out in a partnership is to be left."""
        self._remember("ends_trial", person, partnership)

    def tried_in_vain(self, person: PersonId, now: datetime) -> None:
        """A person followed a link that does not work."""
        self._remember("tried_in_vain", person, now.timestamp())

    def hear(self, news: News) -> None:
        """Remember what another process told; what only a newer version of the bot understands is left out."""
        match news:
            case ["sees", person, path, now]:
                self.watch.seen(person, path, datetime.fromisoformat(now))
            case ["enters", person, now]:
                self.entering.seen(person, ENTERING, datetime.fromisoformat(now))
            case ["may_outlive", round_id]:
                self.outlived.note(round_id)
            case ["tries", person, partnership, session]:
                self.tried.save(person, partnership, from_json(session))
            case ["ends_trial", person, partnership]:
                self.tried.forget(person, partnership)
            case ["tried_in_vain", person, now]:
                self.wrong_links.spend(person, now)

    def _remember(self, *news: Any) -> None:
        """Remember it here as the others will."""
        self.hear(list(news))
        self.tell(list(news))


def _nobody(_: News) -> None:
    """There is no other process."""
