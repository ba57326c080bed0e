"""What ``python -m bot catalogs`` does with the translations, as lines to print."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.adapters.i18n import catalog_tool
from bot.adapters.i18n.files import as_text
from bot.adapters.i18n.sheet_rows import note_reviewer, take
from bot.adapters.i18n.spreadsheet import read_workbook, write_workbook
from bot.wiring.machine import ROOT


def refreshed(root: Path = ROOT) -> list[str]:
    """Carry the texts of today into every catalog.

    Returns: what is missing, unsure or broken then.
    """
    catalog_tool.update(root)
    return catalog_tool.problems(root)


def begun(language: str, root: Path = ROOT) -> list[str]:
    """Begin a catalog; one that exists is left alone.

    Returns: why it could not be begun, when CLDR does not know the language.
    """
    try:
        catalog_tool.add(language, root)
    except ValueError as error:
        return [f"{error}; give a code such as sw or pt_BR"]
    return []


def to_workbooks(folder: Path, root: Path = ROOT) -> list[Path]:
    """Write a workbook for each language, with the texts of today; no catalog is touched."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language, _, catalog in catalog_tool.updated(root):
        written.append(folder / f"{language}.xlsx")
        write_workbook(written[-1], language, catalog)
    return written


def from_workbooks(files: Iterable[Path], root: Path = ROOT) -> list[str]:
    """Take what is good in workbooks over into the catalogs.

    Returns: what was left out, by file and row, with the reason.
    """
    catalogs = {language: (path, catalog) for language, path, catalog in catalog_tool.updated(root)}
    found: list[str] = []
    for file in files:
        try:
            sheet = read_workbook(file)
            if sheet.language not in catalogs:
                raise ValueError(f"there is no catalog for the language {sheet.language!r}, the sheet's name")
        except (ValueError, OSError) as error:
            found.append(f"{file.name}: {error}")
            continue
        path, catalog = catalogs[sheet.language]
        found += [f"{file.name}: {line}" for line in take(catalog, sheet.rows)]
        note_reviewer(catalog, sheet.reviewed_by)
        path.write_text(as_text(catalog), encoding="utf-8")
    return found
