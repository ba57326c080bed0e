"""How much one may do in a short time: plenty at once, then as much as time brings back.

Kept in memory only, since who wrote when is nobody's business; a restart gives everybody a full allowance.
"""

from __future__ import annotations

MOST_REMEMBERED = 10_000
"""Holders that are remembered at a time: one or two megabytes."""

_A_LITTLE = 1e-6  # moments are floats: what is short by less than a millionth is not short


class Allowance:
    """So much at once for each holder, and then one more whenever some seconds have passed.

    Of each holder only one number is kept, and only until the allowance is whole again.

    Args:
        at_once: how often something may be done without any rest.
        seconds: after which once more is allowed.
        most: holders that are remembered; one more pushes out the one that did nothing for the longest time, who
            then has a full allowance.
    """

    def __init__(self, at_once: int, *, seconds: float, most: int = MOST_REMEMBERED) -> None:
        self._seconds = seconds
        self._longest = at_once * seconds
        self._most = most
        self._whole_at: dict[int, float] = {}  # in the order in which it was last drawn on

    def __len__(self) -> int:
        """Holders that are remembered."""
        return len(self._whole_at)

    def is_left(self, holder: int, now: float, *, times: int = 1) -> bool:
        """Whether a holder may do it once more, or something that counts several times.

        Args:
            now: in seconds of any clock, always the same one.
        """
        return self._debt(holder, now) + times * self._seconds <= self._longest + self._seconds * _A_LITTLE

    def spend(self, holder: int, now: float, *, times: int = 1) -> bool:
        """Draw on the allowance of a holder; False, and nothing changes, when too little is left of it."""
        if not self.is_left(holder, now, times=times):
            return False
        self._note(holder, now, self._debt(holder, now) + times * self._seconds)
        return True

    def give_back(self, holder: int, now: float, *, times: int = 1) -> None:
        """Take back what was spent on something that did not come about."""
        self._note(holder, now, self._debt(holder, now) - times * self._seconds)

    def _debt(self, holder: int, now: float) -> float:
        """Seconds until the allowance is whole; none when there would be too many, since then the clock fell back."""
        debt = self._whole_at.get(holder, now) - now
        return debt if 0 < debt < self._longest + self._seconds else 0.0

    def _note(self, holder: int, now: float, debt: float) -> None:
        self._whole_at.pop(holder, None)
        self._forget(now)
        if debt > 0:
            self._whole_at[holder] = now + debt

    def _forget(self, now: float) -> None:
        """Let go of the oldest, as long as they are whole again or too many."""
        while self._whole_at:
            oldest = next(iter(self._whole_at))
            if len(self._whole_at) < self._most and self._whole_at[oldest] > now:
                break
            del self._whole_at[oldest]
