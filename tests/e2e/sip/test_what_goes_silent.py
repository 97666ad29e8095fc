"""The other side dies without a word, and the phone server does: told, and mended or ended, over real SIP."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from msgspec.structs import replace

from tests.e2e.sip.conftest import FAST, Rep, loopback, port_of, running
from tests.e2e.sip.lab import ANN, Customer, Ear, free_port, who_rings
from tests.e2e.sip.registrar import Registrar
from tests.phone_bench import was_missed
from tests.processes import eventually
from tui.dialer.protocol import CallState, Cause
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.softphone import Softphone

SOON = replace(FAST, look=0.5, no_sound=2.0, dead=5.0, sign_in_again=2.0)


@pytest_asyncio.fixture
async def rep(account: Account, runtime: Path, tmp_path: Path) -> AsyncIterator[Rep]:
    """A rep whose softphone soon says that nothing is heard."""
    async with running(account, runtime, tmp_path, limits=SOON) as somebody:
        yield somebody


async def talk_to(rep: Rep, ann: Customer) -> str:
    call = await rep.rings(ANN)
    await ann.until("CALL_INCOMING")
    await ann.ask("accept")
    await rep.ear.until(CallState.CONNECTED)
    await ann.until("CALL_RTPESTAB")
    return call


async def test_a_line_that_dies_is_told_first_and_then_ended(rep: Rep, silence: Path) -> None:
    async with Customer(rep.folder / "ann", ANN, rep.their_port, silence) as ann:
        call = await talk_to(rep, ann)
        os.kill(ann.pid, signal.SIGSTOP)
        try:
            ended = await rep.ear.until(CallState.ENDED, timeout=60)
        finally:
            os.kill(ann.pid, signal.SIGCONT)
        warned = [event.quiet_s for event in rep.ear.events if event.quiet_s]
        assert len(warned) == 1
        assert warned[0] >= SOON.no_sound
        assert (ended.call_id, ended.cause) == (call, Cause.LOST)
        assert "the line was dead" in ended.detail
    assert rep.phone.open_calls() == ()


async def test_a_call_on_hold_is_no_dead_line(rep: Rep, silence: Path) -> None:
    async with Customer(rep.folder / "ann", ANN, rep.their_port, silence) as ann:
        call = await talk_to(rep, ann)
        await rep.phone.hold(call, True)
        looks = rep.phone._watch.looks
        await eventually(lambda: rep.phone._watch.looks > looks + 14)
        await rep.phone.hold(call, False)
        await eventually(lambda: rep.phone._watch.looks > looks + 18)
        assert [(event.call_id, event.quiet_s) for event in rep.phone.open_calls()] == [(call, 0.0)]
        await rep.phone.hang_up(call)


async def test_a_phone_server_that_dies_and_comes_back_is_signed_in_at_again(
    silence: Path, runtime: Path, tmp_path: Path
) -> None:
    server = Registrar("rep", "secret")
    server.port = await server.start()
    member = replace(loopback(f"sip:rep@127.0.0.1:{server.port}", free_port(), silence), register=True)
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "POWERHOUR_SIP_PASSWORD": "secret"}
    phone = Softphone(member, limits=FAST, environ=environ)
    ear = Ear(phone)
    try:
        await phone.start()
        assert phone.health().signed_in
        phone._watch._limits = phone._link._limits = SOON
        server.silent = True
        await eventually(lambda: phone.health().signed_in is False)
        assert phone.health().why == "the phone server says nothing"
        server.silent = False
        await eventually(lambda: phone.health().signed_in is True)
        async with who_rings(tmp_path, "gives_up", port_of(server.contact), "+447700900123", "") as bo:
            assert was_missed(await ear.until(CallState.ENDED))
            assert await bo.verdict() == 0
    finally:
        await phone.stop()
        ear.close()
        server.stop()
