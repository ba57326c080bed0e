"""Every shipped stage becomes an XLSForm that the programmes of others read without a complaint."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from pyxform.xls2xform import convert

from bot.__main__ import main
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.tables import LIVE
from bot.adapters.reports.xlsform import xlsform_file
from bot.core.text import Text
from tests.unit.forms.shipped import STAGES, shipped, things
from tests.unit.reports.test_tables import first_seen

CATALOGS = GettextCatalogs(Path(__file__).parents[3] / "locales")
SOME = ("fr", "ar")
XFORMS = "{http://www.w3.org/2002/xforms}"
TEXTS_OF_PEOPLE = ("label", "guidance_hint", "constraint_message")


def converted(data: bytes) -> ElementTree.Element:
    """What a programme makes of a form; it must not warn of anything."""
    warnings: list[str] = []
    xform = convert(data, warnings=warnings).xform
    assert warnings == []
    return ElementTree.fromstring(xform)  # noqa: S314 - made by ourselves a moment ago


def languages(xform: ElementTree.Element) -> list[str | None]:
    return [one.get("lang") for one in xform.iter(f"{XFORMS}translation")]


@pytest.mark.parametrize(("flow", "stage"), STAGES)
def test_every_stage_converts_without_a_warning(flow: str, stage: str) -> None:
    xform = converted(xlsform_file(shipped(flow, stage), CATALOGS, SOME))
    assert languages(xform) == ["Français (fr)", "العربية (ar)"]


@pytest.mark.parametrize("flow", ["pat", "actions"])
def test_what_is_asked_of_those_with_a_rare_language_converts_too(flow: str) -> None:
    converted(xlsform_file(shipped(flow, "answer", language="rare"), CATALOGS, SOME))


@pytest.mark.parametrize("stage", ["contribute", "vote", "answer"])
def test_a_form_speaks_every_language_of_the_bot(stage: str) -> None:
    xform = converted(xlsform_file(shipped("pat", stage), CATALOGS, CATALOGS.languages))
    assert len(languages(xform)) == len(CATALOGS.languages)


@pytest.mark.audit
@pytest.mark.parametrize(("flow", "stage"), STAGES)
def test_every_stage_converts_in_every_language(flow: str, stage: str) -> None:
    converted(xlsform_file(shipped(flow, stage), CATALOGS, CATALOGS.languages))


@pytest.mark.audit
def test_the_longest_round_converts() -> None:
    form = shipped(
        "pat",
        "answer",
        decisions=things("decisions", *("ক" * 100 for _ in range(15))),
        partners=things("partners", *(f"PARTNER {number}" for number in range(12))),
    )
    converted(xlsform_file(form, CATALOGS, CATALOGS.languages))


def test_nothing_that_people_typed_comes_alive() -> None:
    data = xlsform_file(shipped("pat", "answer"), CATALOGS, ("en",))
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        for row in rows:
            for column, words in zip(head, row, strict=True):
                if words and str(column).startswith(TEXTS_OF_PEOPLE):
                    assert first_seen(str(words)) not in LIVE
                    assert "${" not in str(words)


def test_a_form_says_which_version_of_which_questions_it_holds() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsform_file(shipped("pat", "answer"), CATALOGS, SOME)))
    head, values = book["settings"].iter_rows(values_only=True)
    assert dict(zip(head, values, strict=True)) == {
        "form_title": CATALOGS.render(Text("Who decides what", context="pat.title"), "fr"),
        "form_id": "pat_answer",
        "version": "2",
        "default_language": "Français (fr)",
    }


def test_the_same_form_gives_the_same_bytes() -> None:
    first, second = (xlsform_file(shipped("pulse", "answer"), CATALOGS, SOME) for _ in range(2))
    assert first == second


def test_the_command_writes_a_form(tmp_path: Path) -> None:
    to = tmp_path / "form.xlsx"
    asked = ["form", "--flow", "pat", "--stage", "answer", "--out", str(to)]
    assert main([*asked, "--languages", "fr,en"]) == 0
    assert languages(converted(to.read_bytes())) == ["Français (fr)", "English (en)"]


@pytest.mark.parametrize(
    "asked",
    [
        ("--flow", "none", "--stage", "answer"),
        ("--flow", "pat", "--stage", "none"),
        ("--flow", "pat", "--stage", "answer", "--languages", "xx"),
    ],
)
def test_the_command_says_what_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...]
) -> None:
    assert main(["form", *asked, "--out", str(tmp_path / "form.xlsx")]) == 1
    assert capsys.readouterr().err
