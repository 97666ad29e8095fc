"""Everybody whom a search, a filter or a list shows is changed at once, and one undo takes all of it back."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import MONDAY, call_selected, names
from tui.cockpit.possible import why_not
from tui.commands import Keys
from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Rep
from tui.domain.do_not_call import Entry, known_as
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.domain.shared.merge import merged
from tui.domain.shared.team import Team
from tui.storage.protocol import Change, NotSaved

PEOPLE = ("Ann Rossi", "Bo Lund", "Cy Park", "Dee Wu", "Eva Brandt")


@pytest.fixture
async def cockpit(bench):
    """Five people of the list autumn, who are found; Dee Wu asked not to be called."""
    people = bench.people(*PEOPLE)
    bench.people("Fay Osei", tags=("vip",))
    bench.store.commit(
        Change(contacts=(replace(bench.contact("Fay Osei"), lists=("fair",)),), origin="file"), MONDAY
    )
    dee = people[3]
    await bench.cockpit.open()
    refusal = Entry("d1", MONDAY, MONDAY.date(), contact_id=dee.id, why="they asked", who=known_as(dee))
    await bench.cockpit.do_not_call.add(refusal)
    await bench.cockpit.queue.filter("list:autumn")
    return bench.cockpit


async def ask(cockpit, key, *answers):
    """The question about everybody in view, answered."""
    await cockpit.many.ask()
    view = await cockpit.question.answer(key)
    for answer in answers:
        view = await cockpit.question.answer(answer)
    return view


def tags(bench):
    return {one.name: one.tags for one in bench.store.contacts() if one.tags}


async def test_the_question_says_how_many_and_who(cockpit):
    view = await cockpit.many.ask()
    assert (
        view.ask.title == "For 5 people: Ann Rossi, Bo Lund, Cy Park and 2 more. What do you want to change?"
    )


async def test_b75_what_would_change_is_shown_and_only_then_done(bench, cockpit):
    view = await ask(cockpit, "t", "vip, -cold")
    assert view.ask.title == (
        "5 people: Ann Rossi, Bo Lund, Cy Park and 2 more. 5 people change. Tags they get: vip. Tags they lose: cold."
    )
    assert tags(bench) == {"Fay Osei": ("vip",)}
    view = await cockpit.question.answer("y")
    assert view.saved.text == "Tags changed · 5 people"
    assert tags(bench) == dict.fromkeys((*PEOPLE, "Fay Osei"), ("vip",))


async def test_b75_one_undo_takes_all_of_it_back_and_leaves_what_was_edited_since(bench, cockpit):
    await ask(cockpit, "t", "vip", "y")
    ann = bench.contact("Ann Rossi")
    await cockpit.people.edit(ann.id, {"tags": "vip, fair", "role": "Buyer"})
    view = await cockpit.undo.last()
    assert view.notice.text == "Undone: 5 people are as before."
    assert tags(bench) == {"Ann Rossi": ("fair",), "Fay Osei": ("vip",)}
    assert bench.contact("Ann Rossi").role == "Buyer"


async def test_a_list_that_is_left_stays_left_when_a_colleagues_account_comes(bench, cockpit):
    theirs = {one.id: one for one in bench.store.contacts()}
    await ask(cockpit, "l", "spring, -autumn", "y")
    for one in bench.store.contacts():
        assert merged(one, theirs[one.id]).lists == merged(theirs[one.id], one).lists == one.lists
    assert {one.lists for one in bench.store.contacts()} == {("spring",), ("fair",)}


async def test_b75_who_is_put_off_comes_back_then_and_who_refused_never_does(bench, cockpit):
    view = await ask(cockpit, "s", "16:30")
    assert view.ask.title.endswith(
        "4 people are put off until today 16:30. 1 person is not called anyway, and left out."
    )
    view = await cockpit.question.answer("y")
    assert list(bench.cockpit._state.ranking.ready) == []
    bench.clock.step(3 * 3600)
    await cockpit.tick()
    view = await cockpit.queue.clear_filter()
    assert "Dee Wu" not in names(view.queue.ready)
    assert len(view.queue.ready) == 5
    view = await cockpit.undo.last()
    assert not cockpit._state.ranking.skips


async def test_a_hand_over_needs_somebody_of_the_team_and_a_note_and_the_promise_stays(bench, cockpit):
    cockpit._state.ranking.bounds.team = Team(Rep("me", "Sam"), (Rep("", "Kat Example"),))
    ann, promise = bench.contact("Ann Rossi"), Promise(MONDAY + timedelta(hours=2), "Europe/London")
    call = Call("k1", ann.id, MONDAY - timedelta(days=1), "promise", Category.PROMISE, promise=promise)
    bench.store.commit(Change(calls=(call,)), MONDAY)
    view = await ask(cockpit, "o", "Kit Exampel")
    assert view.ask.title == 'Nobody on the team is called "Kit Exampel". Did you mean Kat Example?'
    await cockpit.question.answer("kat example")
    view = await cockpit.question.answer("wants the export team")
    assert 'Your note: "wants the export team" Have all of them agreed?' in view.ask.title
    assert "1 promise stays yours until Kat Example has taken them over." in view.ask.title
    view = await cockpit.question.answer("y")
    assert view.saved.text == "Handed over · 5 people → Kat Example"
    given = bench.contact("Ann Rossi")
    assert (given.owner, given.owner_id) == ("Kat Example", "")
    assert "wants the export team" in given.remembered["handed over"]
    await cockpit.undo.last()
    assert {one.owner for one in bench.store.contacts()} == {""}
    assert not bench.contact("Ann Rossi").remembered


async def test_b75_a_promise_before_the_end_of_a_skip_stands_and_that_is_said(bench):
    ann, *_ = bench.people(*PEOPLE)
    promise = Promise(MONDAY + timedelta(hours=2), "Europe/London")
    call = Call("k1", ann.id, MONDAY - timedelta(days=1), "promise", Category.PROMISE, promise=promise)
    bench.store.commit(Change(calls=(call,)), MONDAY)
    await bench.cockpit.open()
    await bench.cockpit.queue.filter("list:autumn")
    view = await ask(bench.cockpit, "s", "fri 10:00")
    assert "1 promise before then stands." in view.ask.title
    await bench.cockpit.question.answer("y")
    view = await bench.cockpit.queue.clear_filter()
    assert names(view.queue.later) == ["Ann Rossi"]
    assert len(view.queue.ready) == 0


async def test_who_is_in_an_open_call_is_not_put_off_and_keeps_their_call(bench, cockpit):
    await cockpit.queue.select(bench.contact("Ann Rossi").id)
    await call_selected(cockpit, 30)
    bench.clock.step(5)
    await cockpit.call.answered()
    view = await ask(cockpit, "s", "16:30")
    assert "1 person is in an open call, and left out." in view.ask.title
    await cockpit.question.answer("y")
    view = await ask(cockpit, "t", "vip", "y")
    assert cockpit._state.in_hand.contact.tags == ("vip",)
    await cockpit.call.over()
    await cockpit.outcome.choose("no_answer")
    assert bench.contact("Ann Rossi").tags == ("vip",)


async def test_whoever_leaves_the_list_in_view_leaves_the_view(bench, cockpit):
    await cockpit.queue.clear_filter()
    await cockpit.queue.show_list("autumn")
    view = await ask(cockpit, "l", "-autumn, spring", "y")
    assert (view.queue.people, list(view.queue.ready)) == (0, [])
    view = await cockpit.undo.last()
    assert view.queue.people == 5


async def test_nothing_happens_when_it_cannot_be_saved(bench, cockpit, monkeypatch):
    def full(*_):
        raise NotSaved("No room is left.")

    before = list(bench.store.contacts())
    await ask(cockpit, "t", "vip")
    monkeypatch.setattr(bench.store, "commit", full)
    await cockpit.question.answer("y")
    await ask(cockpit, "s", "16:30", "y")
    monkeypatch.undo()
    assert list(bench.store.contacts()) == before
    assert not cockpit._state.ranking.skips
    view = await cockpit.undo.last()
    assert view.notice.text == "Nothing to undo in this session"


async def test_without_anybody_found_nothing_is_asked(cockpit):
    await cockpit.queue.filter("zebra")
    view = await cockpit.many.ask()
    assert (view.ask, view.notice.text) == (None, "Nobody is in view.")
    view = await cockpit.queue.clear_filter()
    said = why_not("queue.many", view, "", Keys().shown)
    assert said == "Find people first: /. Then this changes everybody who is found."


async def test_nobody_real_comes_on_the_list_of_the_demo_people(bench, cockpit):
    await ask(cockpit, "l", "demo", "y")
    await cockpit.people.edit(bench.contact("Fay Osei").id, {"lists": "fair, demo"})
    assert bench.contact("Ann Rossi").lists == ("autumn", "demo (imported)")
    assert bench.contact("Fay Osei").lists == ("fair", "demo (imported)")


@pytest.mark.slow
async def test_the_screen_has_its_turn_while_many_are_changed(bench):
    """No part of the work holds the loop up: it comes round many times meanwhile."""
    many = tuple(
        Contact(f"p{n:04}", name=f"Jo{n} Lee{n}", lists=("autumn",), numbers=(Number(f"+4420794{n:05}"),))
        for n in range(2_000)
    )
    bench.store.commit(Change(contacts=many, origin="file"), MONDAY)
    await bench.cockpit.open()
    await bench.cockpit.queue.filter("list:autumn")
    turns, over = 0, asyncio.Event()

    async def count():
        nonlocal turns
        while not over.is_set():
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    await ask(bench.cockpit, "t", "vip", "y")
    over.set()
    await counting
    assert all(one.tags == ("vip",) for one in bench.store.contacts())
    assert turns > 2_000 / 100
