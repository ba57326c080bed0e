"""A stage of any flow as a form that can be filled in without the bot.

Every question keeps a name made of ids: "decision_12_agree", "decision_12_partner_3_actual", "decisions_2". What is
asked again for each decision is asked in a group of its own, so that a phone shows few things at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.core.flow.definition import (
    ChoiceStep,
    ConsentStep,
    Flow,
    ListStep,
    MatrixStep,
    PickStep,
    Question,
    RepeatStep,
    ReviewStep,
    Step,
    TextStep,
)
from bot.core.flow.matrix_cards import legend
from bot.core.flow.options import levels_of
from bot.core.flow.program import variables_of
from bot.core.flow.prompts import Reworded
from bot.core.flow.session import Item, Param
from bot.core.flow.texts import phrase
from bot.core.forms.form import Field, Form, Lines, Listed
from bot.core.forms.relevance import Truth, truth
from bot.core.text import Line, Value, just, say

UNKNOWN = "unknown"
"""What a level is called in the data that somebody does not know."""

LONG = 100
"""Characters from which on a text gets room for several lines."""

Options: TypeAlias = tuple[tuple[str, Line], ...]


def form_of(
    flow: Flow,
    stage: str,
    params: Mapping[str, Param],
    *,
    form_id: str,
    reworded: Mapping[str, Reworded] | None = None,
) -> Form:
    """Make the form of a stage.

    Args:
        params: what the stage is about, as for a session.
        form_id: tells this form from others on the same server; letters, digits and "_".
        reworded: language -> prompts that the partnership words otherwise.
    """
    made = _Survey(flow, params, variables_of(flow.params_of(stage), params))
    fields = (_warning(), *made.scales(flow.steps(stage)), *made.steps(flow.steps(stage)))
    lists = tuple(Listed(name, *option) for name, options in made.lists.items() for option in options)
    title = phrase(flow, "title", flow.title)
    return Form(form_id, title, flow.version, fields, lists, {} if reworded is None else reworded)


def _warning() -> Field:
    """Says at the top of a form what is different from answering the bot in private."""
    words = say(
        "Whoever collects this form can read the answers. Say so before you ask, enter them once, then destroy it."
    )
    return Field("note", "before_you_begin", (words,))


@dataclass(frozen=True, slots=True)
class _About:
    """The item of a repeat or of a matrix, what its texts call it, and the parameter it comes from."""

    item: Item
    param: str
    variables: Mapping[str, Value]

    @property
    def name(self) -> str:
        return name_of(self.param, self.item)


@dataclass(slots=True)
class _Survey:
    """A form as it grows.

    Attributes:
        words: values for placeholders that stand everywhere.
        lists: what can be chosen, by the name of the list.
        names: of the questions by their step, or by the step of an item ("decision_12/agree").
    """

    flow: Flow
    params: Mapping[str, Param]
    words: Mapping[str, Value]
    lists: dict[str, Options] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def scales(self, steps: Sequence[Step]) -> Iterator[Field]:
        """What the levels mean, once for each scale."""
        inner = [one for step in steps for one in (step.steps if isinstance(step, RepeatStep) else (step,))]
        matrices = [step for step in inner if isinstance(step, MatrixStep)]
        for scale, step in {step.scale: step for step in reversed(matrices)}.items():
            yield Field("note", f"levels_of_{scale}", legend(self.flow, step))

    def steps(self, steps: Sequence[Step]) -> Iterator[Field]:
        for step in steps:
            when = truth(step.when, _Sight(self, None))
            match step:
                case _ if when is False:
                    continue
                case ConsentStep():
                    notice = tuple(phrase(self.flow, step.id, words, self.words) for words in step.notice)
                    yield Field("note", f"{step.id}_notice", notice, relevant=_xpath(when))
                    yield Field(
                        "acknowledge", step.id, (say("I take part"),), required=True, relevant=_xpath(when)
                    )
                case ReviewStep():
                    yield Field("note", step.id, (say("Thank you"),), relevant=_xpath(when))
                case RepeatStep():
                    yield from self._repeat(step, when)
                case MatrixStep() if isinstance(step.rows, str):
                    for about in self._abouts(step.rows, ("row",)):
                        yield from self._question(step, when, about)
                case _:
                    yield from self._question(step, when, None)

    def items(self, reference: str) -> tuple[Item, ...]:
        value = self.params.get(reference.removeprefix("params."))
        return value if isinstance(value, tuple) else ()

    def _abouts(self, reference: str, called: Sequence[str]) -> Iterator[_About]:
        for item in self.items(reference):
            yield _About(item, reference, {**self.words, **dict.fromkeys(called, item.label)})

    def _repeat(self, step: RepeatStep, when: Truth) -> Iterator[Field]:
        for about in self._abouts(step.over, (step.name, "row")):
            name = f"{about.name}_{step.id}"
            yield Field("begin_group", name, (about.item.label,), relevant=_xpath(when))
            for inner in step.steps:
                asked = truth(inner.when, _Sight(self, about))
                if asked is not False:
                    yield from self._question(inner, asked, about)
            yield Field("end_group", name)

    def _question(self, step: Question, when: Truth, about: _About | None) -> Iterator[Field]:
        """The rows of one question; their names are noted for the conditions of later ones."""
        fields = list(self._asked(step, _xpath(when), about))
        groups = {"begin_group", "end_group"}
        asked = tuple(one.name for one in fields if one.type not in groups)
        self.names[step.id if about is None else f"{about.name}/{step.id}"] = asked
        yield from fields

    def _asked(self, step: Question, relevant: str, about: _About | None) -> Iterator[Field]:
        name = step.id if about is None else f"{about.name}_{step.id}"
        words = self.words if about is None else about.variables
        label: Lines = (phrase(self.flow, step.id, step.ask, words),)
        why: Lines = tuple(phrase(self.flow, step.id, line, words) for line in step.why)
        needed = not step.optional
        match step:
            case ChoiceStep():
                chosen = self._list(self._options(step, words), _plain(step.options, step.id), name)
                yield Field(f"select_one {chosen}", name, label, step.id, why, needed, relevant)
            case PickStep():
                options = tuple((name_of(step.options, one), one.label) for one in self.items(step.options))
                chosen = self._list(options, _plain(step.options, step.id), name)
                refusal: Lines = (say("Choose at most {most}.", most=step.most),)
                most = f"count-selected(.) <= {step.most}"
                yield Field(
                    f"select_multiple {chosen}", name, label, step.id, why, needed, relevant, most, refusal
                )
            case TextStep(format="date"):
                refusal = (say("That day has passed already. Please send a later one."),)
                yield Field("date", name, label, step.id, why, needed, relevant, ". >= today()", refusal)
            case TextStep():
                look = "multiline" if step.length > LONG else ""
                limit, refusal = _at_most(step.length)
                yield Field(
                    "text", name, label, step.id, why, needed, relevant, limit, refusal, appearance=look
                )
            case ListStep():
                yield from self._entries(step, name, label, why, relevant)
            case MatrixStep():
                yield from self._levels(step, name, label, why, relevant, about)

    def _entries(self, step: ListStep, name: str, label: Lines, why: Lines, relevant: str) -> Iterator[Field]:
        """A line for each entry; further ones come when those before are filled in."""
        limit, refusal = _at_most(step.items.length)
        yield Field("begin_group", name, label, step.id, relevant=relevant, appearance="field-list")
        for number in range(1, step.items.max + 1):
            is_needed = number <= step.items.min and not step.optional
            yield Field(
                "text",
                f"{name}_{number}",
                (just(number),),
                guidance=why if number == 1 else (),
                required=is_needed,
                relevant="" if is_needed or number == 1 else f"${{{name}_{number - 1}}} != ''",
                constraint=limit,
                refusal=refusal,
            )
        yield Field("end_group", name)

    def _levels(
        self, step: MatrixStep, name: str, label: Lines, why: Lines, relevant: str, about: _About | None
    ) -> Iterator[Field]:
        """A choice of a level for each column, all on one screen."""
        levels: Options = tuple(
            (UNKNOWN if value is None else str(value), words)
            for value, words in levels_of(self.flow, step).items()
        )
        chosen = self._list(levels, step.scale, f"{step.scale}_{step.id}")
        if step.start_from is not None:
            label = (*label, say("Leave out what should stay as it is."))
        yield Field("begin_group", name, label, step.id, relevant=relevant, appearance="field-list")
        row = "" if about is None else f"{about.name}_"
        for number, column in enumerate(self.items(step.columns)):
            yield Field(
                f"select_one {chosen}",
                f"{row}{name_of(step.columns, column)}_{step.id}",
                (column.label,),
                guidance=() if number else why,
                required=not step.optional,
            )
        yield Field("end_group", name)

    def _options(self, step: ChoiceStep, words: Mapping[str, Value]) -> Options:
        if isinstance(step.options, str):
            return tuple((item.key, item.label) for item in self.items(step.options))
        return tuple((one.value, phrase(self.flow, step.id, one.label, words)) for one in step.options)

    def _list(self, options: Options, wanted: str, otherwise: str) -> str:
        """The name of a list; the same options share one."""
        name = wanted if self.lists.setdefault(wanted, options) == options else otherwise
        self.lists[name] = options
        return name


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a condition sees, about an item or about none."""

    survey: _Survey
    about: _About | None

    def asked(self, step: str) -> Sequence[str]:
        names = self.survey.names
        own = () if self.about is None else names.get(f"{self.about.name}/{step}", ())
        return own or names.get(step, ())

    def param(self, name: str) -> Param | None:
        return self.survey.params.get(name)


def name_of(reference: str, item: Item) -> str:
    """What an item is called in names: the one with the key "d12" of "params.decisions" is "decision_12"."""
    number = item.key[1:]
    return f"{_plain(reference).removesuffix('s')}_{number if number.isdecimal() else item.key}"


def _plain(reference: object, otherwise: str = "") -> str:
    """The name of a parameter; another name when it is none."""
    return reference.removeprefix("params.") if isinstance(reference, str) else otherwise


def _at_most(length: int) -> tuple[str, Lines]:
    """Keeps a text as short as the bot takes it."""
    return f"string-length(.) <= {length}", (say("At most {most} characters.", most=length),)


def _xpath(when: Truth) -> str:
    return when if isinstance(when, str) else ""
