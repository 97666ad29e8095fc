"""How the program ends: by a signal or a closed window, as on `quit`; by a crash; and starts that never came up.

The handlers of signals are the process's own, not the event loop's: they hold before the loop runs and after it has
ended. What is left of a crash is the way through the program, without values, in a file only the rep can read.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer
from time import monotonic
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
                # Python puts the system's own back before it takes itself apart, and would die of one that comes then.
                atexit.register(signal.signal, number, signal.SIG_IGN)

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
    if sys.platform == "win32":  # where no program is stopped
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


# -- crashes

CRASH_LOG = "crash.log"


def write_crash(folder: Path, error: BaseException) -> Path | None:
    """Append the traceback to `crash.log` (mode 0600) without locals and messages; the path, None if it cannot."""
    path = folder / CRASH_LOG
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8"
        ) as log:
            log.write(f"{type(error).__name__}\n{frames}\n")
    except OSError:
        return None
    return path


def stopped_words(path: Path | None, *, open_call: bool = False) -> str:
    """The one sentence after a crash."""
    where = f" Details: {path}" if path else ""
    call = " Your call goes on: start Power Hour again to be back in it." if open_call else ""
    return f"Power Hour stopped. Everything up to the last outcome is saved.{call}{where}"


def command_stopped_words(path: Path | None) -> str:
    """The one sentence after a crash of a command."""
    where = f" Details: {path}" if path else ""
    return f"Power Hour stopped: this is a fault in the program. Please report it.{where}"


STARTING = "starting"
AT_ONCE_S = 60.0
TOO_OFTEN = 2
"""So many failed starts in a row, and what lay on disk is not trusted any more."""
HANGS_AFTER_S = 30.0
"""Seconds after which a start that is not up counts as failed: whoever waits for it will have to kill it."""


class Starts:
    """Counts starts that failed by themselves, in a file of the data folder that a start which succeeds removes.

    One that was ended from outside (a power cut, a kill, a closed window) has not failed: nothing that lies on disk is
    to blame for it.
    """

    def __init__(
        self,
        folder: Path | None = None,
        monotonic: Callable[[], float] = monotonic,
        hangs_after_s: float = HANGS_AFTER_S,
    ) -> None:
        """Without a folder nothing is counted."""
        self._path = folder / STARTING if folder else None
        self._monotonic = monotonic
        self._failed = 0
        self._up_since: float | None = None
        # A thread of its own: what hangs may be the loop that everything else runs in.
        self._hanging = Timer(hangs_after_s, self._failed_once_more)
        self._hanging.daemon = True

    def begin(self) -> bool:
        """A start begins; True when those before it failed too often, one after the other."""
        noted = b""
        with suppress(OSError):
            if self._path:
                noted = self._path.read_bytes()[:8]
        self._failed = int(noted) if noted.isdigit() else 0
        if self._path:
            self._hanging.start()
        return self._failed >= TOO_OFTEN

    def succeeded(self) -> None:
        """The program is up, or was left as it should be. Said again, it means nothing."""
        if self._up_since is None:
            self._hanging.cancel()
            self._up_since = self._monotonic()
            with suppress(OSError):
                if self._path:
                    self._path.unlink(missing_ok=True)

    def crashed(self) -> None:
        """It stopped by itself: before it was up or right afterwards, that is a start that failed."""
        self._hanging.cancel()
        if self._up_since is None or self._monotonic() - self._up_since < AT_ONCE_S:
            self._failed_once_more()

    def _failed_once_more(self) -> None:
        with suppress(OSError):
            if self._path:
                flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
                with os.fdopen(os.open(self._path, flags, 0o600), "wb") as file:
                    file.write(b"%d" % (self._failed + 1))


def crashed(error: BaseException, folder: Path, starts: Starts, *, open_call: bool) -> str:
    """Write a crash down and count it as a start that failed, where it is one; the one sentence for the rep."""
    starts.crashed()
    return stopped_words(write_crash(folder, error), open_call=open_call)
