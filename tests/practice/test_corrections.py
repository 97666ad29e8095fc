"""A past call is put right on the person's card: one record, a new revision, and everything that follows from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import MONDAY, call_selected, next_step_of
from tests.practice_bench import correct, past, talk_to
from tui.cockpit.view import Phase
from tui.domain.call import Dial, Note
from tui.domain.contact import Preferences
from tui.domain.outcome import Category
from tui.domain.promise import Owed, Promise
from tui.storage.protocol import Change, NotSaved


async def called(bench, outcome="no_answer", name="Ann Rossi"):
    """A call of this session with an outcome that asks nothing."""
    await bench.cockpit.queue.select(bench.contact(name).id)
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    await bench.cockpit.outcome.choose(outcome)
    await bench.cockpit.session.to_queue()
    return bench.store.calls(bench.contact(name).id)[-1]


async def test_no_answer_was_a_talk_one_record_with_a_revision_and_every_figure_follows(opened):
    call = await called(opened)
    assert opened.cockpit.view.clock.talked == 0
    new = await correct(opened, call, "talked")
    assert (new.id, new.rev, new.is_, new.at) == (call.id, call.rev + 1, Category.CONVERSATION, call.at)
    assert [one.is_ for one in new.revisions] == [Category.NO_ANSWER]
    assert len(opened.store.calls()) == 1
    view = opened.cockpit.view
    assert (view.phase, view.clock.talked) == (Phase.QUEUE, 1)
    assert opened.cockpit.report().total.conversations == 1
    step = next_step_of(opened.cockpit, call.contact_id)
    assert step.due.date() >= (MONDAY + timedelta(days=5)).date()
    assert view.saved.text.startswith("Corrected: Talked, was No answer · Ann Rossi → again ")


async def test_the_screen_says_which_call_is_corrected_and_esc_leaves_it_as_it_was(opened):
    call = await called(opened)
    view = await opened.cockpit.correcting.correct(call.id)
    assert (view.phase, view.card.name, view.past.label) == (Phase.CALL_OVER, "Ann Rossi", "Correcting")
    assert view.past.words == "today 14:01, No answer: what is right?"
    assert next(row.id for row in view.outcomes if row.suggested) == "no_answer"
    view = await opened.cockpit.call.back()
    assert view.phase is Phase.QUEUE
    assert opened.store.call(call.id) == call


async def test_the_same_again_changes_nothing_and_says_so(opened):
    call = await called(opened)
    same = await correct(opened, call, "no_answer")
    assert same == call
    assert "Nothing was changed" in opened.cockpit.view.notice.text


async def test_undo_takes_the_correction_back_and_only_that(opened):
    call = await called(opened)
    step = next_step_of(opened.cockpit, call.contact_id)
    await correct(opened, call, "nurture")
    view = await opened.cockpit.undo.last()
    back = opened.store.call(call.id)
    assert (back.is_, back.talk_s, back.voided_at) == (Category.NO_ANSWER, call.talk_s, None)
    assert next_step_of(opened.cockpit, call.contact_id) == step
    assert view.clock.talked == 0
    assert [one.is_ for one in back.revisions] == [Category.NO_ANSWER, Category.NURTURE]
    await opened.cockpit.undo.last()
    assert opened.store.call(call.id).voided_at is not None


async def test_a_call_of_an_earlier_session_is_corrected_at_its_own_time(opened):
    ann = opened.contact("Ann Rossi")
    call = past(opened, ann, "talked", Category.CONVERSATION, 6, session_id="s-old", talk_s=90.0)
    view = await opened.cockpit.correcting.correct(call.id)
    assert view.past.words.startswith("Tue 17 Nov 14:01")
    await opened.cockpit.outcome.choose("talked")
    await opened.cockpit.outcome.set_field("again", "in 3 days")
    await opened.cockpit.outcome.save_form()
    new = opened.store.call(call.id)
    assert (new.session_id, new.at, new.talk_s) == ("s-old", call.at, 90.0)
    assert new.promise.from_.date() == (call.at + timedelta(days=3)).date()


async def test_the_time_of_a_promise_is_corrected_and_what_the_customer_said_stays(opened):
    ann = opened.contact("Ann Rossi")
    friday = Promise(
        datetime(2026, 11, 27, 15, tzinfo=UTC), "Europe/London", phrase="fri 3pm", words="the fair"
    )
    call = past(opened, ann, "promise", Category.PROMISE, 0, promise=friday)
    await opened.cockpit.correcting.correct(call.id)
    view = await opened.cockpit.outcome.choose("promise")
    values = {field.id: field.value for field in view.form.fields}
    assert (values["when"], values["about"]) == ("fri 3pm", "the fair")
    assert next(
        field.proposed for field in view.form.fields if field.id == "when"
    )  # the first letter replaces it
    await opened.cockpit.outcome.set_field("when", "fri 4pm")
    await opened.cockpit.outcome.save_form()
    new = opened.store.call(call.id)
    assert new.promise == replace(
        friday, from_=friday.from_ + timedelta(hours=1), until=new.promise.until, phrase="fri 4pm"
    )
    assert next_step_of(opened.cockpit, ann.id).due == new.promise.from_


@pytest.mark.parametrize("days", [0, 3, 20])
async def test_a_promise_that_is_not_touched_stays_to_the_minute_however_late_it_is_looked_at(opened, days):
    ann = opened.contact("Ann Rossi")
    at = opened.clock.now() - timedelta(days=days)
    promise = Promise(
        at.replace(minute=45) + timedelta(hours=2), "Europe/London", channel="email", phrase="in 2 hours 44"
    )
    call = past(opened, ann, "promise", Category.PROMISE, days, promise=promise)
    new = await correct(opened, call, "promise", about="after lunch")
    assert new.promise == replace(promise, words="after lunch", phrase=new.promise.phrase)


async def test_we_call_back_was_a_talk_with_a_promise_the_time_is_carried_over(opened):
    ann = opened.contact("Ann Rossi")
    friday = Promise(datetime(2026, 11, 27, 15, tzinfo=UTC), "Europe/London", phrase="fri 3pm")
    owed = Owed("the price list", MONDAY.date())
    call = past(opened, ann, "promise", Category.PROMISE, 0, promise=friday, owed=owed)
    new = await correct(opened, call, "talked")
    assert (new.is_, new.promise.from_, new.owed) == (Category.CONVERSATION, friday.from_, owed)


async def test_notes_of_a_past_call_are_changed_taken_out_and_added_at_their_times(opened):
    ann, early = opened.contact("Ann Rossi"), MONDAY - timedelta(days=2)
    notes = (Note(early, "two vans"), Note(early, "a slip"))
    call = past(opened, ann, "talked", Category.CONVERSATION, 2, notes=notes)
    view = await opened.cockpit.correcting.correct(call.id)
    await opened.cockpit.talk.set_notes(view.call_id, ["three vans", ""], "depot in Leeds")
    await opened.cockpit.outcome.choose("talked")
    await opened.cockpit.outcome.save_form()
    new = opened.store.call(call.id)
    assert [(n.at, n.text) for n in new.notes] == [
        (early, "three vans"),
        (opened.clock.now(), "depot in Leeds"),
    ]
    assert new.revisions[-1].notes == notes


async def test_the_time_of_a_call_made_elsewhere_is_corrected_and_the_next_step_counts_from_it(opened):
    ann = opened.contact("Ann Rossi")
    call = past(opened, ann, "no_answer", Category.NO_ANSWER, 0)
    before = next_step_of(opened.cockpit, ann.id)
    view = await opened.cockpit.correcting.correct(call.id)
    assert view.past.made_at == "2026-11-23 14:01"
    await opened.cockpit.talk.set_notes(view.call_id, [], "", "2026-11-19 10:30")
    view = await opened.cockpit.outcome.choose("no_answer")
    new = opened.store.call(call.id)
    assert new.at == datetime(2026, 11, 19, 10, 30, tzinfo=UTC)
    assert next_step_of(opened.cockpit, ann.id) != before


@pytest.mark.parametrize("text", ["2027-01-01 10:00", "23:59", "whenever"])
async def test_a_time_to_come_or_no_time_at_all_changes_nothing_and_says_so(opened, text):
    ann = opened.contact("Ann Rossi")
    call = past(opened, ann, "no_answer", Category.NO_ANSWER, 0)
    view = await opened.cockpit.correcting.correct(call.id)
    view = await opened.cockpit.talk.set_notes(view.call_id, [], "a note", text)
    assert view.notice.tone == "warn"
    await opened.cockpit.outcome.choose("no_answer")
    assert opened.store.call(call.id).at == call.at


async def test_where_the_line_knows_the_time_it_cannot_be_changed(opened):
    call = await called(opened)
    view = await opened.cockpit.correcting.correct(call.id)
    assert view.past.made_at == ""


async def test_no_answer_becomes_do_not_call_and_binds_at_once_and_back(opened):
    call = await called(opened)
    ann = opened.contact("Ann Rossi")
    new = await correct(opened, call, "do_not_call")
    assert new.is_ is Category.DO_NOT_CALL
    assert next_step_of(opened.cockpit, ann.id).action == "do_not_call"
    assert opened.cockpit.do_not_call.entries.of_person(ann.id)
    await opened.cockpit.queue.select(ann.id)
    view = await call_selected(opened.cockpit, 15)
    assert view.phase is Phase.READY
    assert "Do not call" in view.notice.text
    await opened.cockpit.session.to_queue()
    await correct(opened, call, "no_answer")
    assert not opened.cockpit.do_not_call.entries.of_person(ann.id)
    assert next_step_of(opened.cockpit, ann.id).action == "call"


async def test_a_refusal_for_the_firm_binds_everybody_there_and_its_correction_frees_them(opened):
    ann = opened.contact("Ann Rossi")
    (cy,) = opened.people("Cy Rossi")
    call = past(opened, ann, "no_answer", Category.NO_ANSWER, 0)
    await opened.killed_and_started_again().open()
    await correct(opened, call, "do_not_call", code="the whole firm")
    assert next_step_of(opened.cockpit, cy.id).action == "do_not_call"
    await opened.cockpit.undo.last()
    assert next_step_of(opened.cockpit, cy.id).action == "call"


async def test_a_refusal_that_was_lifted_is_not_bound_again_by_a_new_note(opened):
    ann = opened.contact("Ann Rossi")
    call = await called(opened)
    call = await correct(opened, call, "do_not_call")
    await opened.cockpit.do_not_call.lift_person(ann, "she called and asked for the offer")
    view = await opened.cockpit.correcting.correct(call.id)
    await opened.cockpit.talk.set_notes(view.call_id, [], "it was her colleague")
    await opened.cockpit.outcome.choose("do_not_call")
    await opened.cockpit.outcome.save_form()
    assert not opened.cockpit.do_not_call.entries.of_person(ann.id)


async def test_an_incoming_call_stays_incoming_and_its_esc_never_opens_a_line(opened):
    ann = opened.contact("Ann Rossi")
    call = past(opened, ann, "talked", Category.CONVERSATION, 1, direction="in")
    view = await opened.cockpit.correcting.correct(call.id)
    assert not view.can_throw_away
    view = await opened.cockpit.call.back()
    assert view.phase is Phase.QUEUE
    new = await correct(opened, call, "nurture")
    assert (new.direction, new.is_) == ("in", Category.NURTURE)


async def test_a_missed_call_that_was_answered_after_all_is_no_longer_waiting(opened):
    ann = opened.contact("Ann Rossi")
    call = past(opened, ann, "no_answer", Category.NO_ANSWER, 1, direction="in")
    opened.store.commit(Change(next_steps={ann.id: None}), opened.clock.now())
    await opened.killed_and_started_again().open()
    assert next_step_of(opened.cockpit, ann.id).kind == "came_back"
    await correct(opened, call, "talked")
    assert next_step_of(opened.cockpit, ann.id).kind != "came_back"


async def test_what_is_owed_follows_and_what_was_done_stays_done(opened):
    await talk_to(opened, "Ann Rossi")
    await opened.cockpit.outcome.choose("email_asked")
    view = await opened.cockpit.outcome.save_form()
    await opened.cockpit.session.to_queue()
    call = opened.store.call(view.queue.owed[0].call_id)
    await opened.cockpit.people.tick_owed(call.id)
    view = await opened.cockpit.correcting.correct(call.id)
    await opened.cockpit.talk.set_notes(view.call_id, [], "to her new address")
    await opened.cockpit.outcome.choose("email_asked")
    view = await opened.cockpit.outcome.save_form()
    assert opened.store.call(call.id).owed.done_at is not None
    assert len(view.queue.owed) == 0
    await correct(opened, call, "email_asked", owe="the price list")
    assert [row.why for row in opened.cockpit.view.queue.owed] == ["The price list, by today"]
    await correct(opened, call, "not_a_fit")
    assert len(opened.cockpit.view.queue.owed) == 0


async def test_what_the_outcome_changed_about_the_person_goes_and_later_edits_stay(opened):
    ann = opened.contact("Ann Rossi")
    await talk_to(opened, "Ann Rossi")
    await opened.cockpit.outcome.choose("talked")
    await opened.cockpit.outcome.set_field("again", "every 2 weeks")
    await opened.cockpit.outcome.save_form()
    await opened.cockpit.session.to_queue()
    (call,) = opened.store.calls(ann.id)
    assert opened.store.contact(ann.id).prefers.every == 14
    await opened.cockpit.people.edit(ann.id, {"role": "Head of buying"})
    await correct(opened, call, "wrong_number")
    person = opened.store.contact(ann.id)
    assert (person.prefers, person.role) == (Preferences(), "Head of buying")
    assert person.numbers[0].bad
    await opened.cockpit.undo.last()
    person = opened.store.contact(ann.id)
    assert (person.prefers.every, person.numbers[0].bad, person.role) == (14, False, "Head of buying")


async def test_the_interval_they_named_stands_in_the_form_again(opened):
    ann = opened.contact("Ann Rossi")
    await talk_to(opened, "Ann Rossi")
    await opened.cockpit.outcome.choose("talked")
    await opened.cockpit.outcome.set_field("again", "every 2 weeks")
    await opened.cockpit.outcome.save_form()
    await opened.cockpit.session.to_queue()
    (call,) = opened.store.calls(ann.id)
    await opened.cockpit.correcting.correct(call.id)
    view = await opened.cockpit.outcome.choose("talked")
    assert next(f.value for f in view.form.fields if f.id == "again") == "every 14 days"
    await opened.cockpit.outcome.save_form()
    assert opened.store.call(call.id) == call


async def test_a_sale_that_was_none_is_no_sale_in_any_report(opened):
    ann = opened.contact("Ann Rossi")
    call = past(opened, ann, "win", Category.WIN, 3, talk_s=60.0, answers={"agreed": "the meeting"})
    new = await correct(opened, call, "talked")
    assert new.answers == {}
    report = opened.cockpit.report()
    assert (report.total.wins, report.total.conversations) == (0, 1)


async def test_what_the_line_measured_stays_and_what_only_the_outcome_told_follows(opened):
    ann, at = opened.contact("Ann Rossi"), MONDAY - timedelta(days=1)
    dial = Dial("+442079460100", at, ended_at=at + timedelta(seconds=20), disposition="no_answer")
    call = past(opened, ann, "no_answer", Category.NO_ANSWER, 1, dials=(dial,), talk_s=0.0)
    new = await correct(opened, call, "voicemail")
    assert (new.dials[0].disposition, new.talk_s) == ("voicemail", 0.0)
    new = await correct(opened, call, "talked")
    assert (new.dials[0].started_at, new.talk_s) == (at, None)


async def test_somebody_rings_while_a_call_is_corrected_and_the_correction_goes_on(opened):
    call = await called(opened)
    await opened.cockpit.correcting.correct(call.id)
    await opened.cockpit.callers.choose(opened.contact("Bo Lund").id)
    await opened.cockpit.call.over()
    await opened.cockpit.outcome.choose("talked")
    view = await opened.cockpit.outcome.save_form()
    assert (view.card.name, view.past.label) == ("Ann Rossi", "Correcting")


@pytest.mark.parametrize("gap", [timedelta(minutes=5), timedelta(days=1)])
async def test_killed_while_a_call_is_corrected_the_record_is_as_it_was_and_no_call_is_made_of_it(
    opened, gap
):
    call = await called(opened)
    await opened.cockpit.correcting.correct(call.id)
    await opened.cockpit.outcome.choose("talked")
    opened.clock.step(gap.total_seconds())
    view = await opened.killed_and_started_again().open()
    assert opened.store.calls() == (call,)
    if gap > timedelta(hours=1):
        assert view.past is None
        assert view.phase is Phase.QUEUE
    else:
        await opened.cockpit.outcome.save_form()
        assert [one.is_ for one in opened.store.calls()] == [Category.CONVERSATION]


async def test_a_correction_that_is_not_saved_leaves_everything_as_it_was(opened, monkeypatch):
    call = await called(opened)
    await opened.cockpit.correcting.correct(call.id)

    def refuses(change, now):
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(opened.store, "commit", refuses)
        await opened.cockpit.outcome.choose("do_not_call")
        view = await opened.cockpit.outcome.save_form()
    assert view.phase is Phase.FORM
    assert not opened.cockpit.do_not_call.entries.of_person(call.contact_id)
    assert next_step_of(opened.cockpit, call.contact_id).action == "call"
    await opened.cockpit.outcome.save_form()
    assert opened.store.call(call.id).is_ is Category.DO_NOT_CALL


async def test_the_card_names_every_call_that_counts_and_one_left_open_first(opened):
    ann = opened.contact("Ann Rossi")
    old = past(opened, ann, "voicemail", Category.VOICEMAIL, 3)
    past(opened, ann, "talked", Category.CONVERSATION, 2, voided_at=opened.clock.now())
    await opened.cockpit.messages.sent(ann.id, "email", "", opened.clock.now())
    await opened.cockpit.queue.select(ann.id)
    await call_selected(opened.cockpit, 15)
    opened.clock.step(timedelta(hours=20).total_seconds())
    await opened.killed_and_started_again().open()
    await opened.cockpit.call.back()
    left, listed = opened.cockpit.card.past_calls(ann.id)
    assert (left.what, listed.call_id) == ("Left open: how did it go?", old.id)
    view = await opened.cockpit.correcting.correct(left.call_id)
    assert view.past.label == "Left open"
    view = await opened.cockpit.outcome.choose("no_answer")
    assert view.phase is Phase.QUEUE
    assert [call.is_ for call in opened.store.calls(ann.id) if call.dials] == [Category.NO_ANSWER]
