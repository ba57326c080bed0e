"""A clock for trying the bot out: it runs, and it can be pushed forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

DAY = timedelta(days=1)
FRIDAY, LATE_MORNING = 4, 10


class PushedClock:
    """Moved forward by as much as it was pushed, from a late working morning on.

    Whatever the hour at which somebody tries the playground: nobody there is asleep, and the next day is no
    weekend, so that they see at once what the bot has to say.
    """

    def __init__(self) -> None:
        now = datetime.now(UTC)
        morning = now.replace(hour=LATE_MORNING, minute=0, second=0, microsecond=0)
        while morning < now or morning.weekday() >= FRIDAY:
            morning += DAY
        self._ahead = morning - now

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def push(self, by: timedelta) -> None:
        self._ahead += by
