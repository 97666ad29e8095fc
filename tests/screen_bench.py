"""Screens on a bench: a cockpit that only remembers what it was asked, and the screen as text."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import inspect
import re
from collections.abc import AsyncIterator, Callable
from functools import cached_property, partial
from itertools import count
from time import monotonic
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tui.app import AppOptions, PowerHourApp
from tui.cockpit.actions.queue import Queue
from tui.cockpit.call_view import (
    CallerRow,
    CompanyView,
    ContactView,
    Person,
    SettingRow,
)
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.queue_view import EnterKey
from tui.cockpit.view import View
from tui.commands import Keys
from tui.screens.pick import matching
from tui.screens.screen_context import ScreenContext
from tui.script.language.line import Words
from tui.widgets.section_list import PickRow

SIGNS = {"space": " ", "slash": "/", "plus": "+", "comma": ",", "question_mark": "?", "exclamation_mark": "!"}
"""Keys that go by a name and type a sign."""


def real_face(name: str) -> type[Any] | None:
    """The class behind a face of the real cockpit; None when it has no such face."""
    if name == "queue":
        return Queue
    face = getattr(Cockpit, name, None)
    if not isinstance(face, cached_property) or name.startswith("_"):
        return None
    found = re.search(r"from (\S+) import (\w+)", inspect.getsource(face.func))
    assert found
    made: type[Any] = getattr(importlib.import_module(found[1]), found[2])
    return made


class FakeFace:
    """One face of the fake cockpit: `people.skip` is remembered by that name."""

    def __init__(self, cockpit: FakeCockpit, name: str, real: type[Any]) -> None:
        self._cockpit, self._name, self._real = cockpit, name, real

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name, None)
        if not callable(real):
            raise AttributeError(f"{self._name}.{name}")
        if own := getattr(type(self._cockpit), f"{self._name}_{name}", None):
            return partial(own, self._cockpit)
        if not inspect.iscoroutinefunction(real):
            raise AttributeError(f"{self._name}.{name}")
        return self._cockpit.remembering(f"{self._name}.{name}")


class FakeCockpit:
    """Remembers every call; `then` says which view a method leads to. `queue_select` is what `queue.select` does."""

    hears_callers = False

    def __init__(self, view: View) -> None:
        self.view = view
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        """Names and arguments of the methods called, without `open` and `tick`."""
        self.leads_to: dict[str, View | Callable[..., View]] = {}
        self.told: list[str] = []
        """Sentences a screen said about a key that did nothing."""
        self.found: tuple[CallerRow, ...] = ()
        self.contact = ContactView(
            "ann",
            "Ann Rossi",
            "Buyer, Acme Tools",
            (("Office", "+44 20 7946 0100"),),
            (("Lists", "Autumn customers"),),
            (("Thu 19 Nov 14:01", "Left voicemail. the price list"),),
            why=("You promised: Mon 23 Nov 2026 14:00 their time.", "Can be called now."),
        )
        self._watchers: list[Callable[[View], None]] = []

    def then(self, method: str, view: View | Callable[..., View]) -> None:
        self.leads_to[method] = view

    def show(self, view: View) -> None:
        self.view = view
        for watcher in tuple(self._watchers):
            watcher(view)

    def subscribe(self, watcher: Callable[[View], None]) -> Callable[[], None]:
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def names(self) -> list[str]:
        return [name for name, _ in self.asked]

    def callers_look_up(self, text: str) -> tuple[CallerRow, ...]:
        words = text.casefold()
        return tuple(
            r for r in self.found if words and words in f"{r.name} {r.company} {r.number}".casefold()
        )

    def card_view(self, contact_id: str) -> ContactView:
        return replace(self.contact, contact_id=contact_id)

    def company_view(self, contact_id: str) -> CompanyView:
        ann = Person(contact_id, "Ann Rossi, Buyer", "never called", "Never called")
        return CompanyView("Acme Tools", (ann,), 1)

    def callers_words(self, contact_id: str | None, typed: str = "") -> tuple[Words, ...]:
        said = (
            f"Thank you for calling back, {'Ann' if contact_id else 'and who am I talking to'}. "
            "I left you a message about the price list: it holds until the 30th. "
            "Have you had a chance to look at the offer?"
        )
        return (Words("say", said),)

    def card_explain(self, contact_id: str) -> tuple[str, ...]:
        return self.contact.why

    def importing_let_go(self) -> None:
        """Nothing was read of any file."""

    def settings_rows(self) -> tuple[SettingRow, ...]:
        return SETTINGS

    def queue_lists(self) -> tuple[tuple[str, int], ...]:
        return (("Autumn customers", 212), ("Fair 2026", 48), ("Leeds", -1))

    def queue_named(self, text: str, most: int) -> tuple[tuple[str, str, str], ...]:
        rows = [PickRow(row.contact_id, (row.name, row.company)) for row in self.found]
        return tuple((row.id, row.cells[0], row.cells[1]) for row in matching(rows, text))[:most]

    def talk_search(self, text: str) -> tuple[tuple[str, str], ...]:
        targets = (("objection:price", "Too expensive"), ("objection:time", "No time now"))
        return tuple(t for t in targets if text.casefold() in t[1].casefold())

    # Where the cursor is and which list is shown is the cockpit's: it answers as the real one does.

    async def queue_select(self, contact_id: str, call_id: str = "") -> View:
        self.asked.append(("queue.select", (call_id or contact_id,)))
        self._queue(selected=contact_id, selected_call=call_id)
        return self.view

    async def queue_find(self, text: str) -> View:
        self.asked.append(("queue.find", (text,)))
        self._queue(typing=True, filter=text)
        return self.view

    async def queue_clear_filter(self) -> View:
        self.asked.append(("queue.clear_filter", ()))
        self._queue(typing=False, filter="")
        return self.view

    async def queue_show_held(self, held: bool) -> View:
        self.asked.append(("queue.show_held", (held,)))
        queue = self.view.queue
        row = (queue.held if held else queue.ready)[0]
        self._queue(shows="held" if held else "queue", selected=row.contact_id, selected_call="")
        return self.view

    async def queue_enter(self, key: EnterKey) -> View:
        self.asked.append(("queue.enter", (key.contact_id,)))
        if key.does == "keep" or self.view.queue.typing:
            self._queue(typing=False)
        elif follows := self.leads_to.get("queue.enter"):
            self.show(follows(key) if callable(follows) else follows)
        return self.view

    def _queue(self, **changes: Any) -> None:
        queue = replace(self.view.queue, **changes)
        everybody = (*queue.ready, *queue.later, *queue.held, *queue.owed)
        name = next((row.name for row in everybody if row.contact_id == queue.selected), "")
        key = EnterKey("call", f"call {name} and start 15 minutes", queue.selected, name)
        self.show(replace(self.view, queue=replace(queue, enter=key)))

    def __getattr__(self, name: str) -> Any:
        if real := real_face(name):
            return FakeFace(self, name, real)
        if not inspect.iscoroutinefunction(getattr(Cockpit, name, None)):
            raise AttributeError(name)
        return self.remembering(name)

    def remembering(self, name: str) -> Callable[..., Any]:
        async def remembered(*args: Any, **more: Any) -> View | str:
            if name == "tell":
                self.told.append(str(args[0]))
            elif name not in ("tick", "open", "save", "look_beside", "hush"):
                self.asked.append((name, (*args, *more.items())))
            follows = self.leads_to.get(name)
            if follows is not None:
                self.show(follows(*args) if callable(follows) else follows)
            return "" if name == "close" else self.view

        return remembered


def at_human_speed() -> AppOptions:
    """Options of an app whose keys come a second apart, so that none of them counts as a repeat."""
    return AppOptions(monotonic=count().__next__)


def key_event(key: str) -> events.Key:
    """A key as the terminal tells of it: by its name, or the character it types."""
    return events.Key(*(_character_to_key(key), key) if len(key) == 1 else (key, SIGNS.get(key)))


class Stage:
    """A running app over a fake cockpit."""

    def __init__(self, app: PowerHourApp, cockpit: FakeCockpit, pilot: Pilot[None]) -> None:
        self.app = app
        self.cockpit = cockpit
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def burst(self, *keys: str) -> None:
        """Press keys all at once, as they come in when the program was held up; wait until they are done."""
        for key in keys:
            self.app.post_message(key_event(key))
        await self.done()
        await self.pilot.pause()

    async def done(self) -> None:
        """Wait until all keys so far are done."""
        done = asyncio.Event()
        self.app.call_later(done.set)
        async with asyncio.timeout(60):
            await done.wait()

    async def press_last(self, key: str) -> None:
        """Press a key that ends the app, and wait for the end."""
        self.app.simulate_key(key)
        await self.wait_end()

    async def wait_end(self) -> None:
        """Wait until the app has ended. Fails after a minute."""
        async with asyncio.timeout(60):
            while self.app.is_running:
                await asyncio.sleep(0.02)

    @property
    def question(self) -> str:
        """What is asked in the box, with the keys that answer it: words with one blank between them."""
        box = self.app.screen.query_one("#ask").region
        inside = (line[box.x + 1 : box.right - 1] for line in self.lines[box.y + 1 : box.bottom - 1])
        return " ".join(" ".join(inside).split())

    async def until(self, words: str) -> None:
        """Wait until these words, and all that came with them, are on the screen. Fails after a minute with it."""
        end = monotonic() + 60
        while words not in " ".join(self.text.split()):
            assert monotonic() < end, f"{words!r} is not on the screen:\n{self.text}"
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def show(self, view: View) -> None:
        self.cockpit.show(view)
        await self.pilot.pause()
        await self.pilot.pause()

    @property
    def text(self) -> str:
        return screen_text(self.app)

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def screen_text(app: PowerHourApp) -> str:
    """The screen as a person sees it, one line a row, blanks at the end cut off."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


SETTINGS = (
    SettingRow("sessions.minutes", "[15, 5, 60]", "built-in", typed="15, 5, 60"),
    SettingRow("theme", "textual-dark", "own config.yaml:3", is_own=True),
    SettingRow("check.fail_on", "error", "built-in", choices=("error", "warning"), typed="error"),
    SettingRow("dialer", "manual", "team config.yaml:58", fixed="The team locked it."),
)


@contextlib.asynccontextmanager
async def staged(
    view: View, size: tuple[int, int] = (80, 24), keys: dict[str, str] | None = None, **context: Any
) -> AsyncIterator[Stage]:
    """The app with this view on the screen."""
    cockpit = FakeCockpit(view)
    desk = ScreenContext(cockpit, Keys(keys), **context)  # type: ignore[arg-type]
    app = PowerHourApp(desk, at_human_speed())
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield Stage(app, cockpit, pilot)


@pytest.fixture
def stage() -> Callable[..., contextlib.AbstractAsyncContextManager[Stage]]:
    return staged
