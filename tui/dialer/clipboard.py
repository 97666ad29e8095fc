"""The rep's clipboard: a local program where there is one, else the terminal is asked (OSC 52)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from enum import Enum

from tui.dialer import program
from tui.system import programs

_TIMEOUT = 1.0


class Put(Enum):
    """Where a text ended up."""

    STORED = "stored"
    """A program took it: it is on the clipboard of this machine."""
    SENT = "sent"
    """The terminal was asked; it never says whether it did."""
    NOWHERE = "nowhere"


def commands(environ: Mapping[str, str], platform: str) -> list[list[str]]:
    """Commands that take a text for the clipboard of this machine, the best first; none when the rep sits elsewhere."""
    if programs.over_ssh(environ):
        return []
    own = {"darwin": [["pbcopy"]], "win32": [["clip"]]}
    wayland = [["wl-copy"]] if environ.get("WAYLAND_DISPLAY") else []
    x11 = [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    return own.get(platform) or wayland + (x11 if environ.get("DISPLAY") else [])


class Clipboard:
    """The rep's clipboard."""

    def __init__(
        self,
        ask_terminal: Callable[[str], None] | None = None,
        environ: Mapping[str, str] = os.environ,
        platform: str = sys.platform,
    ) -> None:
        self.ask_terminal = ask_terminal
        """Writes OSC 52; the app supplies it once it owns the terminal."""
        self._environ = environ
        self._platform = platform

    async def copy(self, text: str) -> Put:
        """Put `text` on the clipboard and say where it went. Never raises, waits a second at most."""
        argv = self._program()
        if argv and await self._stored_by(argv, text):
            return Put.STORED
        if self.ask_terminal is None:
            return Put.NOWHERE
        self.ask_terminal(text)
        return Put.SENT

    async def _stored_by(self, argv: list[str], text: str) -> bool:
        try:
            ended = await program.run(argv, timeout=_TIMEOUT, feed=text.encode(), environ=self._environ)
        except OSError:
            return False
        return ended.code == 0

    def _program(self) -> list[str] | None:
        """The clipboard program of the machine the rep sits at, or None when that is not this one."""
        for argv in commands(self._environ, self._platform):
            if path := programs.find(argv[0]):
                return [path, *argv[1:]]
        return None
