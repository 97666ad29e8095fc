"""The rep's softphone for tests with real SIP. Needs baresip and sipp: without them CI fails, others skip."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from tests.e2e.sip.lab import Ear, Sipp, free_port, who_answers, who_rings, write_wav
from tests.terminal import Terminal
from tui.dialer.protocol import Dialled
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.calls import Limits
from tui.dialer.softphone.softphone import Softphone


@pytest.fixture(scope="session", autouse=True)
def _programs() -> None:
    if sys.platform != "linux":
        pytest.skip("the lab looks at ports and processes as Linux shows them")
    missing = [name for name in ("baresip", "sipp") if not shutil.which(name)]
    if missing:
        why = f"{' and '.join(missing)} missing: apt install baresip-core sip-tester"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)


@pytest.fixture(scope="session")
def silence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of nothing, in place of a microphone."""
    return write_wav(tmp_path_factory.mktemp("wav") / "silence.wav", 60)


@pytest.fixture
def runtime() -> Iterator[Path]:
    """A short-named folder for running softphones; one that a killed cockpit left is ended."""
    folder = Path(tempfile.mkdtemp(prefix="ph-"))
    yield folder
    for note in folder.glob("*/running.json"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(json.loads(note.read_text())["pid"], signal.SIGKILL)
    shutil.rmtree(folder)


@dataclass
class Rep:
    """A rep with a softphone on loopback; everybody they call listens at `their_port`."""

    phone: Softphone
    ear: Ear
    folder: Path
    their_port: int
    sip_port: int

    async def rings(self, number: str = "+442079460100") -> str:
        """Dial; gives the call's id."""
        dialled: Dialled = await self.phone.dial(number, number)
        return dialled.call_id

    def somebody(self, name: str, transport: str = "u1") -> Sipp:
        """Somebody at the other end."""
        return who_answers(self.folder, name, self.their_port, transport)

    def customer_rings(self, name: str, number: str = "+447700900123", shown: str = "") -> Sipp:
        """Somebody calls the rep."""
        return who_rings(self.folder, name, self.sip_port, number, shown)


FAST = Limits(
    start=60, patience=60, dialling=60, command=60, between_dials=0, relaunch=0.05, quit=20, look=0.1
)
"""Nothing of it runs out on a loaded machine; a test of a limit sets that one short, and only while it is about it."""


def soon_told(phone: Softphone) -> None:
    """From now on the rep is told after a second that nothing is heard of a dial."""
    phone._calls._limits = replace(FAST, dialling=1.0)


def loopback(address: str, port: int, silence: Path) -> Account:
    """An account that signs in nowhere, listens on this port and needs no sound card."""
    return Account(
        address,
        register=False,
        transport="udp",
        encryption="off",
        microphone=f"aufile,{silence}",
        speaker="aubridge,play",
        listen=f"127.0.0.1:{port}",
        interface="127.0.0.1",
    )


@contextlib.asynccontextmanager
async def running(
    account: Account,
    runtime: Path,
    folder: Path,
    recordings: Path | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Rep]:
    """A rep whose softphone runs with this account."""
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(runtime)}
    phone = Softphone(account, recordings=recordings, limits=limits or FAST, environ=environ)
    await phone.start()
    ear = Ear(phone)
    try:
        yield Rep(phone, ear, folder, port_of(account.server or account.domain), port_of(account.listen))
    finally:
        await phone.stop()
        ear.close()


def port_of(place: str) -> int:
    """The port of a `host:port`."""
    return int(place.rpartition(":")[2])


PEOPLE = """\
First Name,Last Name,Company,Mobile Phone,recording_consent,voicemail_consent
Ann,Rossi,Acme Tools,020 7946 0100,yes,yes
Bo,Lund,Nordkap,020 7946 0101,yes,yes
"""


@dataclass(frozen=True)
class Own:
    """A rep's own settings for the whole cockpit, with two people in their list."""

    environ: dict[str, str]
    theirs: int
    """The port everybody the rep calls listens at."""
    mine: int
    """The port the rep's softphone listens at."""


@pytest.fixture
def own_file(
    home: Path, runtime: Path, silence: Path, powerhour: Callable[..., subprocess.CompletedProcess[str]]
) -> Callable[..., Own]:
    """Writes the settings of a softphone on loopback, more of them as given, and imports two people.

    Ask for it before `terminal`: then the cockpit is gone before what it may have left is cleared away.
    """

    def write(**more: str) -> Own:
        own = Own(
            {"POWERHOUR_CONFIG": str(home / "own.yaml"), "XDG_RUNTIME_DIR": str(runtime)},
            free_port(),
            free_port(),
        )
        softphone = {
            "account": f"sip:rep@127.0.0.1:{own.theirs}",
            "register": "no",
            "transport": "udp",
            "encryption": "off",
            "microphone": f"aufile,{silence}",
            "speaker": "aubridge,play",
            "listen": f"127.0.0.1:{own.mine}",
            "interface": "127.0.0.1",
        } | more
        lines = [
            "dialer: softphone",
            "softphone:",
            *(f"  {k}: {json.dumps(v)}" for k, v in softphone.items()),
        ]
        (home / "own.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (home / "people.csv").write_text(PEOPLE, encoding="utf-8")
        done = powerhour("import", str(home / "people.csv"), "--yes", "--region", "GB")
        assert done.returncode == 0, done.stderr
        return own

    return write


async def see(screen: Terminal, text: str, timeout: float = 60.0) -> str:
    """The screen once the text (a regular expression) is on it; the line goes on meanwhile."""
    return await asyncio.to_thread(screen.wait_for, text, timeout)


@pytest.fixture
def account(silence: Path) -> Account:
    """The rep's account; everybody they call is at its own domain, on loopback."""
    return loopback(f"sip:rep@127.0.0.1:{free_port()}", free_port(), silence)


@pytest_asyncio.fixture
async def rep(account: Account, runtime: Path, tmp_path: Path) -> AsyncIterator[Rep]:
    """A rep whose softphone runs."""
    async with running(account, runtime, tmp_path) as somebody:
        yield somebody
    assert not list(runtime.iterdir()), "a softphone left something behind"
