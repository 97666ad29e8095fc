"""The keys of the phone in the whole cockpit, in a terminal; the customer says what arrived."""

from __future__ import annotations

import asyncio
import re
import stat
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.e2e.sip.conftest import see
from tests.e2e.sip.lab import ANN, Customer, longest_quiet, peak, who_answers, write_wav
from tests.processes import eventually
from tests.terminal import Terminal

pytestmark = pytest.mark.e2e
NUMBERS = {"Ann": ANN, "Bo": "+442079460101"}
BREAKS = """
import os, sys
from tui.cockpit.cockpit import Cockpit

tick = Cockpit.tick

async def breaks(self):
    if os.path.exists(os.environ["BREAKS"]):
        raise ValueError("a mistake of ours")
    return await tick(self)

Cockpit.tick = breaks
from tui.__main__ import main
sys.exit(main())
"""
"""The cockpit with a mistake that shows as soon as a file is there."""


@pytest.fixture
def data(home: Path) -> Path:
    """So far down that the softphone would cut the names of its files."""
    return home.joinpath(*["a folder with a long name"] * 5)


async def first_and_second(screen: Terminal) -> tuple[str, str]:
    """Numbers of whom Enter calls, and of who comes after; both are as good, so either may be first."""
    name = re.search("Enter  call (Ann|Bo)", await see(screen, "Enter  call"))
    assert name is not None
    first = NUMBERS[name[1]]
    return first, next(number for number in NUMBERS.values() if number != first)


async def rings_and_is_answered(screen: Terminal, customer: Customer) -> None:
    screen.press("enter")
    await customer.until("CALL_INCOMING")
    await customer.ask("accept")
    await see(screen, "TALKING")


async def test_tones_mute_and_a_recorded_message_reach_the_customer(
    own_file, terminal, data, tmp_path, silence
):
    voice = write_wav(tmp_path / "voice.wav", 60, loudness=3000)
    message = write_wav(tmp_path / "message.wav", 1.0, loudness=12000)
    own = own_file(microphone=f"aufile,{voice}", voicemail=str(message))
    screen = terminal(env=own.environ)
    number, _ = await first_and_second(screen)
    async with Customer(tmp_path / "ann", number, own.theirs, silence) as ann:
        await rings_and_is_answered(screen, ann)
        await asyncio.sleep(1.0)
        screen.press("ctrl+t")
        await see(screen, "Which tones")
        screen.press("12#", "enter")
        await see(screen, "Tones sent: 3")
        await eventually(lambda: ann.tones() == "12#")
        screen.press("ctrl+g")
        await see(screen, "muted")
        await asyncio.sleep(1.5)
        screen.press("ctrl+g")
        await see(screen, r"\^G  mute")
        await asyncio.sleep(0.5)
        screen.press("escape")
        await see(screen, "CALL OVER")
        screen.press("v")
        await ann.until("CALL_CLOSED")
        (heard,) = ann.folder.glob("dump-*dec.wav")
        assert longest_quiet(heard) > 0.8
        assert peak(heard) > 8000
        await see(screen, "READY")
    screen.press("ctrl+q")
    assert await asyncio.to_thread(screen.wait_exit) == 0
    (call,) = TinyDB(data / "sessions.json").table("calls").all()
    assert call["is"] == "voicemail"


async def test_one_call_is_recorded_where_they_agreed_and_the_rep_asked_for_it(
    own_file, terminal, data, tmp_path, silence
):
    own = own_file(record="yes")
    screen = terminal(env=own.environ)
    kept = data / "recordings"
    first, second = await first_and_second(screen)
    async with Customer(tmp_path / "first", first, own.theirs, silence) as one:
        await rings_and_is_answered(screen, one)
        assert "recording" not in screen.screen()
        await asyncio.sleep(0.6)
        screen.press("ctrl+x")
        await see(screen, "CALL OVER")
        await asyncio.sleep(0.6)
        screen.press("l", "enter")
        await see(screen, "READY")
    assert not list(kept.iterdir())
    async with Customer(tmp_path / "second", second, own.theirs, silence) as other:
        screen.press("ctrl+y")
        await see(screen, "will be recorded")
        await rings_and_is_answered(screen, other)
        assert "recording" in screen.screen()
        await eventually(lambda: len(list(kept.glob("*.wav"))) == 2)
        screen.press("ctrl+x")
        await see(screen, "The call was recorded")
    sides = sorted(kept.iterdir())
    assert [path.name.rpartition("-")[2] for path in sides] == ["customer.wav", "rep.wav"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in sides)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    screen.press("ctrl+q")
    assert await asyncio.to_thread(screen.wait_exit) == 0


async def test_hold_taking_back_and_hanging_up_are_what_the_other_side_sees(own_file, terminal, tmp_path):
    own = own_file()
    screen = terminal(env=own.environ)
    await see(screen, "Ready now")
    async with who_answers(tmp_path, "answers_is_held_and_taken_back", own.theirs) as ann:
        screen.press("enter")
        await see(screen, "TALKING")
        screen.press("ctrl+o")
        await see(screen, "on hold")
        screen.press("ctrl+o")
        await see(screen, r"\^O  hold")
        screen.press("ctrl+x")
        await see(screen, "CALL OVER")
        assert await ann.verdict() == 0


async def test_after_a_crash_of_the_cockpit_the_call_is_still_up_and_the_next_start_is_back_in_it(
    own_file, terminal, environment, home, data, tmp_path
):
    own = own_file()
    mistake = tmp_path / "mistake"
    async with who_answers(tmp_path, "answers", own.theirs) as ann:
        first = Terminal(
            [sys.executable, "-c", BREAKS, "--data", str(data)],
            environment | own.environ | {"BREAKS": str(mistake)},
            home,
        )
        try:
            await see(first, "Ready now")
            first.press("enter")
            await see(first, "TALKING")
            mistake.touch()
            assert await asyncio.to_thread(first.wait_exit) == 1
            said = first.output.decode(errors="replace").rsplit("\x1b", 1)[
                -1
            ]  # what it says over the last screen
            assert "Your call goes on: start Power Hour again" in " ".join(said.split())
        finally:
            first.close()
        assert await ann.verdict(0.5) == -1
        screen = terminal(env=own.environ)
        await see(screen, "Back where you left off with (Ann|Bo)")
        await see(screen, "TALKING")
        await asyncio.to_thread(screen.read, 1.0)
        screen.press("ctrl+x")
        await see(screen, "CALL OVER")
        assert await ann.verdict() == 0
