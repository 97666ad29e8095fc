"""A call that comes in while the rep is at something else is one line; it takes no key, and nothing typed is lost."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.phone_bench import AblePhone
from tui.cockpit.view import Phase
from tui.dialer.protocol import CallState, Cause


@pytest.fixture
async def bench(make_bench):
    bench = make_bench()
    bench.dialer = AblePhone()
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi", "Bo Lund", "Cy Park")
    await bench.cockpit.open()
    return bench


async def dialling(bench):
    await call_selected(bench.cockpit, 15)
    await bench.dialer.say("line-1", CallState.DIALLING)


async def ringing(bench):
    await dialling(bench)
    await bench.dialer.say("line-1", CallState.RINGING)


async def talking(bench):
    await ringing(bench)
    await bench.dialer.say("line-1", CallState.CONNECTED)
    await bench.cockpit.talk.type_note("two vans, not th")


async def call_over(bench):
    await talking(bench)
    bench.clock.step(60)
    await bench.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    bench.clock.step(1)


async def form(bench):
    await call_over(bench)
    await bench.cockpit.outcome.choose("talked")


async def searching(bench):
    await bench.cockpit.queue.find("an")


async def asked(bench):
    await bench.cockpit.people.skip(None)


async def bo_calls(bench, call_id="in-1", number=None):
    number = number or bench.contact("Bo Lund").first_number
    await bench.dialer.say(call_id, CallState.INCOMING, outgoing=False, number=number)
    return bench.cockpit.view


AT_WORK = [dialling, ringing, talking, call_over, form, searching, asked]


@pytest.mark.parametrize("moment", AT_WORK)
async def test_while_the_rep_is_at_something_a_caller_is_one_line_and_nothing_stops(bench, moment):
    await moment(bench)
    before = await bench.cockpit.tick()
    view = await bo_calls(bench)
    assert (view.banner, view.ringing) == ("Bo Lund", None)
    assert (view.phase, view.draft, view.ask) == (before.phase, before.draft, before.ask)
    assert view.clock is None or not view.clock.pause_reason
    assert not [done for done in bench.dialer.done if done[0] == "answer"]


@pytest.mark.parametrize("moment", AT_WORK)
async def test_f2_shows_the_card_and_only_then_an_answer_is_one(bench, moment):
    await moment(bench)
    await bo_calls(bench)
    view = await bench.cockpit.incoming.open_look_up()
    assert (view.banner, view.ringing.rows[0].name) == ("", "Bo Lund")
    view = await bench.cockpit.incoming.take(view.ringing.rows[0].contact_id)
    assert (view.phase, view.card.name) == (Phase.TALKING, "Bo Lund")
    assert ("answer", "in-1") in bench.dialer.done


async def test_the_half_written_note_stays(bench):
    await talking(bench)
    await bo_calls(bench)
    await bench.cockpit.talk.type_note("two vans, not three")
    view = await bench.cockpit.incoming.open_look_up()
    view = await bench.cockpit.incoming.put_off()
    assert (view.draft, view.banner) == ("two vans, not three", "Bo Lund")


async def test_before_anything_is_typed_the_card_comes_by_itself(bench):
    view = await bo_calls(bench)
    assert (view.banner, view.ringing.call_id) == ("", "in-1")


async def test_whoever_calls_behind_another_is_one_line_too_once_the_rep_talks(bench):
    view = await bo_calls(bench)
    await bo_calls(bench, "in-2", bench.contact("Cy Park").first_number)
    view = await bench.cockpit.incoming.take(view.ringing.rows[0].contact_id)
    assert (view.phase, view.card.name, view.ringing) == (Phase.TALKING, "Bo Lund", None)
    assert view.banner == "Cy Park"


async def test_a_caller_who_waited_for_a_form_gets_the_card_when_the_one_before_gives_up_on_the_queue(bench):
    await bo_calls(bench)
    await bo_calls(bench, "in-2", bench.contact("Cy Park").first_number)
    await bench.dialer.say("in-1", CallState.ENDED, outgoing=False, cause=Cause.NO_ANSWER)
    assert bench.cockpit.view.ringing.call_id == "in-2"


async def test_the_countdown_dials_nobody_while_somebody_calls(make_bench, in_london):
    bench = make_bench(replace(in_london, advance_after=5))
    bench.dialer = AblePhone()
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi", "Bo Lund", "Cy Park")
    await bench.cockpit.open()
    await ringing(bench)
    bench.clock.step(9)
    await bo_calls(bench, number="+442079460999")
    await bench.cockpit.outcome.choose("no_answer")
    assert bench.cockpit.view.phase is Phase.NEXT_IN
    bench.clock.step(20)
    view = await bench.cockpit.tick()
    assert view.phase is Phase.READY
    assert [done for done in bench.dialer.done if done[0] == "dial"] == [("dial", bench.dialer.dialled[0])]
