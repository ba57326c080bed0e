"""Counts that people move by what they do, held back until they tell nothing of anybody.

One small partnership may have a bot to itself. Read every fifteen seconds, a counter of updates, of messages or of
transactions would then tell when somebody wrote, and in an open round that is to say when somebody answered. So
these counts are told together, in whole ``STEP``, at the end of an hour, and only of one at whose end ``ENOUGH``
updates had come since they were told before: many more than one person makes in a whole round. That the hour is over
decides, never an update: otherwise the moment of the last one needed would show.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, product

HOUR = 3600.0
"""Seconds from one moment at which counts may be told to the next."""

ENOUGH = 1000
"""Least updates of all people together between two such moments."""

STEP = 100
"""Told is a whole multiple of this; the rest waits for the next time."""

BOUNDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Seconds up to which durations are counted together; whatever takes longer is counted without a bound."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One family of counts, and the words that its labels may take: no others, so that each is there from the start."""

    name: str
    help: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False, compare=False)

    def series(self) -> Iterable[tuple[str, ...]]:
        return product(*self.labels.values())


@dataclass(frozen=True, slots=True)
class Told:
    """What may be known until the next time.

    Attributes:
        counts: by the name of the kind, then its labels.
        durations: by the name of the kind: how many took at most each of ``BOUNDS``, and last how many there were.
        cpu: whole seconds of the processor.
    """

    counts: Mapping[tuple[str, ...], int]
    durations: Mapping[str, tuple[int, ...]]
    cpu: int


class Held:
    """Counts at once and tells later.

    Args:
        seconds: a monotonic clock, from whose present moment on hours are counted.
        cpu: seconds of the processor used so far.
    """

    def __init__(
        self,
        counted: Iterable[Kind],
        timed: Iterable[Kind],
        *,
        seconds: Callable[[], float],
        cpu: Callable[[], float],
    ) -> None:
        self._seconds, self._cpu = seconds, cpu
        self._counts = Counter({(kind.name, *labels): 0 for kind in counted for labels in kind.series()})
        self._durations = {kind.name: [0] * (len(BOUNDS) + 1) for kind in timed}
        self._updates = 0
        self._next_hour = seconds() + HOUR
        self._told = self._rounded(0.0)

    def count(self, kind: Kind, *labels: str) -> None:
        """Count one. Raises: KeyError, for labels that the kind does not have."""
        key = (kind.name, *labels)
        if key not in self._counts:
            raise KeyError(kind.name)
        self._counts[key] += 1

    def update(self, kind: Kind, *labels: str) -> None:
        """Count an update, of which there must be enough before anything is told."""
        self._turn()
        self._updates += 1
        self.count(kind, *labels)

    def took(self, kind: Kind, seconds: float) -> None:
        """Count a duration."""
        self._durations[kind.name][bisect_left(BOUNDS, seconds)] += 1

    def told(self) -> Told:
        """What may be known at this moment; looking more often tells nothing more."""
        self._turn()
        return self._told

    def _turn(self) -> None:
        """If an hour ended since somebody last came by, tell what there was at its end; until now nothing came."""
        now = self._seconds()
        if now < self._next_hour:
            return
        self._next_hour += HOUR * ((now - self._next_hour) // HOUR + 1)
        if self._updates >= ENOUGH:
            self._updates = 0
            self._told = self._rounded(self._cpu())

    def _rounded(self, cpu: float) -> Told:
        return Told(
            {key: _down(number) for key, number in self._counts.items()},
            {name: tuple(map(_down, accumulate(numbers))) for name, numbers in self._durations.items()},
            int(cpu),
        )


def _down(number: int) -> int:
    return number // STEP * STEP
