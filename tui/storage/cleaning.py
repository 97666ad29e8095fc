"""Cleaning of documents read from disk: no control character of a hand-edited file reaches the terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

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
