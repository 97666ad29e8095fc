"""A call is corrected or taken back while other calls came before or after it: what was said last counts."""

from __future__ import annotations

from datetime import timedelta

from tests.cockpit_bench import MONDAY
from tests.practice_bench import correct, talk_to
from tui.domain.contact import Preferences


async def talked(bench, outcome, **fields):
    """A call to Ann with an outcome and these lines of its form."""
    bench.clock.step(60)
    await bench.cockpit.queue.select(bench.contact("Ann Rossi").id)
    await talk_to(bench, "Ann Rossi")
    await bench.cockpit.outcome.choose(outcome)
    for name, value in fields.items():
        await bench.cockpit.outcome.set_field(name, value)
    await bench.cockpit.outcome.save_form()
    await bench.cockpit.session.to_queue()
    return bench.store.calls(bench.contact("Ann Rossi").id)[-1]


def every(bench):
    """The interval that is stored of Ann."""
    return bench.contact("Ann Rossi").prefers.every


async def test_undo_of_a_later_call_brings_nothing_back_that_an_older_one_no_longer_says(opened):
    old = await talked(opened, "talked", again="every 2 weeks")
    later = await talked(opened, "talked", again="every 5 weeks")
    await correct(opened, old, "no_answer")
    assert every(opened) == 35
    await opened.killed_and_started_again().open()
    await opened.cockpit.undo.last()
    assert opened.store.call(later.id).voided_at
    assert opened.contact("Ann Rossi").prefers == Preferences()


async def test_correcting_a_later_call_brings_nothing_back_after_two_corrections_of_an_older_one(opened):
    old = await talked(opened, "talked", again="every 2 weeks")
    later = await talked(opened, "talked", again="every 5 weeks")
    await correct(opened, old, "talked", again="every 3 weeks")
    await correct(opened, old, "talked", again="every 4 weeks")
    assert every(opened) == 35  # what they said later
    await correct(opened, later, "no_answer")
    assert every(opened) == 28
    await correct(opened, old, "no_answer")
    assert opened.contact("Ann Rossi").prefers == Preferences()


async def test_every_undo_behind_a_correction_of_an_older_call_goes_one_step_back(opened):
    old = await talked(opened, "gatekeeper", who="Pat Low")
    await talked(opened, "gatekeeper", who="Kim Low")
    await correct(opened, old, "gatekeeper", who="Lee Low")
    seen = []
    for _ in range(4):
        seen.append(opened.contact("Ann Rossi").remembered.get("receptionist"))
        await opened.cockpit.undo.last()
        await opened.cockpit.session.to_queue()
    assert seen == ["Kim Low", "Kim Low", "Pat Low", None]


async def test_undo_of_a_correction_brings_the_older_call_back_beneath_the_later_one(opened):
    old = await talked(opened, "gatekeeper", who="Pat Low")
    later = await talked(opened, "gatekeeper", who="Kim Low")
    await correct(opened, old, "gatekeeper", who="Lee Low")
    assert opened.store.call(later.id).before["remembered"] == {"receptionist": "Lee Low"}
    await opened.cockpit.undo.last()
    now = opened.store.call(later.id)
    assert (now.before, now.after) == (later.before, later.after)
    assert opened.contact("Ann Rossi").remembered == {"receptionist": "Kim Low"}


async def test_a_do_not_call_put_right_and_an_older_call_put_right_leave_nothing_behind(opened):
    ann = opened.contact("Ann Rossi")
    old = await talked(opened, "talked", again="every 2 weeks")
    later = await talked(opened, "do_not_call", code="this person")
    await correct(opened, later, "talked", again="every 5 weeks")
    await correct(opened, old, "no_answer")
    assert (every(opened), opened.cockpit.do_not_call.entries.of_person(ann.id)) == (35, ())
    await opened.killed_and_started_again().open()
    await opened.cockpit.undo.last()
    assert opened.contact("Ann Rossi").prefers == Preferences()
    assert not opened.cockpit.do_not_call.entries.of_person(ann.id)


async def test_a_call_written_down_after_a_later_one_is_corrected_as_what_was_said_last(opened):
    await talked(opened, "talked", again="every 5 weeks")
    ann, at = opened.contact("Ann Rossi"), MONDAY - timedelta(days=3)
    outcome = opened.cockpit._state.outcome("talked")
    noted = await opened.cockpit.outcome.log(ann, outcome, "", at, {"again": "every 2 weeks"})
    assert every(opened) == 14
    await correct(opened, noted, "talked", again="every 3 weeks")
    assert every(opened) == 21
    await correct(opened, noted, "no_answer")
    assert every(opened) == 35
