"""What colleagues wrote, however it came: a refusal is obeyed at once, all else is taken in while nobody is called."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tui.cockpit.state.state import State
from tui.cockpit.view import Phase
from tui.cockpit.wording.notices import notice
from tui.domain.do_not_call import Entry
from tui.domain.shared.forgotten import HashKey
from tui.domain.shared.merge import Record, merged, united
from tui.storage.protocol import Change, StoreError, change_of

if TYPE_CHECKING:
    from tui.cockpit.state.taking_in import TakingIn

FEW = 200
"""Records that are taken in between two calls; more of them wait for the queue."""
A_FRAME = 50
"""People ranked again at once; a key goes in between."""


class FromColleagues:
    """Makes one of what came and what is here. The rep's own writes, and their keys, come in between."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._taking: TakingIn | None = None
        """What is being taken in, until all of it is."""

    def may_take_in(self, count: int = 0) -> bool:
        """Whether so many records may be taken in now: few also while a card waits on which nothing was done yet."""
        state, working = self._state, self._state.working
        if state.phase in (Phase.QUEUE, Phase.RECAP):
            return True
        waits = state.phase is Phase.READY and working is not None and not working.has_work
        return waits and len(state.stack) == 1 and count <= FEW

    async def obey(self, records: Iterable[Record]) -> None:
        """Whoever refused elsewhere is not called from now on, also while that cannot be saved."""
        state, known = self._state, self._state.never.entries
        keys = tuple(one for one in records if isinstance(one, HashKey))
        fresh: dict[str, Entry] = {}
        told: list[Record] = list(keys)
        for one in records:
            if isinstance(one, Entry):
                ours = fresh.get(one.id) or known.get(one.id)
                theirs = replace(one, contact_id=state.store.persons.of(one.contact_id))
                together = merged(ours, theirs) if ours else theirs
                if together != ours:
                    fresh[one.id] = together
                    told.append(one)
        if not fresh:
            return
        said = [one for one in fresh.values() if one.kind == "addition" and one.name and one.id not in known]
        entries = tuple(fresh.values())
        await state.commit(change_of(united(told), origin="merge", known_to_team=True))
        async with state.change(obeyed_anyhow=True) as change:
            change.refuse(state.never.with_entries(*entries), (), self._concerned(entries, known))
        if said:
            others = len(said) - 1
            code = "now_refused_several" if others else "now_refused"
            state.say(notice(code, name=said[0].name, others=others))
        state.obeyed()

    def _concerned(self, entries: Iterable[Entry], known: Any) -> tuple[Entry, ...]:
        """The entries, and those that they end."""
        ended = (known.get(id_) for one in entries for id_ in one.lifts)
        return (*entries, *filter(None, ended))

    async def take_in(self, works: Iterable[Callable[[TakingIn], None]], *, is_all: bool) -> bool:
        """Do these pieces of work where the store works, and after the last of them rank again whom they concern.

        False, and a sentence for the rep, when that was not saved: then all of it is to be taken in again.
        """
        from tui.cockpit.state.taking_in import TakingIn

        state = self._state
        if self._taking is None:
            team = state.ranking.bounds.team
            self._taking = TakingIn(state.store, state.now, team.me.id, known_to_team=True, team=team)
        try:
            for work in works:
                await state.disk.run(work, self._taking)
            if is_all:
                await self._finish(self._taking)
        except StoreError as error:
            state.say(str(error), "error")
            self._taking = None
            return False
        return True

    async def _finish(self, taking: TakingIn) -> None:
        from tui.cockpit.state.others import follow_own_calls, reload

        state = self._state
        came = await state.disk.in_parts(taking.finishing())
        if came.joined or came.forgotten or came.added or taking.joins:
            await reload(state)
        else:
            await self._rank_again(taking.stale)
        follow_own_calls(state, taking.own_calls)
        self._taking = None

    async def _rank_again(self, ids: Iterable[str]) -> None:
        state, ranking = self._state, self._state.ranking
        for working in state.stack:
            working.contact = state.store.contact(working.contact.id) or working.contact
        steps = {}
        for count, contact_id in enumerate(sorted(ids), 1):
            if contact := state.store.contact(contact_id):
                step = steps[contact_id] = ranking.compute(contact, state.calls(contact), state.now)
                ranking.place_all({contact_id: step})
            if count % A_FRAME == 0:
                await asyncio.sleep(0)
        if steps:
            await state.commit(Change(next_steps=steps, policy_hash=ranking.policy_hash))
