"""A question is a box in the middle, with its keys inside; F2 works over it, and it is there again afterwards."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import Bench
from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.cockpit.view import Ask, Phase
from tui.screens.caller import CallerScreen
from tui.widgets.ask_panel import AskPanel


@pytest.fixture
def bench():
    made = Bench()
    made.people("Ann Rossi", "Bo Lund", "Eva Brandt")
    return made


def staged(bench, size=(80, 24)):
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    return app, app.run_test(size=size)


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (120, 40)])
async def test_a_question_stands_in_a_frame_in_the_middle_and_moves_nothing_else(stage, all_views, size):
    async with stage(all_views["ready"], size=size) as s:
        before = s.lines
        s.app.screen.ask_here(
            Ask("skip", "Skip Ann Rossi: why?", (("1", "no time"), ("2", "not ready"))), print
        )
        await s.pilot.pause()
        box = s.app.screen.query_one(AskPanel).region
        assert abs(box.x * 2 + box.width - size[0]) <= 1
        assert abs(box.y * 2 + box.height - size[1]) <= 1
        inside = "\n".join(line[box.x : box.right] for line in s.lines[box.y : box.bottom])
        assert inside.startswith("╭")
        assert all(words in inside for words in ("Skip Ann Rossi: why?", "1  no time", "Esc  leave it"))
        rest = range(box.y), range(box.bottom, s.app.screen.query_one("#bottom").region.y)
        assert all(s.lines[y] == before[y] for rows in rest for y in rows)
        assert "skip" not in s.lines[-1]
        assert "F2  incoming call" in s.text


async def test_f2_works_over_a_question_of_the_cockpit_which_is_there_again_after_the_call(bench):
    app, running = staged(bench)
    async with running as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await stage.until("Ann Rossi")
        await stage.press("enter", "p")
        asked = app.screen.asked
        assert asked is not None
        await stage.press("f2")
        assert isinstance(app.screen, CallerScreen)
        assert app.screen.asked is None
        await stage.press("escape")
        assert app.screen.asked == asked
        await stage.press("f2", *"Bo Lund", "enter")
        assert app.view.phase is Phase.TALKING
        assert app.screen.asked is None
        await stage.press("escape", "t", "enter")
        assert app.screen.asked == asked
        await stage.press("b")
        assert app.view.phase is Phase.PAUSED


async def test_f2_works_over_a_sentence_that_is_being_typed_which_stays(bench):
    app, running = staged(bench)
    async with running as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await stage.until("Ann Rossi")
        await stage.press("enter", "h", *"half a rea")
        await stage.press("f2", "escape", *"son")
        assert app.screen.query_one(AskPanel).answer_line.value == "half a reason"


async def test_what_is_said_of_a_key_goes_with_the_next_key_though_it_only_looks_or_asks(bench):
    app, running = staged(bench)
    async with running as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await stage.until("Ann Rossi")
        for looks in ("question_mark", "s", "comma"):
            await stage.press("z")
            assert "z does nothing here" in stage.text
            await stage.press(looks)
            assert "z does nothing here" not in stage.text
            await stage.press("escape")
