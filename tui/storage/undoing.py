"""What an outcome changed about a person, kept in the call, so that undo takes back that and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.correction import reverted
from tui.storage.cleaning import Document
from tui.storage.documents import contact_from_document, contact_to_document

_STAMPS = frozenset({"rev", "edited_at", "created_at"})
_CHANGED_BY_OUTCOMES = ("prefers", "remembered", "numbers")
"""All that an outcome of format 1 can have changed: its calls keep the whole contact as it was before."""


def changed_values(before: Contact, after: Contact) -> tuple[Document, Document]:
    """The values that differ, as they were before and as they are after: `before` and `after` of a call."""
    old, new = contact_to_document(before), contact_to_document(after)
    differing = [key for key in old if key not in _STAMPS and old[key] != new[key]]
    return {key: old[key] for key in differing}, {key: new[key] for key in differing}


def without(stored: Contact, call: Call) -> Contact:
    """The contact as it is stored, without what this call changed; what was edited later stays as it is."""
    now = contact_to_document(stored)
    before, after = call.before or {}, call.after
    if after is None:
        empty = contact_to_document(Contact(""))
        names = [name for name in _CHANGED_BY_OUTCOMES if name not in stored.edited_by_rep] if before else []
        before = {name: before.get(name, empty[name]) for name in names}
        after = {name: now[name] for name in names}
    return taken_back(stored, before, after)


def taken_back(stored: Contact, before: Mapping[str, Any], after: Mapping[str, Any]) -> Contact:
    """The contact as it is stored, without the change of these values; what differs from `after` stays."""
    return contact_from_document(reverted(contact_to_document(stored), before, after))
