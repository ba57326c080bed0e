"""What a facilitator types in for a seat on paper: sealed at once, replaced as a whole, counted like the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import behalf, checkins, enrolment, on_paper, partnerships, private, publishing, rounds
from bot.app.behalf import BehalfSitting
from bot.app.memory import Memory
from bot.app.pages.rights import mine
from bot.app.ports import Place
from bot.app.sheets import STAGES, UNFINISHED
from bot.app.watch import QUIET
from bot.core.confidentiality.holders import OnPaper
from bot.core.flow.events import DONE, KEEP, Said, Tapped, at
from bot.core.flow.readout import matrix_values
from bot.core.flow.session import from_json
from bot.core.ids import PersonId
from bot.core.partnerships import PartnerKind
from bot.core.rounds.lifecycle import TAKES_ANSWERS, Kind, Moment, RoundState
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.paper import Paper, written
from tests.unit.app.village import keep

Played = Callable[[Callable[[Paper], None]], None]


@pytest.fixture
def played(store: SqlStore, keys: FakeKeys) -> Played:
    return lambda play: written(store, keys, play)


def levels(paper: Paper) -> list[list[int | None]]:
    """The rows of every sheet that would be counted."""
    (decision,) = paper.work.tx.rounds.decisions(paper.round_id)
    sessions = [from_json(sheet.decode()) for sheet in paper.kept()]
    return [list(matrix_values(session, "actual", f"d{decision.id}").values()) for session in sessions]


def test_what_is_finished_is_one_sheet_like_every_other(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        assert paper.enter("420131") == f"entered/{paper.seat}/{paper.round_id}"
        assert levels(paper) == [[4, 2, 0, 1, 3, 1]]

    played(play)


def test_finished_it_is_sealed_and_another_entry_begins_empty(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        paper.enter("420131")
        session = paper.entry.open(paper.work, paper.facilitator)
        assert session.answers == {}
        assert not session.finished

    played(play)


def test_another_entry_replaces_the_first_as_a_whole_once_it_is_finished(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        paper.enter("420131")
        paper.do(paper.entry, paper.facilitator, Said("000000"))
        assert levels(paper) == [[4, 2, 0, 1, 3, 1]], "until then the first one counts"
        (decision,) = paper.work.tx.rounds.decisions(paper.round_id)
        paper.do(paper.entry, paper.facilitator, Tapped(f"agree/d{decision.id}=fine"))
        paper.do(paper.entry, paper.facilitator, Tapped(DONE))
        assert levels(paper) == [[0, 0, 0, 0, 0, 0]]

    played(play)


def test_what_is_unfinished_counts_nowhere_and_is_dropped_after_half_an_hour(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        paper.enter("420131")
        paper.do(paper.entry, paper.facilitator, Said("000000"))
        assert paper.entry.open(paper.work, paper.facilitator).answers
        keep(paper.work)
        entering = paper.work.setting.memory.entering
        assert entering.over(paper.work.now + QUIET / 2) == []
        assert entering.over(paper.work.now + QUIET) == [paper.facilitator]
        behalf.drop_unfinished(paper.work, paper.facilitator)
        assert paper.work.tx.sheets.all(paper.round_id, UNFINISHED) == []
        assert levels(paper) == [[4, 2, 0, 1, 3, 1]]

    played(play)


def test_somebody_who_came_back_to_it_keeps_it(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        paper.do(paper.entry, paper.facilitator, Said("420131"))
        keep(paper.work)
        assert paper.work.setting.memory.entering.over(paper.work.now + QUIET) == [paper.facilitator]
        paper.do(paper.entry, paper.facilitator, Tapped("agree/none"))
        paper.work.remarks.enters(paper.facilitator, paper.work.now)
        keep(paper.work)
        behalf.drop_unfinished(paper.work, paper.facilitator)
        assert paper.entry.open(paper.work, paper.facilitator).answers

    played(play)


def test_what_is_being_entered_this_moment_is_not_dropped(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        paper.do(paper.entry, paper.facilitator, Said("420131"))
        paper.work.remarks.news.clear()
        account = paper.work.tx.people.account(paper.facilitator)
        behalf.drop_unfinished(paper.work, paper.facilitator, acting={account})
        keep(paper.work)
        assert paper.entry.open(paper.work, paper.facilitator).answers
        assert paper.work.setting.memory.entering.watches(paper.facilitator)

    played(play)


def test_after_a_start_what_was_begun_is_given_half_an_hour_more(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        fresh = replace(paper.work.setting, memory=Memory())
        paper.work = replace(paper.work, setting=fresh)
        private.watch_again(paper.work)
        keep(paper.work)
        assert fresh.memory.entering.over(paper.work.now + QUIET) == [paper.facilitator]

    played(play)


def test_two_facilitators_never_see_what_the_other_began(played: Played) -> None:
    def play(paper: Paper) -> None:
        second = paper.work.tx.people.add(1900, language="en")
        paper.work.tx.partnerships.add_facilitator(paper.hamlet.partnership, second)
        paper.round_id = rounds.draft(
            paper.work, paper.facilitator, paper.hamlet.partnership, Moment.BASELINE
        )
        for person in (paper.facilitator, second):
            rounds.open_collecting(paper.work, person, paper.round_id)
        paper.do(paper.entry, paper.facilitator, Said("Which villages come first"))
        assert paper.entry.open(paper.work, second).answers == {}

    played(play)


def test_who_no_longer_facilitates_leaves_nothing_unfinished_behind(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.begin()
        paper.do(paper.entry, paper.facilitator, Said("Which villages come first"))
        behalf.forget(paper.work, paper.facilitator, paper.hamlet.partnership)
        assert paper.work.tx.sheets.all(paper.round_id, UNFINISHED) == []

    played(play)


def test_a_facilitator_finds_nothing_of_it_among_their_own_answers(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        paper.enter("420131")
        assert "There is nothing of yours" in paper.said(mine(paper.work, paper.facilitator))

    played(play)


def test_no_page_of_a_facilitator_tells_whether_something_was_entered(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        pages = [
            f"r/{paper.round_id}",
            paper.entry.rest(),
            f"q/{paper.hamlet.partnership}/{paper.hamlet.partners[-1]}",
        ]
        before = [paper.page(path) for path in pages]
        paper.enter("420131")
        assert [paper.page(path) for path in pages] == before

    played(play)


def test_what_was_entered_can_be_erased_and_a_seat_that_had_nothing_reads_the_same(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        behalf.erase(paper.work, paper.facilitator, paper.seat, paper.round_id)
        paper.enter("420131")
        behalf.erase(paper.work, paper.facilitator, paper.seat, paper.round_id)
        assert paper.kept() == []

    played(play)


@pytest.mark.parametrize("state", list(RoundState))
def test_it_is_entered_while_a_round_takes_answers(played: Played, state: RoundState) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        paper.work.tx.rounds.save(replace(paper.round, state=state))
        if state in TAKES_ANSWERS:
            assert paper.entry.open(paper.work, paper.facilitator).stage == STAGES[state]
        else:
            with pytest.raises(Refusal):
                paper.entry.open(paper.work, paper.facilitator)

    played(play)


def test_it_is_for_facilitators_and_for_seats_on_paper_of_their_own_partnership(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        taken = next(s for s in paper.work.tx.partnerships.seats(paper.hamlet.partnership) if s.person)
        other = paper.work.tx.partnerships.add(name="Other", purpose="", language="en", zone="UTC")
        paper.work.tx.partnerships.add_facilitator(other, paper.facilitator)
        partner = paper.work.tx.partnerships.add_partner(other, name="O", acronym="O", kind=PartnerKind.LOCAL)
        elsewhere = paper.work.tx.partnerships.add_seat(partner)
        paper.work.tx.partnerships.set_on_paper(elsewhere, True)
        unconfirmed = paper.work.tx.partnerships.add_seat(paper.hamlet.partners[0], confirmed=False)
        paper.work.tx.partnerships.set_on_paper(unconfirmed, True)
        refused: list[tuple[BehalfSitting, PersonId]] = [
            (paper.entry, paper.hamlet.people[0]),
            *(
                (BehalfSitting(seat, paper.round_id), paper.facilitator)
                for seat in (taken.id, elsewhere, unconfirmed)
            ),
        ]
        for sitting, person in refused:
            with pytest.raises(Refusal):
                sitting.open(paper.work, person)

    played(play)


def test_decisions_named_on_paper_reach_the_list(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.begin()
        paper.do(paper.entry, paper.facilitator, Said("Which villages come first"))
        paper.do(paper.entry, paper.facilitator, Tapped(at(KEEP, "decisions")))
        paper.do(paper.entry, paper.facilitator, Said("Never finished"))
        until = paper.round.collect_until
        paper.close(until)
        assert [found.wording for found in paper.work.tx.rounds.decisions(paper.round_id)] == [
            "Which villages come first"
        ]
        assert paper.work.tx.sheets.all(paper.round_id, UNFINISHED) == []

    played(play)


def test_a_check_in_is_answered_on_paper_too(played: Played) -> None:
    def play(paper: Paper) -> None:
        statements = checkins.draft_of_statements(paper.work, paper.hamlet.partnership)
        paper.work.tx.rounds.add_decision(statements, "We hear about decisions in time")
        opened = checkins.hold_now(paper.work, paper.facilitator, paper.hamlet.partnership, Kind.PULSE)
        paper.round_id = opened.id
        (asked,) = paper.work.tx.rounds.decisions(opened.id)
        paper.do(paper.entry, paper.facilitator, Tapped(f"agree/d{asked.id}=agree"))
        paper.do(paper.entry, paper.facilitator, Tapped(DONE))
        assert len(paper.kept()) == 1
        assert "PF (1, on paper)" in paper.group_page(f"checkin/{opened.id}")

    played(play)


def test_cancelled_or_counted_nothing_is_left_and_whoever_was_typing_is_led_out(played: Played) -> None:
    def play(paper: Paper, end: Callable[[Paper], None]) -> None:
        paper.ask()
        paper.enter("420131")
        path = f"behalf/{paper.seat}/{paper.round_id}"
        paper.do(paper.entry, paper.facilitator, Said("111111"))
        paper.work.tx.people.put_place(paper.facilitator, Place(path, card=5))
        end(paper)
        for cell in (UNFINISHED, "answer"):
            assert paper.work.tx.sheets.all(paper.round_id, cell) == []
        assert paper.work.tx.people.place(paper.facilitator).path == "home"

    played(lambda paper: play(paper, lambda one: rounds.cancel(one.work, one.facilitator, one.round_id)))
    played(lambda paper: play(paper, Paper.close))


def test_who_gave_which_answer_on_paper_or_off_it_changes_nothing_that_is_kept(
    store: SqlStore, keys: FakeKeys
) -> None:
    kept: list[tuple[str | None, int | None]] = []

    def play(paper: Paper, first: str, second: str) -> None:
        paper.ask()
        paper.answer(0, first)
        paper.enter(second)
        for number in range(1, 5):
            paper.answer(number, "012340")
        paper.close()
        words = paper.work.tx.rounds.published(paper.round_id)
        kept.append((words, paper.round.seated))

    for rows in (("444444", "000000"), ("000000", "444444")):
        written(store, keys, lambda paper, rows=rows: play(paper, *rows))
    assert kept[0] == kept[1]
    assert kept[0][0] is not None
    assert "withheld" not in kept[0][0].split('"memory"')[0]


def test_a_seat_stays_the_same_from_round_to_round_while_it_is_on_paper(played: Played) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        paper.close()
        seated = paper.work.tx.partnerships.seated(paper.round_id)
        assert OnPaper(paper.seat) in seated
        assert paper.round.seated == len(seated) == 6
        assert publishing.seated_now(paper.work, paper.hamlet.partnership) == seated
        paper.work.tx.rounds.save(replace(paper.round, state=RoundState.ARCHIVED))
        on_paper.mark(paper.work, paper.facilitator, paper.seat, on_paper=False)
        assert len(publishing.seated_now(paper.work, paper.hamlet.partnership) & seated) == 5

    played(play)


def test_a_seat_with_a_person_or_an_announced_one_is_not_marked(played: Played) -> None:
    def play(paper: Paper) -> None:
        taken = next(s for s in paper.work.tx.partnerships.seats(paper.hamlet.partnership) if s.person)
        with pytest.raises(Refusal):
            on_paper.mark(paper.work, paper.facilitator, taken.id, on_paper=True)
        paper.begin()
        with pytest.raises(Refusal):
            on_paper.mark(paper.work, paper.facilitator, paper.seat, on_paper=False)

    played(play)


def test_a_seat_on_paper_has_no_invitation_and_gets_none(played: Played) -> None:
    def play(paper: Paper) -> None:
        on_paper.mark(paper.work, paper.facilitator, paper.seat, on_paper=False)
        partnerships.invite(paper.work, paper.facilitator, paper.seat)
        marked = on_paper.mark(paper.work, paper.facilitator, paper.seat, on_paper=True)
        found = paper.work.tx.partnerships.seat(marked.id)
        assert found is not None
        assert found.expires is None
        with pytest.raises(Refusal):
            partnerships.invite(paper.work, paper.facilitator, paper.seat)
        assert "Make the missing invitations" not in paper.page(f"p/{paper.hamlet.partnership}/partners")
        assert "invitation link" not in paper.page(f"p/{paper.hamlet.partnership}")

    played(play)


def test_a_facilitator_takes_no_seat_while_a_round_with_paper_is_open(played: Played) -> None:
    """With a seat of their own they would know one answer more than was announced."""

    def play(paper: Paper) -> None:
        seat = paper.work.tx.partnerships.seats(paper.hamlet.partnership)[0]
        paper.work.tx.partnerships.vacate(seat.id)
        for free in (False, True):
            paper.work.tx.partnerships.invite(seat.id, token_hash=b"made-up", expires=paper.work.now + QUIET)
            if free:
                assert (
                    enrolment.open_invitation(paper.work, paper.facilitator, b"made-up")
                    == f"invited/{seat.id}"
                )
            else:
                paper.begin()
                with pytest.raises(Refusal):
                    enrolment.open_invitation(paper.work, paper.facilitator, b"made-up")
                rounds.cancel(paper.work, paper.facilitator, paper.round_id)

    played(play)
