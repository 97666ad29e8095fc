"""A call that was saved before the program was stopped, and is taken back by the next one: nothing of it is lost."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.script.files.library import Library

SCRIPT = """
title: Spring call
opener: {ask: What do you need?, save: need, keep: contact}
they_ring_back: {ask: What do you need?, save: need, keep: contact}
"""


async def theirs(bench):
    """Somebody calls us on the rep's own phone, in a session."""
    view = await call_selected(bench.cockpit, 15)
    other = next(one for one in bench.store.contacts() if one.name != view.card.name)
    await bench.cockpit.outcome.choose("no_answer")
    await bench.cockpit.callers.take(other.id, "")


async def ours(bench):
    """We call somebody, and it rings for a while."""
    await call_selected(bench.cockpit, 15)
    bench.clock.step(9)
    await bench.cockpit.call.answered()


@pytest.mark.parametrize("begin", [theirs, ours])
async def test_what_a_call_was_is_so_still_when_another_outcome_is_chosen(bench, begin, tmp_path):
    (tmp_path / "spring_call.yaml").write_text(SCRIPT, encoding="utf-8")
    bench.library = Library(tmp_path)
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await begin(bench)
    await bench.cockpit.talk.type_note("two vans")
    await bench.cockpit.talk.keep_note()
    bench.clock.step(60)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    before = max(bench.store.calls(), key=lambda call: call.at)
    assert before.answers == {"need": "two vans"}
    bench.clock.step(30)
    await bench.killed_and_started_again().open()
    view = await bench.cockpit.undo.last()
    assert (view.phase, view.inbound) == (Phase.CALL_OVER, before.direction == "in")
    # Stopped once more, with the card on the screen: the call is there again and asks for its outcome.
    await bench.killed_and_started_again().open()
    assert bench.cockpit.view.phase is Phase.CALL_OVER
    await bench.cockpit.outcome.choose("nurture")
    await bench.cockpit.outcome.save_form()
    (after,) = (
        call for call in bench.store.calls() if not call.voided_at and call.contact_id == before.contact_id
    )
    assert (after.outcome, after.talk_s) == ("nurture", before.talk_s) == ("nurture", 60.0)
    assert (after.at, after.direction, after.answers) == (before.at, before.direction, before.answers)
    assert [note.text for note in after.notes] == ["two vans"]
    assert bench.store.contact(after.contact_id).remembered == {"need": "two vans"}
    assert before.steps
    assert (after.steps, after.script) == (before.steps, before.script)  # what `scripts stats` counts by
