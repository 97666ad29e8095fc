"""This week beside last week, and the hours at which most and fewest answered, worked out once more from the calls."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.practice_bench import past
from tui.cockpit.wording.report import HEADINGS
from tui.domain.call import Call, Dial
from tui.domain.metrics import MIN_CELL_DIALS, wilson
from tui.domain.outcome import Category
from tui.storage.protocol import Change

LONDON = ZoneInfo("Europe/London")


def percent(hits, total):
    """A rate as the report writes it."""
    share, low, high = (f"{one * 100:.0f}" for one in wilson(hits, total))
    return f"{hits} of {total} ({share} %, likely {low} to {high} %)"


def section(page, name):
    return dict(page.sections).get(HEADINGS[name], ())


async def test_people_talked_with_are_counted_from_monday_to_sunday_and_twice_called_is_one(bench):
    ann, bo, cy, dee = bench.people("Ann Rossi", "Bo Lund", "Cy Park", "Dee Wu")
    past(bench, ann, "win", Category.WIN, 0.1)
    past(bench, bo, "no_answer", Category.NO_ANSWER, 0.05)
    await bench.cockpit.open()
    assert section(bench.cockpit.report_page(), "weeks") == ()  # nothing to hold it beside
    past(bench, ann, "no_answer", Category.NO_ANSWER, 1.1)  # Sunday
    past(bench, ann, "talked", Category.CONVERSATION, 4)
    past(bench, cy, "talked", Category.CONVERSATION, 6.9)
    past(bench, dee, "no_answer", Category.NO_ANSWER, 7)  # Monday of last week, at this hour
    past(bench, bo, "talked", Category.CONVERSATION, 8)  # the week before
    assert section(bench.cockpit.report_page(), "weeks") == (
        f"people talked with: {percent(1, 2)}, last week {percent(2, 3)}",
        "1 next step agreed, last week 0",
        "1 meeting or sale, last week 0",
    )
    assert bench.cockpit.report(bench.clock.now() - timedelta(days=5)).weeks is None


async def test_the_best_hours_are_named_only_with_enough_dials_and_when_luck_is_out(bench):
    (ann,) = bench.people("Ann Rossi")
    day = bench.clock.now().astimezone(LONDON).date() - timedelta(days=3)

    def fill(hour, answered, dials):
        calls = []
        for place in range(dials):
            at = datetime(day.year, day.month, day.day, hour, tzinfo=LONDON) + timedelta(seconds=place)
            is_ = Category.GATEKEEPER if place < answered else Category.NO_ANSWER
            calls.append(
                Call(f"{hour} {place}", ann.id, at, str(is_), is_, dials=(Dial("+442079460100", at),))
            )
        bench.store.commit(Change(calls=tuple(calls)), bench.clock.now())

    fill(10, 90, MIN_CELL_DIALS)
    fill(14, 30, MIN_CELL_DIALS - 1)
    await bench.cockpit.open()
    assert bench.cockpit.report().best_hours is None
    fill(15, 40, MIN_CELL_DIALS)
    (best, *_) = section(bench.cockpit.report_page(), "hours")
    assert best == (
        f"Most calls were answered at 10:00: {percent(90, MIN_CELL_DIALS)}; fewest at 15:00: "
        f"{percent(40, MIN_CELL_DIALS)}."
    )
