"""`record.keep_notes` at the start of the cockpit: the rep is told first, and on a later day old notes go."""

from __future__ import annotations

from datetime import datetime, timedelta

from tui.cockpit.state.say_too import say_too
from tui.cockpit.state.state import State
from tui.cockpit.wording.notices import notice
from tui.domain.call import Call
from tui.domain.day_words import length_in_words
from tui.domain.history import with_old_notes, without_old_notes
from tui.storage.protocol import Change

STATE = "keep_notes"
"""`{announced: day, days: length}`: what the rep was told, and when. Another length is announced again."""


class OldNotes:
    """Blanks the notes that are older than the team keeps."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def look(self) -> None:
        """Once after the start: say which notes will go, or take those away that were announced on an earlier day."""
        state, keep = self._state, self._state.settings.keep_notes
        told = state.store.state(STATE)
        if keep is None:
            if told:
                await state.commit(Change(state={STATE: None}))
            return
        since = state.now - keep
        old = await state.disk.run(self._old, since)
        if not old:
            return
        today = state.here.date().isoformat()
        announced = str(told.get("announced", "")) if told.get("days") == keep.days else ""
        if announced and announced < today:
            await self._blank(old, since, keep)
        elif announced or await state.commit(Change(state={STATE: {"announced": today, "days": keep.days}})):
            count = _count(old, since)
            code = "note_will_go" if count == 1 else "notes_will_go"
            say_too(state, notice(code, count=count, length=length_in_words(keep)), "warn")

    def _old(self, since: datetime) -> list[Call]:
        return with_old_notes(self._state.store.calls(), since)

    async def _blank(self, old: list[Call], since: datetime, keep: timedelta) -> None:
        state = self._state
        blanked = tuple(without_old_notes(call, since) for call in old)
        if await state.commit(Change(calls=blanked, erases=True)):
            count = _count(old, since)
            say_too(state, notice("notes_blanked", count=count, length=length_in_words(keep)))


def _count(calls: list[Call], since: datetime) -> int:
    """Old notes, each once, also those that only an earlier version of a corrected call still holds."""
    return sum(
        len({note for one in (call, *call.revisions) for note in one.notes if note.at < since})
        for call in calls
    )
