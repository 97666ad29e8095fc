"""What the doctor says of the people folder: when it was read, whose files there are, whose clock was fast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tui.cli.machine import Check
from tui.cli.wiring import Parts, reading
from tui.domain.day_words import number_of
from tui.domain.window import local
from tui.storage.protocol import Store
from tui.storage.sharing.folder import READ, PeopleFolder, Place, place_of_document
from tui.storage.sharing.notes import EVERYTHING, FOLDER, NOTES
from tui.storage.values import moment

_NAME = "People folder"


def people_folder_checks(parts: Parts) -> Iterator[Check]:
    """A row for the folder, and one for each thing in it that is not as it should be."""
    path = parts.settings.people_folder
    if path is None:
        return
    with reading(parts) as store:
        found = map(place_of_document, store.states(READ).values())
        places = [place for place in found if place is not None and place.rep]
        names = {place.rep: _name(place.rep, store) for place in places}
        waiting, read_at = store.states(NOTES), moment(store.state(FOLDER).get("read_at"))
    told = [str(path), _when(read_at, parts.settings.zone)]
    if names:
        told.append("files of " + ", ".join(sorted(dict.fromkeys(names.values()))))
    yield _folder(path, ", ".join(told), is_first=read_at is None)
    if waiting:
        count = "everything" if EVERYTHING in waiting else number_of(len(waiting), "record")
        yield Check(_NAME, "hint", f"{count} of yours will go there when you next open Power Hour")
    for place in places:
        yield from _of_file(place, names[place.rep])


def _name(rep: str, store: Store) -> str:
    known = store.rep(rep)
    return known.label if known and known.label else "a colleague"


def _when(read_at: datetime | None, zone: str) -> str:
    return f"last read {local(read_at, zone):%Y-%m-%d %H:%M}" if read_at else "not read yet"


def _folder(path: Path, told: str, *, is_first: bool) -> Check:
    try:
        keeps_rights = PeopleFolder(path, "").keeps_rights
    except OSError as error:
        if is_first and isinstance(error, FileNotFoundError) and path.parent.is_dir():
            return Check(_NAME, "ok", f"{told}: it is made when you next open Power Hour")
        why = "Plug the drive in or start the sync program; until then you have your own people only."
        return Check(_NAME, "hint", f"{told}: {error.strerror}", why)
    if keeps_rights:
        return Check(_NAME, "ok", told)
    return Check(
        _NAME, "hint", told, "The drive knows no rights: whoever holds it can read your people. Encrypt it."
    )


def _of_file(place: Place, name: str) -> Iterator[Check]:
    if place.fast_s:
        by = number_of(max(round(place.fast_s / 60), 1), "minute")
        yield Check(
            _NAME, "hint", f"the clock of {name} was fast by {by}", f"Ask {name} to set the clock right."
        )
    if place.damaged:
        lines = number_of(place.damaged, "line")
        yield Check(
            _NAME, "hint", f"{lines} of {place.name} cannot be read", "All other lines were taken in."
        )
    if place.is_newer:
        yield Check(_NAME, "hint", f"{name} has a newer Power Hour", "Update yours to read what they write.")
