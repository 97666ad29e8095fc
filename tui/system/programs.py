"""Other programs: where they are found, what they are told of us, where they are started, and how to install one.

The one place that looks for a program. Nothing is ever looked up in the current folder: it may be a team folder,
which colleagues and strangers fill.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from tui.system import readfile
from tui.system.readfile import expanded

_WINDOWS_ENDINGS = ".COM;.EXE;.BAT;.CMD"


def find(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """The absolute path of an installed program, or None.

    A bare name is looked up in the absolute folders of PATH only; a name with a folder in it must be absolute.
    """
    wanted = expanded(name)
    if not name.strip():
        return None
    bare = not any(sign in name for sign in (os.sep, os.altsep) if sign)
    places = [folder / wanted for folder in _folders(environ)] if bare else [wanted]
    for place in places:
        for candidate in _with_endings(place, environ):
            if candidate.is_absolute() and candidate.is_file() and os.access(candidate, os.X_OK):
                return str(candidate)
    return None


def over_ssh(environ: Mapping[str, str]) -> bool:
    """Whether the rep sits at another machine."""
    return any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether an X11 or Wayland desktop is in reach."""
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment for another program: not our own variables, which may hold a password, and an absolute PATH.

    A program that starts programs itself then finds none of them in the current folder either.
    """
    kept = {name: value for name, value in environ.items() if not name.startswith("POWERHOUR_")}
    if "PATH" in kept:
        kept["PATH"] = os.pathsep.join(map(str, _folders(environ)))
    return kept


def own_folder() -> Path:
    """Where other programs are started: the home folder, else the root. Never the current folder.

    An interpreter such as `python -m` runs what lies in the folder it starts in.
    """
    try:
        home = Path.home()
        inside = home.is_absolute() and home.is_dir() and os.access(home, os.X_OK)
    except (OSError, RuntimeError):
        inside = False
    return home if inside else Path(os.sep).resolve()


def asked(
    argv: Sequence[str], seconds: float, environ: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str] | None:
    """What a program says of itself within `seconds`; None when it is missing, cannot start or does not answer."""
    program = find(argv[0], environ)
    if program is None:
        return None
    try:
        return subprocess.run(  # noqa: S603 - the words are in this program; found in no current folder
            [program, *argv[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
            env=environment(environ),
            cwd=own_folder(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def _folders(environ: Mapping[str, str]) -> list[Path]:
    """The absolute folders of PATH; an empty or relative entry means the current folder and is left out."""
    entries = environ.get("PATH", os.defpath).split(os.pathsep)
    return [Path(entry) for entry in entries if Path(entry).is_absolute()]


def _with_endings(place: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    if os.name != "nt" or place.suffix:
        yield place
    if os.name == "nt":
        for ending in environ.get("PATHEXT", _WINDOWS_ENDINGS).split(";"):
            yield place.with_name(place.name + ending)


# -- how this program was installed: pipx, uv, or pip in an environment

PACKAGE = "powerhour"
_SOURCES = ("directory", "editable", "path", "url")
"""Where uv notes that a tool came from somewhere else than a package index."""
_MOST_BYTES = 65_536


def add_package(package: str, prefix: Path | None = None) -> str:
    """The command that adds a package to this installation, as one types it; `prefix`: its environment."""
    place = prefix or Path(sys.prefix)
    if (place / "pipx_metadata.json").is_file():
        return _typed("pipx", "inject", place.name, package)
    if (place / "uv-receipt.toml").is_file():
        source, others = _of_receipt(place / "uv-receipt.toml")
        beside = [word for other in (*others, package) for word in ("--with", other)]
        return _typed("uv", "tool", "install", *beside, source)
    if find_spec("pip") is None:
        return _typed("uv", "pip", "install", "--python", sys.executable, package)
    return module("pip", "install", package)


def module(*words: str) -> str:
    """The command that runs a module with the Python of this installation, as one types it."""
    return _typed(sys.executable, "-m", *words)


def _of_receipt(file: Path) -> tuple[str, tuple[str, ...]]:
    """From uv's note on a tool: what to install it from, and what was installed with it."""
    import tomllib  # seldom needed, and the first screen waits for every import

    try:
        wanted = tomllib.loads(readfile.read(file, _MOST_BYTES).decode("utf-8"))["tool"]["requirements"]
        own = next(one for one in wanted if one["name"] == PACKAGE)
        source = next((str(own[key]) for key in _SOURCES if key in own), PACKAGE)
        others = tuple(one["name"] for one in wanted if one["name"] != PACKAGE)
    except (OSError, ValueError, LookupError, TypeError, StopIteration):
        return PACKAGE, ()
    return source, others


def _typed(*words: str) -> str:
    """The words as one command line of this system."""
    if sys.platform == "win32":
        return " ".join(f'"{word}"' if " " in word else word for word in words)
    return shlex.join(words)
