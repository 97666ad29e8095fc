"""Records of colleagues that a command left for the open cockpit: taken in while the queue is shown, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from tui.cockpit.state.others import follow_own_calls, reload
from tui.cockpit.state.state import State
from tui.cockpit.state.taking_in import TakingIn
from tui.cockpit.view import Phase
from tui.cockpit.wording.merged import merged_lines, name_of_rep
from tui.cockpit.wording.notices import notice
from tui.domain.shared.came import Came
from tui.storage.protocol import StoreError
from tui.storage.sharing.account_file import NotAnAccount, records_of, without_demo
from tui.storage.sharing.account_inbox import AccountInbox

LOOK_S = 2.0
"""Seconds the disk has to say whether something lies in the inbox."""
COMMITS_A_TICK = 5
"""So many commits are made in a row; a key of the rep's has its turn after each."""
TRY_AGAIN_S = 10.0


class _Work(Struct):
    """One file that is being taken in."""

    path: Path
    taking: TakingIn
    steps: Iterator[int]


class Colleagues:
    """Takes in what colleagues sent. What was begun goes on when the queue is shown again."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._inbox = AccountInbox(state.store.inbox.folder)
        self._work: _Work | None = None
        self._not_before = 0.0

    async def look(self) -> None:
        """Once a second: take in the next piece of what lies in the inbox, never under the rep's fingers."""
        mono = self._state.clock.monotonic()
        if not self._is_at_rest or mono < self._not_before:
            return
        try:
            await self._go_on()
        except NotAnAccount as error:
            where = self._inbox.refused(self._work.path) if self._work else ""
            self._work = None
            self._state.say(notice("not_merged", why=str(error), where=where), "warn")
        except StoreError as error:
            self._work, self._not_before = None, mono + TRY_AGAIN_S
            if self._state.disk.answers:  # else the next write says so
                self._state.say(str(error), "error")

    @property
    def _is_at_rest(self) -> bool:
        state = self._state
        return state.page is Phase.QUEUE and state.ask is None and not state.selection.typing

    async def _go_on(self) -> None:
        state = self._state
        if self._work is None:
            waiting = await state.disk.ask(LOOK_S, self._inbox.waiting)
            if not waiting:
                return
            team = state.ranking.bounds.team
            taking = TakingIn(state.store, state.now, team.me.id, team=team)
            self._work = _Work(waiting[0], taking, taking.take_all(without_demo(records_of(waiting[0]))))
        work = self._work
        for _ in range(COMMITS_A_TICK):
            taken = await state.disk.run(next, work.steps, None)
            if work.taking.refusals:
                state.ranking.bounds.load()  # obeyed at once
            if taken is None:
                await self._finish(work)
                return
            if not self._is_at_rest:
                return

    async def _finish(self, work: _Work) -> None:
        state = self._state
        came: Came = await state.disk.in_parts(work.taking.finishing())
        self._inbox.taken(work.path)
        self._work = None
        await reload(state)
        follow_own_calls(state, work.taking.own_calls)
        names = name_of_rep(state.ranking.bounds.team.names, str(state.rep.get("id", "")))
        lines = merged_lines(came, names, state.key("queue.doubles"))
        state.say(notice("merged", news=" ".join(lines)))
