"""People of the shared list: whom we hold, the last look before a dial, and whom we give back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from tui.cockpit.actions.team.list_line import ListLine
from tui.cockpit.actions.team.list_records import ListRecords
from tui.cockpit.state.leases import Leases
from tui.cockpit.state.state import State
from tui.cockpit.view import BEFORE_A_DIAL
from tui.cockpit.wording.card import A_COLLEAGUE
from tui.domain.contact import Contact
from tui.domain.shared.lease import AHEAD, is_settled
from tui.locale.spoken import translated
from tui.shared_list.keys import keys_of
from tui.shared_list.port import Lease, Look, SharedList
from tui.storage.protocol import Change
from tui.storage.sharing.listed import own_since

R = TypeVar("R")

DIAL_S = 1.0
"""Seconds a dial waits for its last look."""
RENEW_S = 60.0
"""Seconds between two renewals of what we hold."""


class ListPeople:
    """Whom the list holds for us. Everything here may raise `NoLine`."""

    def __init__(self, state: State, line: ListLine, records: ListRecords) -> None:
        self._state, self._line, self._is_unsent = state, line, records.is_unsent
        leases = self.leases = Leases(state.store, state.clock, self._is_mine, records.is_unsent)
        self._renew_mono = 0.0
        self._called: set[str] = set(leases.held)
        """People of ours who may have been called: others get them when the least gap is over. Of those we held when
        the program was killed nobody knows."""

    @property
    def are_lacking(self) -> bool:
        """Whether somebody is to be asked for."""
        return bool(self._to_claim())

    def called(self, contact_id: str) -> None:
        """They are dialled now, if they are ours."""
        if self.leases.has(contact_id):
            self._called.add(contact_id)

    async def look_at(self, contact: Contact, number: str) -> None:
        """Hold somebody, and hear a last time whether they may be called on this number."""
        leases = self.leases
        if not leases.has(contact.id):
            await self._claim_now(contact)
        lease, look, keys = leases.held.get(contact.id), Look.TAKEN, self._keys(contact, number)
        while lease is not None and leases.has(contact.id):
            look = await self._ask_now(_looking(lease, keys))
            before, lease = lease, leases.held.get(contact.id)
            if lease is before or look is not Look.TAKEN:
                break  # else a round claimed them a moment ago: that lease is the one to look at
        else:
            return
        if look is not Look.FREE and lease is not None:
            leases.drop(contact.id, lease)
        if look is Look.REFUSED:
            leases.refuse(contact.id)
        if look is Look.TAKEN:
            leases.are_held(await self._ask_now(lambda one: one.held()), translated(A_COLLEAGUE))

    def _is_mine(self, contact: Contact) -> bool:
        """Whether the list has known them as ours for so long that no colleague can have called them."""
        if not contact.owner_id or contact.owner_id != self._state.ranking.bounds.team.me.id:
            return False
        since = own_since(self._state.store, contact)
        return since is not None and is_settled(since, self._state.now, self._state.settings.policy.min_gap)

    def _keys(self, contact: Contact, number: str) -> tuple[str, ...]:
        others = (f"person:{one}" for one in self._state.store.persons.ids(contact.id))
        return tuple(dict.fromkeys((*keys_of(contact, number), *others)))

    def _wanted(self) -> list[str]:
        """Whom we would have nobody else call: the people in hand, and in a session the next few."""
        state = self._state
        in_hand = [working.contact.id for working in state.stack if not working.contact.is_demo]
        if state.run is None or state.run.clock.state == "ended":
            return in_hand
        following: list[str] = []
        for _ in range(AHEAD):
            exclude = {*in_hand, *following, *self.leases.not_offered}
            one = state.ranking.next_up(state.run.dialled_kinds, exclude=exclude)
            if one is None or one in exclude:
                break
            following.append(one)
        return [*in_hand, *following]

    def _to_claim(self) -> list[str]:
        passed = self.leases.not_offered
        return [
            one
            for one in self._wanted()
            if not self.leases.has(one) and one not in passed and not self._is_unsent(one)
        ]

    async def hold(self) -> None:
        """Hold the next people, keep those we have, give back whom we want no more, and see whom others have."""
        leases, mono = self.leases, self._state.clock.monotonic()
        wanted = self._wanted()
        await self.give_back([one for one in leases.held if one not in wanted])
        if leases.held and mono >= self._renew_mono:
            self._renew_mono = mono + RENEW_S
            held = tuple(leases.held.values())
            leases.renewed(held, await self._line.ask(lambda one: one.renew(held)))
        leases.are_held(await self._line.ask(lambda one: one.held()), translated(A_COLLEAGUE))
        if to_claim := self._to_claim():
            asked = [self._state.store.persons.ids(one) for one in to_claim]
            leases.given(to_claim, await self._line.ask(lambda one: one.claim(asked, len(asked))))

    async def _claim_now(self, contact: Contact) -> None:
        leases, ids = self.leases, self._state.store.persons.ids(contact.id)
        leases.given((), await self._ask_now(lambda one: one.claim([ids], 1)))
        if not leases.has(contact.id):
            leases.are_held(await self._ask_now(lambda one: one.held()), translated(A_COLLEAGUE))

    async def _ask_now(self, question: Callable[[SharedList], R]) -> R:
        return await self._line.ask_for(DIAL_S, question)

    async def give_back(self, people: Sequence[str]) -> None:
        """Others may have them: at once, or after the least gap when they were called."""
        leases = self.leases
        were = {one for one in people if one in self._called or self._was_called(one)}
        for called in (True, False):
            some = {one: leases.held[one] for one in people if one in leases.held}
            some = {one: lease for one, lease in some.items() if (one in were) is called}
            if some:
                await self._line.ask(_giving_back(tuple(some.values()), called=called))
            for one, lease in some.items():
                leases.drop(one, lease)
                if called:
                    self._called.discard(one)

    def look_who_was_not_called(self) -> None:
        """Those on a card were not called after all where the rep was asked first and did not go on."""
        state = self._state
        if state.ask is None:
            waiting = {one.contact.id for one in state.stack if one.phase in BEFORE_A_DIAL and not one.dials}
            self._called -= {one for one in waiting & self._called if not self._was_called(one)}

    def _was_called(self, contact_id: str) -> bool:
        """Whether a call of the last hours is on record or left open: under an earlier lease, too, they were called."""
        state, gap = self._state, self._state.settings.policy.min_gap
        calls = state.store.calls(contact_id, state.now - gap)
        open_calls = (kept.get("contact_id") for kept in state.left_open.values())
        return contact_id in open_calls or any(call.dials for call in calls)

    async def keep(self) -> None:
        """Write down whom we hold, where that changed."""
        if unwritten := self.leases.unwritten():
            await self._state.commit(Change(state=unwritten))


def _looking(lease: Lease, keys: Sequence[str]) -> Callable[[SharedList], Look]:
    return lambda one: one.last_look(lease, keys)


def _giving_back(leases: Sequence[Lease], *, called: bool) -> Callable[[SharedList], None]:
    return lambda one: one.give_back(leases, called=called)
