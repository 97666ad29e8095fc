"""What the rep decides about people: skip, stop, add, change, hand over, and what is to be done for them (B36, B37)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from tui.cockpit.actions.action import action, giving, look
from tui.cockpit.actions.do_not_call import ask_same_person
from tui.cockpit.actions.next_person import CallOrder, Decision
from tui.cockpit.actions.team.doubles import Doubles
from tui.cockpit.actions.typed_time import typed_moment
from tui.cockpit.call_view import NotHandedOver, on_line
from tui.cockpit.queue import owed
from tui.cockpit.state.state import State
from tui.cockpit.state.unit import Unit
from tui.cockpit.view import BEFORE_A_DIAL, Ask, Phase
from tui.cockpit.wording import card, outcomes, saved
from tui.cockpit.wording.answers import (
    AT_A_TIME,
    DECISIONS,
    GAVE_UP,
    IN_AN_HOUR,
    PURSUE,
    PUT_OFF_THRICE,
    SKIP_REASONS,
    SOFTEN,
    STOP,
)
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import sentence
from tui.domain.call import has_to_do
from tui.domain.contact import BY_HAND_LIST, HANDED_OVER, Contact
from tui.domain.day_words import on_record
from tui.domain.identity.person_fields import PERSON_FIELDS, NotUnderstood
from tui.domain.ids import uuid7
from tui.locale.spoken import choices, translated
from tui.plaintext import clean, clean_text
from tui.storage.other_documents import changed_values

USUAL_REASON = "1"
"""Enter takes this reason to stop: who is let go early was usually tried for long enough."""
SKIPS_BEFORE_DECISION = 3
AN_HOUR = timedelta(hours=1)


class People:
    """Decisions about people."""

    def __init__(self, state: State, flow: CallOrder) -> None:
        self._state = state
        self._flow = flow
        self.doubles = Doubles(state, flow)

    @look
    async def ask_who_is_twice(self) -> None:
        """Ask about people who may be in the list twice."""
        self.doubles.ask()

    # -- skipping --------------------------------------------------------------------------------------

    @look
    async def skip(self, contact_id: str | None = None) -> None:
        """One key asks why somebody is put off: the one on the card, or the selected person, when none is named.

        The third skip of a person asks for a decision (B29).
        """
        working = self._state.call_on_screen
        contact_id = contact_id or (working.contact.id if working else self._state.selection.contact_id)
        contact = self._state.store.contact(contact_id)
        if contact is None:
            return
        skips = len(self._state.ranking.skips.get(contact_id, ()))
        name = card.name_of(contact)
        if skips + 1 >= SKIPS_BEFORE_DECISION:
            self._state.ask = Ask(f"decide:{contact_id}", notice("ask_decide", name=name), choices(DECISIONS))
        else:
            offered = choices((*SKIP_REASONS, IN_AN_HOUR, AT_A_TIME))
            self._state.ask = Ask(f"skip:{contact_id}", notice("ask_skip", name=name), offered)

    async def put_off(self, contact_id: str, key: str) -> None:
        """The answer to why somebody is put off: until tomorrow, for an hour, or until a time that is asked for."""
        if key == AT_A_TIME[0]:
            self._ask_until(contact_id, notice("ask_skip_until"))
        elif key == IN_AN_HOUR[0]:
            await self._skip(contact_id, IN_AN_HOUR[1], self._state.now + AN_HOUR)
        else:
            await self._skip(contact_id, dict(SKIP_REASONS)[key])

    async def put_off_until(self, contact_id: str, text: str) -> None:
        """Put a person off until the time that was typed; one that cannot be read is asked for again."""
        until = typed_moment(self._state, text)
        if isinstance(until, str):
            self._ask_until(contact_id, until)
        else:
            await self._skip(contact_id, text.strip(), until)

    def _ask_until(self, contact_id: str, title: str) -> None:
        self._state.ask = Ask(f"skip-until:{contact_id}", title, (), text=True)

    async def _skip(self, contact_id: str, reason: str, until: datetime | None = None) -> None:
        state, contact = self._state, self._state.store.contact(contact_id)
        if contact is None:
            return
        async with state.change() as change:
            state.ranking.skips.add(contact_id, reason, state.now, until)
            self.next_after(contact_id)
            self._flow.decided(Decision(contact_id))
        if change.is_saved:
            if state.page is Phase.QUEUE and state.selection.shows == "queue":
                state.selection.to_best()  # later today they stand there still
            state.say_saved(saved.skipped(contact, self._back(contact)))

    def _back(self, contact: Contact) -> str:
        """When the queue offers somebody again who was put off, in words; empty when it never does."""
        ranking, clocks = self._state.ranking, self._state.clocks(contact)
        step = ranking.step(contact.id)
        opens = ranking.offered_from(contact.id, step, clocks.now)
        if opens is None:
            return ""
        timed = (
            ranking.put_off_until(contact.id) if opens == ranking.skips.until(contact.id, clocks.now) else ""
        )
        return timed or outcomes.next_call(step, clocks, opens)

    @look
    async def ask_pursuit(self, contact_id: str) -> None:
        """One key asks what becomes of the calls to a person, at any time (B29, B30)."""
        contact = self._state.store.contact(contact_id)
        if contact is None:
            return
        now_so = {"soft": SOFTEN, "stopped": STOP}.get(contact.pursuit, PURSUE)
        others = [choice for choice in (SOFTEN, STOP, PURSUE) if choice != now_so]
        self._state.ask = Ask(
            f"decide:{contact_id}", notice("ask_pursuit", name=card.name_of(contact)), choices(others)
        )

    async def decide(self, contact_id: str, key: str) -> None:
        """The third skip, or a decision on the card: call, soften, stop, or take the calls up again."""
        if key == "x":
            reasons = tuple((str(i), translated(w)) for i, w in enumerate(GAVE_UP, 1))
            self._state.ask = Ask(f"stop:{contact_id}", notice("ask_stop"), reasons, default=USUAL_REASON)
        elif key == "e":
            put_off = len(self._state.ranking.skips.get(contact_id, ())) + 1 >= SKIPS_BEFORE_DECISION
            await self._pursue(contact_id, "soft", PUT_OFF_THRICE if put_off else "")
        elif key == "r":
            await self._pursue(contact_id, "", "")
        else:
            self._state.ranking.skips.remove_last(contact_id)
            self._state.selection.put_on(contact_id)
            code = "callable_again" if self._state.ranking.is_offered(contact_id) else "not_callable_yet"
            self._state.say(notice(code, name=self._state.ranking.name(contact_id)))

    async def stop(self, contact_id: str, key: str) -> None:
        """Stop for good, with a reason code (B30)."""
        await self._pursue(contact_id, "stopped", dict(enumerate(GAVE_UP, 1))[int(key)])

    async def _pursue(self, contact_id: str, how: str, why: str) -> None:
        state, contact = self._state, self._state.store.contact(contact_id)
        if contact is None:
            return
        changed = replace(contact, pursuit=how, pursuit_reason=why, pursuit_since=state.now if how else None)
        async with state.change() as change:
            step = change.put(changed)
            self._flow.decided(Decision(contact_id, *changed_values(contact, changed)))
            if how:
                self.next_after(contact_id)
        if change.is_saved:
            clocks = state.clocks(changed)
            opens = state.ranking.opens(contact_id, clocks.now, step)
            state.say_saved(saved.pursuit(changed, step, clocks, opens))

    def next_after(self, contact_id: str) -> None:
        """Bring the next person when the one on the card is not called now."""
        state, working = self._state, self._state.working
        if working and working.contact.id == contact_id and working.phase in BEFORE_A_DIAL and state.run:
            state.stack.remove(working)
            if state.page is not Phase.QUEUE:  # there the rep chooses who is next
                self._flow.show_next()

    # -- people ----------------------------------------------------------------------------------------

    @action
    async def add(self, values: Mapping[str, str]) -> None:
        """Write down a person: name, company, number, email, note. Nothing happens when nothing was given."""
        state, given = self._state, {key: clean(value) for key, value in values.items()}
        if not any(given.values()):
            return
        contact = self._filled_in(Contact(id=uuid7(state.now), created_at=state.now), given)
        await self._store(replace(contact, lists=tuple(dict.fromkeys((BY_HAND_LIST, *contact.lists)))))

    @action
    async def edit(self, contact_id: str, values: Mapping[str, str]) -> None:
        """Change a person; what the rep writes is never overwritten by an import."""
        contact = self._state.store.contact(contact_id)
        if contact:
            given = {key: clean_text(value) for key, value in values.items()}
            await self._store(self._filled_in(contact, given))

    def _filled_in(self, contact: Contact, given: Mapping[str, str]) -> Contact:
        """The contact with what was typed; what is not understood is said and left as it was."""
        # The words of the import are read when a person is written down, not at the start.
        from tui.exchange.reading.cells import TypedCells

        reader = TypedCells(self._state.here.date(), self._state.settings.region)
        changes: dict[str, Any] = {}
        for field in PERSON_FIELDS:
            if field.write is None or field.id not in given:
                continue
            if given[field.id] == on_line(field, contact):
                continue
            try:
                changes |= field.write(contact, given[field.id], reader)
            except NotUnderstood as error:
                self._state.say(sentence(error.why), "warn")
        filled = replace(contact, **changes)
        return self.owned(filled, filled.owner) if filled.owner != contact.owner else filled

    async def _store(self, contact: Contact) -> None:
        async with self._state.change() as change:
            change.put(contact)
        if change.is_saved:
            self._state.selection.put_on(contact.id)
            ask_same_person(self._state, contact.id)

    @action
    async def tick_owed(self, call_id: str) -> None:
        """Mark a to-do as done; undo opens it again. Nothing happens when there is nothing left to do."""
        state, call = self._state, self._state.store.call(call_id)
        if call is None or call.owed is None or not has_to_do(call):
            return
        async with state.change() as change:
            change.put_calls(owed.done(call, state.now))
            self._flow.decided(Decision(call.contact_id, done=call_id))
        if change.is_saved and (contact := state.store.contact(call.contact_id)):
            state.say_saved(saved.done(call.owed.what, contact))

    def open_owed_again(self, change: Unit, call_id: str) -> str:
        """The to-do that was marked as done last is open again; what is said of it once that is saved."""
        call = self._state.store.call(call_id)
        if call is None or call.owed is None:
            return notice("not_owed")
        change.put_calls(owed.opened_again(call, self._state.now))
        return notice("owed_again", what=call.owed.what, name=self._state.ranking.name(call.contact_id))

    @giving
    async def hand_over(
        self, contact_id: str, to: str, note: str, agreed: bool, *, anyway: bool = False
    ) -> Contact | None:
        """Give a person to another rep, with a note and the customer's agreement; `anyway`: also to a stranger.

        A promise stays with who gave it until the other rep has taken the person. None when it was not saved.
        Raises `NotHandedOver` when the rep, the note or the agreement is missing, and for a name that nobody has.
        """
        contact = self._state.store.contact(contact_id)
        if contact is None:
            raise NotHandedOver("", notice("not_in_list"))
        said, name = clean(note), card.name_of(contact)
        rep = self.receiver(clean(to), name, anyway)
        if not said:
            raise NotHandedOver("note", notice("hand_over_note", rep=rep, name=name))
        if not agreed:
            raise NotHandedOver("agreed", notice("hand_over_not_agreed", name=name))
        return await self._decided_on(contact, self.handed(contact, self.owned(contact, rep), said))

    def handed(self, contact: Contact, given: Contact, said: str) -> Contact:
        """The contact as it is given to another rep, with what that one must know about them."""
        state = self._state
        before, today = contact.owner or state.settings.me.name or "nobody", on_record(state.here.date())
        record = notice("handed_over_record", before=before, rep=given.owner, day=today, said=said)
        return replace(given, remembered={**contact.remembered, HANDED_OVER: record})

    def receiver(self, to: str, name: str, anyway: bool) -> str:
        """The name of the rep who is meant. Raises `NotHandedOver` for no name, and for a stranger's."""
        team = self._state.ranking.bounds.team
        if not to:
            raise NotHandedOver("to", notice("hand_over_to_whom", name=name))
        known = team.called(to)
        if known or anyway or not (team.members or team.reps):
            return known or to
        near = team.nearest(to)
        code = "hand_over_unknown_like" if near else "hand_over_unknown"
        raise NotHandedOver("unknown", notice(code, rep=to, near=near), near)

    @action
    async def take(self, contact_id: str) -> None:
        """The person is mine from now on: handed to me by a colleague, or of somebody whom nobody knows."""
        state, contact = self._state, self._state.store.contact(contact_id)
        if contact is None:
            return
        me, bounds = state.settings.me.name, state.ranking.bounds
        if not me:
            state.say(notice("taken_by_nobody", settings=state.key("queue.settings")), "warn")
        elif contact.owner_id == bounds.team.me.id and bounds.team.is_me(contact.owner):
            state.say(notice("taken_already", name=card.name_of(contact)))
        else:
            await self._decided_on(contact, self.owned(contact, me))

    def owned(self, contact: Contact, owner: str) -> Contact:
        """The contact with this owner, by the rep's own word; another rep has not taken them before they say so."""
        team = self._state.ranking.bounds.team
        taken = team.me.id if team.is_me(owner) else ""
        return replace(contact, owner=owner, owner_id=taken)

    async def _decided_on(self, contact: Contact, changed: Contact) -> Contact | None:
        """Write whose they are now, so that `u` takes it back; None when it was not saved."""
        state = self._state
        async with state.change() as change:
            step = change.put(changed)
            self._flow.decided(Decision(contact.id, *changed_values(contact, changed)))
        if not change.is_saved:
            return None
        bounds = state.ranking.bounds
        if bounds.team.is_me(changed.owner):
            state.say_saved(saved.taken_over(changed))
        else:
            unchecked = not (bounds.team.members or bounds.team.reps)
            state.say_saved(saved.handed_over(changed, keeps=bounds.is_to_keep(step), unchecked=unchecked))
        return changed
