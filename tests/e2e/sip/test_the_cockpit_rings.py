"""The whole cockpit in a terminal with a real softphone: it rings sipp, sipp answers, the words open."""

from __future__ import annotations

import asyncio

import pytest
from tinydb import TinyDB

from tests.e2e.sip.conftest import see
from tests.e2e.sip.lab import who_answers, who_rings

pytestmark = pytest.mark.e2e


async def test_enter_rings_them_the_words_open_and_the_next_person_is_rung(
    own_file, terminal, data, tmp_path
):
    own = own_file()
    screen = terminal(env=own.environ)
    await see(screen, "Ready now")

    async with who_answers(tmp_path, "answers", own.theirs) as ann:
        screen.press("enter")
        await see(screen, "TALKING")
        await asyncio.to_thread(screen.read, 1.0)
        screen.press("wants two vans", "enter", "escape")
        await see(screen, "CALL OVER")
        screen.press("l")
        await see(screen, "Not now")
        screen.press("enter")
        await see(screen, "READY")
        assert await ann.verdict() == 0

    async with who_answers(tmp_path, "busy", own.theirs) as bo:
        await asyncio.to_thread(screen.read, 2.5)
        screen.press("enter")
        await see(screen, "CALL OVER")
        assert await bo.verdict() == 0
    await asyncio.to_thread(screen.read, 0.6)
    screen.press("enter")
    await asyncio.to_thread(screen.read, 1.0)
    screen.press("ctrl+q")
    assert await asyncio.to_thread(screen.wait_exit) == 0
    calls = TinyDB(data / "sessions.json").table("calls").all()
    assert [call["is"] for call in calls] == ["nurture", "no_answer"]
    assert calls[0]["dials"][0]["disposition"] == "answered"


async def test_somebody_rings_and_their_card_stands_over_the_queue(own_file, terminal, data, tmp_path):
    own = own_file()
    screen = terminal(env=own.environ)
    await see(screen, "Ready now")
    await asyncio.to_thread(screen.read, 2.0)
    async with who_rings(tmp_path, "talks_and_hangs_up", own.mine, "+442079460101", "Bo") as bo:
        await see(screen, "Ringing now")
        assert "Bo Lund" in screen.screen()
        await asyncio.to_thread(screen.read, 0.6)  # what came by itself is read before a key counts
        screen.press("enter")
        await see(screen, "TALKING|CALL OVER")
        assert "BO LUND" in screen.screen()
        assert await bo.verdict() == 0
    screen.press("ctrl+q")
    await asyncio.to_thread(screen.read, 0.5)
