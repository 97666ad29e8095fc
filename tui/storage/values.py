"""Cleaning of documents read from disk: no control character of a hand-edited file reaches the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from json.encoder import encode_basestring_ascii
from sys import intern
from typing import Any, TypeAlias, TypeVar

from tui.plaintext import MAX_TEXT, clean, clean_text

Document: TypeAlias = dict[str, Any]
"""One record as JSON knows it: what stands in a table of the file."""

_WITH_BREAKS = frozenset(
    {"text", "words", "fields", "answers", "remembered", "before", "after", "draft", "notes"}
)
"""Keys below which a text may have line breaks."""


def _as_object(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a {type(value).__name__} is no JSON")


_DECODE = json.JSONDecoder().decode
_ENCODE = json.JSONEncoder(separators=(",", ":"), allow_nan=False, default=_as_object).encode


def dump(document: Mapping[str, Any]) -> bytes:
    """The document as one line of ASCII JSON; raises TypeError or ValueError for what JSON cannot say."""
    return _ENCODE(document).encode("ascii")


def quoted(value: str) -> bytes:
    """A text as it stands in such a line."""
    return encode_basestring_ascii(value).encode("ascii")


def load(raw: bytes) -> Document:
    """The document of one line written by `dump`, cleaned; raises ValueError when it is no JSON object."""
    document = _DECODE(raw.decode("ascii"))
    if not isinstance(document, dict):
        raise ValueError("not an object")
    return document if is_plain(raw) else clean_document(document)


def is_plain(raw: bytes) -> bool:
    """Whether ASCII JSON can hold nothing that needs cleaning: all such characters are escaped, but DEL."""
    return b"\\" not in raw and b"\x7f" not in raw


def clean_document(document: Mapping[str, Any], breaks: bool = False) -> Document:
    """A cleaned copy, keys too; texts keep their line breaks where `breaks` is set or their key allows it."""
    return {clean(key): _clean(value, breaks or key in _WITH_BREAKS) for key, value in document.items()}


def _clean(value: Any, breaks: bool) -> Any:
    if isinstance(value, str):
        return clean_text(value) if breaks else clean(value, MAX_TEXT)
    if isinstance(value, Mapping):
        return clean_document(value, breaks)
    if isinstance(value, list | tuple):
        return [_clean(item, breaks) for item in value]
    return value


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
