"""Reads one way of understanding a call-back phrase, word by word. A word that is not of the grammar ends it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from tui.domain.promise import Part
from tui.domain.when.calendar import (
    EDGES,
    FEASTS,
    PERIODS,
    add_months,
    after_feast,
    edge_of_months,
    edge_of_week,
    first_of,
    working_day,
)
from tui.domain.when.readings import UnclearError
from tui.domain.when.words import (
    AHEAD,
    BEFORE_A_TIME,
    COUNTS,
    IGNORED,
    MONTHS,
    NOON,
    PARTS,
    RELATIVE_DAYS,
    UNITS,
    WEEKDAYS,
)

_TOKEN = re.compile(r"\d\d:\d\d~\d\d:\d\d|\d{1,2}[:.]\d{2}(?!\d)|#?\d+|[a-z]+[1-4](?!\d)|[a-zß]+|\S")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d\d?)-(\d\d?)\b")
_DASH_DATE = re.compile(r"\b(\d\d?)-(\d\d?)-(\d{4})\b")
_SLASH_DATE = re.compile(r"\b(\d\d?)/(\d\d?)(?:/(\d{4}|\d\d))?(?=\s|$)")
_DOT_DATE = re.compile(r"\b(\d\d?)\.(\d\d?)\.(\d{4}|\d\d)?(?=\s|$)")
_RANGE = re.compile(r"\d\s*[-,]\s*\d")


class Found(Struct):
    """What the words said so far."""

    now: datetime
    day: date | None = None
    weekday: int | None = None
    weeks_on: int = 0
    this: bool = False
    """The weekday may be today's."""
    after_day: bool = False
    """The first working day after the one that was named."""
    before_day: bool = False
    """The last working day before it."""
    next_week: bool = False
    at: time | None = None
    small_hour: bool = False
    """`at` was written `3:30`: of the afternoon, unless the day is today or written out with its year."""
    in_full: bool = False
    """The date was written with its year."""
    bare_hour: int | None = None
    """An hour named without am, pm, minutes or `at`."""
    until: time | None = None
    """The end of what begins `at`."""
    part: Part | None = None
    delta: timedelta | None = None

    @property
    def said_nothing(self) -> bool:
        """Whether no word named a day or a time."""
        said = (self.day, self.weekday, self.at, self.bare_hour, self.part)
        return not self.next_week and all(value is None for value in said)

    def set_day(self, day: date) -> None:
        """Note the date. Raises UnclearError when another one was named."""
        if self.day is not None and self.day != day:
            raise UnclearError("two days")
        self.day = day

    def set_time(self, at: time | None = None, bare_hour: int | None = None) -> None:
        """Note the time, or a number that is an hour only if a day was named. Raises UnclearError for a second one."""
        if self.at is not None or self.bare_hour is not None:
            raise UnclearError("two times")
        self.at, self.bare_hour = at, bare_hour


def read_phrase(phrase: str, now: datetime, month_first: bool) -> Found:
    """What a phrase in the words of the grammar says. Raises UnclearError at any other word."""
    found = Found(now)
    _read(_TOKEN.findall(_take_dates(phrase, found, month_first)), found)
    return found


def working_hour(hour: int, part: Part | None) -> int:
    """The hour a rep means: `3` is 15:00; with a part of the day, the hour in it."""
    if part is None:
        return hour + 12 if hour < 8 else hour
    return hour + 12 if part.begins >= 12 and hour < 12 else hour


def _take_dates(phrase: str, found: Found, month_first: bool) -> str:
    """The phrase without its date in figures."""
    for pattern in (_ISO_DATE, _DASH_DATE, _SLASH_DATE, _DOT_DATE):
        if match := pattern.search(phrase):
            found.set_day(_figures(match, pattern, found.now.date(), month_first))
            found.in_full = len(match[1]) == 4 or bool(match[3])
            phrase = f"{phrase[: match.start()]} {phrase[match.end() :]}"
    if _RANGE.search(phrase):
        raise UnclearError("a range is no time")
    return phrase


def _figures(match: re.Match[str], pattern: re.Pattern[str], today: date, month_first: bool) -> date:
    first, second, third = match.groups()
    if pattern is _ISO_DATE:
        return _date(int(third), int(second), first, today)
    if pattern in (_SLASH_DATE, _DASH_DATE) and month_first:
        first, second = second, first
    return _date(int(first), int(second), f"20{third}" if third and len(third) == 2 else third, today)


def _date(day: int, month: int, year: str | None, today: date) -> date:
    """The date; without a year the next one that is not over."""
    try:
        named = date(int(year) if year else today.year, month, day)
        return named if year or named >= today else named.replace(year=today.year + 1)
    except ValueError:
        raise UnclearError("no such date") from None


def _read(tokens: list[str], found: Found) -> None:
    """Read the words from left to right; each rule says how many it understood."""
    padded, index = ["", *tokens, "", "", ""], 0
    rules = (_span, _month_date, _month_alone, _day_of_month, _edge, _from_to, _clock, _hour, _named, _filler)
    while index < len(tokens):
        before, *words = padded[index : index + 5]
        for rule in rules:
            used = rule(words, before, found)
            if used:
                break
        else:
            raise UnclearError(tokens[index])
        index += used


def _span(words: list[str], _before: str, found: Found) -> int:
    """`in 3 days`, `2w`, `fra un'ora`: how far ahead."""
    lead = words[0] in AHEAD
    number, unit = words[lead], words[lead + 1]
    count = int(number) if number.isdecimal() and len(number) <= 4 else COUNTS.get(number)
    a_clock = found.day is not None and unit in ("h", "ore") and not lead
    understood = count is not None and not a_clock and _add_span(count, unit, lead, found)
    if lead and not understood:
        raise UnclearError("in what time?")
    return 2 + lead if understood else 0


def _add_span(count: int, unit: str, lead: bool, found: Found) -> bool:
    counts, today = UNITS.get(unit), found.now.date()
    if counts is None or (unit == "m" and count <= 12) or (unit == "h" and not lead and count > 8):
        return False  # "3m" may be months, "15h" may be a clock
    if counts in ("months", "years"):
        found.set_day(_months_on(today, count * (12 if counts == "years" else 1)))
    elif counts in ("days", "weeks"):
        found.set_day(today + timedelta(**{counts: count}))
    elif found.delta is None:
        found.delta = timedelta(**{counts: count})
    else:
        raise UnclearError("two spans")
    return True


def _months_on(day: date, count: int) -> date:
    try:
        return add_months(day, count)
    except ValueError as far:
        raise UnclearError(str(far)) from None


def _month_date(words: list[str], _before: str, found: Found) -> int:
    """`24 nov`, `nov 24`, `24 november 2026`."""
    first, second, third = (word.removeprefix("#") for word in words[:3])
    if first.isdecimal() and second in MONTHS:
        day, month = first, second
    elif first in MONTHS and second.isdecimal() and len(second) < 3:
        if first in WEEKDAYS:  # "mar 3": the third of March, or martedì at three
            return 0
        day, month = second, first
    else:
        return 0
    year = third if re.fullmatch(r"20\d\d", third) else None
    found.set_day(_date(int(day[:4]), MONTHS[month], year, found.now.date()))
    found.in_full = year is not None
    return 3 if year else 2


def _month_alone(words: list[str], _before: str, found: Found) -> int:
    """`january`, `jan 2027`: its first working day."""
    word, year = words[:2]
    if word not in MONTHS or word in WEEKDAYS:
        return 0
    a_year = bool(re.fullmatch(r"20\d\d", year))
    found.set_day(_edge_of_month("startof", word, found.now.date(), int(year) if a_year else None))
    return 1 + a_year


def _edge_of_month(edge: str, month: str, today: date, year: int | None = None) -> date:
    first = date(year or today.year, MONTHS[month], 1)
    if year is None and first < today.replace(day=1):
        first = first.replace(year=today.year + 1)
    day = edge_of_months(edge, first, 1)
    if day < today:
        raise UnclearError("that is over")
    return day


def _day_of_month(words: list[str], _before: str, found: Found) -> int:
    """`the 4th`, `lunedi 23 alle 10`: the next such day, which must be the weekday that was named."""
    word, after = words[:2]
    named = word.startswith("#") and word[1:].isdecimal()
    if not named and (not word.isdecimal() or found.weekday is None or after not in BEFORE_A_TIME):
        return 0
    today, number = found.now.date(), int(word.lstrip("#")[:4])
    if after == "nextmonth":
        found.set_day(_date(number, _months_on(today, 1).month, str(_months_on(today, 1).year), today))
        return 2
    ahead = (today + timedelta(days=n) for n in range(not named or number != today.day, 64))
    day = next((day for day in ahead if day.day == number), None)
    if day is None:
        raise UnclearError("no such day")
    found.set_day(day)
    return 1


def _edge(words: list[str], _before: str, found: Found) -> int:
    """`endof week`, `startof january`, `quarter2`."""
    word, period, year = words[:3]
    today = found.now.date()
    if re.fullmatch(r"quarter[1-4]", word):
        a_year = bool(re.fullmatch(r"20\d\d", period))
        first = date(int(period) if a_year else today.year, int(word[-1]) * 3 - 2, 1)
        first = first if first >= today or a_year else first.replace(year=today.year + 1)
        found.set_day(edge_of_months("startof", first, 3))
        return 1 + a_year
    if word not in EDGES:
        return 0
    if period in MONTHS:
        a_year = bool(re.fullmatch(r"20\d\d", year))
        found.set_day(_edge_of_month(word, period, today, int(year) if a_year else None))
        return 2 + a_year
    if period not in PERIODS:
        raise UnclearError("the end of what?")
    day = _edge_of(word, period, today)
    # "Start of the month" on the 18th: of the one that comes.
    found.set_day(day if day >= today else _edge_of(word, f"next{period}", today))
    return 2


def _edge_of(edge: str, period: str, today: date) -> date:
    if period.endswith("week"):
        return edge_of_week(edge, period, today)
    return edge_of_months(edge, *first_of(period, today))


def _from_to(words: list[str], _before: str, found: Found) -> int:
    """`14:00~16:00`: any time from the one to the other."""
    begins, tilde, ends = words[0].partition("~")
    if not tilde or len(words[0]) < 11:
        return 0
    found.set_time(time.fromisoformat(begins))
    found.until = time.fromisoformat(ends)
    return 1


_BEFORE_FIGURES = {*RELATIVE_DAYS, *WEEKDAYS, *PARTS, "at"}
"""Behind these `2030` is half past eight in the evening, and no year."""


def _clock(words: list[str], before: str, found: Found) -> int:
    """`15:30`, `9.30 am`, `0930`."""
    word, half = words[:2]
    figures = re.fullmatch(r"([01]\d|2[0-3])()([0-5]\d)", word)
    if figures and word.startswith("20") and before not in _BEFORE_FIGURES:
        raise UnclearError("a year")
    match = figures or re.fullmatch(r"(\d{1,2})([:.])(\d{2})", word)
    if not match:
        return 0
    used = half in ("am", "pm")
    hour = _twelve_hours(int(match[1]), half) if used else int(match[1])
    if hour > 23 or int(match[3]) > 59:
        raise UnclearError(word)
    if not used and hour < 8 and len(match[1]) == 1:
        found.small_hour = match[2] == ":" and found.part is None
        hour = hour if found.small_hour else working_hour(hour, found.part)
    elif not used and found.part is not None and match[2] == ".":
        hour = working_hour(hour, found.part)
    found.set_time(time(hour, int(match[3])))
    return 1 + used


def _hour(words: list[str], before: str, found: Found) -> int:
    """`3pm`, `at 15`, and a bare `fri 9`, which is settled at the end."""
    word, half = words[:2]
    if not word.isdecimal():
        return 0
    hour = int(word[:4])
    if half in ("am", "pm", "a", "p"):
        found.set_time(time(_twelve_hours(hour, half)))
        return 2
    # "15h" alone may be a clock, or fifteen hours.
    sure = before in BEFORE_A_TIME or found.day is not None or found.weekday is not None
    if not 0 < hour < 24 or (half == "h" and not sure):
        raise UnclearError(word)
    if half == "h" or before in BEFORE_A_TIME:
        found.set_time(time(working_hour(hour, found.part)))
    else:
        found.set_time(bare_hour=hour)
    return 2 if half == "h" else 1


def _twelve_hours(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise UnclearError("am and pm count to twelve")
    return hour % 12 + (12 if half[0] == "p" else 0)


def _named(words: list[str], _before: str, found: Found) -> int:
    """`friday`, `tomorrow`, `nextweek`, `noon`, `morning`, and what stands before a day."""
    word, today = words[0], found.now.date()
    if word in WEEKDAYS and found.weekday is None:
        found.weekday = WEEKDAYS[word]
    elif word in RELATIVE_DAYS:
        found.set_day(today + timedelta(days=RELATIVE_DAYS[word], weeks=found.weeks_on))
        found.weeks_on = 0
    elif word in ("this", "coming") and words[1] in WEEKDAYS:
        found.this = word == "this"
    elif word == "weekon":
        found.weeks_on += 1
    elif word == "afterday":
        found.after_day = True
    elif word == "beforeday":
        found.before_day = True
    elif word == "nextweek":
        found.next_week = True
    elif word == "nextmonth":
        found.set_day(_months_on(today, 1))
    elif word == "nextworkday":
        found.set_day(working_day(today + timedelta(days=1)))
    elif word == "sametime":
        found.set_time(found.now.time())
    elif word in FEASTS:
        found.set_day(after_feast(word, today))
    elif word in NOON:
        found.set_time(time(12))
    elif word in PARTS and found.part is None:
        found.part = PARTS[word]
    else:
        return 0
    return 1


def _filler(words: list[str], _before: str, _found: Found) -> int:
    word, after = words[:2]
    a_time_follows = after[:1].isdecimal() or after in NOON
    return int(a_time_follows if word in BEFORE_A_TIME else word in IGNORED)


__all__ = ["Found", "UnclearError", "read_phrase", "working_hour"]
