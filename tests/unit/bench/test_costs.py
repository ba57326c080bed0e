"""A round is read out by language and held against its targets."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bench.costs import Cost, Passage, purposes, table, told, verdicts
from bot.bench.passage import total
from bot.bench.script import Purpose

NAMING: dict[str, Any] = {
    "calls": {"sendMessage": 2, "editMessageText": 2, "answerCallbackQuery": 2},
    "taps": 2,
    "typed": 1,
    "text": 900,
    "markup": 1100,
    "device": 6000,
    "purposes": {Purpose.BEGIN: 1, Purpose.NAME: 1, Purpose.END: 1},
}


def answering(**changed: Any) -> dict[str, Any]:
    return {
        "calls": {"sendMessage": 13, "editMessageText": 13},
        "taps": 13,
        "typed": 12,
        "text": 7000,
        "markup": 9000,
        "device": 40_000,
        "purposes": {Purpose.ROW: 8, Purpose.AGREE: 8, Purpose.READERS: 1},
        **changed,
    }


def passage(language: str = "en", name: str = "English", **changed: Any) -> Passage:
    return Passage.of(language, {"name": name, "naming": NAMING, "answering": answering(**changed)})


def test_parts_of_a_sitting_are_added_up() -> None:
    report = {"calls": {"sendMessage": 1}, "taps": 0, "typed": 1, "text": 10, "markup": 20, "device": 300}
    assert Cost.of(total([report, report])) == Cost(
        new=2, edits=0, taps=0, typed=2, text=20, markup=40, device=600
    )


def test_a_row_tells_the_whole_and_in_brackets_both_sittings() -> None:
    (row,) = table([passage()])[1:]
    assert row.split() == [
        *("en", "15", "15", "30", "(4", "+", "26)", "13", "15", "28", "(3", "+", "25)"),
        *("7.9", "10.1", "18.0", "46.0"),
    ]


def test_a_target_is_judged_in_words_for_answering_alone_and_for_the_whole() -> None:
    actions, messages, *_ = verdicts([passage()])
    assert actions == (
        "at most 25 actions: 25 to answer, within; 28 with the naming of decisions before it, beyond"
    )
    assert messages == (
        "at most 30 messages and edits: 26 to answer, within; 30 with the naming of decisions before it, within"
    )


def test_the_language_that_needs_most_actions_decides() -> None:
    (actions, *_) = verdicts([passage(), passage("fr", "Français", typed=13)])
    assert actions.startswith("at most 25 actions: 26 to answer, beyond")


@pytest.mark.parametrize(
    ("text", "latin", "any_script"),
    [
        (30_000, "18.0 kB in the costliest (en), within", "41.0 kB in the costliest (am), beyond"),
        (6000, "18.0 kB in the costliest (en), within", "18.0 kB in the costliest (en), within"),
    ],
)
def test_bytes_are_judged_by_script(text: int, latin: str, any_script: str) -> None:
    found = verdicts([passage(), passage("am", "አማርኛ", text=text)])
    assert found[2] == f"at most 25 kB of text and markup in Latin script: {latin}"
    assert found[3] == f"at most 40 kB of text and markup in any script: {any_script}"


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("English", True),
        ("Português", True),
        ("Bahasa Indonesia", True),
        ("العربية", False),
        ("हिन्दी", False),
    ],
)
def test_a_script_is_known_by_the_name_of_its_language(name: str, latin: bool) -> None:
    assert passage(name=name).is_latin == latin


def test_what_actions_are_for_is_told_with_how_many_are_answers() -> None:
    named, answered = purposes(NAMING["purposes"], answering()["purposes"])
    assert named == "actions to name decisions: begin from the call 1, name decisions 1, done 1"
    assert answered.endswith("who may read it 1; 16 of them are answers, the rest leads from one to another")


def test_the_formula_of_the_estimate_is_printed_with_it() -> None:
    assert "device bytes, estimated" in "\n".join(told([passage()]))
