"""Days and times as they are said in a script, in the script's language."""

from __future__ import annotations

from datetime import date, time

from msgspec import Struct

from tui.script.language.languages import base


class _DayWords(Struct, frozen=True):
    """How one language names days. `{day}` is the weekday, with the date behind it when it is further away."""

    weekdays: tuple[str, ...]
    """From Monday."""
    months: tuple[str, ...]
    near: tuple[str, str, str]
    """yesterday, today, tomorrow."""
    parts: tuple[str, str, str]
    """morning, afternoon, evening."""
    date: str
    """A weekday with its date."""
    year: str
    """What is added for another year."""
    every: str
    """An interval of days."""
    near_parts: tuple[tuple[str, str, str], ...]
    """Morning, afternoon and evening of yesterday, today and tomorrow."""
    part: str
    """A part of another day."""
    at: str
    """A day with an hour."""
    between: str
    """A day from one hour to another."""
    promised: str = "{day}"
    """A day somebody promised: `I said I'd call ...`."""
    when: str = "{day}"
    """A day something happened: `I called you ...`."""
    first: str = "1"
    """The first of a month."""


_LANGUAGES = {
    "en": _DayWords(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        ("yesterday", "today", "tomorrow"),
        ("morning", "afternoon", "evening"),
        date="{weekday} {day} {month}",
        year=" {year}",
        every="every {days} days",
        near_parts=(
            ("yesterday morning", "yesterday afternoon", "yesterday evening"),
            ("this morning", "this afternoon", "this evening"),
            ("tomorrow morning", "tomorrow afternoon", "tomorrow evening"),
        ),
        part="{day} {part}",
        at="{day} at {time}",
        between="{day} between {time} and {until}",
        promised="on {day}",
        when="on {day}",
    ),
    "it": _DayWords(
        ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
        (
            *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
            *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
        ),
        ("ieri", "oggi", "domani"),
        ("mattina", "pomeriggio", "sera"),
        date="{weekday} {day} {month}",
        year=" {year}",
        every="ogni {days} giorni",
        near_parts=(
            ("ieri mattina", "ieri pomeriggio", "ieri sera"),
            ("stamattina", "oggi pomeriggio", "stasera"),
            ("domani mattina", "domani pomeriggio", "domani sera"),
        ),
        part="{day} {part}",
        at="{day} alle {time}",
        between="{day} tra le {time} e le {until}",
        first="1º",
    ),
    "es": _DayWords(
        ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        (
            *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
            *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
        ),
        ("ayer", "hoy", "mañana"),
        ("mañana", "tarde", "noche"),
        date="{weekday} {day} de {month}",
        year=" de {year}",
        every="cada {days} días",
        near_parts=(
            ("ayer por la mañana", "ayer por la tarde", "ayer por la noche"),
            ("esta mañana", "esta tarde", "esta noche"),
            ("mañana por la mañana", "mañana por la tarde", "mañana por la noche"),
        ),
        part="{day} por la {part}",
        at="{day} a las {time}",
        between="{day} entre las {time} y las {until}",
        promised="el {day}",
        when="el {day}",
    ),
    "de": _DayWords(
        ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        (
            *("Januar", "Februar", "März", "April", "Mai", "Juni"),
            *("Juli", "August", "September", "Oktober", "November", "Dezember"),
        ),
        ("gestern", "heute", "morgen"),
        ("Morgen", "Nachmittag", "Abend"),
        date="{weekday}, {day}. {month}",
        year=" {year}",
        every="alle {days} Tage",
        near_parts=(
            ("gestern Morgen", "gestern Nachmittag", "gestern Abend"),
            ("heute Morgen", "heute Nachmittag", "heute Abend"),
            ("morgen früh", "morgen Nachmittag", "morgen Abend"),
        ),
        part="{day} am {part}",
        at="{day} um {time} Uhr",
        between="{day} zwischen {time} und {until} Uhr",
        when="am {day}",
    ),
    "fr": _DayWords(
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        (
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ),
        ("hier", "aujourd'hui", "demain"),
        ("matin", "après-midi", "soir"),
        date="{weekday} {day} {month}",
        year=" {year}",
        every="tous les {days} jours",
        near_parts=(
            ("hier matin", "hier après-midi", "hier soir"),
            ("ce matin", "cet après-midi", "ce soir"),
            ("demain matin", "demain après-midi", "demain soir"),
        ),
        part="{day} {part}",
        at="{day} à {time}",
        between="{day} entre {time} et {until}",
        first="1er",
    ),
}
_PARTS = ("morning", "afternoon", "evening")
"""Ids of the parts of a day."""
_NOON, _EVENING = 12, 17
"""Hours at which the afternoon and the evening begin."""


def weekday(day: date, language: str) -> str:
    """`Thursday`; in English for a language without words of its own."""
    return _of(language).weekdays[day.weekday()]


def full_day(day: date, language: str) -> str:
    """`Thursday 26 November`."""
    words = _of(language)
    number = words.first if day.day == 1 else str(day.day)
    return words.date.format(weekday=weekday(day, language), day=number, month=words.months[day.month - 1])


def promised_day(day: date, today: date, language: str, part: str = "") -> str:
    """A day that was promised: `today`, `on Thursday`, and from a week on `on Thursday 26 November`.

    With a part (`morning`, `afternoon`, `evening`): `this afternoon`, `on Thursday morning`.
    """
    words, distance = _of(language), (day - today).days
    said = _said(day, today, language, words.promised)
    if part not in _PARTS:
        return said
    place = _PARTS.index(part)
    if abs(distance) <= 1:
        return words.near_parts[distance + 1][place]
    return words.part.format(day=said, part=words.parts[place])


def at_time(day: str, at: time, language: str) -> str:
    """A day as it is said, with an hour: `today at 10:00`."""
    return _of(language).at.format(day=day, time=f"{at:%H:%M}")


def between_times(day: str, begins: time, ends: time, language: str) -> str:
    """A day as it is said, from one hour to another: `today between 14:00 and 16:00`."""
    return _of(language).between.format(day=day, time=f"{begins:%H:%M}", until=f"{ends:%H:%M}")


def past_day(day: date, today: date, language: str) -> str:
    """A day on which something happened: `yesterday`, `on Thursday`, `on Thursday 12 November`."""
    return _said(day, today, language, _of(language).when)


def part_of_day(hour: int, language: str) -> str:
    """morning, afternoon or evening, for an hour of 0 to 23."""
    return _of(language).parts[(hour >= _NOON) + (hour >= _EVENING)]


def interval(days: int, language: str) -> str:
    """An interval: `every 30 days`."""
    return _of(language).every.format(days=days)


def _said(day: date, today: date, language: str, form: str) -> str:
    words, distance = _of(language), (day - today).days
    if abs(distance) <= 1:
        return words.near[distance + 1]
    if abs(distance) < 7:
        return form.format(day=weekday(day, language))
    year = "" if day.year == today.year else words.year.format(year=day.year)
    return form.format(day=full_day(day, language) + year)


def _of(language: str) -> _DayWords:
    return _LANGUAGES.get(base(language), _LANGUAGES["en"])
