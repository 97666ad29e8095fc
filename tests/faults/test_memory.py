"""Memory levels off: a long day keeps what was said, in the store and in the session, and nothing besides.

`POWERHOUR_CALLS` is the number of calls that are measured; as many, but at most 200, are made before. Then every byte
is traced, which makes all four times slower; unset, the small objects are counted, which costs nothing.
"""

from __future__ import annotations

import gc
import os
import sys
import tracemalloc
from collections.abc import Awaitable, Callable
from contextlib import contextmanager

import pytest

from tests.cockpit_bench import MONDAY, Bench, call_selected
from tests.screen_bench import at_human_speed
from tui.app import PowerHourApp
from tui.cockpit.actions.next_person import KEPT_AS_FILLED
from tui.cockpit.state.active_call import Working
from tui.commands import Keys
from tui.domain.contact import Contact, Number
from tui.domain.session import Session
from tui.screens.screen_context import ScreenContext
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

CALLS = int(os.environ.get("POWERHOUR_CALLS", "24"))
WARM = min(CALLS, 200)
FEW = CALLS // 3
"""On the screen, where each key is drawn."""
TRACES = "POWERHOUR_CALLS" in os.environ
MOST = 16_000 if TRACES else 200
"""A call may add so many bytes, or objects: its line in the journal, its record, the person's, places in the queue."""
OUTCOMES = ("no_answer", "voicemail", "talked", "gatekeeper", "nurture", "email_asked")
Call = Callable[[int], Awaitable[None]]


@pytest.fixture
def shift(tmp_path, no_sync):
    """A cockpit over a store on the disk, with more people than are called."""
    bench = Bench()
    bench.store = TinyStore.open(tmp_path)
    bench.killed_and_started_again()
    bench.store.commit(Change(contacts=tuple(map(_person, range(WARM + CALLS + 60)))), MONDAY)
    yield bench
    bench.store.close()


def _person(number: int) -> Contact:
    e164 = f"+4420{79460000 + number:08}"
    numbers = (Number(e164, e164, "office"),)
    return Contact(
        f"p{number:04}", name=f"Ann{number} Rossi", created_at=MONDAY, numbers=numbers, zone="Europe/London"
    )


@contextmanager
def _traced():
    if TRACES:
        tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


def _held() -> int:
    """Bytes that are held, or small objects, which are most of them."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0] if TRACES else sys.getallocatedblocks()


async def _grown(call: Call, warm: int = WARM, calls: int = CALLS) -> int:
    """What each call added, after as many calls as fill what is kept of the last ones.

    Measured in two halves, and the smaller counts: what is made once in a process may fall into one of them.
    """
    half, grown = calls // 2, []
    with _traced():
        for number in range(warm):
            await call(number)
        for begin in (warm, warm + half):
            before = _held()
            for number in range(begin, begin + half):
                await call(number)
            grown.append((_held() - before) // half)
    what = "bytes" if TRACES else "objects"
    print(
        f"\nafter the first {warm} calls {half} and again {half} added {grown[0]:,} and {grown[1]:,} {what} each"
    )
    return min(grown)


def _alive(kind: type) -> int:
    gc.collect()
    return sum(isinstance(one, kind) for one in gc.get_objects())


async def test_calls_add_no_more_than_what_was_said(shift):
    bench, cockpit = shift, shift.cockpit

    async def call(number: int) -> None:
        await cockpit.session.ask_pause()
        await cockpit.question.answer("b")
        bench.clock.step(8)
        await cockpit.session.go_on()
        await cockpit.call.dial()
        bench.clock.step(4)
        await cockpit.call.answered()
        await cockpit.talk.type_note(f"note {number}: two vans, not three. The new depot opens in March.")
        await cockpit.talk.keep_note()
        bench.clock.step(4)
        await cockpit.tick()
        await cockpit.call.over()
        view = await cockpit.outcome.choose(OUTCOMES[number % len(OUTCOMES)])
        if view.form:
            await cockpit.outcome.save_form()

    await cockpit.open()
    await call_selected(cockpit, 480)
    bench.clock.step(4)
    await cockpit.outcome.choose("no_answer")
    assert await _grown(call) < MOST
    assert len(bench.store.calls()) == WARM + CALLS + 1
    assert _alive(Session) <= 6  # not every version of the one that ran
    assert _alive(Working) <= KEPT_AS_FILLED + 4
    await cockpit.session.show_recap()
    await cockpit.session.end()
    (session,) = bench.store.sessions()
    assert len(session.pauses) == WARM + CALLS


async def test_a_screen_keeps_nothing_of_the_calls_it_showed(shift):
    bench = shift
    app = PowerHourApp(ScreenContext(bench.cockpit, Keys(bench.settings.keys), lambda: ()), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:

        async def call(number: int) -> None:
            await pilot.press("enter")  # dial
            bench.clock.step(4)
            await pilot.press("enter")  # answered
            await pilot.press("x", "enter", "escape")
            bench.clock.step(4)
            await pilot.press("nvt"[number % 3])
            if bench.cockpit.view.form:
                await pilot.press("enter")

        await pilot.pause()
        await call(0)
        widgets = len(app.screen.walk_children())
        assert await _grown(call, FEW, FEW) < 3 * MOST
        assert len(bench.store.calls()) == 2 * FEW + 1
        assert len(app.screen.walk_children()) <= widgets + 8
        assert len(app.screen_stack) <= 2


async def test_an_older_call_comes_back_as_it_is_on_record(bench):
    bench.people(*(f"Ann{n:02} Rossi{n:02}" for n in range(KEPT_AS_FILLED + 3)))
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 60)
    for number in range(KEPT_AS_FILLED + 1):
        bench.clock.step(4)
        await cockpit.call.answered()
        await cockpit.talk.type_note(f"said {number}")
        await cockpit.talk.keep_note()
        await cockpit.call.over()
        await cockpit.outcome.choose("no_answer" if number % 2 else "voicemail")
        view = await cockpit.call.dial()
    for number in reversed(range(KEPT_AS_FILLED + 1)):
        view = await cockpit.undo.last()
        assert view.phase == "call_over"
        assert [note.text for note in view.notes] == [f"said {number}"]
        assert view.card.name.startswith("Ann")
