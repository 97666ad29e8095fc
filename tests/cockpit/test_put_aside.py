"""A stored state that cannot be brought back is put aside with its notes, said, and the queue opens."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

import pytest

from tests.cockpit_bench import call_selected
from tui.cockpit.cockpit import NotOpened
from tui.cockpit.view import Phase
from tui.storage.protocol import Change, StoreError


async def talking(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    await bench.cockpit.talk.type_note("keep me")
    await bench.cockpit.talk.keep_note()
    await bench.cockpit.talk.type_note("half a no")
    bench.clock.step(1)
    await bench.cockpit.tick()
    await bench.cockpit.save()
    return bench


def spoil(bench, change):
    """What a later release, a hand or a failing disk makes of the running call."""
    running = deepcopy(dict(bench.store.state("running")))
    change(running["stack"][0])
    bench.store.commit(Change(state={"running": running}), bench.clock.now())


def another_phase(call):
    call["phase"] = "listening"


def no_start(call):
    del call["since"]


def an_unheard_note(call):
    call["changing"] = 7


@pytest.mark.parametrize("change", [another_phase, no_start, an_unheard_note])
async def test_the_queue_opens_and_the_notes_are_on_a_page_that_is_named(bench, change):
    spoil(await talking(bench), change)
    view = await bench.killed_and_started_again().open()
    assert (view.phase, view.clock) == (Phase.QUEUE, None)
    assert view.notice.text == (
        "The call with Ann Rossi could not be brought back. Its notes are in memory (see powerhour doctor)."
    )
    (page,) = bench.store.pages
    assert "Ann Rossi" in page
    assert "keep me" in page
    assert "half written: half a no" in page
    assert bench.store.sessions()[0].state == "abandoned"
    view = await bench.killed_and_started_again().open()
    assert view.notice is None
    assert len(bench.store.pages) == 1


async def test_a_choice_outside_its_choices_is_never_typed_into_a_form(bench):
    await talking(bench)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("nurture")
    view = await bench.cockpit.outcome.set_field("how", "they have a van already")
    assert {field.id: field.value for field in view.form.fields}["how"] == "e-mail"


async def test_a_choice_outside_its_choices_that_is_stored_is_put_aside(bench):
    await talking(bench)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("nurture")
    spoil(bench, lambda call: call["form"]["values"].update(how="they have a van already"))
    view = await bench.killed_and_started_again().open()
    assert view.phase is Phase.QUEUE
    assert "form.values.how is 'they have a van already'" in bench.store.pages[0]


async def test_one_call_left_open_that_is_spoiled_takes_no_other_with_it(bench):
    await talking(bench)
    bench.clock.step(timedelta(hours=20).total_seconds())
    await bench.killed_and_started_again().open()
    left = dict(bench.store.state("running")["stack"][0])
    open_calls = {"good": left, "bad": {**left, "phase": "listening"}}
    bench.store.commit(Change(state={"running": None, "left_open": open_calls}), bench.clock.now())
    view = await bench.killed_and_started_again().open()
    assert (view.phase, view.card.name) == (Phase.CALL_OVER, "Ann Rossi")
    assert len(bench.store.pages) == 1


async def test_a_habit_that_cannot_be_used_is_forgotten_and_who_works_here_stays_the_same(bench):
    await talking(bench)
    await bench.cockpit.outcome.choose("no_answer")
    rep = dict(bench.store.state("rep"))
    bench.store.commit(Change(state={"rep": {**rep, "id": 5, "minutes": "zz"}}), bench.clock.now())
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    assert cockpit._state.rep["id"] == rep["id"]
    assert "minutes" not in cockpit._state.rep


async def test_when_nothing_can_be_put_aside_nothing_is_written(bench):
    spoil(await talking(bench), another_phase)
    before = bench.store.state("running")

    def full(page, now):
        raise StoreError("cannot be kept (the disk is full)")

    bench.store.put_aside = full
    cockpit = bench.killed_and_started_again()
    with pytest.raises(NotOpened, match="the disk is full"):
        await cockpit.open()
    await cockpit.close()
    assert bench.store.state("running") == before


async def test_an_error_while_opening_leaves_what_is_stored(bench, monkeypatch):
    await talking(bench)
    before = bench.store.state("running")
    cockpit = bench.killed_and_started_again()
    monkeypatch.setattr(cockpit._state.ranking, "load", None)
    with pytest.raises(TypeError):
        await cockpit.open()
    await cockpit.close(crashed=True)
    assert bench.store.state("running") == before


async def test_after_two_failed_starts_nothing_comes_back_onto_the_desk(bench):
    await talking(bench)
    view = await bench.killed_and_started_again().open(distrust=True)
    assert view.phase is Phase.QUEUE
    assert "keep me" in bench.store.pages[0]
    assert "twice in a row" in bench.store.pages[0]


async def test_a_form_of_an_outcome_that_is_gone_leaves_the_outcomes_on_the_screen(bench):
    await talking(bench)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("nurture")
    spoil(bench, lambda call: call["form"].update(outcome="their own"))
    view = await bench.killed_and_started_again().open()
    assert (view.phase, view.card.name) == (Phase.CALL_OVER, "Ann Rossi")
    assert not bench.store.pages
