"""Makes docs/pictures/ with the program itself, over the fictional people of the tests: `make pictures`."""

from __future__ import annotations

import asyncio
import inspect
import os
import tempfile
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec import Struct

from docs import svg
from tests.screens.driven import Driven, chain
from tests.screens.ways import RINGS, STARTS, TALKS, WAYS, Step, later, line, pasted
from tui.dialer.protocol import CallState, Cause
from tui.widgets import frame

FOLDER = Path(__file__).resolve().parent / "pictures"
NARROW, WIDE = (80, 24), (120, 36)


class Picture(Struct, frozen=True):
    """One screen: the way to it (`tests/screens/ways.py`), its size, its colours."""

    way: str
    size: tuple[int, int] = NARROW
    theme: str = ""


PICTURES = {
    "queue": Picture("queue"),
    "queue-wide": Picture("queue", WIDE),
    "ready": Picture("ready"),
    "ringing": Picture("ringing"),
    "talking": Picture("talking"),
    "talking-wide": Picture("talking", WIDE),
    "objection": Picture("objection"),
    "call-over": Picture("call_over"),
    "form": Picture("form"),
    "incoming-call": Picture("incoming"),
    "recap": Picture("recap"),
    "settings": Picture("settings"),
    "question": Picture("skip"),
    "colours": Picture("colours"),
    "light": Picture("talking", theme="textual-light"),
    "colour-blind": Picture("queue", theme="colour-blind-dark"),
    "high-contrast": Picture("call_over", theme="high-contrast"),
    "first-start": Picture("first_start"),
    "tour": Picture("tour_ringing"),
    "first-name": Picture("first_name"),
    "queue-facts": Picture("queue_facts"),
    "search": Picture("search"),
    "to-do": Picture("to_do"),
    "held": Picture("held"),
    "why": Picture("why"),
    "length": Picture("length"),
    "lists": Picture("lists"),
    "many": Picture("many"),
    "person": Picture("contact"),
    "company": Picture("company"),
    "edit-person": Picture("edit_person"),
    "past-calls": Picture("past_calls"),
    "hand-over": Picture("hand_over"),
    "fill-in": Picture("fill_in"),
    "dialled-by-hand": Picture("dialled_by_hand"),
    "facts": Picture("facts"),
    "objections": Picture("objections"),
    "notes": Picture("notes"),
    "form-do-not-call": Picture("form_do_not_call"),
    "next-in": Picture("next_in"),
    "paused": Picture("paused"),
    "caller": Picture("caller_typed"),
    "call-waiting": Picture("caller_waits_card"),
    "missed-call": Picture("missed_call"),
    "promise-due": Picture("promise_due"),
    "time-is-up": Picture("time_is_up"),
    "report": Picture("report"),
    "import-files": Picture("import_files"),
    "import-preview": Picture("import_seen"),
    "import-columns": Picture("import_columns"),
    "import-country": Picture("import_country"),
    "imported": Picture("imported"),
    "preview": Picture("preview"),
    "preview-problem": Picture("preview_problem"),
    "rehearsal": Picture("rehearsal"),
    "keys": Picture("keys"),
    "commands": Picture("commands"),
    "help": Picture("help"),
    "finished": Picture("finished"),
    "empty": Picture("empty"),
    "sunday": Picture("sunday"),
    "offline": Picture("offline"),
    "not-signed-in": Picture("not_signed_in"),
    "law": Picture("blocked"),
    "refused": Picture("refused_person"),
    "script-problem": Picture("script_problem"),
    "left-open": Picture("left_open"),
    "back-in-the-call": Picture("back_in_the_call"),
    "not-saved": Picture("not_saved"),
}
"""Every picture by its name, without `.svg`."""
MOVING = "one-call"
"""The one that moves: a whole call."""
CALL: tuple[tuple[float, tuple[Step, ...]], ...] = (
    (3, ()),
    (1, ("down",)),
    (1.2, ("enter", later(2))),
    (1, (RINGS, later(2))),
    (1, (later(3),)),
    (3, (TALKS, later(1))),
    (3, ("space", later(12))),
    (3, ("space", later(14))),
    (0.6, (pasted("two vans"),)),
    (1.2, (pasted(", not three"),)),
    (2.4, ("enter", later(5))),
    (3, ("1", later(4))),
    (3, ("escape", line(CallState.ENDED, cause=Cause.REMOTE), later(3))),
    (1.5, ("c",)),
    (2.5, (pasted("fri 3pm"),)),
    (4, ("enter",)),
)
"""What happens in it: seconds on the screen, and the steps that lead there."""
STILL = 7
"""The frame that is shown where nothing may move."""


async def driven(start: str, folder: Path, size: tuple[int, int], work: Callable[[Driven], Any]) -> Any:
    """Start the program as `STARTS` says and let `work` drive it; what that gives."""
    rep = STARTS[start](folder)
    rep = await rep if inspect.isawaitable(rep) else rep
    async with rep.app.run_test(size=NARROW, notifications=True) as pilot:
        on = Driven(rep, pilot)
        await rep.ready()
        await pilot.pause()
        return await work(on)


async def one(picture: Picture, folder: Path) -> str:
    """One picture."""
    names = chain(picture.way)

    async def work(on: Driven) -> str:
        if picture.theme:
            on.app.choose_theme(picture.theme)
        for name in names:
            await on.do(WAYS[name].steps)
        if picture.size != NARROW:
            await on.resize(*picture.size)
        await on.pilot.pause()
        return svg.picture(svg.screen_of(on.app))

    return str(await driven(WAYS[names[0]].after, folder, picture.size, work))


async def call(folder: Path) -> str:
    """The picture that moves."""

    async def work(on: Driven) -> str:
        frames = []
        for seconds, steps in CALL:
            await on.do(steps)
            frames.append((svg.screen_of(on.app), seconds))
        return svg.moving(frames, STILL)

    return str(await driven("a working day", folder, NARROW, work))


def make(names: Sequence[str] = ()) -> None:
    """Make these pictures, by default all; those that are no more go."""
    FOLDER.mkdir(exist_ok=True)
    here = Path.cwd()
    for name in names or (*PICTURES, MOVING):
        chance = count()
        with (
            tempfile.TemporaryDirectory() as folder,
            patch("tui.app.WARM_UP_AFTER_S", 0),
            patch("tui.cockpit.cockpit.WARM_UP_AFTER_S", 0),
            patch.object(frame, "SHOWN_S", dict.fromkeys(frame.SHOWN_S, 3600)),
            patch("tui.domain.ids.secrets.randbits", lambda _bits: next(chance)),  # noqa: B023 - called in this turn
        ):
            os.chdir(folder)
            try:
                made = call(Path(folder)) if name == MOVING else one(PICTURES[name], Path(folder))
                (FOLDER / f"{name}.svg").write_text(asyncio.run(made), "utf-8")
            finally:
                os.chdir(here)
    if not names:
        for path in FOLDER.glob("*.svg"):
            if path.stem not in (*PICTURES, MOVING):
                path.unlink()


if __name__ == "__main__":
    import sys

    make(sys.argv[1:])
