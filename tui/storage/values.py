"""Single values of documents: written in one form, read with patience for what people and programs wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from sys import intern
from typing import Any, TypeVar

T = TypeVar("T")
YEARS = range(1900, 2200)
"""A time outside these years was written by no clock, and a day more or less of it may be no time at all."""
_NOTHING: Mapping[str, Any] = {}


class DocumentError(ValueError):
    """A document that is no such record; str() says which value is wrong."""


def iso(at: datetime | None) -> str | None:
    """UTC ISO text, or None; raises ValueError for a time without a zone."""
    if at is None:
        return None
    if at.tzinfo is not UTC:
        if at.tzinfo is None:
            raise ValueError(f"time without a zone: {at}")
        at = at.astimezone(UTC)
    return at.isoformat()


def moment(value: Any) -> datetime | None:
    """UTC; a time without a zone in a hand-edited file is taken as UTC, anything else as no time."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    if at.tzinfo is UTC:
        return at
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def day(value: Any) -> date | None:
    """The date of an ISO text, or None."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and found.year in YEARS else None


def text(value: Any) -> str:
    """A text; a number becomes one, anything else is empty."""
    if type(value) is str:
        return value
    return "" if value is None or isinstance(value, Mapping | list) else str(value)


def shared_text(value: Any) -> str:
    """A text that is kept once however often it is read: the id of a person stands in many tables and indexes."""
    return intern(text(value))


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list; empty for anything else."""
    return tuple(text(item) for item in value) if value and isinstance(value, list) else ()


def text_map(value: Any) -> dict[str, str]:
    """The texts of an object by name; empty for anything else."""
    return {key: text(item) for key, item in value.items()} if value and isinstance(value, dict) else {}


def whole(value: Any) -> int:
    """A whole number; 0 for anything else."""
    return value if type(value) is int else 0


def truth(value: Any) -> bool:
    """True only for true."""
    return value is True


def seconds(value: Any) -> float:
    """Seconds; 0 for anything else."""
    return value if type(value) in (float, int) else 0.0


def part_of(value: Any) -> Mapping[str, Any]:
    """An object inside a document; empty for anything else."""
    return value if isinstance(value, Mapping) else _NOTHING


def each(value: Any, read: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    """Each part of a list as a record; parts of another shape are left out."""
    if not value or not isinstance(value, list):
        return ()
    return tuple(read(part) for part in value if isinstance(part, Mapping))


def required(document: Mapping[str, Any], key: str) -> str:
    """A text that must be there; raises `DocumentError`."""
    value = document.get(key)
    if not isinstance(value, str) or not value:
        raise DocumentError(f"`{key}` is missing")
    return value


def required_moment(document: Mapping[str, Any], key: str) -> datetime:
    """A time that must be there (UTC); raises `DocumentError`."""
    at = moment(document.get(key))
    if at is None:
        raise DocumentError(f"`{key}` is no time")
    return at
