"""`record.keep_people` at the start of the cockpit: who is to go is announced, and forgotten when the day has come."""

from __future__ import annotations

from collections.abc import Callable

from tui.cockpit.actions.old_notes import OldNotes
from tui.cockpit.queue.retention import STATE, Move, announced_on, next_move, was_looked_at
from tui.cockpit.state.say_too import say_too
from tui.cockpit.state.state import State
from tui.cockpit.wording import forgetting as words
from tui.storage.protocol import Change


async def keep_house(state: State, forget_callers: Callable[[], None]) -> None:
    """Once after the start: what the team's settings keep no longer goes, each announced before.

    `forget_callers`: whoever calls is looked up again afterwards.
    """
    await OldNotes(state).look()
    await Retention(state, forget_callers).look()


class Retention:
    """Announces who is to be forgotten, and forgets those whose day has come."""

    def __init__(self, state: State, forget_callers: Callable[[], None]) -> None:
        self._state = state
        self._forget_callers = forget_callers

    async def look(self) -> None:
        """Work it out once a day; later on the same day what was announced is only said again."""
        state, today = self._state, self._state.here.date()
        if state.settings.keep_people is None:
            if state.store.state(STATE):
                await state.commit(Change(state={STATE: None}))
            return
        gone, on = 0, announced_on(state.store)
        if not was_looked_at(state.store, today):
            move = await state.disk.run(self._move)
            if not await self._do(move):
                return
            gone, on = len(move.forgotten), dict(move.on)
        said = words.forgotten_now(gone), words.will_go(on, state.settings.keep_people, today)
        if any(said):
            say_too(state, " ".join(filter(None, said)), "warn")

    def _move(self) -> Move:
        """What there is to do; nobody goes of whom something is under way."""
        state = self._state
        left_open = (str(one.get("contact_id")) for one in state.left_open.values())
        in_hand = {*(working.contact.id for working in state.stack), *left_open, *state.drafts}
        return next_move(state.store, state.settings, state.now, str(state.rep["id"]), in_hand)

    async def _do(self, move: Move) -> bool:
        """Forget those whose day has come, then write what is announced; whether all of it is saved."""
        state = self._state
        if move.forgotten:
            if not await state.commit(Change(forgotten=move.forgotten)):
                return False
            for one in move.forgotten:
                state.ranking.skips.pop(one.id, None)
            await state.disk.run(state.ranking.load, state.now)
            self._forget_callers()
        return await state.commit(move.announcing)
