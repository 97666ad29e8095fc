"""A store with a history, and everything that somebody, something or the disk may do to its files."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace
from tinydb import TinyDB

from tui.domain.call import Call, Note
from tui.domain.contact import Contact, Number
from tui.domain.do_not_call import Entry
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.session import Session
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

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
