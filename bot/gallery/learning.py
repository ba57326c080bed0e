"""Learning across partnerships in a walk: sharing begins, a release comes, sharing ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from bot.core.figures.learning import Learned, Members, ThemeWords
from bot.core.figures.words import AgreementSaid, AgreementWord, LevelSaid, LevelWord
from bot.core.quarters import quarter
from bot.core.rounds.themes import Theme
from bot.gallery.house import House
from bot.gallery.sights import Sight

SILENT = Theme.COMMUNITY
"""Nothing is told of it, so that this is met, too."""


def learning_of(house: House) -> Iterator[Sight]:
    """Before anybody shares, while this partnership does, and what everybody reads after a release."""
    house.explorer.chapter = "Learning across partnerships"
    explorer, page = house.explorer, f"p/{house.partnership}/learning"
    yield from explorer.show(house.facilitator, page, "learning")
    house.press(f"!{page}/share")
    yield from explorer.show(house.facilitator, page)
    yield from explorer.in_group(house.group, "sharing/begins", "learning")
    words = Learned(themes=dict(_each_word()))
    house.work.tx.learning.add(
        quarter(house.work.now), words=words.model_dump_json(), members=Members(seats=1).model_dump_json()
    )
    yield from explorer.show(house.representative, "learning")
    yield from explorer.in_group(house.group, "learning")
    house.press(f"!{page}/stop")
    yield from explorer.in_group(house.group, "sharing/ends")


def _each_word() -> Iterator[tuple[Theme, ThemeWords]]:
    """Every theme with a word of its own, as far as there are different ones."""
    for theme, agreement, level in zip(Theme, cycle(AgreementWord), cycle(LevelWord), strict=False):
        said = ThemeWords(contested=AgreementSaid(agreement), gap=LevelSaid(level, opposed=False))
        yield theme, ThemeWords() if theme is SILENT else said
