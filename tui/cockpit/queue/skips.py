"""Whom the rep put off until tomorrow, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tui.domain.window import local
from tui.locale.spoken import translated
from tui.storage.protocol import OwnDocuments, Store


class Skips(OwnDocuments[list[list[str]]]):
    """Contact id to [time, reason] of every skip so far, the last one last."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, "skips")

    def add(self, contact_id: str, reason: str, now: datetime) -> None:
        """Put somebody off."""
        self[contact_id] = [*self.get(contact_id, ()), [now.isoformat(), reason]]

    def remove_last(self, contact_id: str) -> None:
        """Take the last skip of somebody back."""
        if before := self.pop(contact_id, [])[:-1]:
            self[contact_id] = before

    def differing(self, others: Mapping[str, list[list[str]]]) -> list[str]:
        """Whose skips are not the same in both."""
        return [one for one in {**self, **others} if self.get(one) != others.get(one)]

    def reason(self, contact_id: str) -> str:
        """Why somebody who was skipped was skipped last, in the language of the screens."""
        return translated(self[contact_id][-1][1])

    def hold(self, contact_id: str, now: datetime, zone: str) -> bool:
        """Whether somebody was skipped today, by the date of that zone."""
        skips = self.data.get(contact_id)  # asked for everybody at the start; most have none
        if not skips:
            return False
        return local(datetime.fromisoformat(skips[-1][0]), zone).date() == local(now, zone).date()
