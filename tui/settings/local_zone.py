"""The time zone of this computer, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.domain.window import zone_info
from tui.plaintext import clean
from tui.system import readfile

_LINK = Path("/etc/localtime")
_NAME = Path("/etc/timezone")
_LONGEST = 200


def local_zone(environ: Mapping[str, str], link: Path = _LINK, name: Path = _NAME) -> str:
    """IANA name of the computer's zone: what TZ says, else what the system says, else UTC. Never raises."""
    return next((zone for zone in _candidates(environ, link, name) if zone and zone_info(zone)), "UTC")


def impossible_zone(environ: Mapping[str, str]) -> str:
    """What TZ says when it is no name of a zone; empty when it is one, says nothing, or no zones are known here."""
    written = environ.get("TZ", "").strip()
    wrong = bool(written) and zone_info(_named(written)) is None and zone_info("UTC") is not None
    return clean(written, 80) if wrong else ""


def _named(tz: str) -> str:
    """The name in TZ, which may also be written `:Europe/Rome`, or as the path of the zone's file."""
    name = tz.strip().removeprefix(":")
    return name.partition("zoneinfo/")[2] or name


def _candidates(environ: Mapping[str, str], link: Path, name: Path) -> list[str]:
    candidates = [_named(environ.get("TZ", ""))]
    try:
        candidates.append(str(link.resolve()).partition("zoneinfo/")[2])
        candidates.append(readfile.read(name, _LONGEST).decode().strip())
    except (OSError, ValueError, RuntimeError):
        pass
    return candidates
