"""The walk through the made-up partnership leaves nothing out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.adapters.i18n.catalog_tool import ROOT
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES
from bot.core.flow.library import load_library
from bot.gallery.example import EXAMPLE
from bot.gallery.exhibits import OTHER_TEXTS
from bot.gallery.sights import Seer
from bot.wiring import cards
from bot.wiring.cards import Gallery, build
from tests.unit.gallery.test_page import read

SOME = ("ar", "bn", "fr")
"""From right to left, with digits of its own, and one that is long; all of them would take longer."""
LARGEST = 6_000_000


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locales")
    for language in SOME:
        (folder / language).symlink_to(ROOT / "locales" / language)
    return folder


@pytest.fixture(scope="module")
def gallery(locales: Path) -> Gallery:
    return build(EXAMPLE, GettextCatalogs(locales))


def test_every_page_is_there(gallery: Gallery) -> None:
    pages = {
        function
        for router in (PRIVATE_PAGES, GROUP_PAGES)
        for pattern, _, function in router._routes
        if not pattern.pattern.startswith("!")
    }
    assert pages - gallery.house.explorer.visited == set()


def test_every_step_of_every_flow_is_there(gallery: Gallery) -> None:
    asked = {
        (flow.flow, stage, step)
        for flow in load_library(ROOT / "flows").newest()
        for stage in flow.stages
        for step in _steps(flow.steps(stage))
    }
    assert asked - gallery.house.sitter.steps == set()


def _steps(steps: object) -> Iterator[str]:
    for step in steps:  # type: ignore[attr-defined]
        inner = getattr(step, "steps", None)
        if inner is None:
            yield step.id
        else:
            yield from _steps(inner)


def test_every_card_is_there_in_every_language(gallery: Gallery) -> None:
    everywhere = {"en", *SOME}
    several = {one.name for one in gallery.collection.exhibits if set(one.written) != everywhere}
    assert all(name.startswith("digest-") for name in several), "only a digest may need more pages in some"
    assert {Seer.FACILITATOR, Seer.REPRESENTATIVE, Seer.GROUP} == {
        seer for one in gallery.collection.exhibits for seer in one.seers
    }


def test_every_text_is_there(gallery: Gallery) -> None:
    said = {one.chapter for one in gallery.collection.exhibits}
    assert OTHER_TEXTS in said
    refused = [one for one in gallery.collection.exhibits if "refused" in one.places[0]]
    assert len(refused) > 3


def test_nothing_is_wrong_with_the_cards(gallery: Gallery) -> None:
    assert gallery.collection.problems == []


def test_the_page_is_whole_and_not_too_large(gallery: Gallery) -> None:
    reader = read(gallery.html)
    assert reader.open == []
    assert {link.removeprefix("#") for link in reader.links} <= reader.anchors
    assert len(gallery.html.encode()) < LARGEST


@pytest.mark.audit
def test_two_walks_give_the_same_page(tmp_path: Path) -> None:
    english_alone = GettextCatalogs(tmp_path)
    assert build(EXAMPLE, english_alone).html == build(EXAMPLE, english_alone).html


def test_the_command_fails_while_there_are_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cards, "write_cards", lambda _: ["fr: is not translated: Home (#home)"])
    assert main(["cards", "--out", str(tmp_path / "cards.html")]) == 1
    assert "1 problem" in capsys.readouterr().out


def test_the_command_succeeds_when_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cards, "write_cards", lambda _: [])
    assert main(["cards", "--out", str(tmp_path / "cards.html")]) == 0
    assert "0 problems" in capsys.readouterr().out
