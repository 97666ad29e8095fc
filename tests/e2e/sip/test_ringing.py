"""The rep calls somebody, over real SIP; every callee gives their own verdict."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.e2e.sip.conftest import Rep, port_of, running, soon_told
from tests.e2e.sip.lab import ANN, who_answers
from tui.dialer.protocol import CallState, Cause, DialError
from tui.dialer.softphone.account import Account


async def test_somebody_answers_and_the_rep_hangs_up(rep: Rep) -> None:
    async with rep.somebody("answers") as ann:
        call = await rep.rings(ANN)
        answered = await rep.ear.until(CallState.CONNECTED)
        assert (answered.call_id, answered.number, answered.outgoing) == (call, ANN, True)
        await rep.phone.hang_up(call)
        assert rep.ear.events[-1].cause is Cause.LOCAL
        assert await ann.verdict() == 0
    assert rep.ear.states(call)[-3:] == [CallState.RINGING, CallState.CONNECTED, CallState.ENDED]
    assert rep.phone.open_calls() == ()


@pytest.mark.parametrize(
    ("they", "cause", "said"),
    [
        ("busy", Cause.BUSY, "The line is busy."),
        ("no_answer", Cause.NO_ANSWER, "Nobody answered."),
        ("declines", Cause.DECLINED, "They declined the call."),
        ("rejected", Cause.DECLINED, "They declined the call."),
        ("not_found", Cause.BAD_NUMBER, "The network does not know this number (404 Not Found)."),
        ("forbidden", Cause.REFUSED, "Your phone provider refused the call (403 Forbidden)."),
        ("unavailable", Cause.UNREACHABLE, "did not put the call through (503 Service Unavailable)"),
        ("answers_and_hangs_up", Cause.REMOTE, ""),
    ],
)
async def test_the_other_side_ends_the_call(rep: Rep, they: str, cause: Cause, said: str) -> None:
    async with rep.somebody(they) as somebody:
        call = await rep.rings()
        ended = await rep.ear.until(CallState.ENDED)
        assert (ended.call_id, ended.cause, ended.number) == (call, cause, ANN)
        assert said in ended.detail
        assert await somebody.verdict() == 0


async def test_an_announcement_before_the_answer_is_ringing(rep: Rep) -> None:
    async with rep.somebody("announces_then_answers") as ann:
        call = await rep.rings()
        await rep.ear.until(CallState.RINGING)
        assert CallState.CONNECTED not in rep.ear.states(call)
        await rep.ear.until(CallState.CONNECTED)
        await rep.phone.hang_up(call)
        assert await ann.verdict() == 0


async def test_ringing_too_long_is_no_answer_and_is_cancelled(
    account: Account, runtime: Path, tmp_path: Path
) -> None:
    async with (
        running(replace(account, ring_for=1.2), runtime, tmp_path) as rep,
        rep.somebody("rings_for_ever") as ann,
    ):
        await rep.rings()
        ended = await rep.ear.until(CallState.ENDED)
        assert (ended.cause, ended.detail) == (Cause.NO_ANSWER, "Nobody answered for 1.2 seconds.")
        assert await ann.verdict() == 0


async def test_the_rep_gives_up_while_it_rings(rep: Rep) -> None:
    async with rep.somebody("rings_for_ever") as ann:
        call = await rep.rings()
        await rep.ear.until(CallState.RINGING)
        await rep.phone.hang_up(call)
        assert rep.ear.events[-1].cause is Cause.LOCAL
        assert await ann.verdict() == 0


async def test_a_network_that_only_looks_for_the_phone_is_told_and_not_cut(rep: Rep) -> None:
    soon_told(rep.phone)
    async with rep.somebody("tries_for_long_then_answers") as ann:
        call = await rep.rings()
        slow = await rep.ear.until(CallState.DIALLING, quiet_s=1.0)
        assert slow.call_id == call
        await rep.ear.until(CallState.RINGING)
        await rep.ear.until(CallState.CONNECTED)
        await rep.phone.hang_up(call)
        assert await ann.verdict() == 0
    assert not any(event.quiet_s for event in rep.ear.events if event.state is not CallState.DIALLING)


async def test_the_rep_may_give_up_on_a_server_that_only_tries(rep: Rep) -> None:
    soon_told(rep.phone)
    async with rep.somebody("says_only_trying") as ann:
        call = await rep.rings()
        await rep.ear.until(CallState.DIALLING, quiet_s=1.0)
        await rep.phone.hang_up(call)
        assert (await rep.ear.until(CallState.ENDED)).cause is Cause.LOCAL
        assert await ann.verdict() == 0


async def test_a_server_that_says_nothing_at_all_is_told_and_not_cut_by_us(rep: Rep) -> None:
    soon_told(rep.phone)
    call = await rep.rings()
    await rep.ear.until(CallState.DIALLING, quiet_s=1.0)
    assert [event.call_id for event in rep.phone.open_calls()] == [call]


async def test_nothing_but_a_number_reaches_the_softphone(rep: Rep) -> None:
    async with rep.somebody("busy") as ann:
        await rep.rings()
        await rep.ear.until(CallState.ENDED)
        assert await ann.verdict() == 0
    heard = len(rep.ear.events)
    # Each of these, handed on, rings the customer before once more, or somebody else.
    for bad in (
        "",
        " ",
        "030 123456",
        "+44 (0)20 7946 0100",
        "x" * 2000,
        "sip:1@host;transport=tcp",
        f"{ANN}\r\nhangup",
    ):
        with pytest.raises(DialError):
            await rep.rings(bad)
    await asyncio.sleep(0.1)
    assert len(rep.ear.events) == heard


async def test_an_internal_address_may_be_called(rep: Rep) -> None:
    async with rep.somebody("busy") as desk:
        await rep.rings(f"sip:204@127.0.0.1:{rep.their_port}")
        ended = await rep.ear.until(CallState.ENDED)
        assert (ended.number, ended.cause) == ("204", Cause.BUSY)
        assert await desk.verdict() == 0


async def test_a_second_dial_waits_for_the_first_call_to_end(rep: Rep) -> None:
    async with rep.somebody("rings_for_ever") as ann:
        call = await rep.rings()
        with pytest.raises(DialError, match="Hang up or hold"):
            await rep.rings("+442079460101")
        await rep.phone.hang_up(call)
        assert await ann.verdict() == 0
    async with rep.somebody("busy") as bo:
        second = await rep.rings("+442079460101")
        assert (await rep.ear.until(CallState.ENDED, call_id=second)).cause is Cause.BUSY
        assert await bo.verdict() == 0


async def test_hanging_up_twice_is_harmless(rep: Rep) -> None:
    async with rep.somebody("answers") as ann:
        call = await rep.rings()
        await rep.ear.until(CallState.CONNECTED)
        await asyncio.gather(rep.phone.hang_up(call), rep.phone.hang_up(call))
        await rep.phone.hang_up(call)
        assert await ann.verdict() == 0
    assert rep.ear.states(call).count(CallState.ENDED) == 1


async def test_a_number_goes_by_the_transport_and_the_server_of_the_account(
    account: Account, runtime: Path, tmp_path: Path
) -> None:
    company = replace(account, address="sip:rep@pbx.example", server=account.domain, transport="tcp")
    async with running(company, runtime, tmp_path) as rep:
        async with who_answers(tmp_path, "answers", port_of(account.domain), transport="t1") as ann:
            call = await rep.rings(ANN)
            await rep.ear.until(CallState.CONNECTED, call_id=call)
            await rep.phone.hang_up(call)
            assert await ann.verdict() == 0
        # Nobody listens any more: over TCP that is told at once.
        call = await rep.rings(ANN)
        ended = await rep.ear.until(CallState.ENDED, call_id=call)
        assert ended.cause is Cause.UNREACHABLE
        assert "said nothing for" not in ended.detail
