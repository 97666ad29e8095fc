"""The softphone as one thing to command: its process, its control connection and its registration."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tui import plaintext
from tui.dialer.protocol import CallEvent, CallState, DialError, say
from tui.dialer.softphone.account import Account, password_of
from tui.dialer.softphone.calls import Limits
from tui.dialer.softphone.config import (
    RECORDER,
    Installed,
    Sound,
    config_text,
    installed,
    shortly_named,
    sound_of,
)
from tui.dialer.softphone.control import Control, ControlError, Message, NoReplyError, Trace
from tui.dialer.softphone.process import Process, launch, listener_is_ours, survivors
from tui.dialer.softphone.states import current_call, listed_calls
from tui.system import programs
from tui.system.readfile import aside

START_TRIES = 3
"""A free port may be taken before the softphone binds it: so often it is started on another one."""


class Link:
    """Starts, finds again, commands and ends the softphone. Every failure is a `DialError` for the rep."""

    def __init__(
        self,
        account: Account,
        recordings: Path | None,
        limits: Limits,
        on_event: Callable[[Message], None],
        on_lost: Callable[[], None],
        on_redirect: Callable[[str, str], None],
        on_taken: Callable[[str], None],
        environ: Mapping[str, str] = os.environ,
        platform: str = sys.platform,
    ) -> None:
        """Raises `DialError` on a system without a softphone. `on_lost`: it is gone, and its calls with it."""
        self.sound: Sound = sound_of(account, platform)
        self.account = account
        self.trouble = ""
        """Why nobody can call us just now, as a sentence; empty when the account is signed in."""
        self.why = ""
        """The same in a few words, also when the softphone does not run at all."""
        self.signed_in = False
        """Whether the phone server has accepted the account, and has not said otherwise since."""
        self.signed_in_at = float("-inf")
        """When it last did, on a clock that only grows."""
        self.unreachable = False
        """The phone server did not answer, or could not: it may at any time."""
        self._recordings, self._limits = recordings, limits
        self._on_event, self._on_lost = on_event, on_lost
        self._on_redirect, self._on_taken = on_redirect, on_taken
        self.environ = environ
        self._process: Process | None = None
        self._control: Control | None = None
        self._signed_in: asyncio.Future[str] | None = None
        self._one_at_a_time = asyncio.Lock()
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> bool:
        """Whether commands reach the softphone."""
        return self._control is not None and self._control.connected

    @property
    def folder(self) -> Path:
        """The softphone's private folder. Raises `DialError` when it does not run."""
        if self._process is None:
            raise DialError(say("gone"))
        return self._process.folder

    def software(self) -> Installed:
        """The softphone on this machine. Raises `DialError` with what to install."""
        return installed(programs.find("baresip"))

    def can_record(self) -> bool:
        """Whether the softphone came with its recorder."""
        try:
            return self.software().has(RECORDER)
        except DialError:
            return False

    async def launch(self) -> None:
        """Start the softphone and sign in. Raises `DialError`; then nothing is left behind."""
        self.why, self.unreachable = "", False
        try:
            await self._launch()
        except BaseException as error:
            # Also when the rep quits meanwhile: no softphone may stay behind.
            await self.end()
            self.why = self.why or (say("why_not_started") if isinstance(error, DialError) else "")
            raise

    async def _launch(self) -> None:
        software = self.software()
        line = await self._account_line()

        def config(port: int, folder: Path) -> str:
            records_to = shortly_named(self._recordings, folder) if self._recordings else None
            return config_text(self.account, self.sound, software, port, records_to)

        self._process = await self._started(
            lambda: launch(software.program, config, self.account.address, self.environ)
        )
        if not listener_is_ours(self._process.port):
            raise DialError(say("place_taken"))
        await self._sign_in(line)

    async def _account_line(self) -> str:
        """The account with its password, which may have to be asked of a keyring. Raises `DialError`."""
        return self.account.line(await aside(password_of, self.account, self.environ))

    async def sign_in_again(self, may: Callable[[], bool]) -> None:
        """Have the phone server accept the account once more; `trouble` tells how that went. Raises `DialError`.

        It would end every call: the account is taken out and put in again. Version 1.0 knows no other way. `may` says
        whether there is none: a keyring may take its time, and a dial waits until the account is in again.
        """
        line = await self._account_line()
        async with self._one_at_a_time:
            if not may():
                return
            if self.signed_in:
                self._registered(say("no_word", seconds=self._limits.sign_in_again), say("why_silent"))
            with contextlib.suppress(DialError):
                await self.ask("uadel", self.account.address)  # it may be out already
            await self._put_in(line)

    async def dial(self, target: str) -> str:
        """Have a call begin; the softphone's answer. Raises `DialError`."""
        async with self._one_at_a_time:
            return await self.ask("dial", target)

    async def _started(self, begin: Callable[[], Process]) -> Process:
        """A softphone that answers. One that ends at once is tried again: its free port was taken meanwhile."""
        for left in reversed(range(START_TRIES)):
            self._process = process = begin()
            try:
                await self._connect(process, self._limits.start)
                return process
            except DialError:
                if process.alive or not left:
                    raise
                await process.end()
        raise AssertionError("the last try returns or raises")

    async def adopt(self) -> tuple[CallEvent, ...]:
        """The calls of a softphone that a killed cockpit left, which is ours from now on; empty when there is none.

        One that has no call any more is ended.
        """
        for process in survivors(self.environ):
            if self.running:
                process.release()
                continue
            try:
                await self._connect(process, 1.0)
                calls = await self._listed()
            except DialError:
                await self._let_go()
                await process.end()
                continue
            self._process = process
            if calls and process.account == self.account.address:
                return calls
            await (self.leave() if calls else self.end())
        return ()

    async def _connect(self, process: Process, seconds: float) -> None:
        control = Control(self._heard, lambda: self._lost(control))
        try:
            await control.connect(process.port, seconds, lambda: process.alive)
        except ControlError as error:
            raise DialError(say("did_not_start", why=error)) from error
        control.trace = Trace(process.folder, self._on_redirect, self._on_taken)
        self._control = control

    async def _sign_in(self, line: str) -> None:
        self._signed_in = asyncio.get_running_loop().create_future() if self.account.register else None
        await self._put_in(line)
        if self._signed_in is None:
            return
        try:
            async with asyncio.timeout(self._limits.start):
                trouble = await self._signed_in
        except TimeoutError:
            trouble = say("server_silent", seconds=self._limits.start)
            self._registered(trouble, say("why_silent"))
        if trouble:
            raise DialError(trouble)

    async def _put_in(self, line: str) -> None:
        if self._control is None:
            raise DialError(say("gone"))
        try:
            await self._control.command("uanew", line, self._limits.command)
        except ControlError:
            # Its own words may repeat the password.
            raise DialError(say("account_not_taken")) from None

    async def ask(self, name: str, params: str = "") -> str:
        """One command and its answer. Raises `DialError`; a softphone that says nothing is ended."""
        if self._control is None:
            raise DialError(say("gone"))
        try:
            return await self._control.command(name, params, self._limits.command)
        except NoReplyError:
            await self.end(by_force=True)
            self._on_lost()
            raise DialError(say("stuck")) from None
        except ControlError as error:
            if not self.running:
                raise DialError(say("gone")) from error
            raise DialError(say("did_not_obey", why=error)) from error

    async def ask_call(self, call_id: str, name: str, params: str = "") -> str | None:
        """A command for one call; None when that call is over. Raises `DialError`."""
        async with self._one_at_a_time:
            # A bare command goes to whichever call is newest: a hang-up would hit the customer who calls in.
            return await self.ask(name, params) if await self._choose(call_id) else None

    async def _choose(self, call_id: str) -> bool:
        """Make it the call that commands go to; False when the softphone does not know it."""
        try:
            said = await self.ask("callfind", call_id)
        except DialError as error:
            # Later versions refuse where 1.0 answers; and without any call the command itself is not there.
            if self.running and "not found" in str(error):
                return False
            raise
        return "setting current call" in said

    async def busy(self) -> bool:
        """Whether the rep is on a call or calls somebody; a call on hold, or one ringing in, leaves room.

        Asked afresh: some versions take a call back from hold by themselves when another ends.
        """
        calls = listed_calls(await self.ask("listcalls"))
        return any(not call.held and call.state is not CallState.INCOMING for call in calls)

    async def end(self, by_force: bool = False) -> None:
        """Quit the softphone, by force if it must be, and clear its folder away. Its calls end."""
        process, self._process = self._process, None
        control, self._control = self._control, None
        self.signed_in, grace = False, 0.0
        if control is not None:
            if not by_force:
                with contextlib.suppress(ControlError):
                    await control.command("quit", "", 1.0)
                    grace = self._limits.quit
            await control.close()
        if process is not None:
            await process.end(grace)
        if self._ending:
            await asyncio.wait(self._ending)

    async def leave(self) -> None:
        """Let go of a softphone that runs on; the next start finds it, and its call, again."""
        await self._let_go()
        if self._process is not None:
            self._process.release()
            self._process = None

    async def _let_go(self) -> None:
        control, self._control = self._control, None
        if control is not None:
            await control.close()

    async def _listed(self) -> tuple[CallEvent, ...]:
        """The softphone's calls as events; version 1.0 tells an id only of the call it is at."""
        found = []
        for call in listed_calls(await self.ask("listcalls")):
            await (self.ask("callfind", call.id) if call.id else self.ask("line", call.line))
            call_id, outgoing = current_call(await self.ask("callstat"))
            if call_id:
                found.append(CallEvent(call_id, call.state, outgoing, call.number))
        return tuple(found)

    def _heard(self, message: Message) -> None:
        kind, said = message.get("type"), plaintext.clean(message.get("param") or "", 60)
        if kind == "REGISTER_OK":
            self._registered("", "")
        elif kind == "REGISTER_FAIL":
            refused = re.match(r"4\d\d ", said)
            told = said or say("no_reason_given")
            sentence = say("account_refused", said=told) if refused else say("no_server", said=told)
            self._registered(sentence, said or say("why_silent"), refused=bool(refused))
        else:
            self._on_event(message)

    def _registered(self, trouble: str, why: str, *, refused: bool = False) -> None:
        self.trouble, self.why, self.signed_in = trouble, why, not trouble
        self.unreachable = bool(trouble) and not refused
        if self.signed_in:
            self.signed_in_at = time.monotonic()
        if self._signed_in is not None and not self._signed_in.done():
            self._signed_in.set_result(trouble)

    def _lost(self, control: Control) -> None:
        """The connection broke: it died, or another program took it. Neither may go on with our account."""
        if self._control is not control:
            return
        self.signed_in, self.why = False, say("why_stopped")
        process, self._process, self._control = self._process, None, None
        if self._signed_in is not None and not self._signed_in.done():
            self._signed_in.set_exception(DialError(say("stopped_signing_in")))
        if process is not None:
            ending = asyncio.create_task(process.end())
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)
        self._on_lost()
