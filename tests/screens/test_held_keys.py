"""A key that is held down changes the phase once: thirty presses in a second, at every change of phase there is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.screen_bench import PowerHourApp, ScreenContext, Stage, key_event
from tui.app import AppOptions
from tui.cockpit.view import Phase

pytestmark = pytest.mark.slow

REPEATS = 30
CHANGES = (
    ("enter", Phase.RINGING),
    ("enter", Phase.TALKING),
    ("escape", Phase.CALL_OVER),
    ("escape", Phase.TALKING),
    ("escape", Phase.CALL_OVER),
    ("t", Phase.FORM),
    ("escape", Phase.CALL_OVER),
    ("t", Phase.FORM),
    ("enter", Phase.READY),
    ("enter", Phase.RINGING),
    ("v", Phase.READY),
    ("r", Phase.RECAP),
    ("escape", Phase.READY),
    ("escape", Phase.QUEUE),
    ("enter", Phase.RINGING),
    ("v", Phase.READY),
    ("r", Phase.RECAP),
    ("enter", Phase.QUEUE),
)
"""A way through the day: the key that is held down, and the one phase it brings."""


class Still:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_key_held_for_a_second_changes_the_phase_once_and_other_keys_are_taken(bench):
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt", "Fay Osei", "Dee Wu", "Jo Marsh")
    clock = Still()
    app = PowerHourApp(ScreenContext(bench.cockpit), AppOptions(monotonic=clock))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        stage = Stage(app, bench.cockpit, pilot)
        phases = []
        bench.cockpit.subscribe(lambda view: phases.append(view.phase))
        for number, (key, phase) in enumerate(CHANGES):
            clock.now += 10
            bench.clock.step(5)
            before = app.view.phase
            phases[:] = [before]
            for _ in range(REPEATS):
                app.post_message(key_event(key))
                await stage.done()
                clock.now += 1 / REPEATS
            steps = [now for last, now in pairwise(phases) if now != last]
            assert steps == [phase], (number, key, before)
            assert app.view.notice.text.endswith(" counted once.")
            if form := app.view.form:
                assert "t" not in [field.value for field in form.fields]
            if phase is Phase.TALKING:
                await stage.burst("z", "backspace", "k")
                assert app.screen.note.value == "k"
                await stage.burst("backspace")


@pytest.mark.parametrize("other", ["n", "escape", "tab"])
async def test_a_key_other_than_the_one_that_is_held_is_taken_at_once(bench, other):
    bench.people("Ann Rossi", "Bo Lund")
    app = PowerHourApp(ScreenContext(bench.cockpit), AppOptions(monotonic=Still()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        stage = Stage(app, bench.cockpit, pilot)
        await stage.burst("enter", "enter", "enter")
        bench.clock.step(5)
        await stage.burst("enter", other)
        if other == "n":
            assert [call.outcome for call in bench.store.calls()] == ["no_answer"]
        else:
            assert app.view.phase is (Phase.CALL_OVER if other == "escape" else Phase.RINGING)
