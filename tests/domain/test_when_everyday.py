"""What people type for a time, in five languages: one reading, or both that a phrase has."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.when_phrases import EVERYDAY, NOT_A_TIME
from tests.rows import each
from tui.domain.when.read import Unsure, When, phrase_for, read_when

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 18, 10, 30)
"""A Wednesday."""


def said(found, now=NOW):
    if isinstance(found, When):
        return phrase_for(found, now.date())
    return " or ".join(text for text, _ in found.choices) if found else "nothing"


ROWS = [(phrase.strip(), meant) for meant, phrases in EVERYDAY for phrase in phrases.split("|")]


@each(("phrase", "meant"), ROWS)
def test_phrase_is_read_as_people_mean_it(phrase, meant):
    assert said(read_when(phrase, NOW)) == meant


FRIDAY, SATURDAY, MONDAY = (NOW.replace(day=day) for day in (20, 21, 23))
NEW_YEARS_EVE = datetime(2026, 12, 31, 15)


@each(
    ("now", "phrase", "meant"),
    [
        (MONDAY, "next friday", "Fri 27 Nov or Fri 4 Dec"),
        (FRIDAY, "next friday", "Fri 27 Nov"),
        (SATURDAY, "next friday", "Fri 27 Nov"),
        (FRIDAY, "friday", "Fri 20 Nov or Fri 27 Nov"),
        (FRIDAY, "venerdì 15:00", "Fri 20 Nov 15:00 or Fri 27 Nov 15:00"),
        (FRIDAY, "fri 3:30", "Fri 20 Nov 15:30 or Fri 27 Nov 15:30"),
        (FRIDAY.replace(hour=16), "Fr 15 Uhr", "Fri 27 Nov 15:00"),
        (FRIDAY, "friday week", "Fri 27 Nov or Fri 4 Dec"),
        (FRIDAY, "diesen Freitag", "Fri 20 Nov"),
        (FRIDAY, "end of week", "Fri 20 Nov"),
        (SATURDAY, "fine della settimana", "Fri 27 Nov"),
        (SATURDAY, "weekend", "Sat 21 Nov or Sun 22 Nov"),
        (NOW.replace(hour=15), "2-4pm", "Wed 18 Nov 14:00-16:00"),
        (NOW.replace(hour=17), "2-4pm", "tomorrow 14:00-16:00"),
        (NOW.replace(hour=17, minute=30), "EOD", "Wed 18 Nov 17:00-18:00"),
        (NOW.replace(hour=19), "EOD", "tomorrow 17:00-18:00"),
        (NOW.replace(hour=23), "heute Abend", "tomorrow evening"),
        (NEW_YEARS_EVE, "in the new year", "Mon 4 Jan 2027"),
        (NEW_YEARS_EVE, "le 4", "Mon 4 Jan 2027"),
        (NEW_YEARS_EVE, "fra un mese", "Sun 31 Jan 2027"),
        (NEW_YEARS_EVE, "start of the month", "Mon 4 Jan 2027"),
        (datetime(2027, 3, 29, 10), "after Easter", "Tue 30 Mar 2027"),
        (datetime(2027, 3, 30, 10), "nach Ostern", "Tue 18 Apr 2028"),
        (datetime(2027, 7, 5, 10), "after the holidays", "Wed 1 Sep or Mon 3 Jan 2028"),
        (datetime(2027, 1, 4, 10), "end of january", "Fri 29 Jan"),
    ],
)
def test_the_same_words_on_another_day(now, phrase, meant):
    found = read_when(phrase, now)
    assert said(found, now) == meant.replace(" 2027", "" if now.year == 2027 else " 2027")


def test_a_figure_with_a_stroke_has_two_readings_where_nobody_knows_the_country():
    assert said(read_when("4/12", NOW, month_first=None)) == "Fri 4 Dec or Mon 12 Apr 2027"
    assert said(read_when("4/12", NOW, month_first=True)) == "Mon 12 Apr 2027"
    assert said(read_when("24/11", NOW, month_first=None)) == "Tue 24 Nov"


@each("phrase", [phrase.strip() for phrase in NOT_A_TIME.split("|")])
def test_what_names_no_time_is_not_guessed(phrase):
    assert read_when(phrase, NOW) is None


instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 3, 1))
PHRASES = [phrase for phrase, _ in ROWS]


@given(st.sampled_from(PHRASES), instants)
def test_on_any_day_every_choice_is_ahead_and_its_words_have_no_other_reading(phrase, now):
    found = read_when(phrase, now)
    texts = (
        [(phrase_for(found, now.date()), found)]
        if isinstance(found, When)
        else found.choices
        if found
        else ()
    )
    for text, when in texts:
        assert read_when(text, now) == when
        assert (when.until_local or when.at_local) > now.replace(second=0, microsecond=0) or (
            when.precision != "minute" and when.at_local.date() == now.date()
        )
        assert when.at_local - now < timedelta(days=732)
    if isinstance(found, Unsure):
        assert len({when for _, when in texts}) == len(texts)


@given(
    st.lists(st.sampled_from(sorted({w for p in PHRASES for w in p.split()})), max_size=5).map(" ".join),
    instants,
)
def test_words_in_any_order_are_times_ahead_or_nothing(phrase, now):
    found = read_when(phrase, now)
    for text, when in found.choices if found is not None and not isinstance(found, When) else ():
        assert read_when(text, now) == when


WORDS = sorted(
    {word for phrase in PHRASES for word in phrase.lower().split()} | {"a at", "at the", "1 ", "-", "o ", "'"}
)


def test_a_word_said_over_and_over_is_refused_at_once():
    for word in WORDS:
        found = read_when((f"{word} " * 80)[:80], NOW)
        assert found is None or isinstance(found, When) or found.choices
