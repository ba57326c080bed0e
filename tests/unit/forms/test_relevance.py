"""Conditions become XPath; what parameters settle, and what is not asked at all, is settled when the form is made."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.core.flow.definition import When
from bot.core.flow.session import Param
from bot.core.forms.relevance import Truth, truth


class Surroundings:
    """A choice, a row of two levels, and a step that is not in the form."""

    def asked(self, step: str) -> Sequence[str]:
        return {"agree": ("d_1_agree",), "actual": ("d_1_p_1_actual", "d_1_p_2_actual")}.get(step, ())

    def param(self, name: str) -> Param | None:
        return {"language": "rare"}.get(name)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, True),
        ({"agree": ("no",)}, "${d_1_agree} = 'no'"),
        ({"agree": ("no", "unsure")}, "${d_1_agree} = 'no' or ${d_1_agree} = 'unsure'"),
        ({"answered": ("agree",)}, "${d_1_agree} != ''"),
        ({"answered": ("actual",)}, "${d_1_p_1_actual} != '' or ${d_1_p_2_actual} != ''"),
        ({"answered": ("gone",)}, False),
        ({"not": {"answered": ("gone",)}}, True),
        ({"params.language": ("rare",)}, True),
        ({"params.language": ("shared",)}, False),
        ({"params.language": ("shared",), "agree": ("no",)}, False),
        ({"params.language": ("rare",), "agree": ("no",)}, "${d_1_agree} = 'no'"),
        (
            {"agree": ("no", "unsure"), "answered": ("agree",)},
            "(${d_1_agree} = 'no' or ${d_1_agree} = 'unsure') and ${d_1_agree} != ''",
        ),
        ({"any": ({"params.language": ("rare",)}, {"agree": ("no",)})}, True),
        ({"any": ({"params.language": ("shared",)}, {"agree": ("no",)})}, "${d_1_agree} = 'no'"),
        ({"not": {"agree": ("no",)}}, "not(${d_1_agree} = 'no')"),
        (
            {"not": {"agree": ("no", "unsure")}, "answered": ("agree",)},
            "${d_1_agree} != '' and (not(${d_1_agree} = 'no' or ${d_1_agree} = 'unsure'))",
        ),
    ],
)
def test_a_condition_becomes_an_expression_or_is_settled(when: dict[str, object], expected: Truth) -> None:
    made = When.model_validate(when)
    assert truth(made, Surroundings()) == expected
