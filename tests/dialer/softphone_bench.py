"""A softphone on a line that says what a test wants it to say."""

from __future__ import annotations

import asyncio
import contextlib
import json
import wave
from collections.abc import Callable
from pathlib import Path

from tests.processes import eventually
from tui.dialer.protocol import CallEvent, CallState
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.calls import Limits
from tui.dialer.softphone.softphone import Softphone

ANN, SHOWN = "+442079460100", "+44 20 7946 0100"
HUSH = "hush-hush"
ACCOUNT = Account("sip:sam@pbx.example", microphone="aufile,/silence.wav", speaker="aubridge,play")
FAST = Limits(
    start=60, patience=60, dialling=60, command=60, between_dials=0, relaunch=0.01, quit=0.1, look=600
)
"""Nothing of it runs out on a machine that stands still for seconds; a test of a limit sets that one short."""


class FakeBaresip:
    """The softphone as its control connection shows it. A test says what it answers, and what it tells by itself."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, str]] = []
        """Every command it got, with its parameters."""
        self.answers: dict[str, str | None] = {}
        """What it answers to a command; None: it refuses. Others get an empty answer."""
        self.refusal = "refused"
        """What it says when it refuses."""
        self.deaf_to: set[str] = set()
        """Commands it never answers."""
        self.when: dict[str, list[dict[str, object]]] = {
            "uanew": [{"type": "REGISTER_OK", "param": "200 OK"}],
        }
        """Events that follow at once on a command."""
        self.port = 0
        self.ended = False
        self._server: asyncio.Server | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                size = int((await reader.readuntil(b":"))[:-1])
                said = json.loads((await reader.readexactly(size + 1))[:-1])
                self._obey(said["command"], said.get("params", ""), said["token"])

    def _obey(self, command: str, params: str, token: str) -> None:
        self.commands.append((command, params))
        if command in self.deaf_to:
            return
        answer = self.answers.get(command, "setting current call: x" if command == "callfind" else "")
        self.send(
            {
                "response": True,
                "ok": answer is not None,
                "data": self.refusal if answer is None else answer,
                "token": token,
            }
        )
        for event in self.when.get(command, []):
            self.say(**event)

    def say(self, **event: object) -> None:
        """Tell something unasked."""
        self.send({"event": True, "class": "call", **event})

    def send(self, message: object) -> None:
        body = json.dumps(message).encode()
        self.raw(b"%d:%s," % (len(body), body))

    def raw(self, data: bytes) -> None:
        assert self._writer is not None
        self._writer.write(data)

    def asked(self, command: str) -> list[str]:
        """The parameters of every such command so far."""
        return [params for name, params in self.commands if name == command]

    def hang(self) -> None:
        """Break the connection, as a softphone does that dies."""
        assert self._writer is not None
        self._writer.close()

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        if self._writer:
            self._writer.close()


class Bench:
    """A softphone on a fake line, and what it told."""

    def __init__(self, baresip: FakeBaresip, phone: Softphone) -> None:
        self.baresip, self.phone = baresip, phone
        self.events: list[CallEvent] = []
        self._task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for event in self.phone.events():
            self.events.append(event)

    async def until(self, happened: Callable[[], bool]) -> None:
        await eventually(happened)

    async def told(self, state: CallState) -> CallEvent:
        await self.until(lambda: any(event.state is state for event in self.events))
        return next(event for event in self.events if event.state is state)

    async def rings(self, call_id: str = "c1") -> str:
        """Dial on a version that answers with the call's id."""
        self.baresip.answers["dial"] = f"call id: {call_id}"
        return (await self.phone.dial(ANN, SHOWN)).call_id

    async def talks(self, call_id: str = "c1") -> str:
        await self.rings(call_id)
        self.baresip.say(type="CALL_ESTABLISHED", direction="outgoing", id=call_id)
        await self.told(CallState.CONNECTED)
        return call_id

    def closes(self, call_id: str = "c1", param: str = "Connection reset by peer") -> None:
        self.baresip.say(type="CALL_CLOSED", direction="outgoing", id=call_id, param=param)

    def close(self) -> None:
        self._task.cancel()


def message(folder: Path, seconds: float = 0.1) -> Path:
    """A recorded message that can be played."""
    path = folder / "message.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48000, 0, "NONE", ""))
        file.writeframes(bytes(int(96000 * seconds)))
    return path
