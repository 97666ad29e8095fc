"""What the softphone does not tell by itself: whether sound still comes, and whether the account is still signed in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from time import monotonic

from msgspec import Struct

from tui.dialer.protocol import CallState, Cause, DialError, say
from tui.dialer.softphone.calls import Calls, Limits
from tui.dialer.softphone.control import Message
from tui.dialer.softphone.link import Link
from tui.dialer.softphone.states import sound_mark, usable_id

_AFTER_A_REFUSAL = 5
"""So many times slower an account is tried that the server refuses: some lock one after a few tries."""


class _Sound(Struct):
    """What was seen of one call's sound."""

    mark: str = ""
    quiet_s: float = 0.0
    """So long nothing has come, as far as we looked: time in which this machine slept does not count."""
    report_age_s: float = 0.0
    """So long ago the other side last said that it is there (RTCP); a mailbox that records sends nothing else."""


class Watch:
    """Looks again and again while the softphone runs. Errors show at the next command; looking tells nobody of them."""

    def __init__(
        self, link: Link, calls: Calls, limits: Limits, start: Callable[[], Awaitable[None]]
    ) -> None:
        """`start`: starts the softphone when it does not run."""
        self._link, self._calls, self._limits, self._start = link, calls, limits, start
        self._sounds: dict[str, _Sound] = {}
        self._tried_at = monotonic()
        self.looks = 0
        """How often it has looked."""

    async def keep_looking(self) -> None:
        """Look until this task is cancelled."""
        while True:
            before = monotonic()
            await asyncio.sleep(self._limits.look)
            with contextlib.suppress(DialError):
                await self.look_for_sound(min(monotonic() - before, 2 * self._limits.look))
            with contextlib.suppress(DialError):
                await self.stay_signed_in()
            self.looks += 1

    def heard(self, message: Message) -> None:
        """The other side's own report says that it is there, also while no sound comes."""
        if message.get("type") == "CALL_RTCP" and (sound := self._sounds.get(usable_id(message))):
            sound.report_age_s = 0.0

    async def look_for_sound(self, passed: float) -> None:
        """Look at every call somebody talks in; `passed`: seconds since the last look. Raises `DialError`."""
        talking = [event.call_id for event in self._calls.events if event.state is CallState.CONNECTED]
        self._sounds = {one: self._sounds.get(one) or _Sound() for one in talking}
        for call_id, sound in tuple(self._sounds.items()):
            said = await self._link.ask_call(call_id, "audio_debug")
            if said is not None:
                self._weigh(call_id, sound, sound_mark(said), passed)

    def _weigh(self, call_id: str, sound: _Sound, mark: str, passed: float) -> None:
        limits = self._limits
        if not mark or mark != sound.mark:
            sound.mark, sound.quiet_s, sound.report_age_s = mark, 0.0, 0.0
        else:
            sound.quiet_s += passed
            sound.report_age_s += passed
        self._calls.quiet(call_id, sound.quiet_s if sound.quiet_s >= limits.no_sound else 0.0)
        call = self._calls.get(call_id)
        if call and not call.message_plays and min(sound.quiet_s, sound.report_age_s) >= limits.dead:
            self._calls.hangs_up(call_id, Cause.LOST, say("line_dead", seconds=limits.dead))

    async def stay_signed_in(self) -> None:
        """Sign in again when the phone server last accepted us too long ago, by our own clock. Raises `DialError`.

        The softphone itself waits up to half an hour after some failures. A call is never put at risk for it.
        """
        link, calls, again = self._link, self._calls, self._limits.sign_in_again
        if link.running and link.why and not link.unreachable:
            again *= _AFTER_A_REFUSAL
        now = monotonic()
        if not link.account.register or calls.any_begun or now - self._tried_at < again:
            return
        if link.running and not (link.signed_in and now - link.signed_in_at < again):
            self._tried_at = now
            await link.sign_in_again(lambda: not calls.any_begun)
        elif not link.running and link.unreachable:
            self._tried_at = now
            await self._start()
