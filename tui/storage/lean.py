"""Documents without what says nothing: a missing key means empty, and a third of the file is empty values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.outcome import Category
from tui.storage.cleaning import Document
from tui.storage.documents import call_to_document, contact_to_document

_EMPTY_CONTACT = contact_to_document(Contact(""))
_EMPTY_CALL = call_to_document(Call("", "", datetime.min.replace(tzinfo=UTC), "", Category.NO_ANSWER))
_CONTACT_KEPT = frozenset({"id", "rev", "edited_at", "name", "company", "numbers", "lists"})
_CALL_KEPT = frozenset(
    {"id", "contact_id", "at", "outcome", "is", "rev", "edited_at", "session_id", "rep", "direction", "dials"}
    | {"notes", "talk_s"}
)
"""Keys every document has, so that a reader of the file can count on them."""


def lean_contact(document: Mapping[str, Any]) -> Document:
    """The document of a contact without its empty values."""
    return _lean(document, _EMPTY_CONTACT, _CONTACT_KEPT)


def lean_call(document: Mapping[str, Any]) -> Document:
    """The document of a call without its empty values."""
    return _lean(document, _EMPTY_CALL, _CALL_KEPT)


def _lean(document: Mapping[str, Any], empty: Mapping[str, Any], kept: frozenset[str]) -> Document:
    return {
        key: value
        for key, value in document.items()
        if key in kept or key not in empty or value != empty[key]
    }
