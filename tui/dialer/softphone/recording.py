"""Recording calls: the softphone's recorder switched per call, and its files kept with the call they belong to."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
import wave
from collections.abc import Callable
from pathlib import Path

from tui.dialer.protocol import DialError, say
from tui.dialer.softphone.calls import OpenCall
from tui.dialer.softphone.config import RECORDER
from tui.dialer.softphone.link import Link
from tui.locale.spoken import reason_of
from tui.system import readfile
from tui.system.readfile import aside

_SIDES = {"enc": "rep", "dec": "customer"}
"""The recorder's names for the two directions of a call."""


_WANTED = "recorded"
"""In the softphone's folder: the ids of the calls to be recorded, one a line; it outlives a crash of the cockpit."""


class Recordings:
    """The folder calls are recorded to. A file belongs to the call during which it appeared."""

    def __init__(self, folder: Path) -> None:
        """The folder is made, readable by its owner alone. Raises `DialError` when it cannot be."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.chmod(0o700)
        except OSError as error:
            raise DialError(say("no_recordings", folder=folder, why=reason_of(error))) from error
        self._of_call: dict[str, list[Path]] = {}
        self._names: dict[str, str] = {}

    def claim(self, call_id: str, keep: bool) -> None:
        """Files that appeared since the last look belong to this call.

        One that is kept has its name from now on, while it is still written: so it has it after a crash, too.
        """
        mine = self._of_call.setdefault(call_id, [])
        others = {file for one, files in self._of_call.items() if one != call_id for file in files}
        for file in self._unnamed():
            if file in others:
                continue
            if file in mine:
                mine.remove(file)
            mine.append(self._named(file, call_id) if keep else file)

    def finish(self, call_id: str, keep: bool) -> tuple[Path, ...]:
        """The files of a call that ended; deleted when it was not to be recorded."""
        self.claim(call_id, keep)
        files = self._of_call.pop(call_id)
        self._names.pop(call_id, None)
        if keep:
            return tuple(files)
        for file in files:
            file.unlink(missing_ok=True)
        return ()

    def sweep(self) -> None:
        """Delete what has no name while nobody is on a line: it is of no call that was to be recorded."""
        self._of_call.clear()
        for file in self._unnamed():
            file.unlink(missing_ok=True)

    def _named(self, file: Path, call_id: str) -> Path:
        side = _SIDES.get(file.stem.rpartition("-")[2], "part")
        name = self._names.get(call_id) or self._free_name()
        # Also within one call a side may be begun again, and nothing is ever written over.
        if (self.folder / f"{name}-{side}.wav").exists():
            name = self._free_name()
        self._names[call_id] = name
        try:
            file.chmod(0o600)
            return file.rename(self.folder / f"{name}-{side}.wav")
        except OSError:
            return file

    def _free_name(self) -> str:
        stamp = time.strftime("call-%Y-%m-%d-%H%M%S")
        tries = (f"{stamp}{f'-{n}' if n else ''}" for n in itertools.count())
        return next(name for name in tries if not any(self.folder.glob(f"{name}-*.wav")))

    def _unnamed(self) -> list[Path]:
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
            said = await self._link.ask("insmod", RECORDER)
            # A softphone taken over after a crash may have it still.
            if "ERROR" in said and "already" not in said:
                raise DialError(say("no_recorder"))
            self._loaded = True
        # Taken out while a call is up, the recorder brings the whole softphone down.
        elif not self.wanted and self._loaded and not calls_up:
            self._loaded = False
            (self._link.folder / _WANTED).unlink(missing_ok=True)
            await self._link.ask("rmmod", f"{RECORDER}.so")

    def dialled(self, call_id: str) -> None:
        """The call just dialled is the one that was meant."""
        if self.wanted:
            self._calls.add(call_id)
            note = self._link.folder / _WANTED
            note.write_text("\n".join(sorted(self._calls)), encoding="utf-8")
            self.goes_on(call_id)

    def goes_on(self, call_id: str) -> None:
        """The call changed: files that just appeared are its own."""
        if self._recordings:
            self._recordings.claim(call_id, call_id in self._calls)

    def over(self, call_id: str) -> tuple[Path, ...]:
        """The files of the call that ended; those of a call nobody meant to record are deleted."""
        keep = call_id in self._calls
        self._calls.discard(call_id)
        return self._recordings.finish(call_id, keep) if self._recordings else ()

    def found_again(self) -> None:
        """The softphone was taken over in a call: what it records goes on as it was wanted."""
        with contextlib.suppress(OSError, ValueError, DialError):
            self._calls = set((self._link.folder / _WANTED).read_text(encoding="utf-8").split())
            self._loaded = True

    def gone(self) -> None:
        """The softphone is started afresh, without its recorder."""
        self._loaded = False
        if self._recordings:
            self._recordings.sweep()


_RATE = 48000
_AFTER = 1.5
"""Seconds after the file's own length at which the message is over for certain."""
_LONGEST_DEVICE = 127
"""The softphone cuts a longer device name, path included, without a word."""


def message_seconds(wav: Path) -> float:
    """How long a recorded message is. Raises `DialError` when the softphone could not play it."""
    try:
        with readfile.opened(wav) as opened, wave.open(opened, "rb") as file:
            found = (file.getframerate(), file.getnchannels(), 8 * file.getsampwidth())
            frames = file.getnframes()
    except (OSError, EOFError, wave.Error) as error:
        raise DialError(
            say(
                "message_unplayable",
                file=wav,
                why=(reason_of(error) if isinstance(error, OSError) else "") or error,
            )
        ) from error
    if found != (_RATE, 1, 16):
        raise DialError(say("message_form", file=wav.name, rate=found[0], channels=found[1], bits=found[2]))
    if not frames:
        raise DialError(say("message_empty", file=wav.name))
    return frames / _RATE


class Microphone:
    """What a call hears from our side: the rep, or a recorded message."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.away = False
        """Whether the softphone may have a message in place of the microphone."""

    async def play(self, call: OpenCall, wav: Path, over: Callable[[str], None]) -> None:
        """Play a message into this call; `over(call id)` is called when it has ended. Raises `DialError`."""
        seconds = await aside(message_seconds, wav)
        device = f"aufile,{self._short_name(wav)}"
        call_id = call.event.call_id
        self.away = call.message_plays = True
        try:
            said = await self._link.ask_call(call_id, "ausrc", device)
            if said is None:
                raise DialError(say("over"))
            if "failed" in said or "no such" in said.lower():
                raise DialError(say("message_failed", file=wav.name))
        except DialError:
            call.message_plays = False
            if self._link.running:
                await self.back()
            raise
        # Some versions end the call at the end of the file, some tell, some say nothing: the clock serves all.
        asyncio.get_running_loop().call_later(seconds + _AFTER, over, call_id)

    async def back(self) -> None:
        """The rep's own microphone again; else the message would play into every later call. Raises `DialError`."""
        if self.away:
            await self._link.ask("ausrc", self._link.sound.microphone)
            self.away = False

    def _short_name(self, wav: Path) -> Path:
        """A name for the file without spaces, and short enough for the softphone."""
        link = self._link.folder / f"message-{time.monotonic_ns()}.wav"
        if len(f"aufile,{link}") > _LONGEST_DEVICE:
            raise DialError(say("long_folder"))
        link.symlink_to(wav.resolve())
        return link
