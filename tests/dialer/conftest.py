from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from tui.dialer import softphone_link
from tui.dialer.softphone_config import Installed


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def fake_program(bin_folder: Path) -> Callable[[str, str], Path]:
    """Writes a program with a Python body onto the PATH."""

    def write(name: str, body: str) -> Path:
        path = bin_folder / name
        path.write_text(f"#!{sys.executable} -S\nimport os, sys, time\n{body}\n")
        path.chmod(0o755)
        return path

    return write


class FakeBaresip:
    """The softphone as its control connection shows it. A test says what it answers, and what it tells by itself."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, str]] = []
        """Every command it got, with its parameters."""
        self.answers: dict[str, str | None] = {}
        """What it answers to a command; None: it refuses. Others get an empty answer."""
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
        self.send({"response": True, "ok": answer is not None, "data": answer or "refused", "token": token})
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


@pytest_asyncio.fixture
async def baresip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[FakeBaresip]:
    """A softphone that answers as the test says; it stands where the real one would be launched."""
    fake = FakeBaresip()
    await fake.start()

    class Process:
        alive = True
        folder = tmp_path
        account = "sip:sam@pbx.example"
        port = fake.port

        async def end(self, grace: float = 0.0) -> None:
            fake.ended = True

        def release(self) -> None:
            pass

    monkeypatch.setattr(softphone_link, "launch", lambda *_: Process())
    monkeypatch.setattr(softphone_link, "survivors", lambda _: iter(()))
    monkeypatch.setattr(softphone_link, "installed", lambda _: Installed(Path("baresip"), tmp_path))
    yield fake
    await fake.stop()
