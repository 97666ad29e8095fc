"""The first start: a guided call with somebody who does not exist, then one question for who the rep is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.settings.settings import Me


@pytest.fixture
def nameless(make_bench, in_london):
    """A rep who has installed it a minute ago."""
    return make_bench(replace(in_london, me=Me()))


async def called(bench):
    """The first call of this start is made and logged."""
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(2)
    return await cockpit.outcome.choose("no_answer")


async def test_b71_a_line_leads_through_the_first_call_and_nobodys_phone_rings(nameless):
    cockpit = nameless.cockpit
    lines = [(await cockpit.open()).tour]
    lines.append((await call_selected(cockpit, 15)).tour)
    nameless.clock.step(2)
    lines += [(await cockpit.call.answered()).tour, (await cockpit.call.over()).tour]
    lines.append((await cockpit.outcome.choose("talked")).tour)
    view = await cockpit.outcome.save_form()
    assert len(set(filter(None, lines))) == 5
    assert view.tour == ""
    assert nameless.dialer.dialled == []


async def test_b71_after_the_first_call_it_asks_who_is_calling_and_before_that_it_does_not(nameless):
    view = await nameless.cockpit.open()
    assert view.ask is None
    view = await call_selected(nameless.cockpit, 15)
    assert view.ask is None
    assert all(words != "Set up" for words, _ in view.card.lines)
    nameless.clock.step(2)
    view = await nameless.cockpit.outcome.choose("no_answer")
    assert (view.phase, view.ask.id) == (Phase.READY, "me:")
    assert dict(view.card.lines)["Set up"] == "scripts do not know your name: press , to give it"


async def test_b71_put_off_it_asks_again_another_day_and_never_when_that_was_chosen(nameless):
    await called(nameless)
    await nameless.cockpit.question.leave()
    again = nameless.killed_and_started_again()
    await again.open()
    nameless.clock.step(2)
    assert again.view.tour == ""
    nameless.clock.step(days=1)
    await again.tick()
    assert (await called(nameless)).ask.id == "me:"
    await again.question.answer("n")
    again = nameless.killed_and_started_again()
    nameless.clock.step(days=1)
    assert (await called(nameless)).ask is None


@pytest.mark.parametrize(("outcome", "has_times"), [("talked", True), ("do_not_call", False)])
async def test_a_form_without_a_time_is_not_led_through_with_times(nameless, outcome, has_times):
    await nameless.cockpit.open()
    await call_selected(nameless.cockpit, 15)
    nameless.clock.step(2)
    await nameless.cockpit.call.answered()
    await nameless.cockpit.call.over()
    view = await nameless.cockpit.outcome.choose(outcome)
    assert view.phase is Phase.FORM
    assert view.tour.startswith("Times are") is has_times
    assert view.tour.endswith("saves: that was the whole call.")


async def test_the_tour_is_skipped_for_good(nameless):
    cockpit = nameless.cockpit
    assert (await cockpit.open()).tour
    assert (await cockpit.first_run.skip_tour()).tour == ""
    assert (await nameless.killed_and_started_again().open()).tour == ""


async def test_whoever_has_people_of_their_own_is_led_nowhere_and_asked_nothing(nameless):
    nameless.people("Ann Rossi")
    view = await nameless.cockpit.open()
    assert view.tour == ""
    view = await called_real(nameless)
    assert view.ask is None
    assert nameless.dialer.dialled == ["+442079460100"]


async def called_real(bench):
    await call_selected(bench.cockpit, 15)
    bench.clock.step(2)
    return await bench.cockpit.outcome.choose("no_answer")


async def test_who_has_a_name_is_not_asked_for_it(bench):
    assert (await called(bench)).ask is None
