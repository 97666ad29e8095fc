"""Dates and times as other programs write them. Never a guess: what cannot be read is said so."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from tui.domain.when.words import MONTHS
from tui.exchange.reading.cells import zone_name
from tui.plaintext import clean, fold

Precision = Literal["minute", "day"]


class DateOrder(StrEnum):
    """What stands first in 12/01/2026."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


_WEEKDAY = r"(?:[a-z]+\.?,?\s+)?"
_REST = r"(?:t|,?\s+|,)(.*)"
_ISO = re.compile(rf"(\d{{4}})\s?[-/.]\s?(\d{{1,2}}|[a-z]+)\s?[-/.]\s?(\d{{1,2}})(?:{_REST})?")
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?[-/.]\s?(\d{{4}}|\d{{2}})(?:{_REST})?"
)
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:\.|st|nd|rd|th|er)?[-/\s]?\s*(?:de\s+|of\s+)?([a-z]+)\.?,?[-/\s]?\s*(?:de\s+|del\s+)?"
    rf"'?(\d{{4}}|\d{{2}})(?:{_REST})?"
)
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}([a-z]+)\.?[-/\s]\s*(\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|[-/\s]\s*)'?(\d{{4}}|\d{{2}})(?:{_REST})?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t(\d{4}|\d{6})(z)?)?")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_STAMP = re.compile(r"(1\d{9})\d{3}")
"""Milliseconds since 1970, from 2001 to 2033. As many seconds may be a number that lost its zero: 1795 530600."""
_TIME = re.compile(
    r"(?:at |um |alle (?:ore )?|ore |a las |a |kl )?(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2})(?:[.,]\d+)?)?"
    r"\s*(am|pm|a\.?\s?m\.|p\.?\s?m\.|uhr|h)?\s*(.*)"
)
_OFFSET = re.compile(r"(?:gmt|utc|z)?\s?([+-])(\d{1,2}):?(\d{2})?")
_IN_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]$")
_HOURS_OF_ZONE = {
    **dict.fromkeys(("z", "utc", "gmt", "ut", "wet"), 0),
    **dict.fromkeys(("bst", "west", "cet", "mez"), 1),
    **dict.fromkeys(("cest", "mesz", "eet"), 2),
    "eest": 3,
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7},
}
"""Source of the American ones: RFC 5322, 4.3. Names that mean several zones (IST) are left out."""
_SERIAL_DAY_0 = datetime(1899, 12, 30)
"""Where spreadsheets begin to count; they take 1900 for a leap year."""
_SERIALS = range(25_569, 73_051)
"""1970 to 2099: other numbers of five digits are no dates."""
_YEARS = range(1900, 2200)
"""Anything else is a slip of the pen, or how a program writes that there is no date."""


class ReadDate(Struct, frozen=True):
    """A date from a cell. `at` has a zone only when the cell named one."""

    at: datetime
    precision: Precision


class Figures(Struct, frozen=True):
    """A date in three figures, of which day and month may be told apart or not."""

    proves: DateOrder | None
    """The order in which alone it is a date; None when it is one in both."""
    asks: bool
    """Whether the two readings are two days. Nobody who begins with a month writes points."""


@lru_cache(maxsize=4_096)
def figures_in(value: str) -> Figures | None:
    """What a cleaned cell says about the order of its figures; None when it is no date of three figures."""
    match = _NUMERIC.fullmatch(fold(value))
    if not match:
        return None
    first, mark, second = int(match.group(1)), match.group(2), int(match.group(3))
    if not (min(first, second) >= 1 and max(first, second) <= 31 and min(first, second) <= 12):
        return None
    if max(first, second) > 12:
        return Figures(DateOrder.DAY_FIRST if first > 12 else DateOrder.MONTH_FIRST, False)
    return Figures(None, mark != "." and first != second)


@lru_cache(maxsize=8_192)
def read_date(text: str, order: DateOrder | None = None) -> ReadDate | None:
    """The date, and the time if there is one; None when the text is no date. Midnight counts as no time.

    12/01/2026 is a date only when its `order` is known.
    """
    folded, spelled = fold(text), clean(text)
    if counted := _counted(folded):
        return counted
    found = _date_parts(folded, order)
    if found is None:
        return None
    year, month, day, rest = found
    try:
        date = datetime(year, month, day)
    except ValueError:
        return None
    if year not in _YEARS:
        return None
    if not rest.strip():
        return ReadDate(date, "day")
    return _with_time(date, rest.strip(), spelled)


def is_moment(text: str) -> bool:
    """Whether a cleaned cell is a date or a time of day, be it one of which the order is not known."""
    return figures_in(text) is not None or (read_date(text) or read_time(text)) is not None


def read_time(text: str) -> time | None:
    """The time of day when a cell holds nothing else, as in `15:00` or `3 pm`."""
    match = _TIME.fullmatch(fold(text))
    return _clock(match) if match and not match.group(5) else None


def _counted(text: str) -> ReadDate | None:
    """A day as spreadsheets count them, with its hour as a part of it; or milliseconds since 1970."""
    if (match := _SERIAL.fullmatch(text)) and int(match.group(1)) in _SERIALS:
        part = float(f"0.{match.group(2) or 0}")
        at = _SERIAL_DAY_0 + timedelta(days=int(match.group(1)), minutes=round(part * 1_440))
        return ReadDate(at, "minute" if part else "day")
    if match := _STAMP.fullmatch(text):
        at = datetime.fromtimestamp(int(match.group(1)), UTC)
        return ReadDate(at, "day" if at.time() == time() else "minute")
    return None


def _date_parts(text: str, order: DateOrder | None) -> tuple[int, int, int, str] | None:
    if match := _ISO.fullmatch(text):
        year, middle, day, rest = match.groups()
        month = int(middle) if middle.isdigit() else MONTHS.get(middle, 0)
        return int(year), month, int(day), rest or ""
    if match := _NUMERIC.fullmatch(text):
        first, mark, second, year, rest = match.groups()
        figures = figures_in(text)
        known = figures and (figures.proves or (order if figures.asks else order or DateOrder.DAY_FIRST))
        if not known:
            return None
        if mark == "." and figures and figures.proves is None:
            known = DateOrder.DAY_FIRST
        in_order = (first, second) if known is DateOrder.MONTH_FIRST else (second, first)
        return _whole_year(year), int(in_order[0]), int(in_order[1]), rest or ""
    if match := _COMPACT.fullmatch(text):
        clock = match.group(4) or ""
        rest = ":".join(clock[at : at + 2] for at in range(0, len(clock), 2)) + (match.group(5) or "")
        return int(match.group(1)), int(match.group(2)), int(match.group(3)), rest
    for pattern, day_at, month_at in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        match = pattern.fullmatch(text)
        if match and (number := MONTHS.get(match.group(month_at))):
            return _whole_year(match.group(3)), number, int(match.group(day_at)), match.group(4) or ""
    return _with_year_last(text)


def _with_year_last(text: str) -> tuple[int, int, int, str] | None:
    """`Tue Nov 24 15:00:00 CET 2026`, as Unix and Java write a moment."""
    match = re.fullmatch(r"[a-z]+ ([a-z]+) +(\d{1,2}) (\d{1,2}:\d{2}(?::\d{2})?(?: [a-z]+)?) (\d{4})", text)
    if not match or match.group(1) not in MONTHS:
        return None
    return int(match.group(4)), MONTHS[match.group(1)], int(match.group(2)), match.group(3)


def _whole_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _with_time(date: datetime, rest: str, spelled: str) -> ReadDate | None:
    match = _TIME.fullmatch(rest)
    clock = _clock(match) if match else None
    if match is None or clock is None:
        return None
    at = datetime.combine(date, clock)
    if named := match.group(5).strip():
        zoned = _in_zone(at, named, spelled)
        if zoned is None:
            return None
        at = zoned
    return ReadDate(at, "day" if clock == time() else "minute")


def _clock(match: re.Match[str]) -> time | None:
    """The time of day of a match of `_TIME`; a bare number is anything."""
    hour_text, minute_text, second_text, half, _ = match.groups()
    hour, half = int(hour_text), (half or "").replace(".", "").replace(" ", "")
    if not (minute_text or half):
        return None
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, int(minute_text or 0), int(second_text or 0))
    except ValueError:
        return None


def _in_zone(at: datetime, named: str, spelled: str) -> datetime | None:
    """The moment in the zone the text names by its offset, its letters or its place; None for an unknown one.

    `spelled` is the cell before it was folded: names of places are written with capitals.
    """
    if (bracketed := _IN_BRACKETS.search(named)) and bracketed.start() > 0:
        named, spelled = named[: bracketed.start()], ""  # its offset says the same: +0100 (CET)
    named = named.strip("()[] ")
    hours = _HOURS_OF_ZONE.get(named)
    if hours is not None:
        return datetime.fromisoformat(f"{at.isoformat()}{hours:+03}:00")
    if offset := _OFFSET.fullmatch(named):
        sign, offset_hours, minutes = offset.groups()
        try:
            return datetime.fromisoformat(f"{at.isoformat()}{sign}{int(offset_hours):02}:{minutes or '00'}")
        except ValueError:
            return None
    place = zone_name(spelled.rstrip(")] ")[-len(named) :]) if "/" in named else ""
    return at.replace(tzinfo=ZoneInfo(place)) if place else None
