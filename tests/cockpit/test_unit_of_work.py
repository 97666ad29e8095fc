"""One unit of work: what was not saved never happened, and where we are is saved whenever it changed."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import call_selected
from tui.cockpit.state.unit import where_we_are
from tui.cockpit.view import Phase
from tui.domain.do_not_call import DoNotCallList
from tui.storage.protocol import NotSaved


@pytest.fixture
async def talking(bench):
    bench.people("Ann Rossi", "Bo Lund", "Cy Dent")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    await bench.cockpit.call.over()
    return bench


def everything(bench):
    """All that a unit of work may change, as values that can be compared."""
    state = bench.cockpit._state
    view = state.view
    return {
        "state": {name: value for name, value in where_we_are(state).items() if name != "running"},
        "phase": view.phase,
        "who": [working.contact.id for working in state.stack],
        "clock": state.run and (state.run.clock.state, state.run.clock.outcomes),
        "calls": [call.id for call in state.run.calls] if state.run else [],
        "never": list(state.never.entries),
        "rows": [
            (row.contact_id, row.why) for row in (*view.queue.ready, *view.queue.later, *view.queue.held)
        ],
        "owed": [row.call_id for row in view.queue.owed],
        "undo": view.can_undo,
    }


WAYS = {
    "an outcome": lambda c: c.outcome.choose("no_answer"),
    "a refusal": lambda c: _form(c, "do_not_call"),
    "a to-do": lambda c: _form(c, "email_asked"),
    "a skip": lambda c: _skip(c),
    "the end of the session": lambda c: c.session.end(),
}


async def _form(cockpit, outcome):
    await cockpit.outcome.choose(outcome)
    await cockpit.outcome.save_form()


async def _skip(cockpit):
    await cockpit.people.skip(cockpit.view.queue.ready[-1].contact_id)
    await cockpit.question.answer("1")


@pytest.mark.parametrize("way", WAYS)
async def test_what_was_not_saved_never_happened(talking, way):
    before = everything(talking)
    commit = talking.store.commit

    def full(change, now):
        raise NotSaved("Not saved: the disk is full.")

    talking.store.commit = full
    await WAYS[way](talking.cockpit)
    if talking.cockpit.view.phase is Phase.FORM:
        await talking.cockpit.outcome.leave_form()
    assert everything(talking) == before
    talking.store.commit = commit
    await WAYS[way](talking.cockpit)
    assert everything(talking) != before


async def fails(state):
    async with state.change() as change:
        change.refuse(DoNotCallList())
        state.stack.clear()
        state.page = Phase.QUEUE
        raise ZeroDivisionError


async def test_a_body_that_fails_leaves_everything_as_it_was(talking):
    before = everything(talking)
    with pytest.raises(ZeroDivisionError):
        await fails(talking.cockpit._state)
    assert everything(talking) == before


async def test_an_action_that_changed_nothing_writes_nothing(talking, monkeypatch):
    written = []
    monkeypatch.setattr(talking.store, "commit", lambda change, now: written.append(change))
    await talking.cockpit.talk.signal("+")  # nobody talks any more
    await talking.cockpit.people.skip()
    await talking.cockpit.question.leave()
    assert written == []
    await talking.cockpit.session.extend(5)
    assert len(written) == 1


async def test_a_call_begun_from_the_queue_is_on_the_disk_when_it_is_on_the_screen(bench):
    """Enter on the queue looks, or calls: what it calls is saved (a kill -9 came back to the queue)."""
    bench.people("Ann Rossi", "Bo Lund")
    view = await bench.cockpit.open()
    view = await bench.cockpit.queue.enter(view.queue.enter)
    assert view.phase is Phase.RINGING
    running = bench.store.state("running")
    assert (running["place"], len(running["stack"])) == ("ringing", 1)
    await bench.cockpit.queue.select(bench.contact("Bo Lund").id)
    assert bench.store.state("running") == running


async def test_what_happens_while_a_write_fails_is_not_taken_back_with_it(talking):
    """A missed call that a silent disk does not take must not throw the rep's own call out of their hand."""
    cockpit, state = talking.cockpit, talking.cockpit._state
    contact = talking.contact("Cy Dent")

    def full(change, now):
        raise NotSaved("Not saved: the disk is full.")

    talking.store.commit = full
    change = state.change()
    await change.__aenter__()
    change.put(contact)
    write = change.write

    async def slowly():
        await cockpit.call.back()  # the rep goes on meanwhile
        return await write()

    change.write = slowly
    await change.__aexit__(None, None, None)
    assert not change.is_saved
    assert cockpit.view.phase is Phase.TALKING
    assert state.phase is Phase.TALKING
