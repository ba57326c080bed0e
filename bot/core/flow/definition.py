"""A flow as its author wrote it: frozen models that refuse anything they do not know.

References between steps, placeholders and limits are looked at by ``bot.core.flow.checks``.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
ParamRef = Annotated[str, StringConstraints(pattern=r"^params\.[a-z][a-z0-9_]{0,31}$")]
Words = Annotated[str, StringConstraints(min_length=1)]
Paragraphs = Annotated[
    tuple[Words, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
]
ParamKind: TypeAlias = Literal["text", "number", "date", "items"]
Levels: TypeAlias = Literal["actual", "planned", "wished"]
Format: TypeAlias = Literal["words", "zone", "date", "partner", "prompt"]

#: What stands in a condition beside steps and parameters, and so cannot be the id of a step.
CONDITION_WORDS = frozenset({"answered", "any", "not"})
_TEXTS = frozenset(
    {"title", "credit", "about", "offers", "ask", "why", "example", "notice", "more", "label", "means"}
)
_WHAT_IT_IS_FOR = frozenset({"use", "levels", "compares_with"})


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class When(_Model):
    """A condition as data; everything named in it must hold.

    Attributes:
        answers: choice step -> values of which one was chosen.
        answered: steps at which an answer of any kind was given.
        params: text parameter, written "params.language" -> values of which it has one.
        any: conditions of which at least one holds.
        never: a condition that does not hold; written ``not:``.
    """

    answers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    answered: tuple[str, ...] = ()
    params: dict[ParamRef, tuple[str, ...]] = Field(default_factory=dict)
    any: tuple[When, ...] = ()
    never: When | None = Field(None, alias="not")

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = {key: value for key, value in data.items() if key in CONDITION_WORDS}
        params = {key: value for key, value in data.items() if key.startswith("params.")}
        answers = {key: value for key, value in data.items() if key not in known | params}
        return known | {"params": params, "answers": answers}

    @cached_property
    def asks_answers(self) -> bool:
        """Whether it depends on what was answered, and not on parameters alone."""
        parts = self.any if self.never is None else (*self.any, self.never)
        return bool(self.answers or self.answered) or any(part.asks_answers for part in parts)


class Option(_Model):
    value: str
    label: Words


class Limits(_Model):
    """How many entries a list takes and how many characters each may have."""

    min: int = Field(1, ge=0)
    max: int = Field(ge=1)
    length: int = Field(ge=1)


class _Step(_Model):
    id: Id
    when: When | None = None


class ConsentStep(_Step):
    """Asked once per ``version``: skipped when the parameter ``consent_version`` is at least that."""

    type: Literal["consent"]
    notice: Paragraphs
    more: Paragraphs = ()
    version: int = Field(ge=1)


class ReviewStep(_Step):
    type: Literal["review"]
    ask: Words


class _Question(_Step):
    ask: Words
    why: Paragraphs = ()
    example: Paragraphs = ()


class ChoiceStep(_Question):
    """One of a few options.

    ``shows`` names an earlier matrix of the same item, whose row is shown with it, or an earlier text of the
    same repeat, whose words are shown as others would read them. What is chosen for a text holds for these
    words alone: with other words it is asked again.
    """

    type: Literal["choice"]
    options: ParamRef | tuple[Option, ...]
    shows: str | None = None
    optional: bool = True


class MatrixStep(_Question):
    """One typed row of levels per item; ``rows`` is a parameter or, inside a repeat, its variable.

    ``unknown`` allows "-"; written as words, they say what it stands for. ``start_from`` names an earlier
    matrix whose row is the beginning, so that only differences need to be sent.
    """

    type: Literal["matrix"]
    rows: ParamRef | Annotated[tuple[Id, ...], Field(min_length=1, max_length=1)]
    columns: ParamRef
    scale: str
    unknown: bool | Words = False
    start_from: str | None = None
    optional: bool = True


class PickStep(_Question):
    """Several of a parameter's items, at most ``most`` of them."""

    type: Literal["pick"]
    options: ParamRef
    most: int = Field(ge=1)
    optional: bool = False


class ListStep(_Question):
    type: Literal["list"]
    items: Limits
    format: Format = "words"
    optional: bool = False


class TextStep(_Question):
    type: Literal["text"]
    length: int = Field(ge=1, le=1000)
    format: Format = "words"
    optional: bool = False


Question: TypeAlias = ChoiceStep | MatrixStep | PickStep | ListStep | TextStep
Asked: TypeAlias = Question | ConsentStep | ReviewStep
_Inner = Annotated[Question, Field(discriminator="type")]


class RepeatStep(_Step):
    """The same questions for each item of a parameter, which they call ``name`` (written ``as:``)."""

    type: Literal["repeat"]
    over: ParamRef
    name: Id = Field(alias="as")
    steps: tuple[_Inner, ...] = Field(min_length=1)


Step: TypeAlias = Asked | RepeatStep
Steps: TypeAlias = tuple[Annotated[Step, Field(discriminator="type")], ...]


class ScaleLevel(_Model):
    value: int = Field(ge=0, le=9)
    label: Words
    means: str = ""


class Stage(_Model):
    params: dict[Id, ParamKind] = Field(default_factory=dict)
    steps: Steps = Field(min_length=1)


class Flow(_Model):
    """One flow in one version.

    Attributes:
        version: raised whenever ``structure`` changes; running sessions keep theirs.
        use: "round" when facilitators may choose it for a round; ``bot.core.flow.reading`` says what it must ask.
        about: one sentence on what such a round is about.
        levels: what the levels of step "actual" are, or wishes alone where only step "desired" asks for some.
        compares_with: the flow whose rounds ask the same, so that a decision keeps its identity across both.
        offers: decisions, topics or statements to begin with, in the source language.
        params: what must be given at the start of every stage; a stage may ask for more.
        scales: levels, lowest first.
        first: steps that come before those of every stage.
    """

    flow: Id
    version: int = Field(ge=1)
    title: Words
    credit: str = ""
    use: Literal["round"] | None = None
    about: str = ""
    levels: Levels = "actual"
    compares_with: Id | None = None
    offers: tuple[Words, ...] = ()
    params: dict[Id, ParamKind] = Field(default_factory=dict)
    scales: dict[Id, Annotated[tuple[ScaleLevel, ...], Field(min_length=2)]] = Field(default_factory=dict)
    first: Steps = ()
    stages: dict[Id, Stage] = Field(min_length=1)

    def steps(self, stage: str) -> Steps:
        return self.first + self.stages[stage].steps

    def readers_of(self, stage: str, text: str) -> tuple[str, ...]:
        """Ids of the choices that show the words given at a text step."""
        repeats = [step for step in self.steps(stage) if isinstance(step, RepeatStep)]
        inner = [step for repeat in repeats for step in repeat.steps]
        return tuple(step.id for step in inner if isinstance(step, ChoiceStep) and step.shows == text)

    def params_of(self, stage: str) -> dict[str, ParamKind]:
        return self.params | self.stages[stage].params

    @property
    def family(self) -> str:
        """The flow among whose rounds a decision keeps its identity: this one, or the one it compares with."""
        return self.compares_with or self.flow

    @cached_property
    def structure(self) -> str:
        """Hash over ids, types, options and order; texts and the version number do not count."""
        return hashlib.sha256(json.dumps(_bones(self)).encode()).hexdigest()


def _bones(value: Any) -> Any:
    if isinstance(value, _Model):
        left_out = _TEXTS | _WHAT_IT_IS_FOR
        parts = {name: getattr(value, name) for name in type(value).model_fields if name not in left_out}
        parts.pop("version" if isinstance(value, Flow) else "", None)
        return {name: bool(part) if name == "unknown" else _bones(part) for name, part in parts.items()}
    if isinstance(value, dict):
        return {name: _bones(part) for name, part in value.items()}
    return [_bones(part) for part in value] if isinstance(value, tuple) else value
