"""A past call is put right: outcome, notes, promise, to-do, and the time of a call no line knows the time of.

The record keeps its id and what it said before; everything that follows from it follows the correction at once: the
person, the do-not-call list, the next step, the to-do list, the session that is running, every report.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.cockpit.actions.action import action
from tui.cockpit.actions.do_not_call import list_after
from tui.cockpit.actions.next_person import CallOrder, Decision
from tui.cockpit.actions.restart import Restart
from tui.cockpit.form.outcome_form import ASKED, Filled
from tui.cockpit.state.active_call import Working, contact_after, derived_disposition, with_right_number
from tui.cockpit.state.state import State
from tui.cockpit.state.unit import Unit
from tui.cockpit.view import Phase
from tui.cockpit.wording import card, saved
from tui.cockpit.wording.notices import notice
from tui.domain.call import Call, Dial, corrected
from tui.domain.contact import Contact
from tui.domain.day_words import Clocks, moment
from tui.domain.do_not_call import DoNotCallList
from tui.domain.history import PHONE
from tui.domain.ids import uuid7
from tui.domain.next_step import NextStep
from tui.domain.outcome import RIGHT_PARTY, Outcome
from tui.domain.promise import Owed
from tui.storage.other_documents import changed_values, taken_back, with_change, without

_SEEN = ("outcome", "at", "notes", "promise", "owed", "reason_code", "answers")
"""What a rep can correct in the call itself."""


class _Change(Struct, frozen=True):
    """A call before and after, and the person as they are to be stored."""

    old: Call
    new: Call
    contact: Contact
    later: tuple[Call, ...] = ()
    """Calls made after it, with what they changed as it is now."""


class _Past(Struct, frozen=True):
    """A person as a past call found them, and what came after it."""

    stored: Contact
    call: Call
    """As it is on record, with what it changed."""
    bare: Contact
    """The person without what this call and the later ones changed."""
    as_it_was: Contact
    """The person without what the later ones changed."""
    later: list[Call]
    """The calls after it that changed something about the person, oldest first."""

    @property
    def as_answered(self) -> Contact:
        """As the call found them, with what its script remembered: an outcome put right does not unsay it."""
        said = {name: said for name, said in self.as_it_was.remembered.items() if name not in ASKED}
        return replace(self.bare, remembered={**self.bare.remembered, **said})

    def changed(self, new: Call, contact: Contact, *, anyhow: bool) -> _Change:
        """The call put right, which leaves behind such a contact, and after it the later calls again.

        What they changed stays, and each knows what it finds there now. `anyhow`: what the call says now counts more
        than what the rep wrote since.
        """
        was, later = with_change(self.bare, self.call, anyhow=True), list[Call]()
        for call in self.later:
            was, found, contact = (
                with_change(was, call, anyhow=True),
                contact,
                with_change(contact, call, anyhow=True),
            )
            before, after = changed_values(found, contact)
            later.append(replace(call, before=before, after=after))
        stored = taken_back(self.stored, *changed_values(contact, was), anyhow=anyhow)
        return _Change(self.call, new, stored, tuple(later))


class Correcting:
    """Corrects calls that are on record."""

    def __init__(self, state: State, flow: CallOrder, restart: Restart) -> None:
        self._state = state
        self._flow = flow
        self._restart = restart

    @action
    async def correct(self, call_id: str) -> None:
        """A past call comes up as it was filled, to be corrected; one that was left open comes up to be answered.

        Nothing happens when the call does not count any more.
        """
        if self._restart.reopen(call_id):
            return
        state, call = self._state, self._state.store.call(call_id)
        contact = state.store.contact(call.contact_id) if call else None
        if call is None or contact is None or call.voided_at or call.channel != PHONE:
            return
        working = Working(
            id=uuid7(state.now),
            contact=contact,
            since=state.now,
            taken_at=call.at,
            direction=call.direction,
            correcting=call.id,
            started_at=call.at,
            over_at=call.at + timedelta(seconds=call.talk_s or 0),
            number=call.dials[-1].number if call.dials else contact.first_number,
            notes=list(call.notes),
            signals=list(call.signals),
            reason_id=call.reason_id,
            highlighted=call.outcome,
        )
        working.enter(Phase.CALL_OVER, state.now)
        self._flow.put_on_top(working)

    async def save(self, outcome: Outcome, filled: Filled) -> None:
        """Store the correction of the call in hand; undo brings back what it said before."""
        state, working = self._state, self._state.in_hand
        old = state.store.call(working.correcting)
        stored = state.store.contact(old.contact_id) if old else None
        if old is None or stored is None or old.voided_at:
            await self._leave(working, notice("nothing_to_correct"))
            return
        past = self._past(stored, old)
        after = contact_after(past.as_answered, working, outcome, filled)
        after = with_right_number(after, filled, state.settings.region)
        new = self._record(past.call, working, outcome, filled, changed_values(past.bare, after))
        if _says_the_same(old, new):
            await self._leave(working, notice("nothing_changed", call=self._named(old, stored)))
            return
        corrects = past.changed(new, after, anyhow=True)
        async with state.change() as change:
            step = self._put(change, corrects)
            if self._flow.take_away(working):
                self._flow.show_next()
            self._flow.decided(Decision(stored.id, corrected=past.call))
        if change.is_saved:
            now, was = (state.labels[call.outcome] for call in (new, old))
            contact, clocks = corrects.contact, state.clocks(corrects.contact)
            opens = state.ranking.opens(contact.id, clocks.now, step)
            state.say_saved(saved.corrected(now, was, contact, step, clocks, opens))

    def take_back(self, change: Unit, old: Call) -> str:
        """The call says again what it said before its correction; what is told once that is saved."""
        state = self._state
        now, stored = state.store.call(old.id), state.store.contact(old.contact_id)
        if now is None or stored is None:
            return notice("call_not_in_list")
        past = self._past(stored, now)
        contact = with_change(past.bare, old, anyhow=False)
        before, after = changed_values(past.bare, contact)
        changed = (*_SEEN, "is_", "talk_s", "dials", "cancelled_at", "lifted_at")
        values = {name: getattr(old, name) for name in changed}
        back = corrected(now, **values, before=before, after=after)
        self._put(change, past.changed(back, contact, anyhow=False))
        return notice("correction_undone", call=self._named(old, contact))

    def _past(self, stored: Contact, call: Call) -> _Past:
        calls = self._state.store.calls(stored.id)
        place = [one.id for one in calls].index(call.id)
        changed = (one for one in calls[place + 1 :] if one.before and one.after and not one.voided_at)
        later = [one for one in changed if not _found(call, one)]
        as_it_was = stored
        for one in reversed(later):
            as_it_was = without(as_it_was, one)
        bare = without(as_it_was, call)
        before, after = changed_values(bare, as_it_was)
        told = call if call.after is not None else replace(call, before=before, after=after)
        return _Past(stored, told, bare, as_it_was, later)

    # -- what changes ------------------------------------------------------------------------------------

    def _record(
        self,
        old: Call,
        working: Working,
        outcome: Outcome,
        filled: Filled,
        changed: tuple[Mapping[str, Any], Mapping[str, Any]],
    ) -> Call:
        """The call with the correction; `changed` is what it changed about the person, before and after."""
        answers = {name: said for name, said in old.answers.items() if name not in ASKED}
        return corrected(
            old,
            outcome=outcome.id,
            is_=outcome.is_,
            at=working.started_at or old.at,
            notes=working.close_notes(self._state.now),
            promise=filled.promise,
            owed=_owed(old.owed, filled.owed),
            reason_code=filled.reason_code,
            answers={**answers, **filled.asked_for},
            talk_s=_talk_s(old, outcome),
            dials=_dials(old, outcome),
            cancelled_at=old.cancelled_at if old.is_ is outcome.is_ else None,
            lifted_at=old.lifted_at if old.is_ is outcome.is_ else None,
            before=changed[0],
            after=changed[1],
        )

    def _put(self, change: Unit, corrects: _Change) -> NextStep:
        """The call, the person and the list as they become; everything in memory follows."""
        state, told = self._state, {call.id: call for call in (corrects.new, *corrects.later)}
        change.refuse(self._list_after(state.never, corrects))
        step = change.put(corrects.contact, *told.values())
        if state.run:
            state.run.calls = [told.get(call.id, call) for call in state.run.calls]
        return step

    def _list_after(self, never: DoNotCallList, change: _Change) -> DoNotCallList:
        """The do-not-call list; what a refusal put there, or a lift took off, stays when the refusal stays."""
        same = all(getattr(change.old, name) == getattr(change.new, name) for name in ("is_", "reason_code"))
        return never if same else list_after(never, change.new, change.contact, self._state.here)

    async def _leave(self, working: Working, said: str) -> None:
        if self._flow.take_away(working):
            self._flow.show_next()
        self._state.say(said)

    def _named(self, call: Call, contact: Contact) -> str:
        """`No answer · Ann Rossi, yesterday 14:01`."""
        ours = self._state.settings.zone
        when = moment(call.at, Clocks(ours, ours, self._state.now))
        outcome = self._state.labels[call.outcome]
        return notice("past_call", outcome=outcome, name=card.name_of(contact), when=when)


def _found(call: Call, other: Call) -> bool:
    """Whether a call was written down after one that was made later: it found what that one had changed."""
    mine, theirs = (call.before or {}, call.after or {}), (other.before or {}, other.after or {})
    shared = mine[0].keys() & theirs[0].keys()
    return any(mine[0][key] == theirs[1].get(key) and theirs[0][key] != mine[1].get(key) for key in shared)


def _owed(old: Owed | None, new: Owed | None) -> Owed | None:
    """The to-do; the same one as before stays done when it was."""
    same = old and new and (old.what, old.due) == (new.what, new.due)
    return old if same else new


def _talk_s(old: Call, outcome: Outcome) -> float | None:
    """Seconds of the talk: as the line measured them, none where nobody was reached, unknown where nobody measured."""
    if (old.is_ in RIGHT_PARTY) == (outcome.is_ in RIGHT_PARTY) or any(d.answered_at for d in old.dials):
        return old.talk_s
    return None if outcome.is_ in RIGHT_PARTY else 0.0


def _dials(old: Call, outcome: Outcome) -> tuple[Dial, ...]:
    """The dials; what the line did follows the outcome where only the outcome told."""
    if not old.dials:
        return ()
    last = old.dials[-1]
    answered = last.answered_at is not None
    if last.disposition != derived_disposition(old.is_, answered=answered):
        return old.dials
    return (*old.dials[:-1], replace(last, disposition=derived_disposition(outcome.is_, answered=answered)))


def _says_the_same(old: Call, new: Call) -> bool:
    return all(getattr(old, name) == getattr(new, name) for name in _SEEN) and _wishes(old) == _wishes(new)


def _wishes(call: Call) -> dict[str, Any]:
    """What the call changed about the person, without the moment at which it did."""
    values = dict(call.after or {})
    if isinstance(values.get("prefers"), dict):
        values["prefers"] = {k: v for k, v in values["prefers"].items() if k != "since"}
    return values
