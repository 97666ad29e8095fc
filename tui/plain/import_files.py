"""Which file is imported: those of a folder by number, any other by its path."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from tui.cockpit.wording.typed import typed_ask
from tui.domain.day_words import full_date
from tui.plain.dialogs import Row, fitting, pick
from tui.plain.room import Room
from tui.plain.words import say
from tui.plaintext import clean
from tui.system.contact_files import FILE_ENDINGS, found_as, look_into
from tui.system.readfile import aside, expanded, is_folder


class Listed(Struct, frozen=True):
    """What a folder offers."""

    files: tuple[tuple[Path, float], ...] = ()
    """Files that may hold contacts, the newest first, each with when it was changed: seconds since 1970."""
    folders: tuple[Path, ...] = ()
    problem: str = ""
    """Why nobody can look into it."""


def listed(folder: Path) -> Listed:
    """What stands in a folder. It may take as long as the disk does."""
    found = look_into(folder)
    folders = tuple(path for path in found.shown if is_folder(path))
    files = [(path, _changed(path)) for path in found.shown if path not in folders]
    return Listed(tuple(sorted(files, key=lambda one: -one[1])), folders, found.problem)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


class ImportFiles:
    """Asks for a file, from folder to folder."""

    def __init__(self, room: Room) -> None:
        self._room, self._folder = room, room.given.import_from

    async def ask(self) -> Path | None:
        """The file the rep chose or named, whether it is there or not; None when they leave it."""
        while True:
            found = await self._room.of_disk(aside(listed, self._folder), self._folder)
            if found is None:
                return None
            if found.problem:
                self._room.say(say("no_folder", folder=clean(str(self._folder)), why=found.problem))
            chosen = await pick(self._room, self._title(found), fitting(self._rows(found)), _named)
            if chosen is None:
                return None
            led = await self._room.of_disk(aside(found_as, Path(chosen), self._folder), Path(chosen))
            if led is None:
                continue
            path, what = led
            if what != "folder":
                return path
            self._folder = path

    def _title(self, found: Listed) -> str:
        folder = clean(str(self._folder))
        return say("which_file", which=typed_ask("path").title, folder=folder, files=len(found.files))

    def _rows(self, found: Listed) -> Sequence[Row]:
        above = self._folder.parent
        up = [(str(above), say("folder_above", name=_name(above)))] if above != self._folder else []
        folders = [(str(path), say("folder", name=_name(path))) for path in found.folders]
        return [*(self._row(path, changed) for path, changed in found.files), *folders, *up]

    def _row(self, path: Path, changed: float) -> Row:
        now = self._room.view.now
        day = datetime.fromtimestamp(changed, now.tzinfo).date()
        return str(path), say("file", name=_name(path), day=full_date(day, now.date()))


def _name(path: Path) -> str:
    return clean(path.name) or clean(str(path))


def _named(typed: str) -> str | None:
    """The path that was typed or dropped; None for words that narrow the list."""
    text = typed.strip().strip("\"'")
    is_path = "/" in text or os.sep in text or text.startswith("~") or text == os.pardir
    return str(expanded(text)) if is_path or Path(text).suffix.casefold() in FILE_ENDINGS else None
