"""The time, passed in everywhere, so that tests, demos and a simulation decide what it is."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from math import isnan, nan
from typing import Protocol

TICK_S = 1.0
"""Seconds between two ticks of the cockpit; what waits for the next tick waits so much longer."""
LONGEST_S = 4 * 3600.0
"""Two stored times that are further apart tell of a clock that was set: no call, card or form lasts so long."""


class Moment(datetime):
    """A time that also knows how long the machine had been awake: a clock that is set changes no duration.

    What is computed from it or read back from the disk knows only the time.
    """

    __slots__ = ("_awake",)  # a session keeps several for every call: without a dictionary each takes a third
    _awake: float | None

    @property
    def awake(self) -> float | None:
        """`Clock.monotonic` at that time; None when only the time is known, nan when no time of this clock fits."""
        return getattr(self, "_awake", None)

    @classmethod
    def of(cls, at: datetime, awake: float) -> Moment:
        """The same time, with the seconds the machine had been awake."""
        moment = cls.combine(at.date(), at.timetz())
        moment._awake = awake
        return moment


def seconds_between(start: datetime, end: datetime) -> float | None:
    """Seconds awake from `start` to `end`; None when only times are known and these are impossible or absurd.

    A closed lid is no talk, and a clock set in between changes nothing. After a restart the stored times are all
    there is: an end before its start, or more than `LONGEST_S` later, says nothing about how long it took.
    """
    first, last = getattr(start, "awake", None), getattr(end, "awake", None)
    if first is not None and last is not None and not (isnan(first) and isnan(last)):
        return None if isnan(last - first) else max(float(last - first), 0.0)
    seconds = (
        end.timestamp() - start.timestamp()
    )  # two times of one zone would be told apart by their clock hands
    return seconds if 0 <= seconds <= LONGEST_S else None


class Clock(Protocol):
    """Tells the time."""

    test: bool
    """Started at a time given by somebody; screens say `test clock`."""

    def now(self) -> datetime:
        """Wall-clock time, UTC: a `Moment` of this clock."""

    def monotonic(self) -> float:
        """Seconds the machine has been awake; they never go back."""

    def elapsed(self) -> float:
        """Seconds that never go back and also count while the machine sleeps."""


def measured(at: datetime, now: datetime) -> datetime:
    """A time read back from the disk, as a `Moment` of this clock: how long ago it was is settled `now`.

    One that is to come or absurdly long ago is comparable with its like alone, however the clock goes on.
    """
    ago, awake = seconds_between(at, now), getattr(now, "awake", None)
    return at if awake is None else Moment.of(at, nan if ago is None else awake - ago)


_WITH_SLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""The clock that goes on during sleep: Linux has one of its own, macOS means this by its monotonic one."""


class SystemClock:
    """The machine's time, or the machine's pace from a given start (`POWERHOUR_NOW`)."""

    def __init__(self, start: datetime | None = None) -> None:
        self.test = start is not None
        self._offset = start.astimezone(UTC) - datetime.now(UTC) if start else timedelta()

    def now(self) -> datetime:
        """Wall-clock time, UTC, to the millisecond: what is stored reads back equal."""
        moment = datetime.now(UTC) + self._offset
        return Moment.of(moment.replace(microsecond=moment.microsecond // 1000 * 1000), self.monotonic())

    def monotonic(self) -> float:
        """Seconds the machine has been awake; on Windows also those it slept."""
        return time.monotonic()

    def elapsed(self) -> float:
        """Seconds that also count while the machine sleeps."""
        if sys.platform == "win32" or _WITH_SLEEP is None:
            return time.monotonic()
        return time.clock_gettime(_WITH_SLEEP)
