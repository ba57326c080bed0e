"""The page on limits says what the code does."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.db import messages
from bot.adapters.telegram import apologies, excess, render
from bot.app import (
    actions,
    allowance,
    drafts,
    own_questions,
    partnerships,
    private,
    rounds,
    screens,
    statements,
)
from bot.core import facilitation, questions
from bot.core import partnerships as core_partnerships
from bot.core.flow import entry, formats, limits, reading
from bot.core.flow.definition import ListStep, TextStep
from bot.core.flow.library import load_library
from bot.core.flow.visits import visits
from bot.core.rounds import lifecycle
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
FLOWS = load_library(ROOT / "flows")
ROW = re.compile(r"^\| ([^|]+) \| (\d+) \| ([^|]+) \|$", re.MULTILINE)
PAGE = {
    what: (int(limit), rest)
    for what, limit, rest in ROW.findall((ROOT / "docs/limits.md").read_text("utf-8"))
}


def length(flow: str, stage: str, step: str) -> int:
    """Characters of a text, or of an entry of a list, in a shipped flow."""
    found = next(visit.step for visit in visits(FLOWS.get(flow), stage) if visit.step.id == step)
    assert isinstance(found, TextStep | ListStep)
    return found.length if isinstance(found, TextStep) else found.items.length


LONGEST_ANSWER = next(
    constraint.le for constraint in TextStep.model_fields["length"].metadata if hasattr(constraint, "le")
)

LIMITS = {
    "messages and taps of one account, at once": excess.AT_ONCE,
    "after that, each second": 1 / excess.SECONDS,
    "messages that one with a file counts for": excess.FILE,
    "links that do not work, tried by one person at once": core_partnerships.WRONG_LINKS,
    "after that, each hour": timedelta(hours=1) / core_partnerships.WRONG_LINK_AGAIN,
    "accounts that are remembered for this": allowance.MOST_REMEMBERED,
    "seconds in which somebody hears at most once that something failed": apologies.ONCE_IN,
    "seconds in which somebody hears at most once that something was left out": excess.SAID_AGAIN,
    "a message to the bot": entry.LONGEST_TEXT,
    "lines of a list in one message": entry.MOST_LINES,
    "name of a partnership": length("desk", "setup", "name"),
    "purpose": length("desk", "setup", "purpose"),
    "name of a partner": length("desk", "setup", "partners"),
    "acronym of a partner": formats.MAX_ACRONYM,
    "wording of a decision": reading.LONGEST_DECISION,
    "a question in own words": length("desk", "prompt", "words"),
    "a comment": length("pat", "answer", "comment"),
    "an action": actions.ROOM,
    "a statement of a pulse": length("desk", "statements", "statements"),
    "a question to the facilitators": length("desk", "question", "question"),
    "a reply to it": length("desk", "reply", "reply"),
    "a text in own questions": LONGEST_ANSWER,
    "a file with own questions": limits.MAX_BYTES / 1024,
    "data of a button": private.LONGEST_DATA,
    "partnerships": Settings.model_fields["most_partnerships"].default,
    "partnerships being set up": 1,
    "facilitators": facilitation.MOST_FACILITATORS,
    "partners": partnerships.MOST_PARTNERS,
    "seats": partnerships.MOST_SEATS_OF_A_PARTNER,
    "invitations": 1,
    "languages": core_partnerships.MOST_LANGUAGES,
    "rounds under way": 1,
    "rounds begun and cancelled": rounds.MOST_CANCELLED,
    "decisions named": reading.MOST_CONTRIBUTED,
    "decisions on the list that is being made": lifecycle.MOST_LISTED,
    "decisions that can be voted on": lifecycle.MOST_TO_VOTE_ON,
    "decisions that are answered": lifecycle.MOST_DECISIONS,
    "actions": actions.MOST,
    "statements": statements.MOST,
    "questions that wait for a reply": questions.MOST_WAITING,
    "own questions": own_questions.MOST,
    "forms left unfinished": drafts.MOST,
    "messages that wait for deletion": screens.LONGEST_TRAIL,
    "messages given up that are kept for the operator": messages.MOST_DEAD,
}


def test_the_page_names_every_limit_and_no_other() -> None:
    assert PAGE.keys() == LIMITS.keys()


@pytest.mark.parametrize("what", LIMITS)
def test_a_limit_on_the_page_is_the_limit_in_the_code(what: str) -> None:
    assert PAGE[what][0] == LIMITS[what]


def test_what_a_file_may_be_is_said_in_full() -> None:
    parts = [limits.MAX_PARTS, limits.MAX_DEPTH, limits.MAX_STEPS]
    assert [int(number) for number in re.findall(r"\d+", PAGE["a file with own questions"][1])] == parts


def test_limits_that_stand_in_two_places_agree() -> None:
    assert private.LONGEST_DATA == render.LONGEST_DATA
    assert length("desk", "wording", "wording") == reading.LONGEST_DECISION
    assert length("desk", "decisions", "decisions") == reading.LONGEST_DECISION
    assert length("desk", "action", "what") == length("desk", "change", "what") == actions.ROOM
    named = partnerships.MOST_PARTNERS * partnerships.MOST_SEATS_OF_A_PARTNER * reading.MOST_CONTRIBUTED
    assert named <= lifecycle.MOST_LISTED


def test_every_text_and_every_list_of_the_shipped_flows_fits_one_message() -> None:
    for flow in FLOWS.newest():
        for stage in flow.stages:
            for visit in visits(flow, stage):
                if isinstance(visit.step, TextStep):
                    assert visit.step.length <= entry.LONGEST_TEXT
                if isinstance(visit.step, ListStep):
                    assert visit.step.items.max * 2 <= entry.MOST_LINES, "a list pasted twice is still read"


def test_the_readme_leads_to_the_page() -> None:
    assert "docs/limits.md" in (ROOT / "README.md").read_text("utf-8")
