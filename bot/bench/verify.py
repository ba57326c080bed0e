"""Whether everything that was given is kept, once, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.bench.behaviour import Answers


def differences(
    given: Mapping[int, Answers | None], kept: Mapping[int, Answers | None], sheets: Iterable[Answers]
) -> list[str]:
    """Compare a round with what its people gave.

    Args:
        given, kept: by account; None for those who never began.
        sheets: all that the round counts, in any order.
    Returns: a line for each answer that is missing, another or too much, and for each sheet nobody has.
    """
    found = [
        line for account, answers in given.items() for line in _of_person(account, answers, kept[account])
    ]
    whose = Counter(_told(answers) for answers in kept.values() if answers is not None)
    counted = Counter(_told(answers) for answers in sheets)
    found += [f"a sheet counts once too often: {sheet}" for sheet in (counted - whose).elements()]
    return found + [f"a sheet does not count: {sheet}" for sheet in (whose - counted).elements()]


def _of_person(account: int, given: Answers | None, kept: Answers | None) -> Iterator[str]:
    if (given is None) != (kept is None):
        yield f"{account}: {'has no sheet' if kept is None else 'has a sheet, and never began'}"
    expected, found = given or {}, kept or {}
    for key in sorted(expected.keys() | found.keys()):
        if expected.get(key) != found.get(key):
            yield f"{account}: {key} is {found.get(key, 'missing')}, not {expected.get(key, 'given')}"


def _told(answers: Answers) -> str:
    return ", ".join(f"{key} {value}" for key, value in sorted(answers.items())) or "empty"


def unhandled(sent: int, handled: Collection[int]) -> list[str]:
    """Compare the updates that were noted as handled with those sent, numbered from 1.

    Returns: a line for each that is missing, or that nobody sent.
    """
    expected, found = set(range(1, sent + 1)), set(handled)
    return [
        *(f"update {number} was not handled" for number in sorted(expected - found)),
        *(f"update {number} was handled, and nobody sent it" for number in sorted(found - expected)),
    ]
