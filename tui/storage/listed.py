"""Entries of the do-not-call list to JSON documents and back. A missing key means empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.do_not_call import Entry
from tui.storage.cleaning import Document
from tui.storage.values import DocumentError, day, iso, moment, required, required_moment, text, texts, whole


def entry_to_document(entry: Entry) -> Document:
    """The entry under the names promised to the outside, without empty values; times are UTC ISO."""
    document = {
        "id": entry.id,
        "kind": entry.kind,
        "at": iso(entry.at),
        "on": entry.on.isoformat(),
        "rev": entry.rev,
        "edited_at": iso(entry.edited_at),
        "rep": entry.rep,
        "why": entry.why,
        "name": entry.name,
        "contact_id": entry.contact_id,
        "numbers": list(entry.numbers),
        "firm": entry.firm,
        "call_id": entry.call_id,
        "register": entry.register,
        "country": entry.country,
        "lifts": list(entry.lifts),
        "voided_at": iso(entry.voided_at),
    }
    return {key: value for key, value in document.items() if value}


def entry_from_document(document: Mapping[str, Any]) -> Entry:
    """The entry of a document; raises `DocumentError` without id, time or day."""
    get = document.get
    on = day(get("on"))
    if on is None:
        raise DocumentError("`on` is no date")
    return Entry(
        id=required(document, "id"),
        at=required_moment(document, "at"),
        on=on,
        kind="lift" if get("kind") == "lift" else "addition",
        rev=whole(get("rev")),
        edited_at=moment(get("edited_at")),
        rep=text(get("rep")),
        why=text(get("why")),
        name=text(get("name")),
        contact_id=text(get("contact_id")),
        numbers=texts(get("numbers")),
        firm=text(get("firm")),
        call_id=text(get("call_id")),
        register=text(get("register")),
        country=text(get("country")),
        lifts=texts(get("lifts")),
        voided_at=moment(get("voided_at")),
    )
