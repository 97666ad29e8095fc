"""Lines of the queue in words. Each is made once a minute at most, or when its person changes."""

from __future__ import annotations

from datetime import datetime

from tui.cockpit import words
from tui.cockpit.desk import Desk
from tui.cockpit.view import QueueRow
from tui.domain.day_words import Clocks, day_name
from tui.domain.next_step import NextStep
from tui.phone import local_times

_Known = tuple[NextStep, words.Hours]
"""What a line was made from: whoever is changed gets another next step."""


class QueueRows:
    """Makes the lines of one desk's queue."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._minute: datetime | None = None
        self._made: dict[str, tuple[_Known, QueueRow]] = {}
        """Lines made in this minute."""

    def row(self, contact_id: str) -> QueueRow:
        """Name, company, why now and their time."""
        ranking, minute = self._desk.ranking, self._desk.now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._made.clear()
        step, opens = ranking.step(contact_id), ranking.opens(contact_id, self._desk.now)
        later = opens if opens and opens > self._desk.now else None
        hours = later, ranking.closes(contact_id)
        made = self._made.get(contact_id)
        if made is None or made[0][0] is not step or made[0][1] != hours:
            made = self._made[contact_id] = (step, hours), self._fresh(contact_id, step, hours)
        return made[1]

    def _fresh(self, contact_id: str, step: NextStep, hours: words.Hours) -> QueueRow:
        desk = self._desk
        contact = desk.store.contact(contact_id)
        if contact is None:
            return QueueRow(contact_id, "")
        # The step knows where they are; asking the number would read the tables of all numbers for the first screen.
        zones = step.zones or desk.number(contact).zones
        clocks = Clocks(zones[0], desk.settings.zone, desk.now)
        if step.one_of and (missed := desk.missed_call(contact)):
            why = f"Missed call {missed}"
        else:
            # Only these two name a call; the first screen need not look for the calls of the others.
            calls = desk.calls(contact) if step.kind in ("came_back", "check_in") else ()
            why = words.why_now(step, desk.settings.policy, clocks, hours, calls)
        company = contact.company if contact.name or contact.given else ""
        return QueueRow(contact_id, contact.shown_name, company, why, _their_time(zones, desk.now))

    def held_row(self, contact_id: str) -> QueueRow:
        """Somebody who is not offered: why not, and until when."""
        row, desk = self.row(contact_id), self._desk
        contact = desk.store.contact(contact_id)
        if contact is None:
            return row
        why = desk.ranking.held_because(contact_id) or words.held_why(
            desk.ranking.step(contact_id), desk.clocks(contact), desk.ranking.opens(contact_id, desk.now)
        )
        return QueueRow(contact_id, row.name, row.company, why, row.their_time)

    def found_row(self, contact_id: str) -> QueueRow:
        """Somebody who was looked for: why now, or why not today."""
        offered = self._desk.ranking.is_offered(contact_id)
        return self.row(contact_id) if offered else self.held_row(contact_id)

    def owed_row(self, call_id: str) -> QueueRow:
        """What I owe somebody, and by or since when."""
        desk, call = self._desk, self._desk.store.call(call_id)
        contact = desk.store.contact(call.contact_id) if call else None
        if call is None or call.owed is None or contact is None:
            return QueueRow("", "", call_id=call_id)
        when = day_name(call.owed.due, desk.here.date())
        late = "since" if call.owed.due < desk.here.date() else "by"
        company = contact.company if contact.name or contact.given else ""
        what = call.owed.what[:1].upper() + call.owed.what[1:]
        return QueueRow(contact.id, contact.shown_name, company, f"{what}, {late} {when}", call_id=call_id)


def _their_time(zones: tuple[str, ...], now: datetime) -> str:
    times = local_times(zones, now)
    if not times:
        return ""
    first, last = f"{times[0]:%H:%M}", f"{times[-1]:%H:%M}"
    return first if first == last else f"{first}-{last}"
