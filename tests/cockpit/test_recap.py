"""The recap in whole sentences, through the cockpit: each says what the records say, and none says nought."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.practice_bench import past
from tui.cockpit.view import Phase
from tui.domain.call import Call, Dial
from tui.domain.contact import DEMO_LIST
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.storage.protocol import Change

ZEROS = re.compile(r"\b0 |likely|%")
"""What stands in a report and never in a recap."""


def said(view):
    """Label and lines of the recap, and its sentences under an empty label."""
    found = dict(view.recap.sections)
    assert not ZEROS.search(repr(view.recap.sections)), view.recap.sections
    return found


async def call(bench, name, outcome, seconds=0, **fields):
    """Call somebody by name; they answer when there are seconds to talk."""
    cockpit = bench.cockpit
    await cockpit.session.to_queue()
    await cockpit.queue.select(bench.contact(name).id)
    view = await call_selected(cockpit, 15)
    while view.ask:
        view = await cockpit.question.answer(view.ask.default or "y")
    bench.clock.step(5)
    if seconds:
        await cockpit.call.answered()
        bench.clock.step(seconds)
        if note := fields.pop("note", ""):
            await cockpit.talk.type_note(note)
            await cockpit.talk.keep_note()
        await cockpit.call.over()
    view = await cockpit.outcome.choose(outcome)
    for name, value in fields.items():
        await cockpit.outcome.set_field(name, value)
    view = await cockpit.outcome.save_form() if view.form else view
    assert view.phase is not Phase.FORM, view.form


def last_week(bench, talked, people):
    """So many people called last Wednesday, and so many of them talked with."""
    bench.people(*(f"Past P{place}" for place in range(people)))
    at = bench.clock.now() - timedelta(days=5)
    calls = []
    for place in range(people):
        is_ = Category.NURTURE if place < talked else Category.NO_ANSWER
        number = f"+4420794602{place:02}"
        one = bench.contact(f"Past P{place}")
        calls.append(Call(uuid7(at), one.id, at, str(is_), is_, dials=(Dial(number, at),)))
    bench.store.commit(Change(calls=tuple(calls)), bench.clock.now())


async def test_next_steps_promises_to_dos_and_tomorrow_with_day_and_time(bench):
    bench.people("Ann Rossi", "Bo Lund", "Cy Park", "Dee Wu", "Eva Brandt")
    await bench.cockpit.open()
    await call(bench, "Ann Rossi", "promise", 60, when="fri 3pm", about="after the board meets")
    await call(bench, "Bo Lund", "win", 60, when="tomorrow 10:00", note="two vans")
    await call(bench, "Cy Park", "promise", 60, when="tomorrow 9:30")
    await call(bench, "Dee Wu", "email_asked", 60)
    await call(bench, "Eva Brandt", "voicemail")
    found = said(await bench.cockpit.session.show_recap())
    assert found == {
        "Good to hear": ('Bo Lund said yes: "two vans".',),
        "Next steps": (
            'Ann Rossi: you call Fri 15:00, "after the board meets"',
            "Bo Lund: meeting tomorrow 10:00",
            "Cy Park: you call tomorrow 09:30",
        ),
        "You promised": ("2 calls: they come up in your queue when due",),
        "To do": ("Dee Wu: The e-mail, by today",),
        "Tomorrow": ("Cy Park at 09:30",),
        "": ("You talked with 4 of 5 people.",),
    }


async def test_a_promise_that_a_later_talk_took_back_is_no_next_step(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call(bench, "Ann Rossi", "promise", 60, when="fri 3pm")
    await call(bench, "Ann Rossi", "nurture", 60)
    found = said(await bench.cockpit.session.show_recap())
    assert not {"Next steps", "You promised", "Tomorrow"} & set(found)


async def test_an_undone_call_is_in_no_line_and_the_recap_is_read_again(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call(bench, "Ann Rossi", "promise", 60, when="tomorrow 9:30")
    assert "Tomorrow" in said(await bench.cockpit.session.show_recap())
    await bench.cockpit.undo.last()
    await bench.cockpit.outcome.leave_form()
    await bench.cockpit.outcome.choose("voicemail")
    view = await bench.cockpit.session.show_recap()
    assert set(said(view)) == {""}
    assert said(view)[""][0].startswith("Nobody you called answered this time: 1 voicemail left;")


@pytest.mark.parametrize(
    ("talked", "people", "words"),
    [
        (3, 18, "; last week it was 1 in 6."),
        (3, 17, "; last week it was about 1 in 6."),
        (7, 10, "; last week it was 7 of 10."),
        (3, 9, "."),
        (0, 12, "."),
    ],
)
async def test_how_many_talked_stands_beside_last_week_where_enough_people_were_called(
    bench, talked, people, words
):
    last_week(bench, talked, people)
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call(bench, "Ann Rossi", "talked", 60)
    await call(bench, "Bo Lund", "no_answer")
    found = said(await bench.cockpit.session.show_recap())
    assert found[""][0] == f"You talked with 1 of 2 people{words}"


async def test_without_a_talk_it_says_what_was_left_and_who_is_called_again(bench):
    bench.people("Ann Rossi", "Bo Lund", "Cy Park")
    await bench.cockpit.open()
    empty = said(await bench.cockpit.session.show_recap())
    assert empty == {"": ("No calls this time.",)}
    await call(bench, "Ann Rossi", "no_answer")
    await call(bench, "Bo Lund", "voicemail")
    found = said(await bench.cockpit.session.show_recap())
    assert found == {
        "": ("Nobody you called answered this time: 1 voicemail left; 2 people are called again tomorrow.",)
    }
    tomorrow = bench.clock.now().date() + timedelta(days=1)
    due = [bench.cockpit._state.ranking.step(bench.contact(one).id).due for one in ("Ann Rossi", "Bo Lund")]
    assert [at.date() for at in due] == [tomorrow] * 2
    await call(bench, "Cy Park", "gatekeeper", 20)
    found = said(await bench.cockpit.session.show_recap())
    assert found[""][0].startswith("1 person answered, and no talk came of it this time; ")


async def test_a_talk_too_short_to_count_is_a_brief_one_and_not_nobody(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call(bench, "Ann Rossi", "promise", 9, when="tomorrow 9:30")
    found = said(await bench.cockpit.session.show_recap())
    assert found[""] == ("You talked briefly with 1 person.",)
    assert found["Next steps"] == ("Ann Rossi: you call tomorrow 09:30",)


async def test_before_a_weekend_the_promises_of_monday_are_said(bench):
    ann, bo, _ = bench.people("Ann Rossi", "Bo Lund", "Cy Park")
    bench.clock.step(days=4)
    for one, hours in ((ann, 72), (bo, 71)):
        promise = Promise(bench.clock.now() + timedelta(hours=hours), "Europe/London")
        past(bench, one, "promise", Category.PROMISE, 0.1, promise=promise)
    await bench.cockpit.open()
    found = said(await bench.cockpit.session.show_recap())
    assert found["On Monday"] == ("2 promises, the first at 13:01: Bo Lund",)


async def test_b73_the_one_thing_to_try_is_the_last_sentence_and_demo_people_say_nothing(bench):
    people = bench.people(*(f"Ann {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    for place, one in enumerate(people):
        past(bench, one, "talked", Category.CONVERSATION, 1 + place / 100)
    await bench.cockpit.open()
    view = await bench.cockpit.session.show_recap()
    assert said(view)[""][-1] == (
        "One thing to try: Your last 20 talks ended without a day for the next one. Ask for one before you say"
        " goodbye."
    )


async def test_demo_people_give_no_advice(make_bench):
    bench = make_bench()
    people = bench.people(*(f"Ann {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    changed = [replace(one, lists=(DEMO_LIST,)) for one in people]
    bench.store.commit(Change(contacts=tuple(changed), origin="file"), bench.clock.now())
    for one in people:
        past(bench, one, "talked", Category.CONVERSATION, 30)
    await bench.cockpit.open()
    assert said(await bench.cockpit.session.show_recap()) == {"": ("No calls this time.",)}


async def time_is_up(bench, *names):
    """Five minutes are over, in which the first of these people was called."""
    bench.people(*names)
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    bench.clock.step(5)
    view = await bench.cockpit.outcome.choose("no_answer")
    while view.phase is not Phase.RECAP:
        bench.clock.step(5)
        view = await bench.cockpit.tick()
    return view


async def test_once_more_ends_the_session_and_begins_one_of_as_many_minutes(bench):
    view = await time_is_up(bench, "Ann Rossi", "Bo Lund", "Cy Park")
    assert (view.recap.title, view.recap.running, view.recap.once_more) == ("5 minutes, done", False, 5)
    view = await bench.cockpit.session.once_more()
    assert (view.phase, view.clock.left_s, view.card.name) == (Phase.READY, 300, "Bo Lund")
    ended, fresh = bench.store.sessions()
    assert (ended.state, fresh.state, fresh.planned_s, fresh.goal) == ("ended", "running", 300, ended.goal)
    assert {one.session_id for one in bench.store.calls()} == {ended.id}


async def test_with_nobody_left_no_session_is_offered_or_begun(bench):
    view = await time_is_up(bench, "Ann Rossi")
    assert (view.recap.running, view.recap.once_more) == (False, 0)
    view = await bench.cockpit.session.once_more()
    assert view.phase is Phase.QUEUE
    assert [one.state for one in bench.store.sessions()] == ["ended"]


async def test_with_time_left_the_recap_says_so_and_offers_nothing_more(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call(bench, "Ann Rossi", "no_answer")
    view = await bench.cockpit.session.show_recap()
    assert (view.recap.title, view.recap.running, view.recap.once_more) == ("Your session so far", True, 0)


async def test_what_stands_round_a_recap_is_read_once_and_again_when_it_is_next_seen(bench, monkeypatch):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call(bench, "Ann Rossi", "no_answer")
    asked, whole = [], bench.store.calls
    monkeypatch.setattr(
        bench.store, "calls", lambda *args, **more: asked.append(args) or whole(*args, **more)
    )
    await bench.cockpit.session.show_recap()
    read = len([args for args in asked if not args])
    for _ in range(5):
        bench.clock.step(1)
        await bench.cockpit.tick()
    assert len([args for args in asked if not args]) == read == 1
    await bench.cockpit.session.leave_recap()
    await bench.cockpit.session.show_recap()
    assert len([args for args in asked if not args]) == 2
