"""Records of several reps: merging beside reading the same files, an outcome key and memory with and without stamps.

Each figure stands beside its own base, measured in the same run on the same disk.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bench import Row, beside, team_list
from bench.history import NOW, build, call, contact, record_id
from bench.people import NOW as MONDAY
from bench.people import ROOT, copy_of, folder_with, parts
from bench.stage import SilentDialer
from bench.stepped_clock import SteppedClock
from bench.store import memory_of
from tui.cockpit.cockpit import Cockpit
from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.shared.merge import Record, shared
from tui.script.files.library import Library
from tui.storage.protocol import Change, Origin
from tui.storage.tables import Pending
from tui.storage.tiny import TinyStore
from tui.storage.writing import Writing

T = TypeVar("T")
REPS = 5
_AT_ONCE = 200
"""Records in one commit of a merge, as `powerhour merge` writes them."""
ORIGINS: tuple[Origin, ...] = ("file", "hand")
_OUTCOMES = ("no_answer", "voicemail", "wrong_number")
"""Keys that save at once; the last changes the person, too."""
_A_DAY = 480
"""Minutes of a session that does not end before the last key."""


def rows(quick: bool = False) -> list[Row]:
    """A merge, an outcome key, memory, the list on a server."""
    people = 3000 if quick else 20_000
    size = 5000 if quick else 100_000
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return [
            *_merging(place, people),
            *_outcome_key(size, 120 if quick else 600),
            _memory(place, size),
            *team_list.rows(quick),
        ]


# -- merging -----------------------------------------------------------------------------------------------


def _merging(folder: Path, people: int) -> list[Row]:
    """Five accounts of the same people, each with calls of its own and with people that its rep edited."""
    accounts = [folder / f"rep-{number}" for number in range(REPS)]
    for number, account in enumerate(accounts):
        _account(account, number, people)
    merged = TinyStore.open(folder / "merged")
    reading, merging = _Taken(), _Taken()
    for account in accounts:  # one after the other, so that a busy machine is busy for both
        reading.add(partial(_read, account))
        merging.add(partial(_merge, merged, account))
    merging.add(merged.close)
    _check(folder / "merged", people)
    name, base = f"merge of {REPS} reps x {people:,} contacts x {people:,} calls", "reading the files"
    return [
        beside(f"{name}, processor", merging.processor, "s", base, reading.processor, 3),
        beside("the same, with disk and other programs", merging.wall, "s", base, reading.wall),
    ]


class _Taken:
    """Seconds that some work took: of processor, which no other program adds to, and by the clock."""

    def __init__(self) -> None:
        self.processor = self.wall = 0.0

    def add(self, work: Callable[[], object]) -> None:
        """Do some more of it."""
        began, worked = time.perf_counter(), time.process_time()
        work()
        self.processor += time.process_time() - worked
        self.wall += time.perf_counter() - began


def _account(folder: Path, rep: int, people: int) -> None:
    store = TinyStore.open(folder)
    me = record_id(4, rep)
    store.commit(Change(reps=(Rep(me, f"Rep {rep}"),), state={"rep": {"id": me}}), NOW)
    for numbers in _in_parts(range(people), 5000):
        everybody = tuple(contact(number) for number in numbers)
        calls = (call(rep * people + number, one.id) for number, one in zip(numbers, everybody, strict=True))
        theirs = tuple(replace(one, rep=me) for one in calls)
        store.commit(Change(contacts=everybody, calls=theirs, origin="file"), NOW)
        edited = (one for number, one in zip(numbers, everybody, strict=True) if number % REPS == rep)
        store.commit(Change(contacts=tuple(map(_edited, edited))), NOW + timedelta(minutes=rep))
    store.close()


def _edited(person: Contact) -> Contact:
    return replace(person, role="Director", remembered={"decides": "Jo Marsh"})


def _records(account: Path) -> Iterator[Record]:
    store = TinyStore.open(account, read_only=True)
    yield from map(shared, store.accounts())


def _read(account: Path) -> None:
    deque(_records(account), maxlen=0)


def _merge(store: TinyStore, account: Path) -> None:
    for records in _in_parts(_records(account), _AT_ONCE):
        store.commit(_change(records), NOW + timedelta(days=1))


def _change(records: tuple[Record, ...]) -> Change:
    return Change(
        contacts=tuple(one for one in records if isinstance(one, Contact)),
        calls=tuple(one for one in records if isinstance(one, Call)),
        reps=tuple(one for one in records if isinstance(one, Rep)),
        origin="merge",
    )


def _check(folder: Path, people: int) -> None:
    store = TinyStore.open(folder, read_only=True)
    assert len(store.calls()) == REPS * people
    assert all(one.role == "Director" for one in store.contacts())


# -- an outcome key ----------------------------------------------------------------------------------------


class TimedStore(TinyStore):
    """The store, which says how long it worked for a commit."""

    worked = 0.0
    """Seconds of processor since somebody set it back."""

    def commit(self, change: Change, now: datetime) -> None:
        """Write it as ever."""
        began = time.thread_time()
        super().commit(change, now)
        self.worked += time.thread_time() - began


class _Unstamped(TimedStore):
    """The store as it wrote before there were stamps: nothing is stamped, and nobody is joined or forgotten."""

    def _pending(self, change: Change, now: datetime, *, erasing: bool) -> Pending:
        how = Writing("file", now, str, "", ())
        return {
            named: rows for named, rows in self._tables.written(change, how, self._people).items() if rows
        }


class _Cockpit(Struct, frozen=True):
    """A cockpit without a screen over one kind of store."""

    cockpit: Cockpit
    clock: SteppedClock


def _outcome_key(size: int, rounds: int) -> list[Row]:
    """One key pressed in two cockpits over one history, taking turns, first in the one and then in the other.

    What counts is the processor time of the whole key: what the rep did becomes a call and a next step, is committed,
    and the view is made. The wait for the disk is left out: both write as many bytes, but for a hundred, and chance
    would decide. The ratio is the one in the middle of all pairs.
    """
    whole, commit = asyncio.run(_pressed(size, rounds))
    base = "the same without stamps"
    name = f"an outcome key, {size:,} calls"
    return [_in_pairs(name, whole, base, 1.05), _in_pairs(f"{name}, of it the commit", commit, base)]


def _in_pairs(name: str, pairs: list[tuple[float, float]], base: str, limit: float | None = None) -> Row:
    """Two figures that were measured next to each other, many times."""
    ours = 1000 * statistics.median(mine for mine, _ in pairs)
    return beside(
        name, ours, "ms", base, ours / statistics.median(mine / other for mine, other in pairs), limit
    )


async def _pressed(size: int, rounds: int) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Seconds of processor of each key and of its commit, on our store and on the one without stamps."""
    both = [await _ready(kind, size) for kind in (TimedStore, _Unstamped)]
    keys: list[tuple[float, float]] = []
    commits: list[tuple[float, float]] = []
    for number in range(rounds):
        taken: dict[int, tuple[float, float]] = {}
        for place in (0, 1) if number % 2 else (1, 0):
            taken[place] = await _press(both[place], _OUTCOMES[number // 2 % len(_OUTCOMES)])
        keys.append((taken[0][0], taken[1][0]))
        commits.append((taken[0][1], taken[1][1]))
    for one in both:
        await one.cockpit.close()
    return keys, commits


async def _ready(kind: type[TimedStore], size: int) -> _Cockpit:
    """A cockpit with the first person's card on it, and everything read."""
    folder = copy_of(folder_with(size), kind.__name__)
    clock = SteppedClock(MONDAY)
    store, settings = kind.open(folder), parts(folder).settings
    cockpit = Cockpit(store, settings, lambda: Library(ROOT / "scripts"), SilentDialer(), clock)
    await cockpit.open()
    if cockpit._warming is not None:
        await cockpit._warming
    await cockpit.session.set_length(_A_DAY)
    await cockpit.queue.enter(cockpit.view.queue.enter)
    return _Cockpit(cockpit, clock)


async def _press(on: _Cockpit, outcome: str) -> tuple[float, float]:
    """Call whoever is next and press the outcome: seconds of processor of the key, and of its commit."""
    cockpit, store = on.cockpit, on.cockpit._state.store
    assert isinstance(store, TimedStore)
    on.clock.step(2)
    view = await cockpit.call.dial()
    while view.ask is not None:
        view = await cockpit.question.answer(view.ask.choices[0][0])
    on.clock.step(2)
    store.worked, began = 0.0, time.process_time()
    await cockpit.outcome.choose(outcome)
    return time.process_time() - began, store.worked


# -- memory ------------------------------------------------------------------------------------------------


def _memory(folder: Path, size: int) -> Row:
    """The store of people whom a rep edited, and of the same people when a file said the same: two processes."""
    needed = {}
    for origin in ORIGINS:
        place = folder / f"from-{origin}"
        build(place, size)
        store = TinyStore.open(place)
        for numbers in _in_parts(range(size), 5000):
            edited = tuple(_edited(contact(number)) for number in numbers)
            store.commit(Change(contacts=edited, origin=origin), NOW)
        store.close()
        needed[origin] = memory_of(place)
    name = f"memory, {size:,} contacts each edited by hand"
    return beside(name, needed["hand"], "MB", "the same without stamps", needed["file"], 1.1)


def _in_parts(records: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    every = iter(records)
    return iter(lambda: tuple(islice(every, size)), ())
