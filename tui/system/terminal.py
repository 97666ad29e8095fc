"""The terminal itself: its title, a desktop notification, and bytes from it that are no UTF-8."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import TextIOWrapper
from time import monotonic
from typing import IO, Any, cast

from textual import constants, events
from textual._parser import ParseTimeout
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.driver import Driver
from textual.message import Message

from tui.system import programs

NAME = "Power Hour"
DUE = "A promise is due"
TITLE = f"\x1b[22;2t\x1b]2;{DUE} - {NAME}\x07"
"""Puts the terminal's own title by and shows ours."""
CALLS = "Somebody is calling"
TITLE_CALL = f"\x1b[22;2t\x1b]2;{CALLS} - {NAME}\x07"
TITLE_BACK = f"\x1b]2;{NAME}\x07\x1b[23;2t"
"""The title of before; a terminal that keeps none shows the name of the program."""
PATIENCE_S = 5.0
"""A notification that takes longer is given up."""
_OSC_9 = frozenset({"iTerm.app", "WezTerm", "ghostty"})
_OSC_777 = ("rxvt-unicode", "foot")


def notification(environ: Mapping[str, str]) -> str:
    """The escape sequence with which this terminal notifies, also over SSH; empty when it knows none."""
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    if "TMUX" in environ or term.startswith("screen"):
        return ""  # they swallow it
    if program in _OSC_9 or term in ("xterm-kitty", "xterm-ghostty"):
        return f"\x1b]9;{NAME}: {DUE}\x07"
    return f"\x1b]777;notify;{NAME};{DUE}\x1b\\" if term.startswith(_OSC_777) else ""


def notifier(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The command that notifies on the desktop of this machine; empty over SSH and without a desktop."""
    here = programs.has_display(environ) and not programs.over_ssh(environ)
    program = programs.find("notify-send", environ) if here else None
    return (program, f"--app-name={NAME}", NAME, DUE) if program else ()


def shows_signs(environ: Mapping[str, str], encoding: str) -> bool:
    """Whether signs beyond ASCII can be seen: what we write in, and what the locale says of the terminal, is UTF-8."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    codeset = locale.partition(".")[2].partition("@")[0]
    return all(one.replace("-", "").lower() == "utf8" for one in (encoding, codeset) if one)


def plain_glyphs(chosen: str) -> bool:
    """Whether signs are drawn in ASCII: as the setting `glyphs` says, and wherever no others can be seen."""
    encoding = sys.__stderr__.encoding if sys.__stderr__ else ""
    return chosen == "ascii" or not shows_signs(os.environ, encoding)


async def notify(command: tuple[str, ...]) -> None:
    """Run a notifier; one that is missing, refuses or hangs is of no consequence."""
    silent = asyncio.subprocess.DEVNULL
    with contextlib.suppress(OSError):
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=silent,
            stdout=silent,
            stderr=silent,
            env=programs.environment(),
            cwd=programs.own_folder(),
        )
        try:
            async with asyncio.timeout(PATIENCE_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


ESC = "\x1b"
_AFTER_THE_END_S = 0.05
"""The reader looks again at once; it is not to take a whole processor until the program has ended."""
PASTE_LEAST = 20
"""So many characters in one read, with Enter among them, are a paste: nobody types as many in 600 ms."""
PASTE_GAP_S = 0.05
"""A paste without marks is over when nothing came for so long."""
PASTE_REST_S = 0.5
"""A paste whose end mark never comes is over when nothing came for so long."""

_SEQUENCE = re.compile(
    "\x1b(?:"
    r"\[\[[A-E]|\[M.{3}|\[\d+\$(?!y)|\[(?!M)[0-?]*[ -/]*[@-~]"  # keys, the mouse, answers of the terminal
    "|O[A-DFHMP-S]"
    "|(?P<answer>[P\\]X^_])[^\x00-\x06\x08-\x1f\x7f]*?(?:\x07|\x1b\\\\)"
    ")",
    re.DOTALL,
)
_BEGUN = re.compile(
    "\x1b(?:|O|"
    r"\[\[?|\[M.{0,2}|\[[0-?]{0,60}[ -/]{0,4}"
    "|[P\\]X^_][^\x00-\x1f\x7f]{0,300}\x1b?"
    r")\Z",
    re.DOTALL,
)
"""What may become a sequence when more of it comes."""
_TYPED = re.compile("[^\x1b]+")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Keys that no pasted text holds."""


def install_reader(at_the_end: Callable[[], None] = lambda: None) -> None:
    """From now on Textual's terminal driver reads as said above; a byte that is no UTF-8 comes in as `�`.

    `at_the_end` is called, by the reader's thread, when nothing can come in any more: the window was closed.
    """
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows gives characters, not bytes
        return
    forgiving = codecs.getincrementaldecoder("utf-8")

    class Decoder(forgiving):  # type: ignore[misc, valid-type]
        def decode(self, data: bytes, final: bool = False) -> str:
            if not data and not final:
                at_the_end()
                time.sleep(_AFTER_THE_END_S)
            return str(super().decode(data, final))

    # A terminal that speaks Latin-1 sends bytes that are no UTF-8 for ü and é.
    vars(linux_driver)["getincrementaldecoder"] = lambda _: lambda: Decoder(errors="replace")
    vars(linux_driver)["XTermParser"] = KeyParser


def looks_pasted(text: str) -> bool:
    """Whether characters of one read are pasted lines: no Enter key sends a line feed, and nobody types so fast."""
    inside = text.rstrip("\r\n")
    if _NO_TEXT.search(inside):
        return False
    return ("\n" in inside and len(inside) > 1) or ("\r" in inside and len(inside) >= PASTE_LEAST)


class KeyParser(XTermParser):
    """Textual's parser, given only what is one key each; Esc is a key of its own, and a paste one event."""

    clock = staticmethod(monotonic)
    """Seconds that only grow."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._begun = ""
        """The beginning of a sequence."""
        self._marked: str | None = None
        """A paste whose end mark has not come."""
        self._unmarked = ""
        """Pasted lines without marks."""
        self._came = 0.0

    def feed(self, data: str) -> Iterator[Message]:
        """Give one read; the keys and pastes that are complete by now."""
        if not data:
            yield from super().feed(data)
            return
        self._came = self.clock()
        text, self._begun = self._begun + data, ""
        while text:
            if self._marked is not None:
                self._marked, end, text = (self._marked + text).partition(BRACKETED_PASTE_END)
                if end:
                    yield from self._pasted(self._marked)
                    self._marked = None
                continue
            if typed := _TYPED.match(text):
                yield from self._typed(typed[0])
                text = text[typed.end() :]
                continue
            yield from self._end_unmarked()
            if sequence := _SEQUENCE.match(text):
                if not sequence["answer"]:
                    yield from self._one(sequence[0])
                text = text[sequence.end() :]
            elif _BEGUN.match(text):
                self._begun, text = text, ""
            else:
                yield events.Key("escape", ESC)
                text = text[1:]

    def tick(self) -> Iterable[Message]:
        """Some time went by: what was begun and did not go on was meant as it stands."""
        rested = self.clock() - self._came
        if self._unmarked and rested >= PASTE_GAP_S:
            yield from self._end_unmarked()
        if self._marked is not None and rested >= PASTE_REST_S:
            pasted, self._marked = self._marked, None
            yield from self._pasted(pasted)
        if self._begun and rested >= constants.ESCAPE_DELAY:
            typed, self._begun = self._begun, ""
            for character in typed:
                yield from (events.Key("escape", ESC),) if character == ESC else super().feed(character)

    def _typed(self, text: str) -> Iterator[Message]:
        if self._unmarked or looks_pasted(text):
            self._unmarked += text
        else:
            yield from super().feed(text)

    def _end_unmarked(self) -> Iterator[Message]:
        if self._unmarked:
            pasted, self._unmarked = self._unmarked, ""
            yield from self._pasted(pasted)

    @staticmethod
    def _pasted(text: str) -> Iterator[Message]:
        if words := text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip("\n"):
            yield events.Paste(words)

    def _one(self, sequence: str) -> Iterator[Message]:
        """One whole sequence; one that Textual does not know says nothing, and takes no key with it."""
        if sequence == BRACKETED_PASTE_START:
            self._marked = ""
        elif sequence != BRACKETED_PASTE_END:
            yield from super().feed(sequence)
            if self._awaiting.timeout is not None:
                self._timeout_time = None
                self._awaiting = self._gen.throw(ParseTimeout())
                self._tokens.clear()


_SWITCHED_OFF = "\x1b[?1016l\x1b[?2048l"
"""Mouse positions in pixels, and sizes of the window as input: asked of terminals that know the second."""


def lasting_driver() -> type[Driver] | None:
    """The driver for this system; None where Textual's own is as good as any."""
    try:
        from textual.drivers.linux_driver import LinuxDriver
    except ImportError:  # Windows
        return None

    class LastingDriver(LinuxDriver):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._file = cast(TextIOWrapper, Lasting(sys.__stderr__ or sys.stderr))

        def _run_input_thread(self) -> None:
            try:
                self.run_input_thread()
            except OSError:  # the window was closed: a signal, or the end of the input, has told the app
                return
            except Exception as error:
                self._app.call_later(self._app._handle_exception, error)

        def stop_application_mode(self) -> None:
            self.write(_SWITCHED_OFF)
            super().stop_application_mode()

    return LastingDriver


class Lasting:
    """A stream to a terminal that may go away: what cannot be written any more is dropped.

    An error would end Textual's writing thread, and the app would wait for it for ever.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text, as far as there is a terminal."""
        self._or_drop(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        """Hand everything to the terminal, as far as there is one."""
        self._or_drop(self._stream.flush)

    def _or_drop(self, write: Callable[[], object]) -> None:
        try:
            write()
        except OSError as error:
            if (
                error.errno == errno.EAGAIN and sys.platform != "win32"
            ):  # another program of this terminal made it refuse to wait
                os.set_blocking(self._stream.fileno(), True)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
