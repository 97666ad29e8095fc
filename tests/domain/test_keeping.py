"""What became of each promise."""

from datetime import UTC, datetime, timedelta

import pytest

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.metrics import DECIDED, KEPT, promise_verdicts
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.domain.promise_state import Verdict

MADE = datetime(2026, 11, 2, 10, tzinfo=UTC)
DUE = datetime(2026, 11, 4, 15, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONG_AFTER = DUE + 90 * DAY


def promise(precision="minute", channel="phone", at=DUE, rep="a"):
    agreed = Promise(at, "Europe/Rome", precision, channel)
    return Call("0", "x", MADE, "promise", Category.PROMISE, rep=rep, promise=agreed)


def later(at, one="1", is_=Category.NO_ANSWER, **more):
    return Call(one, "x", at, str(is_), is_, **more)


def verdict(*calls, now=LONG_AFTER, **made):
    return promise_verdicts([promise(**made), *calls], now, Policy())[0].verdict


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (DUE - 16 * MINUTE, Verdict.EARLY),
        (DUE - 15 * MINUTE, Verdict.KEPT),
        (DUE, Verdict.KEPT),
        (DUE + 2 * HOUR - MINUTE, Verdict.KEPT),
        (DUE + 2 * HOUR, Verdict.KEPT_LATE),
        (DUE + 3 * DAY, Verdict.KEPT_LATE),
    ],
)
def test_call_keeps_the_promise_from_a_quarter_before_to_two_hours_after(at, expected):
    assert verdict(later(at)) is expected


def test_promise_without_a_call_is_open_and_then_broken():
    assert verdict(now=DUE) is Verdict.OPEN
    assert verdict(now=DUE + 2 * HOUR) is Verdict.BROKEN


def test_promise_for_a_day_is_kept_all_that_day():
    midnight_in_rome = datetime(2026, 11, 3, 23, tzinfo=UTC)
    assert verdict(later(midnight_in_rome), precision="day") is Verdict.KEPT
    assert verdict(later(midnight_in_rome - MINUTE), precision="day") is Verdict.EARLY
    assert verdict(later(midnight_in_rome + DAY), precision="day") is Verdict.KEPT_LATE
    assert verdict(now=midnight_in_rome + DAY - MINUTE, precision="day") is Verdict.OPEN


def test_early_call_that_was_acknowledged_is_no_fault_and_the_promise_still_counts():
    early = later(DUE - DAY, acknowledged=True)
    assert verdict(early) is Verdict.EARLY_ACKNOWLEDGED
    assert verdict(early, later(DUE, "2")) is Verdict.KEPT
    talked = later(DUE - DAY, is_=Category.CONVERSATION, acknowledged=True)
    assert verdict(talked, later(DUE + DAY, "2")) is Verdict.EARLY_ACKNOWLEDGED


def test_customer_who_calls_first_overtakes_the_promise():
    assert verdict(later(DUE - HOUR, direction="in", is_=Category.CONVERSATION)) is Verdict.OVERTAKEN


def test_a_wrong_number_reached_somebody_else_and_neither_keeps_nor_breaks_in_early():
    wrong = later(DUE, is_=Category.WRONG_NUMBER)
    assert verdict(wrong) is Verdict.BROKEN
    assert verdict(later(DUE - HOUR, is_=Category.WRONG_NUMBER), later(DUE, "2")) is Verdict.KEPT


def test_a_call_of_theirs_that_we_missed_does_not_settle_what_we_owe():
    missed = later(DUE - HOUR, direction="in")
    assert verdict(missed) is Verdict.BROKEN
    assert verdict(missed, later(DUE, "2")) is Verdict.KEPT


def test_promised_email_is_kept_by_an_email_and_not_by_a_missed_call():
    assert verdict(later(DUE, channel="email"), channel="email") is Verdict.KEPT
    assert verdict(later(DUE), channel="email") is Verdict.BROKEN
    assert verdict(later(DUE, is_=Category.CONVERSATION), channel="email") is Verdict.KEPT
    assert verdict(later(DUE - DAY, channel="email"), later(DUE, "2")) is Verdict.KEPT


def test_voided_calls_neither_make_nor_keep_a_promise():
    assert verdict(later(DUE, voided_at=DUE)) is Verdict.BROKEN
    undone = Call("0", "x", MADE, "promise", Category.PROMISE, promise=promise().promise, voided_at=DUE)
    assert promise_verdicts([undone], DUE, Policy()) == []


def test_verdict_names_the_call_in_which_the_promise_was_made():
    (one,) = promise_verdicts([promise(rep="a"), later(DUE, rep="b")], LONG_AFTER, Policy())
    assert one.call_id == "0"


def test_a_promise_still_open_is_not_decided():
    verdicts = [
        *promise_verdicts([promise(), later(DUE)], LONG_AFTER, Policy()),
        *promise_verdicts([promise()], LONG_AFTER, Policy()),
        *promise_verdicts([promise()], DUE, Policy()),
        *promise_verdicts([promise(), later(DUE - DAY, acknowledged=True)], LONG_AFTER, Policy()),
    ]
    said = [one.verdict for one in verdicts if one.verdict in DECIDED]
    assert (len(said), sum(verdict in KEPT for verdict in said)) == (3, 2)
