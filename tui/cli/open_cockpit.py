"""`powerhour` without a command: the cockpit on the screen."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.app import AppOptions, PowerHourApp
from tui.cli.output import RefusedError, complain
from tui.cli.wiring import Parts, assemble, library_of, problems_of, shared_list_of, writing
from tui.cockpit.cockpit import Cockpit
from tui.commands import Keys
from tui.dialer import build
from tui.dialer.protocol import Dialer, DialError
from tui.dialer.unwatched import Clipboard, ManualDialer
from tui.phone import parse
from tui.screens.screen_context import ScreenContext
from tui.storage.disk import rescue_folders
from tui.system.ending import Signals, Starts
from tui.system.terminal import install_reader, lasting_driver, plain_glyphs

if TYPE_CHECKING:
    from tui.cli.settings_files import WatchedSettings
    from tui.cockpit.actions.own.own_settings import OwnSettings
    from tui.cockpit.actions.team.team_settings import TeamFile
    from tui.settings.load import Loaded

_WAY_OUT = {"US": "011", "CA": "011", "AU": "0011", "JP": "010"}
"""What is dialled before a foreign number where it is not 00."""


def run(args: argparse.Namespace) -> int:
    """Open the cockpit and work until the rep leaves. Exit 0; 1 after a crash, or when something could not be saved."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RefusedError("The cockpit needs a terminal to show itself in. For scripts: powerhour --help")
    parts = assemble(args)
    clipboard = Clipboard()
    problems, beside, files = problems_of(parts), list[str](), _Files(parts)
    try:
        dialer = _dialer(parts, clipboard)
    except DialError as error:
        beside.append(f"{error} Until then you dial by hand.")
        dialer = ManualDialer(clipboard)
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
        )
        cockpit.rescue_to = rescue_folders()
        signals = Signals()
        install_reader(signals.end)
        options = AppOptions(
            parts.settings.theme,
            parts.places.data,
            Starts(parts.places.data),
            signals,
            lasting_driver(),
            plain_glyphs=plain_glyphs(parts.settings.glyphs),
        )
        app = PowerHourApp(_screen_context(cockpit, parts), options)
        # Where no program stores the number, the terminal is asked to (OSC 52).
        clipboard.ask_terminal = app.copy_to_clipboard
        signals.listen()
        app.run()
    if app.unsaved:
        with suppress(OSError):  # the window may be closed
            complain(app.unsaved)
    return app.return_code or 0


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
