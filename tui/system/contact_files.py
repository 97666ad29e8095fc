"""The files a list of contacts may be in: folders, and files of such kinds; where a typed path leads."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

from tui.system.readfile import current_folder, is_file, is_folder

_TABLES = {".csv", ".tsv", ".txt", ".tab", ".xls", ".html", ".htm"}
_WORKBOOKS = {".xlsx", ".xlsm", ".ods"}
"""No list yet: whoever takes one is told how it becomes one."""
FILE_ENDINGS = _TABLES | _WORKBOOKS | {".vcf", ".vcard", ".ldif", ".ldi", ".json", ".jsonl", ".xml"}
"""Files that may hold contacts."""


class Folder(Struct, frozen=True):
    """What was found in a folder."""

    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    """Those that may hold contacts."""
    others: int = 0
    """Files of other kinds."""
    hidden: bool = False
    """It holds something that is hidden."""
    problem: str = ""
    """Why nobody can look into it."""

    @property
    def shown(self) -> tuple[Path, ...]:
        """Folders first, then files that may hold contacts."""
        return (*self.folders, *self.files)


def look_into(folder: Path) -> Folder:
    """What stands in a folder, hidden things left out. It may lie on a drive that takes its time."""
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name.lower())
    except (OSError, ValueError) as error:
        return Folder(problem=getattr(error, "strerror", None) or str(error))
    seen = [path for path in entries if not path.name.startswith(".")]
    folders = dict.fromkeys(path for path in seen if is_folder(path))
    lists = [path for path in seen if path.suffix.casefold() in FILE_ENDINGS and path not in folders]
    others = len(seen) - len(folders) - len(lists)
    return Folder(tuple(folders), tuple(lists), others, hidden=len(seen) < len(entries))


def found_as(path: Path, folder: Path) -> tuple[Path, Literal["file", "folder", "nothing"]]:
    """Where a path that somebody typed leads, and what is there.

    It is meant from the folder that is shown; where nothing of that name is there, from the folder we are in.
    """
    for found in (folder / path, current_folder() / path):
        if is_folder(found):
            return found, "folder"
        if is_file(found):
            return found, "file"
    return path, "nothing"
