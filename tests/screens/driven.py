"""The real program, driven on the ways of `ways.py`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual import events
from textual.pilot import Pilot

from tests.screen_bench import Stage, key_event
from tests.screens.ways import STARTS, WAYS, Step


class Driven(Stage):
    """The program on its way to a screen."""

    def __init__(self, rep: Any, pilot: Pilot[Any]) -> None:
        super().__init__(rep.app, None, pilot)  # type: ignore[arg-type]
        self.rep = rep

    async def do(self, steps: Iterable[Step]) -> None:
        """Press keys and let things happen, one after another."""
        for step in steps:
            if isinstance(step, str):
                self.app.post_message(key_event(step))
                await self.done()
            else:
                await self.pilot.pause()
                await step(self)
        await self.pilot.pause()
        await self.pilot.pause()

    async def paste(self, words: str) -> None:
        """Paste words, and wait until they are taken."""
        self.app.post_message(events.Paste(words))
        await self.done()

    async def resize(self, width: int, height: int) -> None:
        """Another size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()


def chain(name: str) -> tuple[str, ...]:
    """The ways that lead to a screen, the first screen first."""
    after = WAYS[name].after
    return (*(() if after in STARTS else chain(after)), name)
