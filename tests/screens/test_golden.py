"""Every screen as a rep finds it: drawn from the real cockpit over the seeded store, on the ways of `ways.py`.

`make golden` rewrites the files of `golden/` and removes those without a way. Read every line of the difference.
"""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
from collections.abc import Iterator
from difflib import unified_diff
from itertools import count
from pathlib import Path

import pytest
from textual.screen import Screen

import tui.app
import tui.cockpit.cockpit
import tui.domain.ids
import tui.screens
from tests.screens.driven import Driven, chain
from tests.screens.ways import STARTS, WAYS
from tui.cockpit.view import Phase
from tui.screens.preview import Sentence

GOLDEN = Path(__file__).parent / "golden"
WRITES = os.environ.get("POWERHOUR_GOLDEN") == "write"
SIZES = {
    "queue": ((100, 30), (120, 40)),
    "ready": ((120, 40),),
    "talking": ((120, 40), (160, 50)),
    "objection": ((120, 40),),
    "call_over": ((120, 40),),
    "recap": ((120, 40), (60, 20)),
    "recap_no_talk": ((60, 20),),
}
"""Drawn in these sizes too."""
SHOWS = {
    "CallScreen": "talking",
    "CallerScreen": "caller",
    "CompanyScreen": "company",
    "ContactScreen": "contact",
    "FieldsScreen": "add_person",
    "ImportScreen": "import_seen",
    "PickScreen": "lists",
    "PreviewScreen": "preview",
    "QueueScreen": "queue",
    "RecapScreen": "recap",
    "RehearseScreen": "rehearsal",
    "ReportScreen": "report",
    "RingingScreen": "incoming",
    "SettingsScreen": "settings",
    "TextScreen": "help",
    "ThemeScreen": "colours",
}
"""A way to every screen there is."""
PHASES = {
    Phase.QUEUE: "queue",
    Phase.READY: "ready",
    Phase.NEXT_IN: "next_in",
    Phase.DIALLING: "dialling",
    Phase.RINGING: "ringing",
    Phase.TALKING: "talking",
    Phase.CALL_OVER: "call_over",
    Phase.FORM: "form",
    Phase.PAUSED: "paused",
    Phase.RECAP: "recap",
}
"""A way to every phase."""


def compare(name: str, text: str) -> None:
    """Compare a screen with its golden file, or write that."""
    path = GOLDEN / name
    if WRITES:
        path.write_text(text + "\n", encoding="utf-8")
    agreed, now = path.read_text(encoding="utf-8").removesuffix("\n").split("\n"), text.split("\n")
    assert now == agreed, "\n".join(unified_diff(agreed, now, name, "now"))


class Drawn(Driven):
    """The program on its way, drawn where it stands."""

    async def draw(self, name):
        """Compare this screen, then go to those that lead back here."""
        self.check_it_is(name)
        compare(f"{name}_80x24.txt", self.text)
        for width, height in SIZES.get(name, ()):
            await self.resize(width, height)
            compare(f"{name}_{width}x{height}.txt", self.text)
            await self.resize(80, 24)
        for detour, way in WAYS.items():
            if way.after == name and way.back:
                before = self.text
                await self.do(way.steps)
                await self.draw(detour)
                await self.do(way.back)
                assert self.text == before, f"not back after {detour}"

    def check_it_is(self, name):
        kind = type(self.app.screen).__name__
        assert all(kind == screen for screen, shown in SHOWS.items() if shown == name)
        assert all(self.app.view.phase is phase for phase, shown in PHASES.items() if shown == name)


def trips() -> Iterator[object]:
    """Ways as far as they lead; each with the screens that no trip before it has passed."""
    onward = [name for name in WAYS if not WAYS[name].back]
    passed = {one for name in onward for one in chain(name)[:-1]}
    left = set(onward)
    for name in onward:
        if name not in passed:
            fresh = left & set(chain(name))
            left -= fresh
            yield pytest.param(name, fresh, id=name)


@pytest.mark.parametrize(("name", "fresh"), list(trips()))
async def test_every_screen_is_as_it_was_agreed(name, fresh, tmp_path, monkeypatch, warms_up):
    monkeypatch.setattr(Sentence, "cursor_blink", False)
    chance = count()
    monkeypatch.setattr(tui.domain.ids.secrets, "randbits", lambda _bits: next(chance))
    monkeypatch.chdir(tmp_path)
    way = chain(name)
    rep = STARTS[WAYS[way[0]].after](tmp_path)
    rep = await rep if inspect.isawaitable(rep) else rep
    async with rep.app.run_test(size=(80, 24), notifications=True) as pilot:
        on = Drawn(rep, pilot)
        await rep.ready()
        await pilot.pause()
        for one in way:
            await on.do(WAYS[one].steps)
            if one in fresh:
                await on.draw(one)


def test_every_screen_and_every_phase_has_a_golden():
    for module in pkgutil.iter_modules(tui.screens.__path__):
        importlib.import_module(f"tui.screens.{module.name}")
    kinds, found = [Screen], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("tui.screens."):
            found.add(kind.__name__)
    assert found - {"CockpitScreen", "ReadingScreen", "WithFacts", "FittedCall", "CallQuestions"} == set(
        SHOWS
    )
    assert set(PHASES) == set(Phase)
    assert {*SHOWS.values(), *PHASES.values()} <= set(WAYS)


def test_every_golden_file_has_a_way():
    sized = {f"{name}_{width}x{height}.txt" for name, sizes in SIZES.items() for width, height in sizes}
    wanted = {f"{name}_80x24.txt" for name in WAYS} | sized
    there = {path.name for path in GOLDEN.iterdir()}
    if WRITES:
        for name in there - wanted:
            (GOLDEN / name).unlink()
    else:
        assert there == wanted
