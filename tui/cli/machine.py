"""What the doctor looks at on this machine: programs, terminal, folders. The network is never asked."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from tui.dialer.unwatched import commands, inside_of
from tui.plaintext import clean
from tui.settings.lawpacks import CODES, closes_on_holidays, has_holidays, in_force
from tui.system import programs
from tui.system.programs import add_package

_SYNCED = (
    *("dropbox", "onedrive", "google drive", "googledrive", "my drive", "icloud", "mobile documents"),
    *("nextcloud", "owncloud", "pcloud", "box sync", "megasync", "syncthing", "creative cloud files"),
)
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "fuse.rclone"})
_LEAST_FREE = 200 * 1024 * 1024
_WIDE, _HIGH = 80, 24
_ROOMY = "120 by 40"


class Check(Struct, frozen=True):
    """One thing the doctor looked at: what was found, and how to get what is missing."""

    name: str
    status: Literal["ok", "hint", "mistake", "missing"]
    """`hint`: the program works without it. `missing`: it does not. `mistake`: a file people edit has an error, and
    what stood there before, or is built in, is in force."""
    found: str
    cure: str = ""


def python() -> Check:
    """Which Python this is; an older one than 3.11 does not come so far."""
    return Check("Python", "ok", sys.version.split()[0])


def yaml_parser() -> Check:
    """Whether the quick C parser for YAML is there."""
    import yaml

    if yaml.__with_libyaml__:
        return Check("YAML", "ok", f"PyYAML {yaml.__version__} with libyaml")
    return Check(
        "YAML",
        "hint",
        f"PyYAML {yaml.__version__} without libyaml",
        f"Scripts load ten times slower. Install a PyYAML that has it:  {add_package('pyyaml')}",
    )


def time_zones() -> Check:
    """Whether the time zones of the world are known here."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo("Europe/Rome")
    except ZoneInfoNotFoundError:
        return Check(
            "Time zones",
            "missing",
            "no time zone data",
            f"Without it no local time can be shown. Install it:  {add_package('tzdata')}",
        )
    return Check("Time zones", "ok", "found")


_INSIDE = {
    "tmux": (
        "tmux keeps the number in its buffer, and prefix ] pastes it",
        "tmux hands it on to the terminal's clipboard unless its set-clipboard is off, from version 3.2 on.",
    ),
    "screen": ("screen keeps the number from the terminal", "Use tmux, or read the number off the screen."),
}
"""What stands between us and the terminal: what it does with a number, and what helps."""


def clipboard(environ: Mapping[str, str], platform: str = sys.platform) -> Check:
    """How a number gets onto the clipboard."""
    local = [program for program, *_ in commands(environ, platform)]
    found = next(filter(programs.find, local), "")
    if not found and (inside := inside_of(environ)):
        return Check("Clipboard", "hint", _INSIDE[inside][0], _INSIDE[inside][1])
    if programs.over_ssh(environ):
        return Check("Clipboard", "ok", "over ssh the terminal is asked (OSC 52); not every terminal obeys")
    if found or not local:
        return Check("Clipboard", "ok", found or "no desktop here; the terminal is asked (OSC 52)")
    return Check(
        "Clipboard",
        "hint",
        "no clipboard program",
        f"Install {' or '.join(local)}; until then the terminal is asked (OSC 52), and not every one obeys.",
    )


def phone_links(dialer: str, environ: Mapping[str, str], platform: str = sys.platform) -> Check:
    """Which program opens `tel:` links; only the `uri` dialer needs one."""
    if dialer != "uri":
        return Check("Phone program", "ok", f"not needed: dialer is {dialer}")
    if platform in ("darwin", "win32"):
        return Check("Phone program", "ok", "the system's own choice for tel: links")
    if not programs.has_display(environ):
        return Check(
            "Phone program",
            "missing",
            "no desktop in reach",
            "Start powerhour on your desktop, or set  dialer: manual",
        )
    if not programs.find("xdg-mime"):
        return Check(
            "Phone program",
            "missing",
            "xdg-open is not installed",
            "Install xdg-utils, or set  dialer: manual",
        )
    told = programs.asked(["xdg-mime", "query", "default", "x-scheme-handler/tel"], 5)
    handler = clean(told.stdout) if told else ""
    if handler:
        return Check("Phone program", "ok", handler)
    return Check(
        "Phone program",
        "missing",
        "nothing opens tel: links",
        "Choose a phone program in your system's settings, or set  dialer: manual",
    )


def colours(environ: Mapping[str, str], platform: str = sys.platform) -> Check:
    """How many colours the terminal says it has."""
    if environ.get("NO_COLOR"):
        return Check("Colour", "ok", "off (NO_COLOR); every state is said in words")
    if environ.get("COLORTERM", "").casefold() in ("truecolor", "24bit") or platform == "win32":
        return Check("Colour", "ok", "16 million")
    term = environ.get("TERM", "")
    if "256" in term or term.startswith(("xterm", "tmux", "screen")):
        return Check("Colour", "ok", f"256 ({term})")
    return Check(
        "Colour",
        "hint",
        f"few ({term or 'TERM is not set'})",
        "Set TERM=xterm-256color if your terminal can show colours.",
    )


def holidays(law_packs: Iterable[str]) -> Check:
    """Whether public holidays are known, where a law pack in force closes on them."""
    if has_holidays():
        return Check("Holidays", "ok", "public holidays are known")
    closing = sorted(filter(closes_on_holidays, in_force(law_packs) & set(CODES)))
    if not closing:
        return Check("Holidays", "ok", "no law pack in force asks for public holidays")
    return Check(
        "Holidays",
        "hint",
        f"public holidays are not known; the law of {', '.join(closing)} asks",
        "Until you install them only the days under calling_window.holidays in config.yaml count:  "
        f"{add_package('holidays')}",
    )


def terminal_size() -> Check:
    """Whether the window is large enough to work in."""
    if not sys.stdout.isatty():
        return Check("Window", "ok", "not a terminal at the moment")
    columns, rows = shutil.get_terminal_size()
    found = f"{columns} by {rows}"
    if columns >= _WIDE and rows >= _HIGH:
        return Check("Window", "ok", found)
    return Check(
        "Window",
        "hint",
        found,
        f"Best from {_WIDE} by {_HIGH}; {_ROOMY} shows the queue beside the card. It works from 60 by 16.",
    )


def data_folder(folder: Path, region: str = "--data DIR") -> Check:
    """Whether the data folder can be written, has room, and is kept by this machine alone."""
    stands = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=stands):
            pass
    except OSError as error:
        return Check(
            "Data folder",
            "missing",
            f"{folder}: {error.strerror}",
            f"Allow writing there, or choose another folder with {region}",
        )
    if shutil.disk_usage(stands).free < _LEAST_FREE:
        return Check(
            "Data folder",
            "missing",
            f"{folder}: the disk is full",
            "Make room: every call is written at once.",
        )
    shared = synced_by(folder) or _network_under(folder)
    if shared:
        return Check(
            "Data folder",
            "hint",
            f"{folder} is kept by {shared}",
            "Another program may rewrite the file while you call. Choose another folder with --data DIR",
        )
    return Check("Data folder", "ok", str(folder))


def synced_by(folder: Path) -> str:
    """The synchronising program a folder belongs to, or an empty text."""
    for part in folder.resolve().parts:
        name = part.casefold()
        if any(name == known or name.startswith((f"{known} ", f"{known}-")) for known in _SYNCED):
            return part
    return ""


def _network_under(folder: Path) -> str:
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    place, best, kind = str(folder.resolve()), "", ""
    for line in mounts:
        _, mounted, filesystem, *_ = (*line.split(" "), "", "")
        inside = place == mounted or place.startswith(mounted.rstrip("/") + "/")
        if inside and len(mounted) >= len(best):
            best, kind = mounted, filesystem
    return f"a network drive ({kind})" if kind in _NETWORK else ""


def program(argv: tuple[str, ...]) -> Check:
    """Whether the program of the `command` dialer is there."""
    name = argv[0] if argv else ""
    found = programs.find(name)
    if found:
        return Check("Dial command", "ok", found)
    return Check(
        "Dial command",
        "missing",
        f"{name or 'no command set'}",
        "Correct  dialer.command  in your own settings file (powerhour config dialer)",
    )
