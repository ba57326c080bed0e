from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from bot.core.figures.memory import Last
from bot.core.figures.published import Earlier, Published, PublishedCell, PublishedDecision, publish
from bot.core.figures.tally import Sheet, Tally, tally
from bot.core.figures.words import (
    WITHHELD,
    AgreementSaid,
    AgreementWord,
    LevelSaid,
    LevelWord,
    Rung,
    Withheld,
)
from bot.core.ids import DecisionId, PartnerId

MOST = AgreementWord.MOST
D1, D2 = DecisionId(1), DecisionId(2)
A, B = PartnerId(11), PartnerId(12)


def of(sheets: list[Sheet], *, previous: Published | None = None, roster_changes: int = 0) -> Published:
    said = previous.decisions if previous else ()
    before = {found.decision: Earlier(found, roster_changes) for found in said}
    return publish(tally(sheets, [D1, D2], [A, B]), seats=1, previous=before)


AGREEING = Sheet(actual={D1: {A: 4, B: 0}}, agrees={D1: True})
DISAGREEING = Sheet(actual={D1: {A: 4, B: 0}}, agrees={D1: False}, desired={D1: {A: 2, B: 4}})


def test_each_cell_is_said_on_its_own() -> None:
    first, second = of([DISAGREEING] * 5).decisions
    assert first.agreement == AgreementSaid(AgreementWord.FEW)
    assert first.cells[A] == PublishedCell(
        actual=LevelSaid(LevelWord.HIGH, False), desired=LevelSaid(LevelWord.MIDDLE, False)
    )
    assert first.cells[B].desired == LevelSaid(LevelWord.HIGH, False)
    assert second.agreement is WITHHELD
    assert second.cells[A] == PublishedCell()


def test_a_round_below_the_floor_is_withheld_altogether() -> None:
    assert of([AGREEING] * 4).withheld
    assert of([]) == of([AGREEING] * 4)
    assert not of([AGREEING] * 5).withheld


def test_a_cell_below_the_floor_is_withheld_beside_others_that_are_said() -> None:
    sheets = [AGREEING] * 4 + [Sheet(actual={D1: {A: 4}})]
    first = of(sheets).decisions[0]
    assert first.cells[A].actual == LevelSaid(LevelWord.HIGH, False)
    assert first.cells[A].desired is first.cells[B].actual is first.agreement is WITHHELD


def test_it_survives_json_and_says_withheld_in_words() -> None:
    published = of([AGREEING] * 5)
    written = published.model_dump_json()
    assert Published.model_validate_json(written) == published
    first, second = json.loads(written)["decisions"]
    assert first["agreement"] == {"word": "most"}
    assert first["cells"]["11"]["actual"] == {"word": "high", "opposed": False}
    assert second["agreement"] == second["cells"]["12"]["desired"] == "withheld"


def test_it_holds_no_number_but_ids_and_what_is_announced_of_seats() -> None:
    def numbers(value: object) -> list[int]:
        match value:
            case dict():
                named = ("decision", "roster_changes", "seats")
                return [n for key, item in value.items() if key not in named for n in numbers(item)]
            case list():
                return [n for item in value for n in numbers(item)]
            case int() if not isinstance(value, bool):
                return [value]
        return []

    assert numbers(json.loads(of([AGREEING] * 3 + [DISAGREEING] * 3).model_dump_json())) == []


def test_counts_cannot_be_slipped_in() -> None:
    written = json.loads(of([AGREEING] * 5).model_dump_json())
    with pytest.raises(ValidationError):
        Published.model_validate({**written, "counts": [5]})


def test_who_gave_which_answer_makes_no_difference() -> None:
    sheets = [AGREEING, DISAGREEING, AGREEING, DISAGREEING, AGREEING]
    assert of(sheets).model_dump_json() == of(sheets[::-1]).model_dump_json()


def test_a_later_round_keeps_a_text_that_one_person_could_have_changed() -> None:
    before = of([AGREEING] * 4 + [DISAGREEING] * 2)
    sheets = [AGREEING] * 3 + [DISAGREEING] * 3
    assert of(sheets).decisions[0].agreement == AgreementSaid(AgreementWord.SPLIT)
    assert of(sheets, previous=before).decisions[0].agreement == AgreementSaid(AgreementWord.MOST)
    assert of([DISAGREEING] * 6, previous=before).decisions[0].agreement == AgreementSaid(AgreementWord.FEW)


def test_a_decision_or_partner_that_is_new_gets_a_fresh_text() -> None:
    earlier = publish(tally([AGREEING] * 5, [D2], [B]), seats=1)
    assert of([AGREEING] * 5, previous=earlier) == of([AGREEING] * 5)


def test_a_decision_may_have_another_identity_in_the_next_round() -> None:
    (before,) = publish(tally([AGREEING] * 4 + [DISAGREEING] * 2, [D1], [A]), seats=1).decisions
    carried = [Sheet(agrees={D2: agrees}) for agrees in (True, True, True, False, False, False)]
    (now,) = publish(tally(carried, [D2], [A]), seats=1, previous={D2: Earlier(before)}).decisions
    assert now.agreement == before.agreement == AgreementSaid(AgreementWord.MOST)


def agreement_of(published: Published) -> AgreementSaid | Withheld:
    return published.decisions[0].agreement


def test_people_who_join_one_after_the_other_are_counted_together() -> None:
    first = of([AGREEING] * 5 + [DISAGREEING] * 2)
    second = of([AGREEING] * 5 + [DISAGREEING] * 3, previous=first, roster_changes=1)
    third = of([AGREEING] * 5 + [DISAGREEING] * 4, previous=second, roster_changes=1)
    assert agreement_of(first) == agreement_of(second) == agreement_of(third) == AgreementSaid(MOST)
    forgetful = third.decisions[0].model_copy(update={"memory": None})
    joined = tally([AGREEING] * 5 + [DISAGREEING] * 5, [D1], [A])
    (now,) = publish(joined, seats=1, previous={D1: Earlier(forgetful, 1)}).decisions
    assert now.agreement == AgreementSaid(AgreementWord.SPLIT)
    assert agreement_of(
        of([AGREEING] * 5 + [DISAGREEING] * 5, previous=third, roster_changes=1)
    ) == AgreementSaid(MOST)


def test_once_more_than_half_have_come_or_gone_a_text_starts_anew() -> None:
    before = of([AGREEING] * 6)
    for _ in range(3):
        before = of([AGREEING] * 6, previous=before, roster_changes=1)
    after = of([DISAGREEING] * 6, previous=before, roster_changes=1)
    assert agreement_of(after) == AgreementSaid(AgreementWord.FEW)
    assert agreement_of(of([AGREEING] * 6, previous=after)) == AgreementSaid(MOST)


def test_a_round_with_too_few_answers_does_not_make_the_last_text_forgotten() -> None:
    before = of([AGREEING] * 4 + [DISAGREEING] * 2)
    gap = of([AGREEING] * 4, previous=before, roster_changes=0)
    assert agreement_of(gap) is WITHHELD
    assert agreement_of(of([AGREEING] * 3 + [DISAGREEING] * 3, previous=gap)) == AgreementSaid(MOST)


def test_silence_lasts_while_nobody_changes_and_ends_with_the_last_text() -> None:
    split = of([AGREEING] * 3 + [DISAGREEING] * 3)
    silent = of([AGREEING] * 6, previous=split)
    assert agreement_of(silent) is WITHHELD
    assert agreement_of(of([AGREEING] * 6, previous=silent)) is WITHHELD
    again = of([AGREEING] * 4 + [DISAGREEING] * 2, previous=silent)
    assert agreement_of(again) == agreement_of(split) == AgreementSaid(AgreementWord.SPLIT)


SEATS_CHANGED = [(answers, then, now) for answers in range(7, 11) for then, now in ((1, 2), (2, 1))]


@pytest.mark.parametrize(("answers", "then", "now"), SEATS_CHANGED)
def test_the_round_in_which_the_most_seats_changed_says_nothing_whatever_was_answered(
    answers: int, then: int, now: int
) -> None:
    for agreeing_then in range(answers + 1):
        (before,) = publish(group(agreeing_then, answers), seats=then).decisions
        for agreeing in range(answers + 1):
            (after,) = publish(group(agreeing, answers), seats=now, previous={D1: Earlier(before)}).decisions
            assert after.agreement is WITHHELD
            assert after.cells[A].actual is WITHHELD
            assert after.remembered().agreement == before.remembered().agreement


def group(agreeing: int, answers: int) -> Tally:
    return tally(
        [Sheet(actual={D1: {A: 4 * (n < agreeing)}}, agrees={D1: n < agreeing}) for n in range(answers)],
        [D1],
        [A],
    )


def test_after_that_silence_the_last_text_counts_again_and_a_new_group_starts_anew() -> None:
    (first,) = publish(group(6, 8), seats=1).decisions
    (silent,) = publish(group(2, 8), seats=2, previous={D1: Earlier(first)}).decisions
    (third,) = publish(group(5, 8), seats=2, previous={D1: Earlier(silent)}).decisions
    assert third.agreement == first.agreement == AgreementSaid(MOST)
    (anew,) = publish(group(0, 8), seats=2, previous={D1: Earlier(first, 5)}).decisions
    assert anew.agreement == AgreementSaid(AgreementWord.FEW)


def test_what_was_kept_before_seats_were_noted_is_measured_against_as_ever() -> None:
    (first,) = publish(group(6, 8), seats=1).decisions
    written = json.loads(first.model_dump_json())
    del written["memory"]["seats"]
    kept = PublishedDecision.model_validate(written)
    (after,) = publish(group(5, 8), seats=1, previous={D1: Earlier(kept)}).decisions
    assert after.agreement == AgreementSaid(MOST)


def test_the_memory_survives_json() -> None:
    published = of([AGREEING] * 6, previous=of([AGREEING] * 3 + [DISAGREEING] * 3), roster_changes=1)
    again = Published.model_validate_json(published.model_dump_json())
    assert again == published
    assert again.decisions[0].remembered().agreement == Last(
        said=AgreementSaid(AgreementWord.SPLIT), roster_changes=1
    )


def test_rungs_take_the_place_of_words_when_asked_for() -> None:
    published = publish(tally([DISAGREEING] * 8, [D1], [A, B]), seats=1, rungs=True)
    assert published.decisions[0].cells[A] == PublishedCell(
        actual=LevelSaid(Rung.DECIDES, False), desired=LevelSaid(Rung.CONSULTED, False)
    )
    written = json.loads(published.model_dump_json())
    assert written["decisions"][0]["cells"]["12"]["actual"] == {"word": "not_involved", "opposed": False}
    assert Published.model_validate(written) == published
