"""Last good versions of the files people edit: copies in the rep's data folder, by hash, with their date.

A mistake in a shared file must not take words or rules away, also not after a restart. Each version is a folder of
its own, `<name>/<date>-<hash>/`, that holds the file and those it takes parts from, as they were read. Only the rep
can read them. Nothing here raises: a copy that cannot be kept, or is damaged, is as if it had never been made.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

FOLDER = "last_good"
"""Where the copies lie in the data folder."""
KEPT = 3
"""Versions kept of one file, so that one saved under a wrong id does not push the right one out."""
_DATE = "%Y%m%dT%H%M%S.%fZ"
_TICK = timedelta(microseconds=1)


class Copy(Struct, frozen=True):
    """One version of a file that could be used."""

    path: Path
    """The file; those it takes parts from lie beside it."""
    digest: str
    at: datetime
    """When it was read on this computer for the first time since it was saved, UTC."""


class Copies:
    """The copies of one team folder's files. `now` gives the moment a version is first kept."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._now = now

    @classmethod
    def of_team(cls, data: Path, team: Path, what: str, now: Callable[[], datetime]) -> Copies:
        """The copies of a team's `what` (`scripts`, `settings`), under the data folder; each team has its own."""
        import hashlib  # when copies are asked for

        where = hashlib.sha256(os.path.realpath(team).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return cls(data / FOLDER / where / what, now)

    def names(self) -> list[str]:
        """The files of which there is a copy."""
        return sorted(folder.name for folder in _folders(self._folder))

    def versions(self, name: str) -> list[Copy]:
        """The versions of a file, the newest first."""
        found = (_copy(folder, name) for folder in _folders(self._folder / name))
        return sorted((copy for copy in found if copy), key=lambda copy: copy.at, reverse=True)

    def keep(self, name: str, digest: str, texts: Mapping[str, str]) -> None:
        """Keep a version as the newest: file name to text, `name` among them. Those beyond `KEPT` go.

        One that comes back after another is the newest again.
        """
        before = self.versions(name)
        if before and before[0].digest == digest:
            return
        at = self._now().astimezone(UTC)
        if before:
            at = max(at, before[0].at + _TICK)  # also where the clock was put back
        try:
            self._put(name, f"{at.strftime(_DATE)}-{digest}", texts)
        except OSError:
            return
        for copy in before:
            if copy.digest == digest or copy in before[KEPT - 1 :]:
                shutil.rmtree(copy.path.parent, ignore_errors=True)

    def _put(self, name: str, version: str, texts: Mapping[str, str]) -> None:
        """Write a version in one step: whoever looks meanwhile sees all of it or nothing."""
        home = self._folder / name
        for folder in reversed((home, *home.parents)):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".", dir=home))
        try:
            for file, text in texts.items():
                _write(made / file, text)
            made.rename(home / version)
        except OSError:
            shutil.rmtree(made, ignore_errors=True)
            raise


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode("utf-8", "replace"))


def _folders(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    except OSError:
        return []


def _copy(folder: Path, name: str) -> Copy | None:
    date, _, digest = folder.name.partition("-")
    try:
        at = datetime.strptime(date, _DATE).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Copy(folder / name, digest, at) if digest and (folder / name).is_file() else None
