"""Textual's terminal driver, made to last: no closed window blocks the program, no fault in it shows a traceback.

Also what Textual switches on and leaves on is switched off again.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import IO, Any, cast

from textual.driver import Driver

_SWITCHED_OFF = "\x1b[?1016l\x1b[?2048l"
"""Mouse positions in pixels, and sizes of the window as input: asked of terminals that know the second."""


def lasting_driver() -> type[Driver] | None:
    """The driver for this system; None where Textual's own is as good as any."""
    try:
        from textual.drivers.linux_driver import LinuxDriver
    except ImportError:  # Windows
        return None

    class LastingDriver(LinuxDriver):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._file = cast(TextIOWrapper, Lasting(sys.__stderr__ or sys.stderr))

        def _run_input_thread(self) -> None:
            try:
                self.run_input_thread()
            except OSError:  # the window was closed: a signal, or the end of the input, has told the app
                return
            except Exception as error:
                self._app.call_later(self._app._handle_exception, error)

        def stop_application_mode(self) -> None:
            self.write(_SWITCHED_OFF)
            super().stop_application_mode()

    return LastingDriver


class Lasting:
    """A stream to a terminal that may go away: what cannot be written any more is dropped.

    An error would end Textual's writing thread, and the app would wait for it for ever.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text, as far as there is a terminal."""
        self._or_drop(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        """Hand everything to the terminal, as far as there is one."""
        self._or_drop(self._stream.flush)

    def _or_drop(self, write: Callable[[], object]) -> None:
        try:
            write()
        except OSError as error:
            if error.errno == errno.EAGAIN:  # another program of this terminal made it refuse to wait
                os.set_blocking(self._stream.fileno(), True)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
