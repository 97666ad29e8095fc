"""A contact file of another program: until it is stored and ranked, and whether the screen stays alive meanwhile."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
import time
from pathlib import Path

import phonenumbers

from bench import Row, beside
from bench.people import NOW, ROOT, contacts, parts, scratch
from bench.stage import SilentDialer
from bench.stepped_clock import SteppedClock
from tui.cockpit.cockpit import Cockpit
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
)
_BEAT_S = 0.01


def rows(quick: bool = False) -> list[Row]:
    """Wall time, and the longest the screen's loop had to wait."""
    size = 3_000 if quick else 100_000
    file = _file(scratch("import"), size)
    taken, gaps, stored = asyncio.run(_import(file, scratch("imported")))
    if stored != size:
        raise AssertionError(f"{stored} of {size} rows became contacts")
    peer = _plainly(file, scratch("plainly"))
    return [
        Row(f"CSV of {size:,} rows to stored and ranked", round(taken, 2), "s", limit=20),
        beside("the same", taken, "s", "csv + phonenumbers + SQLite in a plain loop", peer),
        Row("longest the screen waits meanwhile", round(max(gaps) * 1000), "ms"),
        Row("the same, 99 of 100 waits", round(sorted(gaps)[int(len(gaps) * 0.99)] * 1000), "ms"),
    ]


def _file(folder: Path, size: int) -> Path:
    """As an address book exports it; numbers as people write them."""
    folder.mkdir()
    file = folder / "people.csv"
    with file.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(_HEADINGS)
        for place, one in enumerate(contacts(size)):
            email = f"{one.given.replace(' ', '')}.{one.family}.{place}@example.com"
            number = _as_written(one.numbers[0].e164)
            writer.writerow(
                (one.given, one.family, one.company, one.role, email, number, "Met at the fair", "Leeds")
            )
    return file


def _as_written(e164: str) -> str:
    if e164.startswith("+44"):
        return f"0{e164[3:6]} {e164[6:9]} {e164[9:]}"
    return f"+1 ({e164[2:5]}) {e164[5:8]}-{e164[8:]}"


async def _import(file: Path, folder: Path) -> tuple[float, list[float], int]:
    """Seconds, the waits of the loop beyond a beat, and how many people there are then."""
    store = TinyStore.open(folder)
    cockpit = Cockpit(
        store, parts(folder).settings, lambda: Library(ROOT / "scripts"), SilentDialer(), SteppedClock(NOW)
    )
    await cockpit.open()
    gaps: list[float] = []
    beating = asyncio.create_task(_beat(gaps))
    try:
        began = time.perf_counter()
        seen = await asyncio.to_thread(cockpit.importing.look, file, (), "Autumn", "GB")
        report = await cockpit.importing.run(seen, lambda done: None, lambda: False)
        taken = time.perf_counter() - began
    finally:
        beating.cancel()
        await cockpit.close()
    return taken, gaps, report.created if report else 0


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
            number = phonenumbers.parse(row["Business Phone"], "GB")
            row["e164"] = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            db.execute("insert into people values (?)", (json.dumps(row),))
    db.commit()
    return time.perf_counter() - began
