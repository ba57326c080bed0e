"""Keeps ``locales/`` in step with the texts in the code and the flows; ``python -m bot catalogs`` runs it.

Catalogs are not compiled on disk: the bot reads the ``.po`` files when it starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel import UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from bot.adapters.i18n import notes
from bot.adapters.i18n.codes import locale_of
from bot.adapters.i18n.files import NAME, as_text, broken, catalog_files, read_catalog, translations
from bot.adapters.i18n.plurals import plural_forms

ROOT = Path(__file__).resolve().parents[3]
KEYWORDS = {"say": None, "say_in": ((1, "c"), 2), "say_count": (1, 2), "pgettext": ((1, "c"), 2)}
PROJECT = "power-reflection-bot"
NOT_REVIEWED = "# Texts of the power reflection bot.\n# Reviewed by a native speaker: not yet."
COMMENT_TAGS = ("Translators:",)


def template(root: Path = ROOT) -> Catalog:
    """All texts of the code and the flows, as ``babel.cfg`` finds them, each with its notes."""
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = Catalog(project=PROJECT, header_comment="# Texts of the power reflection bot.", fuzzy=False)
    found = extract_from_dir(
        root, methods, options, keywords=KEYWORDS, comment_tags=COMMENT_TAGS, strip_comment_tags=True
    )
    for name, line, message, comments, context in sorted(found, key=lambda entry: entry[:2]):
        catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    for each in catalog:
        each.auto_comments = notes.in_order(each)
    return catalog


def update(root: Path = ROOT) -> None:
    """Write ``bot.pot`` and carry new texts into every catalog; translations are kept, never guessed."""
    fresh = template(root)
    _pot(root).write_text(as_text(fresh), encoding="utf-8")
    for _, path, catalog in updated(root, fresh):
        path.write_text(as_text(catalog), encoding="utf-8")


def updated(root: Path = ROOT, fresh: Catalog | None = None) -> Iterator[tuple[str, Path, Catalog]]:
    """Every language, its file, and its catalog with the texts of today; nothing is written."""
    fresh = fresh or template(root)
    for language, path in catalog_files(root / "locales"):
        yield language, path, _carried(fresh, read_catalog(path))


def add(language: str, root: Path = ROOT) -> None:
    """Begin a catalog for a language; one that exists is left alone.

    Raises: ValueError, when CLDR knows no such language.
    """
    try:
        locale = locale_of(language)
    except UnknownLocaleError:
        raise ValueError(f"there is no language {language!r}") from None
    path = root / "locales" / language / "LC_MESSAGES" / f"{NAME}.po"
    if path.exists():
        return
    path.parent.mkdir(parents=True)
    catalog = Catalog(locale=locale, project=PROJECT, header_comment=NOT_REVIEWED, fuzzy=False)
    path.write_text(as_text(_carried(template(root), catalog)), encoding="utf-8")


def stale(root: Path = ROOT) -> list[str]:
    """Files that say something else than ``update`` would write, whatever the order; relative to the root."""
    fresh = template(root)
    wanted = [(_pot(root), fresh), *((path, catalog) for _, path, catalog in updated(root, fresh))]
    return [
        path.relative_to(root).as_posix() for path, catalog in wanted if not _says(path, as_text(catalog))
    ]


def problems(root: Path = ROOT) -> list[str]:
    """What keeps a language from being whole: untranslated, unsure or broken messages, one line each."""
    found = []
    for language, path in catalog_files(root / "locales"):
        for message in read_catalog(path):
            if not message.id:
                continue
            wrong = broken(message)
            if not translations(message):
                wrong = "is not translated, or not in every plural form"
            elif message.fuzzy:
                wrong = "is marked fuzzy"
            if wrong is not None:
                source = message.id if isinstance(message.id, str) else message.id[0]
                found.append(f"{language}: {source!r}: {wrong}")
    return found


def _pot(root: Path) -> Path:
    return root / "locales" / f"{NAME}.pot"


def _carried(fresh: Catalog, catalog: Catalog) -> Catalog:
    catalog.mime_headers = [("Plural-Forms", plural_forms(catalog.locale))]
    catalog.update(fresh, no_fuzzy_matching=True)
    return catalog


def _says(path: Path, text: str) -> bool:
    """Whether a file has the same messages; their order changes when a text moves, and that is no news."""
    return path.exists() and sorted(path.read_text("utf-8").split("\n\n")) == sorted(text.split("\n\n"))
