"""A promise: a call-back agreed with the customer, and what we owe them besides."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import force_setattr

from tui.domain.window import DAY, LONG_AGO, at_local, local

Precision = Literal["minute", "part", "range", "day"]
"""How exactly a time was named: to the minute, a part of the day, from one hour to another, or only the day."""


class Part(NamedTuple):
    """A part of the day, in hours of the customer's clock."""

    taken_for: int
    """From this hour on we call."""
    begins: int
    """A call from this hour on is in that part, so it is not early."""
    ends: int
    """The first hour after it: from here on the promise is late."""


PARTS: dict[str, Part] = {
    "morning": Part(9, 0, 12),
    "afternoon": Part(14, 12, 18),
    "evening": Part(17, 16, 22),
}
"""Parts of the day by their English name, which is also their id."""


class Promise(Struct, frozen=True):
    """When, how and in whose words we promised to be in touch again."""

    from_: datetime
    """UTC. The promised minute, else the first moment of that day, part or range at which we would call."""
    zone: str
    """IANA zone of the customer when it was agreed."""
    precision: Precision = "minute"
    channel: str = "phone"
    phrase: str = ""
    """What the rep typed."""
    words: str = ""
    """What the customer asked for, in their words."""
    until: datetime = LONG_AGO
    """UTC. The end of what was promised: the minute itself, else the end of the day, part or range.

    Left out, it follows from `from_` and the precision.
    """

    def __post_init__(self) -> None:
        if self.until < self.from_:
            force_setattr(self, "until", self._usual_end())

    def _usual_end(self) -> datetime:
        if self.precision == "day":
            return at_local(self.local_day + DAY, 0, self.zone)
        if self.precision == "part":
            begins = local(self.from_, self.zone)
            named = next((part for part in PARTS.values() if begins.time() == time(part.taken_for)), None)
            ends = named.ends if named else next((p.ends for p in PARTS.values() if begins.hour < p.ends), 24)
            return at_local(self.local_day, ends * 60, self.zone)
        return self.from_

    @property
    def part(self) -> str:
        """`morning`, `afternoon` or `evening` of a promise for a part of the day; empty for any other."""
        if self.precision != "part":
            return ""
        last = local(self.until - timedelta(seconds=1), self.zone).hour
        return next((name for name, part in PARTS.items() if last < part.ends), "evening")

    def on_time_from(self, grace: timedelta) -> datetime:
        """From this moment (UTC) a call keeps the promise; before it, it is early.

        `grace` is for a named hour. A day begins at midnight, a part of it with its first hour.
        """
        if self.precision == "day":
            return at_local(self.local_day, 0, self.zone)
        if self.precision == "part":
            return min(self.from_, at_local(self.local_day, PARTS[self.part].begins * 60, self.zone))
        return self.from_ - grace

    def late_from(self, grace: timedelta) -> datetime:
        """From this moment (UTC) the promise is late: after the day or the part, or `grace` after the hour."""
        return self.until if self.precision in ("day", "part") else self.until + grace

    def late_by(self, now: datetime, due: datetime = LONG_AGO) -> timedelta:
        """How late a late promise is: whole days of a promised day, else the time since its end.

        `due`: when (UTC) we were to call, where a law moved that to later.
        """
        if self.precision == "day":
            return local(now, self.zone).date() - self.local_day
        return now - max(self.until, due if due > self.from_ else LONG_AGO)

    @property
    def shuts(self) -> datetime:
        """When (UTC) the working day ends at the customer's, on a promised day on which we are closed."""
        return at_local(self.local_day, PARTS["afternoon"].ends * 60, self.zone)

    @property
    def local_day(self) -> date:
        """The promised date at the customer's."""
        return local(self.from_, self.zone).date()


NO_DAY = date(2000, 1, 1)
"""Of a to-do that is none any more."""


class Owed(Struct, frozen=True):
    """Something we said we would do besides calling: what, by when, and when it was done."""

    what: str
    due: date
    done_at: datetime | None = None
    opened_at: datetime | None = None
    """When it was said that it is not done after all (UTC); else whoever has it as done would bring that back."""

    def __bool__(self) -> bool:
        """Whether there is anything to do: a correction may have taken it away after somebody did it."""
        return bool(self.what)
