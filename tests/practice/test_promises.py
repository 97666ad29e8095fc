"""Promises, wishes and concessions, driven through the cockpit the screens use."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.cockpit_bench import call_selected
from tests.practice_bench import call_anyway, past, ready_names, talk_to
from tui.cockpit.view import Phase
from tui.domain.outcome import Category


async def test_b32_a_call_back_in_three_days_is_not_queued_before_and_is_on_top_at_its_minute(bench):
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", "thu 10:00")
    await bench.cockpit.outcome.save_form()
    await bench.cockpit.session.end()
    bench.clock.step(days=1)
    view = await bench.cockpit.tick()
    assert "Ann Rossi" not in ready_names(view)
    at = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    bench.clock.step((at - bench.clock.now()).total_seconds() - 1)
    view = await bench.cockpit.tick()
    assert "Ann Rossi" not in ready_names(view)
    bench.clock.step(1)
    view = await bench.cockpit.tick()
    assert ready_names(view)[0] == "Ann Rossi"


async def test_b33_an_early_call_opens_with_the_acknowledgement_and_it_is_recorded(bench):
    ann = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", "fri 3pm")
    await bench.cockpit.outcome.save_form()
    bench.clock.step(days=1)
    await bench.cockpit.tick()
    await bench.cockpit.session.end()
    await bench.cockpit.queue.select(ann.id)
    view = await call_anyway(bench.cockpit)
    assert "I know I said" in view.script.text
    bench.clock.step(3)
    view = await bench.cockpit.call.answered()
    for _ in range(4):
        if "I know I said" in view.script.said:
            break
        view = await bench.cockpit.talk.step_on()
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    assert bench.store.calls(ann.id)[-1].acknowledged


async def test_b34_an_early_call_without_an_answer_leaves_the_promise_standing(bench):
    ann = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", "fri 3pm")
    await bench.cockpit.outcome.save_form()
    bench.clock.step(days=1)
    await bench.cockpit.session.end()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 5)
    bench.clock.step(3)
    await bench.cockpit.outcome.choose("no_answer")
    at = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    bench.clock.step((at - bench.clock.now()).total_seconds())
    view = await bench.cockpit.tick()
    assert ready_names(view)[0] == "Ann Rossi"


async def test_b35_a_kept_but_unanswered_promise_is_tried_again_in_two_hours(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "promise", Category.PROMISE, 1)
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", "tue 10:00")
    await bench.cockpit.outcome.save_form()
    await bench.cockpit.session.end()
    at = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    bench.clock.step((at - bench.clock.now()).total_seconds())
    await bench.cockpit.tick()
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 5)
    bench.clock.step(3)
    view = await bench.cockpit.tick()
    effect = next(row.effect for row in view.outcomes if row.id == "no_answer")
    assert "they expect you" in effect
    assert "12:00" in effect
    await bench.cockpit.outcome.choose("no_answer")
    bench.clock.step(hours=2)
    view = await bench.cockpit.tick()
    assert ready_names(view)[0] == "Ann Rossi"


async def test_b40_the_card_begins_with_what_we_promised_in_their_words(bench):
    ann = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    await bench.cockpit.outcome.set_field("when", "tue 10:00")
    await bench.cockpit.outcome.set_field("about", "after the trade fair")
    await bench.cockpit.outcome.save_form()
    await bench.cockpit.session.end()
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 5)
    label, words = view.card.lines[0]
    assert label == "Promised"
    assert "after the trade fair" in words
    assert "10:00" in words


async def test_b44_a_talk_offers_when_and_how_and_enter_alone_saves_five_days(bench):
    ann = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    view = await bench.cockpit.outcome.choose("talked")
    assert [field.id for field in view.form.fields][:2] == ["again", "how"]
    assert view.form.fields[0].preview == ("Did not ask: again Mon 30 Nov, afternoon",)
    await bench.cockpit.outcome.save_form()
    assert bench.store.contact(ann.id).prefers.every is None
    bench.clock.step(days=4)
    view = await bench.cockpit.session.end()
    view = await bench.cockpit.tick()
    assert "Ann Rossi" not in ready_names(view)
    bench.clock.step(days=3)
    view = await bench.cockpit.tick()
    assert "Ann Rossi" in ready_names(view)


async def test_b45_an_interval_and_a_channel_they_named_beat_our_pacing(bench):
    ann = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.set_field("again", "every 2 weeks")
    await bench.cockpit.outcome.next_choice("how")
    await bench.cockpit.outcome.save_form()
    prefers = bench.store.contact(ann.id).prefers
    assert (prefers.every, prefers.channel) == (14, "email")
    bench.clock.step(days=20)
    await bench.cockpit.session.end()
    view = await bench.cockpit.tick()
    assert "Ann Rossi" not in ready_names(view)
    assert any("They prefer e-mail" in line for line in bench.cockpit.card.explain(ann.id))


async def test_a_past_time_is_refused_with_an_offer(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose("promise")
    view = await bench.cockpit.outcome.set_field("when", "today 9:00")
    assert "Did you mean" in view.form.fields[0].problem
    view = await bench.cockpit.outcome.save_form()
    assert view.phase is Phase.FORM
    assert bench.store.calls() == ()


async def objection_of(bench):
    """In a call: the price objection, found by what the customer said."""
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    target, _ = bench.cockpit.talk.search("expensive")[0]
    return await bench.cockpit.talk.jump(target)


async def test_b39_a_concession_is_dimmed_until_its_question_was_asked(bench):
    view = await objection_of(bench)
    for _ in range(8):
        if view.script.coach.startswith("Ask first"):
            break
        view = await bench.cockpit.talk.step_on()
    offer = view.script.coach.removeprefix("Ask first. Then you may offer: ")
    assert offer
    assert offer not in view.script.text
    view = await bench.cockpit.talk.step_on()
    assert offer in view.script.text
    await bench.cockpit.talk.step_on()
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    call = bench.store.calls()[0]
    assert any(step.endswith("] asked") for step in call.steps)
    assert any(key.startswith("gave_") for key in call.answers)


async def test_b39_one_key_shows_it_all_the_same_and_that_is_recorded(bench):
    view = await objection_of(bench)
    for _ in range(8):
        if view.script.coach.startswith("Ask first"):
            break
        view = await bench.cockpit.talk.step_on()
    await bench.cockpit.talk.answer("0")
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    assert any(step.endswith("] not asked") for step in bench.store.calls()[0].steps)
