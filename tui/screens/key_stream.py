"""One stream of keys: each key and each paste is done, with all it brings, before the next one is looked at.

Nothing else hands a key to a screen or to a part of one. So what was typed is acted upon in the order it was typed, on
the screen and the line it finds then, however long the program was held up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from textual import events

from tui.cockpit.cockpit import Cockpit
from tui.screens.base import CockpitScreen
from tui.screens.key_guard import KeyGuard

SCREEN_MADE_S = 10.0
"""So long a key waits for a screen that is being made; one that never is must not keep the program from its end."""
NO_LINE = "There is no line here to paste on: nothing was taken."

Seen = Callable[[], CockpitScreen[Any] | None]
"""The screen that is seen now; None when it takes no keys."""
Press = Callable[[CockpitScreen[Any], events.Key], Awaitable[None]]
"""Do what a key means on a screen."""


class KeyStream:
    """Hands keys and pastes on, one after another."""

    def __init__(
        self,
        cockpit: Cockpit,
        guard: KeyGuard,
        seen: Seen,
        press: Press,
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        """`settle` does what a screen that was left has asked for."""
        self._cockpit, self._guard = cockpit, guard
        self._seen, self._press, self._settle = seen, press, settle

    async def take(self, event: events.Key | events.Paste) -> None:
        """Do all that a key or a paste means; it is over when the screen it brings can take the next."""
        for one in _keys(event):
            screen = self._seen()
            if screen is None or not await _is_made(screen):
                return
            if isinstance(one, events.Paste):
                await self._paste(screen, one.text)
            else:
                await self._take_key(screen, one)
            await screen.follow_line()
            await self._settle()

    async def _paste(self, screen: CockpitScreen[Any], text: str) -> None:
        self._guard.begins("paste")
        try:
            if not screen.paste(text):
                await self._cockpit.tell(NO_LINE)
        finally:
            self._guard.ends()

    async def _take_key(self, screen: CockpitScreen[Any], event: events.Key) -> None:
        if refused := self._guard.refuses(event.key):
            await self._cockpit.tell(refused)
            return
        self._guard.begins(event.key)
        try:
            await self._press(screen, event)
        finally:
            self._guard.ends()


def _keys(event: events.Key | events.Paste) -> Iterator[events.Key | events.Paste]:
    """A terminal cannot tell Alt+n from Esc and n typed quickly: it is both keys."""
    if isinstance(event, events.Key) and event.key.startswith("alt+") and len(event.key) == len("alt+") + 1:
        yield events.Key("escape", None)
        yield events.Key(event.key[-1], event.key[-1])
    else:
        yield event


async def _is_made(screen: CockpitScreen[Any]) -> bool:
    try:
        async with asyncio.timeout(SCREEN_MADE_S):
            await screen.made()
    except TimeoutError:
        return False
    return True
