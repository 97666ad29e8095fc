"""The start after a kill opens where the rep was: on the queue too, unless a call waits for its outcome."""

from __future__ import annotations

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase


async def on_the_queue(bench, *, after_a_dial=False):
    """A session runs, and the rep has gone back to the queue."""
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    if not after_a_dial:
        bench.clock.step(30)
        await bench.cockpit.outcome.choose("no_answer")
    await bench.cockpit.session.to_queue()
    assert bench.cockpit.view.phase is Phase.QUEUE


async def test_the_queue_of_a_running_session_is_there_again(bench):
    await on_the_queue(bench)
    view = await bench.killed_and_started_again().open()
    assert (view.phase, view.notice) == (Phase.QUEUE, None)
    assert view.queue.running
    assert (await call_selected(bench.cockpit)).phase is Phase.RINGING


async def test_a_call_without_its_outcome_comes_before_the_queue(bench):
    await on_the_queue(bench, after_a_dial=True)
    view = await bench.killed_and_started_again().open()
    assert view.phase is Phase.RINGING
    assert "Back where you left off with Ann" in view.notice.text
