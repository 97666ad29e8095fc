"""What the dialers share that start a call but cannot see the line: manual, uri and command."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from pathlib import Path

from tui.dialer.protocol import CallEvent, Cap, DialError, Health

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
"""The only form of a number that ever reaches a phone or a program."""


def strict(e164: str) -> str:
    """The number itself when it is strict E.164. Raises `DialError` with a sentence for the rep."""
    if not E164.fullmatch(e164):
        raise DialError(
            "This number cannot be dialled as it is written. Correct it on the card: + and the country first."
        )
    return e164


class Unwatched:
    """A dialer without call states: the rep says what the line did."""

    name = "unwatched"
    caps = Cap.NONE

    def __init__(self) -> None:
        self._stopped = asyncio.Event()
        self._ids = itertools.count(1)

    async def start(self) -> None:
        """Nothing to get ready."""

    async def stop(self) -> None:
        """End `events()`; a call that runs in another program goes on."""
        self._stopped.set()

    async def leave(self) -> None:
        """The same: no call of ours ends with the cockpit."""
        await self.stop()

    async def hang_up(self, call_id: str) -> None:
        """Nothing: the rep hangs up on the phone."""

    async def answer(self, call_id: str) -> None:
        """Raises `DialError`: the call is on the rep's own phone."""
        raise DialError("Take the call on your phone.")

    async def send_dtmf(self, call_id: str, digits: str) -> None:
        """Raises `DialError`: tones are sent on the rep's own phone."""
        raise DialError("Press the digits on your phone.")

    async def play_voicemail(self, call_id: str, wav: Path) -> None:
        """Raises `DialError`: only a softphone can play a message."""
        raise DialError("Only the softphone can play a recorded message. Please speak it.")

    async def mute(self, call_id: str, on: bool) -> None:
        """Raises `DialError`: the voice is on the rep's own phone."""
        raise DialError("Mute the call on your phone.")

    async def hold(self, call_id: str, on: bool) -> None:
        """Raises `DialError`: the call is on the rep's own phone."""
        raise DialError("Hold the call on your phone.")

    async def record_next(self, on: bool) -> None:
        """Raises `DialError` when asked to record: only a softphone hears the call."""
        if on:
            raise DialError("Only the softphone can record a call.")

    def open_calls(self) -> tuple[CallEvent, ...]:
        """None: the line is not seen."""
        return ()

    def health(self) -> Health:
        """Nothing to tell: the phone is another program's."""
        return Health()

    async def events(self) -> AsyncIterator[CallEvent]:
        """No change of state is ever seen; ends when the dialer stops."""
        await self._stopped.wait()
        return
        yield  # makes this an (empty) generator

    def _next_id(self) -> str:
        return f"{self.name}-{next(self._ids)}"
