"""Phones in memory that tell their states: a test says what the line does, and reads what the phone was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from tests.at_rest import at_rest as settle
from tests.cockpit_bench import RememberingDialer
from tui.dialer.protocol import CallEvent, CallState, Cap, Cause, DialError, Dialled, Health

__all__ = ["AblePhone", "TellingPhone", "settle", "was_missed"]


class _Speaking(RememberingDialer):
    name = "softphone"

    def __init__(self) -> None:
        super().__init__()
        self.said: asyncio.Queue[CallEvent] = asyncio.Queue()

    async def events(self) -> AsyncIterator[CallEvent]:
        while True:
            yield await self.said.get()


class TellingPhone(_Speaking):
    """A phone whose line a test can make say anything; `settle()` waits until the cockpit has heard it."""

    caps = Cap.STATES | Cap.HANG_UP | Cap.INBOUND | Cap.ANSWER | Cap.VOICEMAIL

    def __init__(self) -> None:
        super().__init__()
        self.answered: list[str] = []
        self.played: list[tuple[str, Path]] = []
        self.let_go: list[str] = []

    async def stop(self) -> None:
        self.let_go.append("stop")

    async def leave(self) -> None:
        self.let_go.append("leave")

    async def answer(self, call_id: str) -> None:
        self.answered.append(call_id)

    async def play_voicemail(self, call_id: str, wav: Path) -> None:
        self.played.append((call_id, wav))

    def say(self, call_id: str, state: CallState, **more: Any) -> None:
        self.said.put_nowait(CallEvent(call_id, state, **more))


class AblePhone(_Speaking):
    """A phone that can do everything to a line and remembers what it was asked."""

    caps = Cap.STATES | Cap.HANG_UP | Cap.INBOUND | Cap.ANSWER | Cap.DTMF | Cap.MUTE | Cap.HOLD | Cap.RECORD

    def __init__(self) -> None:
        super().__init__()
        self.up: dict[str, CallEvent] = {}
        self.done: list[tuple[Any, ...]] = []
        self.refuses = ""
        self.is_well = Health(signed_in=True)

    async def hang_up(self, call_id: str) -> None:
        await super().hang_up(call_id)
        self.up.pop(call_id, None)

    async def dial(self, e164: str, shown: str) -> Dialled:
        self.done.append(("dial", e164))
        return await super().dial(e164, shown)

    async def answer(self, call_id: str) -> None:
        self.done.append(("answer", call_id))

    async def send_dtmf(self, call_id: str, digits: str) -> None:
        self._do("tones", call_id, digits)

    async def mute(self, call_id: str, on: bool) -> None:
        self._do("mute", call_id, on)

    async def hold(self, call_id: str, on: bool) -> None:
        self._do("hold", call_id, on)

    async def record_next(self, on: bool) -> None:
        self._do("record", on)

    def _do(self, *what: Any) -> None:
        if self.refuses:
            raise DialError(self.refuses)
        self.done.append(what)

    def open_calls(self) -> tuple[CallEvent, ...]:
        return tuple(self.up.values())

    def health(self) -> Health:
        return self.is_well

    async def say(self, call_id: str, state: CallState, **more: Any) -> None:
        """The line does this, and the cockpit has heard it."""
        event = CallEvent(call_id, state, **more)
        self.up[call_id] = event
        if state is CallState.ENDED:
            del self.up[call_id]
        self.said.put_nowait(event)
        await settle()


def was_missed(event: CallEvent) -> bool:
    """Whether somebody called us, and nobody took the call here or on another phone."""
    unanswered = event.state is CallState.ENDED and event.cause is Cause.NO_ANSWER
    return unanswered and not event.outgoing and not event.shared
