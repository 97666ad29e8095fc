"""The recorded message: played into a call in place of the microphone, which comes back afterwards."""

from __future__ import annotations

import asyncio
import time
import wave
from collections.abc import Callable
from pathlib import Path

from tui import readfile
from tui.aside import aside
from tui.dialer.protocol import DialError
from tui.dialer.softphone_calls import OpenCall
from tui.dialer.softphone_link import Link

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
            f"The message {wav} cannot be played ({getattr(error, 'strerror', None) or error}). It must be a WAV file."
        ) from error
    if found != (_RATE, 1, 16):
        raise DialError(
            f"The message {wav.name} has {found[0]} Hz, {found[1]} channel(s), {found[2]} bit; 48000, 1 and 16 are "
            f"needed. Convert it:  sox {wav.name} -r 48000 -c 1 -b 16 message.wav"
        )
    if not frames:
        raise DialError(f"The message {wav.name} is empty. Record it again.")
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
                raise DialError("The call is over already.")
            if "failed" in said or "no such" in said.lower():
                raise DialError(f"The softphone could not play {wav.name}. Please speak the message.")
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
            raise DialError("The folder for temporary files has too long a name. Please speak the message.")
        link.symlink_to(wav.resolve())
        return link
