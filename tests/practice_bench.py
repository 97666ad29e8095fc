"""What practice tests do again and again: a past call, a talk that is over, the names in the queue."""

from __future__ import annotations

from datetime import timedelta

from tui.domain.call import Call
from tui.domain.ids import uuid7
from tui.storage.protocol import Change


def past(bench, contact, outcome, is_, days, **more):
    """A call some days ago, straight into the store."""
    at = bench.clock.now() - timedelta(days=days)
    call = Call(uuid7(at), contact.id, at, outcome, is_, **more)
    bench.store.commit(Change(calls=(call,)), bench.clock.now())
    return call


async def call_anyway(cockpit, minutes=15):
    """Enter on the selected person, and Enter again when a rule of the house is read out first."""
    view = await cockpit.ring_selected(minutes)
    return await cockpit.choose_option(view.ask.default) if view.ask else view


async def talk_to(bench, name, minutes=1):
    """Ring somebody who answers, and end the call."""
    cockpit = bench.cockpit
    await cockpit.select(bench.contact(name).id)
    await call_anyway(cockpit)
    bench.clock.step(3)
    await cockpit.answered()
    bench.clock.step(minutes=minutes)
    return await cockpit.call_over()


def ready_names(view):
    return [row.name for row in view.queue.ready]
