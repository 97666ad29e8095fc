"""The account at a phone server with digest authentication, and every way in which that goes wrong."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from tests.e2e.sip.conftest import FAST, loopback, soon_told
from tests.e2e.sip.lab import Ear, free_port, who_rings
from tests.e2e.sip.registrar import Registrar
from tests.phone_bench import was_missed
from tui.dialer.protocol import CallState, DialError
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.link import Link
from tui.dialer.softphone.softphone import Softphone

SECRET = 'p"a<s%20s>ü'  # noqa: S105 - made up
ROOMY = "with space; and = odd, letters"


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Registrar]:
    """A phone server that knows the rep."""
    registrar = Registrar("rep", SECRET)
    registrar.port = await registrar.start()
    yield registrar
    registrar.stop()


@pytest.fixture
def member(silence: Path, server: Registrar) -> Account:
    """The rep's account at that server."""
    return replace(loopback(f"sip:rep@127.0.0.1:{server.port}", free_port(), silence), register=True)


@asynccontextmanager
async def phone_of(
    member: Account, runtime: Path, password: str = SECRET, start: float = FAST.start
) -> AsyncIterator[Softphone]:
    """A softphone of that account, not yet started; afterwards nothing of it may be left."""
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "POWERHOUR_SIP_PASSWORD": password}
    phone = Softphone(member, limits=replace(FAST, start=start), environ=environ)
    try:
        yield phone
    finally:
        await phone.stop()
    assert not list(runtime.iterdir()), "a softphone left something behind"


@pytest.mark.parametrize("password", [SECRET, ROOMY])
async def test_the_account_signs_in_and_can_be_called(
    member: Account, server: Registrar, runtime: Path, tmp_path: Path, password: str
) -> None:
    server.password = password
    async with phone_of(member, runtime, password) as phone:
        await phone.start()
        ear = Ear(phone)
        assert (server.accepted, server.refused, phone.health().why) == (1, 0, "")
        _, _, where = server.contact.rpartition(":")
        async with who_rings(tmp_path, "gives_up", int(where), "+447700900123", "") as bo:
            assert was_missed(await ear.until(CallState.ENDED))
            assert await bo.verdict() == 0
        ear.close()


async def test_the_password_is_in_no_file_no_argument_and_no_environment(
    member: Account, runtime: Path
) -> None:
    async with phone_of(member, runtime, SECRET) as phone:
        await phone.start()
        process = phone._link._process
        assert process is not None
        for name in ("cmdline", "environ"):
            assert SECRET.encode() not in Path(f"/proc/{process.pid}/{name}").read_bytes()
        files = [path for path in process.folder.rglob("*") if path.is_file()]
        assert {path.name for path in files} >= {"config", "accounts", "running.json"}
        for path in files:
            assert SECRET.encode() not in path.read_bytes()
            assert path.stat().st_mode & 0o077 == 0
        assert process.folder.stat().st_mode & 0o777 == 0o700


async def test_a_wrong_password_is_told_and_nothing_runs_on(
    member: Account, server: Registrar, runtime: Path
) -> None:
    async with phone_of(member, runtime, "wrong") as phone:
        with pytest.raises(DialError, match=r"did not accept the account \(403 Forbidden\).*password"):
            await phone.start()
        assert server.refused == 1
        assert "wrong" not in phone.health().why


@pytest.fixture
def begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The softphone itself has time to begin, however soon the phone server is given up."""
    connect = Link._connect
    monkeypatch.setattr(Link, "_connect", lambda link, process, _seconds: connect(link, process, FAST.start))


async def test_a_silent_phone_server_is_told_in_time(
    member: Account, server: Registrar, runtime: Path, begins: None
) -> None:
    server.silent = True
    async with phone_of(member, runtime, start=1.0) as phone:
        with pytest.raises(DialError, match="did not answer within 1 seconds"):
            await phone.start()


async def test_the_next_dial_signs_in_when_the_network_is_back(
    member: Account, server: Registrar, runtime: Path, begins: None
) -> None:
    server.silent = True
    async with phone_of(member, runtime, start=1.0) as phone:
        with pytest.raises(DialError):
            await phone.start()
        server.silent = False
        phone._link._limits = FAST
        soon_told(phone)
        ear = Ear(phone)
        await phone.dial("+442079460100", "+44 20 7946 0100")
        # The server only registers, so it says nothing to the call itself.
        await ear.until(CallState.DIALLING, quiet_s=1.0)
        assert server.accepted == 1
        ear.close()
