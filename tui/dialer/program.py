"""Running another program for a dial: an argument list, never a shell, and never for longer than asked.

Where it is found and what it is told of us: `tui.system.programs`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from typing import IO

from msgspec import Struct

from tui import plaintext
from tui.system import programs

LAST_BYTES = 4096
"""How much of a program's complaint is read back."""
SHOWN_COMPLAINT = 160
"""Characters of a complaint a rep sees."""
_LOOK = 0.01
"""Seconds between two looks at a running program."""
_GRACE = 0.5
"""Seconds a program has to end politely."""
_still_running: list[subprocess.Popen[bytes]] = []
"""Phone programs that outlived their dial, kept so that they are reaped once they end."""


class Ended(Struct, frozen=True):
    """How a program ended: its exit code (None: it still runs, or was stopped) and its last complaint."""

    code: int | None
    complaint: str = ""


async def run(
    argv: Sequence[str],
    *,
    timeout: float,
    feed: bytes = b"",
    let_run: bool = False,
    environ: Mapping[str, str] = os.environ,
) -> Ended:
    """Run `argv` for at most `timeout` seconds and give how it ended. Raises OSError when it cannot start.

    `let_run`: a program still busy after that keeps running (it may BE the phone); else its group is stopped.
    """
    # Files, not pipes: a program that stays in the background would keep a pipe open and us waiting.
    # Popen, not asyncio's process: that one kills what still runs when the event loop closes.
    with tempfile.TemporaryFile() as words, tempfile.TemporaryFile() as complaints:
        words.write(feed)
        words.seek(0)
        process = subprocess.Popen(  # noqa: S603 - a list of words, no shell; only the own settings name the program
            list(argv),
            stdin=words if feed else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            start_new_session=True,
            env=programs.environment(environ),
            cwd=programs.own_folder(),
        )
        try:
            ended = await ended_within(timeout, lambda: process.poll() is not None)
        finally:
            if process.returncode is None:
                if let_run:
                    _still_running[:] = [other for other in _still_running if other.poll() is None]
                    _still_running.append(process)
                else:
                    await _stop(process)
        return Ended(process.returncode if ended else None, _last_line(complaints))


async def ended_within(seconds: float, is_over: Callable[[], bool]) -> bool:
    """Whether a program ended by itself within so many seconds."""
    until = time.monotonic() + seconds
    while not is_over():
        if time.monotonic() >= until:
            return False
        await asyncio.sleep(_LOOK)
    return True


async def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program with everything it started: politely, then for good."""
    for name in ("SIGTERM", "SIGKILL"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, getattr(signal, name))
            else:
                process.kill()
        if await ended_within(_GRACE, lambda: process.poll() is not None):
            return


def _last_line(complaints: IO[bytes]) -> str:
    size = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, size - LAST_BYTES))
    text = plaintext.clean_text(complaints.read().decode(errors="replace"), LAST_BYTES)
    lines = [line for line in text.splitlines() if line.strip()]
    return plaintext.clean(lines[-1], SHOWN_COMPLAINT) if lines else ""
