"""Counts, rates with their uncertainty, and comparisons that do not cry victory too early."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tui.domain.call import Call, Dial
from tui.domain.metrics import (
    Comparison,
    Summary,
    callback_ready,
    compare_variants,
    heat,
    is_conversation,
    prior_strength,
    summary,
    wilson,
)
from tui.domain.outcome import Category

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def call(one, is_=Category.NO_ANSWER, seconds=0, contact="x", rep="a", **more):
    return Call(one, contact, NOW + timedelta(seconds=seconds), str(is_), is_, rep=rep, **more)


@given(st.integers(0, 500), st.integers(0, 500))
def test_wilson_interval_holds_the_share(hits, misses):
    share, low, high = wilson(hits, hits + misses)
    assert 0 <= low <= high <= 1
    assert share is None or low - 1e-12 <= share <= high + 1e-12


def test_interval_is_that_of_the_paper():
    _, low, high = wilson(3, 20)
    assert (round(low, 3), round(high, 3)) == (0.052, 0.360)


def test_nothing_counted_is_said_honestly():
    assert wilson(0, 0) == (None, 0.0, 1.0)
    assert summary([]) == Summary()


def test_summary_counts_dials_attempts_and_people_apart():
    two_numbers = (Dial("+442079460100", NOW), Dial("+447700900123", NOW))
    calls = [
        call("1", dials=two_numbers, wrap_s=10, ready_s=4, keys=2),
        call("2", Category.VOICEMAIL, contact="y", wrap_s=20, ready_s=8, keys=4),
        call("3", Category.GATEKEEPER, contact="y"),
        call("4", Category.CONVERSATION, talk_s=29),
        call("5", Category.CONVERSATION, talk_s=30),
        call("6", Category.PROMISE, talk_s=None),
        call("7", Category.WIN, talk_s=300, answers={"meeting_at": "mon"}),
        call("8", Category.WIN, talk_s=60, answers={"meeting_at": "mon"}),
        call("9", Category.CONVERSATION, direction="in", talk_s=45),
        call("10", Category.DO_NOT_CALL, talk_s=5),
        call("11", Category.WIN, voided_at=NOW),
        call("12", channel="email"),
    ]
    got = summary(calls)
    assert (got.dials, got.attempts, got.people) == (10, 9, 2)
    assert (got.connects, got.conversations) == (7, 4)
    assert (got.inbound, got.conversations_in, got.wins, got.agreed) == (1, 1, 1, 3)


def test_length_that_makes_a_conversation_can_be_set():
    talk = call("1", Category.CONVERSATION, talk_s=40)
    assert is_conversation(talk)
    assert not is_conversation(talk, 60)
    assert summary([talk], conversation_s=60).conversations == 0


def test_winner_needs_fifty_calls_each_and_intervals_apart():
    assert compare_variants(40, 50, 10, 50) == Comparison(0, 0)
    assert compare_variants(10, 50, 40, 50) == Comparison(1, 0)
    assert compare_variants(39, 49, 10, 50).winner is None
    assert compare_variants(39, 49, 10, 50).more == 1
    close = compare_variants(30, 100, 22, 100)
    assert close.winner is None
    assert close.more > 100
    assert compare_variants(30, 100, 30, 100) == Comparison(None, None)
    assert compare_variants(0, 0, 0, 0) == Comparison(None, 100)


def test_few_calls_make_no_golden_hour():
    quiet = {(day, hour): (3, 30) for day in range(5) for hour in range(9, 18)}
    lucky = {**quiet, (0, 9): (5, 8)}
    shrunk = heat(lucky)
    assert shrunk[0, 9] < 0.2
    assert max(shrunk.values()) == shrunk[0, 9]


def test_hours_that_truly_differ_stay_different():
    cells = {(day, hour): (60 if hour == 16 else 10, 200) for day in range(5) for hour in range(9, 18)}
    shrunk = heat(cells)
    assert shrunk[0, 16] > 0.2 > shrunk[0, 10]


def test_prior_is_strong_when_there_is_little_to_compare():
    assert prior_strength({(0, 9): (1, 10)}, 0.1) == 2000
    assert heat({}) == {}


def test_callers_met_within_two_seconds_are_counted():
    (share, *_), middle = callback_ready([1.0, 2.0, 3.0, 8.0])
    assert (share, middle) == (0.5, 2.5)
    assert callback_ready([]) == ((None, 0.0, 1.0), None)
