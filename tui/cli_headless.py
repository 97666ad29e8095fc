"""The cockpit without a screen: what commands ask it, they ask the object the screens drive."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tui.cli_output import complain
from tui.cli_parts import Parts, library_of
from tui.cockpit.cockpit import Cockpit
from tui.dialer.clipboard import Clipboard
from tui.dialer.manual import ManualDialer
from tui.storage.protocol import Store

R = TypeVar("R")


def in_cockpit(parts: Parts, store: Store, ask: Callable[[Cockpit], Awaitable[R]]) -> R:
    """Open a cockpit over the store without a screen, ask it one thing, and close both."""

    async def run() -> R:
        phone = ManualDialer(Clipboard())
        cockpit = Cockpit(store, parts.settings, lambda: library_of(parts), phone, parts.clock)
        try:
            await cockpit.open()
            if cockpit.put_aside:
                complain(cockpit.put_aside)
            return await ask(cockpit)
        finally:
            await cockpit.close()

    return asyncio.run(run())
