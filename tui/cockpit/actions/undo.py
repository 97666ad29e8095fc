"""`u`: the last decision about a person, the last message, or the last outcome with everything it caused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tui.cockpit.actions.action import action
from tui.cockpit.actions.correction import Correcting
from tui.cockpit.actions.do_not_call import list_after
from tui.cockpit.actions.messages import Beside
from tui.cockpit.actions.next_person import Decision, Flow
from tui.cockpit.actions.people import People
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import Desk
from tui.cockpit.view import Phase
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import PHONE
from tui.domain.ids import uuid7
from tui.storage.protocol import Change
from tui.storage.stamp import taken_back, without


class Undo:
    """Takes things back, the latest first."""

    def __init__(
        self, desk: Desk, flow: Flow, beside: Beside, people: People, correcting: Correcting
    ) -> None:
        self._correcting = correcting
        self._desk = desk
        self._flow = flow
        self._beside = beside
        self._people = people

    @action
    async def last(self) -> None:
        """Take back what the rep did last; says so, or that there is nothing."""
        if decision := self._flow.last_decision():
            await self._decision(decision)
            return
        call = self._flow.last_saved()
        if call is None:
            self._desk.say("Nothing to undo in this session")
        elif call.channel != PHONE:
            await self._message(call)
        else:
            await self._outcome(call)

    async def _decision(self, decision: Decision) -> None:
        """The person is again what they were before a skip, a stop or a hand-over, and a to-do is open again."""
        if decision.thrown:
            self._flow.put_on_top(decision.thrown)
            name = decision.thrown.contact.shown_name
            await self._flow.keep(f"The call with {name} is back. Choose its outcome.")
            return
        if decision.corrected:
            if not await self._correcting.take_back(decision.corrected):
                self._flow.decided(decision)
            return
        if decision.done:
            if not await self._people.open_owed_again(decision.done):
                self._flow.decided(decision)
            return
        desk, contact = self._desk, self._desk.store.contact(decision.contact_id)
        if contact is None:
            return
        if decision.cancelled:
            await self._beside.cancel_win(contact.id)
            self._flow.last_decision()
            return
        desk.ranking.unskip(contact.id)
        if decision.before:
            as_it_was = taken_back(contact, decision.before, decision.after)
            steps = {contact.id: desk.ranking.compute(as_it_was, desk.calls(contact))}
            change = Change(contacts=(as_it_was,), next_steps=steps, policy_hash=desk.ranking.policy_hash)
            if not await desk.commit(change):
                self._flow.decided(decision)
                return
            desk.ranking.add(as_it_was, steps[contact.id])
            desk.say(f"Undone: {contact.shown_name} is back as before")
        else:
            await self._flow.keep(f"{contact.shown_name} is back in the queue")
        desk.selection.put_on(contact.id)

    async def _message(self, call: Call) -> None:
        contact = self._desk.store.contact(call.contact_id)
        if contact is not None and await self._beside.take_back(contact, call):
            self._flow.uncount(call)

    async def _outcome(self, last: Call) -> None:
        """The card of the call comes back as it was filled."""
        desk, now = self._desk, self._desk.now
        if not last.contact_id:
            await self._nobodys(last)
            return
        stored = desk.store.contact(last.contact_id)
        if stored is None:
            desk.say("This person is no longer in your list.")
            return
        contact, voided = without(stored, last), replace(last, voided_at=now)
        bounds, never = desk.ranking.bounds, desk.ranking.bounds.never
        bounds.never = list_after(never, voided, stored, desk.here)
        unsaid = bounds.never.since(never)
        steps = {contact.id: desk.ranking.compute(contact, self._without(contact, last))}
        others = (one for one in desk.concerned(unsaid) if one.id != contact.id)
        steps |= {one.id: desk.ranking.compute(one, desk.calls(one)) for one in others}
        came_from = self._flow.mark(steps)
        self._flow.uncount(last)
        self._flow.put_on_top(self._as_it_was(last, contact, now))
        desk.ranking.place_all(steps)
        desk.owed.changed(last.id, False)
        change = Change(
            contacts=(contact,),
            calls=(voided,),
            sessions=self._flow.session_now(),
            do_not_call=unsaid,
            state=self._flow.state_now(),
            next_steps=steps,
            policy_hash=desk.ranking.policy_hash,
        )
        if not await desk.commit(change):
            bounds.never = bounds.never.taken_back(unsaid, never)
            self._flow.back_to(came_from)
            self._flow.saved(last.id)
            desk.owed.changed(last.id, last.owed is not None and last.owed.done_at is None)
            return
        desk.say(
            f"Undone: {contact.shown_name}, {desk.labels.get(last.outcome, last.outcome)}. Choose again."
        )

    async def _nobodys(self, last: Call) -> None:
        """The call of somebody of whom nothing is known: its card comes back, and there may be told who it was."""
        desk, now, came_from = self._desk, self._desk.now, self._flow.mark()
        self._flow.uncount(last)
        self._flow.put_on_top(self._as_it_was(last, Contact(id=uuid7(now), created_at=now), now))
        change = Change(
            calls=(replace(last, voided_at=now),),
            sessions=self._flow.session_now(),
            state=self._flow.state_now(),
        )
        if not await desk.commit(change):
            self._flow.back_to(came_from)
            self._flow.saved(last.id)
            return
        desk.say(f"Undone: unknown caller, {desk.labels.get(last.outcome, last.outcome)}. Choose again.")

    def _without(self, contact: Contact, last: Call) -> tuple[Call, ...]:
        return tuple(c for c in self._desk.store.calls(contact.id) if c.id != last.id)

    def _as_it_was(self, call: Call, contact: Contact, now: datetime) -> Working:
        kept = self._flow.closed.get(call.id)
        working = kept or Working(
            id=call.id,
            contact=contact,
            since=now,
            taken_at=call.at,
            direction=call.direction,
            started_at=call.dials[0].started_at if call.dials else None,
            dials=list(call.dials),
            answered_at=call.dials[-1].answered_at if call.dials else None,
            notes=list(call.notes),
            signals=list(call.signals),
            reason_id=call.reason_id,
            acknowledged=call.acknowledged,
            keys=call.keys,
            number=call.dials[-1].number if call.dials else "",
        )
        working.id, working.contact = uuid7(now), contact
        if kept and kept.form:
            working.forms[kept.form.outcome.id] = kept.form
        working.form, working.highlighted = None, call.outcome
        working.over_at = working.over_at or call.at + timedelta(seconds=call.talk_s or 0)
        working.enter(Phase.CALL_OVER, now)
        return working
