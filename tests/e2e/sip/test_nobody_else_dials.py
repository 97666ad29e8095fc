"""Whoever is on the line asks our phone to call somebody else, over real SIP: the third party gives the verdict."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.sip.conftest import Rep, running
from tests.e2e.sip.lab import ANN, free_port, who_answers, who_rings
from tui.dialer.protocol import CallState, Cause
from tui.dialer.softphone.account import Account

THIRD = "+12025550199"


class ThirdParty:
    """Somebody nobody here means to call, and what reached them."""

    def __init__(self) -> None:
        self.port = free_port()
        self._ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._ear.bind(("127.0.0.1", self.port))
        self._ear.setblocking(False)

    def heard(self) -> bytes:
        with contextlib.suppress(BlockingIOError):
            return self._ear.recv(65536)
        return b""

    def close(self) -> None:
        self._ear.close()


@pytest_asyncio.fixture
async def third() -> AsyncIterator[ThirdParty]:
    somebody = ThirdParty()
    yield somebody
    somebody.close()


async def test_a_transfer_whom_we_called_asks_for_is_refused_and_the_call_goes_on(
    rep: Rep, third: ThirdParty
) -> None:
    async with who_answers(rep.folder, "asks_for_a_transfer", rep.their_port, elsewhere=third.port) as ann:
        call = await rep.rings(ANN)
        await rep.ear.until(CallState.CONNECTED)
        await asyncio.sleep(0.6)
        assert [event.call_id for event in rep.phone.open_calls()] == [call]
        await rep.phone.hang_up(call)
        assert await ann.verdict() == 0
    assert third.heard() == b""


async def test_a_transfer_a_caller_asks_for_is_refused_too(rep: Rep, third: ThirdParty) -> None:
    async with who_rings(
        rep.folder, "asks_for_a_transfer", rep.sip_port, "+447700900123", "", third.port
    ) as caller:
        ringing = await rep.ear.until(CallState.INCOMING)
        await rep.phone.answer(ringing.call_id)
        await rep.ear.until(CallState.ENDED)
        assert await caller.verdict() == 0
    assert third.heard() == b""


async def test_a_softphone_that_obeys_all_the_same_is_stopped_before_anybody_answers(
    monkeypatch: pytest.MonkeyPatch, account: Account, runtime: Path, tmp_path: Path
) -> None:
    careful = Account.line
    monkeypatch.setattr(
        Account, "line", lambda self, password: careful(self, password).replace(";call_transfer=no", "")
    )
    port = free_port()
    async with (
        running(account, runtime, tmp_path) as rep,
        who_answers(tmp_path, "rings_for_ever", port) as stranger,
        who_answers(tmp_path, "gets_a_transfer", rep.their_port, elsewhere=port),
    ):
        await rep.rings(ANN)
        ended = await rep.ear.until(CallState.ENDED, number=THIRD)
        assert (ended.cause, ended.outgoing) == (Cause.UNASKED, True)
        assert THIRD in ended.detail
        assert await stranger.verdict() == 0


async def test_a_call_that_is_sent_on_to_another_number_is_hung_up_and_told(rep: Rep) -> None:
    port = free_port()
    async with (
        who_answers(rep.folder, "rings_for_ever", port) as stranger,
        who_answers(
            rep.folder, "sends_the_call_on", rep.their_port, sent_to=f"{THIRD}@127.0.0.1:{port}"
        ) as ann,
    ):
        call = await rep.rings(ANN)
        ended = await rep.ear.until(CallState.ENDED)
        assert (ended.call_id, ended.cause) == (call, Cause.REDIRECTED)
        assert THIRD in ended.detail
        assert CallState.CONNECTED not in rep.ear.states(call)
        assert await ann.verdict() == 0
        assert await stranger.verdict() == 0
    assert rep.phone.open_calls() == ()


async def test_a_phone_that_a_call_is_sent_on_to_does_not_even_ring(rep: Rep) -> None:
    """The network takes longer to find a phone than the cockpit to see where the call goes."""
    port = free_port()
    sent_to = f"{THIRD}@127.0.0.1:{port}"
    async with (
        who_answers(rep.folder, "would_ring_after_a_second", port) as stranger,
        who_answers(rep.folder, "sends_the_call_on", rep.their_port, sent_to=sent_to),
    ):
        call = await rep.rings(ANN)
        ended = await rep.ear.until(CallState.ENDED)
        assert (ended.call_id, ended.cause) == (call, Cause.REDIRECTED)
        assert CallState.RINGING not in rep.ear.states(call)
        assert await stranger.verdict() == 0


async def test_a_call_that_another_server_of_the_provider_takes_goes_on(rep: Rep) -> None:
    port = free_port()
    async with (
        who_answers(rep.folder, "answers", port) as ann,
        who_answers(rep.folder, "sends_the_call_on", rep.their_port, sent_to=f"{ANN}@127.0.0.1:{port}"),
    ):
        call = await rep.rings(ANN)
        await rep.ear.until(CallState.CONNECTED)
        await rep.phone.hang_up(call)
        assert await ann.verdict() == 0


async def test_a_trace_that_nobody_reads_stops_no_call(rep: Rep) -> None:
    rep.phone._link._control.trace.close()  # as after a cockpit that was killed
    knock = (
        f"OPTIONS sip:rep@127.0.0.1:{rep.sip_port} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK{{n}}\r\n"
        "From: <sip:bo@127.0.0.1>;tag=1\r\nTo: <sip:rep@127.0.0.1>\r\nCall-ID: {n}\r\nCSeq: 1 OPTIONS\r\n"
        f"Max-Forwards: 70\r\nSubject: {'x' * 900}\r\nContent-Length: 0\r\n\r\n"
    )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as somebody:
        for n in range(200):
            somebody.sendto(knock.format(n=n).encode(), ("127.0.0.1", rep.sip_port))
            await asyncio.sleep(0.002)
    async with rep.somebody("answers") as ann:
        call = await rep.rings(ANN)
        await rep.ear.until(CallState.CONNECTED)
        await rep.phone.hang_up(call)
        assert await ann.verdict() == 0
