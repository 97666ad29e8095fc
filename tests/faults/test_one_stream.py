"""One stream of keys: whatever the split into reads, the same keys leave the same words and the same record.

Every screen and every form is walked. Keys are typed one by one, each seen to its end, and then again as they come in
from a terminal that was held up: in reads split anywhere, several reads before the program looks.
`POWERHOUR_KEY_STRINGS` says how many strings are typed at each place; without it, one at some places that hold every
screen. `POWERHOUR_KEYS_SEED` says which.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import pkgutil
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace

import tui.screens
from tests.cockpit_bench import IN_LONDON, Bench
from tests.phone_bench import AblePhone
from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.dialer.protocol import CallState, Cap
from tui.screens.base import CockpitScreen
from tui.screens.caller_card import RINGING
from tui.system.terminal import PASTE_LEAST, KeyParser
from tui.widgets.outcome_form import OutcomeForm
from tui.widgets.section_list import SectionList
from tui.widgets.text_line import TextLine

pytestmark = pytest.mark.slow

STRINGS = int(os.environ.get("POWERHOUR_KEY_STRINGS", "0"))
SEED = int(os.environ.get("POWERHOUR_KEYS_SEED", "11"))

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f", "up": "\x1b[A",
    "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F", "delete": "\x1b[3~",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f8": "\x1b[19~", "pagedown": "\x1b[6~", "ctrl+x": "\x18", "ctrl+p": "\x10",
    "ctrl+t": "\x14",
}  # fmt: skip
"""What a terminal sends for each key that is no character."""
WORDS = "two vans, not 3 by fri 3pm é ß 安 b@example.com"
TYPED = ["backspace", "left", "right", "home", "end", "delete", "tab", "shift+tab", "up", "down"]

PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "queue": ("QueueScreen", ()),
    "queue, the others": ("QueueScreen", ("h",)),
    "find": ("QueueScreen", ("/",)),
    "question: why skip": ("QueueScreen", ("s",)),
    "question: name of a filter": ("QueueScreen", ("/", "a", "\r", "f")),
    "person": ("ContactScreen", ("right",)),
    "edit a person": ("FieldsScreen", ("right", "e")),
    "hand a person over": ("FieldsScreen", ("right", "h")),
    "add a person": ("FieldsScreen", ("a",)),
    "start of a session": ("FieldsScreen", ("+",)),
    "lists": ("PickScreen", ("l",)),
    "settings": ("SettingsScreen", (",",)),
    "report": ("ReportScreen", ("r",)),
    "company": ("CompanyScreen", ("b",)),
    "colours": ("ThemeScreen", ("f8",)),
    "rehearsal": ("RehearseScreen", ("R",)),
    "import": ("ImportScreen", ("i",)),
    "import, name of a file": ("ImportScreen", ("i", "/")),
    "help": ("TextScreen", ("f1",)),
    "keys": ("PickScreen", ("?",)),
    "commands": ("PickScreen", ("ctrl+p",)),
    "why": ("TextScreen", ("W",)),
    "caller look-up": ("CallerScreen", ("f2",)),
    "caller look-up in a call": ("CallerScreen", ("\r", "\r", "a", "f2")),
    "ringing": ("CallScreen", ("\r",)),
    "ringing, a number by hand": ("CallScreen", ("\r", "h")),
    "talking": ("CallScreen", ("\r", "\r")),
    "talking, a note begun": ("CallScreen", ("\r", "\r", "a")),
    "talking, a kept note": ("CallScreen", ("\r", "\r", "a", "\r", "up")),
    "talking, search": ("PickScreen", ("\r", "\r", "/")),
    "talking, better words": ("CallScreen", ("\r", "\r", "!")),
    "talking, tones": ("CallScreen", ("\r", "\r", "ctrl+t")),
    "call over": ("CallScreen", ("\r", "\r", "a", "\r", "b", "escape")),
    "call over, notes": ("FieldsScreen", ("\r", "\r", "a", "\r", "b", "escape", "i")),
    "ready": ("CallScreen", ("\r", "v")),
    "ready, a reason": ("CallScreen", ("\r", "v", "i")),
    "paused": ("CallScreen", ("\r", "p", "1")),
    "recap": ("RecapScreen", ("\r", "v", "r")),
    "somebody rings": ("RingingScreen", ("rings",)),
    **{
        f"form of {one.id}": ("CallScreen", ("\r", "\r", "a", "escape", one.key))
        for one in IN_LONDON.outcomes
    },
}
"""The screen of each place, and how it is reached from the first one. An outcome without a form is saved at once."""
SOME = (
    *(
        "find",
        "person",
        "edit a person",
        "settings",
        "report",
        "company",
        "colours",
        "rehearsal",
        "import, name of a file",
        "why",
        "recap",
    ),
    *("talking, a note begun", "talking, search", "call over, notes", "form of promise"),
    *("caller look-up in a call", "somebody rings"),
)
LEAVES_ON_ENTER = {"talking", "talking, a note begun", "talking, a kept note"}
"""Places where Enter stays in the phase: it is typed there, too."""


def all_screens() -> set[str]:
    """Every screen the program has, from its code."""
    for found in pkgutil.iter_modules(tui.screens.__path__):
        importlib.import_module(f"tui.screens.{found.name}")
    found_classes, todo = set(), [CockpitScreen]
    while todo:
        one = todo.pop()
        found_classes.add(one)
        todo += one.__subclasses__()
    return {one.__name__ for one in found_classes if one.__module__.startswith("tui.")}


BASES = {"CockpitScreen", "ReadingScreen", "WithFacts", "FittedCall", "CallQuestions"}
"""What other screens are made from; never seen themselves."""


class DeafPhone(AblePhone):
    """A phone that does all but hear callers, so that no card is made for one meanwhile."""

    caps = AblePhone.caps & ~Cap.INBOUND


@contextlib.asynccontextmanager
async def at(way: tuple[str, ...]) -> AsyncIterator[Stage]:
    """The program at a place, over the real cockpit."""
    bench = Bench()
    bench.dialer = AblePhone() if "rings" in way else DeafPhone()
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt", "Fay Osei")
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with contextlib.AsyncExitStack() as running:
        patch = running.enter_context(pytest.MonkeyPatch.context())
        if "rings" in way:
            patch.setattr("tui.app.WARM_UP_AFTER_S", 0)  # the caller's screen is made beforehand
        pilot = await running.enter_async_context(app.run_test(size=(80, 24)))
        await pilot.pause()
        stage = Stage(app, bench.cockpit, pilot)
        stage.bench = bench
        for key in way:
            if key == "rings":
                async with asyncio.timeout(60):
                    while not app.is_screen_installed(RINGING) or len(app.screen_stack) > 1:
                        await asyncio.sleep(0.02)
                number = bench.contact("Bo Lund").first_number
                await bench.dialer.say("in-1", CallState.INCOMING, outgoing=False, number=number)
                await stage.until("Who is calling")
                continue
            bench.clock.step(1)
            await come_in(stage, [[KEYS.get(key, key)]])
        yield stage


async def come_in(stage: Stage, reads: list[list[str]]) -> None:
    """Reads as the terminal's thread gives them; those of one list come before the program looks."""
    now = [0.0]
    parser = KeyParser()
    parser.clock = lambda: now[0]
    for together in reads:
        for read in together:
            for event in (*parser.feed(read), *parser.tick()):
                stage.app.post_message(event)
        await asyncio.sleep(0)
    now[0] += 1
    for event in parser.tick():
        stage.app.post_message(event)
    await stage.done()


def typed_string(rng: random.Random, place: str, most: int = 24) -> list[str]:
    """Keys a rep may type at a place without leaving its phase."""
    keys: list[str] = []
    for _ in range(rng.randint(8, most)):
        keys.append(rng.choice(WORDS) if rng.random() < 0.7 else rng.choice(TYPED))
        if place in LEAVES_ON_ENTER and rng.random() < 0.15:
            keys.append("enter")
    return keys


def split(rng: random.Random, keys: list[str]) -> list[list[str]]:
    """The bytes of the keys in reads of any length, some of which come together.

    No read holds what only a paste can bring: more characters than anybody types while a program is held up, and Enter.
    """
    text = "".join(KEYS.get(key, key) for key in keys)
    reads, at_ = [], 0
    while at_ < len(text):
        size = rng.choice((1, 2, 3, 7, PASTE_LEAST - 1))
        reads.append(text[at_ : at_ + size])
        at_ += size
    together: list[list[str]] = []
    for read in reads:
        if together and rng.random() < 0.7:
            together[-1].append(read)
        else:
            together.append([read])
    return together


def seen(stage: Stage) -> dict[str, Any]:
    """All that the keys may have changed: the screen, its lines, lists and form, the view, and what is stored."""
    app = stage.app
    view = app.view
    screen = app.screen
    store = stage.bench.store
    found: dict[str, Any] = {
        "screens": [type(one).__name__ for one in app.screen_stack],
        "lines": {line.id: (line.value, line.cursor_position) for line in screen.query(TextLine)},
        "cursors": [(one.id, one.cursor) for one in screen.query(SectionList)],
        "forms": [(form.current, form.values()) for form in screen.query(OutcomeForm)],
        "asked": screen.asked and screen.asked.title,
        "view": (view.phase, view.draft, [note.text for note in view.notes], view.form, view.script.said),
        "queue": (view.queue.filter, view.queue.typing, view.queue.shows, view.queue.enter.name),
        "said": view.notice and view.notice.text,
    }
    found["calls"] = [
        (c.outcome, [n.text for n in c.notes], c.promise, c.answers, c.owed) for c in store.calls()
    ]
    # Which values a rep wrote counts; by whose stamp they did is another one each time.
    found["people"] = sorted(
        repr(replace(c, id="", stamps=dict.fromkeys(c.stamps))) for c in store.contacts()
    )
    return found


async def typed_at(place: str, reads: list[list[str]], slowly: bool) -> tuple[Any, Any]:
    """What is there after the keys, and after one Enter more."""
    screen, way = PLACES[place]
    async with at(way) as stage:
        assert type(stage.app.screen).__name__ == screen
        if slowly:
            for together in reads:
                await come_in(stage, [together])
        else:
            await come_in(stage, reads)
        first = seen(stage)
        if not place.startswith("import"):
            await come_in(stage, [["\r"]])
        return first, seen(stage)


@pytest.mark.parametrize("place", PLACES if STRINGS else SOME)
async def test_any_split_of_the_same_keys_leaves_the_same_text_and_the_same_record(place):
    rng = random.Random(f"{SEED} {place}")
    for _ in range(STRINGS or 1):
        keys = typed_string(rng, place)
        one_by_one = await typed_at(place, [[KEYS.get(key, key)] for key in keys], slowly=True)
        reads = split(rng, keys)
        assert await typed_at(place, reads, slowly=False) == one_by_one, (keys, reads)
    print(f"{place}: {STRINGS or 1} key strings")


def test_every_screen_of_the_program_is_among_the_places():
    assert {PLACES[place][0] for place in PLACES} == all_screens() - BASES
    assert {PLACES[place][0] for place in SOME} == all_screens() - BASES
