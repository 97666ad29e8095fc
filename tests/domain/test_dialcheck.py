"""What the cockpit says before a dial: our own rules warn, only do-not-call blocks."""

from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tui.cockpit.wording.why import sentence
from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Preferences
from tui.domain.dial_check import dial_check
from tui.domain.outcome import Category
from tui.domain.promise import Promise

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=ROME)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RULES = Policy()
ANN = Contact(id="ann", zone="Europe/Rome", numbers=(Number("+442079460100"),), created_at=MONDAY)
_serial = count()


def call(at, is_=Category.NO_ANSWER, **more):
    return Call(id=f"{next(_serial):06}", contact_id="ann", at=at, outcome=str(is_), is_=is_, **more)


def promised(at, due, precision="minute"):
    return call(at, Category.PROMISE, promise=Promise(due, "Europe/Rome", precision))


def codes(contact, calls, now, reasons=(), policy=RULES, **more):
    return [(c.level, c.code) for c in dial_check(contact, calls, policy, now, reasons, **more)]


def test_dial_in_hours_to_a_person_who_is_due_has_nothing_to_say():
    assert codes(ANN, (), MONDAY) == []


def test_call_before_the_promise_asks_for_the_acknowledgement():
    agreed = promised(MONDAY, MONDAY + 3 * DAY)
    assert codes(ANN, (agreed,), MONDAY + DAY) == [("acknowledge", "early_call")]
    warned = replace(RULES, early_call="warn")
    assert codes(ANN, (agreed,), MONDAY + DAY, policy=warned) == [("warn", "early_call")]
    silent = replace(RULES, early_call="off")
    assert codes(ANN, (agreed,), MONDAY + DAY, policy=silent) == []
    assert codes(ANN, (agreed,), MONDAY + 3 * DAY - timedelta(minutes=15)) == []


def test_promise_for_a_day_is_not_early_on_that_day():
    agreed = promised(MONDAY, MONDAY + 3 * DAY, "day")
    assert codes(ANN, (agreed,), MONDAY + 3 * DAY - HOUR) == []
    assert codes(ANN, (agreed,), MONDAY + 2 * DAY) == [("acknowledge", "early_call")]


def test_hour_they_named_is_not_called_outside_hours():
    evening = MONDAY + 9 * HOUR + 3 * DAY
    agreed = promised(MONDAY, evening)
    assert codes(ANN, (agreed,), evening) == []
    assert codes(ANN, (agreed,), evening - HOUR) == [("acknowledge", "early_call"), ("warn", "outside_hours")]


def test_house_hours_warn_and_say_when_they_open():
    night = MONDAY + 12 * HOUR
    (check,) = dial_check(ANN, (), RULES, night)
    assert (check.level, check.code) == ("warn", "outside_hours")
    said = "It is 22:00 there, outside calling hours. They open Tue 3 Nov 09:00."
    assert sentence(check.why) == said


def test_sooner_than_planned_is_told_by_the_day():
    tried = call(MONDAY - DAY * 3)
    planned = call(MONDAY)
    assert codes(ANN, (planned,), MONDAY + HOUR) == [("warn", "sooner_than_planned")]
    assert codes(ANN, (tried,), MONDAY + HOUR) == []


def test_cap_is_a_warning_with_its_count():
    calls = [call(MONDAY - n * DAY) for n in (1, 3, 5)]
    checks = {c.code: sentence(c.why) for c in dial_check(ANN, calls, RULES, MONDAY)}
    assert "3 times in 7 days" in checks["over_cap"]


@pytest.mark.parametrize(("category", "code"), [(Category.NURTURE, "nurture"), (Category.NOT_A_FIT, "stop")])
def test_ended_contact_warns_and_never_blocks(category, code):
    assert codes(ANN, (call(MONDAY, category),), MONDAY + HOUR) == [("warn", code)]


def test_email_preference_is_acknowledged_even_for_a_due_promise():
    by_mail = replace(ANN, prefers=Preferences(channel="email", since=MONDAY))
    agreed = promised(MONDAY, MONDAY + DAY)
    assert codes(by_mail, (agreed,), MONDAY + DAY) == [("acknowledge", "they_prefer")]


def test_open_problem_and_another_reps_contact_are_said():
    theirs = replace(ANN, open_problem="late delivery", owner="rep-b")
    assert codes(theirs, (), MONDAY, colleague="rep-b") == [("warn", "open_problem"), ("warn", "other_rep")]
    assert codes(theirs, (), MONDAY) == [("warn", "open_problem")]


def test_missed_call_of_theirs_may_be_returned_at_any_hour():
    night = MONDAY + 12 * HOUR
    rang = call(night, direction="in")
    assert codes(ANN, (rang,), night + timedelta(minutes=5)) == []


def test_used_up_news_warns_only_when_there_is_a_library_and_a_history():
    told = call(MONDAY - 9 * DAY, Category.VOICEMAIL, reason_id="stock")
    assert codes(ANN, (told,), MONDAY, reasons=["stock"]) == [("warn", "no_fresh_reason")]
    assert codes(ANN, (told,), MONDAY, reasons=["stock", "price"]) == []
    assert codes(ANN, (told,), MONDAY) == []
    assert codes(ANN, (), MONDAY, reasons=["stock"]) == []
