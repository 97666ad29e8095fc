"""The store's own thread: slow work beside the screen, and a disk that no longer answers is given up on."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from typing import Any, TypeVar

from tui.storage import messages
from tui.storage.protocol import Change, NotSaved
from tui.system.readfile import OneAtATime

T = TypeVar("T")
_OVER = object()


class Disk:
    """Does one piece of work after the other."""

    def __init__(self) -> None:
        self._work = OneAtATime()
        self._closed = False
        self._silent: asyncio.Future[Any] | None = None
        """What the disk was asked and did not answer in time; nothing more is given to it meanwhile."""
        self._given_up: Change | None = None
        """The write that the disk did not answer."""
        self.records_written = 0
        """Grows with each write that says something new of a person or a call."""

    @property
    def answers(self) -> bool:
        """Whether nothing waits for a disk that was given up on."""
        return self._silent is None or self._silent.done()

    async def run(self, work: Any, *args: Any) -> Any:
        """Do something slow off the screen's thread, however long it takes. Raises `NotSaved` once it is closed."""
        return await self._begin(work, *args)

    async def in_parts(self, work: Generator[None, None, T]) -> T:
        """Do long work off the screen's thread, part by part: a write of the rep's has its turn after each.

        Raises `NotSaved` once it is closed, and whatever the work does.
        """
        results: list[T] = []

        def parts() -> Iterator[None]:
            results.append((yield from work))

        left = parts()
        while await self.run(next, left, _OVER) is not _OVER:
            pass
        return results[0]

    def give(self, work: Any, *args: Any) -> None:
        """Have something done that nobody waits for and that cannot fail; nothing is done once it is closed."""
        if not self._closed:
            self._work.begin(work, *args)

    async def ask(self, seconds: float, work: Any, *args: Any, write: Change | None = None) -> Any:
        """The same for at most twice so many seconds of its own.

        Raises `NotSaved` when the disk does not answer, and at once while an earlier question is without an answer or
        once it is closed. A write behind a look gets its time all the same: a disk may only be slow.
        The work itself may still come to its end.

        `write`: what is being written. A write waits however long what was begun before takes; any other question
        counts that as no answer, and as no fault of the disk.
        """
        if not self.answers and (write is None or self._given_up is not None):
            raise NotSaved(messages.silent())
        job, begun = self._begin(work, *args), False
        # Its own seconds run while the thread is at it, and while the thread is still at what was given up on.
        timed = (job,) if self.answers else (job, self._silent)
        while not (await asyncio.wait((job,), timeout=seconds))[0]:
            if begun:
                self._silent, self._given_up = job, write
            begun = self._work.at_work_on in timed
            if self._silent is job or not (begun or write):
                raise NotSaved(messages.silent())
        answer = job.result()
        self.records_written += bool(write and (write.calls or write.contacts))
        return answer

    def _begin(self, work: Any, *args: Any) -> asyncio.Future[Any]:
        if self._closed:  # the thread is gone: whoever waited for it would do so for ever
            raise NotSaved(messages.closed())
        return self._work.begin(work, *args)

    def landed(self) -> Change | None:
        """A write that was given up and reached the disk after all; told once."""
        if self._silent is None or not self._silent.done():
            return None
        write, silent, self._given_up, self._silent = self._given_up, self._silent, None, None
        return None if silent.exception() else write

    def close(self) -> None:
        """Let the thread end after what it was given; no more is given to it."""
        self._closed = True
        self._work.end()
