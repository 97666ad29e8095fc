"""Whom the rep put off until tomorrow, or until a time of their own, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tui.domain.window import local
from tui.locale.spoken import translated
from tui.storage.protocol import OwnDocuments, Store

_TIMED = 2
"""Place of the time until which somebody is put off, in a skip that has one."""


class Skips(OwnDocuments[list[list[str]]]):
    """Contact id to every skip so far, the last one last: its time, its reason and, if it has one, its end (UTC)."""

    def __init__(self, store: Store, placed: Callable[[str], None]) -> None:
        """`placed` puts somebody where they belong after their skips changed."""
        super().__init__(store, "skips")
        self._placed = placed

    def add(self, contact_id: str, reason: str, now: datetime, until: datetime | None = None) -> None:
        """Put somebody off: until tomorrow, or until a moment (UTC)."""
        self[contact_id] = [*self.get(contact_id, ()), skip_of(reason, now, until)]
        self._placed(contact_id)

    def set_many(self, skips: Mapping[str, list[list[str]]]) -> None:
        """The skips of many people; whoever sets them places them, once that is saved."""
        for contact_id, theirs in skips.items():
            if theirs:
                self[contact_id] = theirs
            else:
                self.pop(contact_id, None)

    def remove_last(self, contact_id: str) -> None:
        """Take the last skip of somebody back."""
        if before := self.pop(contact_id, [])[:-1]:
            self[contact_id] = before
        self._placed(contact_id)

    def restore(self, values: Mapping[str, list[list[str]]]) -> None:
        """Make them as they were, because nothing of what changed since was saved."""
        changed = [one for one in {**self, **values} if self.get(one) != values.get(one)]
        super().restore(values)
        for contact_id in changed:
            self._placed(contact_id)

    def reason(self, contact_id: str) -> str:
        """Why somebody who was skipped was skipped last, in the language of the screens."""
        return translated(self[contact_id][-1][1])

    def until(self, contact_id: str, now: datetime, zone: str) -> datetime | None:
        """Until when (UTC) somebody is put off: a time of the rep's own, else the next day of that zone.

        None when they are not, or no more.
        """
        skips = self.data.get(contact_id)  # asked for everybody at the start; most have none
        if not skips:
            return None
        if len(skips[-1]) > _TIMED:
            return self.timed(contact_id, now)
        day = local(datetime.fromisoformat(skips[-1][0]), zone).date() + timedelta(days=1)
        until = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
        return until if until > now else None

    def timed(self, contact_id: str, now: datetime) -> datetime | None:
        """The time of the rep's own (UTC) until which somebody is put off; None when there is none, or no more."""
        skips = self.data.get(contact_id)
        until = datetime.fromisoformat(skips[-1][_TIMED]) if skips and len(skips[-1]) > _TIMED else None
        return until if until and until > now else None


def skip_of(reason: str, now: datetime, until: datetime | None = None) -> list[str]:
    """One skip, as it is kept."""
    return [now.isoformat(), reason, *([until.astimezone(UTC).isoformat()] if until else ())]
