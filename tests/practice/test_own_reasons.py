"""A reason of the rep's own: said, kept, and never an empty phrase."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import call_selected, next_step_of
from tests.practice_bench import past
from tui.cockpit.view import Phase
from tui.domain.outcome import Category


async def ready_card(bench):
    """The second card of a session: nothing rings yet."""
    bench.people("Zoe First")
    await bench.cockpit.open()
    await bench.cockpit.queue.select(bench.contact("Zoe First").id)
    await call_selected(bench.cockpit, 60)
    bench.clock.step(5)
    return await bench.cockpit.outcome.choose("no_answer")


async def test_b25_a_reason_of_the_reps_own_is_said_kept_and_counts_as_told(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "talked", Category.CONVERSATION, 6)
    view = await ready_card(bench)
    assert (view.phase, view.card.name) == (Phase.READY, "Ann Rossi")
    view = await bench.cockpit.talk.set_reason("the new depot opens in Leeds")
    assert dict(view.card.lines)["Reason"] == "the new depot opens in Leeds"
    await bench.cockpit.call.dial()
    bench.clock.step(5)
    await bench.cockpit.outcome.choose("voicemail")
    call = bench.store.calls(ann.id)[-1]
    assert call.answers["reason"] == "the new depot opens in Leeds"
    assert call.reason_id == "own_the_new_depot_opens_in_leeds"
    assert call.reason_id in next_step_of(bench.cockpit, ann.id).used_reasons


async def test_b25_a_reason_of_the_reps_own_is_in_the_words_after_a_crash(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "talked", Category.CONVERSATION, 6)
    await ready_card(bench)
    await bench.cockpit.talk.set_reason("the new depot opens in Leeds")
    before = await bench.cockpit.call.dial()
    assert "The new depot opens in Leeds." in before.script.voicemail
    view = await bench.killed_and_started_again().open()
    assert dict(view.card.lines)["Reason"] == "the new depot opens in Leeds"
    assert view.script.voicemail == before.script.voicemail


async def test_b25_a_reason_of_the_reps_own_waits_on_the_card_until_they_are_called(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "talked", Category.CONVERSATION, 6)
    bench.people("Eva Brandt")
    await ready_card(bench)
    await bench.cockpit.talk.set_reason("the new depot opens in Leeds")
    await bench.cockpit.session.to_queue()
    await bench.cockpit.queue.select(bench.contact("Eva Brandt").id)
    assert (await call_selected(bench.cockpit, 60)).card.name == "Eva Brandt"
    bench.clock.step(5)
    await bench.cockpit.outcome.choose("no_answer")
    await bench.cockpit.session.end()
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 60)
    assert dict(view.card.lines)["Reason"] == "the new depot opens in Leeds"


@pytest.mark.parametrize(
    "phrase",
    [
        "just checking in",
        "scusi il disturbo",
        "wollte nur mal hören",
        "solo llamaba para saludar",
        "je vous dérange",
    ],
)
async def test_b26_an_empty_phrase_gets_a_hint_with_a_better_example_and_is_never_refused(bench, phrase):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "talked", Category.CONVERSATION, 6)
    await ready_card(bench)
    view = await bench.cockpit.talk.set_reason(phrase)
    assert "the price list holds" in view.notice.text
    assert dict(view.card.lines)["Reason"] == phrase
    assert (await bench.cockpit.call.dial()).phase is Phase.RINGING


async def test_b26_a_reason_that_says_something_gets_no_hint(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "talked", Category.CONVERSATION, 6)
    await ready_card(bench)
    assert (await bench.cockpit.talk.set_reason("your order leaves on Friday")).notice is None
