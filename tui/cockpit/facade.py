"""The parts of one cockpit put together, and how every action ends: with a new `View` for all who watch."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tui.cockpit.beside import Beside
from tui.cockpit.callers import Callers
from tui.cockpit.clock import Clock
from tui.cockpit.closing import Closing
from tui.cockpit.desk import Desk
from tui.cockpit.dossier import Dossier
from tui.cockpit.flow import Flow
from tui.cockpit.importing import Importing
from tui.cockpit.incoming import Incoming
from tui.cockpit.line import Line
from tui.cockpit.nevers import Nevers
from tui.cockpit.ownership import Ownership
from tui.cockpit.painting import Painter
from tui.cockpit.people import People
from tui.cockpit.reading import Reading
from tui.cockpit.standing import Standing
from tui.cockpit.talk import Talk
from tui.cockpit.timing import Timing
from tui.cockpit.undo import Undo
from tui.cockpit.view import Phase, View
from tui.dialer.protocol import Dialer
from tui.script.library import Library
from tui.settings.settings import Settings
from tui.storage.protocol import Store


class Facade:
    """What the actions of the cockpit stand on."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        library: Library,
        dialer: Dialer,
        clock: Clock,
        problems: tuple[str, ...] = (),
        suggestions: Path | None = None,
    ) -> None:
        """`problems`: what is wrong with the settings; `suggestions`: the folder that keeps reps' wordings."""
        self._desk = desk = Desk(store, settings, library, dialer, clock)
        desk.problems = problems
        self._reading = Reading(desk)
        self._flow = Flow(desk, self._reading)
        self._line = Line(desk, self._flow, self._reading)
        self._closing = Closing(desk, self._flow)
        self._timing = Timing(desk, self._flow, self._line, self._reading)
        self._talk = Talk(desk, self._flow, self._reading, suggestions)
        self._callers = Callers(desk, self._flow, self._reading)
        self._people = People(desk, self._flow)
        self._importing = Importing(desk)
        self._dossier = Dossier(desk, self._line)
        self._beside = Beside(desk, self._flow)
        self._undo = Undo(desk, self._flow, self._beside)
        self._ownership = Ownership(desk, self._flow)
        self.never = Nevers(desk)
        """Keeping the do-not-call list."""
        self._incoming = Incoming(desk, self._flow, self._callers)
        self._painter = Painter(
            desk, self._closing, self._line, self._reading, self._incoming, Standing(desk)
        )
        self._watchers: list[Callable[[View], None]] = []
        self._listening: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None
        self.view: View = View(Phase.QUEUE, desk.here)

    def subscribe(self, watcher: Callable[[View], None]) -> Callable[[], None]:
        """Call `watcher` with each new View; the result ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def _paint(self) -> View:
        self.view = self._painter.view()
        for watcher in tuple(self._watchers):
            watcher(self.view)
        return self.view

    async def _do(self, action: Awaitable[Any]) -> View:
        self._desk.can_advance = True
        self._desk.notice = None
        await action
        return self._paint()

    async def _in_call(self, action: Callable[..., Awaitable[Any]], *args: Any) -> View:
        """An action of the call in hand; without one nothing happens."""
        if self._desk.working is None or self._desk.place in (Phase.QUEUE, Phase.RECAP):
            return self.view
        return await self._do(action(*args))
