"""What a refusal can name of a person, as the list compares it; the whole question is asked of `MayCall`, as ever.

The list looks at this much so that a refusal which a colleague has just heard stops a claim and a dial before it
was pulled.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry, firm_key

_NUMBER = "num:"


def keys_of(contact: Contact, number: str = "", hashes: Iterable[str] = ()) -> tuple[str, ...]:
    """The person, their firm, and the number (E.164) that is to be dialled.

    `hashes` of that number under the team's keys, as `Hashes.of` gives them: who is forgotten refused by those.
    """
    firm = firm_key(contact.company)
    of_firm = [f"firm:{firm}"] if firm else []
    of_number = [_NUMBER + number] if number else []
    return (f"person:{contact.id}", *of_firm, *of_number, *(f"hash:{one}" for one in hashes))


def numbers_of(contact: Contact) -> tuple[str, ...]:
    """The keys of all numbers they can be called on: who refused on one of several may be called on another."""
    return tuple(dict.fromkeys(_NUMBER + one.e164 for one in contact.numbers if one.dialable))


def keys_of_entry(entry: Entry) -> tuple[str, ...]:
    """What an addition binds, or what a lift frees; empty for a lift of all that its additions bind."""
    named = (*(_NUMBER + one for one in entry.numbers), *(f"hash:{one}" for one in entry.hashes))
    if entry.kind == "lift":
        return named
    person = [f"person:{entry.contact_id}"] if entry.contact_id else []
    firm = [f"firm:{entry.firm}"] if entry.firm else []
    return (*person, *firm, *named)
