"""The files of a store changed in every way we can think of: no crash, and nothing that is still there lost in silence.

`POWERHOUR_MUTATIONS` is the number of cases; unset, a sample of them for a run of every day.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.damage import NAMES, START, Case, Records, files_in, grown, plain, records, work
from tui.domain.contact import Contact
from tui.storage.protocol import Change, StoreError
from tui.storage.tiny import TinyStore

pytestmark = pytest.mark.usefixtures("no_sync")

CASES = int(os.environ.get("POWERHOUR_MUTATIONS", "250"))


def look_through(store: TinyStore) -> None:
    """Reads everything, as the cockpit would."""
    for contact in store.contacts():
        store.calls(contact.id)
        store.plans(contact.id)
    store.calls()
    store.sessions()
    store.do_not_call()
    store.state("running")
    store.next_steps("p")


def copies_named(folder: Path, notes: list[str]) -> list[bytes]:
    told = " ".join(notes)
    return [path.read_bytes() for path in folder.iterdir() if path.name not in NAMES and path.name in told]


def acknowledged_part(file: tuple[str, bytes]) -> bytes:
    """All of a file; of a journal without a line that was cut short, which no save can have been."""
    name, content = file
    return content[: content.rfind(b"\n") + 1] if "journal" in name and content.isascii() else content


def rev(document: str | None) -> int:
    """The revision of a record; 0 of none."""
    found = json.loads(document).get("rev") if document else 0
    return found if isinstance(found, int) else 0


def check(case: Case, wanted: Records, told: list[str], counts: Counter[str]) -> None:
    """Opens the store; everything the files still hold is there, or in a copy that a note names."""
    left = files_in(case.folder)
    try:
        store = TinyStore.open(case.folder)
    except StoreError:
        counts["refused, untouched"] += 1
        assert files_in(case.folder) == left
        return
    notes = [*told, *store.notes]
    look_through(store)
    found = {key: plain(raw) for key, raw in records(store).items()}
    copies, here = copies_named(case.folder, notes), b"".join(map(acknowledged_part, left.items()))
    lost = 0
    for key, raw in wanted.items():
        if (
            found.get(key) == plain(raw)
            or key in case.meant
            or case.all_meant
            or rev(found.get(key)) > rev(plain(raw))
        ):
            continue
        lost += 1
        if raw in here:
            assert any(raw in copy for copy in copies), (key, "is lost in silence", notes)
    if case.added and b"byhand" in here:
        assert (
            ("contacts", "byhand") in found
            or ("calls", "byhand") in found
            or any(b"byhand" in c for c in copies)
        )
    if not notes and not case.all_meant:
        strange = [
            key
            for key, one in found.items()
            if key[1] != "byhand"
            and key not in case.meant
            and one not in case.history.known
            and one not in case.other.known
        ]
        assert not strange, "invented in silence"
    counts["told" if notes else "nothing to tell"] += 1
    counts["cases with records no file held any more"] += bool(lost)
    assert_it_goes_on(case, store, found)


def assert_it_goes_on(case: Case, store: TinyStore, found: dict[tuple[str, str], str]) -> None:
    """The next start finds the same and has nothing to say; a save is kept."""
    store.db.storage.abandon()
    store = TinyStore.open(case.folder)
    assert store.notes == []
    assert {key: plain(raw) for key, raw in records(store).items()} == found
    store.commit(Change(contacts=(Contact("afterwards", name="Bo Lund"),)), START)
    store.close()
    assert store.notes == [] or all("cannot be used" in note for note in store.notes)
    store = TinyStore.open(case.folder, read_only=True)
    assert store.notes == []
    again = {key: plain(raw) for key, raw in records(store).items()}
    assert again.pop(("contacts", "afterwards"))
    assert again == {key: one for key, one in found.items() if key != ("contacts", "afterwards")}
    store.close()


def run(case: Case, counts: Counter[str]) -> None:
    files, wanted = case.dice.choice(case.history.stages)
    shutil.rmtree(case.folder, ignore_errors=True)
    case.folder.mkdir()
    for name, content in files.items():
        (case.folder / name).write_bytes(content)
    if case.dice.random() < 0.3:
        counts["while it runs"] += 1
        store = TinyStore.open(case.folder)
        work(store, 30, 32)
        case.mutate()
        work(store, 32, 34)
        wanted = records(store)
        case.history.known |= {plain(raw) for raw in wanted.values()}
        store.close() if case.dice.random() < 0.5 else store.db.storage.abandon()
        check(case, wanted, store.notes, counts)
        return
    for _ in range(case.dice.choice((1, 1, 2))):
        case.mutate()
    check(case, wanted, [], counts)


def test_no_change_of_the_files_crashes_it_or_costs_in_silence_what_is_still_there(tmp_path):
    history, other = grown(tmp_path / "ours", "c"), grown(tmp_path / "theirs", "d")
    counts: Counter[str] = Counter()
    for number in range(CASES):
        case = Case(tmp_path / "case", history, other, random.Random(f"{CASES} {number}"))
        try:
            run(case, counts)
        except BaseException as error:
            error.add_note(f"case {number}: {case.done}")
            raise
    print(f"\n{CASES} mutations of the store's files: 0 exceptions, 0 silent losses; {dict(counts)}")
    assert counts["told"] > CASES / 5
    assert counts["nothing to tell"] > CASES / 20
