"""After every outcome and decision one line says what was saved; a key that is not taken says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected, next_step_of
from tests.practice_bench import past, talk_to
from tui.cockpit.view import Phase
from tui.domain.contact import Number
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.settings.settings import Settings
from tui.storage.protocol import Change, StoreError

ONE_KEY = ("no_answer", "voicemail")
WITH_A_FORM = (
    *("gatekeeper", "talked", "promise", "win", "nurture"),
    *("email_asked", "not_a_fit", "wrong_number", "do_not_call"),
)


async def ring(bench, *names):
    bench.people(*(names or ("Ann Rossi", "Bo Lund")))
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    return view


def menu(view, outcome_id):
    return next(row.effect for row in view.outcomes if row.id == outcome_id)


@pytest.mark.parametrize("outcome_id", ONE_KEY)
async def test_an_outcome_of_one_key_says_what_the_menu_said(bench, outcome_id):
    view = await ring(bench)
    promised = menu(view, outcome_id).removeprefix("uses up this reason; ").split(";")[0]
    view = await bench.cockpit.outcome.choose(outcome_id)
    assert view.phase is Phase.READY
    label = next(o.label for o in bench.settings.outcomes if o.id == outcome_id)
    assert view.saved.text == f"{label} · Ann Rossi → {promised}"
    assert promised.startswith("again ")


@pytest.mark.parametrize("outcome_id", WITH_A_FORM)
async def test_an_outcome_with_a_form_says_what_was_saved(bench, outcome_id):
    view = await ring(bench)
    await bench.cockpit.call.answered()
    bench.clock.step(minutes=2)
    view = await bench.cockpit.call.over()
    said = menu(view, outcome_id)
    await bench.cockpit.outcome.choose(outcome_id)
    view = await bench.cockpit.outcome.save_form()
    label = next(o.label for o in bench.settings.outcomes if o.id == outcome_id)
    start, _, then = view.saved.text.partition(" → ")
    assert start == f"{label} · Ann Rossi"
    if outcome_id == "promise":
        assert then == "again tomorrow 14:00"
    else:
        assert then.split(" (")[0] in said


async def test_the_line_is_the_stored_next_step(bench):
    await ring(bench)
    view = await bench.cockpit.outcome.choose("voicemail")
    step = next_step_of(bench.cockpit, bench.contact("Ann Rossi").id)
    assert step.due.strftime("%a") == "Tue"
    assert view.saved.text.endswith("→ again tomorrow morning")


async def test_what_is_owed_is_named_with_its_day(bench):
    await ring(bench)
    await talk_on(bench)
    await bench.cockpit.outcome.choose("email_asked")
    view = await bench.cockpit.outcome.save_form()
    owes = next(o.owes for o in bench.settings.outcomes if o.id == "email_asked")
    assert view.saved.note == f"To do: {owes}, today."


async def talk_on(bench, seconds=120):
    await bench.cockpit.call.answered()
    bench.clock.step(seconds)
    return await bench.cockpit.call.over()


async def test_a_talk_too_short_to_count_says_so(bench):
    await ring(bench)
    await talk_on(bench, 12)
    await bench.cockpit.outcome.choose("talked")
    view = await bench.cockpit.outcome.save_form()
    assert view.saved.note == "Talked 12 s: counts as reached, not as a conversation (30 s)."
    assert view.clock.talked == 0


async def test_a_talk_of_thirty_seconds_counts_and_says_nothing(bench):
    await ring(bench)
    await talk_on(bench, 30)
    await bench.cockpit.outcome.choose("talked")
    view = await bench.cockpit.outcome.save_form()
    assert (view.saved.note, view.clock.talked) == ("", 1)


async def test_a_refusal_within_seconds_is_no_conversation_either(bench):
    await ring(bench)
    await talk_on(bench, 8)
    await bench.cockpit.outcome.choose("nurture")
    assert "Talked 8 s" in (await bench.cockpit.outcome.save_form()).saved.note


async def test_the_line_goes_after_five_seconds(bench):
    await ring(bench)
    await bench.cockpit.outcome.choose("voicemail")
    bench.clock.step(4)
    assert (await bench.cockpit.tick()).saved is not None
    bench.clock.step(1)
    assert (await bench.cockpit.tick()).saved is None


async def test_the_line_goes_with_the_next_key_that_does_something(bench):
    await ring(bench)
    await bench.cockpit.outcome.choose("voicemail")
    assert (await bench.cockpit.queue.select(bench.contact("Bo Lund").id)).saved is not None
    assert (await bench.cockpit.call.dial()).saved is None


async def test_the_line_stands_on_the_recap_when_the_time_is_up(bench):
    await ring(bench)
    await bench.cockpit.call.answered()
    for _ in range(16 * 12):
        bench.clock.step(5)
        await bench.cockpit.tick()
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("not_a_fit")
    view = await bench.cockpit.outcome.save_form()
    assert view.phase is Phase.RECAP
    assert view.saved.text == "Doesn't fit · Ann Rossi → leaves the list for good (no need for it)"
    assert (await bench.cockpit.undo.last()).card.name == "Ann Rossi"


async def test_the_line_stands_on_the_queue_when_nobody_is_left(bench):
    await ring(bench, "Ann Rossi")
    view = await bench.cockpit.outcome.choose("no_answer")
    assert view.phase is Phase.QUEUE
    assert view.saved.text.startswith("No answer · Ann Rossi → again ")
    assert "Nobody else can be called now" in view.notice.text


async def test_nothing_is_said_to_be_saved_when_it_was_not(bench, monkeypatch):
    await ring(bench)

    def full(change, now):
        raise StoreError("The disk is full.")

    monkeypatch.setattr(bench.store, "commit", full)
    view = await bench.cockpit.outcome.choose("voicemail")
    assert (view.saved, view.notice.text) == (None, "The disk is full.")
    assert view.card.name == "Ann Rossi"


# -- decisions beside a call ---------------------------------------------------------------------------


async def test_a_skip_says_until_when(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.people.skip(bench.contact("Ann Rossi").id)
    view = await bench.cockpit.question.answer("1")
    assert view.saved.text == "Skipped · Ann Rossi → again tomorrow morning"


async def test_a_skip_that_was_not_saved_is_no_skip(bench, monkeypatch):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.people.skip(bench.contact("Ann Rossi").id)

    def full(change, now):
        raise StoreError("The disk is full.")

    with monkeypatch.context() as disk:
        disk.setattr(bench.store, "commit", full)
        view = await bench.cockpit.question.answer("1")
    assert view.saved is None
    assert "Ann Rossi" in [row.name for row in view.queue.ready]
    assert "Nothing to undo" in (await bench.cockpit.undo.last()).notice.text


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("e",), "No more calls · Ann Rossi → by e-mail instead"),
        (("x", "4"), "Stopped · Ann Rossi → no budget"),
    ],
)
async def test_a_stop_says_what_becomes_of_them(bench, keys, said):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    view = await bench.cockpit.people.ask_pursuit(bench.contact("Ann Rossi").id)
    for key in keys:
        view = await bench.cockpit.question.answer(key)
    assert view.saved.text == said


async def test_calls_taken_up_again_say_when(bench):
    bench.people("Ann Rossi", pursuit="stopped", pursuit_reason="no budget")
    await bench.cockpit.open()
    await bench.cockpit.people.ask_pursuit(bench.contact("Ann Rossi").id)
    view = await bench.cockpit.question.answer("r")
    assert view.saved.text.startswith("Calls go on · Ann Rossi → again ")


async def test_a_hand_over_a_message_and_a_cancelled_sale_say_so(bench):
    ann, _ = bench.people("Ann Rossi", "Bo Lund")
    past(bench, ann, "win", Category.WIN, 3)
    await bench.cockpit.open()
    await bench.cockpit.messages.ask_sent(ann.id)
    view = await bench.cockpit.question.answer("e")
    assert view.saved.text.startswith("E-mail sent · Ann Rossi → a")
    await bench.cockpit.messages.cancel_win(ann.id)
    view = bench.cockpit.view
    assert view.saved.text.startswith("Meeting or sale cancelled · Ann Rossi → again ")
    await bench.cockpit.messages.cancel_win(ann.id)
    view = bench.cockpit.view
    assert view.saved.text.startswith("Meeting or sale counts again · Ann Rossi → again ")
    await bench.cockpit.people.hand_over(ann.id, "Jo", "wants vans", agreed=True)
    assert bench.cockpit.view.saved.text == "Handed over · Ann Rossi → Jo"


async def test_a_call_made_elsewhere_says_so_too(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.outcome.log_elsewhere(bench.contact("Ann Rossi").id)
    view = await bench.cockpit.outcome.choose("voicemail")
    assert view.phase is Phase.QUEUE
    assert view.saved.text.startswith("Left voicemail · Ann Rossi → again ")


# -- keys that cannot be taken yet ---------------------------------------------------------------------


async def test_an_outcome_before_the_call_says_why_it_is_not_taken(bench):
    await ring(bench)
    await bench.cockpit.outcome.choose("no_answer")
    view = await bench.cockpit.outcome.choose("no_answer")
    assert view.phase is Phase.READY
    assert view.notice.text == "Bo Lund is not ringing yet: an outcome counts once you have called."
    assert len(bench.store.calls()) == 1


async def test_an_outcome_in_the_first_second_says_so(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(0.5)
    assert (
        await bench.cockpit.outcome.choose("no_answer")
    ).notice.text == "The call to Ann Rossi has only just begun: choose the outcome once more."


async def test_an_outcome_while_paused_or_talking_says_why(bench):
    await ring(bench)
    await bench.cockpit.session.ask_pause()
    await bench.cockpit.question.answer("b")
    assert "The clock is paused" in (await bench.cockpit.outcome.choose("no_answer")).notice.text
    await bench.cockpit.session.go_on()
    await bench.cockpit.call.answered()
    assert "You are talking to Ann Rossi" in (await bench.cockpit.outcome.choose("no_answer")).notice.text
    assert bench.store.calls() == ()


async def test_a_step_past_the_ends_of_the_script_says_so(bench):
    await ring(bench)
    await bench.cockpit.call.answered()
    assert (await bench.cockpit.talk.step_back()).notice.text == "This is the first line."
    for _ in range(30):
        view = await bench.cockpit.talk.step_on()
    assert view.notice.text == "That was the last line: Esc, then choose the outcome."
    assert (await bench.cockpit.talk.step_back()).notice is None


async def test_the_menu_says_when_also_after_a_gatekeeper(bench):
    view = await talk_and_menu(bench)
    assert menu(view, "gatekeeper").startswith("name, best time; again ")


async def talk_and_menu(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    return await talk_to(bench, "Ann Rossi")


async def test_a_promise_on_two_clocks_names_both(bench):
    (eva,) = bench.people("Eva Brandt")
    bench.store.commit(Change(contacts=(replace(eva, zone="Europe/Rome"),)), bench.clock.now())
    await bench.cockpit.open()
    await talk_to(bench, "Eva Brandt")
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", "fri 3pm")
    view = await bench.cockpit.outcome.save_form()
    assert view.saved.text == "We call back · Eva Brandt → again Fri 15:00 there, 14:00 here"


async def test_a_next_call_that_is_due_already_is_now_and_never_yesterday(bench):
    """An old call logged afterwards: its follow-up was due before it was written down."""
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    no_answer = next(o for o in bench.settings.outcomes if o.id == "no_answer")
    at = bench.clock.now() - timedelta(days=5)
    await bench.cockpit.outcome.log(ann, no_answer, "", at, {})
    assert bench.cockpit.view.saved.text == "No answer · Ann Rossi → again now"


async def test_a_wrong_number_without_another_says_to_find_one(bench):
    view = await ring(bench)
    assert menu(view, "wrong_number") == "this number is not called again; find another"
    await bench.cockpit.outcome.choose("wrong_number")
    view = await bench.cockpit.outcome.save_form()
    assert view.saved.text == "Wrong number · Ann Rossi → this number is not called again; find another"


async def test_after_a_wrong_number_the_next_one_is_called_and_not_the_same_again(bench):
    (ann,) = bench.people("Ann Rossi")
    second = Number("+442079460177", "+442079460177", "mobile")
    bench.store.commit(Change(contacts=(replace(ann, numbers=(*ann.numbers, second)),)), bench.clock.now())
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 15)
    assert menu(view, "wrong_number") == "this number is not called again; the next one now"


async def test_what_is_due_within_this_minute_is_said_to_be_due_now(bench, monkeypatch):
    """A promise goes on at once with the next number, however often the clock is looked at meanwhile."""
    (ann,) = bench.people("Ann Rossi")
    second = Number("+442079460177", "+442079460177", "mobile")
    bench.store.commit(Change(contacts=(replace(ann, numbers=(*ann.numbers, second)),)), bench.clock.now())
    look = bench.clock.now

    def moves_at_each_look():
        bench.clock.step(0.001)
        return look()

    monkeypatch.setattr(bench.clock, "now", moves_at_each_look)
    due = bench.clock.now() - timedelta(minutes=5)
    past(bench, ann, "promise", Category.PROMISE, 4, promise=Promise(due, "Europe/London"))
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 15)
    assert menu(view, "wrong_number") == "this number is not called again; the next one now"
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    bench.clock.step(20)
    view = await bench.cockpit.call.over()
    assert menu(view, "wrong_number") == "this number is not called again; the next one now"


async def test_a_promised_e_mail_keeps_its_hour(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", "fri 3pm")
    await bench.cockpit.outcome.next_choice("how")
    view = await bench.cockpit.outcome.save_form()
    assert view.saved.text == "We call back · Ann Rossi → by e-mail Fri 15:00"


async def test_a_call_left_open_names_the_day_it_counts_for(bench):
    await ring(bench)
    await bench.cockpit.call.answered()
    bench.clock.step(minutes=2)
    await bench.cockpit.close()
    bench.clock.step(days=1)
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    await cockpit.outcome.choose("talked")
    view = await cockpit.outcome.save_form()
    assert view.saved.text.startswith("Talked, yesterday · Ann Rossi → again ")


async def test_a_first_call_names_no_kind_of_firm_nobody_wrote_down(bench):
    """The team's file said `customer` for `segment`: "We help customer with orders and deliveries"."""
    assert "segment" not in {*Settings().defaults["en"], *Settings().defaults["it"]}
    await ring(bench)
    await bench.cockpit.call.answered()
    view = await bench.cockpit.talk.step_on()
    assert "I'd like to find out whether we could be any use to you" in view.script.text
