"""One clock and one law for a number: that of the phone that will ring, whatever looks at it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cockpit_bench import call_selected
from tests.practice_bench import call_anyway, ready_names
from tui.cockpit.pages.report import too_many_of
from tui.domain.contact import Contact, Number
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.storage.protocol import Change

LONDON = ("+442079460101", "10:00 in London")
WASHINGTON = ("+12025550101", "05:00 in New York")
BOTH_WAYS = pytest.mark.parametrize(
    ("office", "mobile"), [(WASHINGTON, LONDON), (LONDON, WASHINGTON)], ids=["mobile here", "mobile there"]
)


def at_ten_in_london(bench, office, mobile, **more):
    """One person without a zone of their own, with an office number and a mobile, Tuesday at 10:00 in London."""
    bench.clock.step(hours=19, minutes=59)
    numbers = (Number(office[0], office[0], "office"), Number(mobile[0], mobile[0], "mobile"))
    ann = Contact(
        id=uuid7(bench.clock.now()),
        created_at=bench.clock.now() - timedelta(days=3),
        name="Ann Rossi",
        given="Ann",
        family="Rossi",
        lists=("autumn",),
        numbers=numbers,
        **more,
    )
    bench.store.commit(Change(contacts=(ann,)), bench.clock.now())
    return ann


@BOTH_WAYS
async def test_queue_card_check_and_law_tell_the_time_of_the_number_that_is_called(bench, office, mobile):
    ann, open_now = at_ten_in_london(bench, office, mobile), mobile is LONDON
    view = await bench.cockpit.open()
    assert (ready_names(view) == ["Ann Rossi"]) is open_now
    row = next(iter([*view.queue.ready, *view.queue.later]))
    assert row.their_time == mobile[1][:5]
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 15)
    if open_now:
        assert bench.dialer.dialled == [mobile[0]]
        assert view.card.warnings == ()
    else:
        assert bench.dialer.dialled == []
        assert "05:00 there, outside the hours of the law" in view.ask.title
    assert view.card.there == mobile[1]
    said = " ".join(bench.cockpit.card.explain(ann.id))
    assert ("05:00 there" in said) is not open_now


async def test_before_it_rings_the_other_number_brings_its_own_clock_and_law(bench):
    ann = at_ten_in_london(bench, LONDON, WASHINGTON)
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 15)
    view = await bench.cockpit.question.leave()
    assert view.card.blocked
    view = await bench.cockpit.call.other_number()
    assert (view.card.there, view.card.number_label) == (LONDON[1], "office")
    assert (view.card.blocked, view.card.warnings) == ("", ())
    assert "morning" in bench.cockpit._state.in_hand.walk.facts.values["time_of_day"]
    view = await bench.cockpit.call.dial()
    assert (bench.dialer.dialled, view.ask) == ([LONDON[0]], None)


async def test_while_it_rings_the_other_number_is_asked_about_with_its_own_law(bench):
    ann = at_ten_in_london(bench, WASHINGTON, LONDON)
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 15)
    bench.clock.step(20)
    view = await bench.cockpit.call.other_number()
    assert (bench.dialer.dialled, bench.dialer.hung_up) == ([LONDON[0]], [])
    assert "05:00 there, outside the hours of the law" in view.ask.title
    view = await bench.cockpit.question.give_reason("she asked for it")
    assert "05:00 there, outside calling hours" in view.ask.title
    view = await bench.cockpit.question.answer("y")
    assert (bench.dialer.dialled, bench.dialer.hung_up) == ([LONDON[0], WASHINGTON[0]], ["line-1"])
    assert view.card.there == WASHINGTON[1]


async def test_what_they_name_on_the_other_number_is_an_hour_of_that_clock(bench):
    ann = at_ten_in_london(bench, LONDON, WASHINGTON)
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 15)
    await bench.cockpit.question.leave()
    await bench.cockpit.call.other_number()
    await bench.cockpit.call.dial()
    assert bench.dialer.dialled == [LONDON[0]]
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    bench.clock.step(60)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("promise")
    view = await bench.cockpit.outcome.set_field("when", "fri 15:00")
    assert view.form.fields[0].preview[0].startswith("Friday 27 November 15:00")
    await bench.cockpit.outcome.save_form()
    [call] = bench.store.calls(ann.id)
    assert call.promise.zone == "Europe/London"
    assert call.promise.from_ == datetime(2026, 11, 27, 15, tzinfo=ZoneInfo("Europe/London"))


async def test_an_hour_that_the_law_of_the_number_called_next_forbids_is_refused_before_it_is_promised(bench):
    ann = at_ten_in_london(bench, LONDON, WASHINGTON)
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 15)
    await bench.cockpit.question.leave()
    await bench.cockpit.call.other_number()
    await bench.cockpit.call.dial()
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    bench.clock.step(60)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("promise")
    view = await bench.cockpit.outcome.set_field(
        "when", "fri 10:00"
    )  # 05:00 in Washington, where the mobile rings
    assert "outside the legal hours (United States)" in view.form.fields[0].problem
    await bench.cockpit.outcome.save_form()
    assert bench.store.calls(ann.id) == ()


async def test_the_report_judges_an_attempt_by_the_clock_of_the_number_that_rang(bench):
    ann = at_ten_in_london(bench, LONDON, WASHINGTON)
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 15)
    await bench.cockpit.question.leave()
    await bench.cockpit.call.other_number()
    await bench.cockpit.call.dial()
    bench.clock.step(3)
    await bench.cockpit.outcome.choose("no_answer")
    [call] = bench.store.calls(ann.id)
    assert call.is_ is Category.NO_ANSWER
    assert list(too_many_of(bench.cockpit._state, ann, (call,), None)) == []
    assert [row.hour for row in bench.cockpit.report().hours] == [10]


async def test_a_zone_that_is_known_of_the_person_beats_every_number(bench):
    ann = at_ten_in_london(bench, LONDON, WASHINGTON, zone="Europe/London")
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    view = await call_anyway(bench.cockpit)
    assert view.card.there == "10:00 in London"


@BOTH_WAYS
async def test_a_caller_is_shown_with_the_number_that_would_be_called_back(bench, office, mobile):
    at_ten_in_london(bench, office, mobile)
    await bench.cockpit.open()
    [row] = bench.cockpit.callers.look_up("rossi")
    assert row.number.replace(" ", "").replace("-", "") == mobile[0]


async def test_a_number_kept_for_stories_asks_and_says_what_is_wrong(bench):
    ann = at_ten_in_london(bench, WASHINGTON, ("+447700900123", ""))
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 15)
    assert view.ask.title == "This does not look like a valid number (United Kingdom). Call anyway?"
    assert view.ask.default == ""
    view = await bench.cockpit.question.answer("y")
    assert bench.dialer.dialled == ["+447700900123"]
