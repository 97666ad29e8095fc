"""Days and times in a sentence: one person's day, the year of a far date, and hours that clocks skip or show twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.domain.day_words import (
    Clocks,
    brief,
    day_words,
    moment,
    moved,
    pacing,
    promised_briefly,
    promised_time,
    spelled,
    time_words,
)
from tui.domain.promise import Promise
from tui.domain.window import settle

LONDON, ROME, AUCKLAND, HONOLULU = "Europe/London", "Europe/Rome", "Pacific/Auckland", "Pacific/Honolulu"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""A Tuesday; in Auckland it is Wednesday 01:00."""


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "theirs", "said"),
    [
        (at(24, 14), LONDON, "today 14:00"),
        (at(25, 14), LONDON, "tomorrow 14:00"),
        (at(24, 14), ROME, "today 15:00 there, 14:00 here"),
        (at(27, 14), ROME, "Fri 15:00 there, 14:00 here"),
        (at(24, 21), AUCKLAND, "Wed 10:00 there, today 21:00 here"),
        (at(25, 2), HONOLULU, "Tue 16:00 there, tomorrow 02:00 here"),
        (at(24, 23, 30), ROME, "Wed 00:30 there, today 23:30 here"),
        (at(4, 10, month=1, year=2027), LONDON, "Mon 4 Jan 2027 10:00"),
        (at(31, 23, 30, month=12), ROME, "Fri 1 Jan 2027 00:30 there, Thu 31 Dec 23:30 here"),
    ],
)
def test_a_moment_is_said_in_the_days_of_the_rep(when, theirs, said):
    assert moment(when, Clocks(theirs, LONDON, NOON)) == said


@pytest.mark.parametrize(
    ("theirs", "said", "briefly"),
    [
        (LONDON, "tomorrow 14:00 to 16:00", "tomorrow 14:00 to 16:00"),
        (ROME, "tomorrow 15:00 to 17:00 there, 14:00 to 16:00 here", "tomorrow 14:00 to 16:00 here"),
        (AUCKLAND, "Thu 03:00 to 05:00 there, tomorrow 14:00 to 16:00 here", "tomorrow 14:00 to 16:00 here"),
    ],
)
def test_hours_from_one_to_another_are_said_on_both_clocks(theirs, said, briefly):
    promise, clocks = Promise(at(25, 14), theirs, "range", until=at(25, 16)), Clocks(theirs, LONDON, NOON)
    assert (promised_time(promise, clocks), promised_briefly(promise, clocks)) == (said, briefly)


def test_today_of_the_customer_is_never_mixed_with_the_clock_of_the_rep():
    """In Auckland it is already Wednesday: a Wednesday there is `today` for nobody but them."""
    said = moment(at(24, 21), Clocks(AUCKLAND, LONDON, NOON))
    assert "today 10:00" not in said
    assert said.index("today") > said.index("there")


@pytest.mark.parametrize(
    ("theirs", "said"),
    [(LONDON, "today"), (AUCKLAND, "Wed"), (ROME, "today")],
)
def test_a_day_without_a_time_is_named_by_its_weekday_where_calendars_differ(theirs, said):
    assert moment(at(24, 20), Clocks(theirs, LONDON, NOON), "day") == said


def test_our_own_pacing_says_whose_morning_it_is():
    assert pacing(at(26, 9), Clocks(LONDON, LONDON, NOON)) == "Thu morning"
    assert pacing(at(24, 14), Clocks("America/New_York", LONDON, NOON)) == "this morning there"
    assert pacing(at(24, 21), Clocks(AUCKLAND, LONDON, NOON)) == "Wed morning there"
    assert pacing(at(9, 9, month=12), Clocks(LONDON, LONDON, NOON)) == "Wed 9 Dec, morning"


def test_a_narrow_column_keeps_to_the_clock_of_the_rep():
    assert brief(at(24, 21), Clocks(AUCKLAND, LONDON, NOON)) == "today 21:00 here"
    assert brief(at(24, 21), Clocks(LONDON, LONDON, NOON)) == "today 21:00"


def test_a_date_of_another_year_has_its_year():
    assert day_words(at(27, 15), LONDON, NOON) == "Fri 27 Nov"
    assert day_words(at(26, 15, month=3, year=2027), LONDON, NOON) == "Fri 26 Mar 2027"
    assert time_words(at(27, 15), LONDON, at(2, 1, month=1, year=2027)) == "Fri 27 Nov 2026 15:00"


def test_a_sentence_that_is_kept_says_the_same_after_new_year():
    """What the policy answers is stored until time alone would change it; a date in it has its year from the start."""
    assert day_words(at(27, 15), LONDON) == "Fri 27 Nov 2026"
    assert time_words(at(27, 15), LONDON, precision="day") == "Fri 27 Nov 2026"


def test_a_form_says_both_days_where_they_differ():
    assert spelled(at(27, 15), Clocks(LONDON, LONDON, NOON)) == "Friday 27 November 15:00. In 3 days."
    assert (
        spelled(at(27, 15), Clocks(ROME, LONDON, NOON))
        == "Friday 27 November 16:00 in Rome, 15:00 here. In 3 days."
    )
    assert (
        spelled(at(24, 21), Clocks(AUCKLAND, LONDON, NOON))
        == "Wednesday 25 November 10:00 in Auckland, today 21:00 here."
    )


def test_an_hour_the_clocks_skip_moves_and_says_why():
    wall = datetime(2027, 3, 28, 1, 30)
    settled = settle(wall, LONDON)
    assert settled.at == at(28, 1, 30, month=3, year=2027)
    assert moved(wall, settled, LONDON) == (
        "There is no 01:30 on Sunday 28 March: the clocks go forward. 02:30 is meant."
    )


def test_an_hour_that_comes_twice_is_the_first_and_says_so():
    wall = datetime(2026, 10, 25, 1, 30)
    settled = settle(wall, LONDON)
    assert settled.at == at(25, 0, 30, month=10)
    assert moved(wall, settled, LONDON) == (
        "01:30 comes twice on Sunday 25 October: the clocks go back. The first one is meant."
    )


def test_any_other_hour_says_nothing():
    assert moved(datetime(2026, 11, 24, 9), settle(datetime(2026, 11, 24, 9), LONDON), LONDON) == ""
