"""The two wires to the softphone (baresip): commands and events over ctrl_tcp, and its trace of every SIP message.

Commands and events are JSON in netstrings, on loopback. The trace is read for what it tells in no event: a redirect,
and who took a call. It comes through a pipe that nobody has to read: what does not fit is dropped, and the softphone
never waits for us. So it also outlives a cockpit that was killed. Nothing of it is kept: it holds what people say to
sign in.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tui import plaintext
from tui.dialer.protocol import say

_LARGEST_FRAME = 1 << 20
_LONGEST_COMMAND = 1000
"""Bytes; the softphone's own buffer holds 1024, and a longer command counts as an empty one."""
_KNOCK_AGAIN = 0.02
"""Seconds between two tries to connect."""
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

Message = dict[str, Any]


class ControlError(RuntimeError):
    """The softphone refused a command, or the connection is gone."""


class NoReplyError(ControlError):
    """The softphone is there and says nothing."""


class Control:
    """One connection. What the softphone says by itself goes to `on_event`, in the order it was said."""

    def __init__(self, on_event: Callable[[Message], None], on_lost: Callable[[], None]) -> None:
        self._on_event, self._on_lost = on_event, on_lost
        self._tokens = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[str]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._listening: asyncio.Task[None] | None = None
        self.trace: Trace | None = None
        """Read as long as this connection stands."""

    @property
    def connected(self) -> bool:
        """Whether commands can be sent."""
        return self._listening is not None and not self._listening.done()

    async def connect(self, port: int, seconds: float, alive: Callable[[], bool] = lambda: True) -> None:
        """Connect to the softphone on this port, as soon as it listens. Raises `ControlError`."""
        until = asyncio.get_running_loop().time() + seconds
        while True:
            try:
                reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except OSError as error:
                if not alive():
                    raise ControlError(say("ended_at_once")) from error
                if asyncio.get_running_loop().time() > until:
                    raise NoReplyError(say("took_no_commands", seconds=seconds)) from error
                await asyncio.sleep(_KNOCK_AGAIN)
        self._listening = asyncio.create_task(self._listen(reader))

    async def command(self, name: str, params: str = "", seconds: float = 3.0) -> str:
        """Send one command and give its answer as plain text. Raises `ControlError`, `NoReplyError` after `seconds`.

        No error ever repeats `params`: they may hold a password.
        """
        if self._writer is None or not self.connected:
            raise ControlError("the connection to the softphone is closed")
        text = name + params
        if not text.isprintable() or len(text.encode()) > _LONGEST_COMMAND:
            raise ControlError(f"`{name}` was given something the softphone cannot read")
        token = str(next(self._tokens))
        body = json.dumps({"command": name, "token": token} | ({"params": params} if params else {})).encode()
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting[token] = answer
        self._writer.write(b"%d:%s," % (len(body), body))
        try:
            # Twice: when the machine stood still meanwhile the answer is there, and is read before the second time.
            for _ in range(2):
                # Not `wait_for`: in Python 3.11 it forgets a cancel that comes together with the answer.
                if (await asyncio.wait((answer,), timeout=seconds / 2))[0]:
                    return answer.result()
            raise NoReplyError(say("no_answer_within", seconds=seconds))
        finally:
            self._waiting.pop(token, None)

    async def close(self) -> None:
        """Let go; the softphone keeps running, and its calls with it."""
        if self._listening:
            self._listening.cancel()
            await asyncio.wait({self._listening})
        self._shut()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        try:
            # From Python 3.12 on a task starts at once: nothing is told before whoever connects holds this connection.
            await asyncio.sleep(0)
            while True:
                self._acknowledge_at_once()
                self._take(await _frame(reader))
        except asyncio.CancelledError:
            self._give_up("closed")
            raise
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError, ValueError):
            self._give_up("lost")
            self._shut()
            self._on_lost()

    def _shut(self) -> None:
        if self._writer:
            self._writer.close()
        if self.trace:
            self.trace.close()

    def _take(self, message: Message) -> None:
        if message.get("event"):
            if self.trace and message.get("type") == "CALL_CLOSED":
                self.trace.read()  # it was written before, and says who took the call
            self._on_event(message)
            return
        answer = self._waiting.get(str(message.get("token")))
        if answer is None or answer.done():
            return
        said = _COLOURS.sub("", str(message.get("data") or ""))
        if message.get("ok"):
            answer.set_result(said)
        else:
            answer.set_exception(ControlError(plaintext.clean(said, 120)))

    def _give_up(self, why: str) -> None:
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(ControlError(f"the connection to the softphone is {why}"))

    def _acknowledge_at_once(self) -> None:
        # The softphone leaves Nagle on: with a delayed acknowledgement every second answer takes 40 ms.
        wire = self._writer.get_extra_info("socket") if self._writer else None
        if wire is not None and hasattr(socket, "TCP_QUICKACK"):
            with contextlib.suppress(OSError):
                wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


async def _frame(reader: asyncio.StreamReader) -> Message:
    """The next message. Raises ValueError for what is none."""
    size = int((await reader.readuntil(b":"))[:-1])
    if not 0 <= size <= _LARGEST_FRAME:
        raise ValueError(size)
    body = await reader.readexactly(size + 1)
    if body[-1:] != b",":
        raise ValueError("a frame without an end")
    message = json.loads(body[:-1].decode("utf-8", "replace"))
    if not isinstance(message, dict):
        raise ValueError("a frame that is no object")
    return message


_TRACE = "trace"
"""The pipe in the softphone's private folder."""
_END = b"\x1b[;m"
"""What the softphone writes behind each message."""
_MOST = 1 << 18
"""Bytes of a message whose end does not come."""
_REDIRECT = re.compile(r"^SIP/2\.0 3\d\d .*", re.MULTILINE)
_HEADER = r"^(?:{}|{})[ \t]*:[ \t]*(.*?)\s*$"
_CALL_ID = re.compile(_HEADER.format("Call-ID", "i"), re.MULTILINE | re.IGNORECASE)
_CONTACT = re.compile(_HEADER.format("Contact", "m"), re.MULTILINE | re.IGNORECASE)
_CANCEL = re.compile(r"^CANCEL sip.* SIP/2\.0\s*$", re.MULTILINE)
_REASON = re.compile(_HEADER.format("Reason", "Reason"), re.MULTILINE | re.IGNORECASE)
_TAKEN = re.compile(r"\bSIP\s*;[^,]*\bcause\s*=\s*200\b|\bQ\.850\s*;[^,]*\bcause\s*=\s*26\b", re.IGNORECASE)
"""RFC 3326: the call was completed elsewhere."""
_INVITE = re.compile(r"^CSeq[ \t]*:[ \t]*\d+[ \t]+INVITE\s*$", re.MULTILINE | re.IGNORECASE)


def writing_end(folder: Path) -> int:
    """A new pipe in this folder, for the softphone to write its trace to. Raises OSError."""
    if sys.platform == "win32":  # where the softphone is not offered
        raise OSError("no named pipes")
    os.mkfifo(folder / _TRACE, 0o600)
    # Open for reading, too: it can be written to, and dropped, while no cockpit is there.
    return os.open(folder / _TRACE, os.O_RDWR | os.O_NONBLOCK)


class Trace:
    """Reads the trace and tells of every redirect of a call, and of every caller another phone took."""

    def __init__(
        self, folder: Path, redirected: Callable[[str, str], None], elsewhere: Callable[[str], None]
    ) -> None:
        """`redirected` gets the call's id and the address it goes on to, `elsewhere` the id of a call taken elsewhere.

        A softphone without a trace tells nothing.
        """
        self._redirected, self._elsewhere = redirected, elsewhere
        self._rest = b""
        self._pipe = -1
        if sys.platform == "win32":
            return
        with contextlib.suppress(OSError):
            self._pipe = os.open(folder / _TRACE, os.O_RDONLY | os.O_NONBLOCK)
            asyncio.get_running_loop().add_reader(self._pipe, self.read)

    def close(self) -> None:
        """Read no more."""
        if self._pipe >= 0:
            asyncio.get_running_loop().remove_reader(self._pipe)
            os.close(self._pipe)
            self._pipe = -1

    def read(self) -> None:
        """Take in what was written so far."""
        while self._pipe >= 0 and self._read_some():
            pass

    def _read_some(self) -> bool:
        try:
            got = os.read(self._pipe, 1 << 16)
        except BlockingIOError:
            return False
        if not got:
            self.close()  # the softphone is gone
            return False
        *messages, rest = (self._rest + got).split(_END)
        self._rest = rest[-_MOST:]
        for message in messages:
            text = message.decode("utf-8", "replace")
            if found := redirect_in(text):
                self._redirected(*found)
            elif call_id := taken_elsewhere_in(text):
                self._elsewhere(call_id)
        return True


def redirect_in(text: str) -> tuple[str, str] | None:
    """The id of the call that a SIP message sends on, and the address; None for every other message."""
    fields = _fields(text, _REDIRECT)
    call_id, contact = _CALL_ID.search(fields), _CONTACT.search(fields)
    return (call_id[1], contact[1]) if call_id and contact and _INVITE.search(fields) else None


def taken_elsewhere_in(text: str) -> str:
    """The id of the call that a SIP message ends because another phone took it; empty for every other message."""
    fields = _fields(text, _CANCEL)
    call_id = _CALL_ID.search(fields)
    taken = any(_TAKEN.search(reason) for reason in _REASON.findall(fields))
    return call_id[1] if call_id and taken else ""


def _fields(text: str, first_line: re.Pattern[str]) -> str:
    """The header fields of a message that begins with such a line; empty for another one."""
    head = first_line.search(text)
    return text[head.end() :].replace("\r\n", "\n").partition("\n\n")[0] if head else ""
