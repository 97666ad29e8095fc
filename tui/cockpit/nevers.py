"""Keeping the do-not-call list: numbers, people and firms, copies of registers, and lifting with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from tui.cockpit.desk import Desk
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.never import STATE, Copy, Entry, NeverList, firm_key
from tui.domain.outcome import Category
from tui.plaintext import clean
from tui.storage.protocol import Change

NO_REASON = "asked us not to be called"


class Nevers:
    """Changes the do-not-call list. Each change is one commit; True when it was saved."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def list(self) -> NeverList:
        """The list as it is."""
        return self._desk.ranking.bounds.never

    async def add_number(self, e164: str, why: str) -> bool:
        """Nobody rings this number, whoever has it."""
        return await self._keep(self.list.with_numbers((e164,), self._entry(why)), (e164,))

    async def add_company(self, name: str, why: str) -> bool:
        """Nobody rings anybody of this firm, also people who come in later."""
        firm = clean(name)
        return await self._keep(self.list.with_company(firm, self._entry(why)), (firm_key(firm),))

    async def add_person(self, contact: Contact, why: str) -> bool:
        """Nobody rings this person."""
        said = self._entry(why).sentence
        return await self._keep(self.list, (), (replace(contact, do_not_call=contact.do_not_call or said),))

    async def take_register(self, numbers: Iterable[str], name: str, country: str, drawn: date) -> bool:
        """The numbers (E.164) of a public register's copy drawn on a day. Nothing is ever taken off by it."""
        fresh = [number for number in dict.fromkeys(numbers) if number not in self.list.numbers]
        entry = Entry(f"in {clean(name, 80)}", drawn.isoformat(), register=clean(name, 80))
        copy = Copy(country, drawn.isoformat(), len(fresh))
        never = self.list.with_numbers(fresh, entry).with_register(clean(name, 80), copy)
        return await self._keep(never, set(fresh))

    async def lift_number(self, e164: str, why: str) -> bool:
        """Take a number off; the lifting stays on record."""
        return await self._keep(self.list.lift(e164, clean(why, 200), self._today), (e164,))

    async def lift_company(self, name: str, why: str) -> bool:
        """Take a firm off; the lifting stays on record."""
        key = firm_key(name)
        return await self._keep(self.list.lift(key, clean(why, 200), self._today), (key,))

    async def lift_person(self, contact: Contact, why: str) -> bool:
        """Take a person off, with what their own refusal put on the list; their calls stay as they were made."""
        desk, now = self._desk, self._desk.now
        refusals = [
            call
            for call in desk.store.calls(contact.id)
            if call.is_ is Category.DO_NOT_CALL and not call.voided_at and not call.lifted_at
        ]
        never = self.list.lift(contact.id, clean(why, 200), self._today)
        for call in refusals:
            never = never.without_call(call.id)
        calls = tuple(replace(call, lifted_at=now) for call in refusals)
        gone = {key for key in (*self.list.numbers, *self.list.companies) if not _has(never, key)}
        return await self._keep(never, gone, (replace(contact, do_not_call=""),), calls)

    @property
    def _today(self) -> date:
        return self._desk.here.date()

    def _entry(self, why: str) -> Entry:
        return Entry(clean(why, 200) or NO_REASON, self._today.isoformat())

    async def _keep(
        self,
        never: NeverList,
        keys: Collection[str],
        contacts: tuple[Contact, ...] = (),
        calls: tuple[Call, ...] = (),
    ) -> bool:
        desk, bounds, before = self._desk, self._desk.ranking.bounds, self.list
        bounds.never = never
        concerned = {one.id: one for one in desk.store.contacts() if keys and never.concerns(one, keys)}
        concerned |= {one.id: one for one in contacts}
        again = {call.id: call for call in calls}
        steps = {
            one.id: desk.ranking.compute(one, [again.get(c.id, c) for c in desk.store.calls(one.id)])
            for one in concerned.values()
        }
        state = {STATE: never.to_state()}
        change = Change(contacts, calls, (), (), state, steps, desk.ranking.policy_hash)
        if not await desk.commit(change):
            bounds.never = before
            return False
        desk.ranking.place_all(steps)
        return True


def _has(never: NeverList, key: str) -> bool:
    return key in never.numbers or key in never.companies
