"""The words of the call-back grammar, English and Italian, without accents."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tui.domain.promise import PARTS as PARTS_OF_DAY
from tui.domain.promise import Part


def _table(*rows: tuple[int, str]) -> dict[str, int]:
    return {word: value for value, words in rows for word in words.split()}


WEEKDAYS = _table(
    (0, "mon monday lun lunedi"),
    (1, "tue tues tuesday mar martedi"),
    (2, "wed weds wednesday mer mercoledi"),
    (3, "thu thur thurs thursday gio giovedi"),
    (4, "fri friday ven venerdi"),
    (5, "sat saturday sab sabato"),
    (6, "sun sunday dom domenica"),
)
"""Word to weekday, Monday is 0."""
MONTHS = _table(
    (1, "jan january gen gennaio"),
    (2, "feb february febbraio"),
    (3, "mar march marzo"),
    (4, "apr april aprile"),
    (5, "may mag maggio"),
    (6, "jun june giu giugno"),
    (7, "jul july lug luglio"),
    (8, "aug august ago agosto"),
    (9, "sep sept september set settembre"),
    (10, "oct october ott ottobre"),
    (11, "nov november novembre"),
    (12, "dec december dic dicembre"),
)
COUNTS = _table(
    (1, "a an one un una uno"),
    (2, "two due"),
    (3, "three tre"),
    (4, "four quattro"),
    (5, "five cinque"),
    (6, "six sei"),
    (7, "seven sette"),
    (8, "eight otto"),
    (9, "nine nove"),
    (10, "ten dieci"),
)
UNITS = {
    **dict.fromkeys(["m", "min", "mins", "minute", "minutes", "minuto", "minuti"], "minutes"),
    **dict.fromkeys(["h", "hr", "hrs", "hour", "hours", "ora", "ore"], "hours"),
    **dict.fromkeys(["d", "day", "days", "g", "giorno", "giorni", "gg"], "days"),
    **dict.fromkeys(["w", "wk", "week", "weeks", "settimana", "settimane", "sett"], "weeks"),
    **dict.fromkeys(["mo", "month", "months", "mese", "mesi"], "months"),
}
"""Word to the unit it counts."""
RELATIVE_DAYS = _table((0, "today oggi"), (1, "tomorrow tmrw tom tomo domani"), (2, "dopodomani"))
_MORNING, _AFTERNOON, _EVENING = (PARTS_OF_DAY[name] for name in ("morning", "afternoon", "evening"))
PARTS: dict[str, Part] = {
    "morning": _MORNING,
    "mattina": _MORNING,
    "afternoon": _AFTERNOON,
    "pomeriggio": _AFTERNOON,
    "lunch": _AFTERNOON,
    "evening": _EVENING,
    "sera": _EVENING,
}
"""Words for a part of the day; after lunch is the afternoon."""
NOON = frozenset({"noon", "midday", "mezzogiorno"})
BEFORE_A_TIME = frozenset({"at", "alle", "all", "ore", "@"})
"""A number behind one of these is an hour."""
IGNORED = frozenset({"on", "the", "il", "la", ",", "-", "nel", "di", "of"})
AHEAD = frozenset({"in", "fra", "tra", "+"})
"""A span of time must follow."""

REWRITES: tuple[tuple[str, str], ...] = (
    (r"(?<=[a-z])[.!?]+$", ""),
    (r"\b([ap])\.m\b\.?", r"\1m"),
    (r"\b(?:at )?(\d{1,2}) ?o'clock\b", r"at \1"),
    (r"(\d)\s*-?ish\b", r"\1"),
    (r"\bun'", "un "),
    (r"'", " "),
    (r"\bdopo ?domani\b", "dopodomani"),
    (r"\b(half an hour|mezz ?ora)\b", "30 min"),
    (r"\b(?:(?:la )?(?:settimana prossima|prossima settimana)|next week)\b", "nextweek"),
    (r"\b(?:(?:il )?(?:mese prossimo|prossimo mese)|next month)\b", "nextmonth"),
    (r"\b(?:(?:the )?end of (?:the )?month|fine (?:del )?mese)\b", "endofmonth"),
    (r"\b(?:after lunch|dopo pranzo)\b", "lunch"),
    (r"\bstasera\b|\btonight\b", "today evening"),
    (r"\bstamattina\b", "today morning"),
    (r"\bthis (?=morning|afternoon|evening)\b", "today "),
    (r"\b(\d{1,2}) ?h ?(\d\d)\b", r"\1:\2"),
    (r"\b(\d{1,2}) e (\d\d)\b", r"\1:\2"),
)
"""Fixed turns of speech, each rewritten before the words are read one by one."""


MAX_LENGTH = 80

_WEEKDAY = "|".join(WEEKDAYS)
_TOKEN = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)|\d+|[a-z]+|\S")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d\d?)-(\d\d?)\b")
_SLASH_DATE = re.compile(r"\b(\d\d?)/(\d\d?)(?:/(\d{4}))?(?=\s|$)")
_DOT_DATE = re.compile(r"\b(\d\d?)\.(\d\d?)\.(\d{4})?(?=\s|$)")
_RANGE = re.compile(r"\d\s*[-,]\s*\d")
_NEXT_WEEKDAY = re.compile(rf"\bnext (?=(?:{_WEEKDAY})\b)|(?<=[a-z]) prossim[oa]\b")
_THIS_WEEKDAY = re.compile(rf"\b(?:this|quest[oa]) (?=(?:{_WEEKDAY})\b)")


class UnclearError(ValueError):
    """The phrase can mean two things, or nothing."""


@dataclass(slots=True)
class Found:
    """What the words said so far."""

    now: datetime
    day: date | None = None
    weekday: int | None = None
    weeks_on: int = 0
    next_weekday: bool = False
    next_week: bool = False
    at: time | None = None
    bare_hour: int | None = None
    """An hour named without am, pm, minutes or `at`."""
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


def read_phrase(text: str, now: datetime, month_first: bool) -> Found:
    """What a phrase says. Raises UnclearError at a word that is not of the grammar."""
    found = Found(now)
    _read(_TOKEN.findall(_take_dates(_plain(text), found, month_first)), found)
    return found


def working_hour(hour: int, part: Part | None) -> int:
    """The hour a rep means: `3` is 15:00; with a part of the day, the hour in it."""
    if part is None:
        return hour + 12 if hour < 8 else hour
    return hour + 12 if part.begins >= 12 and hour < 12 else hour


def _plain(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise UnclearError("too long for a time")
    lowered = unicodedata.normalize("NFD", text.strip().lower().replace("’", "'"))
    phrase = " ".join("".join(c for c in lowered if not unicodedata.combining(c)).split())
    for pattern, instead in REWRITES:
        phrase = re.sub(pattern, instead, phrase)
    return phrase


def _take_dates(phrase: str, found: Found, month_first: bool) -> str:
    """The phrase without its date in figures and its turns around a weekday."""
    for pattern in (_ISO_DATE, _SLASH_DATE, _DOT_DATE):
        if match := pattern.search(phrase):
            found.set_day(_figures(match, pattern, found.now.date(), month_first))
            phrase = f"{phrase[: match.start()]} {phrase[match.end() :]}"
    if _RANGE.search(phrase):
        raise UnclearError("a range is no time")
    phrase, found.weeks_on = re.subn(r"\bweek on (?=[a-z])", "", phrase)
    phrase, nexts = _NEXT_WEEKDAY.subn("", phrase)
    found.next_weekday = nexts > 0
    return _THIS_WEEKDAY.sub("", phrase)


def _figures(match: re.Match[str], pattern: re.Pattern[str], today: date, month_first: bool) -> date:
    first, second, third = match.groups()
    if pattern is _ISO_DATE:
        return _date(int(third), int(second), first, today)
    if pattern is _SLASH_DATE and month_first:
        first, second = second, first
    return _date(int(first), int(second), third, today)


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
    while index < len(tokens):
        before, *words = padded[index : index + 5]
        for rule in (_span, _month_date, _day_of_month, _clock, _hour, _named, _filler):
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
    if counts == "months":
        found.set_day(_add_months(today, count))
    elif counts in ("days", "weeks"):
        found.set_day(today + timedelta(**{counts: count}))
    elif found.delta is None:
        found.delta = timedelta(**{counts: count})
    else:
        raise UnclearError("two spans")
    return True


def _add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if year > 9990:
        raise UnclearError("too far away")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _month_date(words: list[str], _before: str, found: Found) -> int:
    """`24 nov`, `nov 24`, `24 november 2026`."""
    first, second, third = words[:3]
    if first.isdecimal() and second in MONTHS:
        day, month = first, second
    elif first in MONTHS and second.isdecimal():
        if first in WEEKDAYS:  # "mar 3": the third of March, or martedì at three
            raise UnclearError(first)
        day, month = second, first
    else:
        return 0
    year = third if re.fullmatch(r"20\d\d", third) else None
    found.set_day(_date(int(day[:4]), MONTHS[month], year, found.now.date()))
    return 3 if year else 2


def _day_of_month(words: list[str], _before: str, found: Found) -> int:
    """`lunedi 23 alle 10`: the 23rd, which must be a Monday."""
    if not words[0].isdecimal() or found.weekday is None or words[1] not in BEFORE_A_TIME:
        return 0
    ahead = (found.now.date() + timedelta(days=n) for n in range(1, 64))
    day = next((day for day in ahead if day.day == int(words[0][:4])), None)
    if day is None:
        raise UnclearError("no such day")
    found.set_day(day)
    return 1


def _clock(words: list[str], _before: str, found: Found) -> int:
    """`15:30`, `9.30 am`."""
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})", words[0])
    if not match:
        return 0
    used = words[1] in ("am", "pm")
    hour = _twelve_hours(int(match[1]), words[1]) if used else int(match[1])
    if hour > 23 or int(match[2]) > 59:
        raise UnclearError(words[0])
    found.set_time(time(hour, int(match[2])))
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
    if not 0 < hour < 24 or (half == "h" and found.day is None and found.weekday is None):
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
    """`friday`, `tomorrow`, `next week`, `end of month`, `noon`, `morning`."""
    word, today = words[0], found.now.date()
    if word in WEEKDAYS and found.weekday is None:
        found.weekday = WEEKDAYS[word]
    elif word in RELATIVE_DAYS:
        found.set_day(today + timedelta(days=RELATIVE_DAYS[word]))
    elif word == "nextweek":
        found.next_week = True
    elif word == "nextmonth":
        found.set_day(_add_months(today, 1))
    elif word == "endofmonth":
        found.set_day(_add_months(today.replace(day=1), 1) - timedelta(days=1))
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
