"""What other tables hold that ours do not: a file of another program, or steps that were saved beside ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tui.storage.lines import Commit
from tui.storage.records import Named
from tui.storage.rows import NO_ROWS, Changes, Rows, show
from tui.storage.values import Document, load

Tables = Mapping[str, Rows]
Place = tuple[str, int]
"""Table and key."""

_RECORDS = (
    *("contacts", "calls", "sessions", "do_not_call", "planned_calls", "reps"),
    *("same_person", "forgotten", "hash_keys"),
)
"""Tables whose documents are known by their `id`, wherever they stand."""
_DERIVED = frozenset({"meta", "next_steps", "state"})
"""What the program works out again, or what only says where it was."""


def tables_of(commits: Iterable[Commit]) -> dict[str, Rows]:
    """What these commits wrote and none of them removed again."""
    tables: dict[str, Rows] = {}
    for commit in commits:
        show(tables, commit.changes)
    return tables


def removed_in(*commits: Changes) -> set[Place]:
    """What these commits removed."""
    return {
        (name, key)
        for changes in commits
        for name, documents in changes.items()
        for key, raw in documents.items()
        if raw is None
    }


def lacking(theirs: Tables, ours: Tables, removed: set[Place], *, state: bool = False) -> int:
    """How many of their records ours lack, or hold in no later revision; with `state`, where the program was, too."""
    count = sum(1 for _ in _unknown(theirs, ours, removed))
    for name in (*_RECORDS, "state") if state else _RECORDS:
        rows = ours.get(name, NO_ROWS)
        known = _Names(name, rows)
        for key, raw in theirs.get(name, NO_ROWS).raws():
            if rows.raw(key) == raw:
                continue
            if (found := known.key_of(raw)) is None:
                count += name == "state"
                continue
            mine = rows.raw(found) or b"{}"
            count += mine != raw and (name == "state" or 0 < _rev(raw) >= _rev(mine))
    return count


def additions(theirs: Tables, ours: Tables, removed: set[Place]) -> dict[str, dict[int, bytes | None]]:
    """Their records that ours do not know, each under a key nobody has; what ours removed stays away."""
    found: dict[str, dict[int, bytes | None]] = {}
    for name, key, raw in _unknown(theirs, ours, removed):
        rows = ours.get(name, NO_ROWS)
        # A record of ours that is being written may have got its key already: never one that was free a moment ago.
        place = rows.next_key() if name in _RECORDS and rows is not NO_ROWS else key
        found.setdefault(name, {})[place] = raw
    return found


def _unknown(theirs: Tables, ours: Tables, removed: set[Place]) -> Iterator[tuple[str, int, bytes]]:
    for name in theirs:
        rows = ours.get(name, NO_ROWS)
        if name in _DERIVED:
            continue
        known = _Names(name, rows)
        for key, raw in theirs[name].raws():
            if (name, key) in removed or rows.raw(key) == raw:
                continue
            if known.key_of(raw) is None if name in _RECORDS else not rows.holds(key):
                yield name, key, raw


class Covered:
    """What commits were written over, in case they go on from other tables than those they were written to."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], bytes] = {}

    def cover(self, ours: Tables, changes: Changes) -> None:
        """Remember what stands where these changes will stand."""
        for name in _RECORDS:
            for key, raw in changes.get(name, {}).items():
                before = ours.get(name, NO_ROWS).raw(key)
                if before is None:
                    continue
                record = name, str(load(before).get("id"))
                if raw is None:
                    self._found.pop(record, None)
                else:
                    self._found[record] = before

    def tables(self) -> dict[str, Rows]:
        """The last of each record."""
        tables: dict[str, Rows] = {}
        for (name, _), raw in self._found.items():
            rows = tables.setdefault(name, Rows())
            rows.put(rows.next_key(), raw)
        return tables


class _Names:
    """The keys of a table by the names of its documents, found when the first is asked for."""

    def __init__(self, table: str, rows: Rows) -> None:
        self._name = "key" if table == "state" else "id"
        self._named = Named(table, rows, self._name)

    def key_of(self, raw: bytes) -> int | None:
        """Where the document of the same name stands; None when there is none."""
        name = load(raw).get(self._name)
        return self._named.keys.get(name) if isinstance(name, str) else None


def _rev(raw: bytes) -> int:
    document: Document = load(raw)
    found = document.get("rev")
    return found if isinstance(found, int) else 0
