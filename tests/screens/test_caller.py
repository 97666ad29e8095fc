from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.at_rest import NEVER_S
from tests.processes import eventually
from tui.cockpit.call_view import CallerRow, RingingView
from tui.cockpit.view import Phase
from tui.screens.caller import CallerScreen

pytestmark = pytest.mark.slow

HITS = (
    CallerRow("ann", "Ann Rossi", "Acme Tools", "+44 20 7946 0100", "you left a voicemail on Thu"),
    CallerRow("ana", "Ana Rosso", "Rosso Foods", "+44 20 7946 0101", "never called"),
)


async def test_f2_stops_the_clock_and_enter_opens_the_likeliest_caller(stage, all_views):
    async with stage(all_views["ringing"]) as s:
        s.cockpit.found = HITS
        s.cockpit.then("callers.choose", all_views["talking"])
        await s.press("f2", "0", "1", "0", "0")
        assert "── Ann Rossi ──" in s.text
        assert "You promised: Mon 23 Nov 2026 14:00 their time." in s.text
        await s.press("enter")
        assert s.cockpit.asked == [("incoming.open_look_up", ()), ("callers.choose", ("ann", "0100"))]
        assert "TALKING" in s.lines[2]


async def test_a_caller_nobody_knows_gets_the_general_words(stage, all_views):
    async with stage(all_views["queue"]) as s:
        s.cockpit.found = HITS
        await s.press("ctrl+r", *"zz", "enter")
        assert s.cockpit.asked[-1] == ("callers.choose", (None, "zz"))


async def test_with_several_people_the_second_is_one_key_away(stage, all_views):
    async with stage(all_views["queue"]) as s:
        s.cockpit.found = HITS
        await s.press("f2", *"ros", "down", "enter")
        assert s.cockpit.asked[-1] == ("callers.choose", ("ana", "ros"))


async def test_nobody_called_after_all_goes_back_with_the_clock_running(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press(*"half a note", "f2", "escape")
        assert s.cockpit.names()[-2:] == ["incoming.open_look_up", "callers.gone"]
        assert " > half a note" in s.text
        await s.press("!")
        assert " > half a note!" in s.text


@pytest.mark.parametrize("state", ["queue", "next_in", "talking", "call_over", "form", "paused", "recap"])
async def test_a_caller_can_be_looked_up_from_every_state(stage, all_views, state):
    async with stage(all_views[state]) as s:
        await s.press("f2")
        assert isinstance(s.app.screen, CallerScreen)
        await s.press("f2", "ctrl+r")
        assert s.cockpit.names() == ["incoming.open_look_up"]


async def test_after_the_caller_the_form_is_as_it_was_left(stage, all_views):
    view = all_views["form"]
    caller = replace(all_views["talking"], draft_of="call-2", inbound=True)
    async with stage(view) as s:
        s.cockpit.found = HITS
        s.cockpit.then("callers.choose", caller)
        await s.press("f2", *"ann", "enter", *"new price", "enter")
        left = replace(view, form=replace(view.form, focus="about"))
        await s.show(left)
        assert s.app.screen.form.current == "about"
        assert s.app.screen.view.phase is Phase.FORM


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_b13_b16_whoever_rings_on_the_line_has_card_and_words_on_the_screen_with_no_key(
    stage, all_views, size
):
    ringing = RingingView("in-1", "+44 20 7946 0100", "ANN", HITS[:1])
    async with stage(all_views["talking"], size=size) as s:
        await s.show(replace(all_views["talking"], ringing=ringing))
        assert "Incoming call: ANN +44 20 7946 0100" in s.text
        assert "You promised: Mon 23 Nov 2026 14:00 their time." in s.text
        assert "Thu 19 Nov 14:01   Left voicemail. the price list" in s.text
        assert "Thank you for calling back, Ann." in s.text
        assert "Enter  answer" in s.text
        await s.press("enter")
        assert s.cockpit.asked == [("incoming.take", ("ann",))]


async def test_b17_a_caller_nobody_knows_has_the_general_words_before_a_key_is_pressed(stage, all_views):
    ringing = RingingView("in-1", "number withheld", "")
    async with stage(all_views["queue"]) as s:
        await s.show(replace(all_views["queue"], ringing=ringing))
        assert "who am I talking to" in " ".join(s.text.split())
        assert "Ann Rossi" not in s.text.partition("Incoming call:")[2]


async def ready_for_callers(stage):
    """Wait until the caller's screen was made beside the first one. Fails after a minute."""
    await eventually(lambda: stage.app.is_screen_installed("ringing"))
    await stage.pilot.pause()
    await stage.pilot.pause()
    return stage.app.get_screen("ringing")


def rings_as(call_id, number="+44 20 7946 0100", name="ANN", rows=HITS[:1]):
    return RingingView(call_id, number, name, rows)


@pytest.fixture
def hearing(monkeypatch, warms_up):
    monkeypatch.setattr("tests.screen_bench.FakeCockpit.hears_callers", True)


async def test_the_callers_screen_is_made_beforehand_without_being_seen_and_then_kept(
    stage, all_views, hearing
):
    async with stage(all_views["queue"]) as s:
        kept = await ready_for_callers(s)
        assert s.app.screen.place == "queue"
        assert "Ready now" in s.text
        for call_id in ("in-1", "in-2"):
            await s.show(replace(all_views["queue"], ringing=rings_as(call_id)))
            assert s.app.screen is kept
            await s.show(all_views["queue"])
            assert s.app.screen.place == "queue"


async def test_without_a_phone_that_tells_who_rings_no_screen_waits_for_it(stage, all_views, warms_up):
    async with stage(all_views["queue"]) as s:
        await s.app.workers.wait_for_complete()  # what they read ends with the caller's screen
        await s.pilot.pause()
        assert not s.app.is_screen_installed("ringing")


async def test_the_next_caller_is_shown_afresh_also_in_a_window_that_became_smaller(
    stage, all_views, hearing
):
    async with stage(all_views["queue"]) as s:
        kept = await ready_for_callers(s)
        await s.show(replace(all_views["queue"], ringing=rings_as("in-1")))
        await s.press(*"bo")
        await s.show(all_views["queue"])
        await s.pilot.resize_terminal(60, 20)
        await s.show(replace(all_views["queue"], ringing=rings_as("in-2", "+44 20 7946 0111", "CY", ())))
        assert kept.line.value == ""
        assert "Incoming call: CY +44 20 7946 0111" in s.text
        assert "Ann Rossi" not in s.text.partition("Incoming call:")[2]
        assert kept.has_class("-narrow", "-short")
        assert len(s.lines) == 20


async def test_a_call_that_is_taken_leaves_no_callers_screen_behind(stage, all_views, hearing):
    async with stage(all_views["queue"]) as s:
        kept = await ready_for_callers(s)
        await s.show(replace(all_views["queue"], ringing=rings_as("in-1")))
        await s.show(all_views["talking"])
        assert s.app.screen.place != "ringing_in"
        await s.show(all_views["queue"])
        assert s.app.screen_stack[-1] is not kept
        await s.show(replace(all_views["talking"], ringing=rings_as("in-2")))
        assert s.app.screen is kept
        await s.show(all_views["talking"])
        assert s.app.screen is not kept


async def test_what_is_typed_while_the_callers_screen_is_made_is_not_lost(
    stage, all_views, hearing, monkeypatch
):
    monkeypatch.setattr("tui.app.WARM_UP_AFTER_S", NEVER_S)
    async with stage(all_views["queue"]) as s:
        await s.press("slash")
        monkeypatch.setattr("tui.app.WARM_UP_AFTER_S", 0)
        s.app.run_worker(s.app._read_other_screens())
        typed = ""
        while not s.app.is_screen_installed("ringing"):
            s.app.simulate_key("x")
            typed += "x"
            await s.pilot.pause(0.01)
        s.app.simulate_key("y")
        await ready_for_callers(s)
        assert typed
        assert s.app.screen.query_one("#find-text").value == f"{typed}y"
        assert s.app.get_screen("ringing").line.value == ""


async def test_a_click_on_whoever_rings_answers_the_line(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.show(replace(all_views["queue"], ringing=rings_as("in-1")))
        row = next(number for number, line in enumerate(s.lines) if "Ann Rossi" in line)
        await s.pilot.click(offset=(5, row))
        await s.pilot.click(offset=(5, row))
        await s.pilot.pause()
        assert ("incoming.take", ("ann",)) in s.cockpit.asked
        assert "callers.choose" not in s.cockpit.names()
