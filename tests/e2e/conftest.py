"""The program in a real pseudo-terminal: what a person would see, and keys as a person would press them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from tests.conftest import PROGRAM

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "space": b" ",
    "tab": b"\t",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "ctrl+c": b"\x03",
    "ctrl+g": b"\x07",
    "ctrl+o": b"\x0f",
    "ctrl+q": b"\x11",
    "ctrl+r": b"\x12",
    "ctrl+t": b"\x14",
    "ctrl+x": b"\x18",
    "ctrl+y": b"\x19",
}
# pyte prints the end of these: the kitty keyboard protocol and device strings.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[a-z]|\x1b[P_^].*?\x1b\\", re.DOTALL)
_UNFINISHED = re.compile(rb"\x1b[^a-zA-Z~]{0,30}\Z")


class Terminal:
    """The program in a real pseudo-terminal of a fixed size; `screen()` is what a person would see."""

    def __init__(
        self, argv: list[str], env: dict[str, str], cwd: Path, columns: int = 80, rows: int = 24
    ) -> None:
        self._master, self._slave = pty.openpty()
        self._size(columns, rows)
        self.settings_before = termios.tcgetattr(self._slave)
        self.output = b""
        """Every byte the program wrote."""
        self._held = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._process = subprocess.Popen(
            argv,
            env=env,
            cwd=cwd,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def settings(self) -> list[object]:
        """The line settings as they are now (`stty -a`)."""
        return termios.tcgetattr(self._slave)

    @property
    def in_alternate_screen(self) -> bool:
        return self.output.rfind(b"\x1b[?1049h") > self.output.rfind(b"\x1b[?1049l")

    @property
    def reports_mouse(self) -> bool:
        return self.output.rfind(b"\x1b[?1000h") > self.output.rfind(b"\x1b[?1000l")

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self._screen.display]

    def screen(self) -> str:
        """The screen as text, a line a row, after what the program has written so far."""
        self.read(0.02)
        return "\n".join(self.lines)

    def read(self, seconds: float) -> None:
        """Take in what the program writes for this long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self._master], [], [], left)[0]:
                return
            with contextlib.suppress(OSError):
                self._feed(os.read(self._master, 65536))

    def _feed(self, data: bytes) -> None:
        self.output += data
        data = self._held + data
        cut = _UNFINISHED.search(data)
        self._held = data[cut.start() :] if cut else b""
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data[: cut.start()] if cut else data))

    def press(self, *keys: str) -> None:
        """Press keys by name (`enter`, `f2` …) or, anything else, type the text as it stands."""
        for key in keys:
            os.write(self._master, KEYS[key] if key in KEYS else key.encode())
            # A lone ESC counts as the Esc key only after the terminal's escape delay.
            self.read(0.25 if key == "escape" else 0.05)

    def wait_for(self, text: str, timeout: float = 30.0) -> str:
        """The screen once `text` (a regular expression) is on it. Fails after `timeout` seconds."""
        return self.wait_until(lambda screen: re.search(text, screen) is not None, text, timeout)

    def wait_until(self, seen: Callable[[str], bool], what: str, timeout: float = 30.0) -> str:
        """The screen once `seen` is true of it. Fails with the screen after `timeout` seconds."""
        end = time.monotonic() + timeout
        while True:
            screen = self.screen()
            if seen(screen):
                return screen
            ended = self._process.poll()
            if ended is not None or time.monotonic() > end:
                why = f"the program ended with {ended}" if ended is not None else f"not within {timeout} s"
                raise AssertionError(f"{what!r}: {why}. The screen:\n{screen}")
            self.read(0.1)

    def resize(self, columns: int, rows: int) -> None:
        self._size(columns, rows)
        self._screen.resize(rows, columns)
        os.killpg(self.pid, signal.SIGWINCH)

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the program."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait_exit(self, timeout: float = 30.0) -> int:
        """The exit code, negative for the signal that ended it. Fails after `timeout` seconds."""
        end = time.monotonic() + timeout
        while self._process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"still running after {timeout} s. The screen:\n{self.screen()}")
            self.read(0.05)
        self.read(0.1)
        return self._process.returncode

    def ended_within(self, timeout: float) -> bool:
        """Whether the program ends by itself within so many seconds; nothing is read."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)
        return self._process.returncode is not None

    def close(self) -> None:
        """End the program if it still runs, and free the terminal."""
        self.kill()
        self._process.wait()
        for end in (self._master, self._slave):
            with contextlib.suppress(OSError):
                os.close(end)

    def hang_up(self) -> None:
        """Close the window: the terminal goes away under the program."""
        os.close(self._slave)
        os.close(self._master)


@pytest.fixture
def terminal(environment: dict[str, str], home: Path, data: Path) -> Iterator[Callable[..., Terminal]]:
    """Starts the program in a pty: `terminal()`, `terminal("--workspace", "team", columns=60, rows=20)`."""
    started: list[Terminal] = []

    def start(
        *args: str,
        columns: int = 80,
        rows: int = 24,
        env: dict[str, str] | None = None,
        folder: Path | None = None,
    ) -> Terminal:
        argv = [*PROGRAM, "--data", str(data), *args]
        started.append(Terminal(argv, environment | (env or {}), folder or home, columns, rows))
        return started[-1]

    yield start
    for one in started:
        one.close()
