"""The settings files on the disk: their versions on this computer, and what there is to say when one changes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from tui.cli.wiring import Parts, known, loaded_at, problems_of
from tui.cockpit.actions.team.team_settings import TeamNews
from tui.settings.changes import differences, obeying, with_own
from tui.settings.layers import Path as Name
from tui.settings.load import Loaded, version_of
from tui.settings.own_file import OwnFile, OwnRow, own_rows
from tui.settings.places import CONFIG, own_copies, team_copies
from tui.settings.settings import Settings
from tui.yamlfile.copies import Copies
from tui.yamlfile.problem import Problem, has_errors
from tui.yamlfile.read import read_text

_SECRET = "PH912"  # noqa: S105 - the code of a problem
Stamp = tuple[int, int, int] | None


class WatchedSettings:
    """The team's file as a cockpit watches it; `parts` are what it began to work with."""

    def __init__(
        self,
        parts: Parts,
        beside: tuple[str, ...] = (),
        obeyed: Callable[[Loaded], object] = lambda _: None,
    ) -> None:
        """`beside`: what else is wrong, a sentence each; `obeyed` is told what is in force once a rule is stricter."""
        self._parts, self._beside, self._obeyed = parts, beside, obeyed
        self._stamp: Stamp | Literal["unread"] = (
            "unread"  # what changed while the cockpit started is said, too
        )
        self._settling: Stamp = None

    def since_last_start(self) -> TeamNews:
        """What changed since the rep was told last."""
        places = self._parts.places
        told = (*self._copies("settings_seen").versions(CONFIG), *self._copies("settings").versions(CONFIG))
        if not told or not places.shared:  # what came with the program changed with it
            return TeamNews()
        changes = differences(version_of(told[0].path, places), self._parts.loaded.stack)
        return TeamNews(changes, told[0].at)

    def look(self) -> TeamNews | None:
        """What is said of the file now; None while it is as it was at the last look, or is being written."""
        stamp = _stamp(self._parts.places.config)
        settled, self._settling = stamp == self._settling, stamp
        if stamp == self._stamp or not settled:
            return None
        self._stamp = stamp
        old = self._parts
        loaded = loaded_at(old.places)
        missing = tuple(one for one in old.problems if one not in old.loaded.problems)
        now = replace(old, loaded=loaded, problems=(*missing, *loaded.problems))
        changes = differences(old.loaded.stack, loaded.stack)
        obeyed = obeying(old.loaded, loaded, os.environ, known())
        self._obeyed(obeyed)
        if changes:
            keep_good(now)  # a file that breaks next must not bring back what is looser
        return TeamNews(changes, None, (*problems_of(now), *self._beside), obeyed.settings)

    def own_changed(self, later: Loaded) -> None:
        """The rep changed their own file: what counts at once there is what we work with from now on."""
        loaded = with_own(self._parts.loaded, later, os.environ, known())
        self._parts = replace(self._parts, loaded=loaded)

    def keep(self) -> None:
        """Keep copies of what is in force: of the team's file without a mistake, of what was seen, of the rep's own."""
        keep_settings(self._parts)

    def _copies(self, what: str) -> Copies:
        return team_copies(self._parts.places.data, self._parts.places.team, what)


class OwnSettingsFile:
    """One rep's file; `in_force` holds what is in force, the latest last, and is added to."""

    def __init__(
        self, parts: Parts, in_force: list[Loaded], changed: Callable[[Loaded], object] = lambda _: None
    ) -> None:
        """`changed` is told what all files say, once the own one was written."""
        places = parts.places
        self._in_force, self._changed = in_force, changed
        self._file = OwnFile(places, lambda text: loaded_at(places, text), lambda: parts.here.date())
        self._stored = parts.loaded

    def rows(self) -> tuple[OwnRow, ...]:
        """Every setting as the files say it by now."""
        return own_rows(self._stored)

    def put(self, values: Mapping[Name, str]) -> Settings:
        """Write what was typed, and give the settings in force. Raises `NotWrittenError`, and nothing is written."""
        later = self._file.put(values)
        self._stored = later
        self._in_force.append(with_own(self._in_force[-1], later, os.environ, known()))
        self._changed(later)
        return self._in_force[-1].settings


def keep_settings(parts: Parts) -> None:
    """Keep copies of the settings files as far as they can be read. Writes to disk."""
    places, now = parts.places, parts.clock.now
    for path, copies in (
        (places.config, team_copies(places.data, places.team, "settings_seen", now)),
        (places.own, own_copies(places.data, places.own, now)),
    ):
        for text in _readable(parts, path):
            _keep(copies, path.name, text)
    keep_good(parts)


def keep_good(parts: Parts) -> None:
    """Keep a copy of the team's file when nothing is wrong in it. Writes to disk."""
    places, now = parts.places, parts.clock.now
    for text in () if has_errors(_of(parts, places.config)) else _readable(parts, places.config):
        _keep(team_copies(places.data, places.team, "settings", now), places.config.name, text)


def _keep(copies: Copies, name: str, text: str) -> None:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    copies.keep(name, digest, {name: text})


def _readable(parts: Parts, path: Path) -> Iterator[str]:
    """The text of a file that holds settings; nothing for another, and for one with a secret in it."""
    text = "\n".join(parts.loaded.lines.get(str(path), ()))
    root = read_text(text, path.name).node if text else None
    if root is not None and root.kind == "map" and all(one.code != _SECRET for one in _of(parts, path)):
        yield text


def _of(parts: Parts, path: Path) -> Iterator[Problem]:
    return (problem for problem in parts.problems if problem.file == str(path))


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
