"""Screens on a bench: a cockpit that only remembers what it was asked, views made by hand, and the screen as text."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import inspect
import os
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from difflib import unified_diff
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tui.app import AppOptions, PowerHourApp
from tui.cockpit.actions.queue import Queue
from tui.cockpit.call_view import (
    Answer,
    CallerRow,
    ContactView,
    FormField,
    FormView,
    NoteLine,
    OutcomeRow,
    RecapView,
)
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import Card, ClockView, EnterKey, Phase, QueueRow, QueueView, Rows, ScriptView, View
from tui.commands import Keys
from tui.screens.screen_context import Kit, SettingRow
from tui.script.language.line import Words

SIGNS = {"space": " ", "slash": "/", "plus": "+", "comma": ",", "question_mark": "?", "exclamation_mark": "!"}
"""Keys that go by a name and type a sign."""
GOLDEN = Path(__file__).parent / "screens"
NOW = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)

PEOPLE = (
    QueueRow("ann", "Ann Rossi", "Acme Tools", "You promised: today 14:00", "14:01"),
    QueueRow("bo", "Bo Lund", "Nordkap", "Follow-up 3 of 6, until 15:25", "15:01"),
    QueueRow("eva", "Eva Brandt", "Brandt & Sohn", "Called us Friday, no talk yet", "15:01"),
    QueueRow("fay", "Fay Osei", "Kente Foods", "Quiet for 62 days", "14:01"),
    QueueRow("dee", "Dee Wu", "Wu Optics", "Never called", "14:01"),
    *(QueueRow(f"p{n}", f"Person {n}", f"Firm {n}", "Never called", "14:01") for n in range(1, 20)),
)
LATER = (
    QueueRow("cy", "Cy Park", "Parkline", "You promised: today 16:30", "16:01"),
    QueueRow("ida", "Ida Holm", "Holm Foods", "Follow-up 2 of 6, from 16:00", "15:01"),
)
OWED = (QueueRow("jo", "Jo Marsh", "Marsh Ltd", "Send the price list, since Friday", call_id="call-jo"),)
HELD = (
    QueueRow("kim", "Kim Sato", "Sato Tea", "Talked yesterday: again on Thu 26 Nov", "00:01"),
    QueueRow("lee", "Lee Cruz", "Cruz Rope", "Their day is over: from 09:00 tomorrow", "22:01"),
)
OUTCOMES = (
    OutcomeRow("no_answer", "n", "No answer", "they expect you; again today 16:02 their time"),
    OutcomeRow("voicemail", "v", "Left voicemail", "the same; uses up this reason"),
    OutcomeRow("gatekeeper", "g", "Gatekeeper", "notes who and the best time"),
    OutcomeRow("talked", "t", "Talked", "asks when; else again in 5 days", suggested=True),
    OutcomeRow("promise", "c", "We call back", "exactly then"),
    OutcomeRow("win", "m", "Meeting or sale", "a friendly call in 60 days"),
    OutcomeRow("nurture", "l", "Not now", "by e-mail instead; no call for 60 days"),
    OutcomeRow("email_asked", "e", "Asked for an e-mail", "you owe the e-mail today; again in 3 days"),
    OutcomeRow("not_a_fit", "d", "Doesn't fit", "leaves the list, with a reason"),
    OutcomeRow("wrong_number", "w", "Wrong number", "never this number again"),
    OutcomeRow("do_not_call", "x", "Do not call again", "never again, by any channel"),
)
CARD = Card(
    contact_id="ann",
    name="Ann Rossi",
    about="Buyer, Acme Tools",
    there="14:02 in London",
    number="+44 20 7946 0100",
    number_label="office",
    other="+44 7700 900123",
    lines=(
        ("Promised", 'today 14:00 their time: "after the trade fair"'),
        ("Last", "Thu 19 Nov, you left a voicemail about the price list"),
        ("Reason", "the price list holds until 30 Nov"),
    ),
)
OPENER = ScriptView(
    title="Proposal follow-up",
    words=(
        Words(
            "say",
            "Hi Ann, it's Sam at Northgate. You asked me to call after the trade fair. Is this still a good moment?",
        ),
    ),
    voicemail="Hi Ann, Sam at Northgate, 020 7946 0955. I'm calling after the fair, as agreed. "
    "The price list holds until the 30th. 020 7946 0955.",
    voicemail_s=17,
)
QUESTION = ScriptView(
    title="Proposal follow-up",
    part="2 of 5",
    kind="ask",
    said="You asked me to call after the trade fair ...",
    words=(Words("say", "How did the offer go down with you and your team?"),),
    answers=(
        Answer("1", "They like it"),
        Answer("2", "Not read yet"),
        Answer("3", "Too expensive"),
        Answer("4", "Somebody else decides"),
        Answer("0", "Did not ask"),
    ),
    coach="then stop talking. Count to five.",
)
FORM = FormView(
    outcome_id="promise",
    key="c",
    label="We call back",
    fields=(
        FormField(
            "when",
            "When",
            "fri 3pm",
            proposed=True,
            preview=(
                "Friday 27 November 15:00 in London, 16:00 here. In 4 days.",
                "Within calling hours. Nobody on the team calls before then.",
            ),
        ),
        FormField("how", "How", "phone", "choice", ("phone", "e-mail", "text message", "visit")),
        FormField("about", "About", hint="their words, if any"),
        FormField("owe", "To do", "the offer for two vans", hint="by today"),
    ),
    answers=(("offer", "too expensive"), ("decides", "Jo Marsh")),
    saves="save, then show Bo Lund (Enter again calls)",
)
CLOCK = ClockView(left_s=41 * 60 + 7, talked=3, talked_goal=6, agreed=2)
NOTE = "two vans, not three. New depot in Leeds opens in March"
NEXT_UP = "Bo Lund, Nordkap. Follow-up 3 of 6, can be called until 15:25"
RECAP = RecapView(
    title="15 minutes, Mon 23 Nov",
    sections=(
        ("What they said", ("Ann Rossi: two vans, not three. New depot in Leeds.",)),
        ("Agreed", ("Ann Rossi: call back Fri 27 Nov 15:00", "Fay Osei: meeting Thu 26 Nov 10:00")),
        ("To do", ("Jo Marsh: the price list, since Friday",)),
        ("Numbers", ("Talked 3 of 6, agreed 2, dials 11.",)),
    ),
    running=True,
)


def rows(people: tuple[QueueRow, ...]) -> Rows:
    """Rows that look people up only when asked."""
    by_id = {row.call_id or row.contact_id: row for row in people}
    return Rows(tuple(by_id), by_id.__getitem__)


def queue_view(**more: Any) -> QueueView:
    """The queue of the design, with one person later today."""
    made = QueueView(
        title="Autumn customers",
        people=212,
        selected="ann",
        selected_name="Ann Rossi",
        enter=EnterKey("call", "call Ann Rossi and start 15 minutes", "ann", "Ann Rossi"),
        summary="24 to call now; time for about 12. Goal: 2 talks with a next step.",
        ready=rows(PEOPLE),
        later=rows(LATER[:1]),
        owed=rows(OWED),
        held=rows(HELD),
        held_count=186,
    )
    return replace(made, **more)


def views() -> dict[str, View]:
    """One view of every state, by name."""
    base = View(Phase.QUEUE, NOW, queue=queue_view())
    call = replace(
        base,
        clock=CLOCK,
        now=NOW.replace(minute=2),
        card=CARD,
        script=OPENER,
        draft_of="call-1",
        next_up=NEXT_UP,
    )
    note = (NoteLine("15:03", NOTE),)
    over = replace(call, script=QUESTION, notes=note, next_up="")
    return {
        "queue": base,
        "queue_running": replace(base, clock=CLOCK, queue=queue_view(running=True)),
        "ready": replace(call, phase=Phase.READY),
        "next_in": replace(call, phase=Phase.NEXT_IN, state_s=2.4),
        "dialling": replace(call, phase=Phase.DIALLING, state_s=1, outcomes=OUTCOMES),
        "ringing": replace(call, phase=Phase.RINGING, state_s=7, outcomes=OUTCOMES),
        "talking": replace(
            over,
            phase=Phase.TALKING,
            state_s=48,
            card=replace(CARD, there="14:03 in London"),
            outcomes=OUTCOMES,
        ),
        "call_over": replace(over, phase=Phase.CALL_OVER, state_s=240, outcomes=OUTCOMES),
        "form": replace(over, phase=Phase.FORM, state_s=245, form=FORM),
        "paused": replace(
            call, phase=Phase.PAUSED, state_s=130, clock=replace(CLOCK, pause_reason="a break")
        ),
        "recap": replace(base, phase=Phase.RECAP, clock=CLOCK, recap=RECAP),
    }


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
            "ann", "Ann Rossi", "Buyer, Acme Tools", CARD.lines, (), ("Can be called now.",)
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

    def callers_words(self, contact_id: str | None, typed: str = "") -> tuple[Words, ...]:
        said = (
            f"Thank you for calling back, {'Ann' if contact_id else 'and who am I talking to'}. "
            "I left you a message about the price list: it holds until the 30th. "
            "Have you had a chance to look at the offer?"
        )
        return (Words("say", said),)

    def card_explain(self, contact_id: str) -> tuple[str, ...]:
        return self.contact.why

    def queue_lists(self) -> tuple[tuple[str, int], ...]:
        return (("Autumn customers", 212), ("Fair 2026", 48), ("Leeds", -1))

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
            elif name not in ("tick", "open", "save"):
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
        async with asyncio.timeout(30):
            await done.wait()

    async def press_last(self, key: str) -> None:
        """Press a key that ends the app, and wait for the end."""
        self.app.simulate_key(key)
        await self.wait_end()

    async def wait_end(self) -> None:
        """Wait until the app has ended. Fails after 10 seconds."""
        async with asyncio.timeout(10):
            while self.app.is_running:
                await asyncio.sleep(0.02)

    async def until(self, words: str) -> None:
        """Wait until these words are on the screen. Fails after 10 seconds with the screen."""
        for _ in range(200):
            if words in " ".join(self.text.split()):
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

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
    SettingRow("sessions.minutes", "[15, 5, 60]", "built-in"),
    SettingRow("theme", "textual-dark", "own config.yaml:3"),
    SettingRow("dialer", "manual", "team config.yaml:58"),
)


@contextlib.asynccontextmanager
async def staged(
    view: View, size: tuple[int, int] = (80, 24), keys: dict[str, str] | None = None, **kit: Any
) -> AsyncIterator[Stage]:
    """The app with this view on the screen."""
    cockpit = FakeCockpit(view)
    desk = Kit(cockpit, Keys(keys), **{"settings": lambda: SETTINGS, **kit})  # type: ignore[arg-type]
    app = PowerHourApp(desk, at_human_speed())
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield Stage(app, cockpit, pilot)


def compare(name: str, text: str) -> None:
    """Compare a screen with `tests/screens/NAME.txt`; `POWERHOUR_GOLDEN=write` writes the file."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("POWERHOUR_GOLDEN") == "write":
        path.write_text(text + "\n", encoding="utf-8")
    agreed = path.read_text(encoding="utf-8").splitlines()
    assert text.splitlines() == agreed, "\n".join(unified_diff(agreed, text.splitlines(), "agreed", "now"))


@pytest.fixture
def all_views() -> dict[str, View]:
    return views()


@pytest.fixture
def stage() -> Callable[..., contextlib.AbstractAsyncContextManager[Stage]]:
    return staged


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    return compare
