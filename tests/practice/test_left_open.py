"""A call the program was killed in is asked for on the next start, first of all, and counts for its own day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cockpit_bench import MONDAY, call_selected, next_step_of
from tests.practice_bench import past
from tui.cockpit.view import Phase
from tui.domain.outcome import Category
from tui.storage.protocol import Change

MORNING = timedelta(hours=19, minutes=29)
"""From Monday 14:01 to Tuesday 09:30."""


async def ringing(bench, *names):
    bench.people(*(names or ("Ann Rossi", "Bo Lund")))
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)


async def talking(bench, *names, note="He wants the Friday delivery"):
    await ringing(bench, *names)
    await bench.cockpit.call.answered()
    bench.clock.step(minutes=2)
    if note:
        await bench.cockpit.talk.type_note(note)
        await bench.cockpit.talk.keep_note()
    bench.clock.step(1)
    return await bench.cockpit.tick()


async def next_morning(bench, gap=MORNING):
    bench.clock.step(gap.total_seconds())
    return await bench.killed_and_started_again().open()


async def test_the_call_left_open_is_the_first_thing_on_the_next_start(bench):
    await talking(bench)
    view = await next_morning(bench)
    assert (view.phase, view.card.name) == (Phase.CALL_OVER, "Ann Rossi")
    assert view.past.words == 'yesterday 14:01, your note "He wants the Friday delivery": how did it go?'
    assert "counts for yesterday" in view.notice.text
    assert [note.text for note in view.notes] == ["He wants the Friday delivery"]


async def test_its_outcome_counts_for_the_day_and_the_session_of_the_call(bench):
    await talking(bench)
    session = bench.store.sessions()[0]
    await next_morning(bench)
    await bench.cockpit.outcome.choose("talked")
    view = await bench.cockpit.outcome.save_form()
    (call,) = bench.store.calls()
    assert (call.at, call.session_id, call.contact_id) == (MONDAY, session.id, bench.contact("Ann Rossi").id)
    assert call.dials[0].ended_at < MONDAY + timedelta(minutes=5)
    assert call.notes[0].at < MONDAY + timedelta(minutes=5)
    assert 100 < call.talk_s < 200
    assert call.wrap_s == 0
    assert view.phase is Phase.QUEUE
    day = bench.cockpit.report(MONDAY + timedelta(hours=12))
    assert day.total.attempts == 0


async def test_the_effects_on_the_screen_are_those_of_the_day_of_the_call(bench):
    await ringing(bench)
    await bench.cockpit.tick()
    view = await next_morning(bench)
    said = next(row.effect for row in view.outcomes if row.id == "no_answer")
    assert "this morning" in said  # not a day from now: the attempt was yesterday's
    await bench.cockpit.outcome.choose("no_answer")
    step = next_step_of(bench.cockpit, bench.contact("Ann Rossi").id)
    assert step.due.date() == bench.clock.now().date()


async def test_undo_asks_again_and_the_second_answer_counts_for_the_day_too(bench):
    await talking(bench)
    await next_morning(bench)
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    view = await bench.cockpit.undo.last()
    assert (view.phase, view.card.name) == (Phase.CALL_OVER, "Ann Rossi")
    assert view.past
    await bench.cockpit.outcome.choose("nurture")
    await bench.cockpit.outcome.save_form()
    counted = [call for call in bench.store.calls() if not call.voided_at]
    assert [(call.is_, call.at) for call in counted] == [(Category.NURTURE, MONDAY)]


async def test_a_call_that_did_not_happen_leaves_no_trace_and_undo_brings_it_back(bench):
    await ringing(bench)
    await bench.cockpit.tick()
    view = await next_morning(bench)
    assert view.can_throw_away
    view = await bench.cockpit.call.throw_away()
    assert view.phase is Phase.QUEUE
    assert bench.store.calls() == ()
    assert "Ann Rossi" in [row.name for row in view.queue.ready]
    assert (await bench.killed_and_started_again().open()).phase is Phase.QUEUE
    await bench.cockpit.close()


async def test_undo_brings_a_call_that_was_thrown_away_back(bench):
    await talking(bench)
    await next_morning(bench)
    await bench.cockpit.call.throw_away()
    view = await bench.cockpit.undo.last()
    assert (view.phase, view.card.name) == (Phase.CALL_OVER, "Ann Rossi")
    assert [note.text for note in view.notes] == ["He wants the Friday delivery"]


async def test_a_call_that_rang_today_cannot_be_thrown_away(bench):
    await ringing(bench)
    view = await bench.cockpit.call.over()
    assert not view.can_throw_away
    view = await bench.cockpit.call.throw_away()
    assert view.phase is Phase.CALL_OVER


async def test_esc_asks_again_on_the_next_start_and_days_later(bench):
    await talking(bench)
    await next_morning(bench)
    view = await bench.cockpit.call.back()
    assert view.phase is Phase.QUEUE
    assert "still open" in view.notice.text
    view = await call_selected(bench.cockpit, 15)
    assert view.phase is Phase.RINGING
    bench.clock.step(3)
    await bench.cockpit.outcome.choose("no_answer")
    await bench.cockpit.session.end()
    view = await next_morning(bench, timedelta(days=5))
    assert view.card.name == "Ann Rossi"
    assert view.past.words.startswith("Mon 23 Nov 14:01")
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    assert bench.store.calls(bench.contact("Ann Rossi").id)[0].at == MONDAY


async def test_somebody_rings_while_it_is_asked_and_it_is_asked_again_afterwards(bench):
    await talking(bench)
    await next_morning(bench)
    await bench.cockpit.incoming.open_look_up()
    view = await bench.cockpit.callers.choose(bench.contact("Bo Lund").id)
    assert (view.phase, view.card.name) == (Phase.TALKING, "Bo Lund")
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    view = await bench.cockpit.outcome.save_form()
    assert (view.phase, view.card.name) == (Phase.CALL_OVER, "Ann Rossi")
    assert view.past


async def test_an_incoming_call_left_open_is_asked_for_too_also_of_somebody_in_no_list(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.incoming.open_look_up()
    await bench.cockpit.callers.choose(None, "+44 20 7946 0177")
    await bench.cockpit.talk.type_note("wants a price")
    bench.clock.step(1)
    await bench.cockpit.tick()
    view = await next_morning(bench)
    assert view.phase is Phase.CALL_OVER
    assert "0177" in view.card.number
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    (call,) = bench.store.calls()
    assert (call.direction, call.at, call.session_id) == ("in", MONDAY, None)
    assert bench.store.contact(call.contact_id).numbers[0].e164 == "+442079460177"


async def test_a_caller_in_no_list_survives_a_kill_of_a_moment(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.callers.choose(None, "+44 20 7946 0177")
    bench.clock.step(30)
    view = await bench.killed_and_started_again().open()
    assert view.phase is Phase.TALKING
    assert "0177" in view.card.number


async def test_a_caller_nobody_saw_on_a_line_can_be_thrown_away(bench):
    """F2 and Enter by accident."""
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.callers.choose(None, "")
    view = await bench.cockpit.call.over()
    assert view.can_throw_away
    view = await bench.cockpit.call.throw_away()
    assert view.phase is Phase.QUEUE
    assert bench.store.calls() == ()
    assert len(list(bench.store.contacts())) == 1


async def test_two_calls_were_open_and_both_are_asked_for_the_older_first(bench):
    await talking(bench)
    await bench.cockpit.incoming.open_look_up()
    await bench.cockpit.callers.choose(bench.contact("Bo Lund").id)
    bench.clock.step(30)
    await bench.cockpit.tick()
    view = await next_morning(bench)
    assert view.card.name == "Ann Rossi"
    await bench.cockpit.outcome.choose("talked")
    view = await bench.cockpit.outcome.save_form()
    assert (view.phase, view.card.name) == (Phase.CALL_OVER, "Bo Lund")
    assert view.past
    await bench.cockpit.outcome.choose("talked")
    view = await bench.cockpit.outcome.save_form()
    assert view.phase is Phase.QUEUE
    assert {call.direction for call in bench.store.calls()} == {"out", "in"}


async def test_killed_in_the_form_the_words_are_there_and_it_is_not_saved_unasked(bench):
    await talking(bench)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("about", "after the fair")
    await bench.cockpit.tick()
    view = await next_morning(bench)
    assert view.phase is Phase.CALL_OVER
    view = await bench.cockpit.outcome.choose("promise")
    assert next(f.value for f in view.form.fields if f.id == "about") == "after the fair"


async def test_killed_before_anything_rang_nothing_is_asked_and_words_wait_on_the_card(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    await bench.cockpit.outcome.choose("no_answer")
    await bench.cockpit.talk.set_reason("the price list holds until Friday")
    view = await next_morning(bench)
    assert view.phase is Phase.QUEUE
    assert "wait on their cards" in view.notice.text


async def test_killed_while_it_is_asked_it_is_asked_again(bench):
    await talking(bench)
    await next_morning(bench)
    view = await next_morning(bench, timedelta(minutes=5))
    assert view.past
    assert "counts for yesterday" in view.notice.text
    view = await next_morning(bench, timedelta(days=1))
    assert view.past.words.startswith("Mon 23 Nov 14:01")
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    (call,) = bench.store.calls()
    assert (call.at, call.session_id) == (MONDAY, bench.store.sessions()[0].id)


async def test_a_person_deleted_meanwhile_is_said_and_nothing_waits_any_more(bench):
    await talking(bench)
    bench.store.commit(Change(removed=(bench.contact("Ann Rossi").id,)), bench.clock.now())
    view = await next_morning(bench)
    assert view.phase is Phase.QUEUE
    assert "no longer in your list" in view.notice.text
    view = await next_morning(bench, timedelta(days=1))
    assert view.notice is None


async def test_a_person_who_must_not_be_called_meanwhile_stays_so_whatever_the_outcome(bench):
    await talking(bench)
    ann = bench.contact("Ann Rossi")
    await bench.cockpit.do_not_call.add(bench.cockpit.do_not_call.of_person(ann, "asked by e-mail"))
    view = await next_morning(bench)
    assert view.card.name == "Ann Rossi"
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    assert next_step_of(bench.cockpit, ann.id).action == "do_not_call"


async def test_a_do_not_call_said_yesterday_is_dated_yesterday_and_binds_at_once(bench):
    await talking(bench)
    await next_morning(bench)
    await bench.cockpit.outcome.choose("do_not_call")
    await bench.cockpit.outcome.save_form()
    (entry,) = bench.cockpit.do_not_call.entries.of_person(bench.contact("Ann Rossi").id)
    assert entry.on == MONDAY.date()
    assert "Ann Rossi" not in [row.name for row in bench.cockpit.view.queue.ready]


async def test_a_later_call_with_the_same_person_stays_the_last_word(bench):
    await talking(bench)
    ann = bench.contact("Ann Rossi")
    await next_morning(bench)
    await bench.cockpit.call.back()
    past(bench, ann, "do_not_call", Category.DO_NOT_CALL, 0)
    view = await next_morning(bench, timedelta(days=1))
    assert view.past
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    assert next_step_of(bench.cockpit, ann.id).action == "do_not_call"


async def test_the_disk_is_full_and_the_question_stays(bench, monkeypatch):
    from tui.storage.protocol import NotSaved

    await talking(bench)
    await next_morning(bench)

    def refuses(change, now):
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(bench.store, "commit", refuses)
        view = await bench.cockpit.call.throw_away()
    assert (view.phase, view.notice.text) == (Phase.CALL_OVER, "The disk is full.")
    assert view.past


@pytest.mark.parametrize("phase", ["ready", "ringing", "talking", "call_over", "form", "paused"])
async def test_killed_in_any_phase_only_a_call_that_was_made_is_asked_for(bench, phase):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(3)
    if phase == "ready":
        await cockpit.outcome.choose("no_answer")
    if phase in ("talking", "call_over", "form"):
        await cockpit.call.answered()
    if phase in ("call_over", "form"):
        await cockpit.call.over()
    if phase == "form":
        await cockpit.outcome.choose("talked")
    if phase == "paused":
        await cockpit.session.ask_pause()
        await cockpit.question.answer("b")
    assert cockpit.view.phase == phase
    view = await next_morning(bench)
    assert bool(view.past) is (phase != "ready")
    assert view.phase is (Phase.QUEUE if phase == "ready" else Phase.CALL_OVER)


async def test_a_call_logged_on_the_command_line_meanwhile_leaves_the_question_where_it_is(bench):
    await talking(bench)
    await next_morning(bench)
    bo, no_answer = bench.contact("Bo Lund"), bench.settings.outcomes[0]
    await bench.cockpit.outcome.log(bo, no_answer, "from the car", bench.clock.now(), {})
    view = await next_morning(bench, timedelta(minutes=40))
    assert (view.card.name, view.past.label) == ("Ann Rossi", "Left open")
    assert [call.contact_id for call in bench.store.calls()] == [bo.id]


SUNDAY = timedelta(days=5, hours=19)
"""From Monday 14:01 to Sunday 09:01; the calling hours are those of the working week."""


async def test_what_comes_next_is_never_now_while_nobody_may_be_called(bench):
    """A wait that is over since then opens with the calling hours, in the menu, the form, the saved line and `W`."""
    await talking(bench)
    view = await next_morning(bench, SUNDAY)
    ann = bench.contact("Ann Rossi")
    told = {row.id: row.effect for row in view.outcomes}
    assert not [(one, said) for one, said in told.items() if "now" in said.split()]
    assert told["no_answer"] == "again tomorrow morning"
    view = await bench.cockpit.outcome.choose("no_answer")
    assert "again tomorrow morning" in view.saved.text
    assert "Next call: tomorrow morning." in bench.cockpit.card.explain(ann.id)
