"""What a phone that tells its states does to the call in hand."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.cockpit_bench import RememberingDialer
from tui.cockpit.view import Phase
from tui.dialer.protocol import CallEvent, CallState, Cap, Cause, DialError
from tui.domain.outcome import Category
from tui.script.language.line import said_in
from tui.storage.protocol import Change


class TellingPhone(RememberingDialer):
    """A phone whose line a test can make say anything."""

    name = "softphone"
    caps = Cap.STATES | Cap.HANG_UP | Cap.INBOUND | Cap.ANSWER | Cap.VOICEMAIL

    def __init__(self):
        super().__init__()
        self.said = asyncio.Queue()
        self.answered = []
        self.played = []
        self.let_go = []

    async def stop(self):
        self.let_go.append("stop")

    async def leave(self):
        self.let_go.append("leave")

    async def answer(self, call_id):
        self.answered.append(call_id)

    async def play_voicemail(self, call_id, wav):
        self.played.append((call_id, wav))

    async def events(self):
        while True:
            yield await self.said.get()

    def say(self, call_id, state, **more):
        self.said.put_nowait(CallEvent(call_id, state, **more))


@pytest.fixture
def phone_bench(make_bench):
    bench = make_bench()
    bench.dialer = TellingPhone()
    bench.cockpit = bench._cockpit()
    return bench


async def settle():
    for _ in range(20):
        await asyncio.sleep(0.005)


async def test_the_line_drives_dialling_ringing_talking_and_call_over(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi")
    view = await bench.cockpit.open()
    view = await bench.cockpit.queue.call_selected(5)
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
    await bench.cockpit.queue.call_selected(5)
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
    bench.cockpit._desk.ranking.skip(before.selected, "prepare", bench.clock.now())
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
    view = await bench.cockpit.queue.call_selected(5)
    assert view.phase is Phase.CALL_OVER


async def test_an_outcome_right_after_the_line_ended_is_taken(phone_bench):
    """The letter means the same before and after; nothing is dropped (Enter waits: see the screens' key guard)."""
    bench = phone_bench
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.queue.call_selected(5)
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
    await bench.cockpit.queue.call_selected(5)
    bench.clock.step(5)
    await bench.cockpit.outcome.choose("no_answer")
    assert bench.dialer.hung_up == ["line-1"]


async def ringing(bench, number="+442079460101", moment="talking"):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.queue.call_selected(15)
    bench.clock.step(5)
    if moment == "talking":
        bench.dialer.say("line-1", CallState.CONNECTED)
        await settle()
        bench.clock.step(1)
        await bench.cockpit.talk.type_note("two vans, not th")
    bench.dialer.say("in-1", CallState.INCOMING, outgoing=False, number=number, name="BO")
    await settle()
    return await bench.cockpit.incoming.open_look_up()  # the rep asks for the card


async def test_a_caller_stands_over_everything_with_their_card_and_the_clock_waits(phone_bench):
    view = await ringing(phone_bench)
    assert view.ringing is not None
    assert view.ringing.rows[0].name == "Bo Lund"
    left = view.clock.left_s
    phone_bench.clock.step(20)
    view = await phone_bench.cockpit.tick()
    assert view.clock.left_s == pytest.approx(left, abs=1)


async def test_answering_opens_the_call_back_words_and_then_everything_is_back(phone_bench):
    view = await ringing(phone_bench)
    view = await phone_bench.cockpit.incoming.take(view.ringing.rows[0].contact_id)
    assert phone_bench.dialer.answered == ["in-1"]
    assert view.inbound
    assert view.card.name == "Bo Lund"
    phone_bench.clock.step(60)
    phone_bench.dialer.say("in-1", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    phone_bench.clock.step(1)
    await phone_bench.cockpit.outcome.choose("talked")
    view = await phone_bench.cockpit.outcome.save_form()
    assert view.card.name == "Ann Rossi"
    assert view.draft == "two vans, not th"
    call = phone_bench.store.calls()[0]
    assert call.direction == "in"
    assert call.dials[0].number == "+442079460101"


async def test_a_missed_caller_comes_to_the_top_of_the_queue(phone_bench):
    bench = phone_bench
    view = await ringing(bench)
    bench.dialer.say("in-1", CallState.ENDED, outgoing=False, cause=Cause.NO_ANSWER)
    await settle()
    view = bench.cockpit.view
    assert view.ringing is None
    assert view.draft == "two vans, not th"
    assert next(iter(view.queue.ready)).name == "Bo Lund"
    assert "Called us today" in next(iter(view.queue.ready)).why


async def test_finish_this_one_first_keeps_the_caller_ringing_and_f2_brings_them_back(phone_bench):
    bench = phone_bench
    await ringing(bench)
    view = await bench.cockpit.incoming.put_off()
    assert view.ringing is None
    assert bench.dialer.hung_up == []
    view = await bench.cockpit.incoming.open_look_up()
    assert view.ringing is not None


async def test_a_declined_caller_is_on_top_of_the_queue_too(phone_bench):
    bench = phone_bench
    await ringing(bench, number="+442079460999")
    view = await bench.cockpit.incoming.decline()
    assert bench.dialer.hung_up == ["in-1"]
    stranger = bench.store.contact(bench.store.calls()[0].contact_id)
    assert stranger.numbers[0].e164 == "+442079460999"
    assert next(iter(view.queue.ready)).contact_id == stranger.id


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
    await bench.cockpit.queue.call_selected(5)
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
    await bench.cockpit.queue.call_selected(5)
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
    await bench.cockpit.queue.call_selected(5)
    calls = (CallEvent("line-1", CallState.CONNECTED),) if up else ()
    bench.dialer.open_calls = lambda: calls
    await bench.cockpit.close(crashed=crashed)
    assert bench.dialer.let_go == [let_go]


async def test_b16_the_words_for_whoever_rings_are_those_that_open_when_it_is_taken(phone_bench):
    bench = phone_bench
    view = await ringing(bench)
    caller = view.ringing.rows[0].contact_id
    words = said_in(bench.cockpit.callers.words(caller))
    view = await bench.cockpit.incoming.take(caller)
    assert view.script.text
    assert words.startswith(view.script.text)


async def test_b17_a_caller_nobody_knows_has_words_too_and_asking_for_them_stores_nobody(phone_bench):
    bench = phone_bench
    await bench.cockpit.open()
    people = list(bench.store.contact_ids())
    assert "Sam" in said_in(bench.cockpit.callers.words(None, "+442079460999"))
    assert list(bench.store.contact_ids()) == people


async def test_a_second_caller_waits_behind_the_first_and_comes_up_next(phone_bench):
    bench = phone_bench
    await ringing(bench)
    bench.dialer.say("in-2", CallState.INCOMING, outgoing=False, number="+442079460177", name="CY")
    await settle()
    view = bench.cockpit.view
    assert view.ringing.call_id == "in-1"
    assert "is calling too" in view.notice.text
    bench.dialer.say("in-1", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    view = bench.cockpit.view
    assert (view.ringing, view.clock.pause_reason) == (None, "")
    assert view.banner.startswith("C")
    view = await bench.cockpit.incoming.open_look_up()
    assert view.ringing.call_id == "in-2"
    assert view.clock.pause_reason == "incoming"
    [missed] = [call for call in bench.store.calls() if call.direction == "in"]
    assert missed.contact_id == bench.contact("Bo Lund").id


async def test_nobody_who_gives_up_behind_another_caller_is_forgotten(phone_bench):
    bench = phone_bench
    await ringing(bench)
    bench.dialer.say("in-2", CallState.INCOMING, outgoing=False, number="+442079460177", name="CY")
    bench.dialer.say("in-2", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    assert bench.cockpit.view.ringing.call_id == "in-1"
    [missed] = [call for call in bench.store.calls() if call.direction == "in"]
    assert missed.dials[0].number == "+442079460177"


async def test_who_rings_is_on_the_screen_before_anything_is_written(phone_bench, monkeypatch):
    bench, seen = phone_bench, []
    commit = bench.store.commit

    def slowly(change, now):
        seen.append(bench.cockpit.view.banner)
        commit(change, now)

    await ringing(bench, moment="dialling")
    await bench.cockpit.incoming.put_off()
    monkeypatch.setattr(bench.store, "commit", slowly)
    bench.dialer.say("in-1", CallState.ENDED, cause=Cause.LOCAL)
    await settle()
    seen.clear()
    bench.dialer.say("in-2", CallState.INCOMING, outgoing=False, number="+442079460101", name="BO")
    await settle()
    assert seen == ["Bo Lund"]


async def test_a_fault_while_listening_to_the_phone_is_not_swallowed(phone_bench, monkeypatch):
    await ringing(phone_bench)

    async def broken(event):
        raise ZeroDivisionError

    monkeypatch.setattr(phone_bench.cockpit.call, "heard", broken)
    phone_bench.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    with pytest.raises(ZeroDivisionError):
        await phone_bench.cockpit.tick()


async def test_a_line_is_offered_to_hang_up_only_while_it_is_up(phone_bench):
    await ringing(phone_bench)
    assert phone_bench.cockpit.view.can_hang_up
    phone_bench.dialer.say("line-1", CallState.ENDED, cause=Cause.REMOTE)
    await settle()
    assert not phone_bench.cockpit.view.can_hang_up


async def test_a_caller_whose_line_says_the_same_again_is_one_caller_before_and_after_the_answer(phone_bench):
    bench = phone_bench
    view = await ringing(bench)

    async def says_it_again():
        bench.dialer.say("in-1", CallState.INCOMING, outgoing=False, number="+442079460101", secure=True)
        await settle()

    await says_it_again()
    assert "is calling too" not in (bench.cockpit.view.notice.text if bench.cockpit.view.notice else "")
    await bench.cockpit.incoming.take(view.ringing.rows[0].contact_id)
    await says_it_again()
    assert bench.cockpit.view.ringing is None
    bench.dialer.say("in-1", CallState.ENDED, outgoing=False, cause=Cause.REMOTE)
    await settle()
    assert bench.cockpit.view.phase is Phase.CALL_OVER
    assert bench.store.calls() == ()


async def test_answering_a_caller_stops_the_call_that_still_rings(phone_bench):
    bench = phone_bench
    view = await ringing(bench, moment="ringing")
    view = await bench.cockpit.incoming.take(view.ringing.rows[0].contact_id)
    assert bench.dialer.answered == ["in-1"]
    assert bench.dialer.hung_up == ["line-1"]
    assert view.notice.text == "Ann Rossi is no longer being called: you answered another call."
    bench.dialer.say("line-1", CallState.ENDED, cause=Cause.LOCAL)
    await settle()
    assert (bench.cockpit.view.card.name, bench.cockpit.view.phase) == ("Bo Lund", Phase.TALKING)


async def test_answering_a_caller_keeps_the_customer_who_is_talking(phone_bench):
    bench = phone_bench
    view = await ringing(bench)
    await bench.cockpit.incoming.take(view.ringing.rows[0].contact_id)
    assert bench.dialer.hung_up == []


async def test_a_call_nobody_here_dialled_is_told(phone_bench):
    bench = phone_bench
    await ringing(bench)
    said = "Your phone began a call that nobody here dialled."
    bench.dialer.say("x", CallState.ENDED, cause=Cause.UNASKED, detail=said)
    await settle()
    assert bench.cockpit.view.notice.text == said


async def test_a_line_on_no_card_can_be_hung_up_before_the_next_dial(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.queue.call_selected(15)
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
