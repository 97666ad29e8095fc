"""The whole cockpit in a terminal with a real softphone: it calls sipp, sipp answers, the words open."""

from __future__ import annotations

import asyncio

import pytest
from tinydb import TinyDB

from tests.e2e.sip.conftest import see
from tests.e2e.sip.lab import who_answers, who_rings

pytestmark = pytest.mark.e2e


async def test_enter_calls_them_the_words_open_and_the_next_person_is_called(
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


async def test_somebody_calls_and_their_card_stands_over_the_queue(own_file, terminal, data, tmp_path):
    own = own_file()
    screen = terminal(env=own.environ)
    await see(screen, "Ready now")
    await asyncio.to_thread(screen.read, 2.0)
    async with who_rings(tmp_path, "talks_and_hangs_up", own.mine, "+442079460101", "Bo") as bo:
        await see(screen, "Who is calling")
        assert "Bo Lund" in screen.screen()
        await asyncio.to_thread(screen.read, 0.6)  # what came by itself is read before a key counts
        screen.press("enter")
        await see(screen, "TALKING|CALL OVER")
        assert "BO LUND" in screen.screen()
        assert await bo.verdict() == 0
    screen.press("ctrl+q")
    await asyncio.to_thread(screen.read, 0.5)


async def test_an_encrypted_caller_is_answered_once_and_no_call_is_missed(own_file, terminal, data, tmp_path):
    own = own_file(encryption="offered")
    screen = terminal(env=own.environ)
    await see(screen, "Ready now")
    await asyncio.to_thread(screen.read, 2.0)
    async with who_rings(tmp_path, "is_encrypted_and_hung_up_on", own.mine, "+442079460101", "Bo") as bo:
        await see(screen, "Who is calling")
        await asyncio.to_thread(screen.read, 1.0)  # what came by itself is read before a key counts
        screen.press("enter")
        await see(screen, "TALKING")
        await see(screen, "encrypted")
        screen.press("ctrl+x")
        await see(screen, "CALL OVER")
        assert "Who is calling" not in screen.screen()
        assert await bo.verdict() == 0
    screen.press("t")
    await see(screen, "Did not ask")
    screen.press("enter")
    await see(screen, "Ready now|READY|Talked")
    screen.press("ctrl+q")
    assert await asyncio.to_thread(screen.wait_exit) == 0
    calls = TinyDB(data / "sessions.json").table("calls").all()
    assert [(call["is"], call["direction"]) for call in calls] == [("conversation", "in")]


async def test_a_second_caller_while_a_note_is_typed_is_one_line_and_enter_keeps_the_note(
    own_file, terminal, tmp_path
):
    own = own_file()
    screen = terminal(env=own.environ)
    await see(screen, "Ready now")
    await asyncio.to_thread(screen.read, 2.0)
    async with who_answers(tmp_path, "answers_is_held_and_taken_back", own.theirs) as called:
        screen.press("enter")
        shown = await see(screen, "TALKING")
        # Whoever of the two is not on the card calls meanwhile.
        other, number = (
            ("Bo Lund", "+442079460101") if "ANN ROSSI" in shown else ("Ann Rossi", "+442079460100")
        )
        await asyncio.to_thread(screen.read, 1.0)  # what came by itself is read before a key counts
        screen.press("wants the offer by fri")
        async with who_rings(tmp_path, "is_answered_and_hung_up_on", own.mine, number, "") as caller:
            await see(screen, f"Incoming call: {other}. F2 shows the card.")
            screen.press("day, budget 4000", "enter")
            await see(screen, "friday, budget 4000")
            assert f"Incoming call: {other}" in screen.screen()
            assert "TALKING" in screen.screen()
            screen.press("half a no", "f2")
            await see(screen, "Who is calling")
            screen.press("enter")
            await see(screen, f"{other.upper()} +. TALKING")
            screen.press("ctrl+x")
            await see(screen, "CALL OVER")
            assert await caller.verdict() == 0
        screen.press("t")
        await see(screen, "Did not ask")
        screen.press("enter")
        await see(screen, "> half a no")
        screen.press("ctrl+o")
        await asyncio.to_thread(screen.read, 1.0)
        screen.press("ctrl+x")
        await see(screen, "CALL OVER")
        assert await called.verdict() == 0
    screen.press("ctrl+q")
    await asyncio.to_thread(screen.read, 0.5)
