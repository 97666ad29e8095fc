"""People at the other end of the line: sipp and a second softphone, on loopback."""

from __future__ import annotations

import array
import asyncio
import contextlib
import itertools
import math
import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
import wave
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.sip.scenarios import callee, caller
from tests.processes import eventually
from tui.dialer.protocol import CallEvent, CallState
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.config import config_text, installed, shortly_named, sound_of
from tui.dialer.softphone.control import Control, Message
from tui.dialer.softphone.process import launch
from tui.dialer.softphone.softphone import Softphone

RATE = 48000
ANN = "+442079460100"
ANN_SHOWN = "+44 20 7946 0100"


_PER_LINE = 8
"""A line takes the port it is given and the next; sipp takes the second above for sound, the fourth for pictures."""
_SHARES, _SHARE = 8, 2_400


def _ports() -> Iterator[int]:
    """The ports of this process for ever: test processes side by side have shares of their own.

    All are below those a system hands out by itself, so that no connection of ours takes one meanwhile.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    begin = 12_000 + worker % _SHARES * _SHARE
    share = range(begin, begin + _SHARE, _PER_LINE)
    first = random.SystemRandom().randrange(len(share))  # two suites on one machine
    return itertools.cycle((*share[first:], *share[:first]))


_PORTS = _ports()


def free_port() -> int:
    """A port nobody uses just now, by UDP or by TCP, nor those above it that go with it."""
    return next(port for port in _PORTS if all(_is_free(port + more) for more in (0, 1, 2, 4)))


def _is_free(port: int) -> bool:
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True


def write_wav(path: Path, seconds: float, loudness: int = 0) -> Path:
    """A sound file the softphone can play: a tone, or silence."""
    period = array.array("h", (int(loudness * math.sin(n * math.tau / 64)) for n in range(64)))
    samples = period * int(RATE * seconds / 64)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def peak(path: Path) -> int:
    """The loudest sample of a recording."""
    with wave.open(str(path)) as file:
        return max(map(abs, array.array("h", file.readframes(file.getnframes()))), default=0)


def has_sound(path: Path) -> bool:
    """Whether something is in a recording, and it can be read."""
    try:
        with wave.open(str(path)) as file:
            return bool(file.getnframes())
    except (EOFError, wave.Error):
        return False


def longest_quiet(path: Path) -> float:
    """Seconds of the longest silence in a recording after its first sound."""
    with wave.open(str(path)) as file:
        samples, rate = array.array("h", file.readframes(file.getnframes())), file.getframerate()
    loud = [place for place, sample in enumerate(samples) if abs(sample) > 300]
    return float(max((after - before for before, after in itertools.pairwise(loud)), default=0) / rate)


class Ear:
    """Everything a softphone told its cockpit."""

    def __init__(self, phone: Softphone) -> None:
        self.events: list[CallEvent] = []
        self._changed = asyncio.Condition()
        self._task = asyncio.create_task(self._listen(phone))

    async def _listen(self, phone: Softphone) -> None:
        async for event in phone.events():
            async with self._changed:
                self.events.append(event)
                self._changed.notify_all()

    async def until(self, state: CallState, timeout: float = 60.0, **also: object) -> CallEvent:
        """The first event of this state whose fields are as given."""

        def found() -> CallEvent | None:
            fits = (e for e in self.events if e.state is state)
            return next((e for e in fits if all(getattr(e, k) == v for k, v in also.items())), None)

        async with self._changed:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout):
                    await self._changed.wait_for(found)
        event = found()
        assert event is not None, f"no {state} {also}; heard {self.events}"
        return event

    def states(self, call_id: str) -> list[CallState]:
        """The states one call went through."""
        return [event.state for event in self.events if event.call_id == call_id]

    def close(self) -> None:
        self._task.cancel()


class Sipp:
    """One person played by sipp. `verdict()` is their own: whether the call went as their scenario says."""

    def __init__(
        self, folder: Path, scenario: str, *arguments: str, port: int = 0, transport: str = "u1"
    ) -> None:
        self.port = port or free_port()
        self._file = folder / f"scenario-{time.monotonic_ns()}.xml"
        self._file.write_text(scenario)
        self._arguments = (*arguments, "-t", transport)
        self._process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Sipp:
        self._process = subprocess.Popen(
            [
                *("sipp", "-sf", str(self._file), "-i", "127.0.0.1", "-p", str(self.port), "-m", "1"),
                *(
                    "-mp",
                    str(self.port + 2),
                    "-nostdin",
                    "-timeout",
                    "60",
                    "-timeout_error",
                ),
                *self._arguments,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self._file.parent,
            env={**os.environ, "TERM": "dumb"},
        )
        await self._ready()
        return self

    async def _ready(self) -> None:
        assert self._process is not None
        process, port = self._process, self.port
        await eventually(lambda: process.poll() is not None or _bound(port))

    async def verdict(self, timeout: float = 60.0) -> int:
        """sipp's exit code: 0 when it saw exactly what its scenario expects."""
        assert self._process is not None
        until = time.monotonic() + timeout
        while self._process.poll() is None and time.monotonic() < until:
            await asyncio.sleep(0.01)
        return self._process.returncode if self._process.returncode is not None else -1

    async def __aexit__(self, *_: object) -> None:
        if self._process is not None:
            if self._process.poll() is None:
                self._process.kill()
            self._process.communicate()


def _bound(port: int) -> bool:
    """Whether somebody listens on this port (where the system tells)."""
    rows = ""
    for name in ("udp", "tcp"):
        with contextlib.suppress(OSError):
            rows += Path(f"/proc/net/{name}").read_text()
    return f"0100007F:{port:04X} " in rows or not rows


class Customer:
    """A customer with a softphone of their own, who can tell what they heard."""

    def __init__(self, folder: Path, number: str, sip_port: int, silence: Path) -> None:
        self.folder, self.sip_port = folder, sip_port
        folder.mkdir()
        self._runtime = tempfile.TemporaryDirectory(prefix="ph-")
        self.said: list[Message] = []
        self._account = Account(
            f"sip:{number}@127.0.0.1:{sip_port}",
            register=False,
            microphone=f"aufile,{silence}",
            speaker="aubridge,play",
            listen=f"127.0.0.1:{sip_port}",
            interface="127.0.0.1",
        )
        self._control = Control(self.said.append, lambda: None)

    async def __aenter__(self) -> Customer:
        software = installed(shutil.which("baresip"))
        environ = {**os.environ, "XDG_RUNTIME_DIR": self._runtime.name}
        self._process = launch(
            software.program,
            lambda port, folder: config_text(
                self._account,
                sound_of(self._account),
                software,
                port,
                shortly_named(self.folder, folder),
            ),
            self._account.address,
            environ,
        )
        await self._control.connect(self._process.port, 60)
        await self.ask("uanew", self._account.line(""))
        await self.ask("insmod", "sndfile")
        return self

    async def ask(self, command: str, params: str = "") -> str:
        """A command to the customer's own softphone."""
        return await self._control.command(command, params, 60)

    async def until(self, kind: str, timeout: float = 60.0) -> Message:
        """The first thing of this kind the customer's softphone says."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for message in self.said:
                if message.get("type") == kind:
                    return message
            await asyncio.sleep(0.01)
        raise AssertionError(f"no {kind}; saw {[m.get('type') for m in self.said]}")

    @property
    def pid(self) -> int:
        """The process of their softphone."""
        return self._process.pid

    def tones(self) -> str:
        """The keys the rep pressed, as the customer got them."""
        return "".join(str(m.get("param")) for m in self.said if m.get("type") == "CALL_DTMF_START")

    def loudest(self) -> int:
        """The loudest moment of what the customer heard so far."""
        return max((peak(file) for file in self.folder.glob("dump-*dec.wav")), default=0)

    async def __aexit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):
            await self._control.command("quit", "", 1.0)
        await self._control.close()
        await self._process.end(2.0)
        self._runtime.cleanup()


def who_answers(
    folder: Path, name: str, port: int = 0, transport: str = "u1", elsewhere: int = 0, sent_to: str = ""
) -> Sipp:
    """Somebody the rep calls. `elsewhere`: the port of a third party they ask to be put through to; `sent_to`: the
    address they send the call on to.
    """
    keys = ("-key", "elsewhere", str(elsewhere), "-key", "sent_to", sent_to)
    return Sipp(folder, callee(name), *keys, port=port, transport=transport)


def who_rings(folder: Path, name: str, to_port: int, number: str, shown: str, elsewhere: int = 0) -> Sipp:
    """Somebody who calls the rep, with their number and the name they send."""
    who = ("-key", "caller", number, "-key", "shown", shown, "-key", "elsewhere", str(elsewhere))
    return Sipp(folder, caller(name), "-s", "rep", *who, f"127.0.0.1:{to_port}")
