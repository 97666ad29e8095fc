"""The softphone's own trace of every SIP message, read for what it tells in no event: a redirect, and who took a call.

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
_CANCEL = re.compile(r"^CANCEL sip.* SIP/2\.0\s*$", re.MULTILINE)
_REASON = re.compile(_HEADER.format("Reason", "Reason"), re.MULTILINE | re.IGNORECASE)
_TAKEN = re.compile(r"\bSIP\s*;[^,]*\bcause\s*=\s*200\b|\bQ\.850\s*;[^,]*\bcause\s*=\s*26\b", re.IGNORECASE)
"""RFC 3326: the call was completed elsewhere."""
_INVITE = re.compile(r"^CSeq[ \t]*:[ \t]*\d+[ \t]+INVITE\s*$", re.MULTILINE | re.IGNORECASE)


def writing_end(folder: Path) -> int:
    """A new pipe in this folder, for the softphone to write its trace to. Raises OSError."""
    os.mkfifo(folder / NAME, 0o600)
    # Open for reading, too: it can be written to, and dropped, while no cockpit is there.
    return os.open(folder / NAME, os.O_RDWR | os.O_NONBLOCK)


class Trace:
    """Reads the trace and tells of every redirect of a call, and of every caller another phone took."""

    def __init__(
        self, folder: Path, redirected: Callable[[str, str], None], elsewhere: Callable[[str], None]
    ) -> None:
        """`redirected` gets the call's id and the address it goes on to, `elsewhere` the id of a call taken elsewhere.

        A softphone without a trace tells nothing.
        """
        self._redirected, self._elsewhere = redirected, elsewhere
        self._rest = b""
        self._pipe = -1
        with contextlib.suppress(OSError):
            self._pipe = os.open(folder / NAME, os.O_RDONLY | os.O_NONBLOCK)
            asyncio.get_running_loop().add_reader(self._pipe, self.read)

    def close(self) -> None:
        """Read no more."""
        if self._pipe >= 0:
            asyncio.get_running_loop().remove_reader(self._pipe)
            os.close(self._pipe)
            self._pipe = -1

    def read(self) -> None:
        """Take in what was written so far."""
        while self._pipe >= 0 and self._read_some():
            pass

    def _read_some(self) -> bool:
        try:
            got = os.read(self._pipe, 1 << 16)
        except BlockingIOError:
            return False
        if not got:
            self.close()  # the softphone is gone
            return False
        *messages, rest = (self._rest + got).split(_END)
        self._rest = rest[-_MOST:]
        for message in messages:
            text = message.decode("utf-8", "replace")
            if found := redirect_in(text):
                self._redirected(*found)
            elif call_id := taken_elsewhere_in(text):
                self._elsewhere(call_id)
        return True


def redirect_in(text: str) -> tuple[str, str] | None:
    """The id of the call that a SIP message sends on, and the address; None for every other message."""
    head = _REDIRECT.search(text)
    if head is None:
        return None
    fields = _fields(text, head)
    call_id, contact = _CALL_ID.search(fields), _CONTACT.search(fields)
    if not _INVITE.search(fields) or call_id is None or contact is None:
        return None
    return call_id[1], contact[1]


def taken_elsewhere_in(text: str) -> str:
    """The id of the call that a SIP message ends because another phone took it; empty for every other message."""
    head = _CANCEL.search(text)
    if head is None:
        return ""
    fields = _fields(text, head)
    call_id = _CALL_ID.search(fields)
    taken = any(_TAKEN.search(reason) for reason in _REASON.findall(fields))
    return call_id[1] if call_id is not None and taken else ""


def _fields(text: str, head: re.Match[str]) -> str:
    """The header fields of the message that begins with this line."""
    return text[head.end() :].replace("\r\n", "\n").partition("\n\n")[0]
