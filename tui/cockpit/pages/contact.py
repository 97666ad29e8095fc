"""Everything known of one person, and why they are, or are not, to be called now."""

from __future__ import annotations

from datetime import datetime

from tui.cockpit.actions.dialing import CallActions
from tui.cockpit.actions.outcome import outlook
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.call_view import ContactView, PastCall, person_form
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.others import caller_of
from tui.cockpit.state.state import State
from tui.cockpit.wording import card, outcomes, queue_reasons
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import sentence, sentences
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.day_words import Clocks, moment, time_words
from tui.domain.history import PHONE
from tui.domain.identity.person_fields import NOTE, PERSON_FIELDS
from tui.domain.next_step import NextStep
from tui.domain.shared.team import Whose
from tui.locale.spoken import translated

_TOLD_ELSEWHERE = frozenset(
    {"name", "given", "family", "company", "role", "number", "basis", "basis_date", "touched"}
)
"""Fields that stand in the title of the card or have a line of their own making."""
_ON_THE_CARD = tuple(field for field in PERSON_FIELDS if field.id not in _TOLD_ELSEWHERE)


class ContactCard:
    """Answers questions about one contact."""

    def __init__(self, state: State, line: CallActions, reading: ScriptReading) -> None:
        self._state, self._line, self._reading = state, line, reading

    def view(self, contact_id: str) -> ContactView | None:
        """Details, history (the latest first) and the why. None when there is no such person."""
        contact = self._state.store.contact(contact_id)
        if contact is None:
            return None
        unclear = self._state.ranking.unclear.all_of(contact_id)
        calls = sorted((*self._state.calls(contact), *unclear), key=lambda call: call.at)
        return ContactView(
            contact.id,
            card.name_of(contact),
            card.about(contact),
            self._lines(contact),
            tuple(self._history(call) for call in reversed(calls)),
            self.explain(contact_id),
            person_form(contact),
        )

    def _lines(self, contact: Contact) -> tuple[tuple[str, str], ...]:
        contact = self._state.ranking.bounds.may_call.marked(contact)
        plan, touch, clocks = self._state.plan(contact), contact.touched_at, self._state.clocks(contact)
        # What the file said of these two stands in their own lines.
        told = {NOTE, "call_back" if plan else NOTE, "last_called" if touch else NOTE}
        others = {k: v for k, v in {**contact.remembered, **contact.fields}.items() if k not in told}
        lines = (
            *card.numbers(contact),
            ("Planned call", queue_reasons.planned(plan, clocks) if plan else ""),
            ("Last contacted", card.last_contacted(touch, clocks) if touch else ""),
            *((field.label, field.shown(contact)) for field in _ON_THE_CARD),
            ("Legal basis", card.legal_basis(contact)),
            ("Number from", card.where_from(contact, self._state.settings.zone)),
            *others.items(),
        )
        return tuple((translated(card.heading(label)), value) for label, value in lines if value)

    def _history(self, call: Call) -> tuple[str, str]:
        state, ours = self._state, self._state.settings.zone
        label = state.labels.get(call.outcome, call.outcome.replace("_", " "))
        names = [state.ranking.name(one) for one in call.one_of]
        clocks = Clocks((call.promise.zone if call.promise else "") or ours, ours, state.now)
        said = card.past_call(call, label, names, clocks, caller_of(state, call))
        return time_words(call.at, ours, state.now), said

    def _owner_in_doubt(self, contact: Contact, step: NextStep) -> str:
        """That a colleague has not taken them or gave the promise, or that they are nobody's we know; else empty."""
        name, bounds = card.name_of(contact), self._state.ranking.bounds
        if bounds.is_to_keep(step):
            return notice("promise_not_taken", owner=step.owner, name=name)
        if bounds.whose(step) is Whose.UNKNOWN:
            return notice("belongs_to_nobody", owner=step.owner, name=name)
        giver = bounds.giver(step)
        return notice("promise_of_colleague", rep=giver) if giver else ""

    def past_calls(self, contact_id: str) -> tuple[PastCall, ...]:
        """Calls that can be corrected, the latest first; those left open before them."""
        state, contact = self._state, self._state.store.contact(contact_id)
        if contact is None:
            return ()
        ours, now = state.settings.zone, state.now
        waiting = (
            PastCall(
                kept["id"], time_words(datetime.fromisoformat(began), ours, now), notice("left_open_call")
            )
            for kept in state.left_open.values()
            if kept["contact_id"] == contact_id and (began := kept["started_at"] or kept["taken_at"])
        )
        counted = (c for c in reversed(state.calls(contact)) if c.voided_at is None and c.channel == PHONE)
        return (*waiting, *(PastCall(call.id, *self._history(call)) for call in counted))

    def explain(self, contact_id: str) -> tuple[str, ...]:
        """Sentences: why now or why not, when, which script, what the house says, and what each outcome would do."""
        state, contact = self._state, self._state.store.contact(contact_id)
        if contact is None:
            return ()
        policy, now, clocks, step = (
            state.settings.policy,
            state.now,
            state.clocks(contact),
            state.step(contact),
        )
        lines = list(sentences(step, state.ranking.bounds.expected(step)))
        if step.one_of and (missed := state.missed_call(contact)):
            lines.insert(0, notice("missed_call_was", missed=missed))
        if doubt := self._owner_in_doubt(contact, step):
            lines.append(doubt)
        if held := state.ranking.held_because(contact_id):
            lines.append(held)
        if step.action == "call":
            opens = state.ranking.opens(contact_id, now)
            if opens is not None and opens > now:
                lines.append(notice("next_call", when=outcomes.next_call(step, clocks, opens)))
            elif opens is not None and not held:
                lines.append(notice("call_now"))
        elif step.due:
            lines.append(card.next_message(step, policy.soft_channel, step.due, clocks))
        if step.valid_until and step.valid_until > now:
            lines.append(notice("looked_at_again", when=moment(step.valid_until, clocks, "day")))
        lines.append(card.rule_of(step, state.settings.fresh_share))
        lines += self._reading.why(contact)
        checks = self._line.gate.checks(contact)
        # Why the plan is for a later day is the first thing said here.
        asked = (sentence(check.why) for check in checks if check.code != "sooner_than_planned")
        lines += [said for said in asked if said not in lines]
        would = Working("would", contact, since=now, taken_at=now, number=state.number(contact).number)
        lines.append(notice("outcomes_lead_to"))
        for outcome in state.settings.outcomes:
            does = outcomes.effect(outcome, outlook(state, would, outcome), policy, clocks)
            lines.append(f"{card.label_of(outcome)}: {does}")
        return tuple(lines)
