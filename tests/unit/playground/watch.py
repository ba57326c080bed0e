"""What the playground's tests share: a clock that stands still and the shape of a call."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

TOKEN = "1:made-up"  # noqa: S105
Call = Callable[..., Coroutine[Any, Any, tuple[int, dict[str, Any]]]]


class Watch:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.now = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def push(self, **span: float) -> None:
        self.now += timedelta(**span)
