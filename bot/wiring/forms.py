"""What ``python -m bot form`` does: writes the form of a stage with made-up examples to ask about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.xlsform import xlsform_file
from bot.core.flow.definition import ParamKind
from bot.core.flow.library import load_library
from bot.core.flow.session import Item, Param
from bot.core.forms.survey import form_of
from bot.errors import FlowError, SettingsError
from bot.wiring.machine import FLOWS, LOCALES

EXAMPLES: dict[str, Param] = {
    "decisions": (
        Item(key="d1", label="Which villages the water project starts in"),
        Item(key="d2", label="Who speaks for the network at regional meetings"),
        Item(key="d3", label="What the yearly report to the funder says about results"),
    ),
    "partners": (
        Item(key="p1", label="WFA"),
        Item(key="p2", label="EXF"),
        Item(key="p3", label="CWN"),
    ),
    "language": "shared",
}
"""What a form asks about that belongs to no round, by the name of the parameter."""

OTHERS: dict[ParamKind, Param] = {"text": "...", "number": 1, "date": "2031-01-01", "items": ()}
"""What stands for parameters that have no example."""


def write_form(flow: str, stage: str, to: Path, languages: Sequence[str] = (), folder: Path = FLOWS) -> None:
    """Write one form.

    Args:
        languages: codes, of which the first is the one it opens in; all that the bot speaks unless given.
    Raises: FlowError, SettingsError.
    """
    catalogs, found = GettextCatalogs(LOCALES), load_library(folder).get(flow)
    if stage not in found.stages:
        raise FlowError(f"flow {flow}: there is no stage {stage}; it has {', '.join(found.stages)}")
    unknown = [code for code in languages if code not in catalogs.languages]
    if unknown:
        raise SettingsError(f"There is no catalog for {', '.join(unknown)}; see {LOCALES.name}/.")
    params = {name: EXAMPLES.get(name, OTHERS[kind]) for name, kind in found.params_of(stage).items()}
    params |= {name: _spoken(catalogs) for name in params if name == "languages"}
    form = form_of(found, stage, params, form_id=f"{flow}_{stage}")
    to.write_bytes(xlsform_file(form, catalogs, tuple(languages) or catalogs.languages))


def _spoken(catalogs: GettextCatalogs) -> tuple[Item, ...]:
    return tuple(Item(key=code, label=catalogs.name(code)) for code in catalogs.languages)
