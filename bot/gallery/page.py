"""Exhibits in, one page of HTML out: it needs no network, no script and no font but the reader's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from bot.gallery.exhibits import Exhibit, Problem
from bot.gallery.writing import Written

LOOKS = Path(__file__).with_name("page.css")
LONGEST_PLACE = 70
MOST_PLACES = 3
SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language on the page; ``name`` in its own words."""

    code: str
    name: str
    right_to_left: bool
    reviewed: bool


def page(
    tongues: Sequence[Tongue], exhibits: Sequence[Exhibit], problems: Sequence[Problem]
) -> Iterator[str]:
    """The page, piece by piece.

    Args:
        tongues: the source language first.
    """
    names = {tongue.code: tongue for tongue in tongues}
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Every card</title>\n<style>\n'
    )
    yield LOOKS.read_text(encoding="utf-8")
    yield "\n".join(_switching(tongue.code) for tongue in tongues)
    yield "\n</style>\n</head>\n<body>\n"
    yield from _switches(tongues)
    yield "<main>\n<h1>Every card</h1>\n"
    yield from _introduction(tongues, exhibits)
    yield from _problems(problems, names)
    chapters = [
        (chapter, list(found)) for chapter, found in groupby(_in_order(exhibits), lambda one: one.chapter)
    ]
    yield from _contents(chapters)
    for chapter, found in chapters:
        yield f"<h2>{escape(chapter)}</h2>\n"
        for exhibit in found:
            yield from _exhibit(exhibit, names)
    yield "</main>\n</body>\n</html>\n"


def _in_order(exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    """By chapter, in the order in which the chapters begin."""
    order = {chapter: place for place, chapter in enumerate(dict.fromkeys(one.chapter for one in exhibits))}
    return sorted(exhibits, key=lambda one: order[one.chapter])


def _switching(code: str) -> str:
    chosen = f"#in-{code}:checked"
    return (
        f"{chosen}~main [data-in={code}]{{display:block}}"
        f"{chosen}~.switch [for=in-{code}]{{background:var(--ink);color:var(--paper)}}"
        f"#in-{code}:focus-visible~.switch [for=in-{code}]{{outline:3px solid var(--mark)}}"
    )


def _switches(tongues: Sequence[Tongue]) -> Iterator[str]:
    """One radio button a language, before everything that depends on it."""
    others = [tongue for tongue in tongues if tongue.code != SOURCE]
    first = others[0].code if others else SOURCE
    for tongue in tongues:
        checked = " checked" if tongue.code == first else ""
        yield f'<input type="radio" name="in" id="in-{tongue.code}"{checked}>\n'
    yield '<input type="radio" name="in" id="in-all">\n<div class="switch">\n<a href="#contents">Contents</a>\n'
    for tongue in tongues:
        name = "English alone" if tongue.code == SOURCE else tongue.name
        yield f'<label for="in-{tongue.code}" lang="{tongue.code}">{escape(name)}</label>\n'
    yield '<label for="in-all">All side by side</label>\n</div>\n'


def _introduction(tongues: Sequence[Tongue], exhibits: Sequence[Exhibit]) -> Iterator[str]:
    yield (
        f"<p>{len(exhibits)} cards and texts in {len(tongues)} languages. Choose a language at the top: it stands "
        "beside the English. People and organisations are made up; what they wrote is in no language but their "
        "own. Under each card stands how long it is. Your browser finds words on this page.</p>\n"
    )
    unread = [tongue.name for tongue in tongues if not tongue.reviewed]
    if unread:
        yield f"<p>Not yet reviewed by a native speaker: {escape(', '.join(unread))}.</p>\n"


def _problems(problems: Sequence[Problem], names: Mapping[str, Tongue]) -> Iterator[str]:
    many = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    yield f'<section class="{"wrong" if problems else "well"}">\n<h2>{many}</h2>\n'
    if problems:
        yield "<ul>\n"
        for one in problems:
            said = f"<bdi>{escape(names[one.language].name)}</bdi> {escape(one.words)}"
            yield f'<li><a href="#{one.exhibit}">{said}</a></li>\n'
        yield "</ul>\n"
    yield "</section>\n"


def _contents(chapters: Iterable[tuple[str, list[Exhibit]]]) -> Iterator[str]:
    yield '<details id="contents" open>\n<summary>Contents</summary>\n'
    for chapter, found in chapters:
        yield f"<details>\n<summary>{escape(chapter)} ({len(found)})</summary>\n<ul>\n"
        for exhibit in found:
            title = escape(_title(exhibit))
            yield f'<li><a href="#{exhibit.name}">{title}</a> <code>{escape(_short(exhibit.places[0]))}</code></li>\n'
        yield "</ul>\n</details>\n"
    yield "</details>\n"


def _title(exhibit: Exhibit) -> str:
    written = exhibit.written.get(SOURCE) or next(iter(exhibit.written.values()))
    return written.title or _short(next(iter(written.lines), exhibit.places[0]))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_PLACE else f"{words[: LONGEST_PLACE - 1]}…"


def _exhibit(exhibit: Exhibit, names: Mapping[str, Tongue]) -> Iterator[str]:
    seen_by = ", ".join(sorted(exhibit.seers)) or "text"
    places = ", ".join(map(_short, exhibit.places[:MOST_PLACES]))
    more = f" and {len(exhibit.places) - MOST_PLACES} more" if len(exhibit.places) > MOST_PLACES else ""
    yield (
        f'<section id="{exhibit.name}">\n<h3><a href="#{exhibit.name}">{escape(_title(exhibit))}</a></h3>\n'
        f'<p class="where">{seen_by}: <code>{escape(places)}</code>{more}</p>\n<div class="side">\n'
    )
    for language, written in exhibit.written.items():
        yield from _card(written, names[language])
    yield "</div>\n</section>\n"


def _card(written: Written, tongue: Tongue) -> Iterator[str]:
    direction = "rtl" if tongue.right_to_left else "ltr"
    yield f'<article data-in="{tongue.code}" lang="{tongue.code}" dir="{direction}">\n'
    if written.over is None:
        yield '<div class="card">'
        if written.title:
            yield f'<p dir="auto"><b>{escape(written.title)}</b></p>'
        yield from (f'<p dir="auto">{escape(line)}</p>' if line else "<br>" for line in written.lines)
        yield "</div>\n"
        yield from map(_row, written.rows)
    for words in written.wrong:
        yield f'<p class="wrong" lang="en" dir="ltr">This {escape(words)}</p>\n'
    length = f" {written.size} of {written.most}" if written.size else ""
    yield f'<small lang="en" dir="ltr"><bdi>{escape(tongue.name)}</bdi>{length}</small>\n</article>\n'


def _row(labels: Sequence[str]) -> str:
    """A row of buttons: from left to right in every language, as Telegram has them."""
    buttons = "".join(f'<span dir="auto">{escape(label)}</span>' for label in labels)
    return f'<div class="row" dir="ltr">{buttons}</div>\n'
