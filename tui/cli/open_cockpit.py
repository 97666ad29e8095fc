"""`powerhour` without a command: the cockpit, on the screen or, where nothing can be drawn, in lines."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.cli.output import RefusedError, complain
from tui.cli.wiring import Parts, assemble, language_of, library_of, problems_of, shared_list_of, writing
from tui.cockpit.cockpit import Cockpit
from tui.commands import Keys
from tui.dialer import build
from tui.dialer.protocol import Dialer, DialError
from tui.dialer.unwatched import Clipboard, ManualDialer
from tui.locale.spoken import speak
from tui.phone import parse
from tui.storage.disk import rescue_folders
from tui.system.ending import Signals, Starts
from tui.system.memory import without_collector

if TYPE_CHECKING:
    from tui.cli.settings_files import WatchedSettings
    from tui.cockpit.actions.own.own_settings import OwnSettings
    from tui.cockpit.actions.team.team_settings import TeamFile
    from tui.plain.typed import TypedKeys
    from tui.screens.screen_context import ScreenContext
    from tui.settings.load import Loaded

_WAY_OUT = {"US": "011", "CA": "011", "AU": "0011", "JP": "010"}
"""What is dialled before a foreign number where it is not 00."""
NO_TERMINAL = (
    "The cockpit needs a terminal to show itself in. In lines, without one: powerhour --plain. "
    "For scripts: powerhour --help"
)


def run(args: argparse.Namespace) -> int:
    """Open the cockpit and work until the rep leaves. Exit 0; 1 after a crash, or when something could not be saved."""
    if not (args.plain or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise RefusedError(NO_TERMINAL)
    parts = assemble(args)
    clipboard = Clipboard()
    language = language_of(parts)
    speak(language.language)
    beside, files = [*language.problems], _Files(parts)
    problems = problems_of(parts)
    try:
        dialer = _dialer(parts, clipboard)
    except DialError as error:
        beside.append(f"{error} Until then you dial by hand.")
        dialer = ManualDialer(clipboard)
    typed = _typed_keys(parts) if is_plain(args, os.environ) else None
    with writing(parts, wait=False) as store:
        cockpit = Cockpit(
            store,
            parts.settings,
            lambda: library_of(parts),
            dialer,
            parts.clock,
            problems=(*problems, *beside),
            suggestions=parts.places.data,
            team_file=lambda: files.of_team(tuple(beside)),
            shared_list=shared_list_of(parts, store),
            own_settings=files.of_rep,
            keys=typed,
        )
        cockpit.rescue_to = rescue_folders()
        if typed is None:
            code, unsaved = _on_the_screen(cockpit, parts, clipboard)
        else:
            code, unsaved = _in_lines(cockpit, parts, typed)
    if unsaved:
        with suppress(OSError):  # the window may be closed
            complain(unsaved)
    return code


def is_plain(args: argparse.Namespace, environ: Mapping[str, str]) -> bool:
    """Whether the cockpit speaks in lines: asked for, or on a terminal that says that it draws nothing."""
    return bool(args.plain) or environ.get("TERM") == "dumb"


def _typed_keys(parts: Parts) -> TypedKeys:
    from tui.plain.typed import TypedKeys

    return TypedKeys(parts.settings.keys, (one.key for one in parts.settings.outcomes))


def _in_lines(cockpit: Cockpit, parts: Parts, keys: TypedKeys) -> tuple[int, str]:
    """Work in lines; the exit code, and what went wrong or could not be saved."""
    from tui.plain.lines import Out, Stdin, open_unbuffered
    from tui.plain.room import Given
    from tui.plain.session import Ending, work_in_lines

    signals = Signals()
    signals.listen()
    source = Stdin(open_unbuffered(sys.stdin), echoes=sys.stdin.isatty())
    out = Out(sys.stdout.write, sys.stdout.flush, _bell if parts.settings.bell else lambda: None)
    given = Given(keys, cockpit.report_page)
    ending = Ending(parts.places.data, Starts(parts.places.data), signals)
    ended = asyncio.run(work_in_lines(cockpit, source, out, given, ending))
    return ended.code, ended.words


def _bell() -> None:
    # Past what keeps control characters from the terminal: this one is ours.
    if sys.__stdout__ is not None and sys.__stdout__.isatty():
        sys.__stdout__.write("\a")
        sys.__stdout__.flush()


def _on_the_screen(cockpit: Cockpit, parts: Parts, clipboard: Clipboard) -> tuple[int, str]:
    """Work on the full screen; the exit code, and what could not be saved."""
    with without_collector(keeps=True):
        from tui.app import AppOptions, PowerHourApp
        from tui.system.terminal import install_reader, lasting_driver, plain_glyphs

    signals = Signals()
    install_reader(signals.end)
    options = AppOptions(
        parts.settings.theme,
        parts.places.data,
        Starts(parts.places.data),
        signals,
        lasting_driver(),
        plain_glyphs=plain_glyphs(parts.settings.glyphs),
        bell=parts.settings.bell,
    )
    app = PowerHourApp(_screen_context(cockpit, parts), options)
    # Where no program stores the number, the terminal is asked to (OSC 52).
    clipboard.ask_terminal = app.copy_to_clipboard
    signals.listen()
    app.run()
    return app.return_code or 0, app.unsaved


class _Files:
    """The settings files while the cockpit is open; they are looked at beside the first screen."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._in_force = parts, [parts.loaded]
        self._watched: list[WatchedSettings] = []

    def of_team(self, beside: tuple[str, ...]) -> TeamFile:
        """The team's file; `beside`: what else is wrong, a sentence each."""
        from tui.cli.settings_files import WatchedSettings

        watched = WatchedSettings(self._parts, beside, self._in_force.append)
        self._watched.append(watched)
        return watched

    def of_rep(self) -> OwnSettings:
        """The rep's own file."""
        from tui.cli.settings_files import OwnSettingsFile

        return OwnSettingsFile(self._parts, self._in_force, self._own_changed)

    def _own_changed(self, later: Loaded) -> None:
        for watched in self._watched:
            watched.own_changed(later)


def _screen_context(cockpit: Cockpit, parts: Parts) -> ScreenContext:
    from tui.screens.screen_context import ScreenContext

    return ScreenContext(cockpit, Keys(parts.settings.keys), report=cockpit.report_page)


def _dialer(parts: Parts, clipboard: Clipboard) -> Dialer:
    choice = parts.settings.dial
    return build(
        choice.kind,
        clipboard=clipboard,
        command=choice.command,
        prefix=choice.prefix,
        scheme=choice.scheme,
        softphone=parts.settings.softphone,
        recordings=parts.places.data / "recordings",
        from_here=lambda e164: _from_here(e164, parts.settings.region),
        national=lambda e164: parse(e164, parts.settings.region).national,
    )


def _from_here(e164: str, region: str) -> str:
    """The number as a desk phone of the region needs it: national at home, else with the way out."""
    parsed = parse(e164, region)
    return parsed.national if parsed.region == region else _WAY_OUT.get(region, "00") + e164[1:]
