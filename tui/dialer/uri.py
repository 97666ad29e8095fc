"""The operating system's phone handler rings: a `tel:` link opened by xdg-open, open or Windows."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from urllib.parse import quote

from tui.dialer import program
from tui.dialer.blind import Unwatched, strict
from tui.dialer.clipboard import has_display, over_ssh
from tui.dialer.number_format import OutsideLine
from tui.dialer.protocol import DialError, Dialled
from tui.system import programs
from tui.system.readfile import aside

SCHEMES = ("tel", "callto", "sip")
_NO_DESKTOP = (
    "No desktop is in reach from here, so no phone program can open. "
    "Start powerhour on your own machine, or set  dialer: manual."
)
_NO_HANDLER = (
    "No program on this machine opens {scheme}: links. "
    "Choose one in the settings of your system, or set  dialer: manual."
)


class UriDialer(Unwatched):
    """Hands a link with the number to the program that the rep's system opens it with."""

    name = "uri"

    def __init__(
        self,
        line: OutsideLine | None = None,
        scheme: str = "tel",
        timeout: float = 5.0,
        environ: Mapping[str, str] | None = None,
        platform: str = sys.platform,
    ) -> None:
        """`timeout`: seconds the handler has to complain. Raises `DialError` for a bad scheme."""
        super().__init__()
        if scheme not in SCHEMES:
            raise DialError(f"`{scheme}` is not a kind of phone link. Use one of: {', '.join(SCHEMES)}.")
        self._line = line or OutsideLine()
        self._scheme, self._timeout, self._platform = scheme, timeout, platform
        self._environ = os.environ if environ is None else environ

    async def dial(self, e164: str, shown: str) -> Dialled:
        """Open the link. Raises `DialError` when there is no desktop or no program for it."""
        typed = self._line.typed(strict(e164))
        link = f"{self._scheme}:{quote(typed, safe='+*')}"
        if self._platform == "win32":
            await self._open_on_windows(link)
        else:
            await self._open(link)
        return Dialled(self._next_id(), f"Your phone program was asked to call {shown}.")

    async def _open(self, link: str) -> None:
        mac = self._platform == "darwin"
        desktop = not over_ssh(self._environ) if mac else has_display(self._environ)
        if not desktop:
            raise DialError(_NO_DESKTOP)
        opener = programs.find("open" if mac else "xdg-open")
        if opener is None:
            raise DialError("xdg-open is not installed. Install xdg-utils, or set  dialer: manual.")
        try:
            # A handler may stay in the foreground and be the call itself, so it is never stopped.
            ended = await program.run(
                [opener, link], timeout=self._timeout, let_run=True, environ=self._environ
            )
        except OSError as error:
            raise DialError(f"{opener} could not start: {error.strerror}. Or set  dialer: manual.") from error
        if ended.code:
            raise DialError(_NO_HANDLER.format(scheme=self._scheme))

    async def _open_on_windows(self, link: str) -> None:
        open_it = getattr(os, "startfile", None)
        if open_it is None:
            raise DialError(_NO_HANDLER.format(scheme=self._scheme))
        try:
            await aside(open_it, link)
        except OSError as error:
            raise DialError(_NO_HANDLER.format(scheme=self._scheme)) from error
