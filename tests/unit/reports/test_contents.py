"""What reports say, and what they never say."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.db.store import SqlStore
from bot.app.history import last_posted
from bot.app.work import Work
from bot.core.figures.named import NamedDecision, NamedMatrix, NamedRow
from bot.core.figures.published import Published, PublishedDecision
from bot.core.figures.words import AgreementSaid, AgreementWord
from bot.core.ids import PartnershipId
from bot.core.rounds.comments import KEPT, Audience, Comment
from bot.core.rounds.lifecycle import ActionStatus, Kind, Mode, RoundState
from bot.core.text import Text
from tests.unit.app.village import NOW
from tests.unit.reports.archive import FEW, Composed, composed, english, headings, lines_of


def test_the_report_after_a_meeting_has_every_section(few: Composed) -> None:
    assert headings(few.after) == [
        "Partners",
        "How it went",
        "Who decides what",
        "What we agreed",
        "What the words mean",
        "Privacy",
    ]


def test_the_report_over_time_has_every_section(few: Composed) -> None:
    assert headings(few.over) == [
        "Partners",
        "How it went",
        "Who decides what",
        "What we agreed",
        "What the words mean",
        "Privacy",
    ]


def test_both_tell_of_partners_words_agreements_actions_and_whose_method_it_is(few: Composed) -> None:
    for document in (few.after, few.over):
        told = english(document)
        assert {"Made-up partnership 1", "Made-up purpose 1", "Made-up partner 4", "funder"} <= set(told)
        assert {"High", "Mixed", "–", "Decides", "Method: Power Awareness Tool of Partos."} <= set(told)
        assert any(
            "Made-up action 1 (Made-up acronym 2, by 30 September 2031): not started" in one for one in told
        )


def test_the_report_over_time_puts_the_rounds_beside_each_other_and_says_what_changed(few: Composed) -> None:
    told = english(few.over)
    assert told.count("Agreement") == FEW.decisions
    assert "Round 1, Mid-term" in told
    assert any(one.startswith("Lower than last time: ") for one in told)


def test_an_earlier_wording_of_a_decision_is_told(archive: SqlStore) -> None:
    def reword(work: Work, partnership: PartnershipId) -> None:
        *_, first = work.tx.rounds.of_partnership(partnership)
        decision = work.tx.rounds.decisions(first.id)[0]
        work.tx.rounds.save_decision(replace(decision, wording="How it was called before"))

    assert "How it was called before" in english(composed(archive, more=reword).over)


def test_texts_for_the_group_are_told_and_texts_for_the_facilitators_are_not(archive: SqlStore) -> None:
    def comment(work: Work, partnership: PartnershipId) -> None:
        round_ = last_posted(work, partnership)
        assert round_ is not None
        decision = work.tx.rounds.decisions(round_.id)[1].id
        texts = [Comment(decision, audience, f"A made-up text for {audience}") for audience in Audience]
        work.tx.comments.add(round_.id, texts, until=NOW + KEPT)

    told = composed(archive, more=comment)
    assert "“A made-up text for group”" in english(told.after)
    everything = " ".join((*english(told.after), *english(told.over), str(told.workbook), str(told.matrix)))
    assert "for facilitators" not in everything


def test_a_check_in_is_told_over_time(archive: SqlStore) -> None:
    def hold(work: Work, partnership: PartnershipId) -> None:
        rounds = work.tx.rounds
        made = rounds.add(
            partnership,
            kind=Kind.PULSE,
            moment=None,
            flow="pulse",
            flow_version=1,
            collect_days=7,
            answer_days=7,
        )
        rounds.save(replace(made, state=RoundState.ARCHIVED, answer_until=NOW, posted=True))
        asked = rounds.add_decision(made.id, "A made-up statement")
        said = PublishedDecision(decision=asked, agreement=AgreementSaid(AgreementWord.FEW), cells={})
        rounds.publish(made.id, Published(decisions=(said,)).model_dump_json())

    told = composed(archive, more=hold)
    assert "Check-ins" in headings(told.over)
    assert {"Pulse", "1. A made-up statement", "Few agree."} <= set(english(told.over))
    assert any("A made-up statement" in row and "few" in row for row in told.workbook.records.rows)


def test_a_round_with_too_few_answers_says_so_and_nothing_else(archive: SqlStore) -> None:
    told = composed(archive, more=lambda work, partnership: _publish_next(work, partnership, None))
    assert "Not enough answers for a safe summary this time. Nothing was kept." in english(told.after)
    assert all(cell.words == "" for row in told.matrix.rows for cell in row.cells)


def test_an_open_round_tells_who_gave_which_level_by_partner(archive: SqlStore) -> None:
    told = composed(archive, more=lambda work, partnership: _publish_next(work, partnership, 3))
    lines = english(told.after)
    assert any(one.startswith("Made-up acronym 1: 3") for one in lines)
    assert (
        "Open: every seat agreed that levels are shown with the name of the partner who gave them." in lines
    )
    assert not any("were destroyed when they closed" in one for one in lines)
    assert {"Made-up acronym 1"} == {row[-1] for row in told.workbook.records.rows if row[-1]}


def _publish_next(work: Work, partnership: PartnershipId, level: int | None) -> None:
    """One more round: an open one in which a seat gave one level to all, or one with too few answers."""
    rounds = work.tx.rounds
    made = rounds.add(
        partnership,
        kind=Kind.REFLECTION,
        moment=None,
        flow="pat",
        flow_version=2,
        collect_days=7,
        answer_days=7,
    )
    mode = Mode.CONFIDENTIAL if level is None else Mode.OPEN
    rounds.save(replace(made, state=RoundState.MEETING, answer_until=NOW, posted=True, mode=mode))
    asked = rounds.add_decision(made.id, "A made-up decision")
    if level is None:
        words: Published | NamedMatrix = Published(decisions=(PublishedDecision(decision=asked, cells={}),))
    else:
        partners = [partner.id for partner in work.tx.partnerships.partners(partnership)]
        row = NamedRow(partner=partners[0], actual=dict.fromkeys(partners, level), agrees=True, desired={})
        words = NamedMatrix(decisions=(NamedDecision(decision=asked, rows=(row,)),))
    rounds.publish(made.id, words.model_dump_json())


def test_an_action_tells_how_far_it_is(archive: SqlStore) -> None:
    def finish(work: Work, partnership: PartnershipId) -> None:
        first, *_ = work.tx.rounds.actions(partnership)
        work.tx.rounds.save_action(replace(first, status=ActionStatus.DONE))

    told = composed(archive, more=finish)
    assert any(one.endswith(": done") for one in english(told.over))
    assert any("done" in row for row in told.workbook.records.rows)


def test_what_the_words_mean_is_said_once_however_many_rounds_say_it(few: Composed) -> None:
    meanings = [
        line for line in lines_of(few.over) if isinstance(line, Text) and "more than half chose" in line.msgid
    ]
    assert len(meanings) == 1
