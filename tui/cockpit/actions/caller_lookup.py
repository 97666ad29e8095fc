"""They call us: who it is in two seconds, the words ready, and then exactly back to where we were."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from tui.cockpit.actions.action import action
from tui.cockpit.actions.next_person import CallOrder
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.call_view import CallerRow
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.others import caller_of
from tui.cockpit.state.state import State
from tui.cockpit.view import Ask, Phase
from tui.cockpit.wording import card, queue_reasons
from tui.cockpit.wording.answers import WHICH_CALL
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import sentence
from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Source
from tui.domain.history import last_contact
from tui.domain.identity.lookup import likeliest_first, standing_of
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.locale.spoken import choices
from tui.phone import CallerMatch, parse, shown, zones
from tui.phone.caller import WITHHELD_WORDS
from tui.plaintext import clean
from tui.script.call.walk import first_words, opening_lines
from tui.script.language.line import Words

VOICEMAIL_DAYS = 14
"""People we left a message in so many days come first (B14)."""
SHOWN = 8
"""So many at most fit a piece of a name; of those on one number all are shown."""
_ANY_NUMBER = "+12025550100"


class Callers:
    """Look-up of people who call us."""

    def __init__(self, state: State, flow: CallOrder, reading: ScriptReading) -> None:
        self._state = state
        self._flow = flow
        self._reading = reading
        self._ready = False
        """Whether everything a look-up needs was read."""
        self._voicemails: dict[str, datetime] = {}
        """When each was last left a voicemail, of those that were lately."""
        self._first_key: float | None = None
        """Monotonic time of the first key of this look-up."""
        state.forgetting.append(self.forget)

    def forget(self) -> None:
        """Many contacts changed: read them again at the next look-up."""
        self._ready = False

    def build(self) -> None:
        """Read every contact once; safe to run off the screen's thread."""
        if self._ready:
            return
        zones(_ANY_NUMBER)  # reads the tables of all numbers, else the first call would wait for them
        store, ranking = self._state.store, self._state.ranking
        ranking.search.take_touched()
        store.index()
        self._voicemails = _voicemails(store.calls(since=self._long_ago))
        ranking.search.build()
        # All that was read stays: the collector, which holds every key up, need not look through it again.
        gc.freeze()
        self._ready = True

    def look_up(self, text: str) -> tuple[CallerRow, ...]:
        """People a typed number, name or company may mean, the likeliest first; of a whole number all who have it."""
        typed = clean(text, 80)
        if not typed:
            return self._also_on_the_line()
        if self._first_key is None:
            self._first_key = self._state.clock.monotonic()
        self.build()
        if theirs := self.with_number(typed).ids:
            return self.rows(theirs)
        expected = self._recent_voicemails()
        return self.rows(self._state.ranking.search.callers_like(typed, expected, SHOWN))

    def _also_on_the_line(self) -> tuple[CallerRow, ...]:
        """Before a key is typed, while somebody who called is on the line: all who have their number."""
        working = self._state.working
        if working is None or working.direction != "in" or not working.dials:
            return ()
        return self.rows(self.with_number(working.dials[-1].number).ids)

    def with_number(self, number: str) -> CallerMatch:
        """What a caller's number tells, and everybody who has exactly this number, the likeliest first."""
        self.build()
        found = self._state.ranking.search.caller(number)
        return replace(found, ids=self._likeliest_first(found.ids)) if len(found.ids) > 1 else found

    def _likeliest_first(self, ids: Sequence[str]) -> tuple[str, ...]:
        state, people = self._state, {}
        today = state.here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
        dialled = {w.contact.id: w.dials[-1].started_at for w in state.stack if w.dials}
        found = filter(None, map(state.store.contact, ids))
        for contact in sorted(found, key=lambda one: one.shown_name):
            people[contact.id] = standing_of(
                state.calls(contact),
                today=today,
                voicemail_since=self._long_ago,
                promised=state.promise(contact) is not None,
                dialled_at=dialled.get(contact.id),
            )
        return likeliest_first(people)

    def rows(self, ids: Iterable[str]) -> tuple[CallerRow, ...]:
        """What a screen shows of these people, in their order."""
        return tuple(self._row(contact) for contact in filter(None, map(self._state.store.contact, ids)))

    @property
    def _long_ago(self) -> datetime:
        return self._state.now - timedelta(days=VOICEMAIL_DAYS)

    def _recent_voicemails(self) -> frozenset[str]:
        """Read again only for those with whom something happened since the last look-up."""
        since = self._long_ago
        for contact_id in self._state.ranking.search.take_touched():
            self._voicemails.pop(contact_id, None)
            self._voicemails |= _voicemails(self._state.store.calls(contact_id, since))
        return frozenset(one for one, at in self._voicemails.items() if at >= since)

    def _row(self, contact: Contact) -> CallerRow:
        clocks = self._state.clocks(contact)
        calls = self._state.calls(contact)
        last = last_contact(contact, calls)
        said = card.last_line(last, self._state.labels, clocks, caller_of(self._state, last))
        bounds = self._state.ranking.bounds
        if owed := self._state.promise(contact):
            step = self._state.step(contact)
            promise = queue_reasons.owed_promise(owed, clocks, step)
            said = notice("you_promised", promise=promise)
            if colleague := bounds.colleague(step):
                said = notice("they_expect", owner=colleague, promise=promise)
        against = bounds.may_call.why_not(contact)
        why_not = sentence(against) if against else ""
        first = bounds.may_call.first_number(contact)
        number = first or next((n.e164 for n in contact.numbers if n.e164), "")
        return CallerRow(
            contact.id,
            card.name_of(contact),
            contact.company if contact.name else "",
            shown(number) if number else "",
            " ".join(filter(None, (why_not, said))),
            why_not,
        )

    def words(self, contact_id: str | None, typed: str = "") -> tuple[Words, ...]:
        """What to say when this person calls back, up to the first question; None: somebody we do not know."""
        contact = self._state.store.contact(contact_id) if contact_id else None
        now = self._state.now
        working = Working("", contact or self.stranger(typed), since=now, taken_at=now, direction="in")
        self._reading.prepare(working)
        self._reading.open(working)
        return first_words(opening_lines(working.walk)) if working.walk else ()

    async def serve(self) -> None:
        """Somebody calls: the clock stands still, whatever was going on is kept."""
        self.stop_clock()

    def stop_clock(self) -> None:
        """Nobody loses time to a caller."""
        self._first_key = None
        run = self._state.run
        if run and run.clock.state != "paused":
            run.clock.do("pause", *self._state.session_time, "incoming")

    @action
    async def gone(self) -> None:
        """It was nobody: back to where we were."""
        await self.go_on()

    async def go_on(self) -> None:
        """Nobody waits to be looked up any more: the clock runs again."""
        self._start_clock()

    def _start_clock(self) -> None:
        run, working = self._state.run, self._state.working
        waits = working is not None and (working.phase is Phase.PAUSED or working.direction == "in")
        if run and run.clock.state == "paused" and not waits:
            run.clock.do("resume", *self._state.session_time)

    @action
    async def choose(self, contact_id: str | None, typed: str = "") -> None:
        """Somebody is chosen in the look-up: whoever calls now, or who it is that called already.

        Where the line cannot tell which of the two, the rep is asked.
        """
        state, working = self._state, self._state.working
        if working is None or not working.is_from_them:
            await self.take(contact_id, typed)
        elif contact_id == working.contact.id or working.line:
            await self.is_really(contact_id, typed)
        else:
            name = state.ranking.name(contact_id) if contact_id else notice("this_caller")
            state.ask = Ask(
                f"caller:{contact_id or ''}:{typed}",
                notice("ask_which_call", name=name),
                choices(WHICH_CALL),
            )

    async def chosen(self, asked: str, key: str) -> None:
        """The rep's answer to that question; `asked` is the contact's id and what was typed."""
        contact_id, _, typed = asked.partition(":")
        await (self.is_really if key == "y" else self.take)(contact_id or None, typed)

    async def is_really(self, contact_id: str | None, typed: str) -> None:
        """The call in hand, which came from them, is with this person; None: with somebody we do not know."""
        working = self._state.in_hand
        contact = self._state.store.contact(contact_id) if contact_id else None
        if contact is None or contact.id != working.contact.id:
            self._change(working, contact or self.stranger(typed or working.typed_number))
            self._state.say(notice("caller_is", name=card.name_of(working.contact)))
            return

    def _change(self, working: Working, contact: Contact) -> None:
        """The call in hand is with somebody else than we thought: all that was typed goes with it to their card."""
        waited = self._flow.take(contact)
        working.notes_of_answers(self._state.now)
        working.notes = [*waited.notes, *working.notes]
        working.signals = [*waited.signals, *working.signals]
        working.contact = contact
        working.form, working.forms, working.highlighted = None, {}, ""
        self._reading.prepare(working)
        self._reading.open(working)
        if working.phase is Phase.FORM:
            working.enter(Phase.CALL_OVER, self._state.now)

    async def take(self, contact_id: str | None, typed: str) -> None:
        """Open the caller's card with the call-back words; an unknown caller's number is kept."""
        state = self._state
        contact = state.store.contact(contact_id) if contact_id else None
        working = self._flow.take(contact or self.stranger(typed))
        working.direction, working.started_at, working.typed_number = "in", state.now, clean(typed, 80)
        working.answered_at = state.now
        working.entry = "they_ring_back"
        if self._first_key is not None:
            working.identify_s = state.clock.monotonic() - self._first_key
        self._first_key = None
        self._reading.open(working)
        working.enter(Phase.TALKING, state.now)
        self._flow.put_on_top(working)

    def stranger(self, typed: str) -> Contact:
        """Somebody we do not know: a contact of the number or name they gave, not stored yet.

        Of what is no number to call back, and no name, comes a contact that is nobody and is never stored.
        """
        now, said = self._state.now, clean(typed, 80)
        parsed = parse(said, self._state.settings.region)
        digits = any(c.isdigit() for c in said)
        return Contact(
            id=uuid7(now),
            created_at=now,
            name="" if digits or said.lower() in WITHHELD_WORDS else said,
            numbers=(Number(parsed.e164, said, "called us", parsed.ext),) if parsed.e164 else (),
            source=Source("callers"),
            lists=("callers",),
        )


def _voicemails(calls: Iterable[Call]) -> dict[str, datetime]:
    """The last voicemail of each contact; the calls are sorted by time."""
    return {c.contact_id: c.at for c in calls if c.is_ is Category.VOICEMAIL and not c.voided_at}
