"""Starts that fail are counted, and forgotten by one that does not."""

from __future__ import annotations

from tui.crash import AT_ONCE_S, Starts


def test_the_third_start_after_two_that_failed_is_told(tmp_path):
    assert [Starts(tmp_path).begin() for _ in range(3)] == [False, False, True]


def test_a_start_that_succeeds_forgets_those_before(tmp_path):
    Starts(tmp_path).begin()
    starts = Starts(tmp_path)
    starts.begin()
    starts.succeeded()
    assert not list(tmp_path.iterdir())
    assert [Starts(tmp_path).begin() for _ in range(2)] == [False, False]


def test_a_crash_right_after_the_start_counts_and_a_later_one_does_not(tmp_path):
    now = [0.0]
    for passed, told in ((1.0, False), (2.0, False), (AT_ONCE_S + 1, True), (1.0, False)):
        starts = Starts(tmp_path, lambda: now[0])
        assert starts.begin() is told
        starts.succeeded()
        now[0] += passed
        starts.crashed()


def test_a_mark_of_another_kind_or_none_that_can_be_written_counts_nothing(tmp_path):
    (tmp_path / "starting").write_bytes(b"\xff\xfe12")
    assert not Starts(tmp_path).begin()
    assert not Starts(tmp_path / "missing").begin()
    assert not Starts().begin()
