"""What every action of the cockpit stands on: the desk, its painter, and how an action ends: with a new `View`.

The queue is on the screen before the parts of a call are read: a start shows nobody's script, form or report.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cockpit.actions.phone_state import PhoneLine
from tui.cockpit.clock import Clock
from tui.cockpit.pages.queue_rows import Painter
from tui.cockpit.state.state import Desk
from tui.cockpit.view import Phase, View
from tui.dialer.protocol import Dialer
from tui.settings.settings import Settings
from tui.storage.protocol import Store

if TYPE_CHECKING:
    from tui.cockpit.actions.do_not_call import DoNotCall
    from tui.cockpit.parts import Parts
    from tui.script.files.library import Library


class Facade:
    """What the actions of the cockpit stand on."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        library: Callable[[], Library],
        dialer: Dialer,
        clock: Clock,
        problems: tuple[str, ...] = (),
        suggestions: Path | None = None,
        glance: Callable[[Desk], View] | None = None,
        keep_good: Callable[[], None] = lambda: None,
    ) -> None:
        """`library`: asked for the scripts when the first call is near; `problems`: what is wrong with the
        settings; `suggestions`: the folder that keeps reps' wordings; `glance` makes a View that says
        less, where no screen looks; `keep_good` keeps a copy of settings without a mistake, beside the screen.
        """
        self._desk = desk = Desk(store, settings, dialer, clock)
        desk.problems = problems
        self._library, self._suggestions = library, suggestions
        self._glance, self._keep_good = glance, keep_good
        self._made: Parts | None = None
        self._phone_line = PhoneLine(desk)
        self._painter = Painter(desk, self._phone_line)
        self._watchers: list[Callable[[View], None]] = []
        self._listening: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._opened = False
        self.rescue_to: Sequence[Path] = ()
        """Folders for a page of what could not be saved, the first that takes it."""
        self.put_aside = ""
        """What opening put aside because it could not be brought back, as a sentence; empty when nothing."""
        self.housekeeping: asyncio.Task[None] | None = None
        """Begun with the first second of the cockpit's clock."""
        self.view: View = View(Phase.QUEUE, desk.here)

    @property
    def _parts(self) -> Parts:
        """The parts of a call, made when the first of them is needed."""
        if self._made is None:
            from tui.cockpit.parts import Parts  # half of the program: after the first screen

            self._made = Parts(self._desk, self._library(), self._suggestions, self._phone_line)
        return self._made

    @property
    def never(self) -> DoNotCall:
        """Keeping the do-not-call list."""
        return self._parts.never

    def subscribe(self, watcher: Callable[[View], None]) -> Callable[[], None]:
        """Call `watcher` with each new View; the result ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def _paint(self) -> View:
        self._desk.selection.settle()
        self.view = self._glance(self._desk) if self._glance else self._whole_view()
        for watcher in tuple(self._watchers):
            watcher(self.view)
        return self.view

    def _whole_view(self) -> View:
        view = self._painter.view()
        return self._made.painter.view(view) if self._made else view

    async def _do(self, action: Awaitable[Any]) -> View:
        self._desk.can_advance = True
        self._desk.notice = self._desk.saved = None
        self._desk.catch_up()
        await action
        return self._paint()

    async def tell(self, text: str) -> View:
        """Say one sentence to the rep, such as why a key does nothing here."""
        self._desk.say(text)
        return self._paint()

    async def _in_call(self, action: Callable[..., Awaitable[Any]], *args: Any) -> View:
        """An action of the call in hand; without one nothing happens."""
        if self._desk.working is None or self._desk.place in (Phase.QUEUE, Phase.RECAP):
            return self.view
        return await self._do(action(*args))
