"""From a card to what stands on a phone, in every language, with what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import Protocol

from bot.adapters.telegram.render import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    JsonObject,
    Message,
    OverLimit,
    render,
    utf16,
)
from bot.app.ports import Catalogs
from bot.core.cards import Card
from bot.gallery.direction import lines_begun_left
from bot.gallery.sights import Sight, Version
from bot.gallery.texts import Known, Source, sources


class Languages(Catalogs, Protocol):
    """Catalogs that also tell what they translate."""

    def msgids(self, language: str) -> frozenset[Source]:
        """What a language translates, as (context, English text)."""


@dataclass(frozen=True, slots=True)
class Written:
    """A card in one language, as Telegram shows it.

    Attributes:
        lines: after the title; an empty one is an empty line.
        rows: labels of the buttons.
        size: characters, of at most ``most``.
        untranslated: the English texts in it that the language does not translate.
        turned: lines that begin on the wrong side.
        over: which limit it breaks; nothing else is set then.
    """

    title: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    size: int = 0
    most: int = LONGEST_TEXT
    untranslated: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    over: str | None = None

    @property
    def wrong(self) -> tuple[str, ...]:
        """Everything that is to be mended, in words."""
        return (
            *([] if self.over is None else [f"does not fit: {self.over}"]),
            *(f"is not translated: {text}" for text in self.untranslated),
            *(f"begins on the left: {line}" for line in self.turned),
        )


class Writer:
    """Writes cards as Telegram shows them.

    Args:
        right_to_left: languages that are written so.

    Attributes:
        met: every text that a card was made of.
    """

    def __init__(self, catalogs: Languages, right_to_left: Set[str] = frozenset()) -> None:
        self.met: set[Source] = set()
        self._catalogs = catalogs
        self._right_to_left = right_to_left

    def card(self, sight: Sight) -> dict[str, Written]:
        """A card in every language."""
        return {language: self._card(version, language) for language, version in sight.versions.items()}

    def text(self, known: Known) -> dict[str, Written]:
        """A text that stands on no card in every language, its placeholders showing."""
        written = {}
        for language in self._catalogs.languages:
            lines = tuple(self._catalogs.render(known.text, language).split("\n"))
            missing = () if self._translates(language, known.source) else (known.source[1],)
            written[language] = Written(lines=lines, untranslated=missing)
        return written

    def _card(self, version: Version, language: str) -> Written:
        used = tuple(dict.fromkeys(sources(version.card)))
        self.met.update(used)
        try:
            message = render(
                _with_any_file(version.card),
                languages=(language,),
                catalogs=self._catalogs,
                tokens=version.tokens,
                plain=False,
            )
        except OverLimit as error:
            return Written(over=str(error))
        most = LONGEST_TEXT if message.file is None else LONGEST_CAPTION
        if message.file is not None and message.text.endswith("…"):
            return Written(over=f"a caption that is cut at {most} characters")
        title, lines = _parted(message)
        missing = (source for source in used if not self._translates(language, source))
        is_turned = language in self._right_to_left
        turned = lines_begun_left(version.card, language, self._catalogs) if is_turned else ()
        return Written(
            title,
            lines,
            tuple(_labels(message)),
            size=utf16(message.text),
            most=most,
            untranslated=tuple(msgid for _, msgid in missing),
            turned=tuple(turned),
        )

    def _translates(self, language: str, source: Source) -> bool:
        return language == self._catalogs.languages[0] or source in self._catalogs.msgids(language)


def _with_any_file(card: Card) -> Card:
    """The card with another file under the same name: what is in it is not shown, and takes time to make."""
    return card if card.file is None else replace(card, file=replace(card.file, content=b"any"))


def _parted(message: Message) -> tuple[str, tuple[str, ...]]:
    """The bold title, and the lines after it."""
    units = message.entities[0]["length"]
    title = message.text.encode("utf-16-le")[: 2 * units].decode("utf-16-le")
    rest = message.text[len(title) :].removeprefix("\n")
    return title, tuple(rest.split("\n")) if rest else ()


def _labels(message: Message) -> Iterator[tuple[str, ...]]:
    rows = () if message.keyboard is None else message.keyboard["inline_keyboard"]
    for row in rows:
        yield tuple(map(_label, row))


def _label(button: JsonObject) -> str:
    """What stands on a button; those that leave the chat or copy something have a sign, as in Telegram."""
    sign = " ↗" if "url" in button else " ⧉" if "copy_text" in button else ""
    return str(button["text"]) + sign
