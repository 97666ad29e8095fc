"""What is said outside the program's own screen: the terminal's title and a desktop notification.

Both may be read over a shoulder or kept by the desktop, so they hold fixed words and never a customer's name.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping

from tui import programs

NAME = "Power Hour"
DUE = "A promise is due"
TITLE = f"\x1b[22;2t\x1b]2;{DUE} - {NAME}\x07"
"""Puts the terminal's own title by and shows ours."""
TITLE_BACK = f"\x1b]2;{NAME}\x07\x1b[23;2t"
"""The title of before; a terminal that keeps none shows the name of the program."""
PATIENCE_S = 5.0
"""A notification that takes longer is given up."""
_OSC_9 = frozenset({"iTerm.app", "WezTerm", "ghostty"})
_OSC_777 = ("rxvt-unicode", "foot")


def notification(environ: Mapping[str, str]) -> str:
    """The escape sequence with which this terminal notifies, also over SSH; empty when it knows none."""
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    if "TMUX" in environ or term.startswith("screen"):
        return ""  # they swallow it
    if program in _OSC_9 or term in ("xterm-kitty", "xterm-ghostty"):
        return f"\x1b]9;{NAME}: {DUE}\x07"
    return f"\x1b]777;notify;{NAME};{DUE}\x1b\\" if term.startswith(_OSC_777) else ""


def notifier(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The command that notifies on the desktop of this machine; empty over SSH and without a desktop."""
    here = not any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
    desktop = any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    program = programs.find("notify-send", environ) if here and desktop else None
    return (program, f"--app-name={NAME}", NAME, DUE) if program else ()


async def notify(command: tuple[str, ...]) -> None:
    """Run a notifier; one that is missing, refuses or hangs is of no consequence."""
    silent = asyncio.subprocess.DEVNULL
    with contextlib.suppress(OSError):
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=silent,
            stdout=silent,
            stderr=silent,
            env=programs.environment(),
            cwd=programs.own_folder(),
        )
        try:
            async with asyncio.timeout(PATIENCE_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
