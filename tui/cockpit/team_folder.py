"""Whether the team folder answers: it may lie on a network drive, and a drive that is gone must hold nobody up."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from tui.system.readfile import aside

LOOK_S = 0.25
"""Seconds a tick waits for the folder; a look that takes longer goes on by itself."""


class TeamFolder:
    """The folder of scripts, looked at from a thread of its own before anybody reads in it."""

    def __init__(self) -> None:
        self._look: asyncio.Task[None] | None = None

    async def answers(self, folder: Path | None) -> bool:
        """Whether the folder could be looked at just now. False while an earlier look has not come back."""
        if folder is None:
            return True
        if self._look is None:
            self._look = asyncio.create_task(aside(_look_at, folder))
            await asyncio.wait((self._look,), timeout=LOOK_S)
        if not self._look.done():
            return False
        self._look = None
        return True


def _look_at(folder: Path) -> None:
    """Ask the disk for what a reload asks for; the answers themselves are of no interest."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            with contextlib.suppress(OSError):
                path.stat()
