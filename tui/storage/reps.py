"""Reps to JSON documents and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.contact import Rep
from tui.storage.cleaning import Document
from tui.storage.values import iso, moment, required, text, texts, whole


def rep_to_document(rep: Rep) -> Document:
    """The rep under the names promised to the outside."""
    return {
        "id": rep.id,
        "label": rep.label,
        "aliases": list(rep.aliases),
        "rev": rep.rev,
        "edited_at": iso(rep.edited_at),
    }


def rep_from_document(document: Mapping[str, Any]) -> Rep:
    """The rep of a document; raises `DocumentError` when it has no id."""
    get = document.get
    return Rep(
        id=required(document, "id"),
        label=text(get("label")),
        aliases=texts(get("aliases")),
        rev=whole(get("rev")),
        edited_at=moment(get("edited_at")),
    )
