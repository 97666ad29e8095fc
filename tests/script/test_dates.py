"""Days in a script are said in its language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tui.script.language.dates import full_day, interval, part_of_day, past_day, promised_day, weekday

MONDAY = date(2026, 11, 23)
LANGUAGES = ("en", "it", "es", "de", "fr")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("yesterday", "today", "tomorrow")),
        ("it", ("ieri", "oggi", "domani")),
        ("es", ("ayer", "hoy", "mañana")),
        ("de-CH", ("gestern", "heute", "morgen")),
        ("fr", ("hier", "aujourd'hui", "demain")),
    ],
)
def test_the_days_around_today_have_their_own_words(language, words):
    days = [MONDAY + timedelta(days=n) for n in (-1, 0, 1)]
    assert tuple(promised_day(day, MONDAY, language) for day in days) == words
    assert tuple(past_day(day, MONDAY, language) for day in days) == words


@pytest.mark.parametrize(
    ("language", "promised", "past"),
    [
        ("en", "on Friday", "on Thursday"),
        ("it", "venerdì", "giovedì"),
        ("es", "el viernes", "el jueves"),
        ("de", "Freitag", "am Donnerstag"),
        ("fr", "vendredi", "jeudi"),
    ],
)
def test_a_day_of_this_week_is_a_weekday(language, promised, past):
    assert promised_day(date(2026, 11, 27), MONDAY, language) == promised
    assert past_day(date(2026, 11, 19), MONDAY, language) == past


@pytest.mark.parametrize(
    ("language", "promised", "past"),
    [
        ("en", "on Tuesday 1 December", "on Friday 13 November"),
        ("it", "martedì 1º dicembre", "venerdì 13 novembre"),
        ("es", "el martes 1 de diciembre", "el viernes 13 de noviembre"),
        ("de", "Dienstag, 1. Dezember", "am Freitag, 13. November"),
        ("fr", "mardi 1er décembre", "vendredi 13 novembre"),
    ],
)
def test_a_day_further_away_has_its_date(language, promised, past):
    assert promised_day(date(2026, 12, 1), MONDAY, language) == promised
    assert past_day(date(2026, 11, 13), MONDAY, language) == past


def test_another_year_is_said():
    day = date(2027, 3, 1)
    said = [promised_day(day, MONDAY, language) for language in LANGUAGES]
    assert said == [
        "on Monday 1 March 2027",
        "lunedì 1º marzo 2027",
        "el lunes 1 de marzo de 2027",
        "Montag, 1. März 2027",
        "lundi 1er mars 2027",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_and_every_part_of_it_has_a_word_of_its_own(language):
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert len({full_day(day, language) for day in year}) == 365
    assert len({weekday(day, language) for day in year}) == 7
    assert len({part_of_day(hour, language) for hour in range(24)}) == 3


def test_the_parts_of_the_day_begin_at_noon_and_at_five():
    assert [part_of_day(hour, "de") for hour in (11, 12, 16, 17)] == [
        "Morgen",
        "Nachmittag",
        "Nachmittag",
        "Abend",
    ]


def test_an_interval_is_said_too():
    assert [interval(30, language) for language in LANGUAGES] == [
        "every 30 days",
        "ogni 30 giorni",
        "cada 30 días",
        "alle 30 Tage",
        "tous les 30 jours",
    ]


def test_a_language_without_words_of_its_own_gets_english_ones():
    assert promised_day(date(2026, 11, 27), MONDAY, "sv") == "on Friday"
