"""What a phone that tells its states does to the call in hand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.phone_bench import TellingPhone, settle
from tui.cockpit.view import Phase
from tui.dialer.protocol import NEVER_RANG, CallEvent, CallState, Cause, DialError
from tui.domain.outcome import Category
from tui.storage.protocol import Change


async def talking(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(5)
    bench.dialer.say("line-1", CallState.CONNECTED)
    await settle()
    bench.clock.step(1)


async def test_the_line_drives_dialling_ringing_talking_and_call_over(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi")
    view = await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 5)
    assert view.phase is Phase.DIALLING
    bench.dialer.say("line-1", CallState.RINGING)
    await settle()
    assert bench.cockpit.view.phase is Phase.RINGING
    bench.dialer.say("line-1", CallState.CONNECTED)
    await settle()
    assert bench.cockpit.view.phase is Phase.TALKING
    bench.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    assert bench.cockpit.view.phase is Phase.CALL_OVER


@pytest.mark.parametrize(
    ("cause", "category"),
    [(Cause.BUSY, "no_answer"), (Cause.NO_ANSWER, "no_answer"), (Cause.DECLINED, "no_answer")],
)
async def test_how_the_line_ended_suggests_the_outcome_and_logs_nothing(phone_bench, cause, category):
    bench = phone_bench
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    bench.dialer.say("line-1", CallState.ENDED, cause=cause)
    await settle()
    suggested = [row.id for row in bench.cockpit.view.outcomes if row.suggested]
    assert suggested == [category]
    assert bench.store.calls() == ()


async def test_a_phone_that_fails_at_once_is_told_over_older_notes(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi")

    async def fails():
        raise DialError("No phone here.")

    bench.dialer.start = fails
    bench.store.notes = ("A note of the store.",)
    await bench.cockpit.open()
    await settle()
    assert bench.cockpit.view.notice.text == "No phone here."


async def test_a_cursor_that_goes_elsewhere_while_the_phone_speaks_is_counted(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi", "Bo Lund")
    before = (await bench.cockpit.open()).queue
    assert before.moved == 0
    bench.cockpit._state.ranking.skips.add(before.selected, "prepare", bench.clock.now())
    bench.dialer.say("in-1", CallState.INCOMING, outgoing=False, number="+442079460199")
    await settle()
    after = bench.cockpit.view.queue
    assert after.selected not in ("", before.selected)
    assert after.moved == 1


async def test_a_line_that_is_busy_before_its_id_is_known_ends_the_call_all_the_same(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await settle()
    quick = bench.dialer.dial

    async def at_once(e164, shown):
        dialled = await quick(e164, shown)
        bench.dialer.say(dialled.call_id, CallState.ENDED, cause=Cause.BUSY)
        await settle()
        return dialled

    bench.dialer.dial = at_once
    view = await call_selected(bench.cockpit, 5)
    assert view.phase is Phase.CALL_OVER


async def test_an_outcome_right_after_the_line_ended_is_taken(phone_bench):
    """The letter means the same before and after; nothing is dropped (Enter waits: see the screens' key guard)."""
    bench = phone_bench
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    bench.clock.step(5)
    bench.dialer.say("line-1", CallState.ENDED, cause=Cause.NO_ANSWER)
    await settle()
    bench.clock.step(0.2)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert len(bench.store.calls()) == 1
    assert view.saved.text.startswith("No answer · Ann Rossi → again ")


async def test_an_outcome_hangs_up_the_line(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    bench.clock.step(5)
    await bench.cockpit.outcome.choose("no_answer")
    assert bench.dialer.hung_up == ["line-1"]


@pytest.mark.parametrize(("consent", "played"), [("yes", 1), ("", 0)])
async def test_a_recorded_message_is_left_only_where_they_agreed(make_bench, consent, played):
    bench = make_bench()
    bench.settings = replace(bench.settings, softphone={"voicemail": "message.wav"})
    bench.dialer = TellingPhone()
    bench.cockpit = bench._cockpit()
    ann = bench.people("Ann Rossi", "Bo Lund")[0]
    bench.store.commit(
        Change(contacts=(replace(ann, fields={"voicemail_consent": consent}),)), bench.clock.now()
    )
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 5)
    bench.dialer.say("line-1", CallState.CONNECTED)
    await settle()
    bench.clock.step(10)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("voicemail")
    assert len(bench.dialer.played) == played
    assert bench.store.calls()[0].is_ is Category.VOICEMAIL


@pytest.mark.parametrize(("alive", "phase"), [(True, Phase.TALKING), (False, Phase.CALL_OVER)])
async def test_after_a_crash_a_call_goes_on_when_its_line_is_still_up(phone_bench, alive, phase):
    bench = phone_bench
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    bench.dialer.say("line-1", CallState.CONNECTED)
    await settle()
    bench.clock.step(1)
    await bench.cockpit.tick()
    up = (CallEvent("line-1", CallState.CONNECTED),) if alive else ()
    bench.dialer.open_calls = lambda: up
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    await settle()
    assert cockpit.view.phase is phase


@pytest.mark.parametrize(
    ("crashed", "up", "let_go"), [(True, True, "leave"), (True, False, "stop"), (False, True, "stop")]
)
async def test_only_a_crash_leaves_a_call_up_and_never_a_phone_without_one(phone_bench, crashed, up, let_go):
    bench = phone_bench
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    calls = (CallEvent("line-1", CallState.CONNECTED),) if up else ()
    bench.dialer.open_calls = lambda: calls
    await bench.cockpit.close(crashed=crashed)
    assert bench.dialer.let_go == [let_go]


async def test_a_fault_while_listening_to_the_phone_is_not_swallowed(phone_bench, monkeypatch):
    await talking(phone_bench)

    async def broken(event):
        raise ZeroDivisionError

    monkeypatch.setattr(phone_bench.cockpit.call, "heard", broken)
    phone_bench.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    with pytest.raises(ZeroDivisionError):
        await phone_bench.cockpit.tick()


async def test_a_line_is_offered_to_hang_up_only_while_it_is_up(phone_bench):
    await talking(phone_bench)
    assert phone_bench.cockpit.view.can_hang_up
    phone_bench.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    assert not phone_bench.cockpit.view.can_hang_up


async def test_a_call_nobody_here_dialled_is_told(phone_bench):
    bench = phone_bench
    await talking(bench)
    said = "Your phone began a call that nobody here dialled."
    bench.dialer.say("x", CallState.ENDED, cause=Cause.UNASKED, detail=said)
    await settle()
    assert bench.cockpit.view.notice.text == said


async def test_a_line_on_no_card_can_be_hung_up_before_the_next_dial(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(5)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert (view.phase, view.can_hang_up) == (Phase.READY, False)
    bench.dialer.hung_up.clear()
    taken = CallEvent("x", CallState.CONNECTED)
    nobody_yet = CallEvent("in-9", CallState.INCOMING, outgoing=False)
    bench.dialer.open_calls = lambda: (taken, nobody_yet)
    assert (await bench.cockpit.tick()).can_hang_up
    await bench.cockpit.call.hang_up()
    assert bench.dialer.hung_up == ["x"]


async def test_after_a_crash_a_call_on_no_card_is_hung_up_and_told(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi")
    bench.dialer.open_calls = lambda: (CallEvent("x", CallState.CONNECTED),)
    await bench.cockpit.open()
    await settle()
    assert bench.dialer.hung_up == ["x"]
    assert bench.cockpit.view.notice.text == "A call that belongs to no card was still up. It was hung up."


async def test_a_call_that_rang_and_ended_unanswered_cannot_be_left_without_an_outcome(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    view = await bench.cockpit.call.over()
    assert (view.leave, view.can_call_again) == ("back to the call", True)
    bench.dialer.say("line-1", CallState.ENDED, cause=Cause.NO_ANSWER)
    await settle()
    view = bench.cockpit.view
    assert (view.leave, view.can_call_again) == ("", True)
    view = await bench.cockpit.call.back()
    assert (view.phase, view.card.name) == (Phase.CALL_OVER, "Ann Rossi")
    assert view.notice.text == "You called Ann Rossi, so the call goes on record. Choose how it went."
    await bench.cockpit.outcome.choose("no_answer")
    assert [call.outcome for call in bench.store.calls()] == ["no_answer"]


@pytest.mark.parametrize("cause", sorted(NEVER_RANG))
async def test_a_call_that_never_got_through_is_left_with_esc(phone_bench, cause):
    bench = phone_bench
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    await bench.cockpit.call.over()
    bench.dialer.say("line-1", CallState.ENDED, cause=cause)
    await settle()
    assert bench.cockpit.view.leave == "back, not logged"
    view = await bench.cockpit.call.back()
    assert (view.phase, bench.store.calls()) == (Phase.QUEUE, ())


async def test_after_a_talk_esc_leads_back_to_the_call_though_the_line_has_ended(phone_bench):
    await talking(phone_bench)
    phone_bench.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    assert phone_bench.cockpit.view.leave == "back to the call"
    assert (await phone_bench.cockpit.call.back()).phase is Phase.TALKING
