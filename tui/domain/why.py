"""What the domain has to say: a code and its values. Every sentence is made of them in `cockpit/wording/why.py`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from tui.domain.window import local


class Why(Struct, frozen=True):
    """Why something is so."""

    code: str
    values: Mapping[str, Any]
    """What the sentence names, by the name of its field; a day or a time as ISO text. Nothing empty is in it."""


def why(code: str, **values: Any) -> Why:
    """A code with those of its values that are not empty; the sentence says less where one is missing."""
    return Why(code, {name: value for name, value in values.items() if value is not None and value != ""})


def day(t: datetime, zone: str) -> str:
    """The date of a moment in the zone, in ISO format."""
    return local(t, zone).date().isoformat()


def wall(t: datetime | None, zone: str) -> str:
    """A moment as the wall clock of the zone shows it, in ISO format; empty when there is none."""
    return local(t, zone).isoformat() if t else ""
