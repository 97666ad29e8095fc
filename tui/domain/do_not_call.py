"""Who must not be called: what put a person, a number or a firm on the list, and what lifted it again.

Nothing is ever taken out. An addition binds until it is undone (the rep pressed the wrong key) or lifted (the
customer changed their mind); a lift names the additions it ends, so that a later refusal binds again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from itertools import chain
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.contact import Contact, Refusal
from tui.domain.identity.names import own_mailboxes


class KnownAs(Struct, frozen=True):
    """Who somebody was when they refused, so that they are known again once their record is gone. It binds nobody."""

    name: str = ""
    company: str = ""
    numbers: tuple[str, ...] = ()
    """E.164."""
    emails: tuple[str, ...] = ()
    """Their own mailboxes."""

    def __bool__(self) -> bool:
        return bool(self.name or self.company or self.numbers or self.emails)


def known_as(contact: Contact) -> KnownAs:
    """Who a person is."""
    numbers = tuple(n.e164 for n in contact.numbers if n.e164 and not n.bad)
    return KnownAs(contact.full_name, contact.company, numbers, tuple(own_mailboxes(contact.emails)))


Kind = Literal["addition", "lift", "other_person"]
"""`other_person`: the answer that somebody who looks like one who refused is not the same."""
KINDS: Mapping[str, Kind] = {"addition": "addition", "lift": "lift", "other_person": "other_person"}


class Entry(Struct, frozen=True):
    """One addition to the list, one lift, or one answer that an addition is not about somebody."""

    id: str
    at: datetime
    """When it was said or written down (UTC)."""
    on: date
    """The same as a day on the rep's wall; for a public register the day the copy was drawn."""
    kind: Kind = "addition"
    rev: int = 0
    edited_at: datetime | None = None
    rep: str = ""
    why: str = ""
    """What was said; of a lift, why they may be called again."""
    name: str = ""
    """Whom or what it is about, as people say it: the person, the firm, the number."""
    contact_id: str = ""
    """An addition binds this person, also when they change their number or their firm; an answer is about them."""
    who: KnownAs = KnownAs()
    """The person of an addition as they were known then."""
    numbers: tuple[str, ...] = ()
    """E.164: an addition binds whoever has them; a lift frees only these."""
    firm: str = ""
    """An addition binds everybody of this firm, by `firm_key`."""
    call_id: str = ""
    """The call in which they said it."""
    register: str = ""
    """The public register the numbers were read from; empty when somebody asked us."""
    country: str = ""
    """Two letters, of the register."""
    lifts: tuple[str, ...] = ()
    """Of a lift: ids of the additions it ends; of an answer: of those that are about somebody else. Of an addition: of
    those said to be about the same person."""
    voided_at: datetime | None = None
    """Set by undo; then it binds nobody and lifts nothing."""
    hashes: tuple[str, ...] = ()
    """Of somebody who was forgotten, in place of numbers and e-mails: see `forgotten`."""

    @property
    def whom(self) -> str:
        """Whom it is about, as people say it."""
        return self.who.name or self.name or self.who.company or self.firm or next(iter(self.who.numbers), "")

    @property
    def refusal(self) -> Refusal:
        """What it says against a call."""
        by_number = "numbers" if self.numbers and not self.contact_id else ""
        return Refusal(self.why, self.on, "firm" if self.firm else by_number)


class RegisterCopy(Struct, frozen=True):
    """The latest copy of a public register."""

    country: str
    on: date
    """The day it was drawn."""


class DoNotCallList:
    """What the entries add up to. Give the whole list to whoever asks whether somebody may be called."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: Mapping[str, Entry] = {entry.id: entry for entry in entries}
        """By id."""
        valid = [entry for entry in self.entries.values() if entry.voided_at is None]
        lifts = (entry for entry in valid if entry.kind == "lift")
        self.lifts = tuple(sorted(lifts, key=lambda lift: (lift.at, lift.id)))
        """Every lift on record, oldest first."""
        self._lifts_of: dict[str, list[Entry]] = defaultdict(list)
        for lift in self.lifts:
            for one in lift.lifts:
                self._lifts_of[one].append(lift)
        self._not_about: dict[str, set[str]] = defaultdict(set)
        self.answers = tuple(entry for entry in valid if entry.kind == "other_person")
        """Every answer that somebody is not who refused."""
        for answer in self.answers:
            self._not_about[answer.contact_id].update(answer.lifts)
        self._people: dict[str, list[Entry]] = defaultdict(list)
        self._firms: dict[str, list[Entry]] = defaultdict(list)
        self._numbers: dict[str, list[Entry]] = defaultdict(list)
        self._hashes: dict[str, list[Entry]] = defaultdict(list)
        for entry in valid:
            freed = self._freed_from(entry) if entry.kind == "addition" else None
            if freed is not None:
                self._people[entry.contact_id].append(entry)
                self._firms[entry.firm].append(entry)
                for named, index in ((entry.numbers, self._numbers), (entry.hashes, self._hashes)):
                    for one in named:
                        if one not in freed:
                            index[one].append(entry)
        for nobody in (self._people, self._firms):
            nobody.pop("", None)

    def _freed_from(self, entry: Entry) -> frozenset[str] | None:
        """The numbers of an addition that were lifted, or their hashes; None when nothing of it binds any more."""
        lifts = self._lifts_of.get(entry.id, ())
        freed = frozenset(one for lift in lifts for one in (*lift.numbers, *lift.hashes))
        whole = any(not lift.numbers and not lift.hashes for lift in lifts)
        named = (*entry.numbers, *entry.hashes)
        return None if whole or (named and freed.issuperset(named)) else freed

    def binds(self, entry: Entry) -> bool:
        """Whether an addition of the list still forbids a call to anybody."""
        return entry.voided_at is None and entry.kind == "addition" and self._freed_from(entry) is not None

    def __bool__(self) -> bool:
        return bool(self._people or self._firms or self._numbers or self._hashes)

    # -- the question ----------------------------------------------------------------------------------

    def refusal(self, contact: Contact, number: str = "") -> Entry | None:
        """What forbids a call to this person, or to them on this number (E.164); None when they may be called.

        Without a number they may be called while one of their numbers is free.
        """
        of_firm = self._firms.get(firm_key(contact.company)) if self._firms else None
        for found in (self._people.get(contact.id), of_firm):
            if found:
                return found[0]
        if number:
            return self.on_number(number)
        if not self._numbers:
            return None
        listed = [self.on_number(n.e164) for n in contact.numbers if n.dialable]
        return listed[0] if listed and all(listed) else None

    def on_number(self, e164: str) -> Entry | None:
        """What forbids this number, whoever has it; None when nothing does."""
        return next(iter(self.of_number(e164)), None)

    def is_about_another(self, entry: Entry, contact_id: str) -> bool:
        """Whether somebody answered that an addition is not about this person, who looks as if it were."""
        return not self._not_about.get(contact_id, set()).isdisjoint((entry.id, *entry.lifts))

    @property
    def holds_hashes(self) -> bool:
        """Whether it holds numbers or e-mails of people who were forgotten."""
        return bool(self._hashes)

    def of_hashes(self, hashes: Iterable[str]) -> Entry | None:
        """What forbids the number or the e-mail that has one of these hashes; None when nothing does."""
        return next((entry for one in hashes for entry in self._hashes.get(one, ())), None)

    @property
    def all_numbers(self) -> Collection[str]:
        """Every number (E.164) on it, to look one up."""
        return self._numbers.keys()

    @property
    def may_mean_others(self) -> tuple[Entry, ...]:
        """Additions in force that may be about people they do not name: those of people and of firms."""
        named = (entry for entries in (*self._people.values(), *self._firms.values()) for entry in entries)
        return tuple({entry.id: entry for entry in named}.values())

    # -- what binds, for the list and for lifting -------------------------------------------------------

    def of_person(self, contact_id: str) -> tuple[Entry, ...]:
        """Additions in force that name this person."""
        return tuple(self._people.get(contact_id, ()))

    def of_firm(self, name: str) -> tuple[Entry, ...]:
        """Additions in force that name this firm, in any spelling of case and blanks."""
        return tuple(self._firms.get(firm_key(name), ()))

    def of_number(self, e164: str) -> tuple[Entry, ...]:
        """Additions in force that name this number."""
        return tuple(self._numbers.get(e164, ()))

    def like(self, entry: Entry) -> tuple[Entry, ...]:
        """Additions in force that name the same person, the same firm, or every number that this one names."""
        if entry.contact_id:
            return self.of_person(entry.contact_id)
        if entry.firm:
            return self.of_firm(entry.firm)
        found = [self.of_number(number) for number in entry.numbers]
        return found[0] if found and all(found) else ()

    @property
    def people(self) -> Mapping[str, Entry]:
        """The addition in force for each person, the first one, by id."""
        return {one: found[0] for one, found in self._people.items()}

    @property
    def firms(self) -> tuple[Entry, ...]:
        """The addition in force for each firm, the first one."""
        return tuple(found[0] for found in self._firms.values())

    @property
    def numbers(self) -> Mapping[str, Entry]:
        """The addition in force for each number, the first one."""
        return {number: found[0] for number, found in self._numbers.items()}

    def last_lift(self, *, contact_id: str = "", firm: str = "", number: str = "") -> Entry | None:
        """The latest lift of something that named this person, firm or number; None when there was none."""
        for lift in reversed(self.lifts):
            for was in filter(None, map(self.entries.get, lift.lifts)):
                numbers = lift.numbers or was.numbers
                if (
                    (contact_id and was.contact_id == contact_id)
                    or (firm and was.firm == firm_key(firm))
                    or (number and number in numbers)
                ):
                    return lift
        return None

    @property
    def registers(self) -> Mapping[str, RegisterCopy]:
        """The copy of each public register that was drawn last."""
        taken = sorted((e for e in self.entries.values() if e.register), key=lambda entry: entry.on)
        return {entry.register: RegisterCopy(entry.country, entry.on) for entry in taken}

    # -- changes ---------------------------------------------------------------------------------------

    def with_entries(self, *entries: Entry) -> DoNotCallList:
        """With these entries too; one of the same id replaces the older."""
        return DoNotCallList({**self.entries, **{entry.id: entry for entry in entries}}.values())

    def without_call(self, call_id: str, at: datetime) -> DoNotCallList:
        """As if nothing had been said in this call: it was undone, or corrected, at `at` (UTC)."""
        said = [e for e in self.entries.values() if e.call_id == call_id and e.voided_at is None]
        return self.with_entries(*(replace(entry, voided_at=at) for entry in said)) if said else self

    def since(self, before: DoNotCallList) -> tuple[Entry, ...]:
        """The entries that are new or differ from those of an earlier list: what a commit has to write."""
        return tuple(entry for one, entry in self.entries.items() if before.entries.get(one) != entry)

    def taken_back(self, said: Iterable[Entry], before: DoNotCallList) -> DoNotCallList:
        """Without what was said and could not be saved; what came in from elsewhere since `before` stays."""
        gone = [entry.id for entry in said if self.entries.get(entry.id) == entry]
        left = {one: entry for one, entry in self.entries.items() if one not in gone}
        earlier = {one: before.entries[one] for one in gone if one in before.entries}
        return DoNotCallList({**left, **earlier}.values())


class Named:
    """Whom some entries name: people, firms, numbers."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        entries = tuple(entries)
        self._ids = {entry.contact_id for entry in entries} - {""}
        self._firms = {entry.firm for entry in entries} - {""}
        self._numbers = frozenset(chain.from_iterable(entry.numbers for entry in entries))

    def holds(self, contact: Contact) -> bool:
        """Whether one of them names this person, their firm or one of their numbers."""
        return (
            contact.id in self._ids
            or (bool(self._firms) and firm_key(contact.company) in self._firms)
            or any(number.e164 in self._numbers for number in contact.numbers if number.e164)
        )


def firm_key(name: str) -> str:
    """A firm's name as it is compared: without case and double blanks."""
    return " ".join(name.casefold().split())
