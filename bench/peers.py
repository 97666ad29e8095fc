"""Programs that others made with Textual, each in an environment of its own: what our first screen stands beside."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import venv
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from msgspec import Struct

from bench.people import environment, scratch
from bench.terminal import Start, start

_INSTALL_S = 900
_IS_WHOLE = "whole"
"""A file in an environment that pip has filled."""


class NotMeasured(Exception):  # noqa: N818
    """Why there is nothing to measure, as a sentence without its end."""


class Peer(Struct, frozen=True):
    """A program of a package index."""

    name: str
    """What pip calls it, and its command."""
    shows: str
    """The text of its first screen that is drawn last."""
    needs: tuple[str, ...] = ()
    """What pip is told besides."""

    @property
    def version(self) -> str:
        """The version that was installed; empty when none was."""
        place = _environment(self)
        packages = [str(path) for path in place.glob("lib/python*/site-packages")]
        found = distributions(name=self.name, path=packages) if packages else ()
        return next((one.version for one in found), "")

    def install(self) -> None:
        """Make its environment where there is none yet, and start it once. Raises `NotMeasured`."""
        if not (_environment(self) / _IS_WHOLE).exists():
            _make(self)
        try:
            self.start()
        except TimeoutError as error:
            raise NotMeasured(f"{self.name} {self.version} showed no first screen: {error}"[:300]) from error

    def start(self) -> Start:
        """How long it needs until its first screen. Raises TimeoutError when that does not come."""
        home = _home(self)
        own = {name: value for name, value in environment(home).items() if name != "PYTHONPATH"}
        command = _environment(self) / "bin" / self.name
        return start([str(command)], own, home, self.shows)


POSTING = Peer("posting", "Collection", ("tree-sitter<0.26",))
"""Its Textual crashes with a newer tree-sitter."""
HARLEQUIN = Peer("harlequin", "Query Editor")
PEERS = (POSTING, HARLEQUIN)


def versions() -> dict[str, str]:
    """Versions of the peers that are installed."""
    return {peer.name: peer.version for peer in PEERS if peer.version}


@cache
def _folder() -> Path:
    """Kept from run to run in a cache, when there is one."""
    kept = os.environ.get("XDG_CACHE_HOME")
    return Path(kept) / "powerhour-bench" if kept else scratch("peers")


def _environment(peer: Peer) -> Path:
    return _folder() / f"{peer.name}-python-{platform.python_version()}"


@cache
def _home(peer: Peer) -> Path:
    home = scratch(f"home-of-{peer.name}")
    home.mkdir()
    return home


def _make(peer: Peer) -> None:
    place = _environment(peer)
    shutil.rmtree(place, ignore_errors=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--retries", "1"]
    try:
        venv.create(place, with_pip=True)
        done = subprocess.run(
            [*pip, "--timeout", "15", "install", "--quiet", peer.name, *peer.needs],
            capture_output=True,
            text=True,
            timeout=_INSTALL_S,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotMeasured(f"no environment for {peer.name}: {error}") from error
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise NotMeasured(f"pip could not install {peer.name}: {said[-1] if said else 'it said nothing'}")
    (place / _IS_WHOLE).touch()
