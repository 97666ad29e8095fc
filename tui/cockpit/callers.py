"""They ring us: who it is in two seconds, the words ready, and then exactly back to where we were."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import datetime, timedelta

from tui.cockpit import facts, words
from tui.cockpit.call_view import CallerRow
from tui.cockpit.desk import Desk
from tui.cockpit.flow import Flow
from tui.cockpit.reading import Reading
from tui.cockpit.view import Phase
from tui.cockpit.working import Working
from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Source
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.phone import parse, shown, zones
from tui.plaintext import clean
from tui.script.opening import opening_lines

VOICEMAIL_DAYS = 14
"""People we left a message in so many days come first (B14)."""
SHOWN = 8
_ANY_NUMBER = "+12025550100"


class Callers:
    """Look-up of people who ring in."""

    def __init__(self, desk: Desk, flow: Flow, reading: Reading) -> None:
        self._desk = desk
        self._flow = flow
        self._reading = reading
        self._ready = False
        """Whether everything a look-up needs was read."""
        self._voicemails: dict[str, datetime] = {}
        """When each was last left a voicemail, of those that were lately."""
        self._first_key: float | None = None
        """Monotonic time of the first key of this look-up."""

    def forget(self) -> None:
        """Many contacts changed: read them again at the next look-up."""
        self._ready = False

    def build(self) -> None:
        """Read every contact once; safe to run off the screen's thread."""
        if self._ready:
            return
        zones(_ANY_NUMBER)  # reads the tables of all numbers, else the first call would wait for them
        store, ranking = self._desk.store, self._desk.ranking
        ranking.search.take_touched()
        store.index()
        self._voicemails = _voicemails(store.calls(since=self._long_ago))
        ranking.search.build()
        # All that was read stays: the collector, which holds every key up, need not look through it again.
        gc.freeze()
        self._ready = True

    def look_up(self, text: str) -> tuple[CallerRow, ...]:
        """People a typed number, name or company may mean, the likeliest first; all who share a number."""
        typed = clean(text, 80)
        if not typed:
            return ()
        if self._first_key is None:
            self._first_key = self._desk.clock.monotonic()
        self.build()
        expected = self._recent_voicemails()
        return self._rows(self._desk.ranking.search.callers_like(typed, expected, SHOWN))

    def _rows(self, ids: Iterable[str]) -> tuple[CallerRow, ...]:
        found = (self._desk.store.contact(one) for one in list(ids)[:SHOWN])
        return tuple(self._row(contact) for contact in found if contact)

    @property
    def _long_ago(self) -> datetime:
        return self._desk.now - timedelta(days=VOICEMAIL_DAYS)

    def _recent_voicemails(self) -> frozenset[str]:
        """Read again only for those with whom something happened since the last look-up."""
        since = self._long_ago
        for contact_id in self._desk.ranking.search.take_touched():
            self._voicemails.pop(contact_id, None)
            self._voicemails |= _voicemails(self._desk.store.calls(contact_id, since))
        return frozenset(one for one, at in self._voicemails.items() if at >= since)

    def _row(self, contact: Contact) -> CallerRow:
        clocks = self._desk.clocks(contact)
        calls = self._desk.calls(contact)
        said = facts.last_line(contact, calls, self._desk.labels, clocks)
        if owed := self._desk.promise(contact):
            said = f"You promised: {words.owed_promise(owed, clocks)}"
        number = contact.first_number or next((n.e164 for n in contact.numbers if n.e164), "")
        return CallerRow(
            contact.id,
            contact.shown_name,
            contact.company if contact.name else "",
            shown(number) if number else "",
            said,
        )

    def words(self, contact_id: str | None, typed: str) -> str:
        """What to say when this person rings back, up to the first question; None: somebody we do not know."""
        contact = self._desk.store.contact(contact_id) if contact_id else None
        now = self._desk.now
        working = Working("", contact or self.stranger(typed), since=now, taken_at=now, direction="in")
        self._reading.prepare(working)
        self._reading.open(working)
        return " ".join(line.text for line in opening_lines(working.walk)) if working.walk else ""

    def ringing(self, number: str, name: str) -> tuple[CallerRow, ...]:
        """Whom a call coming in may be from: all who have the number, else those its number or name resembles."""
        self.build()
        theirs = self._desk.ranking.search.with_number(number) if number else ()
        return self._rows(theirs) or self.look_up(number or name)

    async def wait(self) -> None:
        """Somebody rings: the clock stands still, whatever was going on is kept."""
        self.stop_clock()
        await self._flow.keep()

    def stop_clock(self) -> None:
        """Nobody loses time to a caller."""
        self._first_key = None
        run = self._desk.run
        if run and run.clock.state != "paused":
            run.clock.do("pause", self._desk.clock.monotonic(), self._desk.now.timestamp(), "incoming")

    async def gone(self) -> None:
        """It was nobody: back to where we were."""
        self._go_on()
        await self._flow.keep()

    def _go_on(self) -> None:
        run, working = self._desk.run, self._desk.working
        if run and run.clock.state == "paused" and (working is None or working.phase is not Phase.PAUSED):
            run.clock.do("resume", self._desk.clock.monotonic(), self._desk.now.timestamp())

    async def take(self, contact_id: str | None, typed: str) -> None:
        """Open the caller's card with the call-back words; an unknown caller's number is kept."""
        desk = self._desk
        contact = desk.store.contact(contact_id) if contact_id else None
        working = self._flow.take(contact or self.stranger(typed))
        working.direction, working.started_at, working.typed_number = "in", desk.now, clean(typed, 80)
        working.answered_at = desk.now
        working.entry = "they_ring_back"
        if self._first_key is not None:
            working.identify_s = desk.clock.monotonic() - self._first_key
        self._first_key = None
        self._reading.open(working)
        working.enter(Phase.TALKING, desk.now)
        self._flow.put_on_top(working)
        await self._flow.keep()

    def stranger(self, typed: str) -> Contact:
        """Somebody we do not know: a contact of the number or name they gave, not stored yet."""
        now, parsed = self._desk.now, parse(clean(typed, 80), self._desk.settings.region)
        known = Number(parsed.e164, clean(typed, 80), "rang us", parsed.ext)
        digits = any(c.isdigit() for c in typed)
        return Contact(
            id=uuid7(now),
            created_at=now,
            name="" if digits else clean(typed, 80),
            numbers=(known,) if digits else (),
            source=Source("callers"),
            lists=("callers",),
        )


def _voicemails(calls: Iterable[Call]) -> dict[str, datetime]:
    """The last voicemail of each contact; the calls are sorted by time."""
    return {c.contact_id: c.at for c in calls if c.is_ is Category.VOICEMAIL and not c.voided_at}
