"""The round that is measured is a whole one, said in the language of the phone."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.bench import world
from bot.bench.script import CONTESTED, NAMED, Purpose, Script, script, steps
from bot.core.flow.library import load_library
from bot.wiring.machine import FLOWS, LOCALES

CATALOGS = GettextCatalogs(LOCALES)
PAT = load_library(FLOWS).get("pat")


def in_language(language: str) -> Script:
    return script(CATALOGS, PAT, language)


def test_every_decision_gets_a_row_and_a_choice_and_the_contested_ones_a_wish_and_a_word() -> None:
    counts = Counter(purpose for purpose, _ in in_language("en").answering)
    decisions = len(world.DECISIONS)
    assert (counts[Purpose.ROW], counts[Purpose.AGREE]) == (decisions, decisions - CONTESTED)
    assert (counts[Purpose.WISH], counts[Purpose.COMMENT]) == (CONTESTED, CONTESTED)


def test_some_decisions_are_fine() -> None:
    taps = [words for kind, words in steps(in_language("en").answering) if kind == "tap"]
    assert taps.count(world.FINE) == len(world.DECISIONS) - CONTESTED


@pytest.mark.parametrize("language", CATALOGS.languages)
def test_people_write_and_read_their_own_language(language: str) -> None:
    english, own = in_language("en"), in_language(language)
    assert len(set(own.decisions)) == len(world.DECISIONS)
    named = own.naming[1][1][1].splitlines()
    assert named == list(own.decisions[:NAMED])
    if language != "en":
        assert not set(own.decisions) & set(english.decisions)
        assert not {words for kind, words in steps(own.answering) if kind == "tap"} & {world.FINE}
