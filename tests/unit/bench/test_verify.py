"""The check after a day finds whatever is missing, wrong or doubled."""

from __future__ import annotations

from bot.bench.behaviour import Answers
from bot.bench.verify import differences, unhandled

GIVEN: dict[int, Answers | None] = {
    1001: {"actual/0": "42?01123", "agree/0": "fine"},
    1002: {},
    1003: None,
}
SHEETS = [{"actual/0": "42?01123", "agree/0": "fine"}, {}]


def test_what_is_kept_as_it_was_given_is_right() -> None:
    assert differences(GIVEN, dict(GIVEN), reversed(SHEETS)) == []


def test_a_missing_answer_is_found() -> None:
    lost: Answers = {"actual/0": "42?01123"}
    assert differences(GIVEN, GIVEN | {1001: lost}, [lost, {}]) == ["1001: agree/0 is missing, not fine"]


def test_a_missing_sheet_is_found() -> None:
    assert differences(GIVEN, GIVEN | {1002: None}, SHEETS[:1]) == ["1002: has no sheet"]


def test_a_wrong_answer_is_found() -> None:
    other: Answers = {"actual/0": "42?01124", "agree/0": "fine"}
    assert differences(GIVEN, GIVEN | {1001: other}, [other, {}]) == [
        "1001: actual/0 is 42?01124, not 42?01123"
    ]


def test_an_answer_that_nobody_gave_is_found() -> None:
    more: Answers = {**SHEETS[0], "desired/0": "42?01123"}
    assert differences(GIVEN, GIVEN | {1001: more}, [more, {}]) == ["1001: desired/0 is 42?01123, not given"]


def test_a_sheet_of_somebody_who_never_began_is_found() -> None:
    assert differences(GIVEN, GIVEN | {1003: {}}, [*SHEETS, {}]) == ["1003: has a sheet, and never began"]


def test_an_answer_that_counts_twice_is_found() -> None:
    assert differences(GIVEN, GIVEN, [*SHEETS, SHEETS[0]]) == [
        "a sheet counts once too often: actual/0 42?01123, agree/0 fine"
    ]


def test_an_answer_that_does_not_count_is_found() -> None:
    assert differences(GIVEN, GIVEN, SHEETS[:1]) == ["a sheet does not count: empty"]


def test_every_update_has_to_be_handled_once_and_no_other() -> None:
    assert unhandled(3, [3, 1, 2]) == []
    assert unhandled(3, [1, 2]) == ["update 3 was not handled"]
    assert unhandled(1, [1, 7]) == ["update 7 was handled, and nobody sent it"]
