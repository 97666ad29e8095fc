"""A phone that tells of somebody who calls us: who is shown, what an answer does, and nobody is forgotten."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import call_selected
from tests.phone_bench import TellingPhone, settle
from tui.cockpit.view import Phase
from tui.dialer.protocol import CallState, Cause, DialError
from tui.script.language.line import said_in


async def ringing(bench, number="+442079460101", moment="talking"):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
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


async def test_whoever_waits_has_a_half_written_note_only_while_one_is_half_written(phone_bench):
    cockpit = phone_bench.cockpit
    view = await ringing(phone_bench)
    view = await cockpit.incoming.take(view.ringing.rows[0].contact_id)
    assert view.waiting == "Ann Rossi, with your half-written note"


async def test_whoever_waits_with_kept_notes_alone_is_said_to_have_notes(phone_bench):
    cockpit = phone_bench.cockpit
    view = await ringing(phone_bench)
    await cockpit.talk.keep_note()
    view = await cockpit.incoming.take(view.ringing.rows[0].contact_id)
    assert view.waiting == "Ann Rossi, with your notes"


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


async def test_b16_the_words_for_whoever_calls_are_those_that_open_when_it_is_taken(phone_bench):
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


async def test_who_calls_is_on_the_screen_before_anything_is_written(phone_bench, monkeypatch):
    bench, seen = phone_bench, []
    commit = bench.store.commit

    def slowly(change, now):
        shown = bench.cockpit.view.ringing
        seen.append(shown and shown.rows[0].name)
        commit(change, now)

    await ringing(bench, moment="dialling")
    await bench.cockpit.incoming.put_off()
    monkeypatch.setattr(bench.store, "commit", slowly)
    bench.dialer.say("in-1", CallState.ENDED, cause=Cause.LOCAL)
    await settle()
    await bench.cockpit.session.to_queue()
    seen.clear()
    bench.dialer.say("in-2", CallState.INCOMING, outgoing=False, number="+442079460101", name="BO")
    await settle()
    assert seen == ["Bo Lund"]


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


class Stuck(TellingPhone):
    """A phone that does not hang up."""

    async def hang_up(self, call_id):
        raise DialError("The softphone did not answer.")


async def test_a_caller_who_is_declined_is_not_forgotten_when_the_phone_does_not_hang_up(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi", "Bo Lund")
    bench.dialer.__class__ = Stuck
    await bench.cockpit.open()
    bench.dialer.say("in-1", CallState.INCOMING, outgoing=False, number="+442079460101")
    await settle()
    view = await bench.cockpit.incoming.decline()
    assert view.ringing is None
    (missed,) = bench.store.calls()
    assert (missed.contact_id, missed.direction) == (bench.contact("Bo Lund").id, "in")


async def test_a_number_is_not_dialled_beside_a_line_that_stays_up(phone_bench):
    bench = phone_bench
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.dialer.__class__ = Stuck
    view = await bench.cockpit.call.call_again()
    assert view.notice.text == "The softphone did not answer."
    assert len(bench.dialer.dialled) == 1
