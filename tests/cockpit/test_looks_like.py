"""Whoever looks like somebody who refused is asked about: when they are added, on the queue and on the card."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import Bench, call_selected, names
from tui.cockpit.wording.answers import SKIP_REASONS
from tui.domain.contact import Contact, Number
from tui.domain.do_not_call import DoNotCallList, Entry, known_as
from tui.domain.may_call import MayCall
from tui.storage.protocol import Change, NotSaved

TWIN = {"name": "Dr Ada Quill", "company": "Quill Limited", "number": "020 7946 0188"}
NUMBER = "+442079460188"


async def refused() -> Bench:
    """Ada Quill asked not to be called, and is no longer in the list; Bo Lund is."""
    bench = Bench()
    ada, _ = bench.people("Ada Quill", "Bo Lund")
    now = bench.clock.now()
    entry = Entry(
        "said", now, now.date(), why="asked us", contact_id=ada.id, name="Ada Quill", who=known_as(ada)
    )
    bench.store.commit(Change(removed=(ada.id,), do_not_call=(entry,)), now)
    await bench.cockpit.open()
    assert names(bench.cockpit.view.queue.ready) == ["Bo Lund"]
    return bench


def twin_of(bench: Bench) -> Contact:
    return bench.contact("Dr Ada Quill")


async def test_a_person_added_under_another_spelling_is_asked_about_at_once():
    bench = await refused()
    view = await bench.cockpit.people.add(TWIN)
    assert view.ask.title == "Dr Ada Quill looks like Ada Quill, who asked not to be called. Same person?"
    assert [key for key, _ in view.ask.choices] == ["y", "n"]
    view = await bench.cockpit.question.leave()
    assert names(view.queue.ready) == ["Bo Lund"]
    assert names(view.queue.held) == ["Dr Ada Quill"]
    assert view.queue.held[0].why.startswith("Looks like Ada Quill")


@pytest.mark.parametrize("key", ["y", "n"])
async def test_the_answer_is_kept_with_who_gave_it_and_when(key):
    bench = await refused()
    await bench.cockpit.people.add(TWIN)
    view = await bench.cockpit.question.answer(key)
    ready = ["Bo Lund", "Dr Ada Quill"] if key == "n" else ["Bo Lund"]
    assert sorted(names(view.queue.ready)) == ready
    (said,) = [entry for entry in bench.store.do_not_call() if entry.contact_id == twin_of(bench).id]
    assert (said.kind, said.at) == ("addition" if key == "y" else "other_person", bench.clock.now())
    assert said.rep
    reopened = bench.killed_and_started_again()
    view = await reopened.open()
    assert sorted(names(reopened.view.queue.ready)) == ready


async def test_b53_enter_asks_and_nobody_is_called_before_the_answer():
    bench = await refused()
    await bench.cockpit.people.add(TWIN)
    await bench.cockpit.question.leave()
    twin = twin_of(bench)
    await bench.cockpit.queue.show_held(True)
    view = await bench.cockpit.queue.select(twin.id)
    assert view.queue.enter.words == "say whether Dr Ada Quill is Ada Quill"
    view = await bench.cockpit.queue.enter(view.queue.enter)
    assert view.ask.id == f"same:{twin.id}"
    assert bench.dialer.dialled == []
    await bench.cockpit.question.answer("n")
    await call_selected(bench.cockpit, 15)
    await bench.cockpit.queue.call_person(twin.id)
    assert NUMBER in bench.dialer.dialled or bench.cockpit.view.notice


async def test_the_card_asks_at_every_way_to_the_phone():
    bench = await refused()
    await bench.cockpit.people.add(TWIN)
    await bench.cockpit.question.leave()
    view = await bench.cockpit.queue.call_person(twin_of(bench).id, 15)
    assert view.card.blocked.startswith("Looks like Ada Quill")
    assert view.card.dials == "say whether Dr Ada Quill is who asked not to be called"
    assert view.ask.id.startswith("same:")
    await bench.cockpit.question.leave()
    for act in (bench.cockpit.call.dial, lambda: bench.cockpit.call.dial_by_hand("020 7946 0199")):
        view = await act()
        assert view.ask.id.startswith("same:")
    assert bench.dialer.dialled == []
    view = await bench.cockpit.question.answer("n")
    assert (view.card.blocked, view.card.dials) == ("", "call Dr Ada Quill")
    await bench.cockpit.call.dial()
    assert bench.dialer.dialled == [NUMBER]


async def test_who_is_somebody_else_stays_so_when_another_is_said_to_be_the_same():
    bench = await refused()
    await bench.cockpit.people.add(TWIN)
    await bench.cockpit.question.answer("n")
    await bench.cockpit.people.add({"name": "Frau Ada Quill", "company": "Quill GmbH"})
    view = await bench.cockpit.question.answer("y")
    assert view.notice.text == "Nobody calls Frau Ada Quill any more · u undo"
    assert "Dr Ada Quill" in names(view.queue.ready)


async def test_yes_on_the_card_refuses():
    bench = await refused()
    await bench.cockpit.people.add(TWIN)
    await bench.cockpit.question.leave()
    await bench.cockpit.queue.call_person(twin_of(bench).id, 15)
    view = await bench.cockpit.question.answer("y")
    assert view.card.dials == "say why nobody calls Dr Ada Quill"
    assert "the same person as Ada Quill" in view.card.blocked


def test_an_old_addition_knows_the_person_while_their_record_is_there_and_nothing_after():
    bench = Bench()
    (ada,) = bench.people("Ada Quill")
    now = bench.clock.now()
    old = Entry("said", now, now.date(), contact_id=ada.id)
    twin = Contact("new", created_at=now + timedelta(1), name="Ada Quill", company="Quill Ltd")
    switch = replace(twin, name="", numbers=(Number(ada.numbers[0].e164),))
    there = MayCall(DoNotCallList([old]), known=bench.store.contact)
    assert there.why_not(twin).code == there.why_not(switch).code == "looks_like"
    gone = MayCall(DoNotCallList([old]))
    assert gone.why_not(twin) is None
    assert gone.why_not(switch) is None


def test_another_refusal_after_the_answer_is_asked_about_again():
    bench = Bench()
    (ada,) = bench.people("Ada Quill")
    now = bench.clock.now()
    first = Entry("one", now, now.date(), contact_id=ada.id, who=known_as(ada))
    answer = Entry("no", now, now.date(), "other_person", contact_id="new", lifts=("one",))
    twin = Contact("new", name="Ada Quill", company="Quill Ltd")
    assert MayCall(DoNotCallList([first, answer])).why_not(twin) is None
    assert (
        MayCall(DoNotCallList([first, answer, replace(first, id="two")])).why_not(twin).code == "looks_like"
    )
    undone = replace(answer, voided_at=now)
    assert MayCall(DoNotCallList([first, undone])).why_not(twin).code == "looks_like"


def full(change, now):
    raise NotSaved("the disk is full")


@pytest.mark.parametrize("key", ["y", "n"])
async def test_b53_undo_takes_an_answer_back_and_asks_again(key):
    bench = await refused()
    await bench.cockpit.people.add(TWIN)
    await bench.cockpit.question.answer(key)
    twin = twin_of(bench)
    for other in ("n", "y"):
        view = await bench.cockpit.undo.last()
        assert view.notice.text == "Undone. You are asked again whether Dr Ada Quill is Ada Quill."
        assert view.ask.id == f"same:{twin.id}"
        assert "Dr Ada Quill" not in names(view.queue.ready)
        assert bench.cockpit._state.ranking.bounds.may_call.why_not(twin).code == "looks_like"
        view = await bench.cockpit.question.answer(other)
        assert ("Dr Ada Quill" in names(view.queue.ready)) is (other == "n")
    await bench.cockpit.undo.last()
    reopened = bench.killed_and_started_again()
    view = await reopened.open()
    assert "Dr Ada Quill" not in names(reopened.view.queue.ready)


async def test_undo_takes_things_back_in_their_order_with_an_answer_between():
    bench = await refused()
    await bench.cockpit.people.add(TWIN)
    await bench.cockpit.question.answer("n")
    bo = bench.contact("Bo Lund")
    await bench.cockpit.people.put_off(bo.id, next(iter(dict(SKIP_REASONS))))
    view = await bench.cockpit.undo.last()
    assert "Bo Lund" in view.notice.text
    view = await bench.cockpit.undo.last()
    assert view.ask.id == f"same:{twin_of(bench).id}"
    view = await bench.cockpit.undo.last()
    assert view.notice.text == "Nothing to undo in this session"


async def test_an_answer_that_could_not_be_taken_back_stands():
    bench = await refused()
    await bench.cockpit.people.add(TWIN)
    await bench.cockpit.question.answer("y")
    bench.store.commit = full
    view = await bench.cockpit.undo.last()
    assert view.ask is None
    assert bench.cockpit._state.ranking.bounds.may_call.why_not(twin_of(bench)).code == "refused"
    assert view.notice.text != "Undone. You are asked again whether Dr Ada Quill is Ada Quill."
