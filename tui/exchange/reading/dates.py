"""Dates and times as other programs write them. Never a guess: what cannot be read is said so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from tui.plaintext import fold

Precision = Literal["minute", "day"]

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]+(.*))?")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:,?\s+(.*))?")
_DAY_MONTH = re.compile(
    r"(?:[a-z]+,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?([a-z]+)\.?,?\s+(?:de\s+)?(\d{4})"
    r"(?:,?\s+(.*))?"
)
_MONTH_DAY = re.compile(r"(?:[a-z]+,\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(.*))?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(
    r"(at |um |alle |a las |a )?(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2})(?:\.\d+)?)?"
    r"\s*(am|pm|a\.m\.|p\.m\.|uhr|h)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?"
)
_MONTHS = (
    "jan january gennaio gen januar janner enero ene janvier janv",
    "feb february febbraio februar febrero fevrier fevr fev",
    "mar march marzo marz mrz mars",
    "apr april aprile abril abr avril avr",
    "may maggio mag mai mayo",
    "jun june giugno giu juni junio juin",
    "jul july luglio lug juli julio juillet juil",
    "aug august agosto ago aout",
    "sep sept september settembre set septiembre septembre",
    "oct october ottobre ott oktober okt octubre octobre",
    "nov november novembre noviembre",
    "dec december dicembre dic dezember dez diciembre decembre",
)
_MONTH_OF_WORD = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
MONTH_FIRST_REGIONS = frozenset({"US", "PH", "PR", "GU", "FM"})
"""Countries that write 11/23/2026."""


_YEARS = range(1900, 2200)
"""Anything else is a slip of the pen, or how a program writes that there is no date."""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date from a cell. `at` has a zone only when the cell named one."""

    at: datetime
    precision: Precision


def month_comes_first(values: Iterable[str], region: str) -> bool:
    """Whether a column of dates writes the month before the day: by its values, else as its country does."""
    for value in values:
        if match := _NUMERIC.fullmatch(fold(value)):
            first, second = int(match.group(1)), int(match.group(2))
            if first > 12 >= second or second > 12 >= first:
                return second > 12
    return region in MONTH_FIRST_REGIONS


def read_date(text: str, month_first: bool = False) -> ReadDate | None:
    """The date, and the time if there is one; None when the text is no date. Midnight counts as no time."""
    folded = fold(text)
    found = _date_parts(folded, month_first)
    if found is None:
        return None
    year, month, day, rest = found
    try:
        date = datetime(year, month, day)
    except ValueError:
        return None
    if year not in _YEARS:
        return None
    if not rest:
        return ReadDate(date, "day")
    return _with_time(date, rest)


def _date_parts(text: str, month_first: bool) -> tuple[int, int, int, str] | None:
    if match := _ISO.fullmatch(text):
        year, month, day, rest = match.groups()
        return int(year), int(month), int(day), rest or ""
    if match := _NUMERIC.fullmatch(text):
        first, second, year, rest = match.groups()
        month, day = (first, second) if month_first else (second, first)
        return int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day), rest or ""
    if match := _COMPACT.fullmatch(text):
        return int(match.group(1)), int(match.group(2)), int(match.group(3)), ""
    for pattern, day_at, month_at in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        match = pattern.fullmatch(text)
        if match and (number := _MONTH_OF_WORD.get(match.group(month_at))):
            return int(match.group(3)), number, int(match.group(day_at)), match.group(4) or ""
    return None


def _with_time(date: datetime, rest: str) -> ReadDate | None:
    match = _TIME.fullmatch(rest.strip())
    if not match:
        return None
    before, hour_text, minute_text, second_text, half, zone = match.groups()
    if not (before or minute_text or half):
        return None  # A bare number behind a date is anything.
    hour = int(hour_text)
    if half in ("am", "pm", "a.m.", "p.m."):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        clock = time(hour, int(minute_text or 0), int(second_text or 0))
        at = datetime.combine(date, clock)
        if zone:
            offset = "+00:00" if zone[0] not in "+-" else zone
            at = datetime.fromisoformat(f"{at.isoformat()}{offset}")
    except ValueError:
        return None
    return ReadDate(at, "day" if clock == time() else "minute")
