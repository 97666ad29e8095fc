"""Days with a name: the end of a week, the start of a month, the day after a feast. Working days, Monday to Friday."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_A_DAY = timedelta(days=1)
_FRIDAY = 4
EDGES = ("startof", "midof", "endof")
"""The first, the middle and the last working day of a time."""
PERIODS = ("week", "nextweek", "month", "nextmonth", "quarter", "nextquarter", "year", "nextyear")
FEASTS = (
    "aftereaster",
    "afterchristmas",
    "afternewyear",
    "afterepiphany",
    "afterwhitsun",
    "aftermidaugust",
    "aftersummer",
)
"""The first working day after it."""


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(7 - day.weekday(), 0) % 7) if day.weekday() > _FRIDAY else day


def last_working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - _FRIDAY, 0))


def add_months(day: date, count: int) -> date:
    """The same day so many months on, or the last one of a shorter month. Raises ValueError when too far away."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if year > 9990:
        raise ValueError("too far away")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def edge_of_week(edge: str, week: str, today: date) -> date:
    """Monday, Wednesday or Friday of this week or the next; on a weekend the week that comes is meant."""
    monday = today - timedelta(days=today.weekday())
    if week == "nextweek" or today.weekday() > _FRIDAY:
        monday += timedelta(days=7)
    return monday + timedelta(days={"startof": 0, "midof": 2, "endof": _FRIDAY}[edge])


def edge_of_months(edge: str, first: date, months: int) -> date:
    """The first, the middle or the last working day of so many months from `first`; the 1 January is none."""
    if edge == "startof":
        return working_day(first + _A_DAY if (first.month, first.day) == (1, 1) else first)
    if edge == "midof":
        return working_day(first.replace(day=15) if months == 1 else add_months(first, months // 2))
    return last_working_day(add_months(first, months) - _A_DAY)


def first_of(period: str, today: date) -> tuple[date, int]:
    """The first day of a month, a quarter or a year, and how many months it has."""
    later = period.startswith("next")
    match period.removeprefix("next"):
        case "month":
            months, first = 1, today.replace(day=1)
        case "quarter":
            months, first = 3, date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        case _:
            months, first = 12, date(today.year, 1, 1)
    return (add_months(first, months) if later else first), months


def after_feast(feast: str, today: date) -> date:
    """The first working day after the next such feast."""
    for year in range(today.year - 1, today.year + 3):
        day = working_day(_feast(feast, year) + _A_DAY)
        if day > today:
            return day
    raise ValueError(feast)


def _feast(feast: str, year: int) -> date:
    match feast:
        case "aftereaster":
            return easter(year) + _A_DAY
        case "afterwhitsun":
            return easter(year) + timedelta(days=50)
        case "afterchristmas":
            return date(year, 12, 26)
        case "afternewyear":
            return date(year, 1, 1)
        case "aftermidaugust":
            return date(year, 8, 15)
        case "aftersummer":
            return date(year, 8, 31)
        case _:
            return date(year, 1, 6)


def easter(year: int) -> date:
    """Easter Sunday of the western churches."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, fourth = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    sunday = (32 + 2 * fourth + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
