"""A form as a value: rows to be asked, lists to choose from, and what it is called.

The words for it are those of XLSForm, which ODK, KoboToolbox and others read; see https://xlsform.org.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from bot.core.flow.prompts import Reworded
from bot.core.text import Line, Text

Lines: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Something to choose, in the list of that name."""

    list: str
    name: str
    label: Line


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a form: a question, a note, or where a group begins or ends.

    Attributes:
        type: as XLSForm has it: "select_one ladder", "begin_group".
        name: of the value in the data; made of ids, so that it stays the same when words change.
        label: one line each.
        step: the step of the flow that words the first line of the label, which a partnership may word anew.
        guidance: why it is asked, for those who want to know.
        relevant, constraint: XPath; "" for always, and for anything.
        refusal: what is said when the constraint does not hold.
        appearance: how a programme shows it; "" leaves that to the programme.
    """

    type: str
    name: str
    label: Lines = ()
    step: str = ""
    guidance: Lines = ()
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    refusal: Lines = ()
    appearance: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form.

    Attributes:
        id: tells it from every other form on the same server.
        version: of the flow.
        reworded: language -> prompts that the partnership words otherwise.
    """

    id: str
    title: Text
    version: int
    fields: tuple[Field, ...]
    lists: tuple[Listed, ...]
    reworded: Mapping[str, Reworded] = field(default_factory=dict)

    def label_of(self, one: Field, language: str) -> Lines:
        """What a row says in a language, in the partnership's own words where it has some."""
        template = self.reworded.get(language, {}).get(one.step)
        if template is None or not one.label or not isinstance(one.label[0], Text):
            return one.label
        return (replace(one.label[0], template=template), *one.label[1:])
