"""Records of the shared list: what came is obeyed and taken in, and what waits here is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from tui.cockpit.actions.team.from_colleagues import FromColleagues
from tui.cockpit.actions.team.list_line import ListLine
from tui.cockpit.state.state import State
from tui.cockpit.wording.notices import notice
from tui.domain.history import kept_from
from tui.shared_list.port import (
    AT_ONCE,
    Changes,
    Incoming,
    Outgoing,
    Pushed,
    Refused,
    SharedList,
    was_restored,
)
from tui.storage.sharing.listed import Listed
from tui.storage.sharing.notes import UNSENT

if TYPE_CHECKING:
    from tui.cockpit.state.taking_in import TakingIn

MOST_WAITING = 5_000
"""So many records that came wait for the end of a call; more of them are left at the list."""


class NotTaken(Exception):  # noqa: N818 - it was told to the rep
    """What came could not be saved. What is known of the list has to be read again."""


class ListRecords:
    """Our records and those of the list. Everything here may raise `NoLine`, and `StoreError` when nothing is saved."""

    def __init__(self, state: State, line: ListLine, address: str) -> None:
        self._state, self._line, self._address = state, line, address
        self._came = FromColleagues(state)
        self._listed: Listed | None = None
        self._rows: list[Incoming] = []
        """What came and is not in the store yet; up to `_pulled`."""
        self._pulled = 0

    @property
    def wait(self) -> bool:
        """Whether something waits to be sent that the list may take now."""
        return bool(self._state.store.names(UNSENT)) and not self._rows

    def is_unsent(self, contact_id: str) -> bool:
        """Whether the list does not know somebody; False before we know what it knows."""
        listed, ids = self._listed, self._state.store.persons.ids(contact_id)
        return listed is not None and not any(listed.version(("contacts", one)) for one in ids)

    def read_again(self) -> None:
        """Go by what the store says of the list."""
        self._listed = None

    async def begin(self) -> None:
        """Read what is known of the list; the first time everything here waits to be sent."""
        if self._listed is not None:
            return
        state = self._state
        if state.rep_is_unsaved:
            await state.save(always=True)

        def read() -> Listed:
            listed = Listed(state.store)
            listed.begin(self._address, state.now)
            listed.tidy(state.now)
            return listed

        self._listed = await state.disk.run(read)
        self._rows, self._pulled = [], self._listed.cursor

    @property
    def _known(self) -> Listed:
        assert self._listed is not None
        return self._listed

    # -- reading ---------------------------------------------------------------------------------------

    async def pull(self) -> None:
        """Everything new. Who refused is obeyed at once; the rest goes into the store while nobody is called."""
        state, is_all = self._state, False
        while not is_all and len(self._rows) < MOST_WAITING:
            asked = self._pulled
            changes = await self._line.ask(_pulling(asked))
            if was_restored(changes, asked, self._known.epoch):
                await state.disk.run(self._known.made_again, changes.epoch, state.now)
                self._rows, self._pulled = [], 0
                continue
            await self._came.obey([row.record for row in changes.rows if row.record is not None])
            self._rows += changes.rows
            self._pulled, is_all = changes.cursor, changes.is_all
            await self._take_in(changes.epoch, is_all=is_all)

    async def _take_in(self, epoch: str, *, is_all: bool) -> None:
        listed = self._known
        if not self._came.may_take_in(len(self._rows)):
            return
        if self._pulled == listed.cursor and epoch == listed.epoch and not self._rows:
            return
        rows, self._rows = self._rows, []
        works = [partial(self._take, part, upto, epoch) for part, upto in self._parts(rows)]
        if not await self._came.take_in(works, is_all=is_all):
            raise NotTaken

    def _parts(self, rows: Sequence[Incoming]) -> Iterable[tuple[Sequence[Incoming], int]]:
        """A few hundred rows at once, each part with the number up to which everything is in the store with it."""
        from tui.cockpit.state.taking_in import AT_ONCE as A_COMMIT

        parts = [rows[start : start + A_COMMIT] for start in range(0, len(rows), A_COMMIT)] or [()]
        for part in parts[:-1]:
            yield part, part[-1].version
        yield parts[-1], self._pulled

    def _take(self, rows: Sequence[Incoming], upto: int, epoch: str, taking: TakingIn) -> None:
        came = ((row.ref, row.version, row.record) for row in rows)
        self._known.take(came, taking.take, upto, epoch, self._notes_since, self._state.now)

    # -- sending ---------------------------------------------------------------------------------------

    @property
    def _notes_since(self) -> datetime | None:
        return kept_from(self._state.now, self._state.settings.keep_notes)

    async def push(self) -> None:
        """Everything that waits, as far as the list takes it; what a colleague changed meanwhile is pulled first."""
        state, listed = self._state, self._known
        while True:
            waiting = await state.disk.run(listed.waiting, AT_ONCE, self._notes_since)
            if not waiting.notes:
                return
            rows = [Outgoing(ref[0], record, listed.version(ref)) for ref, record in waiting.records.items()]
            heard = listed.cursor
            pushed = await self._line.ask(_pushing(rows, heard)) if rows else Pushed({})
            upto = pushed.heard if self._pulled == heard else heard
            taken, refused = pushed.taken, pushed.refused
            me = state.ranking.bounds.team.me.id
            await state.disk.run(listed.sent, waiting, taken, refused.keys(), upto, state.now, me)
            self._pulled = max(self._pulled, upto)
            self._say_refused(refused.values())
            if pushed.late:
                before = listed.cursor
                await self.pull()
                if listed.cursor == before and not taken:
                    return  # what came waits for the end of a call

    def _say_refused(self, why: Iterable[Refused]) -> None:
        codes = set(why)
        if Refused.ONLY_A_MANAGER_LIFTS in codes:
            self._state.say(notice("only_a_manager_lifts"), "warn")
        elif Refused.UNREADABLE in codes:
            self._state.say(notice("list_takes_no_such"), "warn")


def _pushing(rows: Sequence[Outgoing], heard: int) -> Callable[[SharedList], Pushed]:
    return lambda one: one.push(rows, heard)


def _pulling(cursor: int) -> Callable[[SharedList], Changes]:
    return lambda one: one.pull(cursor)
