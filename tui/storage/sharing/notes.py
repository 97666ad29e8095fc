"""What was written here and does not stand in the people folder, or in the shared list, yet.

While a store has one, each commit notes what it wrote in the very line of the journal that holds it, so that a kill in
between forgets nothing. A note goes once its record is there, unless the record was written again meanwhile.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

FOLDER = "people_folder"
"""The piece of state that says where the folder is and how far our own file goes; without it nothing is noted."""
NOTES = "people_folder_unwritten"
"""Begins the names of the notes, one for each record: table and id."""
EVERYTHING = "everything"
"""The note that all of it is to be written again, into a file of the next generation."""
MANY = 2_000
"""So many records of one commit, an import, are no longer noted one by one for the folder."""
LIST = "shared_list"
"""The piece of state that says which shared list it is and how far it was read; without it nothing is noted."""
UNSENT = "shared_list_unsent"
"""Begins the names of the notes for the shared list."""
FORGOTTEN = "forgotten"
"""The table of those of whom nothing is kept."""

Notes = dict[str, Mapping[str, Any]]


def notes_of(
    written: Mapping[str, Mapping[str, bytes | None]],
    state: Callable[[str], Mapping[str, Any]],
    *,
    shared: Collection[str],
    known_to_team: bool,
    rewrites: bool,
) -> Notes:
    """The pieces of state that note a commit for whatever the store shares its records through; mostly none.

    `written` is all of it by table and id, `shared` names the tables that colleagues see. `known_to_team` and
    `rewrites` as in `noted`. Whoever is forgotten is told in any case, and for the list everything that goes with them.
    """
    found: Notes = {}
    folder, listed = bool(state(FOLDER)), bool(state(LIST))
    if not (folder or listed):
        return found
    told = {table: rows for table, rows in written.items() if table in shared}
    if folder:
        some = {table: rows for table, rows in told.items() if not known_to_team or table == FORGOTTEN}
        found |= noted(some, state(f"{NOTES}.{EVERYTHING}"), rewrites=rewrites)
    if listed and (not known_to_team or told.get(FORGOTTEN)):
        found |= unsent(told)
    return found


def unsent(written: Mapping[str, Mapping[str, bytes | None]]) -> Notes:
    """The notes for the shared list, one for each record."""
    return {f"{UNSENT}.{name}": note for name, note in _one_by_one(written)}


def _one_by_one(written: Mapping[str, Mapping[str, bytes | None]]) -> Iterator[tuple[str, dict[str, int]]]:
    for table, rows in written.items():
        for name, raw in rows.items():
            if raw is not None:
                yield f"{table}.{name}", {"crc": zlib.crc32(raw)}


def noted(
    written: Mapping[str, Mapping[str, bytes | None]], before: Mapping[str, Any], *, rewrites: bool
) -> Notes:
    """The pieces of state that note what a commit writes, given by table and id.

    `before`: the note about everything, as it stands. `rewrites`: something of what our file holds must not stay in it.
    """
    count = sum(map(len, written.values()))
    if count > MANY or rewrites or written.get(FORGOTTEN):
        return everything(before)
    return {f"{NOTES}.{name}": note for name, note in _one_by_one(written)}


def everything(before: Mapping[str, Any]) -> Notes:
    """The note about everything; another one than before, so that what is being written now does not take it away."""
    number = before.get("n")
    return {f"{NOTES}.{EVERYTHING}": {"n": number + 1 if isinstance(number, int) else 1}}
