"""The softphone dies, hangs or is taken away; the cockpit is killed and comes back to its call."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.e2e.sip.conftest import FAST, Rep, port_of, running
from tests.e2e.sip.lab import ANN, Customer, Ear, who_answers
from tests.processes import eventually, gone
from tui.dialer.protocol import CallState, Cause, DialError
from tui.dialer.softphone.account import Account
from tui.dialer.softphone.control import Control
from tui.dialer.softphone.softphone import Softphone

ROOT = Path(__file__).parents[3]
COCKPIT = """
import asyncio, json, os, sys
from tui.dialer.softphone.softphone import Softphone
from tui.dialer.softphone.account import account_from

async def main():
    phone = Softphone(account_from(json.loads(sys.argv[1])))
    await phone.start()
    dialled = await phone.dial(sys.argv[2], sys.argv[2])
    async for event in phone.events():
        print(dialled.call_id, event.state, flush=True)

asyncio.run(main())
"""
"""A cockpit to be killed: it calls somebody and prints what the line says."""


def pid_of(rep: Rep) -> int:
    process = rep.phone._link._process
    assert process is not None
    return process.pid


async def test_killed_in_a_call_the_rep_is_told_and_the_next_dial_starts_it_again(rep: Rep) -> None:
    async with rep.somebody("answers"):
        await rep.rings()
        await rep.ear.until(CallState.CONNECTED)
        os.kill(pid_of(rep), signal.SIGKILL)
        lost = await rep.ear.until(CallState.ENDED)
        assert lost.cause is Cause.LOST
        assert lost.detail.startswith("The softphone stopped, and the call with it.")
    async with rep.somebody("busy") as bo:
        call = await rep.rings()
        assert (await rep.ear.until(CallState.ENDED, call_id=call)).cause is Cause.BUSY
        assert await bo.verdict() == 0


async def test_a_softphone_that_hangs_is_ended_in_time(rep: Rep) -> None:
    rep.phone._link._limits = replace(FAST, command=0.5)
    async with rep.somebody("answers"):
        call = await rep.rings()
        await rep.ear.until(CallState.CONNECTED)
        hung = pid_of(rep)
        os.kill(hung, signal.SIGSTOP)
        await rep.phone.hang_up(call)
        assert rep.ear.states(call)[-1] is CallState.ENDED or await rep.ear.until(CallState.ENDED)
        await eventually(lambda: gone(hung))


async def test_another_program_on_the_control_port_ends_the_softphone(rep: Rep) -> None:
    async with rep.somebody("answers"):
        await rep.rings()
        await rep.ear.until(CallState.CONNECTED)
        process = rep.phone._link._process
        assert process is not None
        intruder = Control(lambda _: None, lambda: None)
        await intruder.connect(process.port, 2)
        assert (await rep.ear.until(CallState.ENDED)).cause is Cause.LOST
        await eventually(lambda: not process.alive)
        await intruder.close()


async def test_a_call_outlives_a_killed_cockpit_and_is_found_again(
    account: Account, runtime: Path, tmp_path: Path
) -> None:
    settings = {
        "account": account.address,
        "register": "no",
        "transport": "udp",
        "encryption": "off",
        "microphone": account.microphone,
        "speaker": account.speaker,
        "listen": account.listen,
        "interface": account.interface,
    }
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": str(ROOT)}
    async with who_answers(tmp_path, "answers", port_of(account.domain)) as ann:
        cockpit = subprocess.Popen(
            [sys.executable, "-c", COCKPIT, json.dumps(settings), ANN], stdout=subprocess.PIPE, env=environ
        )
        assert cockpit.stdout is not None
        call = ""
        while not call.endswith("connected"):
            call = (await asyncio.to_thread(cockpit.stdout.readline)).decode().strip()
            assert call, "the cockpit ended"
        cockpit.kill()
        cockpit.communicate()
        phone = Softphone(account, limits=FAST, environ=environ)
        await phone.start()
        (found,) = phone.open_calls()
        assert f"{found.call_id} {found.state}" == call
        assert (found.number, found.outgoing) == (ANN, True)
        ear = Ear(phone)
        await ear.until(CallState.CONNECTED)
        with pytest.raises(DialError, match="still up"):
            await phone.dial(ANN, ANN)
        await phone.hang_up(found.call_id)
        assert await ann.verdict() == 0
        await phone.stop()
        ear.close()
    assert not list(runtime.iterdir())


async def test_two_calls_are_both_found_again(
    account: Account, runtime: Path, tmp_path: Path, silence: Path
) -> None:
    async with running(account, runtime, tmp_path) as first, first.somebody("answers") as ann:
        talking = await first.rings()
        await first.ear.until(CallState.CONNECTED)
        async with first.customer_rings("talks_and_hangs_up") as bo:
            ringing = await first.ear.until(CallState.INCOMING)
            await first.phone.leave()
            async with running(account, runtime, tmp_path) as second:
                found = {event.call_id: event for event in second.phone.open_calls()}
                assert {call: event.state for call, event in found.items()} == {
                    talking: CallState.CONNECTED,
                    ringing.call_id: CallState.INCOMING,
                }
                assert found[ringing.call_id].number == "+447700900123"
                assert not found[ringing.call_id].outgoing
                await second.phone.hang_up(talking)
                assert await ann.verdict() == 0
                await second.phone.answer(ringing.call_id)
                await second.ear.until(CallState.ENDED, call_id=ringing.call_id)
                assert await bo.verdict() == 0


async def test_a_recorded_call_is_recorded_on_after_a_crash_and_its_files_have_name_and_owner(
    account: Account, runtime: Path, tmp_path: Path, silence: Path
) -> None:
    kept, recorded = tmp_path / "recordings", replace(account, record=True)
    async with (
        Customer(tmp_path / "ann", ANN, port_of(account.domain), silence) as ann,
        running(recorded, runtime, tmp_path, kept) as first,
    ):
        await first.phone.record_next(True)
        call = await first.rings(ANN)
        await ann.until("CALL_INCOMING")
        await ann.ask("accept")
        await first.ear.until(CallState.CONNECTED, call_id=call)
        await eventually(lambda: len(list(kept.glob("*.wav"))) == 2)
        named = sorted(kept.iterdir())
        assert [path.name.rpartition("-")[2] for path in named] == ["customer.wav", "rep.wav"]
        await first.phone.leave()
        async with running(recorded, runtime, tmp_path, kept) as second:
            before = sum(path.stat().st_size for path in named)
            await eventually(lambda: sum(path.stat().st_size for path in named) > before)
            assert sum(path.stat().st_size for path in named) > before
            await second.phone.hang_up(call)
            await second.ear.until(CallState.ENDED, call_id=call)
            # The next person has not agreed: nothing of theirs is written, nor does the recorder stay in.
            ann.said.clear()
            await second.phone.record_next(False)
            other = await second.rings(ANN)
            await ann.until("CALL_INCOMING")
            await ann.ask("accept")
            await second.ear.until(CallState.CONNECTED, call_id=other)
            assert sorted(kept.iterdir()) == named
            await second.phone.hang_up(other)
    assert sorted(kept.iterdir()) == named
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in named)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700


async def test_a_softphone_left_without_a_call_is_replaced(
    account: Account, runtime: Path, tmp_path: Path
) -> None:
    async with running(account, runtime, tmp_path) as first:
        left = pid_of(first)
        await first.phone.leave()
        async with running(account, runtime, tmp_path) as second:
            assert pid_of(second) != left
            # It was started by this very process, which may not have asked yet how it ended.
            await eventually(lambda: gone(left))
            assert len(list(runtime.iterdir())) == 1


async def test_the_softphone_of_a_living_cockpit_is_left_alone(
    account: Account, runtime: Path, tmp_path: Path, silence: Path
) -> None:
    async with running(account, runtime, tmp_path) as first, first.somebody("answers") as ann:
        call = await first.rings()
        await first.ear.until(CallState.CONNECTED)
        other = replace(account, listen="127.0.0.1:0")
        async with running(other, runtime, tmp_path) as second:
            assert second.phone.open_calls() == ()
            assert pid_of(first) != pid_of(second)
        assert [event.call_id for event in first.phone.open_calls()] == [call]
        await first.phone.hang_up(call)
        assert await ann.verdict() == 0
