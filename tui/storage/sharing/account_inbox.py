"""Whole accounts of colleagues that wait for an open cockpit: `powerhour merge` leaves them here.

    merge_inbox/1795435200000-0.jsonl      a copy of the file, made under another name first, so that it is whole

The cockpit takes them in while the queue is shown, and a command that merges takes them along.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tui.storage import disk, messages
from tui.storage.protocol import NotSaved
from tui.storage.sharing.account_file import ENDING, files_in

FOLDER = "merge_inbox"
_PART, _BROKEN = ".part", ".not-merged"


class AccountInbox:
    """The inbox of a data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def leave(self, source: Path, now: datetime) -> None:
        """Copy a file in; it is on the disk when this returns. Raises `NotSaved`."""
        folder = self._folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = f"{int(now.timestamp() * 1000)}-"
            number = sum(1 for one in folder.iterdir() if one.name.startswith(name))
            target = folder / f"{name}{number:03}{ENDING}"
            part = target.with_suffix(_PART)
            disk.copy(source, part)
            part.replace(target)
            disk.sync_folder(folder)
        except OSError as error:
            raise NotSaved(messages.not_saved(folder, error)) from error

    def waiting(self) -> tuple[Path, ...]:
        """The files that wait, the oldest first; costs one look at the folder when there are none."""
        if not self._folder.is_dir():
            return ()
        with suppress(OSError):
            if any(one.suffix == ENDING for one in self._folder.iterdir()):
                return files_in([self._folder])
        return ()

    def taken(self, path: Path) -> None:
        """What was taken in goes. One that cannot go is merged again, which changes nothing."""
        with suppress(OSError):
            path.unlink(missing_ok=True)
            self._folder.rmdir()  # only when it is empty

    def refused(self, path: Path) -> Path:
        """What cannot be merged stays under another name; where it is now."""
        aside = path.with_suffix(_BROKEN)
        with suppress(OSError):
            path.replace(aside)
        return aside
