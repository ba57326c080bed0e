"""A whole round, played in the page with mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="comes with make e2e")

from tests.browser import story
from tests.browser.page import PlayPage, playing


@pytest.fixture
def page(tmp_path: Path) -> Iterator[PlayPage]:
    """The page of a playground of its own."""
    with playing(tmp_path) as made:
        yield made


@pytest.mark.e2e
def test_newcomers_play_a_whole_round_from_set_up_to_the_agreements(page: PlayPage) -> None:
    for part in (
        story.set_up,
        story.connect_group,
        story.invite,
        story.collect,
        story.shape,
        story.begin_by_typing,
        story.begin_by_tapping,
        story.answer_by_typing,
        story.answer_by_tapping,
        story.change_an_answer,
        story.help_the_others,
        story.close,
        story.meet,
        story.ask_everybody,
        story.put_check_ins_on_the_calendar,
        story.send_own_questions,
        story.let_a_year_pass,
        story.switch_a_language,
        story.read_the_page_in_another_language,
    ):
        part(page)
    assert page.errors == []
