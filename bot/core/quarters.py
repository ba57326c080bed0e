"""The fixed moments at which something is released across partnerships: the first day of each quarter, 06:00 UTC."""

from __future__ import annotations

from datetime import UTC, datetime

HOUR = 6


def quarter(now: datetime) -> datetime:
    """The last such moment up to now, UTC."""
    now = now.astimezone(UTC)
    begins = datetime(now.year, now.month - (now.month - 1) % 3, 1, HOUR, tzinfo=UTC)
    return begins if begins <= now else _before(begins)


def next_quarter(now: datetime) -> datetime:
    """The first such moment after now, UTC."""
    last = quarter(now)
    year, month = divmod(last.month + 2, 12)
    return last.replace(year=last.year + year, month=month + 1)


def _before(begins: datetime) -> datetime:
    if begins.month == 1:
        return begins.replace(year=begins.year - 1, month=10)
    return begins.replace(month=begins.month - 3)
