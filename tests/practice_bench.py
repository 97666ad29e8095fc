"""What practice tests do again and again: a past call, a talk that is over, a correction, the names in the queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.cockpit_bench import Bench, call_selected, names
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import Phase, View
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.storage.protocol import Change


def past(bench: Bench, contact: Contact, outcome: str, is_: Category, days: float, **more: Any) -> Call:
    """A call some days ago, straight into the store."""
    at = bench.clock.now() - timedelta(days=days)
    call = Call(uuid7(at), contact.id, at, outcome, is_, **more)
    bench.store.commit(Change(calls=(call,)), bench.clock.now())
    return call


async def call_anyway(cockpit: Cockpit, minutes: int = 15) -> View:
    """Enter on the selected person, and Enter again when a rule of the house is read out first."""
    view = await call_selected(cockpit, minutes)
    return await cockpit.question.answer(view.ask.default) if view.ask else view


async def talk_to(bench: Bench, name: str, minutes: float = 1) -> View:
    """Ring somebody who answers, and end the call."""
    cockpit = bench.cockpit
    await cockpit.queue.select(bench.contact(name).id)
    await call_anyway(cockpit)
    bench.clock.step(3)
    await cockpit.call.answered()
    bench.clock.step(minutes=minutes)
    return await cockpit.call.over()


async def correct(bench: Bench, call: Call, outcome: str, **fields: str) -> Call:
    """Correct a call to an outcome, with these lines of its form."""
    await bench.cockpit.correcting.correct(call.id)
    view = await bench.cockpit.outcome.choose(outcome)
    for name, value in fields.items():
        await bench.cockpit.outcome.set_field(name, value)
    if view.phase is Phase.FORM:
        view = await bench.cockpit.outcome.save_form()
    assert view.phase is not Phase.FORM, view.form
    corrected = bench.store.call(call.id)
    assert corrected is not None
    return corrected


def ready_names(view: View) -> list[str]:
    return names(view.queue.ready)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in London, where UTC is the clock of the wall."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)
