"""From a key to the screen, with a large store; and how many keys a call takes from hang-up to the next dial."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from bench import Row, klm
from bench.measure import percentile
from bench.people import copy_of, folder_with
from bench.stage import Painted, Stage, staged
from tui.cockpit.view import Phase

_A_TICK_S = 1.5
"""The app's clock ticks within this time, and may call by itself."""
_A_DAY = 480
"""Minutes: so many calls that a session of the usual length would end before them."""
_WIDE = (120, 40)
"""Columns and rows of a window with the facts beside the queue."""
_FEW = 1_000
"""People enough to count keystrokes with."""


def rows(quick: bool = False) -> list[Row]:
    """Outcome key, cursor key, and keystrokes."""
    size, calls, moves = (5_000, 25, 50) if quick else (100_000, 200, 300)
    folder = copy_of(folder_with(size), "keys")
    return asyncio.run(_measured(folder, f"{size:,} + {size:,}", calls, moves))


async def _measured(folder: Path, both: str, calls: int, moves: int) -> list[Row]:
    wide = copy_of(folder, "wide")
    async with staged(folder) as stage:
        await stage.app.cockpit.session.set_length(_A_DAY)
        cursor = [await _move(stage) for _ in range(moves)]
        held = await _held_down(stage, 40)
        outcome = [await _outcome(stage) for _ in range(calls)]
        await _talking(stage)
        promise = await _keys_until_dial(stage, ("escape", "c", "enter", "enter"))
        voicemail = await _keys_until_dial(stage, ("v", "enter"))
    async with staged(wide, size=_WIDE) as stage:
        beside = [await _move(stage) for _ in range(moves)]
        held_beside = await _held_down(stage, 40)
    async with staged(copy_of(folder_with(_FEW), "advancing"), advance_after=0.0) as stage:
        await _ringing(stage)
        by_itself = await _keys_until_dial(stage, ("v", "enter"), _A_TICK_S)
    async with staged(copy_of(folder_with(_FEW), "five calls")) as stage:
        logged = await _five_calls(stage)
    if logged != list(klm.CALLS):
        raise LookupError(f"the five usual calls were logged as {logged}")
    return [
        *_both_times(f"outcome key to next contact, {both}", outcome, 99, 16),
        *_both_times(f"cursor key to changed cell, {both}", cursor, 95, 10),
        Row("cursor key held down, each", round(held, 1), "ms"),
        *_both_times("cursor key with the facts beside, 120 columns", beside, 95, 16),
        Row("the same held down, each", round(held_beside, 1), "ms"),
        Row("keys from hang-up to next dial, voicemail", voicemail, "", limit=2),
        Row("the same with advance_after", by_itself, "", limit=1),
        Row("keys from hang-up to next dial, promise as proposed", promise, "", limit=4),
        *klm.rows(),
    ]


def _both_times(name: str, painted: list[Painted], percent: int, most: float) -> list[Row]:
    thread, wall = [one.thread for one in painted], [one.wall for one in painted]
    return [
        Row(f"{name}, UI thread, p{percent}", round(percentile(thread, percent), 1), "ms", limit=most),
        Row("the same, UI thread, median", round(percentile(thread, 50), 1), "ms"),
        Row("the same, with disk and other programs, median", round(percentile(wall, 50), 1), "ms"),
    ]


async def _move(stage: Stage) -> Painted:
    return await stage.paint("down", lambda: f"▸ {stage.app.screen.people.row.name[:15]}", clock_s=0)  # type: ignore[attr-defined]


async def _held_down(stage: Stage, times: int) -> float:
    """Milliseconds of the UI thread for each of many keys that wait one behind the other."""
    stage.written.clear()
    began = (await stage.paint("down", lambda: "▸", clock_s=0), stage.written[-1].processor)[1]
    for _ in range(times):
        stage.post("down")
    await stage.rest()
    return (stage.written[-1].processor - began) * 1000 / times


async def _outcome(stage: Stage) -> Painted:
    """Call whoever is next, and press `No answer` while it rings."""
    await _ringing(stage)
    return await stage.paint("n", lambda: _card_name(stage), 2.0, Phase.READY)


def _card_name(stage: Stage) -> str:
    card = stage.app.cockpit.view.card
    return card.name.upper() if card else "no card"


async def _ringing(stage: Stage) -> None:
    await stage.press("enter")
    while stage.app.cockpit.view.ask is not None:
        await stage.press("y")
    await stage.until(Phase.DIALLING, Phase.RINGING)


async def _talking(stage: Stage) -> None:
    """Somebody is on the line."""
    await _ringing(stage)
    await stage.press("enter")
    await stage.until(Phase.TALKING)


async def _five_calls(stage: Stage) -> list[str]:
    """The outcomes that the keys of the five usual calls put on record."""
    store = stage.app.cockpit._state.store
    before = {call.id for call in store.calls()}
    for steps in klm.CALLS.values():
        for step in steps:
            for key in step.pressed:
                await stage.press(key)
                if stage.app.cockpit.view.ask is not None:
                    await stage.press("y")  # as in `_keys_until_dial`
    return [call.outcome for call in store.calls() if call.id not in before]


async def _keys_until_dial(stage: Stage, keys: tuple[str, ...], patience_s: float = 0.2) -> int:
    """How many of these keys it takes until the next person is called, waiting so long after each."""
    called = stage.dialer.dialled
    for count, key in enumerate(keys, start=1):
        await stage.press(key)
        if stage.app.cockpit.view.ask is not None:
            await stage.press("y")  # a number the library doubts is asked about: a key of that number's own
        stage.clock.step(2.0)
        end = time.perf_counter() + patience_s
        while stage.dialer.dialled == called and time.perf_counter() < end:
            await asyncio.sleep(0.05)
        if stage.dialer.dialled > called:
            return count
    raise LookupError(f"nobody was called after {keys}; the screen is at {stage.phase}")
