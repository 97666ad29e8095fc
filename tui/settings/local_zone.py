"""The time zone of this computer, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui import readfile
from tui.domain.window import zone_info

_LINK = Path("/etc/localtime")
_NAME = Path("/etc/timezone")
_LONGEST = 200


def local_zone(environ: Mapping[str, str], link: Path = _LINK, name: Path = _NAME) -> str:
    """IANA name of the computer's zone: what TZ says, else what the system says, else UTC. Never raises."""
    return next((zone for zone in _candidates(environ, link, name) if zone and zone_info(zone)), "UTC")


def _candidates(environ: Mapping[str, str], link: Path, name: Path) -> list[str]:
    candidates = [environ.get("TZ", "").removeprefix(":")]
    try:
        candidates.append(str(link.resolve()).partition("zoneinfo/")[2])
        candidates.append(readfile.read(name, _LONGEST).decode().strip())
    except (OSError, ValueError, RuntimeError):
        pass
    return candidates
