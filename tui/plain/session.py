"""One session of the plain mode, from opening the cockpit to the exit code. It ends as the full screen does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from msgspec import Struct, field

from tui.cockpit.clock import TICK_S
from tui.cockpit.cockpit import Cockpit, NotOpened
from tui.cockpit.places import outlives_us
from tui.cockpit.view import LINE_OPEN, View
from tui.plain.lines import Out, Source
from tui.plain.room import Given, LeftError, Room
from tui.plain.words import say
from tui.plain.work import Work
from tui.system.ending import Signals, Starts, crashed


class Ending(Struct, frozen=True):
    """What the command line decides about the end."""

    log_folder: Path = field(default_factory=Path.cwd)
    """Where a crash is written down."""
    starts: Starts = field(default_factory=Starts)
    signals: Signals = field(default_factory=Signals)


class Ended(Struct, frozen=True):
    """How it ended."""

    code: int = 0
    words: str = ""
    """What went wrong, or could not be saved, as a sentence; empty when nothing."""


async def work_in_lines(
    cockpit: Cockpit,
    source: Source,
    out: Out,
    given: Given,
    ending: Ending,
    clock: Callable[[], float] = monotonic,
) -> Ended:
    """Open the cockpit and work until the rep leaves, the input ends, or a signal comes."""
    room = Room(cockpit, source, out, given, clock)
    room.ticked = ending.starts.succeeded
    ending.signals.leave_by(room.end)
    unsubscribe = room.begin()
    error: Exception | None = None
    try:
        await _open(room, distrust=ending.starts.begin())
        await Work(room).until(lambda _: False)
    except LeftError:
        pass
    except Exception as fault:
        error = fault
    unsubscribe()
    view = cockpit.view
    unsaved = await cockpit.close(crashed=error is not None)
    if error is None:
        ending.starts.succeeded()
        room.say(say("call_stays" if is_open(view) else "goodbye") if not unsaved else "")
        return Ended(1 if unsaved else 0, unsaved)
    if isinstance(error, NotOpened):
        return Ended(1, str(error))
    return Ended(1, crashed(error, ending.log_folder, ending.starts, open_call=outlives_us(view)))


def is_open(view: View) -> bool:
    """Whether a call is in hand that has no outcome yet."""
    return bool(view.call_id) and (view.phase in LINE_OPEN or bool(view.outcomes or view.form))


async def _open(room: Room, *, distrust: bool) -> None:
    """Open the cockpit; what takes long says so, once for each thing it says."""
    opening, said = asyncio.create_task(room.cockpit.open(distrust=distrust)), ""
    while not (await asyncio.wait((opening,), timeout=TICK_S))[0]:
        if (now := room.cockpit.opening) != said:
            said = now
            room.say(now)
    await opening
