"""The program in a process of its own that need not read it: forked from one that has read it all.

To read the program is half of what a start costs, and it is the same each time. All else is as in any other start: the
process has its own session, terminal, folder, environment and signals, and leaves as `python -m tui` does. What Python
itself looks at before it runs a line is not the same, so a test of the very start begins one afresh.

Run as a program, this is the process that is forked from. A request is a line of JSON and four files: the standard
ones, and one into which go the new process's id and, when it is over, how it ended.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import select
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).parent.parent
ROOMS = ("tui.cli", "tui.screens")
"""Every module in them is read, and all that those import."""
READ_BY_PYTHON = ("PYTHON", "LC_", "LANG", "TEXTUAL_", "TERM_PROGRAM")
"""Variables that begin so rule what is read at the start, or how."""


class Started:
    """A process of the program; as much of `subprocess.Popen` as a terminal needs."""

    def __init__(self, pid: int, told: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._told = told

    def poll(self) -> int | None:
        """How it ended, as in `subprocess`; None while it runs."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self._take_end()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """How it ended, once it has. Raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("powerhour", timeout or 0)
            self._take_end()
        assert self.returncode is not None
        return self.returncode

    def _take_end(self) -> None:
        self.returncode = int(_line(self._told))
        os.close(self._told)


class Reader:
    """A process that has read the program, for as many starts as are wanted."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.read_already", str(theirs.fileno())],
                cwd=ROOT,
                env=self._environment,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )

    def can_start(self, environment: Mapping[str, str]) -> bool:
        """Whether Python would begin in this environment as it did in ours."""
        return all(
            environment.get(name) == self._environment.get(name)
            for name in {*environment, *self._environment}
            if name.startswith(READ_BY_PYTHON) and name != "PYTHONDONTWRITEBYTECODE"
        )

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        files: tuple[int, int, int],
        *,
        has_terminal: bool,
    ) -> Started:
        """Start the program with these standard files; with a terminal, the first one, in a session of its own."""
        told, tell = os.pipe()
        request = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "folder": str(folder),
            "has_terminal": has_terminal,
        }
        try:
            socket.send_fds(self._ours, [json.dumps(request).encode() + b"\n"], [*files, tell])
        finally:
            os.close(tell)
        return Started(int(_line(told)), told)

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], folder: Path, stdin: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end, as `subprocess.run` does."""
        with contextlib.ExitStack() as stack:
            given, out, err = (
                stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="")) for _ in range(3)
            )
            given.write(stdin)
            given.flush()
            given.seek(0)
            files = (given.fileno(), out.fileno(), err.fileno())
            code = self.start(arguments, environment, folder, files, has_terminal=False).wait(60)
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(arguments, code, out.read(), err.read())

    def end(self) -> None:
        """No more starts."""
        self._ours.close()
        self._process.wait()


def _line(descriptor: int) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(descriptor, 1)
        if not byte:
            raise AssertionError("the process that had read the program is gone")
        line += byte
    return line


def serve(connection: socket.socket) -> None:
    """Read the program, then fork for each request; comes back in the process that is to run the program."""
    for room in ROOMS:
        for module in pkgutil.iter_modules(importlib.import_module(room).__path__):
            importlib.import_module(f"{room}.{module.name}")
    gc.collect()
    gc.freeze()
    while True:
        message, files, _, _ = socket.recv_fds(connection, 1_000_000, 4)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not message:
            os._exit(0)
        if os.fork() == 0:
            connection.close()
            if _watched(files[3]):
                _become(files[:3], **json.loads(message))
                return
        for one in files:
            os.close(one)


def _watched(tell: int) -> bool:
    """Fork once more: True in the new process; the other one tells how that ends, and goes."""
    pid = os.fork()
    if pid == 0:
        os.close(tell)
        return True
    os.closerange(0, tell)
    os.closerange(tell + 1, tell + 64)
    os.write(tell, b"%d\n" % pid)
    _, status = os.waitpid(pid, 0)
    os.write(tell, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(
    files: Sequence[int], arguments: list[str], environment: dict[str, str], folder: str, has_terminal: bool
) -> None:
    if has_terminal:
        import fcntl
        import termios

        os.setsid()
        fcntl.ioctl(files[0], termios.TIOCSCTTY, 0)
    for place, one in enumerate(files):
        os.dup2(one, place)
        os.close(one)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.dont_write_bytecode = bool(environment.get("PYTHONDONTWRITEBYTECODE"))
    for name, place, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        real = getattr(sys, name)
        stream = open(place, mode, encoding=real.encoding, errors=real.errors, closefd=False)  # noqa: SIM115 - stays
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.argv[1:] = arguments


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    from tui.__main__ import main

    main()
