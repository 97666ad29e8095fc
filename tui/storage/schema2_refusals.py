"""The do-not-call list of format 1 as entries of format 2.

It stood in four places: a piece of state for numbers and firms, a text on each contact, the calls in which
somebody refused, and the time at which such a call was lifted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from tui.domain.contact import Contact
from tui.domain.do_not_call import DoNotCallList, Entry, firm_key
from tui.domain.ids import derived_id
from tui.storage.cleaning import Document
from tui.storage.documents import contact_from_document
from tui.storage.listed import entry_to_document
from tui.storage.values import day, each, moment, part_of, text

_SAID = {"this number": "they asked, for this number", "the whole firm": "they asked, for the whole firm"}
_ASKED_ON = re.compile(r"asked on (\d{2} [A-Z][a-z]+ \d{4}): (.*)", re.DOTALL)
_WITH_DAY = re.compile(r"(.*) \((\d{4}-\d{2}-\d{2})\)", re.DOTALL)
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""For a refusal of which nobody wrote down when it was said."""


def entries_of(
    state: Mapping[str, Any],
    contacts: Iterable[Document],
    calls: Iterable[Document],
    people: Mapping[str, Document],
) -> list[Document]:
    """Every addition and lift, oldest first, from the list in the state, contacts with a text, and refusals.

    `people`: by id those who refused in a call or were lifted; entries call people by their name.
    """
    reading = _Reading({one: contact_from_document(document) for one, document in people.items()})
    for call in calls:
        if not call.get("voided_at"):
            reading.call(call)
    _listed(reading, state)
    for contact in contacts:
        reading.contact(contact)
    for lifted in each(state.get("lifted"), dict):
        reading.lifted(lifted)
    found = sorted((*reading.said.values(), *reading.others), key=lambda entry: (entry.at, entry.id))
    return [entry_to_document(replace(entry, rev=1, edited_at=entry.at)) for entry in found]


@dataclass(slots=True)
class _Reading:
    people: Mapping[str, Contact]
    said: dict[str, Entry] = field(default_factory=dict)
    """What was refused in a call, by its id."""
    others: list[Entry] = field(default_factory=list)

    def call(self, call: Document) -> None:
        """A refusal in a call; whom else it covers follows from the list in the state."""
        at, call_id = moment(call.get("at")) or _BEGINNING, text(call.get("id"))
        self.said[call_id] = Entry(
            derived_id("do_not_call", call_id),
            at,
            at.date(),
            rep=text(call.get("rep")),
            why=_SAID.get(text(call.get("reason_code")), "they asked"),
            name=self._name(text(call.get("contact_id"))),
            contact_id=text(call.get("contact_id")),
            call_id=call_id,
        )
        if lifted_at := moment(call.get("lifted_at")):
            self._lift(self.said[call_id], lifted_at, lifted_at.date(), "", self.said[call_id].name)

    def contact(self, contact: Document) -> None:
        """The text on a contact, unless a call or their firm says the same."""
        known = contact_from_document(contact)
        words, at = text(contact.get("do_not_call")), known.edited_at or known.created_at or _BEGINNING
        listed = DoNotCallList((*self.said.values(), *self.others))
        asked = _ASKED_ON.fullmatch(words)
        if not words or listed.of_person(known.id) or (asked and listed.refusal(known)):
            return
        on = at.date()
        if asked:
            on, words = datetime.strptime(asked[1], "%d %B %Y").date(), _SAID.get(asked[2], "they asked")
        elif dated := _WITH_DAY.fullmatch(words):
            on, words = day(dated[2]) or on, dated[1]
        entry = Entry(derived_id("do_not_call", known.id, words), _noon(on), on, why=words)
        self.others.append(replace(entry, name=known.shown_name, contact_id=known.id))

    def lifted(self, record: Mapping[str, Any]) -> None:
        """Something that was lifted: what it was, and that it was lifted."""
        what, was = text(record.get("what")), text(record.get("was"))
        on, why = day(record.get("on")) or _BEGINNING.date(), text(record.get("why"))
        lifts = [entry for entry in self.others if entry.kind == "lift"]
        for place, lift in enumerate(self.others):
            refused = next((e for e in self.said.values() if e.id in lift.lifts), None)
            if lift in lifts and refused is not None and refused.contact_id == what:
                self.others[place] = replace(lift, why=why)
                return
        dated = _WITH_DAY.fullmatch(was)
        since = (day(dated[2]) if dated else None) or on
        words = dated[1] if dated else was or "on the list"
        entry = Entry(
            derived_id("do_not_call", what, words, since.isoformat()), _noon(since), since, why=words
        )
        if what.startswith("+"):
            entry = replace(entry, name=what, numbers=(what,))
        else:
            # A person's id, or a firm.
            is_person = re.fullmatch(r"[0-9a-f]{8}-[0-9a-f-]{27}", what) is not None
            person = replace(entry, name=self._name(what), contact_id=what)
            entry = person if is_person else replace(entry, name=what, firm=firm_key(what))
        self.others.append(entry)
        self._lift(entry, _noon(on), on, why, entry.name)

    def _name(self, contact_id: str) -> str:
        person = self.people.get(contact_id)
        return person.shown_name if person else "somebody no longer in the list"

    def _lift(self, entry: Entry, at: datetime, on: date, why: str, name: str) -> None:
        lift = Entry(derived_id("lift", entry.id, on.isoformat()), at, on, "lift", why=why, name=name)
        self.others.append(replace(lift, lifts=(entry.id,)))


def _listed(reading: _Reading, state: Mapping[str, Any]) -> None:
    """The numbers and firms of the list: those of a call go with its refusal, a register's are one entry."""
    registers: dict[str, list[str]] = {}
    for number, value in part_of(state.get("numbers")).items():
        if register := text(value.get("register")):
            registers.setdefault(register, []).append(number)
        elif said := reading.said.get(text(value.get("call"))):
            reading.said[said.call_id] = replace(said, numbers=(*said.numbers, number))
        else:
            reading.others.append(replace(_entry("number", number, value), name=number, numbers=(number,)))
    for firm, value in part_of(state.get("companies")).items():
        if said := reading.said.get(text(value.get("call"))):
            person = reading.people.get(said.contact_id)
            name = person.company if person and firm_key(person.company) == firm_key(firm) else firm
            reading.said[said.call_id] = replace(said, firm=firm_key(firm), name=name)
        else:
            reading.others.append(replace(_entry("firm", firm, value), name=firm, firm=firm_key(firm)))
    copies = part_of(state.get("registers"))
    for register in dict.fromkeys((*registers, *copies)):
        copy = part_of(copies.get(register))
        value = {"why": f"in {register}", "since": copy.get("date")}
        entry = replace(_entry("register", register, value), name=register, register=register)
        numbers = tuple(registers.get(register, ()))
        reading.others.append(replace(entry, country=text(copy.get("country")), numbers=numbers))


def _entry(kind: str, key: str, value: Mapping[str, Any]) -> Entry:
    on = day(value.get("since")) or _BEGINNING.date()
    return Entry(
        derived_id("do_not_call", kind, key, on.isoformat()), _noon(on), on, why=text(value.get("why"))
    )


def _noon(on: date) -> datetime:
    """A moment of that day in every inhabited zone."""
    return datetime.combine(on, time(12), UTC)
