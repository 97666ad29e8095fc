"""Why somebody is held, the why page, the menu, the form and the queue name one next call, and it is to come."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.cockpit_bench import MONDAY, Bench, call_selected
from tests.costly import costly
from tests.practice.test_every_dial import a_history, a_person
from tests.practice_bench import call_anyway, past
from tui.cockpit.view import Phase
from tui.cockpit.wording import outcomes
from tui.domain.contact import Number
from tui.domain.day_words import in_days, moment
from tui.domain.outcome import Category
from tui.domain.window import is_open
from tui.storage.protocol import Change

pytestmark = pytest.mark.slow

NOW = "Can be called now."


def row_of(view, contact_id):
    rows = [*view.queue.ready, *view.queue.later, *view.queue.held]
    return next(row for row in rows if row.contact_id == contact_id)


@pytest.mark.parametrize(
    ("is_", "said"),
    [(None, "First call: tomorrow morning"), (Category.NO_ANSWER, "Again: tomorrow morning")],
    ids=["never called", "follow-up due this morning"],
)
async def test_after_hours_the_next_opening_is_named(bench, is_, said):
    ann = bench.people("Ann Rossi")[0]
    if is_:
        past(bench, ann, "no_answer", is_, 1)
    bench.clock.step(hours=8, minutes=49)  # 22:50
    view = await bench.cockpit.open()
    assert row_of(view, ann.id).why == said
    lines = bench.cockpit.card.explain(ann.id)
    assert f"Next call: {said.split(': ')[1]}." in lines
    assert NOW not in lines
    assert any("They open Tue 24 Nov 09:00" in line for line in lines)


async def test_somebody_put_off_cannot_be_called_now(bench):
    ann = bench.people("Ann Rossi", "Bo Lund")[0]
    await bench.cockpit.open()
    await bench.cockpit.people.skip(ann.id)
    await bench.cockpit.question.answer("1")
    lines = bench.cockpit.card.explain(ann.id)
    assert "Put off until tomorrow: not the right moment for them." in lines
    assert NOW not in lines


# -- any moment ----------------------------------------------------------------------------------------


async def look(seed):
    chance, bench = Random(seed), Bench()
    people = [a_person(chance, bench, place) for place in range(3)]
    bench.store.commit(Change(contacts=tuple(people)), bench.clock.now())
    for person in people:
        a_history(chance, bench, person)
    await bench.cockpit.open()
    for _ in range(3):
        bench.clock.step(minutes=chance.randint(1, 4000))
        view = await bench.cockpit.tick()
        for person in people:
            agrees(bench, view, person)


def agrees(bench, view, person):
    state, now = bench.cockpit._state, bench.clock.now()
    lines, ready = (
        bench.cockpit.card.explain(person.id),
        person.id in [row.contact_id for row in view.queue.ready],
    )
    said, why = " ".join(lines), row_of(view, person.id).why
    opens, held = state.ranking.opens(person.id, now), state.ranking.held_because(person.id)
    assert (NOW in lines) == ready, (why, lines)
    if ready:
        assert "outside calling hours" not in said
        assert "outside the hours of the law" not in said
    if opens is not None and not held and not ready:
        assert opens > now
        named = outcomes.next_call(state.step(person), state.clocks(person), opens)
        assert f"Next call: {named}." in lines
        if person.id in [row.contact_id for row in view.queue.held] and state.step(person).kind != "promise":
            assert why.endswith(named)
        at_opening(bench, person, opens)


def at_opening(bench, person, opens):
    """At the moment that was named, the queue would offer them: the hours of the house and of the law are open."""
    state = bench.cockpit._state
    item = state.ranking._item_of(person.id, state.step(person))
    assert is_open(state.settings.policy.hours, zones := item.zones_at(opens), opens) or not zones
    assert all(is_open(hours, item.places, opens) for hours in item.law)
    assert state.ranking.opens(person.id, opens) == opens


@costly
@given(st.integers(0, 1 << 30))
def test_why_held_the_why_page_and_the_queue_agree_at_any_moment(seed):
    asyncio.run(look(seed))


# -- menu, form, record ----------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [0, 3.5, 20, 68])
@pytest.mark.parametrize("outcome", ["no_answer", "voicemail", "talked", "win", "nurture"])
async def test_what_the_menu_promises_is_what_is_stored_and_what_the_queue_shows(bench, outcome, hours):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "no_answer", Category.NO_ANSWER, 2)
    bench.clock.step(hours=hours)
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_anyway(bench.cockpit)
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    bench.clock.step(minutes=25)
    view = await bench.cockpit.call.over()
    row = next(row for row in view.outcomes if row.id == outcome)
    view = await bench.cockpit.outcome.choose(outcome)
    form = view.form.fields[0].preview if view.form else ()
    await bench.cockpit.outcome.save_form()
    state = bench.cockpit._state
    step, clocks = state.step(ann), state.clocks(ann)
    stored = state.store.next_steps(state.ranking.policy_hash)[ann.id]
    assert stored.due == step.due
    then = outcomes.again(step, clocks, state.ranking.opens(ann.id, state.now, step))
    assert then in row.effect or outcome in ("win", "nurture")
    if outcome == "talked":
        assert form == (f"Did not ask: {then}",)
    if outcome == "win":
        assert row.effect == f"a friendly call {moment(step.due, clocks, 'day')}"
    if outcome == "nurture":
        days = (step.valid_until.date() - clocks.now.date()).days
        assert row.effect == f"no call for {days} days; by e-mail instead"
    if step.action == "call":
        why = row_of(bench.cockpit.view, ann.id).why
        assert why.removeprefix("Again: ") == then.removeprefix("again ")


async def test_a_wait_of_the_teams_own_after_a_win_is_the_one_that_is_promised(make_bench, bench):
    policy = replace(bench.settings.policy, after={"win": timedelta(days=10)})
    bench = make_bench(replace(bench.settings, policy=policy))
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    view = await bench.cockpit.call.over()
    assert next(row.effect for row in view.outcomes if row.id == "win") == "a friendly call Thu 3 Dec"


# -- clocks that went back, and keys that do nothing --------------------------------------------------------


async def test_a_clock_that_went_back_is_no_time_ago(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(minutes=-1)
    view = await bench.killed_and_started_again().open()
    assert view.notice.text == "Back where you left off with Ann."


def test_a_day_that_is_past_is_so_many_days_ago():
    day = MONDAY.date()
    said = [in_days(day + timedelta(days=away), day) for away in (-3, -1, 0, 1, 3)]
    assert said == ["3 days ago", "yesterday", "today", "tomorrow", "in 3 days"]


async def test_no_key_is_named_that_does_nothing_there(bench):
    ann = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert view.phase is Phase.QUEUE
    assert view.notice.text == "Nobody else can be called now. e shows what this session brought."
    bench.store.commit(
        Change(contacts=(replace(ann, numbers=(Number("", "?", "office"),)),)), bench.clock.now()
    )
    await bench.cockpit.callers.choose(ann.id, "rossi")
    bench.clock.step(2)
    await bench.cockpit.call.over()
    view = await bench.cockpit.call.call_again()
    assert view.notice.text == "Ann Rossi has no number yet."


async def test_somebody_who_can_be_called_later_today_says_from_when(bench):
    ann = bench.people("Ann Rossi")[0]
    bench.clock.step(hours=17)  # Tuesday 07:01
    view = await bench.cockpit.open()
    assert [row.why for row in view.queue.later] == ["Never called, from 09:00"]
    assert "Next call: this morning." in bench.cockpit.card.explain(ann.id)


async def test_a_reason_that_is_a_sentence_has_one_stop_before_what_comes_next(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "nurture", Category.NURTURE, 3)
    view = await bench.cockpit.open()
    why = row_of(view, ann.id).why
    assert ". A line by e-mail: " in why
    assert ".." not in why


async def test_the_page_of_why_says_nothing_twice_and_its_outcomes_look_like_no_keys(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "talked", Category.CONVERSATION, 3)
    await bench.cockpit.open()
    lines = bench.cockpit.card.explain(ann.id)
    assert sum("Nothing was agreed last time" in line for line in lines) == 1
    place = lines.index("What each outcome would lead to:")
    assert lines[place + 1].startswith("No answer: again")
    assert len(lines) == place + 1 + len(bench.settings.outcomes)
