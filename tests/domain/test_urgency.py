"""How urgent a next step is, and how late a promise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tui.domain.next_step import NextStep, urgency
from tui.domain.promise import Promise

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
PROMISED = Promise(AT, "Europe/London")
HOUR = timedelta(hours=1)
FROM_TO = Promise(AT, "Europe/London", "range", until=AT + 2 * HOUR)


def step(kind="promise", **more):
    return NextStep("call", kind, AT, precision="minute", promise=PROMISED, **more)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-16, ""), (-15, "soon"), (-1, "soon"), (0, "soon"), (9, "soon"), (10, "late"), (600, "late")],
)
def test_a_promise_is_urgent_from_a_quarter_of_an_hour_before_it_and_late_after_the_grace(minutes, expected):
    late_from = PROMISED.late_from(timedelta(minutes=10))
    assert urgency(step(late_from=late_from), AT + timedelta(minutes=minutes)) == expected


def test_one_that_was_tried_is_ours_and_not_late():
    assert urgency(step(promise_tries=1), AT + timedelta(hours=9)) == ""
    assert urgency(step(promise_tries=1), AT - timedelta(minutes=5)) == ""


def test_who_called_us_is_urgent_and_who_is_followed_up_is_not():
    assert urgency(step("came_back"), AT) == "called_us"
    assert urgency(step("follow_up"), AT) == ""


@pytest.mark.parametrize(
    ("promise", "now", "due", "expected"),
    [
        (PROMISED, AT + timedelta(minutes=61), AT, timedelta(minutes=61)),
        (PROMISED, AT + timedelta(hours=20), AT + timedelta(hours=19), timedelta(hours=1)),
        (FROM_TO, AT + 3 * HOUR, AT, HOUR),
        (Promise(AT, "Europe/London", "day"), AT + timedelta(days=1), AT, timedelta(days=1)),
        (Promise(AT, "Europe/London", "day"), AT + timedelta(days=3, hours=-13), AT, timedelta(days=3)),
    ],
)
def test_how_late_a_promise_is_goes_by_what_was_named(promise, now, due, expected):
    assert promise.late_by(now, due) == expected
