"""Records of several reps: merging beside reading the same files, an outcome key and memory with and without stamps.

Each figure stands beside its own base, measured in the same run on the same disk.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from bench import Row, beside
from bench.history import NOW, build, call, contact, record_id
from bench.store import memory_of, what
from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.shared.merge import Record, shared
from tui.storage.protocol import Change, Origin
from tui.storage.tables import Pending
from tui.storage.tiny import TinyStore
from tui.storage.writing import Writing

T = TypeVar("T")
REPS = 5
_AT_ONCE = 200
"""Records in one commit of a merge, as `powerhour merge` writes them."""
ORIGINS: tuple[Origin, ...] = ("file", "hand")


def rows(quick: bool = False) -> list[Row]:
    """A merge, an outcome key, memory."""
    people = 3000 if quick else 20_000
    size = 5000 if quick else 100_000
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return [
            *_merging(place, people),
            *_outcome_key(place, size, 100 if quick else 600),
            _memory(place, size),
        ]


# -- merging -----------------------------------------------------------------------------------------------


def _merging(folder: Path, people: int) -> list[Row]:
    """Five accounts of the same people, each with calls of its own and with people that its rep edited."""
    accounts = [folder / f"rep-{number}" for number in range(REPS)]
    for number, account in enumerate(accounts):
        _account(account, number, people)
    merged = TinyStore.open(folder / "merged")
    reading = merging = 0.0
    for account in accounts:  # one after the other, so that a busy machine is busy for both
        reading += _seconds(partial(_read, account))
        merging += _seconds(partial(_merge, merged, account))
    merging += _seconds(merged.close)
    _check(folder / "merged", people)
    name = f"merge of {REPS} reps x {people:,} contacts x {people:,} calls"
    return [beside(name, merging, "s", "reading the files", reading, 3)]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


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


class _Unstamped(TinyStore):
    """The store as it wrote before there were stamps: nothing is stamped, and nobody is joined or forgotten."""

    def _pending(self, change: Change, now: datetime, *, erasing: bool) -> Pending:
        how = Writing("file", now, str, "", ())
        return {
            named: rows for named, rows in self._tables.written(change, how, self._people).items() if rows
        }


def _outcome_key(folder: Path, size: int, rounds: int) -> list[Row]:
    """The same commits on two stores of one history, taking turns, first the one and then the other.

    What a commit costs is its work and the wait for the disk. Both stores wait for one disk with as many bytes, but for
    a hundred, so the wait in the middle of all is taken for both: else chance decides, on a disk that others use too.
    """
    stores: dict[str, TinyStore] = {}
    for kind in (TinyStore, _Unstamped):
        build(folder / kind.__name__, size)
        stores[kind.__name__] = kind.open(folder / kind.__name__)
    waited: list[float] = []
    worked: dict[str, list[float]] = {name: [] for name in stores}
    for number in range(rounds):
        change = what(number)[1]
        change = replace(
            change, state={**change.state, "rep": {"id": record_id(4, 1)}}
        )  # as every key writes it
        for name in sorted(stores, reverse=bool(number % 2)):
            began, worked_before = time.perf_counter(), time.thread_time()
            stores[name].commit(change, NOW + timedelta(seconds=number))
            worked[name].append(time.thread_time() - worked_before)
            waited.append(time.perf_counter() - began - worked[name][-1])
    for store in stores.values():
        store.close()
    name = f"an outcome key, {size:,} calls"
    wait = statistics.median(waited)
    ours, before = (
        1000 * (statistics.median(worked[kind.__name__]) + wait) for kind in (TinyStore, _Unstamped)
    )
    base = "the same without stamps"
    return [
        beside(name, ours, "ms", base, before, 1.05),
        beside(f"{name}, without the disk", ours - 1000 * wait, "ms", base, before - 1000 * wait),
    ]


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
