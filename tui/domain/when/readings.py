"""Every way in which a phrase can be read, in the words of the grammar; what means nothing falls away there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from difflib import get_close_matches

from tui.domain.when.hours import (
    BESIDE_A_DAY,
    MINUTES_OR_HOURS,
    before_the_hour,
    in_minutes,
    reckoned,
    spanned,
)
from tui.domain.when.turns import BEGINNINGS, ENDS, HOURS, LAST, NEXT, in_figures, rewritten, words_of_turns
from tui.domain.when.words import (
    COUNTS,
    MONTHS,
    PARTS,
    RELATIVE_DAYS,
    UNITS,
    WEEKDAYS,
    any_month,
    any_unit,
    any_weekday,
)
from tui.plaintext import without_marks

MAX_LENGTH = 80
MOST = 12
"""Readings that are looked at."""

MUST = "&"
"""Stands before what was said with an `or`: both sides must be a time."""
_OR = "or|o|oder|ou|u"
_HOURS_MINUTES = r"^([1-8]) ?h ?([0-5]\d)$"
_FEW = "a few|some|ein paar|einigen|qualche|alcuni|alcune|quelques|unos|unas|algunos|algunas"
_NEXT_WEEKEND = ("this saturday", "this sunday", "nextweek saturday", "nextweek sunday")
_FORKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"^(\d{1,2})$", (r"at \1", r"#\1")),
    (r"^(\d|1[0-2]) ?m$", (r"in \1 minutes", r"in \1 months")),
    (r"^(9|1\d|2[0-3]) ?h$", (r"at \1", r"in \1 hours")),
    (_HOURS_MINUTES, (r"\1.\2", r"in \1 h \2 min")),
    (r"^(?:il )?(\d{1,2}) sett$", (r"in \1 weeks", r"\1 september")),
    (r"\bmar (\d{1,2})\b(?! ?(?:[:.~h-]|[ap]m|\d))", (r"tuesday at \1", r"\1 march")),
    (rf"^(?:in )?(\d+) ?(?:-|{_OR}|to|bis|a) ?(\d+) ({any_unit})\b", (r"in \1 \3", r"in \2 \3")),
    (rf"\b({any_weekday}) (?:{_OR}) ({any_weekday})\b", (r"\1", r"\2")),
    (rf"\b(\d{{1,2}}) (?:{_OR}) (\d{{1,2}}) ({any_month})\b", (r"\1 \3", r"\2 \3")),
    (
        rf"(?:\bat )?\b(\d{{1,2}}) (?:{_OR}) (?:at )?(\d{{1,2}})( ?[ap]m)?\b(?! ?(?:{any_unit}|{any_month})\b)",
        (r"at \1\3", r"at \2\3"),
    ),
    (rf"^(.+) (?:{_OR}) (.+)$", (rf"{MUST}\1", rf"{MUST}\2")),
    (r"(?<!\S)([1-9]|1\d|2\d|3[01]) ?- ?([1-9]|1[0-2])$(?<!~)", (r"from \1 - \2", r"\1/\2")),
    (r"(?<!\S)(\d{1,2})\.(0?[1-9]|1[0-2])(?= |$)(?! ?[ap]m)", (r"\1.\2", r"\1.\2.")),
    (r"\b(?:in )?15 (?:jours|giorni|dias)\b", ("in 2 weeks", "in 15 days")),
    (r"\b(?:in )?8 (?:tage|tagen|jours|giorni|dias)\b", ("in 1 week", "in 8 days")),
    (
        rf"^(?:(?:in|fra|tra|dans|en|dentro de) )?(?:{_FEW}) ({any_unit})$",
        (r"in 2 \1", r"in 3 \1", r"in 4 \1"),
    ),
    (r"\bafterholidays\b", ("afternewyear", "aftersummer")),
    (rf"\b(?:{NEXT}) weekend\b|\bweekend (?:{NEXT})\b", _NEXT_WEEKEND),
    (r"^(?:later|piu tardi|spater|plus tard|mas tarde|luego)$", ("today", "tomorrow")),
    (r"\bweekend\b", ("this saturday", "this sunday")),
    (r"\bfinesettimana\b", ("endof week", "this saturday", "this sunday")),
    (rf"\b(?:{NEXT}) ({any_weekday})\b|\b({any_weekday}) (?:{NEXT})\b", (r"coming \1\2", r"nextweek \1\2")),
)
"""A turn with several readings, and each of them."""
_MAY_BE_A_SPAN = re.compile(_HOURS_MINUTES)
_COMPILED = tuple((re.compile(pattern), ways) for pattern, ways in _FORKS)
_QUARTER = re.compile(r"\bviertel (\d{1,2})\b")
_WEEKDAY = re.compile(rf"\b({any_weekday})\b")
_SETTLED = re.compile(r"\b(?:this|coming|nextweek)\b")
_DAY_OR_HOUR = re.compile(
    rf"\b({any_weekday}) (\d{{1,2}})(?![\d:./~#-])(?! ?(?:[ap]m?\b|h\b|(?:{any_month}|{any_unit})\b))"
)
_WEEK_ON: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"\b(?:a |1 )?week (?:on|from) (?=(?:{any_weekday}|{'|'.join(RELATIVE_DAYS)})\b)"),
        "weekon ",
    ),
    (re.compile(rf"\ba week (?={'|'.join(RELATIVE_DAYS)})\b"), "weekon "),
    (re.compile(rf"\b2 weeks (?={'|'.join(RELATIVE_DAYS)})\b"), "weekon weekon "),
    (
        re.compile(
            rf"\b({any_weekday}) (?:in |en |fra |tra |dans )?"
            r"(?:2 weeks|14 tagen|2 wochen|2 semaines|2 semanas|2 settimane)\b"
        ),
        r"weekon weekon \1",
    ),
    (
        re.compile(rf"\b2 weeks (?:on|from) (?=(?:{any_weekday}|{'|'.join(RELATIVE_DAYS)})\b)"),
        "weekon weekon ",
    ),
    (
        re.compile(
            rf"\b({any_weekday}|{'|'.join(RELATIVE_DAYS)}) (?:week\b|(?:in|en|fra|tra|dans) "
            r"(?:8(?: (?:tagen|jours|giorni|dias))?|(?:a|einer|una|une|1) (?:week|woche|settimana|semaine|semana))\b)"
        ),
        r"weekon \1",
    ),
)
_SLASH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d])")


Split = Callable[[str], Iterable[str]]
"""From a phrase to its readings; the phrase itself where it has only one."""


class UnclearError(ValueError):
    """The phrase can mean two things, or nothing."""


def readings(text: str, today: date, *, month_first: bool | None) -> list[str]:
    """The ways to read a phrase, at least one. Raises UnclearError when it is too long for a time."""
    found = [_in_our_words(plain(text))]
    splits: tuple[Split, ...] = (
        *(_fork(pattern, ways) for pattern, ways in _COMPILED),
        _quarter,
        _minutes_or_hours,
        _month_or_day if month_first is None else _only,
        lambda phrase: _rest_of_the_week(phrase, today),
        lambda phrase: _day_or_hour(phrase, today),
        lambda phrase: _today_or_in_a_week(phrase, today),
    )
    for split in splits:
        found = list(dict.fromkeys(way for phrase in found for way in split(phrase)))[:MOST]
    return [spanned(in_minutes(phrase)) for phrase in found]


def plain(text: str) -> str:
    """A phrase in small letters without accents. Raises UnclearError when it is too long for a time."""
    if len(text) > MAX_LENGTH:
        raise UnclearError("too long for a time")
    lowered = unicodedata.normalize("NFD", text.strip().lower().replace("’", "'"))
    return " ".join(without_marks(lowered).split())


def _in_our_words(phrase: str) -> str:
    phrase = in_minutes(rewritten(in_figures(rewritten(phrase, BEGINNINGS)), ENDS))
    phrase = (
        phrase if _MAY_BE_A_SPAN.match(phrase) else rewritten(reckoned(_replaced(phrase, _WEEK_ON)), HOURS)
    )
    return rewritten(_replaced(spanned(phrase), BESIDE_A_DAY), LAST)


def _replaced(phrase: str, table: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, instead in table:
        phrase = pattern.sub(instead, phrase)
    return phrase


def _fork(pattern: re.Pattern[str], ways: tuple[str, ...]) -> Split:
    def split(phrase: str) -> Iterable[str]:
        return [pattern.sub(way, phrase, count=1) for way in ways] if pattern.search(phrase) else [phrase]

    return split


def _only(phrase: str) -> Iterable[str]:
    return (phrase,)


def _quarter(phrase: str) -> Iterable[str]:
    """In the south and the east of Germany `viertel vier` is a quarter past three."""
    if not (match := _QUARTER.search(phrase)):
        return (phrase,)
    ways = (f"at {before_the_hour(int(match[1]), 45)}", f"at {match[1]}.15")
    return [_QUARTER.sub(way, phrase) for way in ways]


def _minutes_or_hours(phrase: str) -> Iterable[str]:
    if not (match := MINUTES_OR_HOURS.match(phrase)):
        return (phrase,)
    before, minutes, hour, after = match.groups(default="")
    return (
        f"{before}at {before_the_hour(int(hour), int(minutes))}{after}",
        f"{before}from {minutes} - {hour}{after}",
    )


def _month_or_day(phrase: str) -> Iterable[str]:
    """Nobody said which comes first, the day or the month."""
    return (phrase, _SLASH.sub(r"\2/\1", phrase, count=1))


def _day_or_hour(phrase: str, today: date) -> Iterable[str]:
    """`fri 20`: eight in the evening, or Friday the 20th when that is the one to come."""
    if not (match := _DAY_OR_HOUR.search(phrase)):
        return (phrase,)
    number = int(match[2])
    ahead = (WEEKDAYS[match[1]] - today.weekday() - 1) % 7 + 1
    hour, day = (f"{phrase[: match.start(2)]}{way}{number}{phrase[match.end() :]}" for way in ("at ", "#"))
    if (today + timedelta(days=ahead)).day == number:
        return (hour, day)
    return (day,) if number > 23 else (phrase,)


def _rest_of_the_week(phrase: str, today: date) -> Iterable[str]:
    """`this week`: each working day of it that is still to come."""
    left = ("monday", "tuesday", "wednesday", "thursday", "friday")[today.weekday() + 1 :]
    return [phrase.replace("thisweek", day) for day in left] if left and "thisweek" in phrase else (phrase,)


def _today_or_in_a_week(phrase: str, today: date) -> Iterable[str]:
    """The name of today's weekday is today, or a week from now."""
    match = _WEEKDAY.search(phrase)
    if not match or WEEKDAYS[match[1]] != today.weekday() or _SETTLED.search(phrase):
        return (phrase,)
    return (f"{phrase[: match.start()]}this {phrase[match.start() :]}", phrase)


_KNOWN = sorted(
    word
    for word in {*WEEKDAYS, *MONTHS, *RELATIVE_DAYS, *PARTS, "week", "month"}
    if len(word) > 4 and word.isascii()
)


def respelled(text: str) -> str:
    """The phrase with words that look like a slip put right; empty when there is none."""
    words = plain(text).split()
    known = {*WEEKDAYS, *MONTHS, *RELATIVE_DAYS, *PARTS, *UNITS, *COUNTS, *words_of_turns()}
    better = [
        word
        if word in known or len(word) < 5 or not word.isalpha()
        else next(iter(get_close_matches(word, _KNOWN, 1, 0.8)), word)
        for word in words
    ]
    return " ".join(better) if better != words else ""
