"""The questions of a round: those that come with the bot, and a partnership's own."""

from __future__ import annotations

from functools import lru_cache

from bot.app.ports import OwnFlow
from bot.app.work import Work
from bot.core.flow.definition import Flow
from bot.core.flow.loader import read_again
from bot.core.flow.texts import phrase
from bot.core.ids import OwnFlowId, PartnershipId
from bot.core.rounds.lifecycle import Kind, Round
from bot.core.text import Line
from bot.errors import FlowError

OWN = "own_"
"""How the names of partnerships' own flows begin; no flow that comes with the bot is called so."""

FIRST = "pat"
"""The flow with which a round begins, until its facilitators choose another."""


def find(work: Work, name: str, version: int | None = None) -> Flow:
    """A flow in this version, or in its highest; a partnership's own is read from where it is kept, every time.

    A version that is not here may have come with a newer bot that works beside this one, and is read once.

    Raises: FlowError, when it is not here.
    """
    library = work.setting.flows
    if (own := number_of(name)) is None:
        if version is not None and not library.has(name, version):
            newer = work.tx.flow_versions.source(name, version)
            if newer is not None:
                return _newer(newer)
        return library.get(name, version)
    kept = work.tx.own_flows.get(own, version)
    if kept is None:
        raise FlowError("questions of a partnership's own are not here any more")
    return own_flow(kept)


_newer = lru_cache(maxsize=8)(read_again)  # reading YAML takes long


def number_of(name: str) -> OwnFlowId | None:
    """Which of the partnerships' own flows has this name; None for those that come with the bot."""
    number = name.removeprefix(OWN)
    return OwnFlowId(int(number)) if number != name else None


@lru_cache(maxsize=32)  # the same file is always the same flow
def own_flow(kept: OwnFlow) -> Flow:
    """The questions in a file, under a name and a version of ours, so that no two are ever taken for each other."""
    return read_again(kept.source).model_copy(update={"flow": f"{OWN}{kept.id}", "version": kept.version})


def of_round(work: Work, round_: Round) -> Flow:
    """The questions of a round, in the version with which it began."""
    return find(work, round_.flow, round_.flow_version)


def for_rounds(work: Work, partnership: PartnershipId) -> tuple[Flow, ...]:
    """Everything that a round of this partnership can be about: the usual one first, its own last."""
    shipped = [flow for flow in work.setting.flows.newest() if flow.use == "round"]
    own = map(own_flow, work.tx.own_flows.of(partnership))
    return (*sorted(shipped, key=lambda flow: flow.flow != FIRST), *own)


def title(flow: Flow) -> Line:
    """What the questions are called; a partnership's own as it wrote it."""
    return flow.title if flow.flow.startswith(OWN) else phrase(flow, "title", flow.title)


def about(flow: Flow) -> Line:
    """What a round with these questions is about, in one sentence."""
    return flow.about if flow.flow.startswith(OWN) else phrase(flow, "about", flow.about)


def comparable(work: Work, one: Round, other: Round) -> bool:
    """Whether both ask the same, so that a decision keeps its identity and its words can be compared.

    What is planned or wished for is never compared with what is. Other kinds of rounds have one flow each.
    """
    return one.flow == other.flow or of_round(work, one).family == of_round(work, other).family


def asks_as_usual(work: Work, round_: Round) -> bool:
    """Whether it asks what the usual questions ask, so that its words can be told beside other partnerships'.

    Planned or wished levels cannot; neither can a partnership's own questions, which may mean anything.
    """
    return number_of(round_.flow) is None and find(work, round_.flow).family == FIRST


def is_usual(round_: Round) -> bool:
    """Whether it is a reflection with the questions that every partnership begins with."""
    return round_.kind is Kind.REFLECTION and round_.flow == FIRST
