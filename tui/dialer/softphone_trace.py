"""The softphone's own trace of every SIP message, read for what it does not tell as an event: a redirect.

The trace comes through a pipe that nobody has to read: what does not fit is dropped, and the softphone never waits
for us. So it also outlives a cockpit that was killed. Nothing of it is kept: it holds what people say to sign in.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path

NAME = "trace"
"""The pipe in the softphone's private folder."""
_END = b"\x1b[;m"
"""What the softphone writes behind each message."""
_MOST = 1 << 18
"""Bytes of a message whose end does not come."""
_REDIRECT = re.compile(r"^SIP/2\.0 3\d\d .*", re.MULTILINE)
_HEADER = r"^(?:{}|{})[ \t]*:[ \t]*(.*?)\s*$"
_CALL_ID = re.compile(_HEADER.format("Call-ID", "i"), re.MULTILINE | re.IGNORECASE)
_CONTACT = re.compile(_HEADER.format("Contact", "m"), re.MULTILINE | re.IGNORECASE)
_INVITE = re.compile(r"^CSeq[ \t]*:[ \t]*\d+[ \t]+INVITE\s*$", re.MULTILINE | re.IGNORECASE)


def writing_end(folder: Path) -> int:
    """A new pipe in this folder, for the softphone to write its trace to. Raises OSError."""
    os.mkfifo(folder / NAME, 0o600)
    # Open for reading, too: it can be written to, and dropped, while no cockpit is there.
    return os.open(folder / NAME, os.O_RDWR | os.O_NONBLOCK)


class Trace:
    """Reads the trace and tells of every redirect of a call."""

    def __init__(self, folder: Path, redirected: Callable[[str, str], None]) -> None:
        """`redirected` gets the call's id and the address it goes on to. A softphone without a trace tells nothing."""
        self._redirected = redirected
        self._rest = b""
        self._pipe = -1
        with contextlib.suppress(OSError):
            self._pipe = os.open(folder / NAME, os.O_RDONLY | os.O_NONBLOCK)
            asyncio.get_running_loop().add_reader(self._pipe, self._read)

    def close(self) -> None:
        """Read no more."""
        if self._pipe >= 0:
            asyncio.get_running_loop().remove_reader(self._pipe)
            os.close(self._pipe)
            self._pipe = -1

    def _read(self) -> None:
        try:
            got = os.read(self._pipe, 1 << 16)
        except BlockingIOError:
            return
        if not got:
            self.close()  # the softphone is gone
            return
        *messages, rest = (self._rest + got).split(_END)
        self._rest = rest[-_MOST:]
        for message in messages:
            if found := redirect_in(message.decode("utf-8", "replace")):
                self._redirected(*found)


def redirect_in(text: str) -> tuple[str, str] | None:
    """The id of the call that a SIP message sends on, and the address; None for every other message."""
    head = _REDIRECT.search(text)
    if head is None:
        return None
    fields = text[head.end() :].replace("\r\n", "\n").partition("\n\n")[0]
    call_id, contact = _CALL_ID.search(fields), _CONTACT.search(fields)
    if not _INVITE.search(fields) or call_id is None or contact is None:
        return None
    return call_id[1], contact[1]
