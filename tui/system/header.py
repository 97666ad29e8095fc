"""The header of everything the program writes as JSON: what it is, of which version, when and by which program."""

from __future__ import annotations

from datetime import UTC, datetime

from tui import __version__

PROGRAM = f"powerhour {__version__}"
"""The program and its version."""


def header(what: str, version: int, made_at: datetime) -> dict[str, str | int]:
    """`format`, `version` (of that format), `made_at` (UTC, ISO 8601, from a zoned time) and `program`."""
    made = made_at.astimezone(UTC).isoformat(timespec="seconds")
    return {"format": what, "version": version, "made_at": made, "program": PROGRAM}
