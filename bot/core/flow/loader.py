"""YAML text -> ``Flow``, with file, line and column in every complaint.

Stricter than YAML: only ``true``/``false`` and decimal integers are not text (so ``no`` and ``on`` stay
words), and repeated keys, anchors, aliases and tags are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.core.flow.checks import check_flow
from bot.core.flow.definition import Flow
from bot.core.flow.limits import MAX_BYTES, MAX_DEPTH, MAX_PARTS
from bot.core.flow.texts import Path
from bot.core.flow.visits import Issue
from bot.errors import FlowError

Problem: TypeAlias = tuple[Path, str]
"""Where in a file something is wrong, and what."""

M = TypeVar("M", bound=BaseModel)

_BOOL = "tag:yaml.org,2002:bool"
_INT = "tag:yaml.org,2002:int"
_HINTS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here; check the spelling",
    "union_tag_invalid": "has an unknown type; known are consent, choice, list, matrix, pick, repeat, text, "
    "review",
    "union_tag_not_found": "needs a type: consent, choice, list, matrix, pick, repeat, text or review",
}


class _StrictLoader(yaml.CSafeLoader):
    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - PyYAML keeps its table in the class


_StrictLoader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))
_StrictLoader.add_implicit_resolver(_INT, re.compile(r"^(?:0|-?[1-9][0-9]*)$"), list("-0123456789"))


@dataclass
class Document:
    """What a file says, and where.

    Attributes:
        data: mappings as dict, sequences as tuple, scalars as str, int or bool.
        places: path -> (line, column) of its value, both from 1.
        problems: (path, what is wrong) found while reading.
    """

    data: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def resolve(self, path: Path) -> Path:
        """The part of ``path`` that stands in the file; what only a model knows is left out."""
        found: Path = ()
        for part in path:
            if (*found, part) in self.places:
                found = (*found, part)
        return found

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of a path, or of the nearest thing around it."""
        return self.places.get(self.resolve(path), (1, 1))


def decoded(content: bytes, name: str) -> str:
    """The text of a file, before anything in it is looked at.

    Raises: FlowError, when it is too large or not UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise FlowError(_line(name, (1, 1), f"is larger than {MAX_BYTES // 1024} kB"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FlowError(_line(name, (1, 1), "is not UTF-8; save it as UTF-8")) from None


def read_document(source: str, name: str) -> Document:
    """Read YAML into plain values with positions.

    Raises: FlowError, when it is not YAML or uses what is refused here.
    """
    depth = parts = 0
    try:
        for event in yaml.parse(source, Loader=_StrictLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            parts += isinstance(event, yaml.NodeEvent)
            if depth > MAX_DEPTH:
                refused = f"is nested deeper than {MAX_DEPTH} times"
            elif parts > MAX_PARTS:
                refused = f"has more than {MAX_PARTS} parts; a flow is shorter"
            elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                refused = "anchors and aliases are not used in flows; write it out"
            elif getattr(event, "tag", None):
                refused = "tags are not used in flows; leave it out"
            else:
                continue
            raise FlowError(_line(name, _mark(event.start_mark), refused))
        node = yaml.compose(source, Loader=_StrictLoader)
    except yaml.MarkedYAMLError as error:
        raise FlowError(_line(name, _mark(error.problem_mark), error.problem or "is not YAML")) from None
    except yaml.YAMLError:
        raise FlowError(_line(name, (1, 1), "holds characters that YAML does not allow")) from None
    document = Document()
    if node is not None:
        document.data = _value(node, (), document)
    return document


def check_version(flow: Flow, source: str, name: str, known: Mapping[tuple[str, int], str]) -> None:
    """Refuse other steps under a version number that was used before; running sittings could not end as they began.

    Args:
        known: structures by flow and version.
    Raises: FlowError.
    """
    if known.get((flow.flow, flow.version), flow.structure) != flow.structure:
        place = read_document(source, name).place(("version",))
        newest = max(version for used, version in known if used == flow.flow)
        raise FlowError(_line(name, place, f"version: has other steps than before; write {newest + 1}"))


def read_again(source: str) -> Flow:
    """A flow that was in order when it was kept; checks that were added since then are not asked of it.

    Raises: FlowError, when it no longer has the shape of a flow.
    """
    try:
        return Flow.model_validate(read_document(source, "").data)
    except ValidationError:
        raise FlowError("a flow that was kept has another shape by now; send its file again") from None


def load_flow(source: str, name: str, *further: Callable[[Flow], Iterable[Issue]]) -> Flow:
    """Make a flow of YAML text; ``name`` is the file's name for messages.

    Args:
        further: what is asked of this flow beyond ``check_flow``.
    Raises: FlowError, listing every problem as ``file:line:column: path: what is wrong``.
    """

    def checked(flow: Flow) -> Iterator[Problem]:
        for check in (check_flow, *further):
            yield from ((issue.path, issue.message) for issue in check(flow))

    return load(Flow, source, name, checked)


def load(kind: type[M], source: str, name: str, check: Callable[[M], Iterable[Problem]]) -> M:
    """Make a model of YAML text; ``name`` is the file's name for messages.

    Args:
        check: what single models cannot see.
    Raises: FlowError, listing every problem as ``file:line:column: path: what is wrong``, each once.
    """
    document = read_document(source, name)
    problems = list(document.problems)
    model: M | None = None
    try:
        model = kind.model_validate(document.data)
    except ValidationError as error:
        problems += [_explain(detail, document) for detail in error.errors(include_url=False)]
    else:
        problems += check(model)
    if model is None or problems:
        lines = [_line(name, document.place(path), _say(path, what, document)) for path, what in problems]
        raise FlowError("\n".join(dict.fromkeys(lines)))
    return model


def _value(node: yaml.Node, path: Path, document: Document) -> Any:
    document.places[path] = _mark(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in values:
                document.places[(*path, f"{key} again")] = _mark(key_node.start_mark)
                document.problems.append(((*path, f"{key} again"), "stands here twice; keep one"))
                continue
            values[key] = _value(value_node, (*path, key), document)
        return values
    if isinstance(node, yaml.SequenceNode):
        return tuple(_value(part, (*path, index), document) for index, part in enumerate(node.value))
    if node.tag == _BOOL:
        return node.value == "true"
    return int(node.value) if node.tag == _INT else node.value


def _explain(detail: ErrorDetails, document: Document) -> Problem:
    path = document.resolve(detail["loc"])
    if detail["type"] == "missing":
        path = (*path, detail["loc"][-1])
    return path, _HINTS.get(detail["type"], detail["msg"])


def _say(path: Path, what: str, document: Document) -> str:
    shown = [str(part) for part in path]
    return f"{'.'.join(shown)}: {what}" if shown else what


def _mark(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _line(name: str, place: tuple[int, int], what: str) -> str:
    return f"{name}:{place[0]}:{place[1]}: {what}"
