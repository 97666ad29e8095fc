"""The report on the screen, and the bell at the minute of a promise."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.processes import eventually
from tui.cockpit.call_view import RecapView
from tui.cockpit.view import Notice

pytestmark = pytest.mark.slow

PAGE = RecapView(
    "Your calls since Saturday 24 October",
    (("What it brought", ("3 talked", "1 agreed")), ("Dials", ("12 dials to 9 people",))),
    quiet=("12 dials to 9 people",),
)


async def counted(s):
    """Wait until the page has been counted beside the screen."""
    await eventually(lambda: "Counting" not in s.text)
    await s.pilot.pause()


async def test_b52_the_report_page_leads_with_outcomes_and_ends_with_grey_dials(stage, all_views):
    async with stage(all_views["queue"], report=lambda: PAGE) as s:
        await s.press("r")
        await counted(s)
        assert s.text.index("3 talked") < s.text.index("12 dials")
        await s.press("escape")
        assert "Ready now" in s.text


async def test_r_on_the_queue_of_a_first_day_says_how_the_report_fills(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("r")
        await counted(s)
        assert "It fills as you call real people" in s.text


@pytest.mark.parametrize(("key", "finish"), [("r", "_count"), ("i", "_draw")])
async def test_a_page_that_was_left_while_it_was_worked_on_is_not_drawn_any_more(
    stage, all_views, key, finish
):
    async with stage(all_views["queue"], report=lambda: PAGE) as s:
        await s.press(key)
        page = s.app.screen
        await s.press("escape")
        assert s.app.screen is not page
        if (work := getattr(page, finish)()) is not None:
            await work
        assert "Ready now" in s.text


async def test_the_terminal_rings_once_for_a_promised_minute(stage, all_views, monkeypatch):
    bells = []
    async with stage(all_views["ringing"]) as s:
        monkeypatch.setattr(s.app, "bell", lambda: bells.append(1))
        await s.show(replace(all_views["ringing"], notice=Notice(7, "Nobody rings yet")))
        assert not bells
        told = replace(
            all_views["ringing"], notice=Notice(8, "Due now: you promised to call Bo Lund", bell=True)
        )
        await s.show(told)
        await s.show(replace(told, state_s=9.0))
        assert len(bells) == 1
        assert "Due now: you promised to call Bo Lund" in s.text


async def test_i_on_a_ready_card_takes_a_reason_of_the_reps_own(stage, all_views):
    async with stage(all_views["ready"]) as s:
        await s.press("i", *"depot", "enter")
        assert ("talk.set_reason", ("depot",)) in [(name, tuple(args)) for name, args in s.cockpit.asked]


async def test_m_and_c_on_a_person_note_a_message_and_a_cancelled_sale(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("right", "m", "c")
        assert s.cockpit.names()[-2:] == ["messages.ask_sent", "messages.cancel_win"]
