"""People who read their phone in a language of their own: what they see, press and type is said by the catalogs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, expect

from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.core.flow.library import load_library
from bot.core.flow.texts import flow_texts
from bot.core.text import Line, Text
from tests.browser.page import Phone

ROOT = Path(__file__).parents[2]
CATALOGS = GettextCatalogs(ROOT / "locales")
PAT = load_library(ROOT / "flows").get("pat")
RIGHT_TO_LEFT, ISOLATES = {"R", "AL"}, {"LRI", "RLI", "FSI"}


def asked(step: str, words: str) -> Text:
    """Words of a step of the round's flow."""
    return Text(words, context=f"{PAT.flow}.{step}")


def why(step: str) -> Text:
    """Why a step asks, in its first paragraph."""
    context = asked(step, "").context
    return next(
        asked(step, text.msgid) for text in flow_texts(PAT) if text.context == context and "why" in text.path
    )


@dataclass(frozen=True)
class Reader:
    """Somebody with a phone, or a group, that reads this language."""

    phone: Phone
    language: str

    def read(self, line: Line) -> str:
        return CATALOGS.render(line, self.language)

    def shows(self, *lines: Line) -> None:
        self.phone.shows(*map(self.read, lines))

    def press(self, label: Line) -> None:
        """Press a button, and read what then stands there."""
        with self.phone.turn():
            self.phone.press(self.read(label))

    def key(self, row: int, column: int) -> Locator:
        """A button by its place, from 0."""
        return self.phone.newest.locator(".keys > div").nth(row).get_by_role("button").nth(column)

    def type(self, words: Line) -> None:
        """Send words, levels in the digits of the language, and read what comes."""
        with self.phone.turn():
            self.phone.say(self.read(words))

    def has_button(self, label: Line) -> None:
        """A button has this label and nothing else on it."""
        expect(self.phone.newest.get_by_role("button", name=self.read(label), exact=True)).to_be_visible()

    def posts(self, words: Line, *, times: int) -> Locator:
        """The messages that hold these words, when there are so many of them."""
        found = self.phone.root.locator("li.bot .text").filter(has_text=self.read(words))
        expect(found).to_have_count(times)
        return found

    def lines_begun_left(self) -> list[str]:
        """Lines of the bot that some phone would begin on the left."""
        said = self.phone.root.locator("li.bot .text").all_inner_texts()
        return [
            line for text in said for line in text.splitlines() if line.strip() and not _begins_right(line)
        ]


def _begins_right(line: str) -> bool:
    """Whether the first letter is written to the left, for phones that look into isolates and for others."""
    kinds = (unicodedata.bidirectional(letter) for letter in line)
    return next((kind for kind in kinds if kind in RIGHT_TO_LEFT | ISOLATES | {"L"}), "L") in RIGHT_TO_LEFT
