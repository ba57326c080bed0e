"""What others did: the shipped file, and what is said of mistakes in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.measures import MOST, load_measures, measures_from
from bot.core.rounds.themes import THEME_NAMES, Theme
from bot.errors import FlowError

SHIPPED = load_measures(Path(__file__).parents[2] / "resources" / "measures.yaml")

ONE = """\
measures:
  - id: charter
    themes: [risk]
    text: Write it jointly
    source: {title: Somebody, where: example.org}
"""


@pytest.mark.parametrize("theme", list(Theme))
def test_every_theme_has_a_name_and_one_to_three_measures_with_their_sources(theme: Theme) -> None:
    assert THEME_NAMES[theme].msgid
    found = SHIPPED.about(theme)
    assert 1 <= len(found) <= MOST
    assert all(one.source.title and "." in one.source.where for one in found)


def test_links_are_plain_text() -> None:
    shown = [*(one.source for one in SHIPPED.measures), *SHIPPED.resources]
    assert not any("://" in source.where for source in shown)


def test_a_measure_is_found_by_its_id() -> None:
    (measure,) = measures_from(ONE, "measures.yaml").measures
    assert measures_from(ONE, "measures.yaml").find("charter") == measure
    assert SHIPPED.find("no_such") is None


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (ONE.replace("[risk]", "[weather]"), "measures.yaml:3:14: measures.0.themes.0: Input should be"),
        (ONE.replace("[risk]", "[]"), "measures.yaml:3:13: measures.0.themes: Tuple should have at least 1"),
        (ONE.replace("text:", "words:"), "measures.yaml:4:12: measures.0.words: is not known here"),
        (ONE.replace("title: Somebody, ", ""), "measures.yaml:5:13: measures.0.source.title: is missing"),
        (ONE.replace("jointly", "{jointly}"), "measures.yaml:4:11: measures.0.text: nothing is put in"),
        (ONE.replace("Write", "W" * 120), "measures.yaml:4:11: measures.0.text: String should have at most"),
        (ONE + ONE.partition("\n")[2], "measures.yaml:6:9: measures.1.id: charter is the id of an earlier"),
        (ONE + "measures: []\n", "measures.yaml:6:1: measures again: stands here twice"),
        ("measures: [", "measures.yaml:"),
    ],
)
def test_a_mistake_is_told_with_its_place(source: str, complaint: str) -> None:
    with pytest.raises(FlowError) as error:
        measures_from(source, "measures.yaml")
    assert complaint in str(error.value)


def test_a_theme_with_too_many_measures_is_refused() -> None:
    entry = ONE.partition("\n")[2]
    many = "measures:\n" + "".join(entry.replace("charter", f"charter_{n}") for n in range(MOST + 1))
    with pytest.raises(FlowError, match="risk has more than 3 measures"):
        measures_from(many, "measures.yaml")


def test_a_file_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FlowError, match="put the file back"):
        load_measures(tmp_path / "measures.yaml")
