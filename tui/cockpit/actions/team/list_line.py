"""Questions to the shared list, one after the other on a thread of their own. Nobody waits for one that is late."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextvars import copy_context
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from tui.cockpit.clock import Clock
from tui.shared_list.port import Ear, Heard, NoLine, NotWelcome, SharedList
from tui.system.readfile import OneAtATime

R = TypeVar("R")


class ListAt(NamedTuple):
    """A shared list: what tells it from others, without any password, and how to reach it."""

    address: str
    connect: Callable[[], SharedList]
    """Called on a thread of its own. Raises `NoLine` and `NotWelcome`."""


SILENT_S = 2.0
"""After so many seconds without an answer there is no line."""
HEAR_S = 5.0
"""Seconds of one listening; a server that tells nothing is looked at as often."""


class ListLine:
    """The line to the list, and since when there is none."""

    def __init__(self, connect: Callable[[], SharedList], clock: Clock) -> None:
        self._connect, self._clock = connect, clock
        self._thread: OneAtATime = OneAtATime()
        self._list: SharedList | None = None
        self._asked: dict[asyncio.Future[Any], float] = {}
        """Questions without an answer, each with the second in which it was asked."""
        self._ear: Ear | None = None
        self.answered_at: datetime | None = None
        """When the list answered last; None: never."""
        self.offline_since: datetime | None = None
        """Since when it does not; None while it does."""
        self.why_not_welcome = ""
        """What the list has against us, and what to do; empty when nothing."""

    @property
    def is_silent(self) -> bool:
        """Whether a question is under way that nobody should wait for any longer."""
        mono = self._clock.monotonic()
        if any(mono - asked >= SILENT_S for asked in self._asked.values()):
            self._is_gone()
            return True
        return False

    async def ask(self, question: Callable[[SharedList], R]) -> R:
        """The answer, however long it takes. Raises `NoLine`."""
        return await self._begin(question)

    async def ask_for(self, seconds: float, question: Callable[[SharedList], R]) -> R:
        """The answer, if it comes in so many seconds; else `NoLine`. At once while the list is silent."""
        if self.is_silent:
            raise NoLine("")
        begun = asyncio.ensure_future(self._begin(question))
        done, _ = await asyncio.wait((begun,), timeout=seconds)
        if not done:
            begun.add_done_callback(_heeded)
            self._asked = dict.fromkeys(self._asked, self._clock.monotonic() - SILENT_S)
            self._is_gone()
            raise NoLine("")
        return begun.result()

    async def _begin(self, question: Callable[[SharedList], R]) -> R:
        future: asyncio.Future[R] = self._thread.begin(self._answer, question)
        self._asked[future] = self._clock.monotonic()
        try:
            answer = await future
        except NotWelcome as error:
            self.why_not_welcome = str(error)
            self._is_gone()
            raise NoLine(str(error)) from error
        except NoLine:
            self._is_gone()
            raise
        finally:
            self._asked.pop(future, None)
        self.answered_at, self.offline_since, self.why_not_welcome = self._clock.now(), None, ""
        return answer

    def _answer(self, question: Callable[[SharedList], R]) -> R:
        if self._list is None:
            self._list = self._connect()
        return question(self._list)

    def _is_gone(self) -> None:
        if self.offline_since is None:
            self.offline_since = self._clock.now()

    # -- listening -------------------------------------------------------------------------------------

    @property
    def listens(self) -> bool:
        """Whether the list tells us what happens."""
        return self._ear is not None

    async def listen(self, heard: Callable[[Heard], None]) -> None:
        """Begin to listen, on a thread of its own; `heard` is told in the screen's. Raises `NoLine`."""
        ear = self._ear = await self.ask(lambda one: one.listen())
        loop, context = asyncio.get_running_loop(), copy_context()  # the screen is painted from there

        def run() -> None:
            try:
                while self._ear is ear:
                    if (told := ear.wait(HEAR_S)) != Heard():
                        loop.call_soon_threadsafe(heard, told, context=context)
            except (NoLine, NotWelcome, RuntimeError):  # no line, or the loop is closed
                if self._ear is ear:
                    self._ear = None

        threading.Thread(target=run, name="listen", daemon=True).start()

    def close(self) -> None:
        """Let go of it, without waiting for it."""
        ear, self._ear = self._ear, None
        if ear is not None:
            threading.Thread(target=ear.close, name="close", daemon=True).start()
        if self._list is not None:
            self._thread.begin(self._list.close)
        self._thread.end()


def _heeded(late: asyncio.Future[Any]) -> None:
    """An answer that came too late is nobody's; nor is its failure."""
    if not late.cancelled():
        late.exception()
