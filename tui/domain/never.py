"""The team's do-not-call list: numbers and firms that are never rung, also when they come in again later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from tui.domain.contact import Contact

STATE = "do_not_call"
"""Name of the piece of state that holds the list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Why a number or a firm is on the list."""

    why: str
    since: str
    """ISO date."""
    register: str = ""
    """The public register it was read from; empty when somebody asked us."""
    call: str = ""
    """Id of the call in which they asked; undoing that call takes the entry back."""

    @property
    def sentence(self) -> str:
        """`asked on 2026-11-02: the whole firm`, for a card."""
        return f"{self.why} ({self.since})"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a public register: its country, the day it was drawn, how many numbers it added."""

    country: str
    date: str
    numbers: int = 0


@dataclass(frozen=True, slots=True)
class NeverList:
    """Numbers (E.164) and firms nobody rings, and what was lifted again, on record."""

    numbers: Mapping[str, Entry] = field(default_factory=dict)
    companies: Mapping[str, Entry] = field(default_factory=dict)
    """By `firm_key`."""
    registers: Mapping[str, Copy] = field(default_factory=dict)
    lifted: tuple[Mapping[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.numbers or self.companies)

    def number(self, e164: str) -> Entry | None:
        """Why this number is not rung, or None."""
        return self.numbers.get(e164)

    def why(self, contact: Contact) -> str:
        """Why nobody rings this person: their firm, or every number they have; empty when somebody may."""
        if not self:
            return ""
        if contact.company and (firm := self.companies.get(firm_key(contact.company))):
            return firm.sentence
        found = [self.numbers.get(n.e164) for n in contact.numbers if n.dialable]
        if found and all(found) and found[0] is not None:
            return found[0].sentence
        return ""

    def marked(self, contact: Contact) -> Contact:
        """The contact as the list leaves it: with the reason of do-not-call, or without the listed numbers."""
        if not self or contact.do_not_call:
            return contact
        if why := self.why(contact):
            return replace(contact, do_not_call=why)
        if not any(n.e164 in self.numbers for n in contact.numbers):
            return contact
        kept = tuple(replace(n, bad=True) if n.e164 in self.numbers else n for n in contact.numbers)
        return replace(contact, numbers=kept)

    def concerns(self, contact: Contact, keys: Iterable[str]) -> bool:
        """Whether one of these numbers or firms is the contact's."""
        wanted = set(keys)
        return firm_key(contact.company) in wanted or any(n.e164 in wanted for n in contact.numbers)

    def with_numbers(self, numbers: Iterable[str], entry: Entry) -> NeverList:
        """These numbers too; one that is there keeps its first reason."""
        return replace(self, numbers={**dict.fromkeys(numbers, entry), **self.numbers})

    def with_company(self, name: str, entry: Entry) -> NeverList:
        """This firm too."""
        return replace(self, companies={firm_key(name): entry, **self.companies})

    def with_register(self, name: str, copy: Copy) -> NeverList:
        """With a public register's latest copy noted."""
        return replace(self, registers={**self.registers, name: copy})

    def without_call(self, call_id: str) -> NeverList:
        """Without what one call put on the list: that call was taken back."""
        return replace(
            self,
            numbers={key: one for key, one in self.numbers.items() if one.call != call_id},
            companies={key: one for key, one in self.companies.items() if one.call != call_id},
        )

    def lift(self, key: str, why: str, on: date) -> NeverList:
        """Without a number or firm, with the lifting on record. `key` may also name a person."""
        was = self.numbers.get(key) or self.companies.get(key)
        record = {"what": key, "was": was.sentence if was else "", "why": why, "on": on.isoformat()}
        return replace(
            self,
            numbers={one: entry for one, entry in self.numbers.items() if one != key},
            companies={one: entry for one, entry in self.companies.items() if one != key},
            lifted=(*self.lifted, record),
        )

    def to_state(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "numbers": {key: _plain(entry) for key, entry in self.numbers.items()},
            "companies": {key: _plain(entry) for key, entry in self.companies.items()},
            "registers": {key: asdict(copy) for key, copy in self.registers.items()},
            "lifted": [dict(one) for one in self.lifted],
        }


def never_from_state(state: Mapping[str, Any]) -> NeverList:
    """The list of a piece of state; empty for an empty one."""
    return NeverList(
        {key: _entry(value) for key, value in dict(state.get("numbers", {})).items()},
        {key: _entry(value) for key, value in dict(state.get("companies", {})).items()},
        {
            key: Copy(str(one.get("country", "")), str(one.get("date", "")), int(one.get("numbers", 0)))
            for key, one in dict(state.get("registers", {})).items()
        },
        tuple(dict(one) for one in state.get("lifted", ())),
    )


def firm_key(name: str) -> str:
    """A firm's name as it is compared: without case and double blanks."""
    return " ".join(name.casefold().split())


def _plain(entry: Entry) -> dict[str, str]:
    return {key: value for key, value in asdict(entry).items() if value}


def _entry(value: Mapping[str, Any]) -> Entry:
    names = ("why", "since", "register", "call")
    return Entry(**{name: str(value.get(name, "")) for name in names})
