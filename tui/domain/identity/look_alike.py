"""Who looks like somebody who refused: a refusal outlives the record in which it was said.

The same number, or the same name at the same firm, in another spelling, with a title, as a double name or with a new
mobile. It is a question, answered for each person, and merges nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from msgspec.structs import replace

from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry, KnownAs, known_as
from tui.domain.identity.names import alike, firm_parts, firms_alike, name_key

KnownContact = Callable[[str], Contact | None]
"""Gives the record of a contact id, while there is one."""


_Key: TypeAlias = tuple[str, ...]
"""What the names of two firms that may be one have in common; its first word says which likeness it is."""


def nobody_known(contact_id: str) -> Contact | None:
    """For a list whose people are in no store at hand."""
    return None


class LookAlikes:
    """Finds, for a person whom the list does not name, an addition that may be about them all the same."""

    def __init__(self, additions: Iterable[Entry], known: KnownContact = nobody_known) -> None:
        """`known` says of an old addition, which has only a name, whom it was about."""
        self._by_number: dict[str, list[Entry]] = defaultdict(list)
        self._by_firm: dict[_Key, list[Entry]] = defaultdict(list)
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        self._without_firm: dict[str, list[Entry]] = defaultdict(list)
        """Of those names the ones of nobody's firm: of somebody at a firm only these may be."""
        for entry in additions:
            if entry.contact_id or entry.firm:
                self._add(replace(entry, who=_who(entry, known)))

    def _add(self, entry: Entry) -> None:
        who = entry.who
        for number in who.numbers:
            self._by_number[number].append(entry)
        for key in _known_under(firm_parts(who.company or entry.firm)):
            self._by_firm[key].append(entry)
        if len(name_key(who.name)) > 1:
            order = _any_order(who.name)
            self._by_name[order].append(entry)
            if not who.company:
                self._without_firm[order].append(entry)

    def of(self, contact: Contact) -> Iterator[Entry]:
        """Additions that may be about this person, those of their number first, each with whom it is about."""
        numbers = self._by_number
        for number in contact.numbers if numbers else ():
            if number.bad or number.e164 not in numbers:
                continue
            for entry in numbers[number.e164]:
                if _came_later(contact, entry) or _may_be_named(contact, entry.who):
                    yield entry
        firms = self._by_firm
        keys = _looked_for(firm_parts(contact.company)) if firms and contact.company else ()
        for key in filter(firms.__contains__, keys):
            yield from (entry for entry in firms[key] if _is_at(contact, entry))
        named = self._without_firm if contact.company else self._by_name
        if named and (name := contact.full_name):
            yield from named.get(_any_order(name), ())


def _who(entry: Entry, known: KnownContact) -> KnownAs:
    contact = None if entry.who or not entry.contact_id else known(entry.contact_id)
    if contact is not None:
        return known_as(contact)
    return entry.who if entry.who or entry.firm else KnownAs(entry.name)


def _may_be_named(contact: Contact, who: KnownAs) -> bool:
    name = contact.full_name
    return not name or not who.name or alike(name, who.name)


def _is_at(contact: Contact, entry: Entry) -> bool:
    who = entry.who
    if not firms_alike(contact.company, who.company or entry.firm):
        return False
    # Where the whole firm refused, everybody there is meant, however its name is spelled.
    return bool(entry.firm) or alike(contact.full_name, who.name)


def _came_later(contact: Contact, entry: Entry) -> bool:
    """Whoever was on that number under another name before is known to be somebody else."""
    return contact.created_at is None or contact.created_at > entry.at


def _any_order(name: str) -> str:
    return " ".join(sorted(name_key(name)))


# Two lists whose firms begin with the same hundred names have a thousand of each: a key tells exactly the firms that
# `firms_alike` takes for one, so that nobody is compared with all of them.


def _known_under(firm: tuple[str, ...]) -> Iterator[_Key]:
    """The keys of a firm that refused, by the words of its name; none of one without a name."""
    yield from _whole(firm)
    if firm:
        yield ("is", *firm)
    for length in range(1, len(firm) + 1):
        yield ("begins", *firm[:length])


def _looked_for(firm: tuple[str, ...]) -> list[_Key]:
    """The keys under which a firm may be known: that of another one with more words behind, or with fewer."""
    # A list, not one by one: everybody of a file is looked for.
    return [*_whole(firm), ("begins", *firm), *[("is", *firm[:length]) for length in range(1, len(firm))]]


def _whole(firm: tuple[str, ...]) -> tuple[_Key, ...]:
    return (("letters", "".join(firm)), ("words", *sorted(set(firm)))) if firm else ()
