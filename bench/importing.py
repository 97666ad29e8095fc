"""A contact file of another program: until it is stored and ranked, and whether the screen stays alive meanwhile.

Of a hundred rows four are as people fill them in: nobody at all with a number that is none, a number in words, cells
too many, and somebody who must not be called.
"""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import phonenumbers
from msgspec import Struct
from msgspec.structs import asdict

from bench import Row, beside
from bench.measure import most_memory
from bench.people import NOW, ROOT, contacts, parts, scratch
from bench.stage import SilentDialer
from bench.stepped_clock import SteppedClock
from tui.cockpit.cockpit import Cockpit
from tui.domain.contact import Contact
from tui.script.files.library import Library
from tui.storage.tiny import TinyStore

_HEADINGS = (
    "First Name",
    "Last Name",
    "Company",
    "Job Title",
    "E-mail Address",
    "Business Phone",
    "Notes",
    "Town",
    "Do not call",
)
_NOBODY, _IN_WORDS, _MORE_CELLS, _REFUSED = 10, 30, 50, 70
"""Which of a hundred rows is which."""
_BEAT_S = 0.01
_MOST_MB = 500
_LONGEST_WAIT_MS = 100


def rows(quick: bool = False) -> list[Row]:
    """Wall time, the most memory, and the longest the screen's loop had to wait."""
    size = 3_000 if quick else 100_000
    file = _file(scratch("import"), size)
    taken, waits, again, counts, peak = _apart(file)
    if counts != _expected(size):
        raise AssertionError(f"{counts}, not {_expected(size)}")
    peer = _plainly(file, scratch("plainly"))
    return [
        Row(f"CSV of {size:,} rows to stored and ranked", round(taken, 2), "s", limit=20),
        beside("the same", taken, "s", "csv + phonenumbers + SQLite in a plain loop", peer),
        Row("most memory held meanwhile", round(peak), "MB", limit=_MOST_MB),
        Row("longest the screen waits meanwhile", round(max(waits) * 1000), "ms", limit=_LONGEST_WAIT_MS),
        Row("the same, 99 of 100 waits", round(sorted(waits)[int(len(waits) * 0.99)] * 1000), "ms"),
        Row(
            "longest it waits while the file is read again and left",
            round(max(again) * 1000),
            "ms",
            limit=_LONGEST_WAIT_MS,
        ),
    ]


def _file(folder: Path, size: int) -> Path:
    """As an address book exports it; numbers as people write them."""
    folder.mkdir()
    file = folder / "people.csv"
    with file.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(_HEADINGS)
        for place, one in enumerate(contacts(size)):
            writer.writerow(_row(place % 100, one))
    return file


def _row(kind: int, one: Contact) -> tuple[str, ...]:
    number = _as_written(one.numbers[0].e164)
    if kind == _NOBODY:
        return ("", "", "", "", "", "ask reception", "Met at the fair", "Leeds", "")
    if kind == _IN_WORDS:
        number = "see the card"
    refused = "yes" if kind == _REFUSED else ""
    row = (one.given, one.family, one.company, one.role, one.emails[0], number, "Met at the fair", "Leeds")
    return (*row, refused, "and", "more") if kind == _MORE_CELLS else (*row, refused)


def _as_written(e164: str) -> str:
    if e164.startswith("+44"):
        return f"0{e164[3:6]} {e164[6:9]} {e164[9:]}"
    if e164.startswith("+33"):
        return f"+33 {e164[3]} {e164[4:6]} {e164[6:8]} {e164[8:10]} {e164[10:]}"
    return f"+1 ({e164[2:5]}) {e164[5:8]}-{e164[8:]}"


class Counts(Struct, frozen=True):
    """What became of the rows."""

    created: int
    rejected: int
    remarked: int
    """Rows the rep is told something about although they were taken."""
    refused: int
    """People who must not be called now."""


def _expected(size: int) -> Counts:
    """Counts of a file of so many rows, a multiple of a hundred."""
    each = size // 100
    return Counts(created=size - each, rejected=each, remarked=2 * each, refused=each)


def _apart(file: Path) -> tuple[float, list[float], list[float], Counts, float]:
    """What a process of its own found: seconds, both lists of waits, counts, and megabytes."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.importing", str(file)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    taken, waits, again, counts, peak = json.loads(done.stdout)
    return taken, waits, again, Counts(**counts), peak


async def _measured(file: Path, folder: Path) -> None:
    """Prints it for the process that asked."""
    taken, waits, counts = await _import(file, folder / "once")
    peak = most_memory()
    again = await _read_again(file, folder / "again")
    print(json.dumps((taken, waits, again, asdict(counts), peak)))


@asynccontextmanager
async def _watched(folder: Path) -> AsyncIterator[tuple[Cockpit, list[float]]]:
    """A cockpit over an empty store, and the waits of its loop beyond a beat."""
    store = TinyStore.open(folder)
    settings = parts(folder).settings
    cockpit = Cockpit(store, settings, lambda: Library(ROOT / "scripts"), SilentDialer(), SteppedClock(NOW))
    await cockpit.open()
    waits: list[float] = []
    beating = asyncio.create_task(_beat(waits))
    try:
        yield cockpit, waits
    finally:
        beating.cancel()
        await cockpit.close()


async def _import(file: Path, folder: Path) -> tuple[float, list[float], Counts]:
    """Seconds, the waits of the loop, and what became of the rows."""
    async with _watched(folder) as (cockpit, waits):
        began = time.perf_counter()
        seen = await asyncio.to_thread(cockpit.importing.look, file, (), "Autumn", "GB")
        report = await cockpit.importing.run(seen, lambda done: None, lambda: False)
        taken = time.perf_counter() - began
        state = cockpit._state
        refused = sum(bool(state.never.of_person(contact_id)) for contact_id in state.store.contact_ids())
    if report is None:
        raise AssertionError("nothing could be saved")
    remarked = len({row for row, _ in report.remarks})
    return taken, waits, Counts(report.created, len(report.rejected), remarked, refused)


async def _read_again(file: Path, folder: Path) -> list[float]:
    """The waits while the rep looks at the file, answers where its numbers are, looks again and leaves it."""
    seen = None
    async with _watched(folder) as (cockpit, waits):
        for region in ("", "GB"):
            seen = None  # as the screen does: what was read before goes first
            seen = await asyncio.to_thread(cockpit.importing.look, file, (), "Autumn", region)
            seen = await cockpit.importing.read(seen, lambda done: None, lambda: False)
        seen = None
        cockpit.importing.let_go()
        await cockpit._state.disk.run(lambda: None)
    return waits


async def _beat(gaps: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(_BEAT_S)
        gaps.append(time.perf_counter() - began - _BEAT_S)


def _plainly(file: Path, folder: Path) -> float:
    """Seconds of what anybody would write first: read, normalise, insert; no columns guessed, nobody matched."""
    folder.mkdir()
    db = sqlite3.connect(folder / "plain.sqlite")
    began = time.perf_counter()
    db.execute("create table people (document text)")
    with file.open(newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            with suppress(phonenumbers.NumberParseException):
                number = phonenumbers.parse(row["Business Phone"], "GB")
                row["e164"] = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            db.execute("insert into people values (?)", (json.dumps(row),))
    db.commit()
    return time.perf_counter() - began


if __name__ == "__main__":
    asyncio.run(_measured(Path(sys.argv[1]), scratch("imported")))
