"""A form as the workbook that ODK, KoboToolbox and others read: an XLSForm, with a column for each language.

Source: https://xlsform.org; the tests convert every form with pyxform, as those programmes do.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from bot.adapters.reports.tables import defused, new_workbook
from bot.adapters.reports.writing import Scribe
from bot.app.ports import Catalogs
from bot.core.forms.form import Field, Form, Lines

Rows: TypeAlias = list[dict[str, str]]
"""Rows by the names of their columns; what is empty is not there."""


def xlsform_file(form: Form, catalogs: Catalogs, languages: Sequence[str]) -> bytes:
    """Write the workbook; the same form gives the same bytes.

    Args:
        languages: codes; a form opens in the first.
    """
    scribes = {column_of(catalogs, code): Scribe(catalogs, code) for code in languages}
    default, first = next(iter(scribes.items()))
    settings = {
        "form_title": _words(first, (form.title,)),
        "form_id": form.id,
        "version": str(form.version),
        "default_language": default,
    }
    choices: Rows = [
        {
            "list_name": one.list,
            "name": one.name,
            **{f"label::{name}": _words(scribe, (one.label,)) for name, scribe in scribes.items()},
        }
        for one in form.lists
    ]
    survey = [_row(form, one, scribes) for one in form.fields]
    return _workbook({"survey": survey, "choices": choices, "settings": [settings]})


def column_of(catalogs: Catalogs, language: str) -> str:
    """How a language is named in the heads of columns: "Français (fr)"."""
    return f"{catalogs.name(language)} ({language.replace('_', '-')})"


def _row(form: Form, one: Field, scribes: dict[str, Scribe]) -> dict[str, str]:
    in_words: dict[str, Callable[[str], Lines]] = {
        "label": lambda language: form.label_of(one, language),
        "guidance_hint": lambda _: one.guidance,
        "constraint_message": lambda _: one.refusal,
    }
    said = {
        f"{column}::{name}": _words(scribe, lines(scribe.language))
        for column, lines in in_words.items()
        for name, scribe in scribes.items()
    }
    row = {
        "type": one.type,
        "name": one.name,
        **said,
        "required": "yes" if one.required else "",
        "relevant": one.relevant,
        "constraint": one.constraint,
        "appearance": one.appearance,
    }
    return {column: words for column, words in row.items() if words}


def _words(scribe: Scribe, lines: Lines) -> str:
    """Lines as one field; nothing that people typed becomes a reference to another question."""
    return defused("\n".join(map(scribe.plain, lines)).replace("${", "$ {"))


def _workbook(sheets: dict[str, Rows]) -> bytes:
    file = io.BytesIO()
    with new_workbook(file) as made:
        for name, rows in sheets.items():
            _sheet(made, name, rows)
    return file.getvalue()


def _sheet(made: Any, name: str, rows: Rows) -> None:
    sheet, bold = made.add_worksheet(name), made.add_format({"bold": True})
    columns = list(dict.fromkeys(column for row in rows for column in row))
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, bold)
    for number, row in enumerate(rows, 1):
        for column, words in row.items():
            sheet.write_string(number, columns.index(column), words)
    if columns:
        sheet.set_column(0, len(columns) - 1, 24)
    sheet.freeze_panes(1, 0)
