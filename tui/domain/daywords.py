"""Days and times in a sentence: the same words whatever the machine's language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from tui.domain.window import local

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock_minutes(t: datetime, zone: str) -> int:
    """Minutes since midnight on the wall clock of the zone."""
    wall = local(t, zone)
    return wall.hour * 60 + wall.minute


def day_words(t: datetime, zone: str) -> str:
    """`Fri 27 Nov` as the callee counts days; the same words whatever the machine's language."""
    wall = local(t, zone)
    return f"{_DAYS[wall.weekday()]} {wall.day} {_MONTHS[wall.month - 1]}"


def time_words(t: datetime, zone: str, precision: Literal["minute", "day"]) -> str:
    """`Fri 27 Nov 15:00`, or only the day when no time was named."""
    wall = local(t if t.tzinfo else t.replace(tzinfo=UTC), zone)
    clock = f" {wall.hour:02}:{wall.minute:02}" if precision == "minute" else ""
    return day_words(t, zone) + clock
