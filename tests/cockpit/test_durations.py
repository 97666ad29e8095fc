"""A duration is time awake: a closed lid, a clock that is set and a change of summer time are none of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.phone_bench import AblePhone, settle
from tui.cockpit.actions.session import HEARTBEAT_S
from tui.cockpit.clock import LONGEST_S, SystemClock, seconds_between
from tui.cockpit.view import Phase
from tui.dialer.protocol import CallState, Cap

STEPS = [timedelta(hours=1), timedelta(days=3), timedelta(days=3650), timedelta(hours=-1), timedelta(days=-2)]


async def talking(bench, seconds=120):
    """In a call for so many seconds: two minutes on the card, five seconds of ringing before it."""
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    await seconds_pass(bench, 5)
    await bench.cockpit.call.answered()
    return await seconds_pass(bench, seconds, at_once=5)


async def seconds_pass(bench, seconds, at_once=1):
    for _ in range(seconds // at_once):
        bench.clock.step(at_once)
        view = await bench.cockpit.tick()
    return view


async def closed(bench, outcome="not_a_fit"):
    """Hang up, ten seconds of form, saved: the call on record."""
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose(outcome)
    await seconds_pass(bench, 10)
    await bench.cockpit.outcome.save_form()
    return bench.store.calls()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_clock_set_during_a_call_changes_no_duration(bench, step):
    before = await talking(bench)
    bench.clock.set(hours=step.total_seconds() / 3600)
    view = await bench.cockpit.tick()
    assert (view.state_s, view.clock.left_s) == (before.state_s, before.clock.left_s)
    await seconds_pass(bench, 30)
    call = await closed(bench)
    assert (call.talk_s, call.wrap_s) == (150, 10)
    await bench.cockpit.session.show_recap()
    await bench.cockpit.session.end()
    (session,) = bench.store.sessions()
    assert (session.spent, session.pauses) == ({"dialling": 5, "talking": 150, "wrap": 10}, ())


async def test_a_clock_set_back_while_it_rings_or_a_form_is_open_changes_no_duration_either(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.set(hours=-1)
    view = await seconds_pass(bench, 5)
    assert (view.phase, view.state_s) == (Phase.RINGING, 5)
    await bench.cockpit.outcome.choose("not_a_fit")  # the line has settled: the letter counts
    bench.clock.set(days=-2)
    view = await seconds_pass(bench, 7)
    assert (view.phase, view.state_s) == (Phase.FORM, 7)
    await bench.cockpit.outcome.save_form()
    assert bench.store.calls()[-1].wrap_s == 7


async def test_the_time_on_the_card_before_the_dial_does_not_follow_the_clock(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    await seconds_pass(bench, 5)
    await bench.cockpit.outcome.choose("no_answer")
    await seconds_pass(bench, 20)
    bench.clock.set(hours=1)
    await bench.cockpit.call.dial()
    await seconds_pass(bench, 5)
    await bench.cockpit.outcome.choose("no_answer")
    assert [call.ready_s for call in bench.store.calls()] == [0, 20]


async def test_a_lid_closed_in_a_call_is_no_talk_and_no_time_of_the_session(bench):
    before = await talking(bench)
    bench.clock.sleep(hours=1)
    view = await bench.cockpit.tick()
    assert (view.state_s, view.clock.left_s) == (before.state_s, before.clock.left_s)
    call = await closed(bench)
    assert call.talk_s == 120
    await bench.cockpit.session.show_recap()
    await bench.cockpit.session.end()
    (session,) = bench.store.sessions()
    assert session.spent["paused:sleep"] == 3600
    assert [(pause.reason, pause.ended_at - pause.started_at) for pause in session.pauses] == [
        ("sleep", timedelta(hours=1))
    ]


async def test_nobody_is_called_by_itself_when_the_lid_opens(make_bench, in_london):
    bench = make_bench(replace(in_london, advance_after=4.0))
    bench.dialer.caps = Cap.STATES
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    await seconds_pass(bench, 5)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert view.phase is Phase.NEXT_IN
    bench.clock.sleep(minutes=20)
    view = await seconds_pass(bench, 6)
    assert (view.phase, len(bench.dialer.dialled)) == (Phase.READY, 1)
    assert "nobody is called by itself" in view.notice.text


def test_summer_time_that_ends_in_between_adds_no_hour():
    london = ZoneInfo("Europe/London")
    before = datetime(2026, 10, 25, 0, 58, tzinfo=UTC).astimezone(london)  # 01:58; at 02:00 it is 01:00 again
    after = datetime(2026, 10, 25, 1, 3, tzinfo=UTC).astimezone(london)
    assert seconds_between(before, after) == 300


@pytest.mark.parametrize("minutes", [1, 29])
async def test_the_time_in_which_the_program_was_dead_is_no_talk(bench, minutes):
    """The last sign of it is on the disk; whether they talked on, a phone that is dialled by hand does not tell."""
    await talking(bench)
    bench.clock.step(minutes=minutes)
    view = await bench.killed_and_started_again().open()
    assert view.notice.text == "Back where you left off with Ann."
    assert 120 - HEARTBEAT_S <= view.state_s <= 120
    await seconds_pass(bench, 30)
    again = await bench.killed_and_started_again().open()
    assert 150 - 3 * HEARTBEAT_S <= again.state_s <= 150
    assert (await closed(bench)).talk_s == again.state_s
    assert bench.store.calls()[-1].wrap_s == 10


@pytest.mark.parametrize(("goes_on", "talked"), [(True, 180), (False, 120)])
async def test_a_softphone_knows_whether_they_talked_while_the_program_was_dead(make_bench, goes_on, talked):
    """A line that is up talked on; of one that is gone nobody knows when it ended, so the last sign counts."""
    bench = make_bench()
    bench.dialer = phone = AblePhone()
    bench.killed_and_started_again()
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    await phone.say("line-1", CallState.CONNECTED)
    await seconds_pass(bench, 120, at_once=5)
    bench.clock.step(60)
    if not goes_on:
        phone.up.clear()
    await bench.killed_and_started_again().open()
    await settle()
    view = await bench.cockpit.tick()
    assert view.phase is (Phase.TALKING if goes_on else Phase.CALL_OVER)
    await bench.cockpit.call.over()
    assert talked - HEARTBEAT_S <= bench.cockpit.view.talked_s <= talked
    await bench.cockpit.close()


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_clock_set_after_a_restart_changes_no_duration_either(bench, step):
    await talking(bench)
    before = await bench.killed_and_started_again().open()
    bench.clock.set(hours=step.total_seconds() / 3600)
    view = await bench.cockpit.tick()
    assert (view.phase, view.state_s) == (Phase.TALKING, before.state_s)
    await seconds_pass(bench, 30)
    call = await closed(bench)
    assert (call.talk_s, call.wrap_s) == (before.state_s + 30, 10)


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(days=-2)], ids=str)
async def test_an_impossible_length_after_a_restart_is_said_and_not_counted(bench, step):
    await talking(bench)
    bench.clock.set(hours=step.total_seconds() / 3600)
    view = await bench.killed_and_started_again().open()
    assert "clock was changed in between" in view.notice.text
    assert view.state_s == 0
    bench.clock.set(hours=0.5 - step.total_seconds() / 3600)  # set right: what nobody knew, nobody knows now
    view = await bench.cockpit.tick()
    assert view.state_s == 0
    call = await closed(bench)
    assert (call.talk_s, call.wrap_s) == (None, 10)


async def test_a_call_left_open_whose_stored_times_are_impossible_has_no_length(bench):
    await talking(bench)
    bench.clock.set(hours=-5)
    await seconds_pass(bench, 15)  # saved again, at a time before the answer
    bench.clock.set(hours=24)
    view = await bench.killed_and_started_again().open()
    assert view.phase is Phase.CALL_OVER
    assert "clock was changed in between" in view.notice.text
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    assert bench.store.calls()[-1].talk_s is None


def test_stored_times_say_nothing_when_they_are_absurd():
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert seconds_between(noon, noon + timedelta(seconds=90)) == 90
    assert seconds_between(noon, noon - timedelta(seconds=1)) is None
    assert seconds_between(noon, noon + timedelta(seconds=LONGEST_S + 1)) is None


def test_the_machine_s_clock_measures_moments_by_time_awake_and_never_goes_back():
    clock = SystemClock()
    first, elapsed = clock.now(), clock.elapsed()
    second = clock.now()
    assert seconds_between(first, second) == second.awake - first.awake >= 0
    assert clock.elapsed() >= elapsed
    assert first == datetime.fromisoformat(first.isoformat())


@pytest.mark.parametrize("goes_back", [0, 1, 2])
async def test_reading_the_words_again_after_they_hung_up_is_no_talk(able, goes_back):
    bench = able
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    await bench.dialer.say("line-1", CallState.CONNECTED)
    await settle()
    view = await seconds_pass(bench, 60)
    await bench.dialer.say("line-1", CallState.ENDED)
    await settle()
    for _ in range(goes_back):
        view = await bench.cockpit.call.back()
        assert (view.phase, view.talked_s) == (Phase.TALKING, 60)
        view = await seconds_pass(bench, 90)
        assert view.state_s == 60
        await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("not_a_fit")
    await bench.cockpit.outcome.save_form()
    assert bench.store.calls()[-1].talk_s == 60
