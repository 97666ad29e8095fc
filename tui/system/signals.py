"""What ends the cockpit from outside: a signal or a closed window. Whenever it comes, the program leaves as on `quit`.

The handlers are the process's own, not the event loop's: they hold before the loop runs and after it has ended.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")


class Signals:
    """Remembers that the program is to end, and says so to whoever can do it, as soon as there is somebody."""

    def __init__(self) -> None:
        self._asked = False
        self._leave: Callable[[], None] | None = None

    def listen(self) -> None:
        """From now on no signal ends the process at once; what is ignored on purpose (`nohup`) stays ignored."""
        for name in _NAMES:
            number = getattr(signal, name, None)  # Windows has fewer
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._heard)

    def leave_by(self, leave: Callable[[], object]) -> None:
        """What the running loop is to do when the program is to end: now, when it is already, and for each signal."""
        loop = asyncio.get_running_loop()

        def soon() -> None:
            with suppress(RuntimeError):  # the loop has ended, and with it all there was to save
                loop.call_soon_threadsafe(leave)

        self._leave = soon
        if self._asked:
            soon()

    def end(self) -> None:
        """The program is to end; may be said by any thread, and more than once."""
        self._asked = True
        if self._leave:
            self._leave()

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self.end()


def wake_only_after_a_stop() -> None:
    """Let SIGCONT start the terminal again only after SIGTSTP stopped it.

    A terminal multiplexer that closes sends SIGHUP and SIGCONT together; Textual's handler would then open the
    terminal a second time, and the program would never end.
    """
    if not hasattr(signal, "SIGTSTP"):
        return
    stop, wake = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not callable(stop) or not callable(wake):
        return
    stopped = False

    def on_stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        stop(number, frame)

    def on_wake(number: int, frame: FrameType | None) -> None:
        nonlocal stopped
        if stopped:
            stopped = False
            wake(number, frame)

    signal.signal(signal.SIGTSTP, on_stop)
    signal.signal(signal.SIGCONT, on_wake)
