"""When our own pacing may ring a person: their calendar, the caps, and another time of day than last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.daywords import clock_minutes
from tui.domain.window import (
    DAY,
    LONG_AGO,
    Hours,
    NeverOpenError,
    Span,
    at_local,
    known_zones,
    local,
    next_open,
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When one person may be called by our own pacing."""

    hours: Hours | None
    """None: any time."""
    zones: tuple[str, ...]
    """The zones they may be in; at least one."""
    known_since: datetime
    """When the contact came to us (UTC)."""
    law: tuple[Hours, ...] = ()
    """Legal hours, which bind every call."""

    @property
    def home(self) -> str:
        """The zone in which their day is told."""
        return self.zones[0]

    def open_from(self, t: datetime, prefer: Span | None = None) -> datetime | None:
        """First callable moment (UTC) from t on, in the preferred part of that day if it can be."""
        try:
            return next_open(self.hours, self.zones, t, prefer, self.law)
        except NeverOpenError:
            return None

    def midnight(self, t: datetime) -> datetime:
        """The start (UTC) of the local day in which t lies."""
        return at_local(local(t, self.home).date(), 0, self.home)

    def open_day_at(self, t: datetime, days: int, minutes: int) -> datetime | None:
        """A wall time, not before t, on the first open day at least `days` after that of t.

        For an hour the customer named: the day keeps to our week, the hour is theirs.
        """
        day = local(t, self.home).date() + DAY * days
        if at_local(day, minutes, self.home) < t:
            day += DAY
        opens = self.open_from(at_local(day, 0, self.home))
        return None if opens is None else at_local(local(opens, self.home).date(), minutes, self.home)


def calendar_of(
    contact: Contact, policy: Policy, zones: tuple[str, ...] = (), law: tuple[Hours, ...] = ()
) -> Calendar:
    """The calendar of a contact: its own zone, else those of its number, else the team's."""
    exempt = not policy.exempt_lists.isdisjoint(contact.lists)
    known = known_zones((contact.zone,), zones, fallback=policy.zone)
    since = contact.created_at or contact.edited_at or LONG_AGO
    return Calendar(None if exempt else policy.hours, known, since, law)


def free_of_caps(attempts: Sequence[Call], caps: Sequence[tuple[int, timedelta]]) -> datetime:
    """From this moment on one more call breaks no rolling cap."""
    return max(
        (attempts[-most].at + span for most, span in caps if len(attempts) >= most),
        default=LONG_AGO,
    )


def least_tried_daypart(dayparts: Sequence[Span], calls: Sequence[Call], calendar: Calendar) -> Span | None:
    """The part of the day tried least; among equals the one half a day away from the last try."""
    if not dayparts:
        return None
    count = len(dayparts)
    tried = [_daypart_of(call, dayparts, calendar) for call in calls]
    first = ((tried[-1] if tried else 0) + count // 2) % count
    order = [(first + i) % count for i in range(count)]
    return dayparts[min(order, key=lambda i: (tried.count(i), order.index(i)))]


def _daypart_of(call: Call, dayparts: Sequence[Span], calendar: Calendar) -> int:
    minutes = clock_minutes(call.at, calendar.home)
    return next((i for i, (start, end) in enumerate(dayparts) if start <= minutes < end), -1)
