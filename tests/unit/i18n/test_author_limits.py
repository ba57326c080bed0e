"""A flow as long as authors may write it, in the largest partnership, fits Telegram's messages in every language."""

from __future__ import annotations

from functools import partial

import pytest

from bot.adapters.i18n.catalog_tool import ROOT
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.telegram.render import LONGEST_TEXT, render, utf16
from bot.core.flow import events
from bot.core.flow.advance import advance, start
from bot.core.flow.cards import card
from bot.core.flow.events import Tapped
from bot.core.flow.limits import LONGEST, MOST_PARAGRAPHS
from bot.core.flow.loader import load_flow
from bot.core.flow.reading import check_own
from bot.core.flow.session import Param
from bot.core.flow.walk import walk
from tests.unit.flow.talk import NOW, items

CATALOGS = GettextCatalogs(ROOT / "locales")


def long(key: str, *, begins: str = "") -> str:
    """A text of this key as long as it may be, quoted for YAML."""
    return f'"{begins.ljust(LONGEST[key], "m")}"'


LEVELS = "\n".join(
    f"    - {{value: {value}, label: {long('label')}, means: {long('means')}}}" for value in range(5)
)
SEVERAL = f"[{', '.join([long('why')] * MOST_PARAGRAPHS)}]"
OPTIONS = ", ".join(
    f"{{value: {value}, label: {long('label')}}}" for value in ("fine", "differently", "unsure")
)
FLOW = f"""\
flow: largest
version: 1
title: {long("title")}
use: round
about: {long("about")}
scales:
  scale:
{LEVELS}
stages:
  contribute:
    steps:
      - {{id: decisions, type: list, items: {{max: 5, length: 100}}, ask: {long("ask")}, why: {SEVERAL}}}
  answer:
    params: {{decisions: items, partners: items}}
    steps:
      - id: actual
        type: matrix
        rows: params.decisions
        columns: params.partners
        scale: scale
        unknown: {long("unknown")}
        ask: {long("ask", begins="{row}")}
        why: {SEVERAL}
      - id: each
        type: repeat
        over: params.decisions
        as: decision
        steps:
          - id: agree
            type: choice
            shows: actual
            ask: {long("ask", begins="{decision}")}
            options: [{OPTIONS}]
          - id: desired
            type: matrix
            when: {{agree: [differently]}}
            rows: [decision]
            columns: params.partners
            scale: scale
            start_from: actual
            ask: {long("ask", begins="{decision}")}
      - {{id: check, type: review, ask: {long("ask")}}}
"""
PARAMS: dict[str, Param] = {
    "decisions": items("d", [str(number).ljust(100, "m") for number in range(15)]),
    "partners": items("p", [str(number).ljust(12, "m") for number in range(12)]),
}


@pytest.mark.parametrize("language", CATALOGS.languages)
@pytest.mark.parametrize("stage", ["contribute", "answer"])
def test_the_longest_flow_fits_in_every_language(stage: str, language: str) -> None:
    flow = load_flow(FLOW, "largest.yaml", check_own)
    params = {name: PARAMS[name] for name in flow.params_of(stage)}
    session = start(flow, stage, params=params, salt="salt", now=NOW)
    write = partial(CATALOGS.render, language=language)
    explained = advance(flow, session, Tapped(events.WHY), now=NOW).session
    cards = [*walk(flow, session, {}, write=write, now=NOW), card(flow, explained)]
    assert len(cards) > (40 if stage == "answer" else 1)
    for shown in cards:
        keys = {choice.key: choice.key for choice in shown.choices()}
        message = render(
            shown, languages=(language,), catalogs=CATALOGS, tokens=dict.fromkeys(keys, "~token")
        )
        assert utf16(message.text) <= LONGEST_TEXT
