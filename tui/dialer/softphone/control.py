"""The control connection to the softphone: baresip's ctrl_tcp, JSON in netstrings, on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
import socket
from collections.abc import Callable
from typing import Any

from tui import plaintext

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
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._listening: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """Whether commands can be sent."""
        return self._listening is not None and not self._listening.done()

    async def connect(self, port: int, seconds: float, alive: Callable[[], bool] = lambda: True) -> None:
        """Connect to the softphone on this port, as soon as it listens. Raises `ControlError`."""
        until = asyncio.get_running_loop().time() + seconds
        while True:
            try:
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except OSError as error:
                if not alive():
                    raise ControlError("it ended at once") from error
                if asyncio.get_running_loop().time() > until:
                    raise NoReplyError(f"it took no commands within {seconds:g} seconds") from error
                await asyncio.sleep(_KNOCK_AGAIN)
        self._listening = asyncio.create_task(self._listen())

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
            # Not `wait_for`: in Python 3.11 it forgets a cancel that comes together with the answer.
            async with asyncio.timeout(seconds):
                return await answer
        except TimeoutError:
            raise NoReplyError(f"no answer within {seconds:g} seconds") from None
        finally:
            self._waiting.pop(token, None)

    async def close(self) -> None:
        """Let go; the softphone keeps running, and its calls with it."""
        if self._listening:
            self._listening.cancel()
            await asyncio.wait({self._listening})
        if self._writer:
            self._writer.close()

    async def _listen(self) -> None:
        reader = self._reader
        assert reader is not None
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
            if self._writer:
                self._writer.close()
            self._on_lost()

    def _take(self, message: Message) -> None:
        if message.get("event"):
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
