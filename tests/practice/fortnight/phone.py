"""A phone of which the rep tells how a call goes, and that rings when the story says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from tests.cockpit_bench import RememberingDialer
from tui.dialer.protocol import CallEvent, CallState, Cap, Cause


class PhoneThatRings(RememberingDialer):
    """Calls nobody; what the line says of somebody who calls us is what the story says."""

    name = "desk phone"
    caps = Cap.INBOUND | Cap.ANSWER

    def __init__(self, day: str) -> None:
        super().__init__()
        self._day = day
        self._said: asyncio.Queue[CallEvent] = asyncio.Queue()
        self._calls = 0
        self._number = ""

    async def events(self) -> AsyncIterator[CallEvent]:
        """What the line says; `say` waits until the cockpit has taken it in."""
        while True:
            event = await self._said.get()
            yield event
            self._said.task_done()

    async def answer(self, call_id: str) -> None:
        """The rep takes the call."""

    async def rings(self, number: str) -> None:
        """Somebody begins to call us."""
        self._calls += 1
        self._number = number
        await self._say(CallState.INCOMING)

    async def stops(self, cause: Cause) -> None:
        """The caller gives up, or somebody else took the call."""
        await self._say(CallState.ENDED, cause)

    async def _say(self, state: CallState, cause: Cause | None = None) -> None:
        event = CallEvent(f"{self._day}, call {self._calls}", state, False, self._number, cause=cause)
        self._said.put_nowait(event)
        await self._said.join()
