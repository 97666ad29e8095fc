"""A call that the phone server sends on to another number."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dialer.softphone_bench import ANN, Bench
from tests.phone_bench import was_missed
from tui.dialer.protocol import CallState, Cause
from tui.dialer.softphone.control import redirect_in, writing_end

THIRD = "+12025550199"
MOVED = (
    "\x1b[36;1m#\nUDP 192.0.2.1:5060 -> 192.0.2.9:5071\n"
    "SIP/2.0 302 Moved Temporarily\r\nVia: SIP/2.0/UDP 192.0.2.9\r\nCall-ID: {call}\r\n"
    "CSeq: 7 INVITE\r\nContact: <sip:{to}>\r\nContent-Length: 0\r\n\r\n\x1b[;m\n"
)
HUNG_UP = {"type": "CALL_CLOSED", "direction": "outgoing", "id": "c1", "param": "Connection reset by user"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda text: text, True),
        (lambda text: text.replace("302 Moved Temporarily", "301 "), True),
        (lambda text: text.replace("Call-ID:", "i:").replace("Contact:", "m :"), True),
        (lambda text: text.replace("\r\n", "\n"), True),
        (lambda text: text.replace("302 Moved Temporarily", "200 OK"), False),
        (lambda text: text.replace("INVITE", "REGISTER"), False),
        (lambda text: text.replace("Contact:", "X-Contact:"), False),
        (lambda text: text.replace("Call-ID:", "\r\nCall-ID:"), False),
        (lambda text: "", False),
    ],
)
def test_only_a_call_that_is_sent_on_is_one(change: Callable[[str], str], found: bool) -> None:
    text = change(MOVED.format(call="c1", to=f"{THIRD}@192.0.2.4"))
    assert redirect_in(text) == (("c1", f"<sip:{THIRD}@192.0.2.4>") if found else None)


@pytest.fixture
async def traced(make: Callable[..., Bench], tmp_path: Path) -> Bench:
    """A softphone whose trace a test writes."""
    pipe = writing_end(tmp_path)
    bench = make()
    await bench.phone.start()
    bench.baresip.when["hangup"] = [HUNG_UP]
    bench.trace = lambda text: os.write(pipe, text.encode())  # type: ignore[attr-defined]
    return bench


@pytest.mark.parametrize("to", [f"{THIRD}@pbx.example", "900123456@pbx.example", "pbx.example"])
async def test_another_number_is_hung_up_and_told(traced: Bench, to: str) -> None:
    await traced.rings("c1")
    said = MOVED.format(call="c1", to=to)
    for piece in (said[:40], said[40:150], said[150:]):
        traced.trace(piece)  # type: ignore[attr-defined]
    ended = await traced.told(CallState.ENDED)
    assert (ended.cause, ended.call_id) == (Cause.REDIRECTED, "c1")
    assert "a number nobody here dialled" in ended.detail


async def test_a_redirect_before_the_call_has_an_id_is_not_forgotten(traced: Bench) -> None:
    with traced.phone._calls.asking(ANN):
        traced.phone._calls.redirected("c1", f"<sip:{THIRD}@pbx.example>")
        traced.baresip.say(
            type="CALL_ESTABLISHED", direction="outgoing", id="c1", peeruri=f"sip:{ANN}@pbx.example"
        )
        ended = await traced.told(CallState.ENDED)
    assert ended.cause is Cause.REDIRECTED
    assert CallState.CONNECTED not in [event.state for event in traced.events]


@pytest.mark.parametrize("to", [ANN, ANN.replace("+", "00"), ANN.replace("+", "")])
async def test_the_same_number_elsewhere_goes_on(traced: Bench, to: str) -> None:
    await traced.rings("c1")
    traced.trace(MOVED.format(call="c1", to=f"{to}@other.example"))  # type: ignore[attr-defined]
    traced.baresip.say(type="CALL_ESTABLISHED", direction="outgoing", id="c1")
    await traced.told(CallState.CONNECTED)
    assert traced.baresip.asked("hangup") == []


GIVEN_UP = (
    "\x1b[36;1m#\nUDP 192.0.2.1:5060 -> 192.0.2.9:5071\n"
    "CANCEL sip:sam@192.0.2.9:5071 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nCall-ID: {call}\r\n"
    "CSeq: 7 CANCEL\r\n{reason}Content-Length: 0\r\n\r\n\x1b[;m\n"
)


@pytest.mark.parametrize(
    ("reason", "taken"),
    [
        ('Reason: SIP;cause=200;text="Call completed elsewhere"\r\n', True),
        ("reason : SIP ; cause = 200\r\n", True),
        ('Reason: Q.850;cause=16, SIP;cause=200;text="taken"\r\n', True),
        ("Reason: Q.850;cause=26\r\n", True),
        ("Reason: Q.850;cause=16\r\nReason: SIP;cause=200\r\n", True),
        ('Reason: SIP;cause=487;text="ORIGINATOR_CANCEL"\r\n', False),
        ("Reason: Q.850;cause=200, SIP;cause=26\r\n", False),
        ("Subject: SIP;cause=200\r\n", False),
        ("", False),
    ],
)
async def test_who_took_a_call_on_another_phone_stands_in_the_trace(
    traced: Bench, reason: str, taken: bool
) -> None:
    traced.baresip.say(type="CALL_INCOMING", direction="incoming", id="in1", peeruri=f"sip:{ANN}@pbx.example")
    await traced.told(CallState.INCOMING)
    traced.trace(GIVEN_UP.format(call="in1", reason=reason))  # type: ignore[attr-defined]
    traced.baresip.say(type="CALL_CLOSED", direction="incoming", id="in1", param="Connection reset by peer")
    ended = await traced.told(CallState.ENDED)
    assert (ended.cause is Cause.ELSEWHERE, was_missed(ended)) == (taken, not taken)


async def test_a_call_we_dialled_was_never_taken_elsewhere(traced: Bench) -> None:
    await traced.rings("c1")
    traced.trace(GIVEN_UP.format(call="c1", reason="Reason: SIP;cause=200\r\n"))  # type: ignore[attr-defined]
    traced.baresip.say(type="CALL_CLOSED", direction="outgoing", id="c1", param="486 Busy Here")
    assert (await traced.told(CallState.ENDED)).cause is Cause.BUSY
