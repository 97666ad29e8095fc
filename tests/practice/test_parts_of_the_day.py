"""A part of the day is promised to its own end, and said back by its own name."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import call_selected
from tests.practice_bench import at


@pytest.mark.parametrize(
    ("typed", "begins", "ends", "part"),
    [
        ("this evening", at(23, 17), at(23, 22), "evening"),
        ("tomorrow evening", at(24, 17), at(24, 22), "evening"),
        ("saturday evening", at(28, 17), at(28, 22), "evening"),
        ("this afternoon", at(23, 15, 1), at(23, 18), "afternoon"),
        ("tomorrow morning", at(24, 9), at(24, 12), "morning"),
    ],
)
async def test_a_part_of_the_day_is_promised_to_its_own_end(bench, typed, begins, ends, part):
    await promise_typed(bench, typed)
    assert f"in the {part}" in bench.cockpit.view.form.fields[0].preview[0]
    await bench.cockpit.outcome.save_form()
    [call] = bench.store.calls()
    promise = call.promise
    assert (promise.part, promise.until) == (part, ends)
    assert promise.from_.replace(second=0) == begins


async def test_this_afternoon_said_at_four_is_no_evening(bench):
    bench.clock.step(hours=1, minutes=59)  # 16:00, and not within the hour
    await promise_typed(bench, "this afternoon")
    await bench.cockpit.outcome.save_form()
    [call] = bench.store.calls()
    assert (call.promise.part, call.promise.until) == ("afternoon", at(23, 18))


async def promise_typed(bench, typed):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    await bench.cockpit.call.answered()
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", typed)
