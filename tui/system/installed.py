"""How this program was installed, for the commands it tells people to type: pipx, uv, or pip in an environment."""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec
from pathlib import Path

from tui.system import readfile

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
