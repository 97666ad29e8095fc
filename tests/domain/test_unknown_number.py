"""When a network that does not know a number says something about the number, and when about itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tui.domain.call import Call, Dial
from tui.domain.history import days_unknown, dials_of, knows_none
from tui.domain.outcome import Category

MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANN, BO, CY, DEE = (f"+44207946010{n}" for n in range(4))
NEW_YORK = "America/New_York"


def dial(number: str, cause: str, after: timedelta = timedelta(), **more: object) -> Dial:
    return Dial(number, MONDAY + after, ended_at=MONDAY + after, cause=cause, **more)


def days(*dials: Dial, zone: str = "Europe/London") -> int:
    return len(days_unknown(ANN, dials, zone))


def test_the_same_day_is_one_day_and_another_day_is_a_second():
    assert days(dial(ANN, "bad_number"), dial(ANN, "bad_number", HOUR)) == 1
    assert days(dial(ANN, "bad_number"), dial(ANN, "bad_number", DAY)) == 2


def test_a_day_ends_at_midnight_where_the_rep_is():
    late, later = dial(ANN, "bad_number", 9 * HOUR), dial(ANN, "bad_number", 11 * HOUR)
    assert (days(late, later), days(late, later, zone=NEW_YORK)) == (2, 1)


@pytest.mark.parametrize("cause", ["busy", "no_answer", "declined", "remote", "voicemail_left"])
def test_a_number_that_came_through_since_is_known(cause):
    assert days(dial(ANN, "bad_number"), dial(ANN, cause, DAY), dial(ANN, "bad_number", 2 * DAY)) == 1


@pytest.mark.parametrize("cause", ["unreachable", "refused", "lost", "local", "", "audio"])
def test_a_dial_that_says_nothing_of_the_number_changes_nothing(cause):
    assert days(dial(ANN, "bad_number"), dial(ANN, cause, DAY), dial(ANN, "bad_number", 2 * DAY)) == 2


def test_a_day_on_which_no_number_was_known_speaks_of_the_network():
    all_fail = [dial(ANN, "bad_number"), dial(BO, "bad_number", HOUR)]
    today = dial(ANN, "bad_number", DAY)
    assert days_unknown(ANN, [*all_fail, today], "UTC") == (date(2026, 11, 24),)
    assert days(*all_fail, dial(CY, "busy", 2 * HOUR), today) == 2


def test_only_our_calls_that_stand_count():
    call = Call("c", "ann", MONDAY, "no_answer", Category.NO_ANSWER, dials=(dial(ANN, "bad_number"),))
    assert len(dials_of([call])) == 1
    undone = Call("u", "ann", MONDAY, "x", Category.NO_ANSWER, dials=call.dials, voided_at=MONDAY)
    theirs = Call("t", "ann", MONDAY, "x", Category.NO_ANSWER, dials=(dial(ANN, "missed"),), direction="in")
    assert dials_of([undone, theirs]) == []


def test_three_first_numbers_that_nobody_knows_are_told_once():
    one, two, three, four = (dial(number, "bad_number") for number in (ANN, BO, CY, DEE))
    assert [knows_none([one, two, three, four][: n + 1]) for n in range(4)] == [False, False, True, False]
    assert not knows_none([one, one, two])
    assert knows_none([one, one, two, three])
    assert not knows_none([one, two, three, three])


@pytest.mark.parametrize("cause", ["busy", "remote", "no_answer", "unreachable", ""])
def test_one_number_that_did_not_fail_so_is_enough_to_say_nothing(cause):
    assert not knows_none([dial(ANN, cause), *(dial(number, "bad_number") for number in (BO, CY, DEE))])
