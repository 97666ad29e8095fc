"""What the line says unasked: calls nobody here dialled, and states that are said twice."""

from __future__ import annotations

import asyncio

import pytest

from tests.dialer.softphone_bench import ANN, Bench
from tui.dialer.protocol import CallState, Cause, DialError
from tui.dialer.softphone.account import Account

ELSEWHERE = "+12025550199"


def test_nobody_on_the_line_may_transfer_us() -> None:
    assert ";call_transfer=no;sip_autoredirect=no" in Account("sip:sam@example.com").line("")


def appears(bench: Bench, kind: str = "CALL_RINGING", call_id: str = "x") -> None:
    peer = f"sip:{ELSEWHERE}@pbx.example"
    bench.baresip.say(type=kind, direction="outgoing", id=call_id, peeruri=peer)


@pytest.mark.parametrize("kind", ["CALL_OUTGOING", "CALL_RINGING", "CALL_PROGRESS", "CALL_ESTABLISHED"])
async def test_a_call_nobody_here_dialled_is_hung_up_at_once_and_told(hasty_bench: Bench, kind: str) -> None:
    await hasty_bench.talks("c1")
    appears(hasty_bench, kind)
    ended = await hasty_bench.told(CallState.ENDED)
    assert (ended.call_id, ended.number, ended.cause) == ("x", ELSEWHERE, Cause.UNASKED)
    assert f"({ELSEWHERE})" in ended.detail
    assert hasty_bench.baresip.commands[-2:] == [("callfind", "x"), ("hangup", "")]
    assert [event.call_id for event in hasty_bench.phone.open_calls()] == ["c1"]


async def test_a_call_nobody_here_dialled_that_is_refused_at_once_is_told_too(bench: Bench) -> None:
    appears(bench, "CALL_CLOSED")
    assert (await bench.told(CallState.ENDED)).cause is Cause.UNASKED


async def test_such_a_call_is_not_taken_for_the_one_just_dialled(bench: Bench) -> None:
    dialling = asyncio.create_task(bench.phone.dial(ANN, ANN))
    await bench.until(lambda: bench.baresip.asked("dial") != [])
    bench.baresip.answers["callstat"] = "id=x\n direction: Outgoing"
    appears(bench)
    await bench.until(lambda: bench.baresip.asked("hangup") != [])
    bench.baresip.say(type="CALL_RINGING", direction="outgoing", id="c1", peeruri=f"sip:{ANN}@pbx.example")
    assert (await dialling).call_id == "c1"


async def test_a_call_that_begins_after_its_dial_was_given_up_does_not_ring_on(hasty_bench: Bench) -> None:
    with pytest.raises(DialError, match="did not start the call"):
        await hasty_bench.phone.dial(ANN, ANN)
    hasty_bench.baresip.say(
        type="CALL_RINGING", direction="outgoing", id="c1", peeruri=f"sip:{ANN}@pbx.example"
    )
    assert (await hasty_bench.told(CallState.ENDED)).cause is Cause.UNASKED


async def test_an_encrypted_call_coming_in_is_announced_once_and_is_secure_when_answered(
    bench: Bench,
) -> None:
    bench.baresip.say(type="CALL_INCOMING", direction="incoming", id="in1", peeruri=f"sip:{ANN}@pbx.example")
    bench.baresip.say(type="CALL_MENC", id="in1", param="0,audio,AES_CM_128_HMAC_SHA1_80")
    bench.baresip.say(type="CALL_ESTABLISHED", direction="incoming", id="in1")
    await bench.told(CallState.CONNECTED)
    assert [(event.state, event.secure) for event in bench.events] == [
        (CallState.INCOMING, False),
        (CallState.CONNECTED, True),
    ]


async def test_encryption_while_it_rings_does_not_begin_the_ringing_again(bench: Bench) -> None:
    await bench.rings("c1")
    bench.baresip.say(type="CALL_RINGING", direction="outgoing", id="c1")
    await bench.told(CallState.RINGING)
    call = bench.phone._calls.get("c1")
    assert call is not None
    timer = call.timer
    bench.baresip.say(type="CALL_MENC", id="c1", param="0,audio,AES_CM_128_HMAC_SHA1_80")
    await bench.until(lambda: call.event.secure)
    assert call.timer is timer
    assert [event.state for event in bench.events].count(CallState.RINGING) == 1
