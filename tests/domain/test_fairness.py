"""People left waiting, people called too often, and what fits in a day."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Preferences, Refusal
from tui.domain.metrics import (
    Waiting,
    business_days,
    capacity,
    gave_up_early,
    left_over,
    pest_reasons,
    waiting,
)
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.promise import Promise

FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ANN = Contact("ann", zone="Europe/London", numbers=(Number("+442079460100"),), created_at=FRIDAY - 90 * DAY)
RULES = Policy()


def due(at, kind="follow_up", action="call"):
    return NextStep(action, kind, at)


@pytest.mark.parametrize(
    ("end", "days"), [(FRIDAY, 0), (FRIDAY + 2 * DAY, 0), (FRIDAY + 3 * DAY, 1), (FRIDAY + 17 * DAY, 11)]
)
def test_business_days_leave_the_weekend_out(end, days):
    assert business_days(FRIDAY, end) == days
    assert business_days(end, FRIDAY) == 0


def test_weekend_alone_leaves_nobody_waiting():
    assert waiting([due(FRIDAY)], FRIDAY + 4 * DAY).left_waiting == 0
    assert waiting([due(FRIDAY)], FRIDAY + 5 * DAY).left_waiting == 1


def test_never_called_and_ended_people_are_not_waiting():
    now = FRIDAY + 30 * DAY
    steps = [
        due(FRIDAY, "fresh"),
        due(FRIDAY, "nurture", "nurture"),
        due(None, "end", "stop"),
        due(None),
        due(FRIDAY, "promise"),
        due(now, "check_in"),
    ]
    assert waiting(steps, now) == Waiting(2, 3)


def call(one, at, is_=Category.NO_ANSWER, **more):
    return Call(str(one), "ann", at, str(is_), is_, **more)


def wait(since, until, due=None):
    return since, until, lambda: due or since


def test_capacity_compares_people_tried_a_day_with_what_is_due():
    calls = [replace(call(n, FRIDAY - DAY * (n % 2)), contact_id=f"c{n}") for n in range(20)]
    steps = [due(FRIDAY + 3 * DAY)] * 60 + [due(FRIDAY, "fresh")] * 500 + [due(FRIDAY + 20 * DAY)] * 9
    waits = [wait(FRIDAY - 9 * DAY, None)]
    got = capacity(steps, calls, FRIDAY, "Europe/London", waits)
    assert (got.reached_a_day, got.needed_a_day, got.falls_short) == (10, 12, True)
    assert capacity(steps, [], FRIDAY, "Europe/London", waits).falls_short is False


def test_a_day_on_which_nobody_was_left_over_says_nothing_of_what_is_reached():
    calls = [replace(call(n, FRIDAY - DAY * (n % 4)), contact_id=f"c{n}") for n in range(18)]
    days = {FRIDAY.date() - DAY * back for back in range(4)}
    waits = [wait(FRIDAY - 9 * DAY, FRIDAY - DAY, FRIDAY - 3 * DAY), wait(FRIDAY, FRIDAY)]
    assert left_over(days, waits, "Europe/London") == {(FRIDAY - 3 * DAY).date(), (FRIDAY - 2 * DAY).date()}
    assert capacity([], calls, FRIDAY, "Europe/London", waits).reached_a_day == 4
    assert capacity([], calls, FRIDAY, "Europe/London", [wait(FRIDAY, FRIDAY)]).reached_a_day is None
    assert left_over(days, iter([wait(FRIDAY - 9 * DAY, None), None]), "Europe/London") == days


def test_reasonable_follow_up_is_no_pest():
    calls = [call(1, FRIDAY - 10 * DAY), call(2, FRIDAY - 7 * DAY), call(3, FRIDAY)]
    assert pest_reasons(ANN, calls, RULES) == {}


def test_each_way_to_be_a_pest_has_its_code():
    morning = FRIDAY.replace(hour=10)
    agreed = Promise(FRIDAY + 3 * DAY, "Europe/London")
    promised = call(0, morning - 8 * DAY, Category.PROMISE, promise=agreed)
    assert pest_reasons(ANN, [promised, call(1, morning)], RULES) == {"1": ("early_call",)}
    assert pest_reasons(ANN, [promised, call(1, morning, acknowledged=True)], RULES) == {}

    often = [call(n, morning - DAY * (4 - n)) for n in range(1, 5)]
    assert pest_reasons(ANN, often, RULES) == {"4": ("over_cap",)}
    assert pest_reasons(ANN, [call(1, FRIDAY + 9 * HOUR)], RULES) == {"1": ("outside_hours",)}

    told = [
        call(1, morning - 9 * DAY, Category.VOICEMAIL, reason_id="stock"),
        call(2, morning, reason_id="stock"),
    ]
    assert pest_reasons(ANN, told, RULES) == {"2": ("repeated_reason",)}

    monthly = replace(ANN, prefers=Preferences(every=30, since=morning - 9 * DAY))
    soon = [call(1, morning - 9 * DAY, Category.CONVERSATION), call(2, morning)]
    assert pest_reasons(monthly, soon, RULES) == {"2": ("too_soon",)}

    never = [call(1, morning - 9 * DAY, Category.DO_NOT_CALL), call(2, morning)]
    assert pest_reasons(replace(ANN, do_not_call=Refusal("asked")), never, RULES) == {"2": ("do_not_call",)}


def test_stop_before_the_planned_attempts_is_given_up_early():
    stopped = replace(ANN, pursuit="stopped", pursuit_since=FRIDAY)
    calls = [call(n, FRIDAY - DAY * n) for n in range(6)]
    assert gave_up_early(stopped, calls[:5], RULES)
    assert not gave_up_early(stopped, calls, RULES)
    assert not gave_up_early(ANN, calls[:1], RULES)
    assert not gave_up_early(stopped, [call(1, FRIDAY, Category.CONVERSATION)], RULES)
