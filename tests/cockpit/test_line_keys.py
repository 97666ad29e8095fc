"""Tones, mute, hold and recording on the line of the call in hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.dialer.protocol import CallState, Cap, Cause
from tui.storage.protocol import Change


async def talking(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(5)
    await bench.dialer.say("line-1", CallState.CONNECTED)
    bench.clock.step(1)
    bench.dialer.done.clear()
    return bench.cockpit


async def ready(bench, consent="yes"):
    """Ann was tried and Bo's card is up; everybody's consent is this."""
    people = bench.people("Ann Rossi", "Bo Lund", "Cy Park")
    agreed = tuple(replace(one, fields={"recording_consent": consent}) for one in people)
    bench.store.commit(Change(contacts=agreed), bench.clock.now())
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(5)
    return await bench.cockpit.outcome.choose("no_answer")


async def test_a_phone_without_these_keys_has_no_line_to_show(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    assert (await call_selected(bench.cockpit, 5)).line is None
    assert (await bench.cockpit.call.answered()).line is None


async def test_the_keys_are_offered_only_while_somebody_is_on_the_line(able):
    able.people("Ann Rossi")
    await able.cockpit.open()
    assert (await call_selected(able.cockpit, 5)).line.can == frozenset()
    await able.dialer.say("line-1", CallState.CONNECTED)
    assert able.cockpit.view.line.can == {"tones", "mute", "hold"}
    await able.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    assert able.cockpit.view.line.can == frozenset()


async def test_only_what_the_phone_can_do_is_offered(able):
    able.dialer.caps = Cap.STATES | Cap.DTMF
    cockpit = await talking(able)
    assert cockpit.view.line.can == {"tones"}
    view = await cockpit.phone.mute()
    assert able.dialer.done == []
    assert view.notice.text == "Use the keys of your phone for that."


async def test_tones_go_into_the_call_without_the_blanks_people_type(able):
    cockpit = await talking(able)
    view = await cockpit.phone.tones(" 12 3# a")
    assert able.dialer.done == [("tones", "line-1", "123#A")]
    assert "123" not in view.notice.text


async def test_no_tones_are_sent_when_nothing_was_typed(able):
    cockpit = await talking(able)
    await cockpit.phone.tones("  ")
    assert able.dialer.done == []


async def test_mute_and_hold_turn_on_and_off_and_are_said_in_words(able):
    cockpit = await talking(able)
    await cockpit.phone.mute()
    view = await cockpit.phone.hold()
    assert view.line_words == "muted, on hold"
    await cockpit.phone.mute()
    view = await cockpit.phone.hold()
    assert view.line_words == ""
    assert able.dialer.done == [
        ("mute", "line-1", True),
        ("hold", "line-1", True),
        ("mute", "line-1", False),
        ("hold", "line-1", False),
    ]


@pytest.mark.parametrize("action", ["mute", "hold", "tones"])
async def test_what_the_phone_refuses_is_a_sentence_and_nothing_is_claimed(able, action):
    cockpit = await talking(able)
    able.dialer.refuses = "The softphone does not answer."
    view = await getattr(cockpit.phone, action)(*(["1"] if action == "tones" else []))
    assert (view.notice.text, view.notice.tone) == ("The softphone does not answer.", "error")
    assert view.line_words == ""
    assert view.phase is Phase.TALKING


async def test_a_line_that_is_down_is_neither_muted_nor_held(able):
    cockpit = await talking(able)
    await cockpit.phone.mute()
    await able.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    assert cockpit.view.line_words == ""
    view = await cockpit.phone.mute()
    assert view.notice.text == "Nobody is on the line."


async def test_a_muted_call_that_outlives_a_crash_is_still_said_to_be_muted(able):
    await (await talking(able)).phone.mute()
    cockpit = able.killed_and_started_again()
    await cockpit.open()
    assert (await cockpit.tick()).line_words == "muted"


async def test_the_call_before_is_shown_on_hold_after_another_was_answered(able):
    able.people("Ann Rossi", "Bo Lund")
    await able.cockpit.open()
    await call_selected(able.cockpit, 15)
    await able.dialer.say("line-1", CallState.CONNECTED)
    first = able.cockpit.view.card.name
    await able.dialer.say("in-1", CallState.INCOMING, outgoing=False, number="+442079460999")
    view = await able.cockpit.incoming.take(None)
    assert view.line_words == ""
    able.clock.step(5)
    await able.dialer.say("in-1", CallState.ENDED, outgoing=False, cause=Cause.REMOTE)
    able.clock.step(1)
    await able.cockpit.outcome.choose("talked")
    view = await able.cockpit.outcome.save_form()
    assert (view.card.name, view.line_words) == (first, "on hold")
    await able.cockpit.phone.hold()
    assert able.dialer.done[-1] == ("hold", "line-1", False)


async def test_an_encrypted_voice_is_said_as_soon_as_the_line_says_so(able):
    cockpit = await talking(able)
    assert cockpit.view.line_words == ""
    await able.dialer.say("line-1", CallState.CONNECTED, secure=True)
    assert cockpit.view.line_words == "encrypted"


async def test_nobody_is_recorded_unless_asked(able):
    await ready(able)
    await able.cockpit.call.dial()
    assert [what for what in able.dialer.done if what[0] == "record"] == [("record", False)] * 2


async def test_a_call_is_recorded_when_they_agreed_and_it_was_asked_for_and_only_that_one(able):
    view = await ready(able)
    assert "record" in view.line.can
    view = await able.cockpit.phone.record()
    assert view.line_words == "will be recorded"
    able.dialer.done.clear()
    view = await able.cockpit.call.dial()
    assert [what[0] for what in able.dialer.done] == ["record", "dial"]
    assert able.dialer.done[0] == ("record", True)
    assert view.line_words == "recording"
    able.clock.step(5)
    view = await able.cockpit.outcome.choose("no_answer")
    assert view.line_words == ""
    able.dialer.done.clear()
    await able.cockpit.call.dial()
    assert able.dialer.done[0] == ("record", False)


async def test_recording_asked_for_twice_is_not_wanted(able):
    await ready(able)
    await able.cockpit.phone.record()
    view = await able.cockpit.phone.record()
    assert view.line_words == ""


@pytest.mark.parametrize("consent", ["", "no", "asked"])
async def test_without_their_stored_consent_nobody_is_recorded(able, consent):
    view = await ready(able, consent)
    assert "record" not in view.line.can
    view = await able.cockpit.phone.record()
    assert f"{view.card.name} has not agreed" in view.notice.text
    await able.cockpit.call.dial()
    assert ("record", True) not in able.dialer.done


async def test_recording_is_not_begun_in_the_middle_of_a_call(able):
    cockpit = await talking(able)
    view = await cockpit.phone.record()
    assert view.notice.text == "Recording is chosen before it rings."
    assert view.line_words == ""


async def test_nobody_is_called_when_the_recorder_cannot_be_set(able):
    await ready(able)
    called = list(able.dialer.dialled)
    able.dialer.refuses = "The softphone cannot record, so it did not call."
    view = await able.cockpit.call.dial()
    assert able.dialer.dialled == called
    assert view.phase in (Phase.READY, Phase.NEXT_IN)
    assert view.notice.text == able.dialer.refuses


async def test_the_rep_is_told_where_the_recording_is(able):
    cockpit = await talking(able)
    files = (Path("calls/one-rep.wav"), Path("calls/one-customer.wav"))
    await able.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE, recordings=files)
    assert cockpit.view.notice.text == "The call was recorded. The files are in calls."


@pytest.mark.parametrize(
    ("caps", "placed"), [(Cap.STATES, "seen"), (Cap.DIALS, "asked"), (Cap.NONE, "by_hand")]
)
async def test_what_is_said_of_a_call_is_what_the_phone_lets_us_know(able, caps, placed):
    able.dialer.caps = caps
    able.people("Ann Rossi")
    await able.cockpit.open()
    assert (await call_selected(able.cockpit, 5)).placed == placed
