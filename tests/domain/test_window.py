"""Calling hours: holidays, eves, clock changes, and numbers that may be in several zones."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain import window
from tui.domain.window import (
    ALWAYS,
    DEFAULT_HOURS,
    NEVER,
    Hours,
    NeverOpenError,
    current_or_next_span,
    is_open,
    known_zones,
    next_open,
)

ROME, NEW_YORK, LONDON = "Europe/Rome", "America/New_York", "Europe/London"
ZONES = [
    ROME,
    NEW_YORK,
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    LONDON,
]
ITALIAN_HOLIDAYS = frozenset(holidays.country_holidays("IT", years=range(2026, 2029)))
LONG_DAY = ((9 * 60, 20 * 60),)
ITALY = Hours(week=(*(LONG_DAY,) * 5, ((600, 1140),), ()), holidays=ITALIAN_HOLIDAYS, eve=((600, 1140),))
NIGHT = Hours(week=(((30, 150), (1320, 1425)),) * 7)
LUNCH = Hours(week=(*(((540, 780), (840, 1080)),) * 5, (), ()))
START = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.integers(0, 700 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def rome(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(ROME))


def wall_clock_is_open(hours: Hours, zone: str, t: datetime) -> bool:
    """The window said again, on local wall time and without any search."""
    wall = t.astimezone(ZoneInfo(zone))
    spans = hours.week[wall.weekday()]
    if wall.date() in hours.holidays:
        return False
    if hours.eve is not None and spans and wall.date() + timedelta(days=1) in hours.holidays:
        spans = hours.eve
    return any(start <= wall.hour * 60 + wall.minute < end for start, end in spans)


def test_italian_eve_holiday_and_sunday_move_the_next_open_hour():
    assert next_open(ITALY, ROME, rome(2026, 12, 7, 19, 30)) == rome(2026, 12, 9, 9)
    assert next_open(ITALY, ROME, rome(2026, 12, 7, 9)) == rome(2026, 12, 7, 10)
    assert next_open(ITALY, ROME, rome(2026, 12, 8, 12)) == rome(2026, 12, 9, 9)
    assert next_open(ITALY, ROME, rome(2026, 12, 13, 12)) == rome(2026, 12, 14, 9)


def test_hours_follow_the_wall_clock_over_the_spring_change():
    new_york = ZoneInfo(NEW_YORK)
    assert next_open(DEFAULT_HOURS, NEW_YORK, datetime(2026, 3, 7, 20, tzinfo=new_york)).astimezone(
        new_york
    ) == datetime(2026, 3, 9, 9, tzinfo=new_york)
    assert next_open(DEFAULT_HOURS, NEW_YORK, datetime(2026, 3, 9, tzinfo=new_york)).hour == 13
    assert next_open(DEFAULT_HOURS, NEW_YORK, datetime(2026, 3, 6, tzinfo=new_york)).hour == 14


def test_preferred_part_of_the_day_is_used_only_on_the_first_open_day():
    monday = rome(2026, 11, 2, 10)
    assert next_open(DEFAULT_HOURS, ROME, monday, prefer=(840, 960)) == rome(2026, 11, 2, 14)
    assert next_open(DEFAULT_HOURS, ROME, monday, prefer=(540, 570)) == monday
    assert next_open(DEFAULT_HOURS, ROME, monday, prefer=(540, 660)) == monday


def test_closing_holds_the_time_until_which_they_can_be_called():
    assert current_or_next_span(LUNCH, ROME, rome(2026, 11, 2, 10)) == (
        rome(2026, 11, 2, 9),
        rome(2026, 11, 2, 13),
    )
    assert current_or_next_span(LUNCH, ROME, rome(2026, 11, 2, 13)) == (
        rome(2026, 11, 2, 14),
        rome(2026, 11, 2, 18),
    )


def test_spans_that_touch_are_one_span():
    hours = Hours(week=(((780, 1080), (540, 780)), *((),) * 6))
    assert current_or_next_span(hours, ROME, rome(2026, 11, 2, 10))[1] == rome(2026, 11, 2, 18)


def test_person_without_calling_hours_is_always_open():
    sunday_night = rome(2026, 11, 1, 23)
    assert next_open(None, ROME, sunday_night) == sunday_night
    assert current_or_next_span(None, ROME, sunday_night) == ALWAYS
    assert is_open(None, ROME, sunday_night)


def test_ambiguous_number_is_callable_only_where_all_its_zones_agree():
    both = (NEW_YORK, "America/Los_Angeles")
    nine_in_new_york = datetime(2026, 11, 2, 14, tzinfo=UTC)
    assert not is_open(DEFAULT_HOURS, both, nine_in_new_york)
    assert current_or_next_span(DEFAULT_HOURS, both, nine_in_new_york) == (
        datetime(2026, 11, 2, 17, tzinfo=UTC),
        datetime(2026, 11, 2, 23, tzinfo=UTC),
    )


def test_that_no_hour_ever_suits_is_searched_for_once_a_day(monkeypatch):
    searched, span_of = [], window._span_of
    monkeypatch.setattr(window, "_span_of", lambda *asked: searched.append(asked) or span_of(*asked))
    window._is_shut.cache_clear()
    costs = []
    for later in (0, 5, 10):
        searched.clear()
        assert (
            current_or_next_span(
                DEFAULT_HOURS, (LONDON, "Pacific/Auckland"), START + timedelta(minutes=later)
            )
            == NEVER
        )
        costs.append(len(searched))
    assert costs[0] > 400
    assert costs[1] == costs[2] < 40
    searched.clear()
    assert current_or_next_span(Hours(week=((),) * 7), LONDON, START) == NEVER
    assert not searched


def test_zones_that_never_agree_and_a_closed_week_are_said_not_searched_for_ever():
    with pytest.raises(NeverOpenError, match="Auckland"):
        next_open(DEFAULT_HOURS, (LONDON, "Pacific/Auckland"), START)
    with pytest.raises(NeverOpenError, match="Europe/London"):
        next_open(Hours(week=((),) * 7), LONDON, START)
    assert not is_open(Hours(week=((),) * 7), LONDON, START)


def test_zone_that_does_not_exist_falls_back_to_the_next_one_known():
    assert known_zones(("Nowhere/Land",), (ROME, "../etc"), fallback=LONDON) == (ROME,)
    assert known_zones(("",), (), fallback="Nowhere/Land") == ("UTC",)


def test_week_needs_seven_days():
    with pytest.raises(ValueError, match="seven"):
        Hours(week=(((540, 1080),),) * 5)


@given(st.sampled_from([DEFAULT_HOURS, ITALY, LUNCH]), st.sampled_from(ZONES), instants)
def test_next_open_is_open_on_the_wall_clock_and_nothing_before_it_is(hours, zone, t):
    opens = next_open(hours, zone, t)
    assert opens >= t
    assert wall_clock_is_open(hours, zone, opens)
    assert is_open(hours, zone, opens)
    if opens > t:
        assert not wall_clock_is_open(hours, zone, t)
        assert not wall_clock_is_open(hours, zone, opens - timedelta(minutes=1))


@given(st.sampled_from([DEFAULT_HOURS, ITALY, LUNCH, NIGHT]), st.sampled_from(ZONES), instants)
def test_current_or_next_span_agrees_with_next_open(hours, zone, t):
    opens, closes = current_or_next_span(hours, zone, t)
    assert max(opens, t) == next_open(hours, zone, t) < closes
    assert is_open(hours, zone, t) == (opens <= t)
    assert not is_open(hours, zone, closes) or next_open(hours, zone, closes) == closes


@given(st.lists(st.sampled_from([*ZONES[:3], LONDON]), min_size=2, max_size=3), instants)
def test_several_zones_are_open_when_each_is(zones, t):
    try:
        opens = next_open(ITALY, tuple(zones), t)
    except NeverOpenError:
        return
    assert all(wall_clock_is_open(ITALY, zone, opens) for zone in zones)


def test_holiday_of_the_callee_is_their_date_not_ours():
    hours = Hours(holidays=frozenset({date(2026, 11, 3)}))
    monday_evening_in_london = datetime(2026, 11, 2, 23, tzinfo=UTC)
    assert not is_open(hours, "Asia/Kolkata", monday_evening_in_london + timedelta(hours=5))
    assert is_open(hours, NEW_YORK, datetime(2026, 11, 2, 15, tzinfo=UTC))
