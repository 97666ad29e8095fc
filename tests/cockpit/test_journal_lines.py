"""A line of the journal holds what is new: its size stays flat over a power hour, however many pauses there were."""

from __future__ import annotations

import pytest

from tui.storage.tiny import TinyStore

CALLS = 24


@pytest.fixture
def on_disk(bench, tmp_path):
    bench.store = TinyStore.open(tmp_path)
    bench.killed_and_started_again()
    yield bench
    bench.store.close()


async def break_and_call(bench, journal):
    """A break, a dial that nobody answers, and the bytes its outcome took in the journal."""
    cockpit = bench.cockpit
    await cockpit.pause()
    await cockpit.choose_option("b")
    bench.clock.step(8)
    await cockpit.go_on()
    await cockpit.dial()
    bench.clock.step(5)
    before = journal.stat().st_size
    await cockpit.choose("no_answer")
    return journal.stat().st_size - before


async def test_the_line_of_a_call_does_not_grow_with_the_pauses_before_it(on_disk, tmp_path):
    bench = on_disk
    bench.people(*(f"Ann{n:02} Rossi{n:02}" for n in range(CALLS + 2)))
    await bench.cockpit.open()
    await bench.cockpit.ring_selected(60)
    bench.clock.step(5)
    await bench.cockpit.choose("no_answer")
    sizes = [await break_and_call(bench, tmp_path / "sessions.json.journal") for _ in range(CALLS)]
    assert max(sizes[-4:]) < 1.1 * max(sizes[:4])

    (running,) = bench.store.sessions()
    assert len(running.pauses) == CALLS
    view = await bench.killed_and_started_again().open()
    left = view.clock.left_s
    await bench.cockpit.show_recap()
    await bench.cockpit.end_session()
    (ended,) = bench.store.sessions()
    assert [pause.reason for pause in ended.pauses[:CALLS]] == ["break"] * CALLS
    assert sum(ended.spent.values()) - ended.spent["paused:break"] == pytest.approx(3600 - left)


async def test_a_session_that_was_left_keeps_the_time_it_took(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.ring_selected(15)
    bench.clock.step(5)
    await bench.cockpit.choose("no_answer")
    bench.clock.step(hours=2)
    await bench.killed_and_started_again().open()
    await bench.cockpit.tick()
    (session,) = bench.store.sessions()
    assert (session.state, session.spent) == ("abandoned", {"dialling": 5})
