"""Whom the rep put off until tomorrow, or until a time of their own, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tui.domain.next_step import NextStep
from tui.domain.promise import Promise
from tui.domain.window import local
from tui.locale.spoken import translated
from tui.storage.protocol import OwnDocuments, Store

_TIMED = 2
"""Place of the time until which somebody is put off, in a skip that has one."""


class Skips(OwnDocuments[list[list[str]]]):
    """Contact id to every skip so far, the last one last: its time, its reason and, if it has one, its end (UTC)."""

    def __init__(
        self,
        store: Store,
        placed: Callable[[str], None],
        step: Callable[[str], NextStep],
        zone: Callable[[], str],
    ) -> None:
        """`placed` puts somebody where they belong after their skips changed; `step` gives their next step."""
        super().__init__(store, "skips")
        self._placed, self._step, self._zone = placed, step, zone

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

    def until(self, contact_id: str, now: datetime) -> datetime | None:
        """Until when (UTC) somebody is put off: a time of the rep's own, else the rep's next day.

        A promise that begins before then ends it; one that had begun when they were skipped was meant. None when they
        are not put off, or no more.
        """
        skips = self.data.get(contact_id)  # asked for everybody at the start; most have none
        if not skips:
            return None
        skipped_at = datetime.fromisoformat(skips[-1][0])
        until = _next_day(skipped_at, self._zone())
        if len(skips[-1]) > _TIMED:
            until = datetime.fromisoformat(skips[-1][_TIMED])
        if promise := promise_before(self._step(contact_id), skipped_at, until):
            until = promise.from_
        return until if until > now else None

    def timed(self, contact_id: str, now: datetime) -> datetime | None:
        """The same where it is a time of its own, not the next day as a whole."""
        until = self.until(contact_id, now)
        if until is None:
            return None
        skipped_at = datetime.fromisoformat(self[contact_id][-1][0])
        return until if until != _next_day(skipped_at, self._zone()) else None


def promise_before(step: NextStep, skipped_at: datetime, until: datetime) -> Promise | None:
    """The promise that a skip between these moments (UTC) would break, because it begins in between."""
    promise = step.promise if step.kind == "promise" and not step.promise_tries else None
    return promise if promise and skipped_at < promise.from_ < until else None


def _next_day(moment: datetime, zone: str) -> datetime:
    day = local(moment, zone).date() + timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)


def skip_of(reason: str, now: datetime, until: datetime | None = None) -> list[str]:
    """One skip, as it is kept."""
    return [now.isoformat(), reason, *([until.astimezone(UTC).isoformat()] if until else ())]
