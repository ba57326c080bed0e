from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from bot.core.figures.published import Published, PublishedCell, publish
from bot.core.figures.tally import Sheet, tally
from bot.core.figures.words import WITHHELD, AgreementSaid, AgreementWord, LevelSaid, LevelWord
from bot.core.ids import DecisionId, PartnerId

D1, D2 = DecisionId(1), DecisionId(2)
A, B = PartnerId(11), PartnerId(12)


def of(sheets: list[Sheet], *, previous: Published | None = None) -> Published:
    return publish(tally(sheets, [D1, D2], [A, B]), seats=1, previous=previous)


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


def test_it_holds_no_number_but_ids() -> None:
    def numbers(value: object) -> list[int]:
        match value:
            case dict():
                return [n for key, item in value.items() if key != "decision" for n in numbers(item)]
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
