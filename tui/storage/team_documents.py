"""Who is one person and who is forgotten, as JSON documents and back: what makes one truth of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.domain.shared.forgotten import Forgotten, HashKey, is_key
from tui.domain.shared.same_person import SamePerson
from tui.storage.documents import Readers, values_of
from tui.storage.values import (
    Document,
    DocumentError,
    iso,
    moment,
    required,
    required_moment,
    shared_text,
    text,
    truth,
    whole,
)

_OF_EVERY_RECORD: Readers = {"rep": text, "rev": whole, "edited_at": moment}


def same_person_to_document(decision: SamePerson) -> Document:
    """The decision under the names promised to the outside; times are UTC ISO."""
    return {
        "id": decision.id,
        "one": decision.one,
        "other": decision.other,
        "same": decision.same,
        "at": iso(decision.at),
        "rep": decision.rep,
        "rev": decision.rev,
        "edited_at": iso(decision.edited_at),
        "voided_at": iso(decision.voided_at),
    }


def same_person_from_document(document: Mapping[str, Any]) -> SamePerson:
    """The decision of a document; raises `DocumentError` without its ids, its time, or with one id twice."""
    one, other = sorted((required(document, "one"), required(document, "other")))
    if one == other:
        raise DocumentError("`one` and `other` are one id")
    return SamePerson(
        id=required(document, "id"),
        one=shared_text(one),
        other=shared_text(other),
        same=truth(document.get("same")),
        at=required_moment(document, "at"),
        voided_at=moment(document.get("voided_at")),
        **values_of(document, _OF_EVERY_RECORD),
    )


def forgotten_to_document(gone: Forgotten) -> Document:
    """That a person is forgotten, under the names promised to the outside; times are UTC ISO."""
    return {
        "id": gone.id,
        "at": iso(gone.at),
        "rep": gone.rep,
        "key_id": gone.key_id,
        "rev": gone.rev,
        "edited_at": iso(gone.edited_at),
    }


def forgotten_from_document(document: Mapping[str, Any]) -> Forgotten:
    """Who is forgotten, of a document; raises `DocumentError` without id or time."""
    return Forgotten(
        id=required(document, "id"),
        at=required_moment(document, "at"),
        key_id=text(document.get("key_id")),
        **values_of(document, _OF_EVERY_RECORD),
    )


def hash_key_to_document(key: HashKey) -> Document:
    """The key under the names promised to the outside; times are UTC ISO."""
    return {
        "id": key.id,
        "key": key.key,
        "at": iso(key.at),
        "rep": key.rep,
        "rev": key.rev,
        "edited_at": iso(key.edited_at),
    }


def hash_key_from_document(document: Mapping[str, Any]) -> HashKey:
    """The key of a document; raises `DocumentError` without id or time, or when it is no key."""
    key = required(document, "key")
    if not is_key(key):
        raise DocumentError("`key` is no key")
    return HashKey(
        id=required(document, "id"),
        key=key,
        at=required_moment(document, "at"),
        **values_of(document, _OF_EVERY_RECORD),
    )
