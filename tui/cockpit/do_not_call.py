"""Keeping the do-not-call list: numbers, people and firms, copies of registers, and lifting with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from tui.cockpit.desk import Desk
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.do_not_call import DoNotCallList, Entry, firm_key
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.phone import shown
from tui.plaintext import clean
from tui.storage.protocol import Change

NO_REASON = "asked us not to be called"
SAID = {
    "this person": "they asked",
    "this number": "they asked, for this number",
    "the whole firm": "they asked, for the whole firm",
}
"""What stands on the list after a call, by whom the refusal covers."""


class NothingToLift(ValueError):  # noqa: N818 - nothing went wrong, there is nothing to do
    """What should be lifted does not bind anybody; `lifted` says when it was lifted before, if it ever was."""

    def __init__(self, lifted: Entry | None) -> None:
        super().__init__("not on the list")
        self.lifted = lifted


def refused_in(call: Call, contact: Contact, on: date) -> Entry | None:
    """What a call puts on the list: the person, and the number or the firm they spoke for. None for other calls."""
    if call.is_ is not Category.DO_NOT_CALL or call.voided_at is not None:
        return None
    numbers = tuple(n.e164 for n in contact.numbers if n.e164) if call.reason_code == "this number" else ()
    firm = firm_key(contact.company) if call.reason_code == "the whole firm" else ""
    return Entry(
        id=uuid7(call.at),
        at=call.at,
        on=on,
        rep=call.rep,
        why=SAID.get(call.reason_code, "they asked"),
        name=contact.company if firm else contact.shown_name,
        contact_id=contact.id,
        numbers=numbers,
        firm=firm,
        call_id=call.id,
    )


def list_after(never: DoNotCallList, call: Call, contact: Contact, here: datetime) -> DoNotCallList:
    """The list after a call was saved, corrected or undone; `here` is now on the rep's wall."""
    bare = never.without_call(call.id, here.astimezone(UTC))
    said = refused_in(call, contact, call.at.astimezone(here.tzinfo).date())
    return bare.with_entries(said) if said else bare


class DoNotCall:
    """Changes the do-not-call list. Each change is one commit; True when it was saved."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def entries(self) -> DoNotCallList:
        """The list as it is."""
        return self._desk.ranking.bounds.never

    async def add_number(self, e164: str, why: str) -> bool:
        """Nobody calls this number, whoever has it. True also when it was on the list before."""
        if self.entries.of_number(e164):
            return True
        return await self._keep(replace(self._entry(why), name=shown(e164), numbers=(e164,)))

    async def add_company(self, name: str, why: str) -> bool:
        """Nobody calls anybody of this firm, also people who come in later."""
        firm = clean(name)
        if self.entries.of_firm(firm):
            return True
        return await self._keep(replace(self._entry(why), name=firm, firm=firm_key(firm)))

    async def add_person(self, contact: Contact, why: str) -> bool:
        """Nobody calls this person."""
        if self.entries.of_person(contact.id):
            return True
        return await self._keep(replace(self._entry(why), name=contact.shown_name, contact_id=contact.id))

    async def take_register(self, numbers: Iterable[str], name: str, country: str, drawn: date) -> bool:
        """The numbers (E.164) of a public register's copy drawn on a day. Nothing is ever taken off by it."""
        register, known = clean(name, 80), self.entries.numbers
        fresh = tuple(number for number in dict.fromkeys(numbers) if number not in known)
        entry = replace(self._entry(f"in {register}"), on=drawn, name=register, numbers=fresh)
        return await self._keep(replace(entry, register=register, country=country))

    async def lift_number(self, e164: str, why: str) -> bool:
        """Take a number off; the lift stays on record. Raises `NothingToLift`."""
        found = self.entries.of_number(e164)
        if not found:
            raise NothingToLift(self.entries.last_lift(number=e164))
        return await self._lift(found, shown(e164), why, numbers=(e164,))

    async def lift_company(self, name: str, why: str) -> bool:
        """Take a firm off, and who refused for it; the lift stays on record. Raises `NothingToLift`."""
        found = self.entries.of_firm(name)
        if not found:
            raise NothingToLift(self.entries.last_lift(firm=name))
        return await self._lift(found, found[0].name, why)

    async def lift_person(self, contact: Contact, why: str) -> bool:
        """Take a person off, with what their own refusal put on the list; their calls stay as they were made.

        Raises `NothingToLift`.
        """
        found = self.entries.of_person(contact.id)
        if not found:
            raise NothingToLift(self.entries.last_lift(contact_id=contact.id))
        return await self._lift(found, contact.shown_name, why)

    async def _lift(
        self, found: tuple[Entry, ...], name: str, why: str, numbers: tuple[str, ...] = ()
    ) -> bool:
        lift = replace(self._entry(why), kind="lift", name=name, numbers=numbers)
        return await self._keep(replace(lift, lifts=tuple(entry.id for entry in found)), found)

    def _entry(self, why: str) -> Entry:
        desk = self._desk
        said = clean(why, 200) or NO_REASON
        return Entry(uuid7(desk.now), desk.now, desk.here.date(), rep=str(desk.rep.get("id", "")), why=said)

    async def _keep(self, entry: Entry, lifted: tuple[Entry, ...] = ()) -> bool:
        """Write one entry, and work out anew who may be called; `lifted` are the additions that a lift ends."""
        desk, bounds, before = self._desk, self._desk.ranking.bounds, self.entries
        bounds.never = before.with_entries(entry)
        calls = {call.id: call for call in self._no_longer_binding(lifted)}
        steps = {
            one.id: desk.ranking.compute(one, [calls.get(call.id, call) for call in desk.calls(one)])
            for one in desk.concerned((entry, *lifted))
        }
        change = Change(
            calls=tuple(calls.values()),
            do_not_call=(entry,),
            next_steps=steps,
            policy_hash=desk.ranking.policy_hash,
        )
        if not await desk.commit(change):
            bounds.never = before
            return False
        desk.ranking.place_all(steps)
        return True

    def _no_longer_binding(self, lifted: tuple[Entry, ...]) -> list[Call]:
        """The calls in which additions were said that bind nobody any more: the policy has to pass over them."""
        ended = (entry.call_id for entry in lifted if entry.call_id and not self.entries.binds(entry))
        calls = (self._desk.store.call(call_id) for call_id in ended)
        return [replace(call, lifted_at=self._desk.now) for call in calls if call and not call.lifted_at]
