"""Records of a small team, and how a rep sends and claims them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tui.domain.call import Call
from tui.domain.contact import Contact, Number
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.domain.shared.forgotten import Forgotten
from tui.shared_list.port import (
    Lease,
    Outgoing,
    Pushed,
    SharedList,
)

NUMBER, OTHER = "+442079460105", "+442079460106"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def person(name: str = "Eva Brandt", number: str = NUMBER, **more: Any) -> Contact:
    numbers = (Number(number, number),) if number else ()
    return Contact(id=f"id-{name.split()[0].casefold()}", name=name, numbers=numbers, **more)


def call(
    at: datetime, contact: str = "id-eva", rep: str = "rep-kim", id: str = "call-1", **more: Any
) -> Call:
    return Call(id, contact, at, "no_answer", Category.NO_ANSWER, rep=rep, **more)


def refusal(id: str = "no-1", rep: str = "rep-kim", **more: Any) -> Entry:
    return Entry(id, NOON, date(2026, 11, 23), rep=rep, why="asked", **more)


def lift(of: str, rep: str = "rep-boss", **more: Any) -> Entry:
    return Entry(f"lift-{of}", NOON, date(2026, 11, 23), "lift", rep=rep, lifts=(of,), **more)


TABLES: dict[type[Any], str] = {
    Contact: "contacts",
    Call: "calls",
    Entry: "do_not_call",
    Forgotten: "forgotten",
}


def out(record: Any, base: int = 0) -> Outgoing:
    return Outgoing(TABLES.get(type(record), "same_person"), record, base)


def send(to: SharedList, *records: Any, heard: int | None = None) -> Pushed:
    """Push as a rep does who has heard of everything."""
    at = to.pull(0) if heard is None else None
    known = {row.ref: row.version for row in at.rows} if at else {}
    rows = [out(one, known.get(out(one).ref, 0)) for one in records]
    return to.push(rows, at.newest if at else heard or 0)


def version(of: SharedList, table: str, id: str) -> int:
    return next(row.version for row in of.pull(0).rows if row.ref == (table, id))


def take(by: SharedList, *ids: str) -> Lease | None:
    return next(iter(by.claim([ids or ("id-eva",)], 1)), None)
