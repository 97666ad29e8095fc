"""A command of the command line, and what it may take; the commands themselves stand in `arguments`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

Argument = tuple[tuple[str, ...], dict[str, Any]]
"""What `add_argument` is given."""


def takes(*names: str, **options: Any) -> Argument:
    """An argument, or an option with these names, with what `add_argument` knows of it."""
    return names, options


def text(name: str, metavar: str, help: str) -> Argument:
    """An option with a text, empty unless it is given."""
    return takes(name, default="", metavar=metavar, help=help)


def many(name: str, metavar: str, help: str, **options: Any) -> Argument:
    """An option that may be given several times."""
    return takes(name, action="append", default=[], metavar=metavar, help=help, **options)


def switch(name: str, help: str) -> Argument:
    """An option that is there or not."""
    return takes(name, action="store_true", help=help)


class Command(Struct, frozen=True):
    """One command."""

    name: str
    about: str
    run: str
    """`module:function` of this package."""
    takes: tuple[Argument, ...] = ()
    aliases: tuple[str, ...] = ()
    under: tuple[Command, ...] = ()
    """Commands of its own."""
    alone: Mapping[str, Any] = field(default_factory=dict)
    """What holds when none of those is named."""


JSON = switch("--json", "print one JSON object")
OUT = takes("--out", type=Path, metavar="FILE", help="the file to write; else it goes to the screen")
