"""The hour in which a team calls together: when it is on, and what a colleague is doing in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

HEARD_S = 90.0
"""So long a colleague is believed to do what they said; who says nothing more is away."""


class TeamHour(Struct, frozen=True):
    """When a team calls together, on the clock of the team."""

    opens: int
    """Minute of the day."""
    days: frozenset[int]
    """0 is Monday."""
    minutes: int

    def running(self, here: datetime) -> tuple[datetime, datetime] | None:
        """From when until when it is on, for a moment on the team's clock; None while it is not."""
        if here.weekday() not in self.days:
            return None
        starts = here.replace(hour=self.opens // 60, minute=self.opens % 60, second=0, microsecond=0)
        ends = starts + timedelta(minutes=self.minutes)
        return (starts, ends) if starts <= here < ends else None


def is_believed(said_at: float, now: float) -> bool:
    """Whether what a colleague said of themselves still counts; both in seconds of one steady clock."""
    return now - said_at <= HEARD_S
