"""Notes of the call in hand: kept ones can be changed and taken out, at their time, as long as nothing is saved."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import call_selected
from tests.practice_bench import talk_to
from tui.cockpit.view import Phase


async def talking_with_notes(bench, *texts):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(3)
    view = await cockpit.call.answered()
    for text in texts:
        await cockpit.talk.type_note(text)
        view = await cockpit.talk.keep_note()
        bench.clock.step(minutes=1)
    return view


def words(view):
    return [(note.at, note.text) for note in view.notes]


async def test_a_kept_note_comes_back_onto_the_line_and_stays_at_its_time(bench):
    kept = await talking_with_notes(bench, "two vans", "depot in Leads")
    view = await bench.cockpit.talk.change_note(-1)
    assert (view.draft, view.changing) == ("depot in Leads", 1)
    await bench.cockpit.talk.type_note("depot in Leeds")
    view = await bench.cockpit.talk.keep_note()
    assert (view.draft, view.changing) == ("", None)
    assert words(view) == [words(kept)[0], (words(kept)[1][0], "depot in Leeds")]


async def test_of_several_notes_each_can_be_reached_and_what_is_typed_on_the_way_is_kept(bench):
    await talking_with_notes(bench, "one", "two", "three")
    await bench.cockpit.talk.change_note(-1)
    await bench.cockpit.talk.type_note("three!")
    await bench.cockpit.talk.change_note(-1)
    view = await bench.cockpit.talk.change_note(-1)
    assert (view.draft, view.changing) == ("one", 0)
    view = await bench.cockpit.talk.change_note(-1)
    assert view.changing == 0
    await bench.cockpit.talk.type_note("one!")
    await bench.cockpit.talk.change_note(1)
    await bench.cockpit.talk.change_note(1)
    view = await bench.cockpit.talk.change_note(1)
    assert (view.draft, view.changing) == ("", None)
    assert [note.text for note in view.notes] == ["one!", "two", "three!"]


async def test_an_emptied_note_is_taken_out_and_is_not_in_the_record(bench):
    await talking_with_notes(bench, "one", "a slip", "three")
    await bench.cockpit.talk.change_note(-1)
    await bench.cockpit.talk.change_note(-1)
    await bench.cockpit.talk.type_note("")
    view = await bench.cockpit.talk.keep_note()
    assert [note.text for note in view.notes] == ["one", "three"]
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    (call,) = bench.store.calls()
    assert [note.text for note in call.notes] == ["one", "three"]


async def test_a_half_typed_new_note_is_never_overwritten(bench):
    await talking_with_notes(bench, "one")
    await bench.cockpit.talk.type_note("half of")
    view = await bench.cockpit.talk.change_note(-1)
    assert (view.draft, view.changing) == ("half of", None)
    assert "Enter" in view.notice.text


async def test_the_call_ends_while_a_note_is_being_changed_and_nothing_is_lost_or_doubled(bench):
    await talking_with_notes(bench, "one", "two")
    await bench.cockpit.talk.change_note(-1)
    await bench.cockpit.talk.type_note("two, not three")
    view = await bench.cockpit.call.over()
    assert [note.text for note in view.notes] == ["one", "two, not three"]
    assert view.draft == ""


async def test_a_line_emptied_but_not_kept_leaves_the_note_as_it_was(bench):
    await talking_with_notes(bench, "one")
    await bench.cockpit.talk.change_note(-1)
    await bench.cockpit.talk.type_note("")
    view = await bench.cockpit.call.over()
    assert [note.text for note in view.notes] == ["one"]


async def test_killed_while_a_note_is_being_changed_the_change_goes_on(bench):
    await talking_with_notes(bench, "one", "two")
    await bench.cockpit.talk.change_note(-1)
    await bench.cockpit.talk.type_note("two, not")
    await bench.cockpit.tick()
    cockpit = bench.killed_and_started_again()
    view = await cockpit.open()
    assert (view.draft, view.changing) == ("two, not", 1)
    view = await cockpit.talk.keep_note()
    assert [note.text for note in view.notes] == ["one", "two, not"]


async def test_a_caller_in_between_leaves_the_change_where_it_was(bench):
    await talking_with_notes(bench, "one", "two")
    await bench.cockpit.talk.change_note(-1)
    await bench.cockpit.talk.type_note("two!")
    await bench.cockpit.incoming.open_look_up()
    await bench.cockpit.callers.choose(bench.contact("Bo Lund").id)
    await bench.cockpit.talk.type_note("they ask for a price")
    view = await bench.cockpit.talk.change_note(-1)
    assert view.changing is None
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    view = await bench.cockpit.outcome.save_form()
    assert (view.card.name, view.draft, view.changing) == ("Ann Rossi", "two!", 1)


async def test_after_the_call_notes_can_be_changed_taken_out_and_added(bench):
    await talking_with_notes(bench, "one", "two", "three")
    await bench.cockpit.talk.type_note("half")
    view = await bench.cockpit.call.over()
    view = await bench.cockpit.talk.set_notes(view.call_id, ["one", "", "three!"], "half of it")
    assert [note.text for note in view.notes] == ["one", "three!", "half of it"]
    assert (view.draft, view.phase) == ("", Phase.CALL_OVER)


async def test_a_call_nobody_answered_can_have_a_note_too(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    view = await bench.cockpit.call.over()
    await bench.cockpit.talk.set_notes(view.call_id, [], "the number is the warehouse")
    await bench.cockpit.outcome.choose("no_answer")
    assert [note.text for note in bench.store.calls()[0].notes] == ["the number is the warehouse"]


async def test_notes_of_another_call_are_never_written(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    view = await talk_to(bench, "Ann Rossi")
    first = view.call_id
    await bench.cockpit.callers.choose(bench.contact("Bo Lund").id)
    await bench.cockpit.call.over()
    view = await bench.cockpit.talk.set_notes(first, [], "about Ann")
    assert view.card.name == "Bo Lund"
    assert view.notes == ()
    assert view.notice.tone == "warn"


@pytest.mark.parametrize("better", ["Jo Marsh", ""])
async def test_an_answer_given_by_a_note_follows_its_correction(bench, better):
    """The note answered the script's open question: the record must not say both."""
    view = await talking_with_notes(bench)
    while view.script.kind != "ask" and not view.script.at_end:
        view = await bench.cockpit.talk.step_on()
    await bench.cockpit.talk.type_note("Jo March")
    await bench.cockpit.talk.keep_note()
    await bench.cockpit.talk.change_note(-1)
    await bench.cockpit.talk.type_note(better)
    await bench.cockpit.talk.keep_note()
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    await bench.cockpit.outcome.save_form()
    (call,) = bench.store.calls()
    said = " ".join((*call.answers.values(), *(note.text for note in call.notes)))
    assert "Jo March" not in said
    assert ("Jo Marsh" in said) is bool(better)
