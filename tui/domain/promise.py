"""A promise: a call-back agreed with the customer, and what we owe them besides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from tui.domain.window import DAY, at_local, local

Precision = Literal["minute", "day"]


@dataclass(frozen=True, slots=True)
class Promise:
    """When, how and in whose words we promised to be in touch again."""

    at: datetime
    """UTC. For precision `day` the first moment of calling hours on that day in the customer's zone."""
    zone: str
    """IANA zone of the customer when it was agreed."""
    precision: Precision = "minute"
    """`day`: they named no time; late only after that day."""
    channel: str = "phone"
    phrase: str = ""
    """What the rep typed."""
    words: str = ""
    """What the customer asked for, in their words."""

    def on_time_from(self, grace: timedelta) -> datetime:
        """From this moment (UTC) a call keeps the promise; before it, it is early."""
        if self.precision == "day":
            return at_local(self.local_day, 0, self.zone)
        return self.at - grace

    def late_from(self, grace: timedelta) -> datetime:
        """From this moment (UTC) the promise is late. A promise for a day is late only after that day."""
        if self.precision == "day":
            return at_local(self.local_day + DAY, 0, self.zone)
        return self.at + grace

    @property
    def local_day(self) -> date:
        """The promised date at the customer's."""
        return local(self.at, self.zone).date()


@dataclass(frozen=True, slots=True)
class Owed:
    """Something we said we would do besides calling: what, by when, and when it was done."""

    what: str
    due: date
    done_at: datetime | None = None
