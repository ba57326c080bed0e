"""Conditions of a flow as XPath of a form, as far as they are not settled when the form is made.

What depends on parameters alone is settled then; a question that is not in the form has no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias

from bot.core.flow.definition import When
from bot.core.flow.session import Param

Truth: TypeAlias = str | bool
"""An expression, or what it comes to whatever is answered."""

PARAM = "params."


class Around(Protocol):
    """What a condition can look at from where it stands."""

    def asked(self, step: str) -> Sequence[str]:
        """Names in the form under which a step asks: one, several for a row of levels or a list, or none."""

    def param(self, name: str) -> Param | None: ...


def truth(when: When | None, around: Around) -> Truth:
    """When something is asked."""
    if when is None:
        return True
    parts = [_is_one_of(around.asked(step), values) for step, values in when.answers.items()]
    parts += [_is_answered(around.asked(step)) for step in when.answered]
    parts += [around.param(name.removeprefix(PARAM)) in values for name, values in when.params.items()]
    if when.any:
        parts.append(_either(truth(part, around) for part in when.any))
    if when.never is not None:
        parts.append(_not(truth(when.never, around)))
    return both(parts)


def both(parts: Iterable[Truth]) -> Truth:
    """All of them hold."""
    open_ = [part for part in parts if part is not True]
    if False in open_:
        return False
    return " and ".join(_bracketed(open_)) if open_ else True


def _either(parts: Iterable[Truth]) -> Truth:
    open_ = [part for part in parts if part is not False]
    if True in open_:
        return True
    return " or ".join(_bracketed(open_)) if open_ else False


def _not(part: Truth) -> Truth:
    return not part if isinstance(part, bool) else f"not({part})"


def _is_one_of(names: Sequence[str], values: Sequence[str]) -> Truth:
    return _either(f"${{{name}}} = '{value}'" for name in names for value in values)


def _is_answered(names: Sequence[str]) -> Truth:
    return _either(f"${{{name}}} != ''" for name in names)


def _bracketed(parts: Sequence[Truth]) -> list[str]:
    """Expressions that can stand beside others."""
    if len(parts) == 1:
        return [str(parts[0])]
    return [f"({part})" if " and " in str(part) or " or " in str(part) else str(part) for part in parts]
