"""What a key does is told to those who watch once, not once for each thing that came of it."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import call_selected
from tests.phone_bench import settle
from tui.cockpit.view import Phase, View


@pytest.fixture(params=["bench", "able"])
def shift(request: pytest.FixtureRequest):
    """Somebody who dials by hand, and somebody whose phone tells what the line does."""
    shift = request.getfixturevalue(request.param)
    shift.people("Ann Rossi", "Bo Lund", "Eva Brandt", "Fay Osei")
    return shift


async def test_an_outcome_brings_one_view(shift):
    cockpit = shift.cockpit
    await cockpit.open()
    await call_selected(cockpit, 5)
    seen: list[View] = []
    cockpit.subscribe(seen.append)
    for outcome in ("no_answer", "voicemail"):
        shift.clock.step(3)
        await settle()
        seen.clear()
        view = await cockpit.outcome.choose(outcome)
        await settle()
        assert seen == [view]
        assert view.phase is Phase.READY
        await cockpit.call.dial()
    await cockpit.close()


async def test_the_form_of_a_promise_brings_one_view_for_each_thing_done(shift):
    cockpit = shift.cockpit
    await cockpit.open()
    await call_selected(cockpit, 5)
    shift.clock.step(3)
    await cockpit.call.answered()
    shift.clock.step(30)
    await cockpit.call.over()
    await settle()
    seen: list[View] = []
    cockpit.subscribe(seen.append)
    for act in (
        lambda: cockpit.outcome.choose("promise"),
        lambda: cockpit.outcome.set_field("when", "fri 3pm"),
        cockpit.outcome.save_form,
    ):
        seen.clear()
        view = await act()
        await settle()
        assert seen == [view]
    assert view.phase is Phase.READY
    assert shift.store.calls()[0].promise is not None
    await cockpit.close()
