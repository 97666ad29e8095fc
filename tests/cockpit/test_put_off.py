"""Somebody is put off for an hour, or until a time the rep types: they come back then, and not before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cockpit_bench import names
from tests.practice_bench import past
from tui.domain.call import Call
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.storage.protocol import Change


@pytest.fixture
async def cockpit(bench):
    """Two people to call at 14:01 in London."""
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    return bench.cockpit


async def skip(bench, name, key, *typed):
    await bench.cockpit.people.skip(bench.contact(name).id)
    view = await bench.cockpit.question.answer(key)
    for words in typed:
        view = await bench.cockpit.question.answer(words)
    return view


async def test_in_an_hour_they_stand_under_later_today_and_come_back_by_themselves(bench, cockpit):
    view = await skip(bench, "Ann Rossi", "h")
    assert view.saved.text == "Skipped · Ann Rossi → again today 15:01"
    assert (names(view.queue.ready), names(view.queue.later)) == (["Bo Lund"], ["Ann Rossi"])
    assert view.queue.enter.name == "Bo Lund"
    assert view.queue.later[0].why == "Put off until today 15:01"
    assert "Put off until today 15:01." in cockpit.card.explain(bench.contact("Ann Rossi").id)
    bench.clock.step(59 * 60)
    assert names((await cockpit.tick()).queue.ready) == ["Bo Lund"]
    bench.clock.step(61)
    assert names((await cockpit.tick()).queue.ready) == ["Ann Rossi", "Bo Lund"]


async def test_it_holds_after_a_restart_and_undo_takes_it_back(bench, cockpit):
    await skip(bench, "Ann Rossi", "h")
    after = bench.killed_and_started_again()
    view = await after.open()
    assert names(view.queue.later) == ["Ann Rossi"]
    await skip(bench, "Bo Lund", "h")
    view = await after.undo.last()
    assert (names(view.queue.ready), names(view.queue.later)) == (["Bo Lund"], ["Ann Rossi"])


@pytest.mark.parametrize(
    ("typed", "said", "later"),
    [
        (("16:30",), "again today 16:30", ["Ann Rossi"]),
        (("soonish", "tomorrow 10:00"), "again tomorrow 10:00", []),
        (("9:00", "fri 9:30"), "again Fri 09:30", []),
    ],
)
async def test_a_time_that_is_typed_holds_and_one_that_is_none_is_asked_for_again(
    bench, cockpit, typed, said, later
):
    view = await skip(bench, "Ann Rossi", "t", *typed)
    assert view.saved.text == f"Skipped · Ann Rossi → {said}"
    assert names(view.queue.later) == later
    view = await cockpit.queue.show_held(True)
    assert names(view.queue.held) == ([] if later else ["Ann Rossi"])


async def test_until_tomorrow_ends_at_midnight(bench, cockpit):
    view = await skip(bench, "Ann Rossi", "3")
    assert (names(view.queue.ready), names(view.queue.later)) == (["Bo Lund"], [])
    bench.clock.step(20 * 3600)
    assert names((await cockpit.tick()).queue.ready) == ["Ann Rossi", "Bo Lund"]


@pytest.mark.parametrize("how", [("3",), ("t", "fri 9:30")])
async def test_b29_no_skip_outlasts_a_promise_that_comes_before_its_end(bench, how):
    (ann, _), now = bench.people("Ann Rossi", "Bo Lund"), bench.clock.now()
    promise = Promise(now + timedelta(hours=2), "Europe/London", "minute")
    call = Call("k1", ann.id, now - timedelta(days=1), "promise", Category.PROMISE, promise=promise)
    bench.store.commit(Change(calls=(call,)), now)
    await bench.cockpit.open()
    view = await skip(bench, "Ann Rossi", *how)
    assert view.saved.text == "Skipped · Ann Rossi → again today 16:01"
    assert names(view.queue.later) == ["Ann Rossi"]
    bench.clock.step(2 * 3600 + 60)
    assert names((await bench.cockpit.tick()).queue.ready)[0] == "Ann Rossi"
    view = await skip(bench, "Ann Rossi", *how)  # while it is due the rep means just this promise
    assert "today" not in view.saved.text
    assert names(view.queue.ready) == ["Bo Lund"]
    view = await bench.cockpit.undo.last()
    assert names(view.queue.ready)[0] == "Ann Rossi"


async def test_what_could_not_be_saved_did_not_happen(bench, cockpit, monkeypatch):
    from tui.storage.protocol import NotSaved

    def full(*_):
        raise NotSaved("No room is left.")

    monkeypatch.setattr(bench.store, "commit", full)
    view = await skip(bench, "Ann Rossi", "h")
    assert sorted(names(view.queue.ready)) == ["Ann Rossi", "Bo Lund"]


async def test_before_a_weekend_a_skip_says_the_morning_on_which_they_are_offered_again(bench):
    bench.people("Ann Rossi", "Bo Lund")
    bench.clock.step(days=4)
    await bench.cockpit.open()
    await bench.cockpit.people.skip(bench.contact("Ann Rossi").id)
    view = await bench.cockpit.question.answer("1")
    assert view.saved.text == "Skipped · Ann Rossi → again Mon morning"


async def test_a_skip_that_ends_before_they_would_be_called_anyway_keeps_nobody_back(bench):
    ann = bench.people("Ann Rossi", "Bo Lund")[0]
    past(
        bench,
        ann,
        "promise",
        Category.PROMISE,
        1,
        promise=Promise(bench.clock.now() + timedelta(days=9), "Europe/London"),
    )
    await bench.cockpit.open()
    before = bench.cockpit.card.explain(ann.id)
    view = await skip(bench, "Ann Rossi", "t", "wed 10:00")
    assert view.saved.text == "Skipped · Ann Rossi → again Wed 2 Dec 14:01"
    assert bench.cockpit.card.explain(ann.id) == before
