"""A clock that a test or the simulation steps forward, puts to sleep or sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tui.cockpit.clock import Moment


class SteppedClock:
    """A `Clock` that stands still until it is stepped."""

    test = True

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._seconds = self._asleep = 0.0

    def now(self) -> datetime:
        """The time it was stepped to, UTC."""
        return Moment.of(self._now, self._seconds)

    def monotonic(self) -> float:
        """Seconds stepped so far."""
        return self._seconds

    def elapsed(self) -> float:
        """Seconds stepped and slept so far."""
        return self._seconds + self._asleep

    def step(self, seconds: float = 0.0, **delta: float) -> None:
        """Go forward by seconds, or by minutes=, hours=, days=."""
        total = seconds + timedelta(**delta).total_seconds()
        self._seconds += total
        self._now += timedelta(seconds=total)

    def sleep(self, **delta: float) -> None:
        """Close the lid for minutes=, hours=, days=: time passes, and the machine is not awake."""
        self._asleep += timedelta(**delta).total_seconds()
        self._now += timedelta(**delta)

    def set(self, **delta: float) -> None:
        """Set the wall clock forward or back by minutes=, hours=, days=: no time passes."""
        self._now += timedelta(**delta)
