"""The answers to "where did you get my number?" and "why may you call me?"."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tui.domain.contact import BY_HAND_LIST, Contact
from tui.domain.day_words import on_record

BASIS_WORDS = {
    "customer": "they are a customer",
    "contract": "there is a contract with them",
    "consent": "they agreed to it",
    "public": "the number is public",
    "referral": "somebody they know named them",
    "legitimate interest": "our interest in their business",
}


def where_from(contact: Contact, zone: str) -> str:
    """Where the person's number came from and since when; one line."""
    source = contact.source
    named = f"the list {source.list}" if source.list else ""
    if not named and contact.lists and contact.lists[0] != BY_HAND_LIST:
        named = f"the list {contact.lists[0]}"
    told = f" (their number there: {source.external_id})" if source.external_id else ""
    since = (
        f", since {on_record(contact.created_at.astimezone(ZoneInfo(zone)))}" if contact.created_at else ""
    )
    return f"{named or 'written down by hand'}{told}{since}"


def legal_basis(contact: Contact) -> str:
    """What allows us to call them, and since when; `none recorded` when nobody wrote it down."""
    kind = contact.basis.kind.strip()
    if not kind:
        return "none recorded; they are a customer" if contact.customer else "none recorded"
    since = f", since {on_record(contact.basis.date)}" if contact.basis.date else ""
    return BASIS_WORDS.get(kind.casefold(), kind) + since
