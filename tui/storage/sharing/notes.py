"""What was written here and does not stand in the people folder yet.

While a store has a people folder, each commit notes what it wrote in the very line of the journal that holds it, so
that a kill in between forgets nothing. A note goes once its record is in the folder, unless the record was written
again meanwhile.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

FOLDER = "people_folder"
"""The piece of state that says where the folder is and how far our own file goes; without it nothing is noted."""
NOTES = "people_folder_unwritten"
"""Begins the names of the notes, one for each record: table and id."""
EVERYTHING = "everything"
"""The note that all of it is to be written again, into a file of the next generation."""
MANY = 2_000
"""So many records of one commit, an import, are no longer noted one by one."""

Notes = dict[str, Mapping[str, Any]]


def noted(
    written: Mapping[str, Mapping[str, bytes | None]], before: Mapping[str, Any], *, rewrites: bool
) -> Notes:
    """The pieces of state that note what a commit writes, given by table and id.

    `before`: the note about everything, as it stands. `rewrites`: something of what our file holds must not stay in it.
    """
    count = sum(map(len, written.values()))
    if count > MANY or rewrites or written.get("forgotten"):
        return everything(before)
    return {
        f"{NOTES}.{table}.{name}": {"crc": zlib.crc32(raw)}
        for table, rows in written.items()
        for name, raw in rows.items()
        if raw is not None
    }


def everything(before: Mapping[str, Any]) -> Notes:
    """The note about everything; another one than before, so that what is being written now does not take it away."""
    number = before.get("n")
    return {f"{NOTES}.{EVERYTHING}": {"n": number + 1 if isinstance(number, int) else 1}}
