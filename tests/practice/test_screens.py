from __future__ import annotations

import pytest
from msgspec.structs import replace
from rich.color import Color

from tests.screen_bench import stage
from tests.view_bench import all_views
from tui.cockpit.call_view import RecapView

__all__ = ["all_views", "stage"]
pytestmark = pytest.mark.slow


async def test_b01_enter_on_the_first_screen_calls(stage, all_views):
    async with stage(all_views["queue"]) as s:
        assert " Enter  call Ann Rossi and start 15 minutes" in s.text
        await s.press("enter")
        assert s.cockpit.asked == [("queue.enter", ("ann",))]


async def test_b02_the_first_screen_says_how_many_can_be_called_and_how_many_fit(stage, all_views):
    async with stage(all_views["queue"]) as s:
        assert " 24 to call now; time for about 12." in s.text


async def test_b04_one_key_opens_caller_look_up_and_the_half_written_note_waits(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press(*"two va", "f2")
        assert s.cockpit.names()[-1] == "incoming.open_look_up"
        assert "Who is calling?" in s.text
        await s.press("escape", *"ns")
        assert " > two vans" in s.text


async def test_b06_look_up_works_from_the_first_screen_without_a_session(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("f2")
        assert "Who is calling?" in s.text


async def test_b12_no_answer_is_never_red(stage, all_views):
    async with stage(all_views["ringing"]) as s:
        for state in ("ringing", "call_over"):
            await s.show(all_views[state])
            strips = s.app.screen._compositor.render_strips()
            (line,) = [strip for strip in strips if "  No answer  " in strip.text]
            colours = [
                part.style.color for part in line if part.style and part.style.color and part.text.strip()
            ]
            assert colours
            assert not any(_is_red(colour) for colour in colours)


def _is_red(colour: Color) -> bool:
    red, green, blue = colour.get_truecolor()
    return red > 120 and red > 1.6 * green and red > 1.6 * blue


async def test_b13_the_voicemail_words_are_on_the_screen_while_it_rings_without_a_key(stage, all_views):
    for size in ((80, 24), (60, 20), (60, 16)):
        async with stage(all_views["ringing"], size=size) as s:
            words = " ".join(s.text.split())
            assert "I'm calling after the fair, as agreed." in words


async def test_b28_ringing_waits_for_nothing_but_the_key(stage, all_views):
    view = all_views["ready"]
    card = replace(view.card, warnings=("You talked yesterday.",))
    async with stage(replace(view, card=card)) as s:
        await s.press("enter")
        assert s.cockpit.asked == [("call.dial", ())]


async def test_b29_a_skip_asks_one_key(stage, all_views):
    async with stage(all_views["ready"]) as s:
        await s.press("s")
        assert s.cockpit.names() == ["people.skip"]


async def test_b40_the_first_line_of_the_card_is_what_we_promised_in_their_words_with_its_date(
    stage, all_views
):
    for state, row in (("ready", 6), ("ringing", 6), ("talking", 4)):
        async with stage(all_views[state]) as s:
            assert s.lines[row] == ' Promised   today 14:00 their time: "after the trade fair"'


async def test_b51_a_signal_is_one_key_on_an_empty_line(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press("plus", "minus")
        assert s.cockpit.asked == [("talk.signal", ("+",)), ("talk.signal", ("-",))]


async def test_b52_the_recap_shows_outcomes_first_and_dials_only_among_the_numbers(stage, all_views):
    async with stage(all_views["recap"]) as s:
        words = ("Good to hear", "Next steps", "You promised", "To do", "Tomorrow", "You talked with")
        order = [s.text.index(one) for one in words]
        assert order == sorted(order)
        assert "dials" not in s.text
        await s.press("r")
        await s.until("Nothing to report yet")
        assert s.text.index("answered by a person") < s.text.index("11 dials")
        await s.press("escape")
        await s.show(replace(all_views["recap"], recap=RecapView("", ())))
        assert "Next steps" not in s.text
