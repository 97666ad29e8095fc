"""Where the card of somebody who calls stands: over the queue by itself, over everything else after a key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App

from tui.cockpit.view import View
from tui.screens.base import CockpitScreen
from tui.screens.screen_context import ScreenContext

if TYPE_CHECKING:
    from tui.screens.caller import RingingScreen

RINGING = "ringing"
"""The screen that is made once and kept."""


class CallerCard:
    """Puts the caller's card on the screen and takes it away."""

    def __init__(self, app: App[Any], context: ScreenContext) -> None:
        self._app, self._context = app, context
        self._wanted = False
        """The rep asked to see who is calling."""

    async def be_ready(self) -> None:
        """Make the caller's screen once, unseen: made while they call, it would take half of the time until they show.

        It goes by itself when nobody calls. Keys wait meanwhile, so that none is lost on it.
        """
        with self._app.batch_update():
            await self._app.push_screen(self._screen())

    def _screen(self) -> RingingScreen:
        from tui.screens.caller import RingingScreen

        if not self._app.is_screen_installed(RINGING):
            self._app.install_screen(RingingScreen(self._context), RINGING)
        return self._app.get_screen(RINGING, RingingScreen)

    def take_down(self) -> None:
        """Away with it, where it is on top."""
        if self._app.is_screen_installed(RINGING) and self._app.screen is self._app.get_screen(RINGING):
            self._app.pop_screen()

    def follow(self, view: View) -> None:
        """Show the card of whoever calls, or have them wait as one line where it has no room."""
        if view.ringing is None:
            self._wanted = False
        elif (screen := self._screen()) not in self._app.screen_stack:
            if self._wanted or self._nothing_is_over_it:
                self._app.push_screen(screen)
            else:
                self._app.run_worker(self._has_them_wait())

    async def _has_them_wait(self) -> None:
        # From Python 3.12 on a task starts at once: the view being shown now would stand over the one this makes.
        await asyncio.sleep(0)
        await self._context.cockpit.incoming.has_no_room()

    @property
    def _nothing_is_over_it(self) -> bool:
        """Whether the card may come up by itself: over no page that takes keys of its own, and no question."""
        screen = self._app.screen
        return len(self._app.screen_stack) == 1 and isinstance(screen, CockpitScreen) and screen.asked is None

    def is_asked_for(self, event: events.Key) -> bool:
        """Whether a key is about a caller while somebody waits or a question is asked; nothing typed is.

        The question stays, and is there again when the caller is served.
        """
        command = self._context.keys.command(event.key, ("everywhere",))
        if command is None or command.id != "app.caller" or event.is_printable:
            return False
        screen = self._app.screen
        return bool(self._context.cockpit.view.banner) or (
            isinstance(screen, CockpitScreen) and screen.asked is not None
        )

    async def ask(self) -> None:
        """The rep's key for callers: whoever waits on the line, else a look-up of somebody who calls elsewhere."""
        from tui.screens.caller import CallerScreen

        waits = self._context.cockpit.view.banner
        if not waits and any(isinstance(screen, CallerScreen) for screen in self._app.screen_stack):
            return
        self._wanted = True
        seen = await self._context.cockpit.incoming.open_look_up()
        # Somebody who went on ringing on the line comes up by themselves.
        if seen.ringing is None:
            self._wanted = False
            await self._app.push_screen(CallerScreen(self._context))
