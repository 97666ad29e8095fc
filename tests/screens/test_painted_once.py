"""An outcome paints the screen once: whatever changes its height, and whatever gets the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.screen import Screen

from tests.cockpit_bench import Bench
from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.widgets.lines import Line
from tui.widgets.queue_list import QueueList


@pytest.fixture
def whole_paintings(monkeypatch) -> list[str]:
    """Grows by one whenever the whole screen is laid out and painted, or painted as it is."""
    found: list[str] = []
    lay_out, paint = Screen._refresh_layout, Screen._compositor_refresh

    def laid_out(screen: Screen[object], *args: object, **kwargs: object) -> None:
        found.append("laid out and painted")
        lay_out(screen, *args, **kwargs)  # type: ignore[arg-type]

    def painted(screen: Screen[object]) -> None:
        if screen in screen._dirty_widgets:
            found.append("painted")
        paint(screen)

    monkeypatch.setattr(Screen, "_refresh_layout", laid_out)
    monkeypatch.setattr(Screen, "_compositor_refresh", painted)
    return found


@pytest.fixture
def paintings(monkeypatch) -> list[str]:
    """Grows by what is painted whenever something is."""
    found: list[str] = []
    render = Compositor.render_update

    def rendered(compositor: Compositor, *args: Any, **kwargs: Any) -> object:
        found.append(type(compositor.root).__name__)
        return render(compositor, *args, **kwargs)

    monkeypatch.setattr(Compositor, "render_update", rendered)
    return found


async def test_an_outcome_key_paints_the_screen_once(whole_paintings, paintings):
    bench = Bench()
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt", "Fay Osei", "Dee Wu")
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await stage.until("Ann Rossi")
        times: list[tuple[str, int, int]] = []
        for key in ("enter", "n", "enter", "v", "enter", "c", "enter", "enter", "n", "u"):
            bench.clock.step(3)
            whole_paintings.clear()
            paintings.clear()
            await stage.press(key)
            times.append((key, len(whole_paintings), len(paintings)))
    _, *after_the_first_call = times
    # The line of a form is Textual's own: it is painted by itself once more when it gets its size.
    assert after_the_first_call == [(key, 1, 2 if key == "c" else 1) for key, *_ in after_the_first_call]


async def test_a_cursor_key_makes_the_lines_of_the_list_once_also_when_it_scrolls(monkeypatch):
    made: list[int] = []
    lines = QueueList.lines

    def noted(people: QueueList, width: int) -> Sequence[Line]:
        made.append(people.cursor)
        return lines(people, width)

    monkeypatch.setattr(QueueList, "lines", noted)
    monkeypatch.setattr("tui.app.TICK_S", 3600)
    bench = Bench()
    bench.people(*(f"Ann Rossi {place}" for place in range(30)))
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await stage.until("Ann Rossi")
        await stage.press("down")
        made.clear()
        await stage.press(*["down"] * 20)
        assert " above, " in stage.text
    assert made == list(range(2, 22))
