"""The data set for researchers: a row for each release, theme and measure, and a dictionary that fits it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from bot.app.learning import Told
from bot.app.reports.learning import COLUMNS, dictionary, readme, records
from bot.core.figures.learning import Learned, ThemeWords
from bot.core.figures.words import WITHHELD, AgreementSaid, AgreementWord, LevelSaid, LevelWord
from bot.core.rounds.themes import Theme
from tests.unit.reports.archive import REPORTS

SPRING, SUMMER, AUTUMN = (datetime(2027, month, 1, 6, tzinfo=UTC) for month in (4, 7, 10))
MOST, SPLIT = AgreementSaid(AgreementWord.MOST), AgreementSaid(AgreementWord.SPLIT)
WIDE, OPPOSED = LevelSaid(LevelWord.HIGH, opposed=False), LevelSaid(LevelWord.HIGH, opposed=True)


def release(at: datetime, risk: ThemeWords, seats: int = 1) -> Told:
    themes = {theme: risk if theme is Theme.RISK else ThemeWords() for theme in Theme}
    return Told(at, Learned(seats=seats, themes=themes))


TOLD = [
    release(SPRING, ThemeWords(contested=MOST, gap=WIDE)),
    release(SUMMER, ThemeWords(contested=MOST, gap=OPPOSED), seats=2),
    release(AUTUMN, ThemeWords(contested=SPLIT, gap=WITHHELD)),
]


def read(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_release_theme_and_measure_has_one_row() -> None:
    rows = read(REPORTS.csv(records(TOLD), "en"))
    assert list(rows[0]) == [column.name for column in COLUMNS]
    keys = [(row["release_date"], row["theme"], row["measure"]) for row in rows]
    assert len(keys) == len(set(keys)) == 3 * len(Theme) * 2


def test_words_what_changed_floor_and_slack_stand_in_the_rows() -> None:
    rows = read(REPORTS.csv(records(TOLD), "en"))
    told = [tuple(row.values())[2:] for row in rows if row["theme"] == "risk"]
    assert told == [
        ("contested", "most", "", "", "5", "2"),
        ("gap", "high", "0", "", "5", "2"),
        ("contested", "most", "", "0", "7", "3"),
        ("gap", "high", "1", "1", "7", "3"),
        ("contested", "split", "", "1", "5", "2"),
        ("gap", "withheld", "", "", "5", "2"),
    ]


def test_before_the_first_release_there_is_a_head_alone() -> None:
    assert read(REPORTS.csv(records([]), "en")) == []


def test_the_dictionary_names_every_column_and_every_word() -> None:
    rows = {row["column"]: row for row in read(REPORTS.csv(dictionary(), "en"))}
    assert list(rows) == [column.name for column in COLUMNS]
    for word in (*AgreementWord, *LevelWord, "withheld"):
        assert word in rows["word"]["values"]
    assert all(theme in rows["theme"]["values"] for theme in Theme)


def test_no_explanation_is_cut_short() -> None:
    rows = read(REPORTS.csv(dictionary(), "en"))
    assert [tuple(row.values()) for row in rows] == [tuple(column) for column in COLUMNS]


def test_the_same_stands_in_the_readme_with_limits_and_licence() -> None:
    text = readme()
    assert all(f"| `{column.name}` |" in text for column in COLUMNS)
    assert {line.count(" | ") for line in text.splitlines() if line.startswith("| `")} == {3}
    assert "## Limits" in text
    assert "## Licence" in text
