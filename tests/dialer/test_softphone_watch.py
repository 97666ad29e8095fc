"""What the softphone does not tell: sound that stops, and a phone server that is gone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.dialer.softphone_bench import ACCOUNT, ANN, FAST, HUSH, SHOWN, Bench
from tui.dialer.protocol import CallState, Cause, DialError
from tui.dialer.softphone import link
from tui.dialer.softphone.calls import Limits
from tui.dialer.softphone.states import sound_mark

LOOKS = replace(FAST, look=0.02, no_sound=0.1, dead=0.3)
"""Looks often, and soon says what it sees."""
HEARD = " audio dir={way} pt_enc=0\n----- RTCP Session: -----\n IP=192.0.2.1:4000 psent=0 rcvd={count}\n seq_put=7"
HUNG_UP = {"type": "CALL_CLOSED", "direction": "outgoing", "id": "c1", "param": "Connection reset by user"}


async def hears(make: Callable[..., Bench], limits: Limits = LOOKS, way: str = "sendrecv") -> Bench:
    """A call in which some sound came, and then no more."""
    bench = make(limits=limits)
    await bench.phone.start()
    bench.baresip.answers["audio_debug"] = HEARD.format(way=way, count=201)
    bench.baresip.when["hangup"] = [HUNG_UP]
    await bench.talks("c1")
    return bench


async def test_a_dead_line_is_told_first_and_then_ended(make: Callable[..., Bench]) -> None:
    bench = await hears(make)
    ended = await bench.told(CallState.ENDED)
    told = [event for event in bench.events if event.quiet_s]
    assert told[0].state is CallState.CONNECTED
    assert (ended.cause, bench.events.index(told[0]) < bench.events.index(ended)) == (Cause.LOST, True)
    assert "the line was dead" in ended.detail


async def test_sound_that_comes_again_is_told_and_ends_nothing(make: Callable[..., Bench]) -> None:
    bench = await hears(make, replace(LOOKS, dead=600))
    await bench.until(lambda: any(event.quiet_s for event in bench.events))
    bench.baresip.answers["audio_debug"] = HEARD.format(way="sendrecv", count=202)
    await bench.until(lambda: not bench.phone.open_calls()[0].quiet_s)
    told = [event.quiet_s for event in bench.events if event.state is CallState.CONNECTED]
    assert told[0] == 0 < told[1] < 600
    assert told[2] == 0


@pytest.mark.parametrize("way", ["sendonly", "recvonly", "inactive"])
async def test_a_held_call_is_no_dead_line(make: Callable[..., Bench], way: str) -> None:
    bench = await hears(make, way=way)
    await bench.until(lambda: len(bench.baresip.asked("audio_debug")) > 40)
    assert not any(event.quiet_s for event in bench.events)
    assert [event.state for event in bench.phone.open_calls()] == [CallState.CONNECTED]


async def test_a_silent_mailbox_that_says_it_is_there_is_not_hung_up_on(make: Callable[..., Bench]) -> None:
    bench = await hears(make, replace(LOOKS, dead=1.0))  # a machine may stand still for part of a second
    await bench.until(lambda: any(event.quiet_s for event in bench.events))
    for _ in range(100):
        seen = len(bench.baresip.asked("audio_debug"))
        bench.baresip.say(type="CALL_RTCP", id="c1", param="audio")
        await bench.until(lambda seen=seen: len(bench.baresip.asked("audio_debug")) > seen)
    assert [event.state for event in bench.phone.open_calls()] == [CallState.CONNECTED]


@pytest.mark.parametrize(
    ("said", "knows"),
    [
        (HEARD.format(way="sendrecv", count=1), True),
        (" audio dir=sendrecv pt_enc=0\n----- RTCP Session: -----\n TX: packets=3", True),
        (" audio dir=sendrecv pt_enc=0\n", False),
        ("", False),
    ],
)
def test_a_version_that_does_not_tell_of_sound_gives_no_alarm(said: str, knows: bool) -> None:
    assert bool(sound_mark(said)) is knows


# -- signing in


SIGNS_IN = replace(FAST, look=0.02)
REGISTERS = replace(ACCOUNT, register=True)


def a_minute_passes(bench: Bench) -> None:
    """As far as signing in goes: it was a minute ago that we tried, and that the phone server took us."""
    bench.phone._watch._tried_at -= SIGNS_IN.sign_in_again
    bench.phone._link.signed_in_at -= SIGNS_IN.sign_in_again


async def looks_again(bench: Bench, times: int = 3) -> None:
    """It has begun and ended so many looks since."""
    watch = bench.phone._watch
    until = watch.looks + 1 + times
    await bench.until(lambda: watch.looks >= until)


async def test_a_phone_server_that_went_silent_is_asked_again_by_our_own_clock(
    make: Callable[..., Bench],
) -> None:
    bench = make(REGISTERS, limits=SIGNS_IN)
    await bench.phone.start()
    assert (bench.phone.health().signed_in, bench.phone.health().why) == (True, "")
    await looks_again(bench)
    assert bench.baresip.asked("uadel") == []
    bench.baresip.when["uanew"] = []
    a_minute_passes(bench)
    await bench.until(lambda: bench.phone.health().signed_in is False)
    assert bench.phone.health().why == "the phone server says nothing"
    await looks_again(bench)
    assert bench.baresip.asked("uadel") == [REGISTERS.address]
    a_minute_passes(bench)
    await bench.until(lambda: len(bench.baresip.asked("uanew")) == 3)
    bench.baresip.when["uanew"] = [{"type": "REGISTER_OK", "param": "200 OK"}]
    a_minute_passes(bench)
    await bench.until(lambda: bench.phone.health().signed_in is True)
    assert bench.phone.health().why == ""


async def test_no_call_is_put_at_risk_to_sign_in_again(make: Callable[..., Bench]) -> None:
    bench = make(REGISTERS, limits=SIGNS_IN)
    await bench.talks("c1")
    bench.baresip.say(type="REGISTER_FAIL", param="503 Service Unavailable")
    await bench.until(lambda: bench.phone.health().signed_in is False)
    a_minute_passes(bench)
    await looks_again(bench)
    assert bench.baresip.asked("uadel") == []
    bench.closes("c1")
    await bench.until(lambda: bench.baresip.asked("uadel") != [])


async def test_no_call_that_begins_while_a_keyring_is_asked_is_put_at_risk(
    make: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make(REGISTERS, limits=SIGNS_IN)
    await bench.phone.start()
    asked, unlocked = threading.Event(), threading.Event()

    def password_of(*_: object) -> str:
        asked.set()
        assert unlocked.wait(60)
        return HUSH

    monkeypatch.setattr(link, "password_of", password_of)
    a_minute_passes(bench)
    await bench.until(asked.is_set)
    await bench.talks("c1")
    unlocked.set()
    await looks_again(bench)
    assert bench.baresip.asked("uadel") == []


async def test_no_dial_under_way_is_put_at_risk_to_sign_in_again(make: Callable[..., Bench]) -> None:
    bench = make(REGISTERS, limits=SIGNS_IN)
    await bench.phone.start()
    dialling = asyncio.create_task(bench.phone.dial(ANN, SHOWN))
    await bench.until(lambda: bench.baresip.asked("dial") != [])
    a_minute_passes(bench)
    await looks_again(bench)
    bench.baresip.say(type="CALL_RINGING", direction="outgoing", id="c1")
    await dialling
    assert bench.baresip.asked("uadel") == []


async def test_a_dial_waits_until_the_account_is_in_again(make: Callable[..., Bench]) -> None:
    bench = make(REGISTERS, limits=SIGNS_IN)
    await bench.phone.start()
    bench.baresip.deaf_to = {"uanew"}
    a_minute_passes(bench)
    await bench.until(lambda: len(bench.baresip.asked("uanew")) == 2)
    dialling = asyncio.create_task(bench.rings())
    await bench.until(lambda: bench.phone._calls.any_begun)
    (answer,) = bench.phone._link._control._waiting.values()
    assert bench.baresip.asked("dial") == []
    answer.set_result("")
    await dialling
    assert len(bench.baresip.asked("dial")) == 1


async def test_a_refused_account_is_not_tried_again_and_again(make: Callable[..., Bench]) -> None:
    bench = make(REGISTERS, limits=SIGNS_IN)
    bench.baresip.when["uanew"] = [{"type": "REGISTER_FAIL", "param": "403 Forbidden"}]
    with pytest.raises(DialError):
        await bench.phone.start()
    assert bench.phone.health().why == "403 Forbidden"
    a_minute_passes(bench)
    looked = bench.phone._watch._tried_at
    await looks_again(bench)
    assert (len(bench.baresip.asked("uanew")), bench.phone._watch._tried_at) == (1, looked)


async def test_a_start_without_network_is_made_up_for_by_itself(make: Callable[..., Bench]) -> None:
    bench = make(REGISTERS, limits=replace(SIGNS_IN, start=0.1))
    bench.baresip.when["uanew"] = []
    with pytest.raises(DialError):
        await bench.phone.start()
    assert bench.phone.health().signed_in is False
    bench.phone._link._limits = SIGNS_IN
    bench.baresip.when["uanew"] = [{"type": "REGISTER_OK", "param": "200 OK"}]
    a_minute_passes(bench)
    await bench.until(lambda: bench.phone.health().signed_in is True)


async def test_a_softphone_that_does_not_start_is_not_signing_in_for_ever(
    make: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(_: object) -> None:
        raise DialError("The softphone baresip is not installed.")

    monkeypatch.setattr(link, "installed", absent)
    bench = make(REGISTERS, limits=SIGNS_IN)
    assert (bench.phone.health().signed_in, bench.phone.health().why) == (False, "")
    with pytest.raises(DialError):
        await bench.phone.start()
    assert bench.phone.health().why == "the softphone did not start"


async def test_what_is_missing_to_speak_is_part_of_how_the_phone_is(
    make: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make(replace(ACCOUNT, microphone="alsa,default"))
    monkeypatch.setattr("tui.dialer.softphone.config._alsa_directions", lambda _: {"playback"})
    assert bench.phone.health().no_sound == "no microphone"
    monkeypatch.setattr("tui.dialer.softphone.config._alsa_directions", lambda _: {"playback", "capture"})
    assert bench.phone.health().no_sound == ""
