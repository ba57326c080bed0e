"""Every stage of every shipped flow as a form, with something to ask about."""

from __future__ import annotations

from bot.core.flow.definition import ParamKind
from bot.core.flow.session import Item, Param
from bot.core.forms.form import Form
from bot.core.forms.survey import form_of
from tests.unit.flow.talk import FLOWS

STAGES = [(flow.flow, stage) for flow in FLOWS.newest() for stage in flow.stages]
HOSTILE = "=1+1 ${decision_1_agree} <b> & \"'\u202e {row} *"
"""What somebody may call a decision or a partner."""


def things(name: str, *labels: str) -> tuple[Item, ...]:
    return tuple(Item(key=f"{name[0]}{number}", label=label) for number, label in enumerate(labels, 1))


def made_up(flow: str, stage: str, **changes: Param) -> dict[str, Param]:
    """Two of everything, one of them hostile."""

    def value(name: str, kind: ParamKind) -> Param:
        if kind == "items":
            return things(name, f"A made-up {name}", HOSTILE)
        return {"text": "shared", "number": 3, "date": "2031-01-01"}[kind]

    kinds = FLOWS.get(flow).params_of(stage)
    return {name: value(name, kind) for name, kind in kinds.items()} | changes


def shipped(flow: str, stage: str, **changes: Param) -> Form:
    return form_of(FLOWS.get(flow), stage, made_up(flow, stage, **changes), form_id=f"{flow}_{stage}")
