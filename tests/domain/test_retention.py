"""Who is let go because nobody was in touch with them, and when; nothing here looks at a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Contact, Touch
from tui.domain.outcome import Category
from tui.domain.promise import Owed, Promise
from tui.domain.promise_state import PlannedCall
from tui.domain.retention import NOTICE, announced, is_needed, last_in_touch

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=900)
ANN = Contact("c1", created_at=LONG_AGO)


def call(days_ago, is_=Category.NO_ANSWER, **more) -> Call:
    return Call(f"k{days_ago}", "c1", NOW - timedelta(days=days_ago), "x", is_, **more)


@pytest.mark.parametrize(
    ("more", "calls", "days_ago"),
    [
        ({}, (), 900),
        ({}, (call(10),), 900),  # nobody answered
        ({}, (call(10, Category.GATEKEEPER),), 900),
        ({}, (call(500, Category.CONVERSATION), call(10)), 500),
        ({}, (call(40, direction="in"),), 40),
        ({}, (call(30, Category.NO_ANSWER, channel="email"),), 30),
        ({}, (call(20, Category.CONVERSATION, voided_at=NOW),), 900),
        ({"touched_at": Touch(NOW - timedelta(days=77), "fair")}, (), 77),
        ({"kept_at": NOW - timedelta(days=5)}, (call(500, Category.CONVERSATION),), 5),
        ({"created_at": None}, (), None),
    ],
)
def test_the_last_in_touch(more, calls, days_ago):
    contact = Contact("c1", **{"created_at": LONG_AGO, **more})
    assert last_in_touch(contact, calls) == (None if days_ago is None else NOW - timedelta(days=days_ago))


PROMISE = Promise(NOW + timedelta(days=3), "Europe/London", "day")


@pytest.mark.parametrize(
    ("more", "calls", "plans", "needed"),
    [
        ({}, (), (), False),
        ({"customer": True}, (), (), True),
        ({"open_problem": "late delivery"}, (), (), True),
        ({"pursuit": "stopped"}, (), (), False),
        ({}, (call(800, Category.PROMISE, promise=PROMISE),), (), True),
        ({}, (call(800, Category.CONVERSATION, owed=Owed("the offer", date(2024, 1, 1))),), (), True),
        ({}, (call(800, Category.CONVERSATION, owed=Owed("the offer", date(2024, 1, 1), NOW)),), (), False),
        ({}, (), (PlannedCall("p", "c1", NOW, "Europe/London", "day", "fair", LONG_AGO),), True),
        ({}, (call(900, Category.DO_NOT_CALL),), (), False),
    ],
)
def test_who_is_needed_stays(more, calls, plans, needed):
    contact = Contact("c1", created_at=LONG_AGO, **more)
    assert is_needed(contact, calls, plans, NOW, Policy()) is needed


@pytest.mark.parametrize("day", range(7))
def test_b56_each_person_is_announced_at_least_a_week_before_and_goes_on_a_monday(day):
    today = date(2026, 11, 23) + timedelta(days=day)
    plan = announced(["a", "b"], {"b": today}, today)
    assert (plan.new, plan.due) == (("a",), ("b",))
    assert plan.on["a"].weekday() == 0
    assert NOTICE <= plan.on["a"] - today < NOTICE + timedelta(days=7)


def test_who_is_spoken_to_or_was_not_announced_yet_does_not_go():
    today = date(2026, 11, 23)
    before = {"spoken to": today, "due": today, "later": today + timedelta(days=1)}
    plan = announced(["due", "later", "new"], before, today)
    assert plan.due == ("due",)
    assert set(plan.on) == {"due", "later", "new"}
