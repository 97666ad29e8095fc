"""Who was reached, counted by person; why a call was good to hear; days in a row."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tui.domain.brought import Reached, glad, reached, streak, week_of
from tui.domain.call import Call
from tui.domain.outcome import Category
from tui.domain.window import Hours

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)


def call(contact, is_, **more):
    return Call(f"{contact} {is_} {more}", contact, NOW, str(is_), is_, **more)


def test_whoever_was_called_twice_is_one_person_and_a_short_talk_is_none():
    calls = [
        call("ann", Category.NO_ANSWER),
        call("ann", Category.CONVERSATION, talk_s=31.0),
        call("bo", Category.NURTURE, talk_s=29.0),
        call("cy", Category.VOICEMAIL),
        call("cy", Category.PROMISE, direction="in"),
        call("dee", Category.CONVERSATION, direction="in"),
        call("eva", Category.CONVERSATION, voided_at=NOW),
    ]
    assert reached(calls, 30) == Reached(talked=2, called=3)


@pytest.mark.parametrize(
    ("talked", "called", "one_in"),
    [
        (12, 72, (6, True)),
        (12, 70, (6, False)),
        (1, 10, (10, True)),
        (3, 7, None),
        (6, 10, None),
        (0, 10, None),
        (0, 0, None),
    ],
)
def test_one_in_so_many_is_said_only_where_it_is_nearly_so(talked, called, one_in):
    assert Reached(talked, called).one_in == one_in


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (call("ann", Category.WIN), "won"),
        (call("ann", Category.WIN, cancelled_at=NOW), ""),
        (call("ann", Category.CONVERSATION, signals=("+",)), "wants"),
        (call("ann", Category.CONVERSATION, signals=("+", "-")), ""),
        (call("ann", Category.DO_NOT_CALL, signals=("+",)), ""),
        (call("ann", Category.CONVERSATION), ""),
        (call("ann", Category.CONVERSATION, direction="in"), "called"),
        (call("ann", Category.NO_ANSWER, direction="in"), ""),
    ],
)
def test_only_what_was_good_is_good_to_hear(one, why):
    assert glad(one) == why


@pytest.mark.parametrize(
    ("without", "today", "days"),
    [
        ((), date(2026, 11, 23), 6),
        ((date(2026, 11, 23),), date(2026, 11, 23), 5),
        ((date(2026, 11, 20),), date(2026, 11, 23), 1),
        ((), date(2026, 11, 22), 5),
        ((date(2026, 11, 18),), date(2026, 11, 23), 5),
    ],
    ids=["today too", "not yet today", "a working day missed", "on a Sunday", "a holiday"],
)
def test_b10_days_off_break_no_streak_and_neither_does_a_day_that_is_not_over(without, today, days):
    worked = {FRIDAY - timedelta(days=n) for n in range(5)} | {date(2026, 11, 23)}
    hours = Hours(holidays=frozenset({date(2026, 11, 18)}))
    assert streak(worked - set(without) - {d for d in worked if d > today}, today, hours) == days


def test_a_week_begins_on_monday():
    assert week_of(date(2026, 11, 23)) == week_of(date(2026, 11, 29)) == date(2026, 11, 23)


def test_a_week_begins_on_sunday_where_people_count_so():
    assert week_of(date(2026, 11, 22), 6) == week_of(date(2026, 11, 28), 6) == date(2026, 11, 22)
