from __future__ import annotations

import gc

import pytest

from tui.system.memory import Garbage, release


def test_records_are_given_back_a_few_at_a_time():
    left: set[int] = set()

    class Record:
        def __del__(self) -> None:
            left.add(len(held))

    held = [Record() for _ in range(5_000)]
    release(held)
    assert held == []
    assert len(left) >= 5


@pytest.mark.parametrize(("looks", "is_soon"), [(0, False), (9, True)])
def test_python_looks_through_all_objects_early_only_when_it_would_soon(looks, is_soon, monkeypatch):
    found: list[str] = []
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, looks))
    monkeypatch.setattr(gc, "collect", lambda: found.append("all"))
    Garbage().look()
    assert bool(found) is is_soon


def test_what_stays_is_passed_over_from_the_first_look_on(monkeypatch):
    passed_over: list[str] = []
    monkeypatch.setattr(gc, "freeze", lambda: passed_over.append("all there is"))
    garbage = Garbage()
    for stays, times in (("", 0), ("queue", 1), ("queue", 1), ("call", 2), ("", 2), ("queue", 2)):
        garbage.look(stays)
        assert len(passed_over) == times
