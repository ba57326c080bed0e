"""What a text in the code is and where people meet it, worked out from the syntax tree around it.

A text is followed to where it is used: outward through tuples and conditions, through names it is given and lists it
is put into, through functions of the same module that return or take it, until a place says what it is: the label
of a ``Choice``, the title of a ``Card``, a ``Refusal``, a placeholder of another text.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from bot.adapters.i18n.notes import what, where

TITLE = "title of a card: its first line, all that a locked phone shows"
LINE = "text of a card"
NOTICE = "line at the top of a card, about what just happened"
TOAST = "word that shows for a moment after a tap"
BUTTON = "button: keep it short"
REFUSAL = "refusal: says what was wrong and what to do, without blame"
COMMAND = "command in the menu of Telegram: what it does, in a few words"
INTRODUCTION = "how Telegram introduces the bot to those who do not know it yet"
HEADING = "heading of a report, or in one"
SENTENCE = "sentence in a report"
PART = "part of a sentence"
UNDECIDED = "line of a card, or part of one"

FIELDS = {
    "title": TITLE,
    "body": LINE,
    "notice": NOTICE,
    "toast": TOAST,
    "label": BUTTON,
    "problem": REFUSAL,
    "heading": HEADING,
    "sentence": SENTENCE,
    "IN_PRIVATE": COMMAND,
    "IN_GROUPS": COMMAND,
    "SHORT_DESCRIPTION": INTRODUCTION,
    "DESCRIPTION": INTRODUCTION,
}
"""What a text is that is given or assigned under a name."""
POSITIONS = {
    "Choice": ("label",),
    "Card": ("title", "body"),
    "Refusal": ("problem",),
    "Obstacle": ("problem",),
    "Heading": ("heading",),
    "Paragraph": ("sentence",),
    "Points": ("sentence",),
    "Effect": ("", "toast"),
}
"""The names under which a call takes what it is given without a name."""
FILLERS = frozenset({"append", "extend", "insert"})

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Seen = set[ast.AST | tuple[ast.AST, str]]
"""Nodes, and names in a scope, that have been followed already."""
Use = tuple[str, ast.AST]
"""What a text becomes, and the place that says so."""


class Module:
    """The syntax tree of one file.

    Args:
        keywords: the functions that make texts, ``say`` and its like.
    """

    def __init__(self, tree: ast.Module, keywords: Collection[str]) -> None:
        self._tree = tree
        self._keywords = keywords
        self._parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        self._functions = {node.name: node for node in self._parents if isinstance(node, FUNCTIONS)}
        self._calls = [node for node in self._parents if isinstance(node, ast.Call)]

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call that makes a text, and the function it calls, as they come in the file."""
        for node in sorted(self._calls, key=lambda call: (call.lineno, call.col_offset)):
            if (name := _called(node)) in self._keywords:
                yield node, name

    def notes(self, call: ast.Call) -> list[str]:
        """What the text of a call is, and where people meet it."""
        uses = list(self._uses(call, set()))
        found = {said for said, _ in uses} or {_by_look(call)}
        elsewhere = (told for _, at in uses if (told := self._place(at)))
        place = self._place(call) or min(elsewhere, default=None) or ast.get_docstring(self._tree)
        return [*map(what, sorted(found)), *([where(_first_sentence(place))] if place else [])]

    def _uses(self, node: ast.AST, seen: Seen) -> Iterator[Use]:
        """What the value of an expression becomes."""
        if node in seen:
            return
        seen.add(node)
        parent = self._parents[node]
        match parent:
            case ast.keyword(arg=str(name)):
                yield from self._given(parent, name, seen)
            case ast.Call(func=function) if node is not function:
                yield from self._passed(parent, node, seen)
            case ast.Assign(targets=targets):
                yield from self._named(parent, targets, seen)
            case ast.AnnAssign(target=target) | ast.AugAssign(target=target) | ast.NamedExpr(target=target):
                yield from self._named(parent, [target], seen)
            case ast.For(target=target, iter=given) | ast.comprehension(target=target, iter=given):
                if node is given:
                    yield from self._named(parent, [target], seen)
                elif isinstance(parent, ast.comprehension):
                    yield from self._uses(parent, seen)
            case ast.Return() | ast.Yield() | ast.YieldFrom():
                yield from self._returned(parent, seen)
            case ast.expr():
                yield from self._uses(parent, seen)

    def _given(self, keyword: ast.keyword, name: str, seen: Seen) -> Iterator[Use]:
        call = self._parents[keyword]
        if not isinstance(call, ast.Call):
            return
        if _called(call) in self._keywords:
            yield f"{PART}: stands for {{{name}}} in “{_source(call)}”", call
        elif name in FIELDS:
            yield FIELDS[name], call
        elif (function := self._functions.get(_called(call))) is not None:
            yield from self._loads(function, name, seen)

    def _passed(self, call: ast.Call, node: ast.AST, seen: Seen) -> Iterator[Use]:
        """A value given by position, to one of our values, a list, or a function of the module or elsewhere."""
        name, position = _called(call), next(n for n, part in enumerate(call.args) if part is node)
        fields = POSITIONS.get(name, ())
        if position < len(fields) and fields[position] in FIELDS:
            yield FIELDS[fields[position]], call
        elif name in FILLERS and isinstance(call.func, ast.Attribute):
            yield from self._named(call, [call.func.value], seen)
        elif isinstance(call.func, ast.Name) and (function := self._functions.get(name)) is not None:
            names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
            if position < len(names):
                yield from self._loads(function, names[position], seen)
        elif name not in POSITIONS:
            yield from self._uses(call, seen)

    def _named(self, node: ast.AST, targets: list[ast.expr], seen: Seen) -> Iterator[Use]:
        names = {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
        if decided := sorted(FIELDS[name] for name in names & FIELDS.keys()):
            yield from ((said, node) for said in decided)
            return
        scope = self._function(node) or self._tree
        for name in sorted(names):
            yield from self._loads(scope, name, seen)

    def _loads(self, scope: ast.AST, name: str, seen: Seen) -> Iterator[Use]:
        if name in FIELDS:
            yield FIELDS[name], scope
        elif (scope, name) not in seen:
            seen.add((scope, name))
            for node in ast.walk(scope):
                if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
                    yield from self._uses(node, seen)

    def _returned(self, node: ast.AST, seen: Seen) -> Iterator[Use]:
        function = self._function(node)
        if function is None or function in seen:
            return
        seen.add(function)
        for call in self._calls:
            if _called(call) == function.name:
                yield from self._uses(call, seen)

    def _place(self, node: ast.AST) -> str | None:
        """What the nearest function around a node that says something says of itself."""
        function = node if isinstance(node, FUNCTIONS) else self._function(node)
        while function is not None:
            said = ast.get_docstring(function)
            if said is not None:
                return f"page: {said}" if _is_page(function) else said
            function = self._function(function)
        return None

    def _function(self, node: ast.AST) -> Function | None:
        while (parent := self._parents.get(node)) is not None:
            if isinstance(parent, FUNCTIONS):
                return parent
            node = parent
        return None


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _source(call: ast.Call) -> str:
    """The English text of a call, on one line; of several the last, which is the text and not its context."""
    said = [
        part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    return " ".join(said[-1].split()) if said else "…"


def _by_look(call: ast.Call) -> str:
    """What a text seems to be that is used outside its module."""
    said = _source(call)
    if said[0].islower():
        return PART
    return LINE if said.endswith((".", "?")) else UNDECIDED


def _is_page(function: Function) -> bool:
    return any(isinstance(node, ast.Call) and _called(node) == "page" for node in function.decorator_list)


def _first_sentence(docstring: str) -> str:
    """The first sentence, without the marks of code and without what follows a semicolon."""
    sentence = " ".join(docstring.split("\n\n")[0].split()).split(". ")[0]
    return sentence.split(";")[0].replace("``", "").rstrip(".")
