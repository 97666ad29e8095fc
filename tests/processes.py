"""Whether a program that was started still runs, and waiting until something has happened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path


def gone(pid: int) -> bool:
    """Whether a process has ended, be it that whoever started it has not asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


async def eventually(happened: Callable[[], bool]) -> None:
    """Wait until it has happened. Fails after a minute."""
    async with asyncio.timeout(60):
        while not happened():
            await asyncio.sleep(0.01)
