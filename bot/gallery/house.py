"""A partnership that is led through a whole round, and every card that anybody in it is shown meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

from bot.app import openness, rounds, shaping, timed, voting
from bot.app.access import NOTICE_VERSION
from bot.app.exports import Export
from bot.app.pages import PRIVATE_PAGES, sitting_at
from bot.app.ports import Place
from bot.app.sittings import turn
from bot.app.work import Work
from bot.core.flow.events import Said
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.rounds.lifecycle import MOST_TO_VOTE_ON, Decision, Mode, Moment, Round
from bot.core.rounds.themes import Theme
from bot.gallery.closing import Closing
from bot.gallery.exploring import Explorer
from bot.gallery.script import Script
from bot.gallery.sights import Sight
from bot.gallery.sitting import Sitter

FACILITATOR, STRANGER, FIRST_REPRESENTATIVE, GROUP = 1001, 1002, 2001, -3001
"""Made-up accounts and the made-up chat of the group."""


class House:
    """The partnership in one transaction, its time and its people.

    Args:
        work: begins the walk; nothing is in its store yet.

    Attributes:
        first: the round, once it has its digest.
    """

    first: RoundId

    def __init__(self, work: Work, script: Script) -> None:
        self.script = script
        self.explorer = Explorer(work, most_alike=script.most_alike)
        self.sitter = Sitter(self.explorer, script.typed, script.unclear)
        people, self._language = work.tx.people, work.setting.catalogs.best(script.language)
        self.facilitator = people.add(FACILITATOR, language=self._language)
        seats = sum(member.seats for member in script.members)
        self.representatives = [
            people.add(FIRST_REPRESENTATIVE + number, language=self._language) for number in range(seats)
        ]
        self.group = work.tx.groups.add(GROUP, language=self._language).id
        self.partnership = self._partnership()
        self.closing = Closing(self.explorer, self.group, self.facilitator, script)

    @property
    def work(self) -> Work:
        return self.explorer.work

    @property
    def representative(self) -> PersonId:
        """The one over whose shoulder we look."""
        return self.representatives[0]

    def round(self) -> Iterator[Sight]:
        """Every card of a whole round up to its digest, state after state."""
        yield from self._beginning()
        round_id = rounds.draft(self.work, self.facilitator, self.partnership, Moment.BASELINE)
        self.explorer.chapter = "A round is prepared"
        yield from self.everybody(round_id)
        tried = f"tried/{self.partnership}"
        yield from self.explorer.show(self.facilitator, f"{tried}/contribute", f"{tried}/answer")
        yield from self._further_seat()
        desk = f"p/{self.partnership}"
        yield from self.explorer.refused(self.facilitator, f"{desk}/round", f"!{desk}/new/{Moment.BASELINE}")
        openness.propose(self.work, self.facilitator, round_id, Mode.PROPOSED)
        yield from self._collecting(round_id)
        yield from self._shaping(round_id)
        yield from self._voting(round_id)
        yield from self._answering(round_id)
        yield from self._closing(round_id)
        self.first = round_id

    def _beginning(self) -> Iterator[Sight]:
        self.explorer.chapter = "Before anything else"
        stranger = self.work.tx.people.add(STRANGER, language=self._language)
        yield from self.explorer.show(stranger, "home")
        yield from self.explorer.in_group(self.group, "welcome")
        yield from self.explorer.follow(self.facilitator, "home", "help", "privacy", "language")
        yield from self.explorer.show(self.facilitator, "from/an/earlier/time", f"p/{self.partnership}0")
        self.explorer.chapter = "Setting up"
        first, *_, last = sorted(
            partner.id for partner in self.work.tx.partnerships.partners(self.partnership)
        )
        yield from self.explorer.show(self.facilitator, f"p/{self.partnership}/added/{first}/{last}")
        yield from self._links()
        yield from self.sitter.sit(self.facilitator, "desk/setup/0")
        for form in ("partners", "name", "purpose", "place"):
            yield from self.sitter.sit(self.facilitator, f"desk/{form}/{self.partnership}")
        yield from self.explorer.show(self.facilitator, "desks/1", f"desks/of/{self.partnership}")
        self._take_seats()

    def _collecting(self, round_id: RoundId) -> Iterator[Sight]:
        self.explorer.chapter = "Decisions are collected"
        rounds.open_collecting(self.work, self.facilitator, round_id)
        yield from self.sitter.sit(self.representative, f"answer/{round_id}")
        for person, lines in zip(self.representatives[1:], self.script.contributions, strict=False):
            self._contribute(person, round_id, lines)
        yield from self.everybody(round_id, "opened/{round}")
        partner = self.work.tx.partnerships.partners(self.partnership)[0].id
        page = f"q/{self.partnership}/{partner}"
        yield from self.explorer.refused(self.facilitator, page, f"!{page}/seat")

    def _shaping(self, round_id: RoundId) -> Iterator[Sight]:
        self.let_pass(days=15)
        self.explorer.chapter = "The list of decisions is made"
        yield from self.everybody(round_id)
        named = {decision.wording: decision for decision in self.decisions(round_id)}
        for source, target in self.script.merged.items():
            shaping.merge(self.work, self.facilitator, named[source].id, named[target].id)
        for wording in self.script.left_out:
            shaping.leave_out(self.work, self.facilitator, named[wording].id)
        for decision, theme in zip(self.decisions(round_id), cycle(Theme), strict=False):
            shaping.set_theme(self.work, self.facilitator, decision.id, theme)
        yield from self.everybody(round_id)
        for target in dict.fromkeys(self.script.merged.values()):
            yield from self.explorer.follow(self.facilitator, f"d/{named[target].id}/apart/1")
        yield from self.sitter.sit(self.facilitator, f"desk/wording/{self.decisions(round_id)[1].id}")
        yield from self.sitter.sit(self.facilitator, f"desk/decisions/{round_id}")
        yield from self.sitter.sit(self.facilitator, f"desk/split/{self.decisions(round_id)[1].id}")
        self._undo(round_id)

    def _undo(self, round_id: RoundId) -> None:
        """Take the last change to the list back."""
        last = self.work.tx.rounds.last_change(round_id)
        assert last is not None  # noqa: S101 - a mistake in the walk
        self.press(f"!undo/{last.id}")

    def _voting(self, round_id: RoundId) -> Iterator[Sight]:
        self.explorer.chapter = "A long list is put to the vote"
        self._lengthen(round_id)
        yield from self.explorer.follow(self.facilitator, f"r/{round_id}/shape/1")
        voting.begin(self.work, self.facilitator, round_id)
        yield from self.sitter.sit(self.representative, f"answer/{round_id}")
        yield from self.everybody(round_id, "voting/{round}")
        self.let_pass(days=8)
        yield from self.explorer.show(self.facilitator, f"news/{round_id}")
        again = f"r/{round_id}/vote"
        yield from self.explorer.refused(self.facilitator, f"r/{round_id}", f"!{again}")
        self._shorten(round_id)

    def vote(self, round_id: RoundId) -> Iterator[Sight]:
        """What is asked in a vote, as one who votes meets it."""
        self._lengthen(round_id)
        voting.begin(self.work, self.facilitator, round_id)
        yield from self.sitter.sit(self.representative, f"answer/{round_id}")
        self.let_pass(days=8)
        self._shorten(round_id)

    def _lengthen(self, round_id: RoundId) -> None:
        room = MOST_TO_VOTE_ON - len(self.decisions(round_id))
        for wording in self.script.further[:room]:
            self.work.tx.rounds.add_decision(round_id, wording)

    def _shorten(self, round_id: RoundId) -> None:
        for decision in self.decisions(round_id):
            if decision.wording in self.script.further:
                shaping.leave_out(self.work, self.facilitator, decision.id)

    def _answering(self, round_id: RoundId) -> Iterator[Sight]:
        rounds.open_answering(self.work, self.facilitator, round_id)
        self.explorer.chapter = "The questions are open"
        answer, others = f"answer/{round_id}", self.representatives[1:]
        yield from self.sitter.sit(self.representative, answer, beside=others)
        yield from self.sitter.sit(self.representative, answer, apart=others)
        yield from self.everybody(
            round_id, "answering/{round}", "foretold/{round}/possible", "foretold/{round}/unsafe"
        )
        page = f"p/{self.partnership}/partners"
        seat = self.work.tx.partnerships.seats(self.partnership)[0].id
        yield from self.explorer.refused(self.facilitator, page, f"!s/{seat}/free")
        yield from self.explorer.refused(self.representative, f"mode/{round_id}", f"!mode/{round_id}/open")
        extend = f"r/{round_id}/extend"
        rounds.extend(self.work, self.facilitator, round_id)
        yield from self.explorer.refused(self.facilitator, f"r/{round_id}", f"!{extend}")
        yield from self.explorer.follow(self.facilitator, f"r/{round_id}")
        yield from self.explorer.in_group(self.group, f"extended/{round_id}")

    def _closing(self, round_id: RoundId) -> Iterator[Sight]:
        self.closing.begin(round_id)
        self.explorer.chapter = "The round is closed"
        yield from self.everybody(round_id)
        yield from self.explorer.show(self.representative, f"answer/{round_id}")
        self.explorer.chapter = "The digest"
        self.closing.comment(round_id)
        yield from self.closing.post(round_id, time=0)
        yield from self.closing.voices(round_id)
        yield from self._files(round_id)

    def round_of(self, round_id: RoundId) -> Round:
        found = self.work.tx.rounds.get(round_id)
        assert found is not None  # noqa: S101 - a mistake in the walk
        return found

    def _files(self, round_id: RoundId) -> Iterator[Sight]:
        """The messages with which reports and pictures come."""
        files = f"p/{self.partnership}/file"
        yield from self.explorer.show(self.facilitator, *(f"{files}/{what}/en" for what in Export))
        yield from self.explorer.show(self.representative, f"m/{self.partnership}/picture")
        yield from self.explorer.in_group(self.group, f"picture/{round_id}")

    def decisions(self, round_id: RoundId) -> tuple[Decision, ...]:
        return self.work.tx.rounds.decisions(round_id)

    def press(self, path: str) -> str:
        """Do what a button of the facilitator's does; returns where it leads."""
        found = PRIVATE_PAGES.find(path)
        assert found is not None, path  # noqa: S101 - a mistake in the walk
        action, arguments = found
        leads: str = action(self.work, self.facilitator, **arguments)
        return leads

    def let_pass(self, *, days: int) -> None:
        """Move on and do what has become due."""
        self.explorer.work = replace(self.work, now=self.work.now + timedelta(days=days))
        for round_id in timed.due_rounds(self.work):
            while timed.carry_out(self.work, round_id):
                pass

    def everybody(self, round_id: RoundId, *posted: str) -> Iterator[Sight]:
        """What the facilitator, a representative, somebody who did not agree yet and the group can see.

        Args:
            posted: what is posted about the round in its present state.
        """
        yield from self.explorer.follow(self.facilitator, "home", f"news/{round_id}")
        told = ("call", "remind", "thanks", "paused", "mode", "noted", "mine")
        yield from self.explorer.follow(
            self.representative,
            *("home", "mine", "erase", "erased"),
            *(f"{page}/{round_id}" for page in told),
        )
        yield from self.explorer.follow(self.representatives[-1], "home")
        yield from self.explorer.in_group(
            self.group,
            *("welcome", "help", "language", "next", "digest", "agreements"),
            *(path.format(round=round_id) for path in posted),
        )

    def _partnership(self) -> PartnershipId:
        partnerships, script = self.work.tx.partnerships, self.script
        made = partnerships.add(
            name=script.name, purpose=script.purpose, language=self._language, zone=script.zone
        )
        partnerships.add_facilitator(made, self.facilitator)
        for member in script.members:
            partner = partnerships.add_partner(
                made, name=member.name, acronym=member.acronym, kind=member.kind
            )
            for _ in range(member.seats):
                partnerships.set_stand_in(partnerships.add_seat(partner), member.stand_in)
        return made

    def _links(self) -> Iterator[Sight]:
        """The page with all invitations that one press makes, as it stays in a person's place."""
        path = self.press(f"!p/{self.partnership}/invite")
        trail = tuple(range(10**9, 10**9 + 10))
        self.work.tx.people.put_place(self.facilitator, Place(path, card=10**9, trail=trail))
        yield from self.explorer.follow(self.facilitator, path)

    def _take_seats(self) -> None:
        """Everybody sits down, the last one has not agreed yet; and the group is connected."""
        partnerships = self.work.tx.partnerships
        seats = partnerships.seats(self.partnership)
        for seat, person in zip(seats, self.representatives, strict=True):
            partnerships.bind(seat.id, person)
            if person != self.representatives[-1]:
                partnerships.set_consent(seat.id, NOTICE_VERSION)
        partnerships.save(replace(partnerships.get(self.partnership), group=self.group))

    def agree_all(self) -> None:
        """The last one agrees to take part, too."""
        for seat in self.work.tx.partnerships.seats(self.partnership):
            self.work.tx.partnerships.set_consent(seat.id, NOTICE_VERSION)

    def _further_seat(self) -> Iterator[Sight]:
        """Somebody of another partner is asked to confirm it."""
        partnerships = self.work.tx.partnerships
        *_, last = partnerships.partners(self.partnership)
        seat = partnerships.add_seat(last.id, confirmed=False)
        yield from self.explorer.show(self.representative, f"confirm/{seat}")
        yield from self.explorer.show(self.facilitator, f"q/{self.partnership}/{last.id}")
        partnerships.confirm_seat(seat)
        yield from self.explorer.show(self.representative, f"confirm/{seat}")
        partnerships.remove_seat(seat)

    def _contribute(self, person: PersonId, round_id: RoundId, lines: tuple[str, ...]) -> None:
        sitting = sitting_at(f"answer/{round_id}")
        assert sitting is not None  # noqa: S101 - a mistake in the walk
        turn(self.work, person, sitting, Said("\n".join(lines)))
