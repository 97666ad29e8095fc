"""A program in a real pseudo-terminal: its bytes, its screen, and what it left switched on."""

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
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pyte

CALLED = "(?:DIALLING|RINGING|DIAL ON YOUR PHONE)"
"""What the card says once somebody is called, by any dialer."""
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
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_ON_BEFORE = frozenset({7, 25})
"""Modes a terminal has on when nobody asked: line wrap and the cursor."""


def modes_left(output: bytes | bytearray) -> list[str]:
    """What a program that wrote these bytes left otherwise than it found it: `?1049 on`, `?25 off`, `keys pushed`."""
    modes: dict[int, bool] = {}
    for numbers, switch in _MODE.findall(output):
        modes |= {int(number): switch == b"h" for number in numbers.split(b";") if number}
    left = [
        f"?{mode} {'on' if is_on else 'off'}"
        for mode, is_on in sorted(modes.items())
        if is_on != (mode in _ON_BEFORE)
    ]
    if len(re.findall(rb"\x1b\[>[0-9]*u", output)) > output.count(b"\x1b[<u"):
        left.append("keys pushed")
    return left


class Process(Protocol):
    """A program that was started, as `subprocess.Popen` has it."""

    pid: int
    returncode: int | None

    def poll(self) -> int | None:
        """How it ended; None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """How it ended, once it has."""


def begin(argv: Sequence[str], env: Mapping[str, str], cwd: Path, terminal: int) -> Process:
    """Start a program in a session of its own, with this terminal."""
    return subprocess.Popen(
        argv,
        env=env,
        cwd=cwd,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        # With a terminal of its own the program hears when the window is closed.
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )


Begin = Callable[[Sequence[str], Mapping[str, str], Path, int], Process]


class Pty:
    """A program in a pseudo-terminal of its own; `output` is every byte it wrote."""

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        cwd: Path,
        columns: int = 80,
        rows: int = 24,
        begin: Begin = begin,
    ) -> None:
        self._master, self._slave = pty.openpty()
        self._size(columns, rows)
        self.settings_before = termios.tcgetattr(self._slave)
        self.output = bytearray()
        self._process = begin(argv, env, cwd, self._slave)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for the signal that ended it."""
        return self._process.poll()

    @property
    def settings(self) -> list[object]:
        """The line settings as they are now (`stty -a`)."""
        return termios.tcgetattr(self._slave)

    @property
    def left_behind(self) -> list[str]:
        """What is otherwise than the program found it; empty when the terminal can be used."""
        raw = [] if self.settings == self.settings_before else ["line settings"]
        return raw + modes_left(self.output)

    def read(self, seconds: float) -> None:
        """Take in what the program writes, until it is quiet or this long has passed."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self.take(left):
            pass

    def take(self, seconds: float) -> bool:
        """Take in what comes next; False when nothing came for this long."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65_536)
        except OSError:  # nobody writes any more
            return False
        self.output += data
        self._show(data)
        return True

    def _show(self, data: bytes) -> None:
        """What these bytes do to a screen: nothing here."""

    def write(self, data: bytes) -> None:
        """Type these bytes."""
        while data:
            if select.select([], [self._master], [], 0.05)[1]:
                data = data[os.write(self._master, data[:1024]) :]
            elif self.exit_code is not None:
                return
            # A program that is busy writing may read only when its own output was taken.
            while self.take(0):
                pass

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size and say so."""
        self._size(columns, rows)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGWINCH)

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the program."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait_exit(self, timeout: float = 60.0) -> int:
        """The exit code, negative for the signal that ended it. Fails after `timeout` seconds."""
        end = time.monotonic() + timeout
        while (code := self.exit_code) is None:
            if time.monotonic() > end:
                raise AssertionError(
                    f"still running after {timeout} s. The last bytes: {self.output[-2000:]!r}"
                )
            self.read(0.05)
        while self.take(0.1):  # all that it wrote, however long it takes to show that
            pass
        return code

    def ended_within(self, timeout: float) -> bool:
        """Whether the program ends by itself within so many seconds; nothing is read."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)
        return self._process.returncode is not None

    def hang_up(self) -> None:
        """Close the window: the terminal goes away under the program."""
        os.close(self._slave)
        os.close(self._master)
        self._slave = self._master = -1

    def close(self) -> None:
        """End the program if it still runs, and free the terminal."""
        self.kill()
        self._process.wait()
        if self._master >= 0:
            self.hang_up()


class Terminal(Pty):
    """A program in a terminal of a fixed size; `screen()` is what a person would see."""

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        cwd: Path,
        columns: int = 80,
        rows: int = 24,
        begin: Begin = begin,
    ) -> None:
        self._held = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        super().__init__(argv, env, cwd, columns, rows, begin)

    @property
    def in_alternate_screen(self) -> bool:
        return self.output.rfind(b"\x1b[?1049h") > self.output.rfind(b"\x1b[?1049l")

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self._screen.display]

    def screen(self) -> str:
        """The screen as text, a line a row, after what the program has written so far."""
        self.read(0.02)
        return "\n".join(self.lines)

    def _show(self, data: bytes) -> None:
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

    def press_until(self, key: str, text: str) -> str:
        """The screen once `text` is on it, which this key brings: pressed again where that is not there in ten seconds.

        A key that has just brought what is on the screen is dropped as a repeat for a moment. On a machine that stands
        still that moment begins when the screen has long been seen.
        """
        for _ in range(5):
            self.press(key)
            try:
                return self.wait_for(text, timeout=10)
            except AssertionError:
                if self.exit_code is not None:
                    raise
        return self.wait_for(text)

    def wait_for(self, text: str, timeout: float = 60.0) -> str:
        """The screen once `text` (a regular expression) is on it. Fails after `timeout` seconds."""
        return self.wait_until(lambda screen: re.search(text, screen) is not None, text, timeout)

    def wait_until(self, seen: Callable[[str], bool], what: str, timeout: float = 60.0) -> str:
        """The screen once `seen` is true of it. Fails with the screen after `timeout` seconds."""
        end = time.monotonic() + timeout
        while True:
            screen = self.screen()
            if seen(screen):
                return screen
            ended = self.exit_code
            if ended is not None or time.monotonic() > end:
                why = f"the program ended with {ended}" if ended is not None else f"not within {timeout} s"
                raise AssertionError(f"{what!r}: {why}. The screen:\n{screen}")
            self.read(0.1)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        super().resize(columns, rows)
