"""The answer to "where did you get my number?"."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from tui.domain.contact import Contact

BASIS_WORDS = {
    "customer": "they are a customer",
    "contract": "there is a contract with them",
    "consent": "they agreed to it",
    "public": "the number is public",
    "referral": "somebody they know named them",
    "legitimate interest": "our interest in their business",
}
BASIS_HINT = "why: consent, contract, referral"
"""Beside the line on which a rep writes it down."""


def where_from(contact: Contact, zone: str) -> str:
    """Where the person's number came from, since when, and what allows us to ring; one line."""
    parts = [_source(contact, zone)]
    kind = contact.basis.kind.strip()
    if not kind:
        parts.append("why we may ring: customer" if contact.customer else "why we may ring: not written down")
    else:
        since = f", since {_day(contact.basis.date)}" if contact.basis.date else ""
        parts.append(f"why we may ring: {BASIS_WORDS.get(kind.casefold(), kind)}{since}")
    return "; ".join(parts)


def _source(contact: Contact, zone: str) -> str:
    source = contact.source
    named = f"the list {source.list}" if source.list else ""
    if not named and contact.lists:
        named = f"the list {contact.lists[0]}"
    told = f" (their number there: {source.external_id})" if source.external_id else ""
    since = f", since {_day(contact.created_at.astimezone(ZoneInfo(zone)))}" if contact.created_at else ""
    return f"{named or 'written down by hand'}{told}{since}"


def _day(day: date) -> str:
    return f"{day:%d %B %Y}".lstrip("0")
