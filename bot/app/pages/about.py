"""What a round is about: the facilitators choose its questions while it is a draft."""

from __future__ import annotations

from bot.app import flows, rounds
from bot.app.access import round_of_facilitator
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.lifecycle import Kind
from bot.core.text import Line, listed, say

pages = Router()


@pages.page("r/{round_id}/about")
def choose(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """Everything that a round can be about, each with a sentence, and a way to look at the questions."""
    round_ = round_of_facilitator(work, person, round_id)
    fitting = flows.for_rounds(work, round_.partnership)
    chosen = flows.of_round(work, round_)
    body: list[Line] = [say("What the round is about: {what}", what=flows.title(chosen)), ""]
    body.extend(listed(number, flows.about(flow)) for number, flow in enumerate(fitting, 1))
    rows: list[Row] = [(Choice(flows.title(flow), f"!r/{round_.id}/flow/{flow.flow}"),) for flow in fitting]
    look = f"preview/{round_.partnership}/{Kind.REFLECTION}/1/{work.tx.people.language(person)}"
    rows.append((Choice(say("Preview"), look), Choice(say("Back"), f"r/{round_.id}")))
    return Card(say("What a round can be about"), tuple(body), tuple(rows), numbered=True)


@pages.action("r/{round_id}/flow/{name:s}")
def choose_flow(work: Work, person: PersonId, round_id: RoundId, name: str) -> str:
    rounds.choose_flow(work, person, round_id, name)
    return f"r/{round_id}"
