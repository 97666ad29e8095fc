"""What a rep can do in a call: tones, mute, hold, a recorded message, recording. The customer tells what they heard."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from tests.e2e.sip.conftest import Rep, loopback, port_of, running
from tests.e2e.sip.lab import ANN, Customer, has_sound, peak, write_wav
from tests.processes import eventually
from tui.dialer.protocol import CallState, Cap, Cause, DialError
from tui.dialer.softphone.account import Account


@pytest_asyncio.fixture
async def ann(rep: Rep, silence: Path) -> AsyncIterator[Customer]:
    """A customer who picks up and listens."""
    async with Customer(rep.folder / "ann", ANN, rep.their_port, silence) as customer:
        yield customer


async def talk(rep: Rep, customer: Customer) -> str:
    """Ring the customer, who answers; gives the call's id."""
    customer.said.clear()
    call = await rep.rings(ANN)
    await customer.until("CALL_INCOMING")
    await customer.ask("accept")
    await rep.ear.until(CallState.CONNECTED, call_id=call)
    return call


async def test_tones_arrive_as_keys(rep: Rep, ann: Customer) -> None:
    call = await talk(rep, ann)
    await rep.phone.send_dtmf(call, "12#")
    await eventually(lambda: ann.tones() == "12#")
    with pytest.raises(DialError, match="Only 0 to 9"):
        await rep.phone.send_dtmf(call, "12;hangup")
    await rep.phone.hang_up(call)


async def test_mute_is_what_the_rep_asked_for_not_the_other_way_round(rep: Rep, ann: Customer) -> None:
    call = await talk(rep, ann)
    for wanted in (True, True, False, False, True):
        await rep.phone.mute(call, wanted)
    # The softphone tells the state only by switching it: muted, as asked last.
    assert "un-muted" in str(await rep.phone._link.ask_call(call, "mute"))
    await rep.phone.hang_up(call)


async def test_hold_and_back(rep: Rep, ann: Customer) -> None:
    call = await talk(rep, ann)
    await rep.phone.hold(call, True)
    assert "on hold" in await rep.phone._link.ask("listcalls")
    await rep.phone.hold(call, False)
    assert "on hold" not in await rep.phone._link.ask("listcalls")
    await rep.phone.hang_up(call)
    await ann.until("CALL_CLOSED")


async def test_a_message_is_heard_ends_the_call_and_gives_the_microphone_back(
    rep: Rep, ann: Customer
) -> None:
    deep = rep.folder / ("long folder name, with spaces " * 5)
    deep.mkdir()
    message = write_wav(deep / "message.wav", 1.0, loudness=12000)
    call = await talk(rep, ann)
    await rep.phone.play_voicemail(call, message)
    left = await rep.ear.until(CallState.ENDED, call_id=call)
    assert (left.cause, left.detail) == (Cause.VOICEMAIL_LEFT, "The message was left.")
    await ann.until("CALL_CLOSED")
    assert ann.loudest() > 5000
    for file in ann.folder.glob("dump-*"):
        file.unlink()
    second = await talk(rep, ann)
    await asyncio.sleep(0.5)
    await rep.phone.hang_up(second)
    await ann.until("CALL_CLOSED")
    await eventually(lambda: any(map(has_sound, ann.folder.glob("dump-*dec.wav"))))
    assert ann.loudest() < 100


async def test_a_message_that_cannot_be_played_leaves_the_call_as_it_was(rep: Rep, ann: Customer) -> None:
    call = await talk(rep, ann)
    for bad in (rep.folder / "absent.wav", Path(__file__)):
        with pytest.raises(DialError, match=r"cannot be played"):
            await rep.phone.play_voicemail(call, bad)
    assert rep.phone.open_calls()[0].state is CallState.CONNECTED
    await rep.phone.hang_up(call)
    assert rep.ear.events[-1].cause is Cause.LOCAL


async def test_hanging_up_on_a_message_is_not_a_message_left(rep: Rep, ann: Customer) -> None:
    message = write_wav(rep.folder / "message.wav", 20.0, loudness=12000)
    call = await talk(rep, ann)
    await rep.phone.play_voicemail(call, message)
    await asyncio.sleep(0.2)
    await rep.phone.hang_up(call)
    assert rep.ear.events[-1].cause is Cause.LOCAL


async def test_only_calls_asked_for_are_recorded_and_nobody_else_may_read_them(
    account: Account, runtime: Path, tmp_path: Path, silence: Path
) -> None:
    folder = tmp_path / "recordings"
    kept: dict[bool, tuple[Path, ...]] = {}
    async with (
        running(replace(account, record=True), runtime, tmp_path, folder) as rep,
        Customer(tmp_path / "ann", ANN, port_of(account.domain), silence) as ann,
    ):
        assert Cap.RECORD in rep.phone.caps
        for on in (False, True, False):
            await rep.phone.record_next(on)
            call = await talk(rep, ann)
            # As a hasty rep does: switched off while the recorded call is up.
            await rep.phone.record_next(False)
            await (eventually(lambda: len(list(folder.glob("*.wav"))) == 2) if on else asyncio.sleep(0.4))
            await rep.phone.hang_up(call)
            kept[on] = (await rep.ear.until(CallState.ENDED, call_id=call)).recordings
    assert kept[False] == ()
    assert sorted(path.name.rpartition("-")[2] for path in kept[True]) == ["customer.wav", "rep.wav"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 and peak(path) < 100 for path in kept[True])
    assert sorted(folder.iterdir()) == sorted(kept[True])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_a_recorded_message_is_in_the_recording(
    account: Account, runtime: Path, tmp_path: Path, silence: Path
) -> None:
    message = write_wav(tmp_path / "message.wav", 0.5, loudness=12000)
    async with (
        running(replace(account, record=True), runtime, tmp_path, tmp_path / "recordings") as rep,
        Customer(tmp_path / "ann", ANN, port_of(account.domain), silence) as ann,
    ):
        await rep.phone.record_next(True)
        call = await talk(rep, ann)
        await rep.phone.play_voicemail(call, message)
        files = (await rep.ear.until(CallState.ENDED, call_id=call)).recordings
    assert max(peak(path) for path in files if path.name.endswith("rep.wav")) > 5000


async def test_an_encrypted_voice_is_told(
    account: Account, runtime: Path, tmp_path: Path, silence: Path
) -> None:
    anns = loopback(f"sip:{ANN}@{account.listen}", port_of(account.domain), silence)
    async with (
        running(replace(account, encryption="required"), runtime, tmp_path) as rep,
        running(replace(anns, encryption="required"), runtime, tmp_path) as ann,
    ):
        call = await rep.rings(ANN)
        ringing = await ann.ear.until(CallState.INCOMING)
        await ann.phone.answer(ringing.call_id)
        await rep.ear.until(CallState.CONNECTED, call_id=call, secure=True)
        await ann.ear.until(CallState.CONNECTED, secure=True)
        await rep.phone.hang_up(call)


async def test_an_open_voice_is_never_called_encrypted(rep: Rep, ann: Customer) -> None:
    call = await talk(rep, ann)
    await rep.phone.hang_up(call)
    assert not any(event.secure for event in rep.ear.events)
