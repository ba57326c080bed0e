"""A partnership's own questions: a file that its facilitators send, checked as strictly as those that come along.

The file is data and is never carried out. Nothing of it is logged; what is wrong in it is told to its sender alone.
"""

from __future__ import annotations

from dataclasses import replace

from bot.app import flows
from bot.app.access import facilitated, not_here
from bot.app.ports import OwnFlow
from bot.app.work import Work
from bot.core.flow.limits import MAX_BYTES
from bot.core.flow.loader import decoded, load_flow
from bot.core.flow.reading import check_own
from bot.core.ids import OwnFlowId, PartnershipId, PersonId
from bot.core.rounds.lifecycle import OPEN, Round, RoundState
from bot.core.text import say
from bot.errors import FlowError, Refusal

MOST = 5
"""Questions of their own that a partnership may have at a time."""

PROBLEMS_SHOWN = 5
LONGEST_PROBLEM = 200

NAMES = (".yaml", ".yml")


def refuse_file(name: str | None, size: int | None) -> None:
    """Refuse a file by what is known before it is fetched.

    Args:
        size: in bytes, as announced; one that is not announced is taken for too large.
    Raises: Refusal.
    """
    if not (name or "").casefold().endswith(NAMES) or size is None or size > MAX_BYTES:
        raise Refusal(
            say(
                "Please send a text file whose name ends in .yaml, of at most {most} kB.",
                most=MAX_BYTES // 1024,
            )
        )


def add(work: Work, person: PersonId, partnership_id: PartnershipId, content: bytes) -> OwnFlowId:
    """Keep new questions.

    Raises: Refusal, which says what is wrong with them.
    """
    partnership = facilitated(work, person, partnership_id)
    if len(work.tx.own_flows.of(partnership.id)) >= MOST:
        raise Refusal(
            say(
                "There is room for {most}. Remove one, or open one and send the file there instead.",
                most=MOST,
            )
        )
    return work.tx.own_flows.add(partnership.id, _checked(content))


def put(work: Work, person: PersonId, partnership_id: PartnershipId, flow: OwnFlowId, content: bytes) -> None:
    """Keep a file in the place of questions that are there: rounds that have begun stay with what they asked.

    Raises: Refusal, which says what is wrong with them, or that they are being answered.
    """
    before = own(work, person, partnership_id, flow)
    source = _checked(content)
    if source == before.source:
        return
    using = _using(work, before)
    if any(round_.state in OPEN for round_ in using):
        raise Refusal(say("While a round is open, its questions stay as everybody met them."))
    version = work.tx.own_flows.replace(before.id, source)
    for round_ in using:
        if round_.state is RoundState.DRAFT:
            work.tx.rounds.save(replace(round_, flow_version=version))
    if not any(round_.flow_version == before.version for round_ in _using(work, before)):
        work.tx.own_flows.drop_version(before.id, before.version)


def remove(work: Work, person: PersonId, partnership_id: PartnershipId, flow: OwnFlowId) -> None:
    """Forget questions that no round has used.

    Raises: Refusal.
    """
    kept = own(work, person, partnership_id, flow)
    if _using(work, kept):
        raise Refusal(say("A round uses these questions, so they stay."))
    work.tx.own_flows.remove(kept.id)


def own(work: Work, person: PersonId, partnership_id: PartnershipId, flow: OwnFlowId) -> OwnFlow:
    """Questions of this partnership, in their newest version.

    Raises: Refusal, also when they are another's.
    """
    partnership = facilitated(work, person, partnership_id)
    kept = next((found for found in work.tx.own_flows.of(partnership.id) if found.id == flow), None)
    if kept is None:
        raise not_here()
    return kept


def _using(work: Work, kept: OwnFlow) -> list[Round]:
    """The rounds with these questions, but for those that were cancelled: nothing is said of them any more."""
    return [
        found
        for found in work.tx.rounds.of_partnership(kept.partnership)
        if flows.number_of(found.flow) == kept.id and found.state is not RoundState.CANCELLED
    ]


def _checked(content: bytes) -> str:
    """The text of a file that is in order.

    Raises: Refusal, with the first things that are wrong in it, each with its line and column.
    """
    try:
        source = decoded(content, "")
        load_flow(source, "", check_own)
    except FlowError as error:
        lines = [line.removeprefix(":")[:LONGEST_PROBLEM] for line in str(error).splitlines()]
        raise Refusal(
            say(
                "These questions cannot be used yet. Please correct the file and send it again:\n{problems}",
                problems="\n".join(lines[:PROBLEMS_SHOWN]),
            )
        ) from None
    return source
