"""Reading a file that somebody else made or keeps: a list to import, a script, settings, a recorded message.

The one place that opens such a file. It may be a pipe nobody writes into, a device that never ends, a line of a
gigabyte or lie on a network drive that is gone. None of them may hold up the program.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, TypeVar

R = TypeVar("R")

PATIENCE_S = 10.0
"""Seconds without one more byte after which a file is given up."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_CHUNK = 1024 * 1024


def opened(path: Path) -> BinaryIO:
    """An ordinary file, open for reading. Raises OSError with its reason in `strerror` for anything else.

    Opening never waits for a writer; a network drive that is gone may still hold it up, see `read`.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, "it has no possible name") from error
    try:
        kind = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(kind):
            what = "it is a folder" if stat.S_ISDIR(kind) else "it is no ordinary file"
            raise OSError(errno.EINVAL, what)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def size(path: Path) -> int:
    """The bytes of an ordinary file, without reading it. Raises OSError, also when it does not answer."""

    def work() -> int:
        with opened(path) as file:
            return os.fstat(file.fileno()).st_size

    return answered(work, PATIENCE_S)


def read(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file, at most `most` and one more, by which one knows that it is larger.

    Raises OSError, also when not one more byte came for `PATIENCE_S` seconds.
    """
    chunks: list[bytes] = []

    def work() -> None:
        left = most + 1
        with opened(path) as file:
            while left and (chunk := file.read(min(_CHUNK, left))):
                chunks.append(chunk)
                left -= len(chunk)

    reading, seen = _begun(work, "reading"), -1
    while not wait((reading,), PATIENCE_S).done:
        if len(chunks) == seen:
            raise OSError(errno.ETIMEDOUT, "it does not answer")
        seen = len(chunks)
    reading.result()
    return b"".join(chunks)


def answered(work: Callable[[], R], seconds: float) -> R:
    """What `work` gives, which reads files. Raises OSError when it takes longer: a drive is gone, and nobody waits."""
    begun = _begun(work, "answered")
    if not wait((begun,), seconds).done:
        raise OSError(errno.ETIMEDOUT, "it does not answer")
    return begun.result()


def _begun(work: Callable[[], R], name: str) -> Future[R]:
    """What `work` will give, from a thread of its own, for which leaving never waits."""
    future: Future[R] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, name=name, daemon=True).start()
    return future


def lines(path: Path, longest: int) -> Iterator[bytes]:
    """The lines of an ordinary file, however many. Raises OSError, also for a line of more than `longest` bytes."""
    with opened(path) as file:
        for number, line in enumerate(iter(lambda: file.readline(longest + 1), b""), 1):
            if len(line) > longest:
                raise OSError(errno.EFBIG, f"line {number} is longer than {longest:,} characters")
            yield line


def expanded(text: str | Path) -> Path:
    """The path somebody wrote, with `~` filled in; as it stands where there is no such home folder."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def current_folder() -> Path:
    """The folder we are in; the root when it was removed meanwhile."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.sep).resolve()


def is_file(path: Path) -> bool:
    """Whether a file is there; False where nobody may look, or the name is one that no disk takes."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder is there; False where nobody may look, or the name is one that no disk takes."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a file of a folder is a link to a place elsewhere, so that reading it would show another's file."""
    try:
        return path.is_symlink() and path.resolve().parent != folder.resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle
        return True


async def aside(work: Callable[..., R], *args: object) -> R:
    """What `work` gives, from a thread of its own, for which leaving never waits."""
    future, run = _answering(work, args)
    Thread(target=run, name="aside", daemon=True).start()
    return await future


_TURN_S = 0.001
"""How long the thread goes on once the screen wants its turn; the interpreter lets it go on for five times that."""


class OneAtATime:
    """Work in the order it was given, on one thread, for which leaving never waits."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self.at_work_on: asyncio.Future[Any] | None = None
        """What the thread does now; None while it waits for work."""

    def begin(self, work: Callable[..., R], *args: object) -> asyncio.Future[R]:
        """What `work` will give when its turn has come and it is done."""
        future, run = _answering(work, args)
        if self._thread is None:
            sys.setswitchinterval(_TURN_S)
            self._thread = Thread(target=self._work, name="store", daemon=True)
            self._thread.start()

        def job() -> None:
            self.at_work_on = future
            run()
            self.at_work_on = None

        self._jobs.put(job)
        return future

    def _work(self) -> None:
        while job := self._jobs.get():
            job()

    def end(self) -> None:
        """The thread ends after what it was given."""
        self._jobs.put(None)


def _answering(
    work: Callable[..., R], args: tuple[object, ...]
) -> tuple[asyncio.Future[R], Callable[[], None]]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[R] = loop.create_future()

    def settle(result: R | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, failed = None, None
        try:
            result = work(*args)
        except BaseException as error:
            failed = error
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, result, failed)

    return future, run
