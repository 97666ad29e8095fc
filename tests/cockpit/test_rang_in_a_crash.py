"""Who was calling us when the program ended is a missed call at the next start, or still on the line; never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cockpit_bench import MONDAY, call_selected
from tests.phone_bench import settle
from tui.dialer.protocol import CallState, Cause
from tui.storage.protocol import Change, NotSaved

BO, NOBODY = "+442079460101", "+442079460999"


async def rang(bench, number=BO, in_a_session=True, **more):
    """Somebody calls at 14:01:05, whatever the rep is at."""
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    if in_a_session:
        await call_selected(bench.cockpit, 15)
    bench.clock.step(5)
    await bench.dialer.say("in-1", CallState.INCOMING, outgoing=False, number=number, name="BO", **more)


async def started_again(bench, **later):
    bench.clock.step(**later)
    await bench.killed_and_started_again().open()
    await settle()
    return bench.cockpit.view


@pytest.mark.parametrize("in_a_session", [True, False])
@pytest.mark.parametrize("later", [{"seconds": 20}, {"days": 1}])
@pytest.mark.parametrize("number", [BO, NOBODY])
async def test_who_called_when_the_program_was_killed_is_a_missed_call(able, in_a_session, later, number):
    await rang(able, number, in_a_session)
    able.dialer.up.pop("in-1")
    view = await started_again(able, **later)
    (missed,) = [call for call in able.store.calls() if call.direction == "in"]
    assert (missed.at, missed.dials[0].number) == (MONDAY + timedelta(seconds=5), number)
    person = able.store.contact(missed.contact_id)
    assert person.numbers[0].e164 == number
    assert person.name == ("Bo Lund" if number == BO else "")
    assert "called and nobody answered" in view.notice.text
    await started_again(able, seconds=20)
    assert [call for call in able.store.calls() if call.direction == "in"] == [missed]


async def test_who_still_calls_after_the_crash_rings_on(able):
    await rang(able, in_a_session=False)
    view = await started_again(able, seconds=10)
    assert view.ringing.call_id == "in-1"
    assert able.store.calls() == ()
    await able.dialer.say("in-1", CallState.ENDED, outgoing=False, cause=Cause.NO_ANSWER)
    assert [call.direction for call in able.store.calls()] == ["in"]


async def test_who_calls_while_the_rep_quits_is_a_missed_call(able):
    await rang(able, in_a_session=False)
    await able.cockpit.close()
    able.dialer.up.clear()
    await started_again(able, hours=2)
    assert [call.direction for call in able.store.calls()] == ["in"]


@pytest.mark.parametrize("cause", [Cause.NO_ANSWER, Cause.ELSEWHERE, Cause.LOCAL])
async def test_what_was_told_before_the_crash_is_not_told_again(able, cause):
    await rang(able)
    await able.dialer.say("in-1", CallState.ENDED, outgoing=False, cause=cause)
    before = able.store.calls()
    await started_again(able, seconds=20)
    assert able.store.calls() == before


async def test_a_call_that_rang_on_other_phones_too_is_told_and_makes_no_record(able):
    await rang(able, in_a_session=False, shared=True)
    able.dialer.up.clear()
    view = await started_again(able, seconds=20)
    assert view.notice.text == "The call from Bo Lund was not answered here."
    assert able.store.calls() == ()


async def test_a_missed_call_that_could_not_be_written_is_written_at_the_next_start(able, monkeypatch):
    await rang(able, in_a_session=False)
    commit = able.store.commit

    def refuses(change, now):
        if change.calls:
            raise NotSaved("No space left on device")
        commit(change, now)

    monkeypatch.setattr(able.store, "commit", refuses)
    await able.dialer.say("in-1", CallState.ENDED, outgoing=False, cause=Cause.NO_ANSWER)
    assert able.store.calls() == ()
    monkeypatch.setattr(able.store, "commit", commit)
    await able.cockpit.save()
    await started_again(able, seconds=20)
    assert [call.at for call in able.store.calls()] == [MONDAY + timedelta(seconds=5)]


async def test_what_nobody_can_read_is_put_aside_and_the_queue_opens(able):
    await rang(able)
    state = able.store.state("ringing")
    state["in-1"]["at"] = "soon"
    able.store.commit(Change(state={"ringing": state}), able.clock.now())
    await started_again(able, seconds=20)
    assert "could not be brought back" in able.cockpit.put_aside
    assert able.store.calls() == ()
