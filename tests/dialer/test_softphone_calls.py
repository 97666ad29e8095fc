"""In a call: what the rep does, messages, recordings, and what happens when the softphone breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.dialer.softphone_bench import ACCOUNT, ANN, FAST, SHOWN, Bench, message
from tui.dialer.protocol import CallState, Cap, Cause, DialError


async def test_a_command_for_a_call_chooses_the_call_first(bench: Bench) -> None:
    await bench.talks("c1")
    await bench.phone.send_dtmf("c1", "1#")
    assert bench.baresip.commands[-2:] == [("callfind", "c1"), ("sndcode", "1#")]


@pytest.mark.parametrize("refused", [False, True])
async def test_hanging_up_never_hits_another_call(bench: Bench, refused: bool) -> None:
    await bench.talks("c1")
    bench.baresip.answers["callfind"] = None if refused else "call not found (id=c1)"
    bench.baresip.refusal = "call not found (id=c1)"
    await bench.phone.hang_up("c1")
    assert bench.baresip.asked("hangup") == []
    assert (await bench.told(CallState.ENDED)).cause is Cause.LOCAL


async def test_a_call_ends_even_if_the_softphone_never_says_so(hasty_bench: Bench) -> None:
    await hasty_bench.talks("c1")
    await hasty_bench.phone.hang_up("c1")
    assert (await hasty_bench.told(CallState.ENDED)).cause is Cause.LOCAL
    assert hasty_bench.phone.open_calls() == ()
    hasty_bench.baresip.say(type="CALL_RINGING", direction="outgoing", id="c1")
    hasty_bench.closes("c1")
    await asyncio.sleep(0.05)
    assert [event.state for event in hasty_bench.events].count(CallState.ENDED) == 1
    assert hasty_bench.phone.open_calls() == ()


PATIENT = replace(ACCOUNT, ring_for=0.1)
"""A call of theirs rings for a tenth of a second."""
HUNG_UP = {"type": "CALL_CLOSED", "direction": "outgoing", "id": "c1", "param": "Connection reset by user"}


async def test_a_call_nobody_answers_ends_after_the_time_the_rep_chose(make: Callable[..., Bench]) -> None:
    bench = make(PATIENT)
    bench.baresip.when["hangup"] = [HUNG_UP]
    await bench.rings("c1")
    bench.baresip.say(type="CALL_RINGING", direction="outgoing", id="c1")
    ended = await bench.told(CallState.ENDED)
    assert (ended.cause, ended.detail) == (Cause.NO_ANSWER, "Nobody answered for 0.1 seconds.")


@pytest.mark.parametrize(
    "kinds",
    [
        ("CALL_PROGRESS",),
        ("CALL_RINGING", "CALL_PROGRESS"),
        ("CALL_PROGRESS", "CALL_RINGING"),
        ("CALL_PROGRESS", "CALL_PROGRESS"),
    ],
)
async def test_an_announcement_before_the_answer_is_never_cut_short(
    make: Callable[..., Bench], kinds: tuple[str, ...]
) -> None:
    bench = make(replace(ACCOUNT, ring_for=600))
    await bench.rings("c1")
    for kind in kinds:
        bench.baresip.say(type=kind, direction="outgoing", id="c1")
    bench.baresip.say(type="CALL_MENC", id="c1", param="0,audio,AES_CM_128_HMAC_SHA1_80")
    call = bench.phone._calls.get("c1")
    assert call is not None
    await bench.until(lambda: call.event.secure)  # the last that was said
    assert (call.event.state, call.timer) == (CallState.RINGING, None)


async def test_a_phone_server_that_says_nothing_is_told_and_never_cut(make: Callable[..., Bench]) -> None:
    bench = make(limits=replace(FAST, dialling=0.1))
    await bench.rings("c1")
    await bench.until(lambda: any(event.quiet_s for event in bench.events))
    assert (bench.events[-1].state, bench.events[-1].quiet_s) == (CallState.DIALLING, 0.1)
    assert bench.baresip.asked("hangup") == []
    bench.baresip.say(type="CALL_RINGING", direction="outgoing", id="c1")
    assert (await bench.told(CallState.RINGING)).quiet_s == 0


async def test_an_answer_stops_the_clock(make: Callable[..., Bench]) -> None:
    bench = make(replace(ACCOUNT, ring_for=600))
    await bench.rings("c1")
    bench.baresip.say(type="CALL_RINGING", direction="outgoing", id="c1")
    await bench.told(CallState.RINGING)
    call = bench.phone._calls.get("c1")
    assert call is not None
    assert call.timer is not None
    bench.baresip.say(type="CALL_ESTABLISHED", direction="outgoing", id="c1")
    await bench.told(CallState.CONNECTED)
    assert call.timer is None


async def test_mute_asks_again_when_it_went_the_wrong_way(bench: Bench) -> None:
    await bench.talks("c1")
    bench.baresip.answers["mute"] = "\ncall muted\n"
    await bench.phone.mute("c1", True)
    assert len(bench.baresip.asked("mute")) == 1
    with pytest.raises(DialError, match="whether you are muted"):
        await bench.phone.mute("c1", False)


@pytest.mark.parametrize("name", ["hold", "mute", "send_dtmf", "play_voicemail"])
async def test_what_needs_a_conversation_says_so_before_and_after(
    bench: Bench, tmp_path: Path, name: str
) -> None:
    argument: Any = {"send_dtmf": "1", "play_voicemail": message(tmp_path)}.get(name, True)
    await bench.rings("c1")
    with pytest.raises(DialError, match="Nobody has answered yet"):
        await getattr(bench.phone, name)("c1", argument)
    bench.closes("c1")
    await bench.told(CallState.ENDED)
    with pytest.raises(DialError, match="over already"):
        await getattr(bench.phone, name)("c1", argument)


async def test_a_hold_this_version_does_not_know_is_told(bench: Bench) -> None:
    await bench.talks("c1")
    bench.baresip.answers["hold"] = None
    with pytest.raises(DialError, match="did not obey"):
        await bench.phone.hold("c1", True)


async def test_encryption_is_told_once(bench: Bench) -> None:
    await bench.talks("c1")
    for _ in range(2):
        bench.baresip.say(type="CALL_MENC", id="c1", param="0,audio,AES_CM_128_HMAC_SHA1_80")
    bench.closes("c1")
    await bench.told(CallState.ENDED)
    states = [(event.state, event.secure) for event in bench.events]
    assert states[-3:] == [
        (CallState.CONNECTED, False),
        (CallState.CONNECTED, True),
        (CallState.ENDED, True),
    ]


@pytest.mark.parametrize("version", ["ends the call", "tells", "says nothing"])
async def test_a_message_ends_the_call_in_every_version(bench: Bench, tmp_path: Path, version: str) -> None:
    hung_up = {
        "type": "CALL_CLOSED",
        "direction": "outgoing",
        "id": "c1",
        "param": "Connection reset by user",
    }
    bench.baresip.when["hangup"] = [hung_up]
    await bench.talks("c1")
    await bench.phone.play_voicemail("c1", message(tmp_path))
    if version == "ends the call":
        bench.closes("c1", "end of file")
    elif version == "tells":
        bench.baresip.say(type="END_OF_FILE", id="c1")
    assert (await bench.told(CallState.ENDED)).cause is Cause.VOICEMAIL_LEFT
    await bench.until(lambda: len(bench.baresip.asked("ausrc")) == 2)
    assert bench.baresip.asked("ausrc")[-1] == ACCOUNT.microphone


async def test_a_message_that_does_not_play_gives_the_microphone_back(bench: Bench, tmp_path: Path) -> None:
    await bench.talks("c1")
    bench.baresip.answers["ausrc"] = "failed to set audio-source (No such file or directory)"
    with pytest.raises(DialError, match="Please speak the message"):
        await bench.phone.play_voicemail("c1", message(tmp_path))
    assert bench.baresip.asked("ausrc")[-1] == ACCOUNT.microphone
    bench.closes("c1", "end of file")
    assert (await bench.told(CallState.ENDED)).cause is Cause.OTHER


async def test_the_next_dial_waits_for_the_microphone(bench: Bench, tmp_path: Path) -> None:
    await bench.talks("c1")
    await bench.phone.play_voicemail("c1", message(tmp_path))
    bench.closes("c1", "end of file")
    await bench.told(CallState.ENDED)
    await bench.rings("c2")
    names = [name for name, _ in bench.baresip.commands]
    last_dial = len(names) - 1 - names[::-1].index("dial")
    assert ("ausrc", ACCOUNT.microphone) in bench.baresip.commands[:last_dial]


async def test_a_message_is_not_played_while_another_customer_would_hear_it(
    bench: Bench, tmp_path: Path
) -> None:
    await bench.talks("c1")
    bench.baresip.say(type="CALL_INCOMING", direction="incoming", id="in1")
    bench.baresip.say(type="CALL_ESTABLISHED", direction="incoming", id="in1")
    both = [CallState.CONNECTED] * 2
    await bench.until(lambda: [event.state for event in bench.phone.open_calls()] == both)
    with pytest.raises(DialError, match="would hear the message too"):
        await bench.phone.play_voicemail("c1", message(tmp_path))
    assert bench.baresip.asked("ausrc") == []


async def test_a_caller_is_not_answered_into_a_message(bench: Bench, tmp_path: Path) -> None:
    await bench.talks("c1")
    await bench.phone.play_voicemail("c1", message(tmp_path, 5))
    bench.baresip.say(type="CALL_INCOMING", direction="incoming", id="in1")
    await bench.told(CallState.INCOMING)
    with pytest.raises(DialError, match="message is still being left"):
        await bench.phone.answer("in1")


async def test_recording_needs_the_setting_and_the_recorder(
    make: Callable[..., Bench], tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    for allowed, recorder in ((False, True), (True, False), (True, True)):
        (tmp_path / "sndfile.so").unlink(missing_ok=True)
        if recorder:
            (tmp_path / "sndfile.so").touch()
        phone = make(replace(ACCOUNT, record=allowed), recordings=folder).phone
        assert (Cap.RECORD in phone.caps) is (allowed and recorder)
        if not (allowed and recorder):
            with pytest.raises(DialError, match="not recorded here"):
                await phone.record_next(True)
        await phone.record_next(False)


async def test_the_recorder_is_never_taken_out_while_a_call_is_up(
    make: Callable[..., Bench], tmp_path: Path
) -> None:
    (tmp_path / "sndfile.so").touch()
    bench = make(replace(ACCOUNT, record=True), recordings=tmp_path / "kept")
    await bench.phone.record_next(True)
    await bench.talks("c1")
    assert bench.baresip.asked("insmod") == ["sndfile"]
    await bench.phone.record_next(False)
    bench.baresip.answers["listcalls"] = "> [line 1]  0:00:05  ESTABLISHED  (on hold)  sip:a@b\n"
    await bench.rings("c2")
    assert bench.baresip.asked("rmmod") == []
    bench.closes("c1")
    bench.closes("c2")
    await bench.until(lambda: not bench.phone.open_calls())
    await bench.rings("c3")
    assert bench.baresip.asked("rmmod") == ["sndfile.so"]


async def test_a_recorder_that_does_not_start_rings_nobody(
    make: Callable[..., Bench], tmp_path: Path
) -> None:
    (tmp_path / "sndfile.so").touch()
    bench = make(replace(ACCOUNT, record=True), recordings=tmp_path / "kept")
    bench.baresip.answers["insmod"] = "insmod: ERROR: could not load module 'sndfile'"
    await bench.phone.record_next(True)
    with pytest.raises(DialError, match="did not call"):
        await bench.phone.dial(ANN, SHOWN)
    assert bench.baresip.asked("dial") == []


async def test_a_recorder_that_is_there_already_records(make: Callable[..., Bench], tmp_path: Path) -> None:
    (tmp_path / "sndfile.so").touch()
    bench = make(replace(ACCOUNT, record=True), recordings=tmp_path / "kept")
    bench.baresip.answers["insmod"] = (
        "insmod: ERROR: could not load module 'sndfile': Operation already in progress"
    )
    await bench.phone.record_next(True)
    await bench.rings("c1")
    assert len(bench.baresip.asked("dial")) == 1
