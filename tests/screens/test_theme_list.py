"""Colours are seen while they are chosen, kept in the rep's own file, and follow the settings screen."""

from __future__ import annotations

from tests.screens.driven import Driven
from tests.screens.ways import pasted, see
from tests.seeded_store import SeededRep


async def test_a_theme_is_seen_at_once_and_kept_by_enter_alone(tmp_path, warms_up):
    rep = SeededRep(tmp_path)
    async with rep.app.run_test(size=(80, 24)) as pilot:
        on, usual = Driven(rep, pilot), rep.app.theme
        await rep.ready()
        await on.do(("f8", "down"))
        assert rep.app.theme == "textual-light"
        await on.do(("escape",))
        assert rep.app.theme == usual
        await on.do(("f8", pasted("nord")))
        assert rep.app.theme == "nord"
        await on.do(("enter", see("theme is nord now")))
        assert "theme: nord" in (rep.folder / "config.yaml").read_text("utf-8")
        await on.do(("comma", pasted("theme"), "enter", pasted("dracula"), "enter", see("is dracula now")))
        assert rep.app.theme == "dracula"
