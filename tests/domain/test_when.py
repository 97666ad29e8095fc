"""Call-back phrases, English and Italian: 60 that must be read right, and many that must not be guessed."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import each
from tui.domain.promise import PARTS, Part
from tui.domain.when import grammar
from tui.domain.when.read import Past, Unsure, When, read_when

NOW = datetime(2026, 11, 18, 10, 30)
"""A Wednesday."""


def nov(day):
    return date(2026, 11, day)


def certain(text, now, **how):
    """What the phrase names; None also when it has several readings."""
    found = read_when(text, now, **how)
    return None if isinstance(found, Unsure) else found


PHRASES = [
    ("tue 3pm", nov(24), time(15)),
    ("tuesday 3pm", nov(24), time(15)),
    ("next tue 15:00", nov(24), time(15)),
    ("friday", nov(20), None),
    ("fri 9", nov(20), time(9)),
    ("fri 9.30", nov(20), time(9, 30)),
    ("mon 9am", nov(23), time(9)),
    ("monday morning", nov(23), PARTS["morning"]),
    ("tomorrow", nov(19), None),
    ("tomorrow 10am", nov(19), time(10)),
    ("tmrw 10", nov(19), time(10)),
    ("tom 14:30", nov(19), time(14, 30)),
    ("today 4pm", nov(18), time(16)),
    ("4pm", nov(18), time(16)),
    ("16:15", nov(18), time(16, 15)),
    ("in 2 weeks", date(2026, 12, 2), None),
    ("in two weeks", date(2026, 12, 2), None),
    ("2 weeks", date(2026, 12, 2), None),
    ("2w", date(2026, 12, 2), None),
    ("3d", nov(21), None),
    ("in 3 days", nov(21), None),
    ("+3d", nov(21), None),
    ("in 90 min", nov(18), time(12)),
    ("90m", nov(18), time(12)),
    ("in an hour", nov(18), time(11, 30)),
    ("in 2h", nov(18), time(12, 30)),
    ("2h", nov(18), time(12, 30)),
    ("next week", nov(25), None),
    ("next month", date(2026, 12, 18), None),
    ("in a month", date(2026, 12, 18), None),
    ("end of month", nov(30), None),
    ("24 nov 3pm", nov(24), time(15)),
    ("nov 24 3pm", nov(24), time(15)),
    ("24/11 15:00", nov(24), time(15)),
    ("24.11. 15:00", nov(24), time(15)),
    ("2026-11-24 15:00", nov(24), time(15)),
    ("3 jan", date(2027, 1, 3), None),
    ("thursday at noon", nov(19), time(12)),
    ("thu 2-ish pm", nov(19), time(14)),
    ("after lunch", nov(18), PARTS["afternoon"]),
    ("domani", nov(19), None),
    ("domani alle 10", nov(19), time(10)),
    ("domani mattina", nov(19), PARTS["morning"]),
    ("dopodomani", nov(20), None),
    ("dopodomani alle 15:30", nov(20), time(15, 30)),
    ("fra 3 giorni", nov(21), None),
    ("tra 3 giorni", nov(21), None),
    ("fra due settimane", date(2026, 12, 2), None),
    ("tra 2 settimane", date(2026, 12, 2), None),
    ("fra un'ora", nov(18), time(11, 30)),
    ("fra 90 minuti", nov(18), time(12)),
    ("fra un mese", date(2026, 12, 18), None),
    ("martedì alle 15", nov(24), time(15)),
    ("mar 15:00", nov(24), time(15)),
    ("lunedi prossimo", nov(23), None),
    ("venerdì pomeriggio", nov(20), PARTS["afternoon"]),
    ("ven 9", nov(20), time(9)),
    ("la prossima settimana", nov(25), None),
    ("24 novembre ore 15", nov(24), time(15)),
    ("oggi alle 16", nov(18), time(16)),
]
MORE = [
    ("today", nov(18), None),
    ("fri 3 pm", nov(20), time(15)),
    ("Fri, 3PM", nov(20), time(15)),
    ("fri 3 p.m.", nov(20), time(15)),
    ("fri at 3 o'clock", nov(20), time(15)),
    ("tue 3", nov(24), time(15)),
    ("12:30 am tomorrow", nov(19), time(0, 30)),
    ("tomorrow 12pm", nov(19), time(12)),
    ("tomorrow evening 6", nov(19), time(18)),
    ("tomorrow evening at 7", nov(19), time(19)),
    ("friday afternoon 2:30pm", nov(20), time(14, 30)),
    ("this evening", nov(18), PARTS["evening"]),
    ("tonight", nov(18), PARTS["evening"]),
    ("stasera", nov(18), PARTS["evening"]),
    ("this friday", nov(20), None),
    ("in half an hour", nov(18), time(11)),
    ("fra mezz'ora", nov(18), time(11)),
    ("fra un’ora", nov(18), time(11, 30)),
    ("in 3 days 15:00", nov(21), time(15)),
    ("next week monday", nov(23), None),
    ("week on friday", nov(27), None),
    ("tue 24 nov", nov(24), None),
    ("tue 1 dec", date(2026, 12, 1), None),
    ("tomorrow thu", nov(19), None),
    ("lunedi 23 alle 10", nov(23), time(10)),
    ("domani 15h30", nov(19), time(15, 30)),
    ("domani alle 9 e 30", nov(19), time(9, 30)),
    ("24 nov 15h", nov(24), time(15)),
    ("29 feb 2028", date(2028, 2, 29), None),
    ("fine mese", nov(30), None),
    ("24.11.2026", nov(24), None),
    ("3 marzo", date(2027, 3, 3), None),
    ("friday.", nov(20), None),
    ("tomorrow noon", nov(19), time(12)),
    ("in 24 hours", nov(19), time(10, 30)),
]


@each(("phrase", "day", "at"), PHRASES + MORE)
def test_phrase_is_read_as_meant(phrase, day, at):
    when = certain(phrase, NOW)
    if isinstance(at, Part):
        assert (when.at_local, when.precision) == (datetime.combine(day, time(at.taken_for)), "part")
        return
    assert (when.at_local.date(), when.precision) == (day, "minute" if at else "day")
    assert at is None or when.at_local.time() == at


def test_the_table_has_the_sixty_phrases():
    assert len({phrase for phrase, *_ in PHRASES}) == 60


@each(
    "phrase",
    [
        "",
        "soon",
        "3",
        "17",
        "at",
        "in 3",
        "in",
        "fra",
        "3m",
        "15h",
        "10-12",
        "2-3 days",
        "2 or 3 days",
        "fri 20",
        "mar 3",
        "next fri",
        "venerdì prossimo",
        "next",
        "fri 24",
        "fri 25:00",
        "fri 9:75",
        "3pm 4pm",
        "mon tue",
        "tue 25 nov",
        "31 feb",
        "31/13",
        "tomorrow friday",
        "morning 3pm",
        "fri 13pm",
        "0",
        "fri 0",
        "in 2h friday",
        "in 2h 3pm",
        "пт 15:00",
        "明天 15:00",
        "fri 1²",
        "15:00:30",
        "in 40 years",
        "in 9999 months",
        "in 99999 days",
        "24 nov 2099",
        "call Jo fri 3pm",
        "domani prossimo",
        "fri 3pm" + " " * 90 + "x",
    ],
)
def test_phrase_that_is_unclear_is_not_guessed(phrase):
    assert certain(phrase, NOW) is None


@pytest.mark.parametrize(
    ("phrase", "now", "offer_text", "offer"),
    [
        ("today 5:00", NOW, "today 17:00", datetime(2026, 11, 18, 17)),
        ("today 9", NOW, "tomorrow 09:00", datetime(2026, 11, 19, 9)),
        ("9am", NOW, "tomorrow 09:00", datetime(2026, 11, 19, 9)),
        ("10:30", NOW, "tomorrow 10:30", datetime(2026, 11, 19, 10, 30)),
        ("today 4pm", NOW.replace(hour=17), "tomorrow 16:00", datetime(2026, 11, 19, 16)),
        ("this morning", NOW.replace(hour=13), "tomorrow morning", datetime(2026, 11, 19, 9)),
        ("after lunch", NOW.replace(hour=18), "tomorrow afternoon", datetime(2026, 11, 19, 14)),
        ("2026-11-17", NOW, "tomorrow", datetime(2026, 11, 19, 9)),
        ("17 nov 2025 15:00", NOW, "tomorrow 15:00", datetime(2026, 11, 19, 15)),
    ],
)
def test_time_that_is_over_is_refused_with_an_offer(phrase, now, offer_text, offer):
    found = certain(phrase, now)
    assert isinstance(found, Past)
    assert (found.offer_text, found.offer.at_local) == (offer_text, offer)


def test_american_teams_write_the_month_first():
    assert certain("12/11", NOW, month_first=True).at_local.date() == date(2026, 12, 11)
    assert certain("11/12", NOW).at_local.date() == date(2026, 12, 11)


def test_end_of_january_plus_a_month_is_the_end_of_february():
    assert certain("in a month", datetime(2027, 1, 31, 10)).at_local.date() == date(2027, 2, 28)
    assert certain("in 2 months", datetime(2026, 12, 31, 10)).at_local.date() == date(2027, 2, 28)
    assert certain("end of month", datetime(2026, 12, 3, 10)).at_local.date() == date(2026, 12, 31)


vocabulary = sorted(
    {
        *grammar.WEEKDAYS,
        *grammar.MONTHS,
        *grammar.COUNTS,
        *grammar.RELATIVE_DAYS,
        *grammar.PARTS,
    }
    | {
        *grammar.NOON,
        *grammar.BEFORE_A_TIME,
        *grammar.IGNORED,
        *grammar.AHEAD,
        *grammar.UNITS,
    }
    | {
        "next",
        "prossimo",
        "week",
        "week on",
        "pm",
        "am",
        "3pm",
        "15:00",
        "9.30",
        "24/11",
        "24.11.",
        "2026-11-24",
    }
    | {
        "3",
        "9",
        "15",
        "24",
        "31",
        "99999",
        "end of month",
        "half an hour",
        "2h",
        "90m",
        "3d",
        "'",
        "-ish",
        "?",
    }
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 3, 1))


@given(st.lists(st.sampled_from(vocabulary), max_size=6).map(" ".join) | st.text(max_size=40), instants)
def test_any_text_is_a_time_ahead_an_offer_or_nothing(text, now):
    found = certain(text, now)
    if isinstance(found, Past):
        assert certain(found.offer_text, now) == found.offer
    elif found is not None:
        ahead = found.at_local > now or found.at_local.date() == now.date()
        assert ahead
        assert found.at_local - now < timedelta(days=732)
        assert found.precision != "minute" or found.at_local > now.replace(second=0, microsecond=0)


@given(st.sampled_from([phrase for phrase, *_ in PHRASES]), instants)
def test_phrase_of_the_table_is_read_on_any_day_or_refused(phrase, now):
    found = certain(phrase, now)
    assert found is None or isinstance(found, Past | When)
    assert certain(phrase.upper(), now) == found
    assert certain(f"  {phrase} ", now) == found
