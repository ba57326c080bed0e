"""Fulfils ``ports.Reports``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.reports.picture import picture
from bot.adapters.reports.report import report
from bot.adapters.reports.tables import csv_file, workbook_file
from bot.adapters.reports.writing import Scribe
from bot.adapters.reports.xlsform import xlsform_file
from bot.app.ports import Catalogs
from bot.core.document import Document, Matrix, Records, Workbook
from bot.core.forms.form import Form


@dataclass(frozen=True, slots=True)
class FileReports:
    """Makes files of documents in whichever language; safe to call from several threads."""

    catalogs: Catalogs

    def pdf(self, document: Document, language: str) -> bytes:
        return report(document, Scribe(self.catalogs, language))

    def png(self, matrix: Matrix, language: str) -> bytes:
        return picture(matrix, Scribe(self.catalogs, language))

    def xlsx(self, workbook: Workbook, language: str) -> bytes:
        return workbook_file(workbook, Scribe(self.catalogs, language))

    def csv(self, records: Records, language: str) -> bytes:
        return csv_file(records, Scribe(self.catalogs, language))

    def form(self, form: Form, languages: Sequence[str]) -> bytes:
        return xlsform_file(form, self.catalogs, languages)
