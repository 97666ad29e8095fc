"""Lines in and lines out: what is typed comes from a thread of its own, so that no tick waits for it."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from time import monotonic
from typing import Protocol, TextIO

from msgspec import Struct

from tui.plaintext import inert

MOST_BYTES = 65_536
"""Read at once."""


class Typed(Struct, frozen=True):
    """One line that was typed; None is the end of the input."""

    text: str | None
    at: float
    """Monotonic time of its coming."""


Take = Callable[[Typed], None]
"""What is done with a line; called by any thread."""


class Readable(Protocol):
    """What bytes are read from, unbuffered: no lock is held while nothing comes."""

    def read(self, size: int, /) -> bytes | None:
        """The bytes that are there; none at the end."""


class Source(Protocol):
    """Where lines come from."""

    echoes: bool
    """Whether what is typed is seen by itself, as on a terminal."""

    def begin(self, take: Take) -> None:
        """From now on hand each line to `take`, and at last the end."""


def open_unbuffered(stream: TextIO) -> Readable:
    """What stands below a text stream's buffer: the file itself, or on Windows the console in UTF-8."""
    raw: Readable = getattr(stream.buffer, "raw", stream.buffer)
    return raw


class Stdin:
    """Lines from the standard input, a terminal or a pipe.

    A byte that is no UTF-8 comes in as `�`. Nobody waits for the thread: it ends with the process.
    """

    def __init__(self, raw: Readable, *, echoes: bool) -> None:
        self._raw, self.echoes = raw, echoes

    def begin(self, take: Take) -> None:
        """Read from now on."""
        Thread(target=self._read, args=(take,), daemon=True).start()

    def _read(self, take: Take) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        rest = ""
        with suppress(OSError, ValueError):  # the window was closed
            while data := self._raw.read(MOST_BYTES):
                *lines, rest = (rest + decoder.decode(data)).replace("\r\n", "\n").split("\n")
                for line in lines:
                    take(Typed(line.rstrip("\r"), monotonic()))
        if rest:
            take(Typed(rest, monotonic()))
        take(Typed(None, monotonic()))


class Out:
    """Where lines go, without a byte that a terminal obeys. One that is gone takes nothing and ends nothing."""

    def __init__(
        self, write: Callable[[str], object], flush: Callable[[], object], bell: Callable[[], object]
    ) -> None:
        """`write` prints text as it is; `bell` sounds the terminal's."""
        self._write, self._flush, self._bell = write, flush, bell

    def line(self, text: str) -> None:
        """One line, or several."""
        self._put(f"{text}\n")

    def prompt(self, sign: str) -> None:
        """The sign behind which the rep types."""
        self._put(sign)

    def bell(self) -> None:
        """Sound the bell."""
        with suppress(OSError):
            self._bell()

    def _put(self, text: str) -> None:
        with suppress(OSError):
            self._write(inert(text))
            self._flush()
