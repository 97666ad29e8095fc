"""The softphone: the cockpit calls by itself, over a SIP account, and sees what the line does (baresip)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Coroutine, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tui.dialer.number_format import OutsideLine, strict
from tui.dialer.protocol import CallEvent, CallState, Cap, Cause, DialError, Dialled, Health, say
from tui.dialer.softphone.account import SIP_ADDRESS, Account
from tui.dialer.softphone.calls import Calls, Limits, OpenCall
from tui.dialer.softphone.config import missing, sound_problem
from tui.dialer.softphone.control import Message
from tui.dialer.softphone.link import Link
from tui.dialer.softphone.recording import Microphone, Recorder, Recordings
from tui.dialer.softphone.states import current_call, number_of
from tui.dialer.softphone.watch import Watch

_TONES = re.compile(r"[0-9*#A-D]{1,32}")
_LOOK = 0.01
"""Seconds between two looks for the id of a call just dialled."""
_CAPS = Cap.STATES | Cap.HANG_UP | Cap.DTMF | Cap.MUTE | Cap.HOLD | Cap.INBOUND | Cap.ANSWER
"""What every softphone can do."""
_STEADY = 30.0
"""Seconds a softphone must have run to be started again by itself after it died."""


class Softphone:
    """A private baresip: one process per cockpit, one account, steered over loopback."""

    name = "softphone"

    def __init__(
        self,
        account: Account,
        *,
        recordings: Path | None = None,
        line: OutsideLine | None = None,
        limits: Limits | None = None,
        environ: Mapping[str, str] = os.environ,
        platform: str = sys.platform,
    ) -> None:
        """`recordings`: where recorded calls go; None: none is recorded. Raises `DialError`."""
        self._account, self._limits = account, limits or Limits()
        self._line = line or OutsideLine()
        kept = Recordings(recordings) if recordings and account.record else None
        self._calls = Calls(
            self._publish,
            lambda call_id: self._later(self.hang_up(call_id)),
            self._finish,
            self._limits,
            account.ring_for,
            shared=account.shared,
        )
        self._link = Link(
            account,
            kept.folder if kept else None,
            self._limits,
            self._heard,
            self._lost,
            self._calls.redirected,
            self._calls.taken_elsewhere,
            environ,
            platform,
        )
        self._recorder = Recorder(self._link, kept)
        self._microphone = Microphone(self._link)
        self._watch = Watch(self._link, self._calls, self._limits, self.start)
        self._said: asyncio.Queue[CallEvent | None] = asyncio.Queue()
        self._background: set[asyncio.Task[None]] = set()
        self._starting = asyncio.Lock()
        self._begun: asyncio.Task[None] | None = None
        """A start that a dial asked for and nobody has heard the end of."""
        self._dialling = asyncio.Lock()
        self._started_at = self._dialled_at = float("-inf")
        self._stopping = self._watching = False
        voicemail = Cap.VOICEMAIL if account.voicemail else Cap.NONE
        self.caps = _CAPS | voicemail | (Cap.RECORD if self._recorder.possible else Cap.NONE)
        """What this account and this machine's softphone can do."""

    # -- life ------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Run and sign in; a call that outlived a crash comes back as its event. Raises `DialError`.

        May take some seconds and wait for a keyring, so the screen need not wait for it.
        """
        if not self._watching:
            self._watching = True
            self._later(self._watch.keep_looking())
        async with self._starting:
            if not self._link.running and not self._stopping and not await self._taken_over():
                self._recorder.gone()
                self._microphone.away = False
                self._started_at = time.monotonic()
                try:
                    await self._link.launch()
                except DialError:
                    # Somebody may have called while it signed in: that call went with it.
                    self._calls.lose_all()
                    raise

    async def _taken_over(self) -> bool:
        """Whether a softphone that a killed cockpit left in a call was found; its calls are ours from now on."""
        found = await self._link.adopt()
        if found:
            self._recorder.found_again()
        for event in found:
            self._calls.begin(event)
        # Nobody knows any more what was played into those calls.
        self._microphone.away = bool(found)
        return bool(found)

    async def stop(self) -> None:
        """Hang up, sign out and end `events()`."""
        await self._quieten()
        await self._link.end()
        for event in self._calls.events:
            self._calls.end(event.call_id, Cause.LOCAL)
        self._said.put_nowait(None)

    async def leave(self) -> None:
        """Let go without ending a call: the next start finds it again."""
        await self._quieten()
        await self._link.leave()
        self._said.put_nowait(None)

    async def _quieten(self) -> None:
        self._stopping = True
        self._calls.forget_timers()
        tasks = tuple(self._background)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def events(self) -> AsyncIterator[CallEvent]:
        """Every change on the line, until the dialer stops."""
        while (event := await self._said.get()) is not None:
            yield event

    def open_calls(self) -> tuple[CallEvent, ...]:
        """The last event of every call that is up, the oldest first."""
        return self._calls.events

    def health(self) -> Health:
        """Whether it is signed in, and whether the rep could speak and hear."""
        link = self._link
        return Health(
            signed_in=link.signed_in if self._account.register else None,
            why=link.why,
            no_sound=missing(link.sound, link.environ),
        )

    # -- a call ----------------------------------------------------------------------------------------

    async def dial(self, e164: str, shown: str) -> Dialled:
        """Call a strict E.164 number or a strict sip: address. Raises `DialError`; then nothing rings."""
        target = self._target(e164)
        self._need_sound()
        if self._dialling.locked():
            raise DialError(say("number_before"))
        async with self._dialling:
            await self._ready()
            await asyncio.sleep(self._dialled_at + self._limits.between_dials - time.monotonic())
            if len(self._calls) and await self._link.busy():
                raise DialError(say("still_up"))
            await self._microphone_back()
            await self._recorder.before_a_dial(len(self._calls))
            self._dialled_at = time.monotonic()
            call_id = await self._started_call(target)
            self._recorder.dialled(call_id)
        return Dialled(call_id, self._link.trouble)

    async def _ready(self) -> None:
        """Run, or say why not: no key waits for a phone server that is silent. Raises `DialError`."""
        if self._link.running and not self._starting.locked():
            return
        if self._begun is None:
            self._begun = asyncio.create_task(self.start())
            self._background.add(self._begun)
            self._begun.add_done_callback(self._begun_is_over)
        await asyncio.wait({self._begun}, timeout=self._limits.patience)
        if not self._begun.done():
            raise DialError(say("signing_in"))
        begun, self._begun = self._begun, None
        # What went wrong is said now, also when it went wrong since the last key.
        await begun

    def _begun_is_over(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        if not task.cancelled():
            task.exception()  # told at the next dial, and no complaint of asyncio's when there is none

    def _target(self, e164: str) -> str:
        # Nothing else may reach the softphone: an empty or too long address calls the customer before.
        is_address = SIP_ADDRESS.fullmatch(e164)
        return e164 if is_address else f"sip:{self._line.typed(strict(e164))}@{self._account.domain}"

    def _need_sound(self) -> None:
        if problem := sound_problem(self._link.sound, self._link.environ):
            raise DialError(problem)

    async def _started_call(self, target: str) -> str:
        before = self._calls.dialled_ids
        with self._calls.asking(number_of(target)):
            said = await self._link.dial(target)
            told = re.search(r"call id: ([!-~]+)", said)
            call_id = told[1] if told else await self._id_of_new_call(before)
            if call_id not in self._calls.dialled_ids:
                self._calls.begin(CallEvent(call_id, CallState.DIALLING, True, number_of(target)))
        return call_id

    async def _id_of_new_call(self, before: frozenset[str]) -> str:
        """Version 1.0 does not answer with the id: it is in the call's first event, or in its status."""
        until = time.monotonic() + self._limits.command
        while time.monotonic() < until:
            for call_id in self._calls.dialled_ids - before:
                return call_id
            call_id, outgoing = current_call(await self._link.ask("callstat"))
            if call_id and outgoing and call_id not in before and self._calls.get(call_id) is None:
                return call_id
            await asyncio.sleep(_LOOK)
        raise DialError(say("not_begun"))

    async def hang_up(self, call_id: str) -> None:
        """End or decline the call; it has ended when this returns. Harmless when it had before."""
        if self._calls.get(call_id) is None:
            return
        try:
            found = await self._link.ask_call(call_id, "hangup") is not None
        except DialError:
            if not self._link.running:
                self._calls.lose_all()
            if self._calls.get(call_id) is not None:
                raise
            return
        await self._calls.wait_over(call_id, self._limits.command if found else 0)

    async def answer(self, call_id: str) -> None:
        """Take an incoming call; the one before goes on hold. Raises `DialError`."""
        self._need_sound()
        if self._calls.message_plays:
            raise DialError(say("message_plays"))
        await self._microphone_back()
        await self._command(call_id, "accept")

    async def send_dtmf(self, call_id: str, digits: str) -> None:
        """Send tones into a call. Raises `DialError`."""
        if not _TONES.fullmatch(digits):
            raise DialError(say("bad_tones"))
        self._connected(call_id)
        await self._command(call_id, "sndcode", digits)

    async def mute(self, call_id: str, on: bool) -> None:
        """Stop or start sending the rep's voice. Raises `DialError`."""
        self._connected(call_id)
        wanted = "call muted" if on else "call un-muted"
        # The softphone only knows "the other way round"; its answer tells which way that was.
        for _ in range(2):
            if wanted in await self._command(call_id, "mute"):
                return
        raise DialError(say("muted_or_not"))

    async def hold(self, call_id: str, on: bool) -> None:
        """Put a call on hold or take it back. Raises `DialError`."""
        self._connected(call_id)
        await self._command(call_id, "hold" if on else "resume")

    async def play_voicemail(self, call_id: str, wav: Path) -> None:
        """Leave a recorded message, then hang up. Comes back as soon as it plays. Raises `DialError`."""
        call = self._connected(call_id)
        if any(e.state is CallState.CONNECTED and e.call_id != call_id for e in self._calls.events):
            raise DialError(say("would_hear"))
        await self._microphone.play(call, wav, self._calls.message_over)

    async def record_next(self, on: bool) -> None:
        """Whether calls dialled from now on are recorded. Raises `DialError` when that cannot be done."""
        if on and not self._recorder.possible:
            raise DialError(say("not_recorded_here"))
        self._recorder.wanted = on

    async def _command(self, call_id: str, name: str, params: str = "") -> str:
        said = await self._link.ask_call(call_id, name, params) if self._calls.get(call_id) else None
        if said is None:
            raise DialError(say("over"))
        return said

    def _connected(self, call_id: str) -> OpenCall:
        call = self._calls.get(call_id)
        if call is None:
            raise DialError(say("over"))
        if call.event.state is not CallState.CONNECTED:
            raise DialError(say("nobody_yet"))
        return call

    async def _microphone_back(self) -> None:
        if not self._calls.message_plays:
            await self._microphone.back()

    # -- what the softphone says -----------------------------------------------------------------------

    def _heard(self, message: Message) -> None:
        self._watch.heard(message)
        self._calls.heard(message)

    def _publish(self, event: CallEvent) -> None:
        self._recorder.goes_on(event.call_id)
        self._said.put_nowait(event)

    def _finish(self, call: OpenCall) -> CallEvent:
        """The last event of a call, with its recordings; a message played into it is taken out of the way."""
        if self._link.running:
            self._later(self._microphone_back())
        return replace(call.event, recordings=self._recorder.over(call.event.call_id))

    def _lost(self) -> None:
        self._calls.lose_all()
        if not self._stopping and time.monotonic() - self._started_at > _STEADY:
            self._later(self._start_again())

    async def _start_again(self) -> None:
        await asyncio.sleep(self._limits.relaunch)
        await self.start()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_quietly(work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    """Work nobody waits for: what goes wrong shows in the state of the calls, or at the next dial."""
    with contextlib.suppress(DialError):
        await work
