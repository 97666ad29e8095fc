"""The softphone's process: private, in a folder of its own, and able to outlive a crash of the cockpit."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tui.dialer import program
from tui.dialer.protocol import DialError, say
from tui.dialer.softphone.control import writing_end
from tui.locale.spoken import reason_of
from tui.system import programs

if sys.platform != "win32":  # where the softphone is not offered
    import fcntl

_PREFIX = "powerhour-phone-"
_NOTE = "running.json"
_LOCK = "owner.lock"


class Process:
    """One running softphone. Only the cockpit that holds its lock may command it."""

    def __init__(
        self,
        folder: Path,
        port: int,
        pid: int,
        account: str,
        lock: int,
        child: subprocess.Popen[bytes] | None,
    ) -> None:
        self.folder, self.port, self.pid, self.account = folder, port, pid, account
        self._lock, self._child = lock, child

    @property
    def alive(self) -> bool:
        """Whether the program still runs."""
        return self._child.poll() is None if self._child else _runs(self.pid, self.folder)

    async def end(self, grace: float = 0.0) -> None:
        """Wait `grace` seconds for it to end by itself, then end it with all it started; its folder goes too."""
        if not await program.ended_within(grace, self._over):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if sys.platform != "win32":
                    os.killpg(self.pid, signal.SIGKILL)
            await program.ended_within(1.0, self._over)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.release()

    def release(self) -> None:
        """Let it run on without us; the next cockpit may take it over."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _over(self) -> bool:
        return not self.alive


def launch(
    executable: Path, config: Callable[[int, Path], str], account: str, environ: Mapping[str, str]
) -> Process:
    """Start a softphone with the text of `config(port, folder)`. Raises `DialError` when it cannot start."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_base(environ)))
    port = _free_port()
    try:
        lock = _owned(folder)
        _write(folder / "config", config(port, folder))
        # One line of comment each: without these files the softphone asks questions or writes samples.
        _write(folder / "accounts", "# the account comes over the control connection\n")
        _write(folder / "contacts", "# none\n")
        trace = writing_end(folder)
        try:
            child = subprocess.Popen(  # noqa: S603 - fixed words; found in no current folder
                [str(executable), "-s", "-f", str(folder)],
                stdin=subprocess.DEVNULL,
                stdout=trace,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=programs.environment(environ),
                cwd=folder,
                umask=0o077,
            )
        finally:
            os.close(trace)
        _write(folder / _NOTE, json.dumps({"pid": child.pid, "port": port, "account": account}))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise DialError(say("softphone_not_started", why=reason_of(error))) from error
    except DialError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Process(folder, port, child.pid, account, lock, child)


def survivors(environ: Mapping[str, str]) -> Iterator[Process]:
    """Softphones whose cockpit is gone, each now owned by us; what is left of dead ones is cleared away."""
    for folder in sorted(Path(_base(environ)).glob(f"{_PREFIX}*")):
        if not _private(folder):
            continue
        try:
            lock = _owned(folder)
        except OSError:
            continue
        note = _read_note(folder)
        if note is None or not _runs(note[0], folder):
            os.close(lock)
            shutil.rmtree(folder, ignore_errors=True)
            continue
        pid, port, account = note
        yield Process(folder, port, pid, account, lock, None)


def listener_is_ours(port: int, root: Path = Path("/")) -> bool:
    """Whether the program that listens on this loopback port is this user's; True where the system cannot tell.

    The password goes to that port, and somebody else on this machine could have taken it first.
    """
    try:
        rows = (root / "proc/net/tcp").read_text().splitlines()[1:]
    except OSError:
        return True
    wanted = f"0100007F:{port:04X}"
    if sys.platform == "win32":
        return True
    owners = {row.split()[7] for row in rows if row.split()[1] == wanted and row.split()[3] == "0A"}
    return owners == {str(os.getuid())}


def _base(environ: Mapping[str, str]) -> str:
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    return runtime if runtime and os.access(runtime, os.W_OK | os.X_OK) else tempfile.gettempdir()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _private(folder: Path) -> bool:
    """Whether a folder is ours alone: nobody may plant a softphone of theirs for us to adopt."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    if sys.platform == "win32":
        return False
    mine = status.st_uid == os.getuid() and not stat.S_IMODE(status.st_mode) & 0o077
    return stat.S_ISDIR(status.st_mode) and mine


def _owned(folder: Path) -> int:
    """The lock of a folder, held until it is closed or we die. Raises OSError when another cockpit holds it."""
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform != "win32":
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


def _read_note(folder: Path) -> tuple[int, int, str] | None:
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        return int(note["pid"]), int(note["port"]), str(note["account"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _runs(pid: int, folder: Path) -> bool:
    """Whether this process runs and is the softphone of this folder, not another that got its number."""
    if sys.platform == "win32":  # where signal 0 is Ctrl+C
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        told = programs.asked(["ps", "-ww", "-o", "command=", "-p", str(pid)], 2)
        words = told.stdout if told else ""
    return str(folder) in words
