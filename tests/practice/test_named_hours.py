"""What they asked for is kept at the time they named, at any hour; once that time is over, house hours bind again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.practice_bench import at, past
from tui.cockpit.pages.report import too_many_of
from tui.domain.contact import Preferences
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.storage.protocol import Change

pytestmark = pytest.mark.slow

NOW = "Can be called now."
OUTSIDE = "outside calling hours"


def promise_for(start, precision):
    return Promise(start, "Europe/London", precision)


PROMISED = {
    "a minute in the evening": (
        promise_for(at(23, 18, 30), "minute"),
        {(23, 18, 30): True, (23, 18, 44): True},
    ),
    "that minute long past": (
        promise_for(at(23, 18, 30), "minute"),
        {(23, 18, 45): False, (23, 22, 50): False},
    ),
    "a minute in the day": (promise_for(at(23, 15), "minute"), {(23, 17, 59): True, (23, 22, 50): False}),
    "a minute on Sunday": (promise_for(at(29, 11), "minute"), {(29, 11, 0): True, (29, 11, 30): False}),
    "a range": (
        Promise(at(23, 18), "Europe/London", "range", until=at(23, 20)),
        {(23, 19, 0): True, (23, 20, 14): True, (23, 20, 15): False},
    ),
    "the evening": (
        promise_for(at(23, 17), "part"),
        {(23, 21, 59): True, (23, 22, 0): False, (24, 9, 0): True},
    ),
    "the afternoon": (promise_for(at(23, 14), "part"), {(23, 17, 59): True, (23, 18, 0): False}),
    "a day": (promise_for(at(24, 9), "day"), {(24, 9, 0): True, (24, 17, 59): True, (24, 18, 0): False}),
    "a day long past": (promise_for(at(24, 9), "day"), {(25, 7, 0): False, (25, 9, 0): True}),
    "a Saturday": (
        promise_for(at(28, 9), "day"),
        {(28, 10, 0): True, (28, 18, 0): False, (29, 12, 0): False},
    ),
}
MOMENTS = [(name, *moment) for name, (_, moments) in PROMISED.items() for moment in moments]


async def at_that_moment(bench, ann, moment):
    """Whether the queue offers them; queue, why page, dial check and report say the same."""
    bench.clock.step((moment - bench.clock.now()).total_seconds())
    view = await bench.cockpit.open()
    ready = ann.id in [row.contact_id for row in view.queue.ready]
    lines = bench.cockpit.card.explain(ann.id)
    assert (NOW in lines) == ready
    assert any(OUTSIDE in line for line in lines) != ready
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 15)
    assert (view.ask is not None and OUTSIDE in view.ask.title) != ready
    if view.ask:
        await bench.cockpit.question.answer("y")
    bench.clock.step(20)
    await bench.cockpit.outcome.choose("no_answer")
    found = too_many_of(bench.cockpit._state, bench.store.contact(ann.id), bench.store.calls(ann.id), None)
    assert (("outside_hours" in found[-1].codes) if found else False) != ready
    return ready


@pytest.mark.parametrize("case", MOMENTS, ids=str)
async def test_a_promise_is_free_of_house_hours_at_its_own_time_alone(bench, case):
    name, *moment = case
    promise, moments = PROMISED[name]
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "talked", Category.CONVERSATION, 3, promise=promise)
    assert await at_that_moment(bench, ann, at(*moment)) == moments[tuple(moment)]


@pytest.mark.parametrize(("minutes", "offered"), [(4, True), (14, True), (20, False), (295, False)])
async def test_who_called_us_in_vain_is_called_back_at_once_or_in_hours(bench, minutes, offered):
    ann = bench.people("Ann Rossi")[0]
    ago = (bench.clock.now() - at(23, 17, 55)) / timedelta(days=1)
    past(bench, ann, "missed", Category.NO_ANSWER, ago, direction="in")
    assert await at_that_moment(bench, ann, at(23, 17, 55) + timedelta(minutes=minutes)) == offered


@pytest.mark.parametrize(
    ("moment", "offered"), [((23, 18, 30), True), ((23, 22, 50), False), ((24, 9, 0), True)]
)
async def test_an_hour_they_asked_for_binds_until_it_is_over(bench, moment, offered):
    ann = bench.people("Ann Rossi")[0]
    wish = Preferences(every=3, at="18:30", since=bench.clock.now() - timedelta(days=9))
    bench.store.commit(Change(contacts=(replace(ann, prefers=wish),)), bench.clock.now())
    past(bench, ann, "talked", Category.CONVERSATION, 3)
    assert await at_that_moment(bench, ann, at(*moment)) == offered


async def test_a_late_promise_is_held_with_its_next_opening(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "talked", Category.CONVERSATION, 3, promise=promise_for(at(23, 15), "minute"))
    bench.clock.step((at(23, 22, 50) - bench.clock.now()).total_seconds())
    view = await bench.cockpit.open()
    [row] = view.queue.held
    assert row.why == "Promised today 15:00, 7 h late; can be called tomorrow 09:00"
    assert "Next call: tomorrow 09:00." in bench.cockpit.card.explain(ann.id)
