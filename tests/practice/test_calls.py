"""What happens in and after a call, driven through the cockpit the screens use."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.practice_bench import past, ready_names, talk_to
from tui.cockpit.view import Phase
from tui.domain.outcome import Category
from tui.storage.protocol import Change, NotSaved


async def test_b07_an_open_problem_keeps_a_customer_out_of_friendly_calls(bench):
    ann = bench.people("Ann Rossi", customer=True, open_problem="wrong delivery")[0]
    past(bench, ann, "win", Category.WIN, 90)
    view = await bench.cockpit.open()
    assert "Ann Rossi" not in ready_names(view)
    assert "wrong delivery" in " ".join(bench.cockpit.card.explain(ann.id))


async def test_b09_a_customer_nobody_touched_is_offered_as_quiet(bench):
    ann = bench.people("Ann Rossi", customer=True)[0]
    past(bench, ann, "win", Category.WIN, 62)
    view = await bench.cockpit.open()
    assert [row.why for row in view.queue.ready] == ["Quiet for 62 days"]


async def test_b13_the_voicemail_words_are_there_while_it_rings(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 5)
    assert view.phase is Phase.RINGING
    assert "Ann" in view.script.voicemail
    assert 3 < view.script.voicemail_s <= 30


async def test_b14_people_with_a_recent_voicemail_come_first(bench):
    _, second = bench.people("Ann Bell", "Ann Bellow")
    past(bench, second, "voicemail", Category.VOICEMAIL, 2)
    await bench.cockpit.open()
    assert bench.cockpit.callers.look_up("ann")[0].name == "Ann Bellow"
    assert "voicemail" in bench.cockpit.callers.look_up("ann")[0].why


@pytest.mark.parametrize("typed", ["6101", "020 7946 0101", "+44 20 7946 0101", "lund", "Lund Ltd"])
async def test_b15_digits_in_any_format_a_name_or_a_company_find_the_caller(bench, typed):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    assert bench.cockpit.callers.look_up(typed.replace("6101", "0101"))[0].name == "Bo Lund"


async def test_b15_several_people_on_one_number_are_a_list(bench):
    first, second = bench.people("Ann Rossi", "Bo Lund")
    from msgspec.structs import replace

    bench.store.commit(Change(contacts=(replace(second, numbers=first.numbers),)), bench.clock.now())
    await bench.cockpit.open()
    assert {row.name for row in bench.cockpit.callers.look_up(first.numbers[0].e164)} == {
        "Ann Rossi",
        "Bo Lund",
    }


async def test_b16_a_call_back_opens_its_own_words_and_says_what_our_message_said(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "voicemail", Category.VOICEMAIL, 2, answers={"topic": "the price list"})
    view = await bench.cockpit.open()
    cold = (await call_selected(bench.cockpit, 5)).script.text
    await bench.cockpit.incoming.open_look_up()
    view = await bench.cockpit.callers.choose(ann.id, "ann")
    assert view.inbound
    assert view.script.text != cold
    assert view.script.text
    said = dict(view.card.lines)["Last"]
    assert "voicemail" in said
    assert "price list" in said


async def test_b17_an_unknown_caller_gets_words_at_once_and_the_number_is_kept(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.incoming.open_look_up()
    view = await bench.cockpit.callers.choose(None, "+44 7700 900123")
    assert view.phase is Phase.TALKING
    assert view.script.text
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    stranger = bench.store.contact(bench.store.calls()[0].contact_id)
    assert stranger.numbers[0].e164 == "+447700900123"


async def test_b18_an_inbound_call_closes_the_promise_and_resets_the_count(bench):
    ann = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", "fri 3pm")
    await bench.cockpit.outcome.save_form()
    bench.clock.step(hours=20)
    await bench.cockpit.incoming.open_look_up()
    await bench.cockpit.callers.choose(ann.id, "ann")
    bench.clock.step(90)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    why = " ".join(bench.cockpit.card.explain(ann.id))
    assert "You promised" not in why
    assert bench.store.calls()[-1].direction == "in"


async def test_b22_a_bare_no_is_not_now_and_never_do_not_call(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("nurture")
    await bench.cockpit.outcome.save_form()
    assert bench.store.do_not_call() == ()
    bench.clock.step(days=63)
    view = await bench.cockpit.session.end()
    view = await bench.cockpit.tick()
    assert "Ann Rossi" in ready_names(view)


async def test_b23_a_missed_call_burns_no_reason_and_a_voicemail_does(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "talked", Category.CONVERSATION, 20)
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 5)
    news = dict(view.card.lines)["Reason"]
    bench.clock.step(3)
    await bench.cockpit.outcome.choose("no_answer")
    bench.clock.step(days=2)
    await bench.cockpit.session.end()
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 5)
    assert dict(view.card.lines)["Reason"] == news
    bench.clock.step(3)
    await bench.cockpit.outcome.choose("voicemail")
    bench.clock.step(days=3)
    await bench.cockpit.session.end()
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 5)
    assert dict(view.card.lines)["Reason"] != news


async def test_b50_no_fit_leaves_for_good_with_a_reason(bench):
    ann = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("not_a_fit")
    await bench.cockpit.outcome.save_form()
    assert bench.store.calls(ann.id)[0].reason_code == "no need for it"
    bench.clock.step(days=400)
    await bench.cockpit.session.end()
    view = await bench.cockpit.tick()
    assert "Ann Rossi" not in ready_names(view)


async def test_b51_two_no_buy_signals_propose_to_stop_and_a_buying_signal_comes_first(bench):
    bench.people("Ann Rossi", "Bo Lund")
    for name in ("Ann Rossi", "Bo Lund"):
        past(
            bench,
            bench.contact(name),
            "talked",
            Category.CONVERSATION,
            20,
            signals=("+",) if name == "Bo Lund" else (),
        )
    view = await bench.cockpit.open()
    assert ready_names(view)[0] == "Bo Lund"
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.call.back()
    await bench.cockpit.talk.signal("-")
    view = await bench.cockpit.talk.signal("-")
    assert "goodbye" in view.notice.text


async def test_do_not_call_is_refused_by_the_dial_key_and_covers_whom_they_named(bench):
    first, second = bench.people("Ann Rossi", "Bea Rossi")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("do_not_call")
    await bench.cockpit.outcome.next_choice("code")
    await bench.cockpit.outcome.next_choice("code")
    await bench.cockpit.outcome.save_form()
    assert bench.cockpit.do_not_call.entries.refusal(first)
    assert bench.cockpit.do_not_call.entries.refusal(second)
    called = len(bench.dialer.dialled)
    await bench.cockpit.session.to_queue()
    await bench.cockpit.queue.select(second.id)
    view = await call_selected(bench.cockpit, 5)
    assert len(bench.dialer.dialled) == called
    assert "Do not call" in view.notice.text
    await bench.cockpit.undo.last()
    assert bench.cockpit.do_not_call.entries.refusal(first) is None
    assert bench.cockpit.do_not_call.entries.refusal(second) is None


async def test_what_i_owe_is_shown_ticked_off_and_undone(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("email_asked")
    view = await bench.cockpit.outcome.save_form()
    assert [(row.name, row.why) for row in view.queue.owed] == [("Ann Rossi", "The e-mail, by today")]
    call_id = view.queue.owed[0].call_id
    view = await bench.cockpit.session.show_recap()
    assert "To do" in [head for head, _ in view.recap.sections]
    view = await bench.cockpit.people.tick_owed(call_id)
    assert len(view.queue.owed) == 0
    assert bench.store.call(call_id).owed.done_at is not None
    view = await bench.cockpit.undo.last()
    assert len(view.queue.owed) == 1
    assert bench.store.call(call_id).owed.done_at is None
    assert bench.store.call(call_id).voided_at is None


async def owes_the_email(bench, name):
    await bench.cockpit.open()
    await talk_to(bench, name)
    await bench.cockpit.outcome.choose("email_asked")
    return (await bench.cockpit.outcome.save_form()).queue.owed[0].call_id


async def test_what_is_done_already_is_not_opened_again_by_the_same_key(bench):
    bench.people("Ann Rossi", "Bo Lund")
    call_id = await owes_the_email(bench, "Ann Rossi")
    await bench.cockpit.people.tick_owed(call_id)
    await bench.cockpit.people.tick_owed(call_id)
    assert bench.store.call(call_id).owed.done_at is not None


async def test_undo_goes_back_over_what_was_done_and_then_the_call_that_made_us_owe_it(bench):
    bench.people("Ann Rossi", "Bo Lund")
    call_id = await owes_the_email(bench, "Ann Rossi")
    await bench.cockpit.people.tick_owed(call_id)
    await bench.cockpit.undo.last()
    view = await bench.cockpit.undo.last()
    assert bench.store.call(call_id).voided_at is not None
    assert len(view.queue.owed) == 0


async def test_a_to_do_marked_before_the_last_call_is_undone_after_it(bench):
    bench.people("Ann Rossi", "Bo Lund")
    call_id = await owes_the_email(bench, "Ann Rossi")
    await bench.cockpit.people.tick_owed(call_id)
    await talk_to(bench, "Bo Lund")
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    await bench.cockpit.undo.last()
    assert bench.store.call(call_id).owed.done_at is not None
    view = await bench.cockpit.undo.last()
    assert [row.call_id for row in view.queue.owed] == [call_id]


async def test_nothing_is_owed_for_a_call_that_was_undone(bench):
    """The list says what the records say, however the call came to be undone."""
    bench.people("Ann Rossi", "Bo Lund")
    call_id = await owes_the_email(bench, "Ann Rossi")
    call = bench.store.call(call_id)
    bench.store.commit(Change(calls=(replace(call, voided_at=bench.clock.now()),)), bench.clock.now())
    view = await bench.cockpit.tick()
    assert list(view.queue.owed) == []
    view = await bench.cockpit.session.show_recap()
    assert "To do" not in [head for head, _ in view.recap.sections]


async def test_a_to_do_that_is_not_saved_stays_open(bench, monkeypatch):
    bench.people("Ann Rossi", "Bo Lund")
    call_id = await owes_the_email(bench, "Ann Rossi")

    def refuses(change, now):
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(bench.store, "commit", refuses)
        view = await bench.cockpit.people.tick_owed(call_id)
    assert [row.call_id for row in view.queue.owed] == [call_id]
    view = await bench.cockpit.undo.last()
    assert bench.store.call(call_id).voided_at is not None  # there was no tick to undo


async def test_time_up_never_cuts_a_call_off(bench):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 5)
    bench.clock.step(5)
    await cockpit.call.answered()
    for _ in range(400):
        bench.clock.step(1)
        view = await cockpit.tick()
    assert view.phase is Phase.TALKING
    assert view.clock.overtime
    await cockpit.call.over()
    await cockpit.outcome.choose("talked")
    view = await cockpit.outcome.save_form()
    assert view.phase is Phase.RECAP
    view = await cockpit.session.extend(5)
    assert view.phase is Phase.READY
    assert view.clock.left_s == pytest.approx(300, abs=5)


async def test_esc_from_the_outcomes_is_back_in_the_call_and_logs_nothing(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    view = await bench.cockpit.call.back()
    assert view.phase is Phase.TALKING
    assert bench.store.calls() == ()


async def test_cut_off_and_the_other_number_stay_one_attempt_with_several_dials(bench):
    from msgspec.structs import replace

    from tui.domain.contact import Number

    ann = bench.people("Ann Rossi")[0]
    both = (*ann.numbers, Number("+447700900123", "+447700900123", "other"))
    bench.store.commit(Change(contacts=(replace(ann, numbers=both),)), bench.clock.now())
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 5)
    bench.clock.step(5)
    view = await cockpit.call.other_number()
    assert view.ask is not None  # a range reserved for fiction: the guard asks
    await cockpit.question.answer("y")
    bench.clock.step(5)
    await cockpit.call.call_again()
    await cockpit.question.answer("y")
    bench.clock.step(5)
    await cockpit.call.dial_by_hand("020 7946 0999")
    bench.clock.step(5)
    await cockpit.outcome.choose("no_answer")
    calls = bench.store.calls()
    assert len(calls) == 1
    assert [d.number for d in calls[0].dials] == [
        "+442079460100",
        "+447700900123",
        "+447700900123",
        "+442079460999",
    ]


async def test_a_pause_stops_the_clock_with_a_reason(bench):
    bench.people("Ann Rossi")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 5)
    view = await cockpit.session.ask_pause()
    assert view.ask is not None
    view = await cockpit.question.answer("b")
    left = view.clock.left_s
    for _ in range(60):
        bench.clock.step(1)
        view = await cockpit.tick()
    assert view.phase is Phase.PAUSED
    assert view.clock.left_s == pytest.approx(left, abs=1)
    view = await cockpit.session.go_on()
    assert view.phase is Phase.RINGING
    await cockpit.session.end()
    assert bench.store.sessions()[0].pauses[0].reason == "break"
