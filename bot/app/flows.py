"""The questions of a round: those that come with the bot, and a partnership's own."""

from __future__ import annotations

from bot.app.work import Work
from bot.core.flow.definition import Flow
from bot.core.flow.texts import phrase
from bot.core.ids import PartnershipId
from bot.core.rounds.lifecycle import Kind, Round
from bot.core.text import Text

FIRST = "pat"
"""The flow with which a round begins, until its facilitators choose another."""


def find(work: Work, name: str, version: int | None = None) -> Flow:
    """A flow in this version, or in its highest.

    Raises: FlowError, when it is not here.
    """
    return work.setting.flows.get(name, version)


def of_round(work: Work, round_: Round) -> Flow:
    """The questions of a round, in the version with which it began."""
    return find(work, round_.flow, round_.flow_version)


def for_rounds(work: Work, partnership: PartnershipId) -> tuple[Flow, ...]:
    """Everything that a round of this partnership can be about, the usual one first."""
    shipped = [flow for flow in work.setting.flows.newest() if flow.use == "round"]
    return tuple(sorted(shipped, key=lambda flow: flow.flow != FIRST))


def title(flow: Flow) -> Text:
    """What the questions are called."""
    return phrase(flow, "title", flow.title)


def about(flow: Flow) -> Text:
    """What a round with these questions is about, in one sentence."""
    return phrase(flow, "about", flow.about)


def comparable(work: Work, one: Round, other: Round) -> bool:
    """Whether both ask the same, so that a decision keeps its identity and its words can be compared.

    What is planned or wished for is never compared with what is. Other kinds of rounds have one flow each.
    """
    return one.flow == other.flow or of_round(work, one).family == of_round(work, other).family


def is_usual(round_: Round) -> bool:
    """Whether it is a reflection with the questions that every partnership begins with."""
    return round_.kind is Kind.REFLECTION and round_.flow == FIRST
