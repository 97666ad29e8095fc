"""One visit to the people folder: what waits here goes there, and what is new there comes back.

It may take as long as a drive does, so it is made on a thread of its own. It only reads the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from sys import maxsize

from msgspec import Struct, field

from tui.storage.protocol import Store
from tui.storage.sharing.folder import Gone, News, OwnFile, PeopleFolder, Places, is_refusal
from tui.storage.sharing.outbox import Waiting, lines_of_everything, waiting

SENT_AT_ONCE = 1_000
"""Records that are added to our file at once; the others go with the next visit."""


class Errand(Struct):
    """What a visit is for, and what came of it."""

    own: OwnFile
    """Our file as we left it; as it is now once the visit is over."""
    heard: Places
    """How far each file was read for what has to be obeyed at once."""
    read: Places | None = None
    """How far each file was read for all the rest; None while that may wait."""
    writes: bool = True
    notes_since: datetime | None = None
    """Notes from before stay at home; None: the team keeps all."""
    sent: Waiting | None = None
    """What stands in our file now."""
    is_gone: bool = False
    """Our file was lost: all of it has to be written again."""
    urgent: News = field(default_factory=News)
    rest: News = field(default_factory=News)
    keeps_rights: bool = True
    moved: int = 0
    """Grows while the drive answers."""


def visit(folder: PeopleFolder, store: Store, errand: Errand, now: datetime) -> Errand:
    """Go there and back. Raises OSError when the folder cannot be used."""
    if not errand.own.generation:
        folder.make()
    errand.keeps_rights = folder.keeps_rights
    if errand.writes:
        _write(folder, store, errand, now)
    errand.urgent = folder.news(errand.heard, now, errand.own, is_refusal, maxsize)
    errand.moved += 1
    if errand.read is not None:
        errand.rest = folder.news(errand.read, now, errand.own)
    return errand


def _write(folder: PeopleFolder, store: Store, errand: Errand, now: datetime) -> None:
    sent = waiting(store, SENT_AT_ONCE, errand.notes_since)
    if sent is None:
        errand.is_gone = errand.own.generation > 0 and not folder.stands(errand.own)
        return
    try:
        if sent.is_everything:
            lines = _counted(lines_of_everything(store, errand.notes_since), errand)
            errand.own = folder.rewrite(errand.own, lines, now)
        else:
            errand.own = folder.add(errand.own, sent.lines)
        errand.sent = sent
    except Gone:
        errand.is_gone = True


def _counted(lines: Iterable[bytes], errand: Errand) -> Iterator[bytes]:
    for line in lines:
        errand.moved += 1
        yield line
