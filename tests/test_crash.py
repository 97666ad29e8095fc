"""Starts that fail are counted, and forgotten by one that does not."""

from __future__ import annotations

import time

from tui.system.ending import AT_ONCE_S, Starts


def start(folder, *, crashes=True):
    """One start; whether it was told that those before it failed too often."""
    starts = Starts(folder)
    told = starts.begin()
    if crashes:
        starts.crashed()
    else:
        starts._hanging.cancel()  # a process that is killed takes its threads along
    return told


def test_the_third_start_after_two_that_failed_is_told(tmp_path):
    assert [start(tmp_path) for _ in range(3)] == [False, False, True]


def test_starts_that_were_killed_from_outside_have_not_failed(tmp_path):
    # A power cut, twice: the half-written note is not to blame and stays where the rep looks for it.
    assert not any(start(tmp_path, crashes=False) for _ in range(5))
    assert not list(tmp_path.iterdir())


def test_a_kill_between_two_crashes_neither_counts_nor_forgets(tmp_path):
    assert [start(tmp_path), start(tmp_path, crashes=False), start(tmp_path), start(tmp_path)] == [
        False,
        False,
        False,
        True,
    ]


def test_a_start_that_hangs_counts_as_failed_until_it_is_up(tmp_path):
    # Whoever has to kill a program that never comes up must not meet the same state for ever.
    hanging = Starts(tmp_path, hangs_after_s=0.01)
    hanging.begin()
    while not list(tmp_path.glob("*")) or (tmp_path / "starting").read_bytes() != b"1":
        time.sleep(0.01)
    assert [start(tmp_path), start(tmp_path, crashes=False)] == [False, True]
    hanging.succeeded()
    assert not start(tmp_path, crashes=False)


def test_a_start_that_succeeds_forgets_those_before(tmp_path):
    start(tmp_path)
    starts = Starts(tmp_path)
    starts.begin()
    starts.succeeded()
    assert not list(tmp_path.iterdir())
    assert [start(tmp_path) for _ in range(2)] == [False, False]


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
    assert not start(tmp_path)
    assert not start(tmp_path / "missing")
    assert not Starts().begin()
