"""A screen that is seen again is styled anew only when its colours were changed meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget

from tests.cockpit_bench import Bench
from tests.once import FLAGS
from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed


class Seen:
    """A rep at the keys, three seconds before each."""

    def __init__(self, bench: Bench, stage: Stage) -> None:
        self._bench, self._stage = bench, stage
        self.app = stage.app

    async def press(self, *keys: str, then: str) -> None:
        """Press them, and be on this screen."""
        for key in keys:
            self._bench.clock.step(3)
            await self._stage.press(key)
        assert self.app.current_mode == then


@asynccontextmanager
async def both_screens_seen() -> AsyncIterator[Seen]:
    """The queue is seen; the screen of a call was seen before it, in the same colours."""
    bench = Bench()
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt", "Fay Osei")
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await stage.until("Ann Rossi")
        seen = Seen(bench, stage)
        for _ in range(2):  # Textual styles a new screen when it is left and seen again, too
            await seen.press("enter", "n", "escape", then="queue")
        yield seen


@pytest.fixture
def styled(monkeypatch) -> list[object]:
    """Grows by each screen whose parts are all styled anew."""
    found: list[object] = []
    update = Stylesheet.update_nodes

    def updated(sheet: Stylesheet, nodes: object, animate: bool = False) -> None:
        every = list(nodes)  # type: ignore[call-overload]
        found.extend(node for node in every if isinstance(node, Screen))
        update(sheet, every, animate=animate)

    monkeypatch.setattr(Stylesheet, "update_nodes", updated)
    return found


async def test_going_from_the_queue_to_a_call_and_back_styles_neither_screen(styled):
    async with both_screens_seen() as seen:
        styled.clear()
        await seen.press("enter", then="call")
        await seen.press("n", "escape", then="queue")
        assert styled == []


async def test_a_screen_that_comes_back_has_the_colours_chosen_meanwhile():
    async with both_screens_seen() as seen:
        seen.app.theme = "textual-light"
        await seen.press("enter", then="call")
        background = BUILTIN_THEMES["textual-light"].to_color_system().generate()["background"]
        assert seen.app.screen.styles.background.hex == background


async def test_a_screen_that_is_new_has_the_looks_of_its_own_style_sheet():
    async with both_screens_seen() as seen:
        await seen.press("f1", then="queue")
        assert seen.app.screen.query_one("#text-body").styles.scrollbar_size_vertical == 1


async def test_a_look_that_the_tests_remember_is_the_one_that_textual_works_out(stage, all_views):
    for _ in ("worked out", "remembered"):
        async with stage(all_views["talking"]) as s:
            await s.press("f1")
            every = [part for screen in s.app.screen_stack for part in screen.walk_children(with_self=True)]
            held = [looks(part) for part in every]
            for part in every:
                Stylesheet.apply.__wrapped__(s.app.stylesheet, part, cache={})
            assert [looks(part) for part in every] == held


def looks(part: Widget) -> list[object]:
    """All rules of a part and of what is painted in it, and what Textual notes at it."""
    painted = [part.get_component_styles(name) for name in sorted(part._get_component_classes())]
    rules = [one.base.get_rules() for one in (part.styles, *painted)]
    return [*rules, *(getattr(part, flag) for flag in FLAGS)]
