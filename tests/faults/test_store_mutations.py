"""The files of a store changed in every way we can think of: no crash, and nothing that is still there lost in silence.

`POWERHOUR_MUTATIONS` is the number of cases; unset, a sample of them for a run of every day.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB

from tui.domain.call import Call, Note
from tui.domain.contact import Contact, Number
from tui.domain.do_not_call import Entry
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.session import Session
from tui.storage.protocol import Change, StoreError
from tui.storage.tiny import TinyStore

pytestmark = pytest.mark.usefixtures("no_sync")

CASES = int(os.environ.get("POWERHOUR_MUTATIONS", "250"))
START = datetime(2026, 11, 24, 10, tzinfo=UTC)
DATA = "sessions.json"
NAMES = (DATA, f"{DATA}.journal", f"{DATA}.bak", f"{DATA}.journal.bak")
TABLES = ("contacts", "calls", "sessions", "do_not_call")
Files = dict[str, bytes]
Records = dict[tuple[str, str], bytes]
"""The line of each record, by table and id."""


# -- a history to damage


def work(store: TinyStore, first: int, last: int, who: str = "c") -> None:
    """Outcomes as the cockpit writes them: a new call each, its person, session, state and queue; now and then more."""
    for number in range(first, last):
        now = START + timedelta(minutes=number)
        contact = store.contact(f"{who}{number % 4}") or Contact(
            f"{who}{number % 4}",
            name=f'Ann "{who}" Rossi\n',
            numbers=(Number("+442079460100", "020 7946 0100"),),
        )
        call = Call(
            f"{who}k{number}",
            contact.id,
            now,
            "talked",
            Category.CONVERSATION,
            notes=(Note(now, "x" * number),),
        )
        store.commit(
            Change(
                contacts=(replace(contact, remembered={"last": str(number)}),),
                calls=(call,),
                sessions=(Session("s1", START, 900.0, spent={"talking": float(number)}),),
                do_not_call=(Entry(f"e{number}", now, now.date(), firm="Acme"),) if number % 5 == 0 else (),
                removed=(f"{who}gone",) if number == 8 else (),
                state={"running": {"number": number}},
                next_steps={contact.id: NextStep("call", "follow_up", None, tries=number)},
                policy_hash="p",
            ),
            now,
        )
        if number == 3:
            store.commit(Change(contacts=(Contact(f"{who}gone", name="Sample"),)), now)


def files_in(folder: Path) -> Files:
    return {name: (folder / name).read_bytes() for name in NAMES if (folder / name).exists()}


def records(store: TinyStore) -> Records:
    """Every record as it is, keys in one order: TinyDB and the program write the same one with other blanks."""
    found: Records = {}
    for table in TABLES:
        for _, raw in store.db.storage.rows(table).raws():
            document = json.loads(raw)
            found[table, str(document.get("id"))] = raw
    return found


@dataclass
class History:
    """Stages of one store as it grows, and all that any record ever was."""

    stages: list[tuple[Files, Records]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def note(self, store: TinyStore, folder: Path) -> None:
        """Remember the files and what was acknowledged."""
        self.stages.append((files_in(folder), records(store)))
        self.known |= {plain(raw) for raw in self.stages[-1][1].values()}


def plain(raw: bytes) -> str:
    return json.dumps(json.loads(raw), sort_keys=True)


def grown(folder: Path, who: str) -> History:
    """A store after each of: a first crash, a clean exit, a second one, and another crash."""
    history, at = History(), 1
    for count, crash in ((5, True), (4, False), (6, False), (4, True)):
        store = TinyStore.open(folder)
        for _ in range(count):
            work(store, at, at + 1, who)
            history.known |= {plain(raw) for raw in records(store).values()}
            at += 1
        if crash:
            history.note(store, folder)
            store.db.storage.abandon()
        else:
            store.close()
            history.note(store, folder)
    return history


# -- the mutations


def flip(raw: bytearray, dice: random.Random) -> None:
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)


def flips(raw: bytearray, dice: random.Random) -> None:
    for _ in range(16):
        flip(raw, dice)


def cut(raw: bytearray, dice: random.Random) -> None:
    del raw[dice.randrange(len(raw)) :]


def cut_at_a_line(raw: bytearray, dice: random.Random) -> None:
    ends = [at + 1 for at, byte in enumerate(raw) if byte == 10]
    del raw[dice.choice(ends or [0]) :]


def zeros(raw: bytearray, dice: random.Random) -> None:
    size = dice.choice((16, 512, 4096))
    at = dice.randrange(len(raw)) // size * size
    raw[at : at + size] = bytes(min(size, len(raw) - at))


def pages_swapped(raw: bytearray, dice: random.Random) -> None:
    one, other = (dice.randrange(len(raw) // 64 + 1) * 64 for _ in range(2))
    a, b = raw[one : one + 64], raw[other : other + 64]
    if len(a) == len(b):
        raw[one : one + 64], raw[other : other + 64] = b, a


def _lines(change: Callable[[list[bytes], int], object]) -> Callable[[bytearray, random.Random], None]:
    def mutate(raw: bytearray, dice: random.Random) -> None:
        lines = bytes(raw).split(b"\n")
        change(lines, dice.randrange(max(1, len(lines) - 1)))
        raw[:] = b"\n".join(lines)

    return mutate


def _swap(lines: list[bytes], at: int) -> None:
    lines[at : at + 2] = reversed(lines[at : at + 2])


def emptied(raw: bytearray, dice: random.Random) -> None:
    raw.clear()


def garbage_behind(raw: bytearray, dice: random.Random) -> None:
    raw += dice.randbytes(40) + dice.choice((b"", b"\n"))


def twice(raw: bytearray, dice: random.Random) -> None:
    raw += bytes(raw)


def other_encoding(raw: bytearray, dice: random.Random) -> None:
    text = raw.decode("latin-1")
    raw[:] = text.replace("Rossi", "Rössi").encode(dice.choice(("utf-16", "utf-8-sig", "latin-1", "utf-32")))


def line_ends(raw: bytearray, dice: random.Random) -> None:
    raw[:] = bytes(raw).replace(b"\n", b"\r\n")


def a_letter(raw: bytearray, dice: random.Random) -> None:
    raw[:] = bytes(raw).replace(b"Ann", b"Amn", dice.choice((1, -1)))


INSIDE = {
    **{
        change.__name__: change for change in (flip, flips, cut, cut_at_a_line, zeros, pages_swapped, emptied)
    },
    **{change.__name__: change for change in (garbage_behind, twice, other_encoding, line_ends, a_letter)},
    "line twice": _lines(lambda lines, at: lines.insert(at, lines[at])),
    "line gone": _lines(lambda lines, at: lines.pop(at)),
    "lines swapped": _lines(_swap),
}


@dataclass
class Case:
    """One folder, what is done to it, and whose records were changed on purpose."""

    folder: Path
    history: History
    other: History
    dice: random.Random
    done: list[str] = field(default_factory=list)
    meant: set[tuple[str, str]] = field(default_factory=set)
    added: bool = False
    changed: bool = False
    rewritten: bool = False
    """Whether TinyDB wrote the data file."""

    @property
    def all_meant(self) -> bool:
        """What TinyDB wrote has no checksum: what else was changed in the file is taken as meant."""
        return self.changed and self.rewritten

    def mutate(self) -> None:
        """One thing that somebody, something or the disk does."""
        names = [name for name in NAMES if (self.folder / name).exists()]
        kind = self.dice.choice(("inside",) * 6 + ("older", "theirs", "swapped", "gone", "tinydb", "tinydb"))
        name = self.dice.choice(names) if names else DATA
        path = self.folder / name
        if kind == "inside" and path.exists() and path.stat().st_size:
            what = self.dice.choice(list(INSIDE))
            raw = bytearray(path.read_bytes())
            INSIDE[what](raw, self.dice)
            self.changed |= name == DATA
            path.write_bytes(raw)
            self.done.append(f"{what} in {name}")
        elif kind in ("older", "theirs"):
            copies = [
                files[name]
                for files, _ in (self.history if kind == "older" else self.other).stages
                if name in files
            ]
            if copies:
                path.write_bytes(self.dice.choice(copies))
                self.done.append(f"{name} {kind}")
        elif kind == "swapped" and len(names) > 1:
            one, other = (self.folder / each for each in self.dice.sample(names, 2))
            one_content, other_content = one.read_bytes(), other.read_bytes()
            one.write_bytes(other_content)
            other.write_bytes(one_content)
            self.done.append(f"{one.name} for {other.name}")
        elif kind == "gone" and path.exists():
            path.unlink()
            self.done.append(f"{name} gone")
        elif kind == "tinydb":
            self._edit()

    def _edit(self) -> None:
        try:
            with TinyDB(self.folder / DATA) as plain_file:
                table = plain_file.table(self.dice.choice(("contacts", "calls")))
                documents = table.all()
                what = self.dice.choice(("insert", "update", "remove")) if documents else "insert"
                if what == "insert":
                    table.insert({"id": "byhand", "name": "By Hand"})
                    self.added = True
                else:
                    one = self.dice.choice(documents)
                    self.meant.add((table.name, str(one.get("id"))))
                    table.update(
                        {"name": "Changed"}, doc_ids=[one.doc_id]
                    ) if what == "update" else table.remove(doc_ids=[one.doc_id])
                self.done.append(f"tinydb {what}")
                self.rewritten = True
        except Exception:  # the file is damaged already: TinyDB raises whatever it likes
            self.added = False


# -- what must hold


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
