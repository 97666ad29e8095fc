"""An outcome paints the screen once: whatever changes its height, and whatever gets the cursor."""

from __future__ import annotations

import pytest
from textual.screen import Screen

from tests.cockpit_bench import Bench
from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed


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


async def test_an_outcome_key_paints_the_screen_once(whole_paintings):
    bench = Bench()
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt", "Fay Osei", "Dee Wu")
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await stage.until("Ann Rossi")
        times: list[tuple[str, int]] = []
        for key in ("enter", "n", "enter", "v", "enter", "c", "enter", "enter", "n", "u"):
            bench.clock.step(3)
            whole_paintings.clear()
            await stage.press(key)
            times.append((key, len(whole_paintings)))
    _, *after_the_first_call = times
    assert after_the_first_call == [(key, 1) for key, _ in after_the_first_call]
