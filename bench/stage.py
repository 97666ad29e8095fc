"""The whole app over a real store in this process, drawing for a terminal that only notes when what was written."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from textual import events
from textual.drivers.headless_driver import HeadlessDriver

from bench.people import NOW, ROOT, parts
from bench.stepped_clock import SteppedClock
from tui.app import AppOptions, PowerHourApp
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import Phase
from tui.commands import Keys
from tui.dialer.protocol import Cap, Dialled
from tui.dialer.softphone.softphone import Softphone
from tui.dialer.unwatched import Unwatched
from tui.screens.screen_context import ScreenContext
from tui.script.files.library import Library
from tui.storage.tiny import TinyStore

_BEAT_S = 0.01
_QUIET_BEATS = 4
"""Nothing was drawn for so many beats: the app has come to rest."""
_PATIENCE_S = 30.0
_LOOKS = re.compile("\x1b\\[[0-9;]*m")


class Written(Struct, frozen=True):
    """What went to the terminal at one moment."""

    at: float
    processor: float
    """Seconds of processor the thread of the screen had used by then."""
    text: str


class Painted(Struct, frozen=True):
    """From a key to a text on the screen, in milliseconds."""

    wall: float
    thread: float
    """Of it the processor time of the screen's own thread: what no disk and no other program adds to."""


class NotingDriver(HeadlessDriver):
    """A terminal of no machine: everything is drawn for it as for a real one."""

    written: list[Written]

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written.append(Written(time.perf_counter(), time.thread_time(), data))


class SilentDialer(Unwatched):
    """Calls nobody and counts."""

    name = "manual"

    def __init__(self, caps: Cap = Cap.NONE) -> None:
        super().__init__()
        self.caps = caps
        self.dialled = 0

    async def dial(self, e164: str, shown: str) -> Dialled:
        self.dialled += 1
        return Dialled(f"line-{self.dialled}")


class Stage:
    """A running app, its clock and its phone."""

    def __init__(self, app: PowerHourApp, clock: SteppedClock, dialer: SilentDialer) -> None:
        self.app = app
        self.clock = clock
        self.dialer = dialer
        self.written: list[Written] = []

    @property
    def phase(self) -> Phase:
        """Where the rep is."""
        return self.app.cockpit.view.phase

    def post(self, key: str) -> None:
        """Press one key, as a terminal would report it."""
        self.app.post_message(
            events.Key("space", " ") if key == " " else events.Key(key, key if len(key) == 1 else None)
        )

    async def press(self, key: str, clock_s: float = 2.0) -> None:
        """Press one key some time later, and wait until the app has come to rest."""
        self.clock.step(clock_s)
        self.post(key)
        await self.rest()

    async def paint(
        self, key: str, sought: Callable[[], str], clock_s: float = 2.0, *phases: Phase
    ) -> Painted:
        """Press a key and find when the text was first written; what is sought may be known only afterwards.

        With phases, one of them has to be reached first.
        """
        self.clock.step(clock_s)
        self.written.clear()
        at, processor = time.perf_counter(), time.thread_time()
        self.post(key)
        await (self.until(*phases) if phases else self.rest())
        text = sought()
        first = next((one for one in self.written if text in _LOOKS.sub("", one.text)), None)
        if first is None:
            raise LookupError(f"{text!r} was not drawn after {key!r}: {self.phase}")
        return Painted((first.at - at) * 1000, (first.processor - processor) * 1000)

    async def rest(self) -> None:
        """Wait until something was drawn and then nothing more for a moment."""
        seen, quiet, began = len(self.written), 0, time.perf_counter()
        while quiet < _QUIET_BEATS and time.perf_counter() - began < _PATIENCE_S:
            await asyncio.sleep(_BEAT_S)  # however long the app is busy, that is one beat
            quiet = quiet + 1 if seen and seen == len(self.written) else 0
            seen = len(self.written)

    async def until(self, *phases: Phase) -> None:
        """Wait for one of these phases. Raises TimeoutError."""
        end = time.perf_counter() + _PATIENCE_S
        while self.phase not in phases:
            if time.perf_counter() > end:
                said = self.app.cockpit.view.notice
                raise TimeoutError(
                    f"still {self.phase}, not one of {phases}: {said.text if said else 'no word'}"
                )
            await asyncio.sleep(_BEAT_S)
        await self.rest()


@asynccontextmanager
async def staged(
    folder: Path,
    advance_after: float | None = None,
    phone: Softphone | None = None,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Stage]:
    """The app over this data folder, come to rest on its first screen, of `size` cells, with everything read.

    Without a `phone` nobody is called.
    """
    settings = replace(parts(folder).settings, advance_after=advance_after)
    # The clock calls the next person only where the program sees the line: never for who dials by hand.
    caps = Cap.NONE if advance_after is None else Cap.STATES
    clock, dialer = SteppedClock(NOW), SilentDialer(caps)
    store = TinyStore.open(folder)
    cockpit = Cockpit(store, settings, lambda: Library(ROOT / "scripts"), phone or dialer, clock)
    # Each look at this clock is a second later: the bench presses keys faster than a hand, and none is a repeat.
    options = AppOptions(log_folder=folder, monotonic=count().__next__)
    app = PowerHourApp(ScreenContext(cockpit, Keys(settings.keys)), options)
    app.driver_class = NotingDriver
    stage = Stage(app, clock, dialer)
    NotingDriver.written = stage.written
    running = asyncio.create_task(app.run_async(size=size))
    try:
        while not stage.written or not len(cockpit.view.queue.ready):
            await asyncio.sleep(_BEAT_S)
            if running.done():
                await running
        await _all_read(cockpit)
        await stage.rest()
        yield stage
    finally:
        app.leave()
        await running


async def _all_read(cockpit: Cockpit) -> None:
    """Scripts and callers are read beside the first screen; a measurement begins after that."""
    if cockpit._warming is not None:
        await cockpit._warming
