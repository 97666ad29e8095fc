"""Dialers that start a call but cannot see the line: by hand with the number on the rep's clipboard, by a `tel:` link,
and by a command of the rep's own.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from tui.dialer import program
from tui.dialer.number_format import OutsideLine, strict
from tui.dialer.protocol import CallEvent, Cap, DialError, Dialled, Health, say
from tui.locale.spoken import reason_of
from tui.system import programs
from tui.system.readfile import aside


class Unwatched:
    """A dialer without call states: the rep says what the line did."""

    name = "unwatched"
    caps = Cap.NONE

    def __init__(self) -> None:
        self._stopped = asyncio.Event()
        self._ids = itertools.count(1)

    async def start(self) -> None:
        """Nothing to get ready."""

    async def stop(self) -> None:
        """End `events()`; a call that runs in another program goes on."""
        self._stopped.set()

    async def leave(self) -> None:
        """The same: no call of ours ends with the cockpit."""
        await self.stop()

    async def hang_up(self, call_id: str) -> None:
        """Nothing: the rep hangs up on the phone."""

    async def answer(self, call_id: str) -> None:
        """Raises `DialError`: the call is on the rep's own phone."""
        raise DialError(say("take_on_phone"))

    async def send_dtmf(self, call_id: str, digits: str) -> None:
        """Raises `DialError`: tones are sent on the rep's own phone."""
        raise DialError(say("digits_on_phone"))

    async def play_voicemail(self, call_id: str, wav: Path) -> None:
        """Raises `DialError`: only a softphone can play a message."""
        raise DialError(say("speak_message"))

    async def mute(self, call_id: str, on: bool) -> None:
        """Raises `DialError`: the voice is on the rep's own phone."""
        raise DialError(say("mute_on_phone"))

    async def hold(self, call_id: str, on: bool) -> None:
        """Raises `DialError`: the call is on the rep's own phone."""
        raise DialError(say("hold_on_phone"))

    async def record_next(self, on: bool) -> None:
        """Raises `DialError` when asked to record: only a softphone hears the call."""
        if on:
            raise DialError(say("cannot_record"))

    def open_calls(self) -> tuple[CallEvent, ...]:
        """None: the line is not seen."""
        return ()

    def health(self) -> Health:
        """Nothing to tell: the phone is another program's."""
        return Health()

    async def events(self) -> AsyncIterator[CallEvent]:
        """No change of state is ever seen; ends when the dialer stops."""
        await self._stopped.wait()
        return
        yield  # makes this an (empty) generator

    def _next_id(self) -> str:
        return f"{self.name}-{next(self._ids)}"


_CLIPBOARD_S = 1.0
"""Seconds a clipboard program may take."""


class Put(Enum):
    """Where a text ended up."""

    STORED = "stored"
    """A program took it: it is on the clipboard of this machine."""
    SENT = "sent"
    """The terminal was asked; it never says whether it did."""
    TMUX = "tmux"
    """tmux keeps it as its newest buffer and was asked to hand it on; whether it does is its setting."""
    NOWHERE = "nowhere"


def commands(environ: Mapping[str, str], platform: str) -> list[list[str]]:
    """Commands that take a text for the clipboard of this machine, the best first; none when the rep sits elsewhere."""
    if programs.over_ssh(environ):
        return []
    own = {"darwin": [["pbcopy"]], "win32": [["clip"]]}
    wayland = [["wl-copy"]] if environ.get("WAYLAND_DISPLAY") else []
    x11 = [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    return own.get(platform) or wayland + (x11 if environ.get("DISPLAY") else [])


TMUX_KEEPS = ("load-buffer", "-w", "-")
"""With `-w` (tmux 3.2) it also asks the terminal, unless its `set-clipboard` is off."""


def inside_of(environ: Mapping[str, str]) -> str:
    """The program between us and the terminal, `tmux` or `screen`; empty when there is none."""
    return "tmux" if environ.get("TMUX") else "screen" if environ.get("STY") else ""


class Clipboard:
    """The rep's clipboard."""

    def __init__(
        self,
        ask_terminal: Callable[[str], None] | None = None,
        environ: Mapping[str, str] = os.environ,
        platform: str = sys.platform,
    ) -> None:
        self.ask_terminal = ask_terminal
        """Writes OSC 52; the app supplies it once it owns the terminal."""
        self._environ = environ
        self._platform = platform

    async def copy(self, text: str) -> Put:
        """Put `text` on the clipboard and say where it went. Never raises, waits a second at most."""
        argv = self._program()
        if argv and await self._stored_by(argv, text):
            return Put.STORED
        if inside := inside_of(self._environ):
            # Neither hands on what a program inside asks the terminal for, unless it is told to.
            return Put.TMUX if inside == "tmux" and await self._kept_by_tmux(text) else Put.NOWHERE
        if self.ask_terminal is None:
            return Put.NOWHERE
        self.ask_terminal(text)
        return Put.SENT

    async def _stored_by(self, argv: list[str], text: str) -> bool:
        try:
            ended = await program.run(argv, timeout=_CLIPBOARD_S, feed=text.encode(), environ=self._environ)
        except OSError:
            return False
        return ended.code == 0

    async def _kept_by_tmux(self, text: str) -> bool:
        tmux = programs.find("tmux", self._environ)
        return tmux is not None and await self._stored_by([tmux, *TMUX_KEEPS], text)

    def _program(self) -> list[str] | None:
        """The clipboard program of the machine the rep sits at, or None when that is not this one."""
        for argv in commands(self._environ, self._platform):
            if path := programs.find(argv[0]):
                return [path, *argv[1:]]
        return None


class ManualDialer(Unwatched):
    """No software dials: the rep reads or pastes the number."""

    name = "manual"

    def __init__(self, clipboard: Clipboard, line: OutsideLine | None = None) -> None:
        super().__init__()
        self._clipboard = clipboard
        self._line = line or OutsideLine()

    async def dial(self, e164: str, shown: str) -> Dialled:
        """Put the number, with the outside-line prefix, on the clipboard. Raises `DialError`."""
        typed = self._line.typed(strict(e164))
        put = await self._clipboard.copy(typed)
        what = say("as_typed", typed=typed) if self._line.prefix else ""
        where = "" if put is Put.NOWHERE else say(f"put_{put.value}")
        return Dialled(self._next_id(), " ".join(filter(None, (what, where))))


SCHEMES = ("tel", "callto", "sip")


class UriDialer(Unwatched):
    """Hands a link with the number to the program that the rep's system opens it with."""

    name = "uri"
    caps = Cap.DIALS

    def __init__(
        self,
        line: OutsideLine | None = None,
        scheme: str = "tel",
        timeout: float = 5.0,
        environ: Mapping[str, str] = os.environ,
        platform: str = sys.platform,
    ) -> None:
        """`timeout`: seconds the handler has to complain. Raises `DialError` for a bad scheme."""
        super().__init__()
        if scheme not in SCHEMES:
            raise DialError(say("bad_scheme", scheme=scheme, schemes=", ".join(SCHEMES)))
        self._line = line or OutsideLine()
        self._scheme, self._timeout, self._platform = scheme, timeout, platform
        self._environ = environ

    async def dial(self, e164: str, shown: str) -> Dialled:
        """Open the link. Raises `DialError` when there is no desktop or no program for it."""
        typed = self._line.typed(strict(e164))
        link = f"{self._scheme}:{quote(typed, safe='+*')}"
        if self._platform == "win32":
            await self._open_on_windows(link)
        else:
            await self._open(link)
        return Dialled(self._next_id(), say("link_opened"))

    async def _open(self, link: str) -> None:
        mac = self._platform == "darwin"
        desktop = not programs.over_ssh(self._environ) if mac else programs.has_display(self._environ)
        if not desktop:
            raise DialError(say("no_desktop"))
        opener = programs.find("open" if mac else "xdg-open")
        if opener is None:
            raise DialError(say("no_opener"))
        try:
            # A handler may stay in the foreground and be the call itself, so it is never stopped.
            ended = await program.run(
                [opener, link], timeout=self._timeout, let_run=True, environ=self._environ
            )
        except OSError as error:
            raise DialError(say("opener_not_started", name=opener, why=reason_of(error))) from error
        if ended.code:
            raise DialError(say("no_handler", scheme=self._scheme))

    async def _open_on_windows(self, link: str) -> None:
        open_it = getattr(os, "startfile", None)
        if open_it is None:
            raise DialError(say("no_handler", scheme=self._scheme))
        try:
            await aside(open_it, link)
        except OSError as error:
            raise DialError(say("no_handler", scheme=self._scheme)) from error


PLACEHOLDERS = ("e164", "digits", "national")
"""`{e164}` +442079460100, `{digits}` 442079460100, `{national}` 02079460100."""
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def problem_of(argv: Sequence[str]) -> str:
    """What is wrong with a dial command, as a sentence; empty when nothing is."""
    if not argv or not argv[0].strip():
        return say("no_words")
    if "{" in argv[0]:
        return say("no_name")
    in_a_folder = "/" in argv[0] or "\\" in argv[0]
    if in_a_folder and not re.match(r"[/~]|[A-Za-z]:[\\/]", argv[0]):
        return say("depends_on_folder", name=argv[0])
    names = [name for word in argv[1:] for name in _PLACEHOLDER.findall(word)]
    unknown = sorted(set(names) - set(PLACEHOLDERS))
    if unknown:
        return say("unknown_placeholder", name=unknown[0])
    return "" if names else say("same_call")


class CommandDialer(Unwatched):
    """Runs the command of the rep's own settings file for every dial."""

    name = "command"
    caps = Cap.DIALS

    def __init__(
        self,
        argv: Sequence[str],
        national: Callable[[str], str] | None = None,
        timeout: float = 10.0,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """`national`: E.164 to the national form; `timeout` in seconds. Raises `DialError`."""
        super().__init__()
        if problem := problem_of(argv):
            raise DialError(say("bad_command", problem=problem))
        self._argv, self._timeout = tuple(argv), timeout
        self._national = national or (lambda e164: e164[1:])
        self._environ = environ

    async def dial(self, e164: str, shown: str) -> Dialled:
        """Run the command once. Raises `DialError` when it is missing, fails or takes too long."""
        words = self._filled(strict(e164))
        name = self._argv[0]
        executable = programs.find(name)
        if executable is None:
            raise DialError(say("not_installed", name=name))
        try:
            ended = await program.run([executable, *words], timeout=self._timeout, environ=self._environ)
        except OSError as error:
            raise DialError(say("not_started", name=name, why=reason_of(error))) from error
        if ended.code is None:
            raise DialError(say("not_finished", name=name, seconds=self._timeout))
        if ended.code:
            why = ended.complaint or say("no_reason")
            raise DialError(say("failed", name=name, exit=ended.code, why=why))
        return Dialled(self._next_id(), say("asked", name=name))

    def _filled(self, e164: str) -> list[str]:
        values = {"e164": e164, "digits": e164[1:]}
        if any("{national}" in word for word in self._argv):
            values["national"] = re.sub(r"[^0-9]", "", self._national(e164)) or e164[1:]
        return [_PLACEHOLDER.sub(lambda found: values[found[1]], word) for word in self._argv[1:]]
