"""Keeps ``locales/`` in step with the texts in the code and the flows.

``python -m bot.adapters.i18n.catalog_tool`` takes one command: ``update``, meant when none is given, writes
``bot.pot`` and brings every ``bot.po`` up to date; ``extract`` writes ``bot.pot`` alone; ``add LANGUAGE``
begins a catalog; ``check`` says what is stale, missing or broken, and fails if anything is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.plural import PluralRule, to_gettext

from bot.adapters.i18n.files import NAME, as_text, broken, catalog_files, read_catalog, translations

ROOT = Path(__file__).resolve().parents[3]
KEYWORDS = {"say": None, "say_in": ((1, "c"), 2), "say_count": (1, 2), "pgettext": ((1, "c"), 2)}
PROJECT = "power-reflection-bot"
NOT_REVIEWED = "# Texts of the power reflection bot.\n# Reviewed by a native speaker: not yet."
COMMENT_TAGS = ("Translators:",)
COUNTS = range(1001)
"""Numbers that can stand in a message."""


def template(root: Path = ROOT) -> Catalog:
    """All texts of the code and the flows, as ``babel.cfg`` finds them."""
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = Catalog(project=PROJECT, header_comment="# Texts of the power reflection bot.", fuzzy=False)
    found = extract_from_dir(
        root, methods, options, keywords=KEYWORDS, comment_tags=COMMENT_TAGS, strip_comment_tags=True
    )
    for name, line, message, comments, context in sorted(found, key=lambda entry: entry[:2]):
        catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalog


def extract(root: Path = ROOT) -> None:
    """Write ``locales/bot.pot``."""
    _pot(root).write_text(as_text(template(root)), encoding="utf-8")


def update(root: Path = ROOT) -> None:
    """Write ``bot.pot`` and carry new texts into every catalog; translations are kept, never guessed."""
    fresh = template(root)
    _pot(root).write_text(as_text(fresh), encoding="utf-8")
    for _, path in catalog_files(root / "locales"):
        path.write_text(_updated(read_catalog(path), fresh), encoding="utf-8")


def add(language: str, root: Path = ROOT) -> None:
    """Begin a catalog for a language; one that exists is left alone."""
    path = root / "locales" / language / "LC_MESSAGES" / f"{NAME}.po"
    if path.exists():
        return
    path.parent.mkdir(parents=True)
    catalog = Catalog(
        locale=language.replace("-", "_"), project=PROJECT, header_comment=NOT_REVIEWED, fuzzy=False
    )
    path.write_text(_updated(catalog, template(root)), encoding="utf-8")


def stale(root: Path = ROOT) -> list[str]:
    """Files that ``update`` would change, relative to the root."""
    fresh = template(root)
    files = [] if _same(_pot(root), as_text(fresh)) else [_pot(root)]
    files += [path for _, path in catalog_files(root / "locales") if not _same(path, _updated(read_catalog(path), fresh))]
    return [path.relative_to(root).as_posix() for path in files]


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


def plural_forms(locale: Locale) -> str:
    """The header line of a language's plural forms, by the rules of CLDR.

    Forms that no count up to a thousand takes (Spanish and French have one for a million) are left out, so
    that nobody has to translate what is never said.
    """
    rule = locale.plural_form
    taken = {rule(count) for count in COUNTS}
    # "v" counts decimals; ours are whole numbers.
    whole = {tag: said.replace(" and v in 0", "") for tag, said in rule.rules.items() if tag in taken}
    return to_gettext(PluralRule(whole))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 1 when ``check`` found something."""
    parser = argparse.ArgumentParser(prog="catalog_tool", description="Keep the catalogs up to date.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("update", help="write bot.pot and bring every catalog up to date (the default)")
    commands.add_parser("extract", help="write bot.pot")
    commands.add_parser("add", help="begin a catalog").add_argument("language")
    commands.add_parser("check", help="say what is stale, missing or broken")
    given = parser.parse_args(arguments)
    if given.command == "check":
        wrong = [f"{name}: not up to date" for name in stale()] + problems()
        sys.stdout.writelines(f"{line}\n" for line in wrong)
        return 1 if wrong else 0
    if given.command == "add":
        add(given.language)
    elif given.command == "extract":
        extract()
    else:
        update()
    return 0


def _pot(root: Path) -> Path:
    return root / "locales" / f"{NAME}.pot"


def _updated(catalog: Catalog, fresh: Catalog) -> str:
    catalog.mime_headers = [("Plural-Forms", plural_forms(catalog.locale))]
    catalog.update(fresh, no_fuzzy_matching=True)
    return as_text(catalog)


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
