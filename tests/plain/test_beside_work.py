"""Work that takes its time beside the lines: what is typed meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from tui.plain.lines import Typed
from tui.plain.room import LeftError, Room
from tui.plain.typed import BACK


class Work:
    """Is done after it was asked three times how far it is."""

    def __init__(self):
        self.asked, self.stopped, self.done = 0, 0, asyncio.Event()

    def so_far(self):
        self.asked += 1
        if self.asked == 3:
            self.done.set()
        return ""

    def stop(self):
        self.stopped += 1


@pytest.fixture
async def room(bench, desk, monkeypatch):
    """A room whose rep typed the sign that leaves before the work was done."""
    monkeypatch.setattr("tui.plain.room.TICK_S", 0)
    await bench.cockpit.open()
    made = Room(bench.cockpit, desk, desk, clock=bench.clock.monotonic)
    made._lines.append(Typed(BACK, 0.0))
    return made


async def test_a_line_typed_while_nothing_can_be_stopped_is_for_the_next_prompt(room):
    work = Work()
    assert await room.beside(work.done.wait(), work.so_far)
    assert [line.text for line in room._lines] == [BACK]


async def test_what_can_be_stopped_takes_the_sign_that_leaves_once(room):
    work = Work()
    assert await room.beside(work.done.wait(), work.so_far, work.stop)
    assert (work.stopped, list(room._lines)) == (1, [])


async def test_a_program_that_is_to_end_waits_for_no_drive_that_is_gone(room):
    room.end()
    gone = asyncio.get_running_loop().create_future()
    with pytest.raises(LeftError):
        await room.beside(gone)
    await asyncio.sleep(0)
    assert gone.cancelled()
