from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from msgspec.structs import replace

from tests.dialer.softphone_bench import ACCOUNT, FAST, HUSH, Bench, FakeBaresip
from tui.dialer import program
from tui.dialer.softphone import link
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.calls import Limits
from tui.dialer.softphone.config import Installed
from tui.dialer.softphone.softphone import Softphone


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


A_MINUTE = 60.0


class Patience:
    """How long a program of others is waited for: a test that gives it up says when."""

    def __init__(self) -> None:
        self.given_up: Callable[[], bool] = lambda: False


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> Patience:
    """Here no program is given up by the clock: on a loaded machine one takes seconds to begin."""
    ours, run, within = Patience(), program.run, program.ended_within

    async def patient(argv: Sequence[str], *, timeout: float, **more: Any) -> program.Ended:
        return await run(argv, timeout=A_MINUTE, **more)

    async def ended_within(seconds: float, is_over: Callable[[], bool]) -> bool:
        return (
            await within(seconds, lambda: is_over() or (seconds == A_MINUTE and ours.given_up()))
            and is_over()
        )

    monkeypatch.setattr(program, "run", patient)
    monkeypatch.setattr(program, "ended_within", ended_within)
    return ours


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

    monkeypatch.setattr(link, "launch", lambda *_: Process())
    monkeypatch.setattr(link, "survivors", lambda _: iter(()))
    monkeypatch.setattr(link, "installed", lambda _: Installed(Path("baresip"), tmp_path))
    yield fake
    await fake.stop()


@pytest_asyncio.fixture
async def make(baresip: FakeBaresip) -> AsyncIterator[Callable[..., Bench]]:
    """Makes a bench round a softphone with these options."""
    made: list[Bench] = []

    def bench(account: Account = ACCOUNT, limits: Limits = FAST, **options: Any) -> Bench:
        environ = {"POWERHOUR_SIP_PASSWORD": HUSH}
        made.append(
            Bench(baresip, Softphone(account, limits=limits, environ=environ, platform="linux", **options))
        )
        return made[-1]

    yield bench
    for one in made:
        await one.phone.stop()
        one.close()


@pytest_asyncio.fixture
async def bench(make: Callable[..., Bench]) -> Bench:
    """A softphone that is signed in."""
    one = make()
    await one.phone.start()
    return one


@pytest_asyncio.fixture
async def hasty_bench(bench: Bench) -> Bench:
    """One that is signed in and soon gives up a call the softphone says nothing of; its answers are waited for."""
    bench.phone._limits = replace(FAST, command=0.3)
    return bench
