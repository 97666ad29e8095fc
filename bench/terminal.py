"""A program in a pseudo-terminal: how long until a text is on the screen, how much memory, how much processor."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.terminal import Pty

_TICKS = os.sysconf("SC_CLK_TCK")
Start = tuple[float, float]
"""Seconds, and seconds of processor, until a text is on the screen."""


def start(argv: Sequence[str], environment: Mapping[str, str], cwd: Path, text: str) -> Start:
    """Start a program, wait for this text, and close it again. Raises TimeoutError when the text does not come."""
    terminal = Program(argv, environment, cwd)
    try:
        return terminal.wait_for(text), terminal.processor_s
    finally:
        terminal.close()


class Program(Pty):
    """A program in a terminal of 80 by 24; the clock runs from its start."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str], cwd: Path) -> None:
        self.started = time.perf_counter()
        super().__init__(argv, environment, cwd)

    def read(self, seconds: float) -> None:
        """Take in what the program writes for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.take(left)

    def wait_for(self, text: str, timeout: float = 120.0) -> float:
        """Seconds from the start until the text was written. Raises TimeoutError with what was seen."""
        self.wait_for_any(text, timeout=timeout)
        return time.perf_counter() - self.started

    def wait_for_any(self, *texts: str, timeout: float = 120.0) -> str:
        """The first of these texts that was written. Raises TimeoutError with what was seen."""
        while not (found := [text for text in texts if text.encode() in self.output]):
            if time.perf_counter() - self.started > timeout or self.exit_code is not None:
                raise TimeoutError(f"{texts} did not appear; last came {self.output[-600:]!r}")
            self.take(0.05)
        return found[0]

    def press(self, keys: str) -> None:
        """Type these characters."""
        self.write(keys.encode())

    @property
    def processor_s(self) -> float:
        """Seconds of processor the program has used so far, all its threads together."""
        after_name = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / _TICKS

    @property
    def most_memory_mb(self) -> float:
        """The most memory the program ever held, in MB of 2^20 bytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    def settle(self, quiet_s: float = 1.0, timeout: float = 60.0) -> None:
        """Wait until the program has hardly used the processor for so long."""
        end = time.perf_counter() + timeout
        while time.perf_counter() < end:
            before = self.processor_s
            self.read(quiet_s)
            if self.processor_s - before <= 0.05 * quiet_s:
                return

    def close(self) -> None:
        """Close the program as a window manager would, and wait until it has put everything away."""
        self.kill(signal.SIGTERM)
        end = time.perf_counter() + 60
        while self.exit_code is None and time.perf_counter() < end:
            self.take(0.05)
        super().close()


class Terminal(Program):
    """A program of this Python."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], cwd: Path) -> None:
        super().__init__([sys.executable, *arguments], environment, cwd)
