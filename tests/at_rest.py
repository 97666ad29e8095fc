"""A test that pressed a key goes on as soon as the program has nothing left to do, and no sooner.

Textual's pilot waits 20 ms, twice for a key, and takes a processor that rests for a program that is done. Here the
event loop itself is asked, so a quick machine waits for nothing, and a slow or loaded one until all is done.

Nothing comes by the clock meanwhile: it would come between two steps of a test on a slow machine, and after its end on
a quick one. A test about something that comes by itself says when.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, process_time
from typing import Any
from weakref import WeakSet

import pytest
from textual import app, pilot
from textual._context import active_app
from textual.screen import Screen

from tui.system import readfile
from tui.widgets import frame

WAITS_S = 0.1
"""Work in a thread that neither ends nor computes for so long waits for something outside, as a drive that is gone.

On a machine that is busy, work that could go on waits longer than that for a processor or a disk: there the system is
asked.
"""
NEVER_S = 1e6
"""Longer than any test."""
BY_THE_CLOCK = ("tui.app.TICK_S", "tui.app.WARM_UP_AFTER_S", "tui.cockpit.cockpit.WARM_UP_AFTER_S")
"""When the program does something by itself: the tick, and the reading beside the first screen (`warms_up`)."""
_beside: WeakSet[asyncio.Future[Any]] = WeakSet()
"""What threads will give."""

_threads: set[readfile.OneAtATime] = set()
"""Which threads were given work since a loop was made; few tests close the cockpit they opened."""


def begin() -> None:
    """From now on Textual's pilot waits in this way, and no clock of the program runs. Call it before tests are
    collected.
    """
    patch = pytest.MonkeyPatch()
    for name in BY_THE_CLOCK:
        patch.setattr(name, NEVER_S)
    patch.setattr(frame, "SHOWN_S", dict.fromkeys(frame.SHOWN_S, NEVER_S))
    patch.setattr(app, "wait_for_idle", at_rest)
    patch.setattr(pilot, "wait_for_idle", at_rest)
    patch.setattr(pilot.Pilot, "_wait_for_screen", _all_is_done)
    patch.setattr(readfile, "_answering", _remembered(readfile._answering))
    patch.setattr(readfile.OneAtATime, "begin", _noted(readfile.OneAtATime.begin))


def watch(loop: asyncio.AbstractEventLoop) -> None:
    """Know of the work that this loop gives to threads; those of the tests before end, with all that they hold."""
    while _threads:
        _threads.pop().end()
    real = loop.run_in_executor

    def run_in_executor(*given: Any) -> asyncio.Future[Any]:
        future = real(*given)
        _beside.add(future)
        return future

    loop.run_in_executor = run_in_executor  # type: ignore[method-assign, assignment]


async def at_rest(min_sleep: float = 0, max_sleep: float = 10) -> None:
    """Wait until nothing in the loop is ready to run, no thread works for it, and the screen is drawn.

    Gives up after `max_sleep` seconds. Timers are not waited for.
    """
    loop: Any = asyncio.get_running_loop()
    end = monotonic() + max_sleep
    while monotonic() < end:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        working = [one for one in _beside if not one.done() and one.get_loop() is loop]
        if working:
            used = process_time()
            done, _ = await asyncio.wait(working, timeout=WAITS_S, return_when=asyncio.FIRST_COMPLETED)
            if done or process_time() - used > 0.001 or _could_go_on():
                continue
        if _holds_back():
            await asyncio.sleep(0.005)
        elif not _drawn_now():
            return


async def _all_is_done(ours: pilot.Pilot[Any], timeout: float = 30) -> bool:
    """In place of a message to every part of the screen, at every key, only to hear that it was taken."""
    await at_rest(max_sleep=timeout)
    return ours.app._exception is None


def _could_go_on() -> bool:
    """Whether another thread waits for nothing but a processor or a disk; False where the system does not say."""
    ours = str(threading.get_native_id())
    for thread in Path("/proc/self/task").glob("*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            state = (thread / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            if thread.name != ours and state in "RD":
                return True
    return False


def _app() -> app.App[Any] | None:
    """The app a test runs, while it runs."""
    ours = active_app.get(None)
    runs = (
        ours is not None
        and ours.is_running
        and ours._screen_stack
        and ours._thread_id == threading.get_ident()
    )
    return ours if runs else None


def _holds_back() -> bool:
    """Whether Textual waits for some milliseconds before it draws a new screen or a new size."""
    ours = _app()
    return ours is not None and bool(ours._batch_count or ours._resize_timer)


def _drawn_now() -> bool:
    """Draw what the screen would draw in its next sixtieth of a second. False: there is nothing."""
    ours = _app()
    if ours is None:
        return False
    screen: Screen[Any] = ours.screen
    waits = any(
        (
            screen._layout_required,
            screen._scroll_required,
            screen._repaint_required,
            screen._recompose_required,
            screen._dirty_widgets,
            screen._callbacks,
        )
    )
    if waits:
        screen._on_timer_update()
    return waits


def _noted(real: Callable[..., asyncio.Future[Any]]) -> Callable[..., asyncio.Future[Any]]:
    def begin_work(thread: readfile.OneAtATime, *given: Any) -> asyncio.Future[Any]:
        _threads.add(thread)
        return real(thread, *given)

    return begin_work


def _remembered(real: Callable[..., Any]) -> Callable[..., Any]:
    def answering(*given: Any) -> Any:
        future, run = real(*given)
        _beside.add(future)
        return future, run

    return answering
