"""Calling hours in the callee's local time, and the moments (UTC) at which they open and close.

A number can belong to several time zones (a mobile prefix of a wide country). Such a person may be
called only when the hours are open in ALL of them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import force_setattr

Span = tuple[int, int]
"""From and to, in minutes of the local day: (540, 1080) is 9:00 to 18:00."""
Spans = tuple[Span, ...]
Moments = tuple[datetime, datetime]
"""Opening and closing, both UTC."""
Zones = tuple[str, ...]

DAY = timedelta(days=1)
SEARCH_DAYS = 400
"""How far ahead an open hour is looked for: over a year, so that a list of holidays cannot hide one."""
NEAR = 14
"""Spans looked at before it is asked whether there is any at all."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(9999, 1, 1, tzinfo=UTC)
ALWAYS: Moments = (LONG_AGO, FAR_AHEAD)
"""The span of people without calling hours."""
NEVER: Moments = (FAR_AHEAD, FAR_AHEAD)
"""The span of people whom no hour suits: closed all week, or zones that never agree."""

_WORKDAY: Spans = ((9 * 60, 18 * 60),)


class NeverOpenError(ValueError):
    """No hour is open in every zone: closed all week, or zones that never agree."""


class Hours(Struct, frozen=True):
    """Local calling hours of a week, with holidays."""

    week: tuple[Spans, ...] = (*(_WORKDAY,) * 5, (), ())
    """Seven days, Monday first; an empty day is closed."""
    holidays: frozenset[date] = frozenset()
    """Days on which nobody is called."""
    eve: Spans | None = None
    """Hours on the day before a holiday, when they differ from the weekday's."""
    _hash: int = 0
    """Worked out once: these are looked up for every person of a list."""

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")
        force_setattr(self, "_hash", hash((self.week, self.holidays, self.eve)))

    def __hash__(self) -> int:
        return self._hash

    def spans_on(self, day: date) -> Spans:
        """Open spans of one local date, in minutes; empty when closed."""
        spans = self.week[day.weekday()]
        if day in self.holidays:
            return ()
        if self.eve is not None and spans and day + DAY in self.holidays:
            return self.eve
        return spans


DEFAULT_HOURS = Hours()
"""Monday to Friday, 9 to 18."""


@lru_cache(maxsize=1024)
def zone_info(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, or None when there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def known_zones(*candidates: Zones, fallback: str = "UTC") -> Zones:
    """The first candidate that holds a real zone, reduced to its real zones; else the fallback, else UTC."""
    for names in (*candidates, (fallback,)):
        known = tuple(name for name in names if name and zone_info(name))
        if known:
            return known
    return ("UTC",)


@lru_cache(maxsize=65_536)
def at_local(day: date, minutes: int, zone: str) -> datetime:
    """A wall time as UTC. A time skipped in spring moves forward; a repeated autumn time is the first one."""
    return settle(datetime.combine(day, time()) + timedelta(minutes=minutes), zone).at


class Settled(Struct, frozen=True):
    """A wall time as a moment, and what the clocks did to it."""

    at: datetime
    """UTC."""
    clocks: Literal["", "skipped", "twice"]
    """`skipped`: no wall shows that time, spring takes it away, and the one after the gap is meant. `twice`: autumn
    shows it twice, and the first one is meant."""


def settle(wall: datetime, zone: str) -> Settled:
    """A wall time (no zone) in a zone as UTC, also one that is skipped in spring or comes twice in autumn."""
    there = zone_info(zone) or UTC
    first, second = (wall.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return Settled(first, "")
    exists = first.astimezone(there).replace(tzinfo=None) == wall.replace(tzinfo=None)
    return Settled(first, "twice" if exists else "skipped")


def local(moment: datetime, zone: str) -> datetime:
    """The moment as the wall clock of the zone shows it."""
    return moment.astimezone(zone_info(zone) or UTC)


def clock_minutes(t: datetime, zone: str) -> int:
    """Minutes since midnight on the wall clock of the zone."""
    wall = local(t, zone)
    return wall.hour * 60 + wall.minute


def next_open(
    hours: Hours | None,
    zones: str | Zones,
    t: datetime,
    prefer: Span | None = None,
    also: tuple[Hours, ...] = (),
) -> datetime:
    """First moment (UTC) >= t at which the callee may be called.

    `prefer` is a part of the local day: used when the first open day still has it. `hours` None: always
    open. `also` are more hours that must be open too (those of the law). Raises NeverOpenError.
    """
    span = current_or_next_span(hours, zones, t, also)
    if span == NEVER:
        raise NeverOpenError(f"no hour is open in all of {', '.join(_as_zones(zones))}")
    opens = max(span[0], t.astimezone(UTC))
    if prefer is None or (hours is None and not also):
        return opens
    home = _as_zones(zones)[0]
    begins, ends = (at_local(local(opens, home).date(), minutes, home) for minutes in prefer)
    wanted = max(opens, begins)
    wanted = max(current_or_next_span(hours, zones, wanted, also)[0], wanted)
    return wanted if wanted < ends else opens


def current_or_next_span(
    hours: Hours | None, zones: str | Zones, t: datetime, also: tuple[Hours, ...] = ()
) -> Moments:
    """The span that is open at t, else the next one: (opens, closes) in UTC; NEVER when no hour suits."""
    every = also if hours is None else (hours, *also)
    if not every:
        return ALWAYS
    if not all(any(one.week) for one in every):
        return NEVER
    moment, places = t.astimezone(UTC), _as_zones(zones)
    found = _search(every, places, moment, NEAR)
    if found is not None:
        return found
    return NEVER if _is_shut(every, places, moment.date()) else _search(every, places, moment) or NEVER


def _search(
    every: tuple[Hours, ...], zones: Zones, moment: datetime, most: int = SEARCH_DAYS
) -> Moments | None:
    """The first span that is open everywhere, after at most so many that are not; None when none was met."""
    pairs = [(one, zone) for one in every for zone in zones]
    spans = [_span_of(one, zone, moment) for one, zone in pairs]
    for _ in range(most):
        opens, closes = max(span[0] for span in spans), min(span[1] for span in spans)
        if opens < closes:
            return opens, closes
        if opens == FAR_AHEAD:
            break
        moment = opens
        # Only what is over by then has another span: a freephone number is in dozens of zones.
        spans = [
            span if moment < span[1] else _span_of(*pair, moment)
            for span, pair in zip(spans, pairs, strict=True)
        ]
    return None


@lru_cache(maxsize=1024)
def _is_shut(every: tuple[Hours, ...], zones: Zones, day: date) -> bool:
    """Whether no hour suits from this day (UTC) on. Dozens of zones for over a year take long, so once a day."""
    return _search(every, zones, datetime.combine(day, time(), UTC)) is None


_NOON, _EVENING = 12, 17
"""Hours at which the afternoon and the evening begin."""


def part_of_day(t: datetime, zone: str) -> str:
    """`morning`, `afternoon` or `evening`, on the wall clock of the zone."""
    hour = local(t, zone).hour
    return "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"


def is_open(hours: Hours | None, zones: str | Zones, t: datetime) -> bool:
    """Whether the callee may be called at t; False too when no hour is ever open."""
    return hours is None or all(_holds(hours, zone, t) for zone in _as_zones(zones))


def _holds(hours: Hours, zone: str, t: datetime) -> bool:
    return any(opens <= t < closes for opens, closes in _utc_spans(hours, zone, local(t, zone).date()))


def _as_zones(zones: str | Zones) -> Zones:
    return (zones,) if isinstance(zones, str) else zones or ("UTC",)


def _span_of(hours: Hours, zone: str, moment: datetime) -> Moments:
    """The span of one zone that is open at the moment, else the next one."""
    day = local(moment, zone).date()
    for _ in range(SEARCH_DAYS):
        for span in _utc_spans(hours, zone, day):
            if moment < span[1]:
                return span
        day += DAY
    return NEVER


@lru_cache(maxsize=16_384)
def _utc_spans(hours: Hours, zone: str, day: date) -> tuple[Moments, ...]:
    """Open spans of a local date in UTC, in order; spans that touch are one."""
    joined: list[Moments] = []
    for start, end in sorted(hours.spans_on(day)):
        opens, closes = at_local(day, start, zone), at_local(day, end, zone)
        if opens >= closes:  # the hour a clock skips in spring
            continue
        if joined and opens <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], closes)
        else:
            joined.append((opens, closes))
    return tuple(joined)
