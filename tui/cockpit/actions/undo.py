"""`u`: the last decision about a person, the last message, or the last outcome with everything it caused."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from tui.cockpit.actions.action import action
from tui.cockpit.actions.correction import Correcting
from tui.cockpit.actions.do_not_call import DoNotCall, ask_same_person, list_after
from tui.cockpit.actions.many import Many
from tui.cockpit.actions.messages import Messages
from tui.cockpit.actions.next_person import CallOrder, Decision
from tui.cockpit.actions.people import People
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import State
from tui.cockpit.state.unit import Unit
from tui.cockpit.view import Phase, Saved
from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import CHANNEL_WORDS
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import PHONE
from tui.domain.ids import uuid7
from tui.locale.spoken import translated
from tui.storage.other_documents import taken_back, without


class Undo:
    """Takes things back, the latest first."""

    def __init__(
        self,
        state: State,
        flow: CallOrder,
        messages: Messages,
        people: People,
        correcting: Correcting,
        never: DoNotCall,
        many: Many,
    ) -> None:
        self._many = many
        self._never = never
        self._correcting = correcting
        self._state = state
        self._flow = flow
        self._messages = messages
        self._people = people

    @action
    async def last(self) -> None:
        """Undo what the rep did last; says so, or that there is nothing."""
        if pair := self._flow.pair_last:
            if await self._people.doubles.undo(pair):
                self._flow.last_decision()
        elif many := self._flow.many_last:
            await self._many.undo(many)
        elif self._flow.is_decision_last:
            await self._decision()
        elif (call := self._flow.last_saved()) is None:
            self._state.say(notice("nothing_to_undo"))
        elif call.channel != PHONE:
            await self._message(call)
        else:
            await self._outcome(call)

    async def _decision(self) -> None:
        """The person is again what they were before a skip, a stop or a hand-over, and a to-do is open again."""
        state = self._state
        async with state.change() as change:
            decision = self._flow.last_decision()
            said = self._taken_back(change, decision)
        if change.is_saved:
            state.say_saved(said) if isinstance(said, Saved) else state.say(said)
            if decision.answer:
                ask_same_person(state, decision.contact_id)

    def _taken_back(self, change: Unit, decision: Decision) -> str | Saved:
        """Take a decision back, and what is said of it once that is saved."""
        state = self._state
        if decision.thrown:
            self._flow.put_on_top(decision.thrown)
            return notice("thrown_back", name=card.name_of(decision.thrown.contact))
        contact = state.store.contact(decision.contact_id)
        if contact is None:
            return notice("not_in_list")
        if decision.corrected:
            return self._correcting.take_back(change, decision.corrected)
        if decision.done:
            return self._people.open_owed_again(change, decision.done)
        if decision.answer:
            return self._never.open_again(change, contact, decision.answer)
        if decision.cancelled:
            return self._messages.turn_win(change, contact)
        state.selection.put_on(contact.id)
        if decision.before:
            change.put(taken_back(contact, decision.before, decision.after))
            state.ranking.skips.remove_last(contact.id)
            return notice("decision_undone", name=card.name_of(contact))
        state.ranking.skips.remove_last(contact.id)
        return notice("back_in_queue", name=card.name_of(contact))

    async def _message(self, call: Call) -> None:
        """A message or a visit stays on record and counts no more."""
        state = self._state
        contact = state.store.contact(call.contact_id)
        if contact is None:
            return
        async with state.change() as change:
            change.put(contact, replace(call, voided_at=state.now))
            self._flow.uncount(call)
        if change.is_saved:
            what = translated(CHANNEL_WORDS.get(call.channel, call.channel))
            state.say(notice("message_undone", name=card.name_of(contact), what=what))

    async def _outcome(self, last: Call) -> None:
        """The card of the call comes back as it was filled."""
        state, now = self._state, self._state.now
        if not last.contact_id:
            await self._nobodys(last)
            return
        stored = state.store.contact(last.contact_id)
        if stored is None:
            state.say(notice("not_in_list"))
            return
        contact, voided = without(stored, last), replace(last, voided_at=now)
        async with state.change() as change:
            change.refuse(list_after(state.never, voided, stored, state.here))
            change.put(contact, voided)
            self._flow.uncount(last)
            self._flow.put_on_top(self._as_it_was(last, contact, now))
        if change.is_saved:
            outcome = state.labels[last.outcome]
            state.say(notice("outcome_undone", name=card.name_of(contact), outcome=outcome))

    async def _nobodys(self, last: Call) -> None:
        """The call of somebody of whom nothing is known: its card comes back, and there may be told who it was."""
        state, now = self._state, self._state.now
        async with state.change() as change:
            change.put_calls(replace(last, voided_at=now))
            self._flow.uncount(last)
            self._flow.put_on_top(self._as_it_was(last, Contact(id=uuid7(now), created_at=now), now))
        if change.is_saved:
            state.say(notice("stranger_undone", outcome=state.labels[last.outcome]))

    def _as_it_was(self, call: Call, contact: Contact, now: datetime) -> Working:
        kept = self._flow.closed.get(call.id)
        working = kept or _from_record(call, contact, now)
        working.id, working.contact = uuid7(now), contact
        if kept and kept.form:
            working.forms[kept.form.outcome.id] = kept.form
        working.form, working.highlighted = None, call.outcome
        working.over_at = working.over_at or call.at + timedelta(seconds=call.talk_s or 0)
        working.enter(Phase.CALL_OVER, now)
        return working


def _from_record(call: Call, contact: Contact, now: datetime) -> Working:
    """A call that an earlier run saved, as far as its record tells: how long they talked, and what was said."""
    is_theirs = call.direction == "in" and not call.dials  # taken on the rep's own phone
    answered = next(
        (dial.answered_at for dial in call.dials if dial.answered_at), call.at if is_theirs else None
    )
    return Working(
        id=call.id,
        undone=call.id,
        contact=contact,
        since=now,
        taken_at=call.at,
        direction=call.direction,
        started_at=call.at if call.dials or is_theirs else None,
        dials=list(call.dials),
        answered_at=answered,
        over_at=(answered or call.at) + timedelta(seconds=call.talk_s or 0),
        notes=list(call.notes),
        given=dict(call.answers),
        signals=list(call.signals),
        reason_id=call.reason_id,
        acknowledged=call.acknowledged,
        override=call.override,
        identify_s=call.identify_s,
        keys=call.keys,
        number=call.dials[-1].number if call.dials else "",
    )
