"""What people are shown in a round, in the order in which they meet it: made by the pages themselves, of a pretence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bot.app import flows, sheets, voting, wordings
from bot.app.digests import digest_cards
from bot.app.pages import enrolment, gathering, group, represent
from bot.app.pretence import Pretence, examples, pretended
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.flow.definition import Flow
from bot.core.flow.walk import walk
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.partnerships import Group
from bot.core.rounds.lifecycle import Kind, RoundState


@dataclass(frozen=True, slots=True)
class Scene:
    """One card, and whether it is read in the group or in private."""

    card: Card
    in_group: bool = False


def scenes_of(
    work: Work,
    person: PersonId,
    partnership_id: PartnershipId,
    kind: Kind,
    language: str,
    flow: Flow | None = None,
) -> list[Scene]:
    """Every card of a round of this kind in one language; a digest is shown with made-up words.

    Args:
        flow: other questions than those of the round in preparation.
    Raises: Refusal.
    """
    with pretended(work, person, partnership_id, kind, flow) as pretence:
        work.tx.people.set_language(person, language)
        pretence.has_decisions(examples(work, flows.of_round(work, pretence.round), language))
        look = _Look(pretence, person, language)
        match kind:
            case Kind.REFLECTION:
                return list(look.reflection())
            case Kind.CONSENT:
                return list(look.consent())
            case _:
                return list(look.check_in())


class _Look:
    """Over the shoulder of a representative and of the group."""

    def __init__(self, pretence: Pretence, person: PersonId, language: str) -> None:
        self._pretence = pretence
        self._work = pretence.work
        self._person = person
        self._language = language

    def reflection(self) -> Iterator[Scene]:
        yield Scene(enrolment.invited(self._work, self._person, self._pretence.seat))
        self._pretence.takes_answers(RoundState.COLLECTING)
        yield self._posted(group.opened)
        yield from self._asked()
        if voting.is_worth_it(self._work, self._pretence.round):
            self._pretence.takes_answers(RoundState.VOTING)
            yield self._posted(group.voting)
            yield from self._asked()
        self._pretence.takes_answers(RoundState.ANSWERING)
        yield self._posted(group.answering)
        yield from self._asked()
        yield from self._closing()

    def consent(self) -> Iterator[Scene]:
        """Silence is consent, so there is nothing to foretell."""
        self._pretence.takes_answers(RoundState.ANSWERING)
        yield self._posted(gathering.proposed)
        yield from self._asked()
        yield self._reminder()
        yield from self._digest()

    def check_in(self) -> Iterator[Scene]:
        self._pretence.takes_answers(RoundState.ANSWERING)
        yield self._posted(group.checkin)
        yield from self._asked()
        yield from self._closing()

    def _asked(self) -> Iterator[Scene]:
        """The call, every question, and what stays on the phone."""
        work, person, round_ = self._work, self._person, self._pretence.round
        yield Scene(represent.call(work, person, round_.id))
        flow = flows.of_round(work, round_)
        write = partial(work.setting.catalogs.render, language=self._language)
        own = work.tx.wordings.in_round(round_.id, self._language)
        own_words = wordings.reworded(work, flow, own, self._language)
        for card in walk(flow, sheets.begin(work, person, round_), own_words, write=write, now=work.now):
            yield Scene(card)
        yield Scene(represent.thanks(work, person, round_.id))

    def _closing(self) -> Iterator[Scene]:
        """The reminder, the sentence two days before the close, and the digest."""
        yield self._reminder()
        chat = self._work.tx.groups.get(self._pretence.group)
        yield Scene(group.foretold(self._work, chat, self._pretence.round_id, "possible"), in_group=True)
        yield from self._digest()

    def _reminder(self) -> Scene:
        return Scene(represent.remind(self._work, self._person, self._pretence.round_id))

    def _digest(self) -> Iterator[Scene]:
        self._pretence.is_told()
        for card in digest_cards(self._work, self._pretence.round, self._language):
            yield Scene(card, in_group=True)

    def _posted(self, page: Callable[[Work, Group, RoundId], Card]) -> Scene:
        chat = self._work.tx.groups.get(self._pretence.group)
        return Scene(page(self._work, chat, self._pretence.round_id), in_group=True)
