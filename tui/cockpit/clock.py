"""The time, passed in everywhere, so that tests, demos and a simulation decide what it is."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

TICK_S = 1.0
"""Seconds between two ticks of the cockpit; what waits for the next tick waits so much longer."""


class Clock(Protocol):
    """Tells the time."""

    test: bool
    """Started at a time given by somebody; screens say `test clock`."""

    def now(self) -> datetime:
        """Wall-clock time, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...


class SystemClock:
    """The machine's time, or the machine's pace from a given start (`POWERHOUR_NOW`)."""

    def __init__(self, start: datetime | None = None) -> None:
        self.test = start is not None
        self._offset = start.astimezone(UTC) - datetime.now(UTC) if start else timedelta()

    def now(self) -> datetime:
        """Wall-clock time, UTC, to the millisecond: what is stored reads back equal."""
        moment = datetime.now(UTC) + self._offset
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()


class SteppedClock:
    """A clock that stands still until it is stepped: for tests and the simulation."""

    test = True

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._seconds = 0.0

    def now(self) -> datetime:
        """The time it was stepped to, UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds stepped so far."""
        return self._seconds

    def step(self, seconds: float = 0.0, **delta: float) -> None:
        """Go forward by seconds, or by minutes=, hours=, days=."""
        total = seconds + timedelta(**delta).total_seconds()
        self._seconds += total
        self._now += timedelta(seconds=total)
