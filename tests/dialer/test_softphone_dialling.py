"""Signing in and dialling, against a control connection that answers as the test says."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.dialer.softphone_bench import ACCOUNT, ANN, FAST, HUSH, SHOWN, Bench, FakeBaresip
from tui.dialer.number_format import OutsideLine
from tui.dialer.protocol import CallState, Cause, DialError


async def test_it_signs_in_with_the_password_of_the_environment(bench: Bench) -> None:
    (line,) = bench.baresip.asked("uanew")
    assert line.startswith("<sip:sam@pbx.example>;regint=")
    assert f';auth_pass="{HUSH}"' in line
    assert bench.phone.health().why == ""


@pytest.mark.parametrize(
    ("param", "said"),
    [
        ("401 Unauthorized", r"did not accept the account \(401 Unauthorized\)"),
        ("403 Forbidden", r"did not accept the account \(403 Forbidden\)"),
        ("Connection timed out", r"cannot be reached \(Connection timed out\)"),
        ("503 Service Unavailable", r"cannot be reached \(503 Service Unavailable\)"),
        ("", r"cannot be reached \(no reason given\)"),
    ],
)
async def test_why_the_account_is_not_signed_in_is_a_sentence(
    make: Callable[..., Bench], baresip: FakeBaresip, param: str, said: str
) -> None:
    baresip.when["uanew"] = [{"type": "REGISTER_FAIL", "param": param}]
    with pytest.raises(DialError, match=said):
        await make().phone.start()
    assert baresip.ended


async def test_a_phone_server_that_says_nothing_is_told(
    make: Callable[..., Bench], baresip: FakeBaresip
) -> None:
    baresip.when.clear()
    with pytest.raises(DialError, match=r"did not answer within 0\.3 seconds"):
        await make(limits=replace(FAST, start=0.3)).phone.start()
    assert baresip.ended


async def test_no_error_repeats_the_password(make: Callable[..., Bench], baresip: FakeBaresip) -> None:
    baresip.answers["uanew"] = None
    with pytest.raises(DialError) as refused:
        await make().phone.start()
    assert HUSH not in f"{refused.value!r} {refused.value.__context__!r} {refused.value.__cause__!r}"


async def test_a_softphone_that_dies_while_it_signs_in_is_told(
    make: Callable[..., Bench], baresip: FakeBaresip
) -> None:
    baresip.when.clear()
    phone = make().phone
    starting = asyncio.create_task(phone.start())
    while not baresip.asked("uanew"):
        await asyncio.sleep(0.005)
    baresip.hang()
    with pytest.raises(DialError, match="stopped while it signed in"):
        await starting


async def test_quitting_while_it_signs_in_leaves_nothing(
    make: Callable[..., Bench], baresip: FakeBaresip
) -> None:
    baresip.when.clear()
    starting = asyncio.create_task(make().phone.start())
    while not baresip.asked("uanew"):
        await asyncio.sleep(0.005)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert baresip.ended


async def test_a_registration_lost_later_is_said_with_the_next_dial(bench: Bench) -> None:
    bench.baresip.say(type="REGISTER_FAIL", param="Connection timed out")
    await bench.until(lambda: bool(bench.phone.health().why))
    bench.baresip.answers["dial"] = "call id: c1"
    assert "cannot be reached" in (await bench.phone.dial(ANN, SHOWN)).said
    bench.baresip.say(type="REGISTER_OK", param="200 OK")
    await bench.until(lambda: not bench.phone.health().why)


async def test_the_number_goes_to_the_domain_of_the_account(bench: Bench) -> None:
    assert await bench.rings() == "c1"
    assert bench.baresip.asked("dial") == [f"sip:{ANN}@pbx.example"]
    assert (await bench.told(CallState.DIALLING)).number == ANN


async def test_an_outside_line_goes_before_the_number(make: Callable[..., Bench]) -> None:
    bench = make(line=OutsideLine("9"))
    await bench.rings()
    assert bench.baresip.asked("dial") == ["sip:900442079460100@pbx.example"]


async def test_a_dial_starts_a_softphone_that_does_not_run(make: Callable[..., Bench]) -> None:
    bench = make()
    await bench.rings()
    assert [name for name, _ in bench.baresip.commands][:1] == ["uanew"]


async def test_the_first_event_tells_the_id_where_the_answer_does_not(bench: Bench) -> None:
    bench.baresip.when["dial"] = [
        {"type": "CALL_RINGING", "direction": "outgoing", "id": "e7", "peeruri": f"sip:{ANN}@pbx.example"}
    ]
    assert (await bench.phone.dial(ANN, SHOWN)).call_id == "e7"
    await bench.told(CallState.RINGING)
    assert not any(event.state is CallState.DIALLING for event in bench.events)


async def test_the_status_tells_the_id_where_no_event_comes(bench: Bench) -> None:
    bench.baresip.answers["callstat"] = (
        "===== Call debug (OUTGOING) =====\n af=AF_INET id=ab12 direction: Outgoing"
    )
    assert (await bench.phone.dial(ANN, SHOWN)).call_id == "ab12"
    assert (await bench.told(CallState.DIALLING)).call_id == "ab12"


async def test_a_call_refused_before_anything_else_is_told(bench: Bench) -> None:
    bench.baresip.when["dial"] = [
        {"type": "CALL_CLOSED", "direction": "outgoing", "id": "e7", "param": "486 Busy Here"}
    ]
    assert (await bench.phone.dial(ANN, SHOWN)).call_id == "e7"
    assert (await bench.told(CallState.ENDED)).cause is Cause.BUSY


async def test_a_customer_ringing_in_is_not_taken_for_the_call_just_dialled(bench: Bench) -> None:
    bench.baresip.answers["callstat"] = "id=in1\n direction: Incoming"
    bench.baresip.when["dial"] = [{"type": "CALL_INCOMING", "direction": "incoming", "id": "in1"}]
    dialling = asyncio.create_task(bench.phone.dial(ANN, SHOWN))
    await bench.told(CallState.INCOMING)
    bench.baresip.say(type="CALL_RINGING", direction="outgoing", id="out1")
    assert (await dialling).call_id == "out1"


async def test_a_dial_that_starts_no_call_is_told(hasty_bench: Bench) -> None:
    with pytest.raises(DialError, match="did not start the call"):
        await hasty_bench.phone.dial(ANN, SHOWN)


async def test_a_dial_the_softphone_refuses_is_told(bench: Bench) -> None:
    bench.baresip.answers["dial"] = None
    with pytest.raises(DialError, match=r"did not obey \(refused\)"):
        await bench.phone.dial(ANN, SHOWN)


@pytest.mark.parametrize(
    "bad", ["", " ", "112", "+44 20 7946 0100", "x" * 2000, f"{ANN}\n", "sip:a@b;transport=tcp"]
)
async def test_nothing_but_a_strict_number_reaches_it(bench: Bench, bad: str) -> None:
    with pytest.raises(DialError):
        await bench.phone.dial(bad, bad)
    assert bench.baresip.asked("dial") == []


async def test_two_dials_are_some_time_apart(make: Callable[..., Bench]) -> None:
    bench = make(limits=replace(FAST, between_dials=0.25))
    await bench.phone.start()
    began = time.monotonic()
    await bench.rings("c1")
    bench.closes("c1")
    await bench.told(CallState.ENDED)
    await bench.rings("c2")
    assert time.monotonic() - began > 0.25


async def test_a_third_dial_does_not_queue_behind_one_that_waits(make: Callable[..., Bench]) -> None:
    bench = make(limits=replace(FAST, between_dials=1.0))
    await bench.rings("c1")
    bench.closes("c1")
    await bench.told(CallState.ENDED)
    waiting = asyncio.create_task(bench.rings("c2"))
    await asyncio.sleep(0)
    with pytest.raises(DialError, match="still being dialled"):
        await bench.phone.dial(ANN, SHOWN)
    await waiting
    assert len(bench.baresip.asked("dial")) == 2


@pytest.mark.parametrize(
    ("listed", "free"),
    [
        ("> [line 1]  0:00:05  ESTABLISHED             sip:a@b", False),
        ("> [line 1]  0:00:05  ESTABLISHED  (on hold)  sip:a@b", True),
        ("> [line 1]  0:00:05  RINGING             sip:a@b", False),
        (
            "  [line 1]  0:00:05  ESTABLISHED  (on hold)  sip:a@b\n> [line 2]  0:00:01  INCOMING   sip:c@d",
            True,
        ),
    ],
)
async def test_only_a_line_that_is_free_rings(bench: Bench, listed: str, free: bool) -> None:
    await bench.talks("c1")
    bench.baresip.answers["listcalls"] = f"\n--- Active calls (1) ---\n{listed}\n\n"
    if free:
        assert await bench.rings("c2") == "c2"
    else:
        with pytest.raises(DialError, match="Hang up or hold"):
            await bench.phone.dial(ANN, SHOWN)


async def test_without_sound_nobody_is_called_and_nobody_answered(make: Callable[..., Bench]) -> None:
    bench = make(replace(ACCOUNT, microphone="alsa,plughw:7", speaker="alsa,plughw:7"))
    await bench.phone.start()
    with pytest.raises(DialError, match="No microphone found"):
        await bench.phone.dial(ANN, SHOWN)
    bench.baresip.say(type="CALL_INCOMING", direction="incoming", id="in1")
    await bench.told(CallState.INCOMING)
    with pytest.raises(DialError, match="No microphone found"):
        await bench.phone.answer("in1")
    assert {name for name, _ in bench.baresip.commands} == {"uanew"}


async def test_no_key_waits_for_a_silent_phone_server_and_the_next_one_says_what_is_wrong(
    make: Callable[..., Bench],
) -> None:
    bench = make(limits=replace(FAST, patience=0, start=0.4))
    bench.baresip.when.clear()
    with pytest.raises(DialError, match="still signing in"):
        await bench.phone.dial(ANN, SHOWN)
    begun = bench.phone._begun
    assert begun is not None
    await asyncio.wait({begun})
    with pytest.raises(DialError, match="did not answer within"):
        await bench.phone.dial(ANN, SHOWN)
    assert bench.baresip.asked("dial") == []


async def test_nobody_is_called_over_an_account_that_is_not_signed_in_yet(make: Callable[..., Bench]) -> None:
    bench = make(limits=replace(FAST, patience=0))
    bench.baresip.when.clear()
    starting = asyncio.create_task(bench.phone.start())
    await bench.until(lambda: bench.baresip.asked("uanew") != [])
    with pytest.raises(DialError, match="still signing in"):
        await bench.phone.dial(ANN, SHOWN)
    assert bench.baresip.asked("dial") == []
    bench.baresip.say(type="REGISTER_OK", param="200 OK")
    await starting
    await bench.rings()


async def test_who_rings_in_while_it_signs_in_in_vain_does_not_ring_for_ever(
    make: Callable[..., Bench],
) -> None:
    bench = make(limits=replace(FAST, start=0.3))
    bench.baresip.when["uanew"] = [
        {"type": "CALL_INCOMING", "direction": "incoming", "id": "in", "peeruri": "sip:+447700900123@a"}
    ]
    with pytest.raises(DialError, match="did not answer within"):
        await bench.phone.start()
    assert (await bench.told(CallState.ENDED)).call_id == "in"
    assert bench.phone.open_calls() == ()
