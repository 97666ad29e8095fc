"""Undo takes back what the outcome changed about the person, and nothing the rep wrote since."""

from __future__ import annotations

from msgspec.structs import replace

from tests.cockpit_bench import call_selected, next_step_of
from tui.domain.contact import Number
from tui.storage.protocol import Change


async def talked(bench, name, outcome, **fields):
    cockpit = bench.cockpit
    await cockpit.open()
    await cockpit.queue.select(bench.contact(name).id)
    await call_selected(cockpit, 30)
    bench.clock.step(5)
    await cockpit.call.answered()
    bench.clock.step(40)
    await cockpit.call.over()
    await cockpit.outcome.choose(outcome)
    for field, value in fields.items():
        await cockpit.outcome.set_field(field, value)
    await cockpit.outcome.save_form()


async def test_what_the_rep_wrote_after_the_call_stays(bench):
    (ann, _) = bench.people("Ann Rossi", "Bo Lund")
    await talked(bench, "Ann Rossi", "gatekeeper", who="Pat Low")
    assert bench.contact("Ann Rossi").remembered == {"receptionist": "Pat Low"}
    await bench.cockpit.people.edit(ann.id, {"role": "Head of buying", "note": "moves to Leeds"})
    await bench.cockpit.undo.last()
    after = bench.store.contact(ann.id)
    assert (after.role, after.fields["notes"], after.remembered) == ("Head of buying", "moves to Leeds", {})


async def test_a_number_added_after_a_wrong_number_stays_and_the_wrong_one_is_right_again(bench):
    (ann, _) = bench.people("Ann Rossi", "Bo Lund")
    await talked(bench, "Ann Rossi", "wrong_number", number="020 7946 0877")
    stored = bench.store.contact(ann.id)
    assert [number.bad for number in stored.numbers] == [True, False]
    typed = Number("+442079460888", "020 7946 0888")
    bench.store.commit(
        Change(contacts=(replace(stored, numbers=(typed, *stored.numbers)),)), bench.clock.now()
    )
    await bench.cockpit.undo.last()
    assert bench.store.contact(ann.id).numbers == (typed, *ann.numbers)


async def test_what_was_written_on_the_card_during_the_call_is_not_lost_with_the_outcome(bench):
    (ann, _) = bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 30)
    bench.clock.step(5)
    await bench.cockpit.call.answered()
    await bench.cockpit.people.edit(ann.id, {"role": "Head of buying"})
    bench.clock.step(40)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("gatekeeper")
    await bench.cockpit.outcome.set_field("who", "Pat Low")
    await bench.cockpit.outcome.save_form()
    after = bench.store.contact(ann.id)
    assert (after.role, after.remembered) == ("Head of buying", {"receptionist": "Pat Low"})


async def test_undoing_a_refusal_for_the_number_frees_everybody_on_it(bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    shared = replace(bo, numbers=ann.numbers)
    bench.store.commit(Change(contacts=(shared,)), bench.clock.now())
    await talked(bench, "Ann Rossi", "do_not_call", code="this number")
    never = bench.cockpit.do_not_call.entries
    assert never.refusal(ann)
    assert never.refusal(shared)
    assert next_step_of(bench.cockpit, bo.id).action == "do_not_call"
    await bench.cockpit.undo.last()
    assert not bench.cockpit.do_not_call.entries
    assert next_step_of(bench.cockpit, bo.id).action == "call"


async def test_lifting_the_number_lifts_the_refusal_of_who_asked_for_it(bench):
    ann, _ = bench.people("Ann Rossi", "Bo Lund")
    await talked(bench, "Ann Rossi", "do_not_call", code="this number")
    assert await bench.cockpit.do_not_call.lift_number(ann.numbers[0].e164, "wrote to us")
    assert bench.cockpit.do_not_call.entries.refusal(ann) is None
    assert next_step_of(bench.cockpit, ann.id).action != "do_not_call"
    (call,) = bench.store.calls(ann.id)
    assert call.lifted_at is not None


async def test_what_was_edited_after_a_hand_over_stays_when_it_is_taken_back(bench):
    ann, _ = bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.people.hand_over(ann.id, "Jo", "wants the export team", True)
    await bench.cockpit.people.edit(ann.id, {"role": "Head of buying"})
    await bench.cockpit.undo.last()
    after = bench.store.contact(ann.id)
    assert (after.owner, after.remembered, after.role) == ("", {}, "Head of buying")
    assert "role" in after.stamps
