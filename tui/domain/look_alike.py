"""Who looks like somebody who refused: a refusal outlives the record in which it was said.

The same number, or the same name at the same firm, in another spelling, with a title, as a double name or with a new
mobile. It is a question to be answered for each person, never a match that merges them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry
from tui.domain.names import alike, firm_words, firms_alike, name_key

KnownContact = Callable[[str], Contact | None]
"""Gives the record of a contact id, when there still is one."""


def nobody_known(contact_id: str) -> Contact | None:
    """For a list whose people are in no store at hand."""
    return None


class LookAlikes:
    """Finds, for a person who is not on the list, an addition that may be about them all the same."""

    def __init__(self, additions: Iterable[Entry], known: KnownContact = nobody_known) -> None:
        """`additions` are those in force; `known` completes old ones that say less of the person."""
        self._by_number: dict[str, list[Entry]] = defaultdict(list)
        self._by_firm: dict[str, list[Entry]] = defaultdict(list)
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        for entry in additions:
            self._add(_completed(entry, known))

    def _add(self, entry: Entry) -> None:
        for number in entry.had_numbers:
            self._by_number[number].append(entry)
        firm = firm_words(entry.company or entry.firm)
        if firm:
            self._by_firm[firm[0]].append(entry)
        elif len(name_key(entry.name)) > 1:
            self._by_name[_any_order(entry.name)].append(entry)

    def __bool__(self) -> bool:
        return bool(self._by_number or self._by_firm or self._by_name)

    def of(self, contact: Contact) -> Iterator[Entry]:
        """Additions that may be about this person, the likeliest first."""
        if not self:
            return
        name = contact.full_name
        for number in contact.numbers:
            for entry in self._by_number.get(number.e164, ()) if number.e164 else ():
                if _came_later(contact, entry) or not name or alike(name, entry.name):
                    yield entry
        firm = firm_words(contact.company)
        for entry in self._by_firm.get(firm[0], ()) if firm else ():
            if _is_at(contact, entry):
                yield entry
        if name and not firm and self._by_name:
            yield from self._by_name.get(_any_order(name), ())


def _completed(entry: Entry, known: KnownContact) -> Entry:
    """The addition with what was known of the person when they refused; an old one says only their name."""
    contact = None if entry.company or entry.had_numbers else known(entry.contact_id)
    if contact is None:
        return entry
    return entry.about(contact) if not entry.firm else replace(entry.about(contact), name=contact.shown_name)


def _is_at(contact: Contact, entry: Entry) -> bool:
    firm = entry.company or entry.firm
    if not firms_alike(contact.company, firm):
        return False
    # Of a firm that refused everybody there is meant, in whatever spelling.
    return bool(entry.firm) or alike(contact.full_name, entry.name)


def _came_later(contact: Contact, entry: Entry) -> bool:
    """Whoever was known beside them before, under another name on the same number, is known to be another."""
    return contact.created_at is None or contact.created_at > entry.at


def _any_order(name: str) -> str:
    return " ".join(sorted(name_key(name)))
