"""Stamps order what several reps wrote, also where clocks are wrong, and a wrong clock spoils nothing for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.shared.stamp import ahead, is_stamp, next_stamp

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SAM, JO = "019a0000-0000-7000-8000-00000000aaaa", "019a0000-0000-7000-8000-00000000bbbb"
MOMENTS = st.integers(-(10**9), 10**9).map(lambda seconds: NOON + timedelta(seconds=seconds))


def test_a_stamp_says_when_and_who():
    stamp = next_stamp(NOON, SAM)
    assert stamp == "1795435200000.00000.0000aaaa"
    assert is_stamp(stamp)
    assert next_stamp(NOON, JO) > stamp  # in one millisecond the ids decide, on every machine alike


@pytest.mark.parametrize(
    "text", ["", "zzz", "9999", "1795435200000.00000", "1795435200000.00000.a b", "x" * 40]
)
def test_what_somebody_made_up_is_no_stamp(text):
    assert not is_stamp(text)
    assert next_stamp(NOON, SAM, text, [text]) == next_stamp(NOON, SAM)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_a_stamp_is_later_than_what_it_is_written_over_whatever_the_clocks_say(now, earlier, other):
    mine, theirs = next_stamp(earlier, SAM), next_stamp(other, JO)
    made = next_stamp(now, SAM, mine, [theirs])
    assert made > theirs
    assert is_stamp(made)
    if earlier - now < timedelta(days=1):
        assert made > mine


def test_a_clock_that_is_set_back_makes_later_stamps_for_a_day():
    last = next_stamp(NOON, SAM)
    assert next_stamp(NOON - timedelta(hours=3), SAM, last) == "1795435200000.00001.0000aaaa"
    assert next_stamp(NOON - timedelta(days=3), SAM, last) < last


def test_a_count_that_is_full_goes_on_with_the_next_millisecond():
    assert next_stamp(NOON, SAM, over=["1795435200000.99999.x"]) == "1795435200001.00000.0000aaaa"


def test_by_how_much_a_clock_was_fast_can_be_told():
    assert ahead(next_stamp(NOON + timedelta(hours=2), JO), NOON) == timedelta(hours=2)
    assert ahead(next_stamp(NOON + timedelta(minutes=4), JO), NOON) == timedelta(0)
    assert ahead("", NOON) == timedelta(0)
