"""Recording calls: the softphone's recorder switched per call, and its files kept with the call they belong to."""

from __future__ import annotations

import time
from pathlib import Path

from tui.dialer.protocol import DialError
from tui.dialer.softphone_config import RECORDER
from tui.dialer.softphone_link import Link

_SIDES = {"enc": "rep", "dec": "customer"}
"""The recorder's names for the two directions of a call."""


class Recordings:
    """The folder calls are recorded to. A file belongs to the call during which it appeared."""

    def __init__(self, folder: Path) -> None:
        """The folder is made, readable by its owner alone. Raises `DialError` when it cannot be."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.chmod(0o700)
            self._known = set(self._files())
        except OSError as error:
            raise DialError(f"Calls cannot be recorded to {folder}: {error.strerror}.") from error
        self._of_call: dict[str, list[Path]] = {}

    def claim(self, call_id: str) -> None:
        """Files that appeared since the last look belong to this call."""
        for file in self._files():
            if file not in self._known:
                self._known.add(file)
                self._of_call.setdefault(call_id, []).append(file)

    def finish(self, call_id: str, keep: bool) -> tuple[Path, ...]:
        """The files of a call that ended, under names a person can read; deleted when it was not to be recorded."""
        self.claim(call_id)
        stamp = time.strftime("call-%Y-%m-%d-%H%M%S")
        kept = []
        for file in self._of_call.pop(call_id, []):
            self._known.discard(file)
            if keep:
                kept.append(self._renamed(file, stamp))
            else:
                file.unlink(missing_ok=True)
        return tuple(kept)

    def _renamed(self, file: Path, stamp: str) -> Path:
        side = _SIDES.get(file.stem.rpartition("-")[2], "part")
        tries = (f"{stamp}{f'-{n}' if n else ''}-{side}.wav" for n in range(1000))
        free = next(path for name in tries if not (path := self.folder / name).exists())
        try:
            return file.rename(free)
        except OSError:
            return file

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("dump-*.wav"))


class Recorder:
    """The recorder of one softphone: off unless the next call is to be recorded."""

    def __init__(self, link: Link, recordings: Recordings | None) -> None:
        """No `recordings`: nothing is ever recorded."""
        self._link, self._recordings = link, recordings
        self._loaded = False
        self._calls: set[str] = set()
        self.wanted = False
        """Whether the next call is recorded."""

    @property
    def possible(self) -> bool:
        """Whether the rep allows recordings and the softphone came with its recorder."""
        return self._recordings is not None and self._link.can_record()

    async def before_a_dial(self, calls_up: int) -> None:
        """Switch the recorder as wanted. Raises `DialError` when it should record and cannot."""
        if self.wanted and not self._loaded:
            if "ERROR" in await self._link.ask("insmod", RECORDER):
                raise DialError(
                    "The softphone cannot record, so it did not ring. Turn recording off to go on."
                )
            self._loaded = True
        # Taken out while a call is up, the recorder brings the whole softphone down.
        elif not self.wanted and self._loaded and not calls_up:
            self._loaded = False
            await self._link.ask("rmmod", f"{RECORDER}.so")

    def rung(self, call_id: str) -> None:
        """The call just dialled is the one that was meant."""
        if self.wanted:
            self._calls.add(call_id)

    def goes_on(self, call_id: str) -> None:
        """The call changed: files that just appeared are its own."""
        if self._recordings:
            self._recordings.claim(call_id)

    def over(self, call_id: str) -> tuple[Path, ...]:
        """The files of the call that ended; those of a call nobody meant to record are deleted."""
        keep = call_id in self._calls
        self._calls.discard(call_id)
        return self._recordings.finish(call_id, keep) if self._recordings else ()

    def gone(self) -> None:
        """The softphone was started afresh, without its recorder."""
        self._loaded = False
