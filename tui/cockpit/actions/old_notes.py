"""`record.keep_notes` at the start of the cockpit: the rep is told first, and on a later day old notes go."""

from __future__ import annotations

from datetime import datetime, timedelta

from tui.cockpit.state.state import State
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
            state.say(_will_go(_count(old, since), keep), "warn")

    def _old(self, since: datetime) -> list[Call]:
        return with_old_notes(self._state.store.calls(), since)

    async def _blank(self, old: list[Call], since: datetime, keep: timedelta) -> None:
        state = self._state
        if await state.commit(Change(calls=tuple(without_old_notes(call, since) for call in old))):
            count = _count(old, since)
            were = "note was" if count == 1 else "notes were"
            state.say(f"{count} {were} older than {length_in_words(keep)} and blanked. The calls stay.")


def _count(calls: list[Call], since: datetime) -> int:
    """Old notes, each once, also those that only an earlier version of a corrected call still holds."""
    return sum(
        len({note for one in (call, *call.revisions) for note in one.notes if note.at < since})
        for call in calls
    )


def _will_go(count: int, keep: timedelta) -> str:
    length = length_in_words(keep)
    if count == 1:
        said = f"1 note is older than {length}. It will be blanked at the first start from tomorrow on."
    else:
        said = f"{count} notes are older than {length}. They will be blanked at the first start from tomorrow on."
    return f"{said} A copy of the data folder keeps the text (record.keep_notes)."
