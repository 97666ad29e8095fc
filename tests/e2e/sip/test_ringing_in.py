"""Somebody calls the rep, over real SIP; every caller gives their own verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.e2e.sip.conftest import Rep, running
from tests.e2e.sip.lab import ANN, Customer
from tests.phone_bench import was_missed
from tui.dialer.protocol import CallState, Cause, DialError
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.states import listed_calls

BO = "+447700900123"


async def test_a_caller_is_announced_with_number_and_name(rep: Rep) -> None:
    async with rep.customer_rings("talks_and_hangs_up", BO, '"Bo Lund"') as bo:
        ringing = await rep.ear.until(CallState.INCOMING)
        assert (ringing.number, ringing.name, ringing.outgoing) == (BO, "Bo Lund", False)
        await rep.phone.answer(ringing.call_id)
        await rep.ear.until(CallState.CONNECTED)
        ended = await rep.ear.until(CallState.ENDED)
        assert (ended.cause, was_missed(ended)) == (Cause.REMOTE, False)
        assert await bo.verdict() == 0


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("=?UTF-8?B?QmrDtnJuIExpbmQ=?=", "Björn Lind"),
        ('"\x1b]52;c;aGk=\x07[bold]Bo\u202e"', "]52;c;aGk=[bold]Bo"),
        ('"Anonymous"', ""),
    ],
)
async def test_the_name_a_caller_sends_is_decoded_and_harmless(rep: Rep, sent: str, shown: str) -> None:
    async with rep.customer_rings("is_declined", BO, sent) as bo:
        ringing = await rep.ear.until(CallState.INCOMING)
        assert ringing.name == shown
        await rep.phone.hang_up(ringing.call_id)
        assert await bo.verdict() == 0


async def test_a_withheld_number_is_empty(rep: Rep) -> None:
    async with rep.customer_rings("is_declined", "anonymous", '"Anonymous"') as nobody:
        ringing = await rep.ear.until(CallState.INCOMING)
        assert (ringing.number, ringing.name) == ("", "")
        await rep.phone.hang_up(ringing.call_id)
        assert await nobody.verdict() == 0


async def test_declining_is_not_a_missed_call(rep: Rep) -> None:
    async with rep.customer_rings("is_declined") as bo:
        ringing = await rep.ear.until(CallState.INCOMING)
        await rep.phone.hang_up(ringing.call_id)
        ended = await rep.ear.until(CallState.ENDED)
        assert (ended.cause, was_missed(ended)) == (Cause.LOCAL, False)
        assert await bo.verdict() == 0


async def test_a_caller_who_gives_up_is_a_missed_call(rep: Rep) -> None:
    async with rep.customer_rings("gives_up", BO, '"Bo Lund"') as bo:
        ended = await rep.ear.until(CallState.ENDED)
        assert was_missed(ended)
        assert (ended.number, was_missed(ended)) == (BO, True)
        assert await bo.verdict() == 0
    with pytest.raises(DialError, match="over already"):
        await rep.phone.answer(ended.call_id)


async def test_a_call_answered_on_another_phone_is_not_missed(rep: Rep) -> None:
    """The softphone says only that it ended; the Reason header stands in its trace."""
    async with rep.customer_rings("is_answered_elsewhere", BO, '"Bo Lund"') as bo:
        ended = await rep.ear.until(CallState.ENDED)
        assert (ended.cause, was_missed(ended)) == (Cause.ELSEWHERE, False)
        assert await bo.verdict() == 0


@pytest.mark.parametrize("shared", [True, False])
async def test_without_a_reason_it_is_missed_only_where_the_number_rings_here_alone(
    account: Account, runtime: Path, tmp_path: Path, shared: bool
) -> None:
    async with (
        running(replace(account, shared=shared), runtime, tmp_path) as rep,
        rep.customer_rings("gives_up", BO, '"Bo Lund"') as bo,
    ):
        ended = await rep.ear.until(CallState.ENDED)
        assert was_missed(ended) is not shared
        assert await bo.verdict() == 0


async def test_finish_this_one_first(rep: Rep) -> None:
    async with rep.somebody("answers") as ann:
        talking = await rep.rings()
        await rep.ear.until(CallState.CONNECTED)
        async with rep.customer_rings("talks_and_hangs_up") as bo:
            ringing = await rep.ear.until(CallState.INCOMING)
            # The one we talk to is hung up, not the one who calls in.
            await rep.phone.hang_up(talking)
            assert (await rep.ear.until(CallState.ENDED)).call_id == talking
            assert await ann.verdict() == 0
            await rep.phone.answer(ringing.call_id)
            await rep.ear.until(CallState.CONNECTED, call_id=ringing.call_id)
            assert (await rep.ear.until(CallState.ENDED, call_id=ringing.call_id)).cause is Cause.REMOTE
            assert await bo.verdict() == 0


async def test_switching_to_the_caller_holds_the_call_before(rep: Rep, silence: Path) -> None:
    async with Customer(rep.folder / "ann", ANN, rep.their_port, silence) as ann:
        talking = await rep.rings(ANN)
        await ann.until("CALL_INCOMING")
        await ann.ask("accept")
        await rep.ear.until(CallState.CONNECTED)
        async with rep.customer_rings("talks_and_hangs_up") as bo:
            ringing = await rep.ear.until(CallState.INCOMING)
            await rep.phone.answer(ringing.call_id)
            await rep.ear.until(CallState.CONNECTED, call_id=ringing.call_id)
            assert [call.held for call in listed_calls(await rep.phone._link.ask("listcalls"))] == [
                True,
                False,
            ]
            await rep.ear.until(CallState.ENDED, call_id=ringing.call_id)
            assert await bo.verdict() == 0
        assert [event.call_id for event in rep.phone.open_calls()] == [talking]
        await rep.phone.hang_up(talking)
        await ann.until("CALL_CLOSED")


async def test_an_encrypted_call_comes_in_once_and_is_not_missed_after_it_was_answered(
    account: Account, runtime: Path, tmp_path: Path
) -> None:
    async with (
        running(replace(account, encryption="offered"), runtime, tmp_path) as rep,
        rep.customer_rings("is_encrypted_and_hung_up_on", BO) as bo,
    ):
        ringing = await rep.ear.until(CallState.INCOMING)
        await rep.phone.answer(ringing.call_id)
        await rep.ear.until(CallState.CONNECTED, secure=True)
        await rep.phone.hang_up(ringing.call_id)
        ended = await rep.ear.until(CallState.ENDED)
        assert (ended.cause, was_missed(ended)) == (Cause.LOCAL, False)
        assert rep.ear.states(ringing.call_id).count(CallState.INCOMING) == 1
        assert await bo.verdict() == 0


async def test_declining_the_caller_keeps_the_call_up(rep: Rep) -> None:
    async with rep.somebody("answers") as ann:
        talking = await rep.rings()
        await rep.ear.until(CallState.CONNECTED)
        async with rep.customer_rings("is_declined") as bo:
            ringing = await rep.ear.until(CallState.INCOMING)
            await rep.phone.hang_up(ringing.call_id)
            assert await bo.verdict() == 0
        assert [event.call_id for event in rep.phone.open_calls()] == [talking]
        await rep.phone.hang_up(talking)
        assert await ann.verdict() == 0
