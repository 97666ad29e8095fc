from __future__ import annotations

from tui.system.memory import release


def test_records_are_given_back_a_few_at_a_time():
    left: set[int] = set()

    class Record:
        def __del__(self) -> None:
            left.add(len(held))

    held = [Record() for _ in range(5_000)]
    release(held)
    assert held == []
    assert len(left) >= 5
