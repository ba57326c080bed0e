"""What a process remembers and never writes down: who is in the middle of something, and what was tried out.

Where several processes serve one bot, the next thing that somebody does may come to another of them. So whatever is
remembered here is told to the others, which remember it, too; it may be lost where a line breaks, and costs nobody an
answer then.

A transaction may be undone and done again, in another thread than the one that looks at all this. So a use case only
remarks what is to be remembered, and it is remembered after the commit.
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


class Remarks:
    """What one unit of work leaves to be remembered, once what it did is kept.

    Args:
        at_once: takes it without delay, where nothing is ever committed.
    """

    def __init__(self, at_once: Callable[[News], object] | None = None) -> None:
        self.news: list[News] = []
        self._remark = at_once or self.news.append

    def sees(self, person: PersonId, path: str, now: datetime) -> None:
        """A person did something, and this is where they are now."""
        self._remark(["sees", person, path, now.isoformat()])

    def enters(self, person: PersonId, now: datetime) -> None:
        """A facilitator enters something for a seat on paper."""
        self._remark(["enters", person, now.isoformat()])

    def may_outlive(self, round_id: RoundId) -> None:
        """A round may need its key no longer."""
        self._remark(["may_outlive", round_id])

    def tries(self, person: PersonId, partnership: PartnershipId, session: Session) -> None:
        """A facilitator tries a round out, and this is what they answered so far."""
        self._remark(["tries", person, partnership, session.to_json()])

    def ends_trial(self, person: PersonId, partnership: PartnershipId) -> None:
        """Nothing of what a facilitator tried out in a partnership is to be left."""
        self._remark(["ends_trial", person, partnership])

    def tried(
        self, person: PersonId, partnership: PartnershipId, stage: str, *, before: Tried
    ) -> Session | None:
        """What a facilitator tried out so far, in this unit of work, which goes on with it, or ``before``."""
        for name, *about in reversed(self.news):
            if name == "ends_trial" and about == [person, partnership]:
                return None
            if name == "tries" and about[:2] == [person, partnership]:
                session = from_json(about[2])
                if session.stage == stage:
                    return session
        return before.load(person, partnership, stage)

    def tried_in_vain(self, person: PersonId, now: datetime) -> None:
        """A person followed a link that does not work."""
        self._remark(["tried_in_vain", person, now.timestamp()])


class Memory:
    """Everything that is kept in memory only. A unit of work may look at it, and changes it by its ``Remarks``.

    Attributes:
        watch: who has a page open that must not stay on a phone.
        entering: who has begun to enter something for a seat on paper.
        outlived: rounds whose keys are to be looked at.
        tried: what facilitators answer who try a round out.
        wrong_links: how many links that do not work each person can still try.
        tell: is given what other processes should remember, too.
    """

    def __init__(self) -> None:
        self.watch = Watch()
        self.entering = Watch()
        self.outlived = Outlived()
        self.tried = Tried()
        self.wrong_links = Allowance(WRONG_LINKS, seconds=WRONG_LINK_AGAIN.total_seconds())
        self.tell: Callable[[News], object] = _nobody

    def remember(self, remarks: Remarks) -> None:
        """Remember here, as the others will, what was remarked in a unit of work that is kept."""
        for news in remarks.news:
            self.hear(news)
            self.tell(news)

    def hear(self, news: News) -> None:
        """Remember what was remarked, here or in another process; what only a newer bot understands is left out."""
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


def _nobody(_: News) -> None:
    """There is no other process."""
