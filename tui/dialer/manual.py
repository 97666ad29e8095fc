"""The rep dials by hand: the number is large on the screen and on the clipboard."""

from __future__ import annotations

from tui.dialer.blind import Unwatched, strict
from tui.dialer.clipboard import Clipboard, Put
from tui.dialer.number_format import OutsideLine
from tui.dialer.protocol import Dialled

_SAID = {
    Put.STORED: "Call {shown} on your phone. It is on the clipboard.",
    Put.SENT: "Call {shown} on your phone. It was sent to the clipboard.",
    Put.NOWHERE: "Call {shown} on your phone.",
}


class ManualDialer(Unwatched):
    """No software rings: the rep reads or pastes the number."""

    name = "manual"

    def __init__(self, clipboard: Clipboard, line: OutsideLine | None = None) -> None:
        super().__init__()
        self._clipboard = clipboard
        self._line = line or OutsideLine()

    async def dial(self, e164: str, shown: str) -> Dialled:
        """Put the number, with the outside-line prefix, on the clipboard. Raises `DialError`."""
        typed = self._line.typed(strict(e164))
        put = await self._clipboard.copy(typed)
        return Dialled(self._next_id(), _SAID[put].format(shown=typed if self._line.prefix else shown))
