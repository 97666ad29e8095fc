"""The store beside SQLite, a raw append, and TinyDB as it comes: the same documents, interleaved, one disk."""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage

from bench import Row, beside
from bench.history import NOW, build, call, contact, record_id
from tui.domain.contact import Contact
from tui.domain.session import Session
from tui.storage.documents import call_to_document, contact_to_document
from tui.storage.other_documents import lean_call, lean_contact, session_to_document
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

Step = Callable[[int], Any]
"""Writes the commit of this number."""
STATE = {
    "phase": "talking",
    "step": ["discovery", 2],
    "notes": "two vans, not three",
    "answers": {"offer": "1"},
}


def rows(quick: bool = False) -> list[Row]:
    """Commit, start and memory of the store."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = (2000, 5000) if quick else (5000, 100_000)
        for size in sizes:
            build(Path(folder) / str(size), size)
        found = [row for size in sizes for row in _opening(Path(folder) / str(size), size)]
        return _commits(Path(folder), sizes[-1], 50 if quick else 400) + found


def what(number: int) -> tuple[Contact, Change]:
    """All that one outcome key writes."""
    person = replace(contact(number), remembered={"decides": f"Jo Marsh {number}"})
    session = Session(record_id(3, 1), NOW, 900.0, spent={"talking": float(number)})
    done = call(10_000_000 + number, person.id)
    return person, Change((person,), (done,), (session,), state={"running": {**STATE, "number": number}})


def _documents(number: int) -> dict[str, tuple[str, dict[str, Any]]]:
    person, change = what(number)
    return {
        "contacts": (person.id, lean_contact(contact_to_document(person))),
        "calls": (change.calls[0].id, lean_call(call_to_document(change.calls[0]))),
        "sessions": (change.sessions[0].id, session_to_document(change.sessions[0])),
        "state": ("running", {"key": "running", "value": dict(change.state["running"] or {})}),
    }


def _commits(folder: Path, size: int, rounds: int) -> list[Row]:
    store = TinyStore.open(folder / str(size))
    changes = {number: what(number)[1] for number in range(rounds)}
    documents = {number: _documents(number) for number in range(rounds)}

    def ours(number: int) -> None:
        store.commit(changes[number], NOW + timedelta(seconds=number))

    sqlite, raw = _sqlite(folder, size, documents), _raw(folder, documents)
    taken = _interleaved({"ours": ours, "sqlite": sqlite, "raw": raw}, rounds)
    store.close()
    plain = _plain(folder / str(size), folder / "plain.json", False, documents, 2)
    caching = _plain(folder / str(size), folder / "caching.json", True, documents, 10)
    name = f"one commit, {size:,} calls"
    mine = taken["ours"]
    return [
        beside(f"{name}, median", mine, "ms", "SQLite WAL FULL, one transaction", taken["sqlite"], 1.5),
        beside(f"{name}, median", mine, "ms", "append + fsync of the same bytes", taken["raw"], 4),
        beside(f"{name}, the call alone on TinyDB as it comes", plain, "ms", "ours", mine),
        beside(f"{name}, the call alone on CachingMiddleware (not durable)", caching, "ms", "ours", mine),
    ]


def _interleaved(steps: dict[str, Step], rounds: int) -> dict[str, float]:
    """Median milliseconds of each, taking turns, so that a busy disk is busy for all."""
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for step in steps.values():
        step(0)  # an index is made with the first write, and files grow their first block
    for number in range(1, rounds):
        for name, step in steps.items():
            began = time.perf_counter()
            step(number)
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) * 1000 for name, times in taken.items()}


def _sqlite(folder: Path, size: int, documents: dict[int, dict[str, tuple[str, dict[str, Any]]]]) -> Step:
    db = sqlite3.connect(folder / "peer.sqlite", isolation_level=None)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    db.execute("begin")
    for table in documents[0]:
        db.execute(f"create table {table} (id text primary key, document text)")
    for table, kind in (("contacts", 1), ("calls", 2)):
        document = json.dumps(documents[0][table][1])
        filling = ((record_id(kind, number), document) for number in range(size))
        db.executemany(f"insert into {table} values (?, ?)", filling)  # noqa: S608 - a table of ours
    db.execute("commit")

    def write(number: int) -> None:
        db.execute("begin")
        for table, (name, document) in documents[number].items():
            db.execute(f"insert or replace into {table} values (?, ?)", (name, json.dumps(document)))  # noqa: S608 - a table of ours
        db.execute("commit")

    return write


def _raw(folder: Path, documents: dict[int, dict[str, tuple[str, dict[str, Any]]]]) -> Step:
    descriptor = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(number: int) -> None:
        os.write(descriptor, json.dumps(documents[number]).encode() + b"\n")
        os.fsync(descriptor)

    return write


def _plain(source: Path, path: Path, caching: bool, documents: Any, rounds: int) -> float:
    """Milliseconds TinyDB itself needs for the call alone; the other three records cost as much again."""
    path.write_bytes((source / "sessions.json").read_bytes())
    storage: Any = CachingMiddleware(JSONStorage) if caching else JSONStorage  # type: ignore[no-untyped-call]
    with TinyDB(path, storage=storage) as db:
        times = []
        for number in range(rounds):
            began = time.perf_counter()
            db.table("calls").insert(documents[number]["calls"][1])
            times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def _opening(folder: Path, size: int) -> list[Row]:
    """Of three processes of their own the one in the middle."""
    mine = [_process(folder, "ours") for _ in range(3)]
    ready = statistics.median(one["ready"] for one in mine) * 1000
    card = statistics.median(one["card"] for one in mine) * 1000
    peak = max(one["peak"] for one in mine)
    plain = _process(folder, "plain")
    both = f"{size:,} contacts + {size:,} calls"
    return [
        beside(f"open and read the next steps, {both}", ready, "ms", "TinyDB open", plain["ready"] * 1000, 1),
        Row(f"then the first contact and its calls, {both}", round(card, 1), "ms"),
        beside(
            f"memory of it, Python included, {both}",
            peak,
            "MB",
            "TinyDB open",
            plain["peak"],
            1,
        ),
    ]


def memory_of(folder: Path) -> float:
    """The most memory (MB) a process needs that opens the store there, reads the next steps and one person."""
    return max(_process(folder, "ours")["peak"] for _ in range(3))


def _process(folder: Path, how: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.opening", str(folder), how]
    root = Path(__file__).parent.parent
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    measured: dict[str, float] = json.loads(done.stdout)
    assert measured["rows"] > 0
    return measured
