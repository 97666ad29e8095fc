"""Everything known of one person, and why they are, or are not, to be called now."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import asdict

from tui.cockpit.actions.dialing import CallActions
from tui.cockpit.actions.outcome import offered, outlook
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.call_view import ContactView, PastCall, person_form
from tui.cockpit.pages.facts import Facts
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import State
from tui.cockpit.wording import card, outcomes
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import sentence, sentences
from tui.domain.contact import Contact
from tui.domain.day_words import moment, time_words
from tui.domain.history import PHONE
from tui.domain.next_step import NextStep
from tui.domain.shared.team import Whose


class ContactCard:
    """Answers questions about one contact."""

    def __init__(self, state: State, line: CallActions, reading: ScriptReading, facts: Facts) -> None:
        self._state, self._line, self._reading, self._facts = state, line, reading, facts

    def view(self, contact_id: str) -> ContactView | None:
        """Details, history (the latest first) and the why. None when there is no such person."""
        contact = self._state.store.contact(contact_id)
        if contact is None:
            return None
        facts = asdict(self._facts.of(contact))
        return ContactView(
            **facts, why=self._why(contact), leads_to=self._leads_to(contact), editable=person_form(contact)
        )

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
        return (*waiting, *(PastCall(call.id, *self._facts.past_call(call)) for call in counted))

    def explain(self, contact_id: str) -> tuple[str, ...]:
        """Sentences: why now or why not, when, which script, what the house says, and what each outcome would do."""
        contact = self._state.store.contact(contact_id)
        return (*self._why(contact), *self._leads_to(contact)) if contact else ()

    def _why(self, contact: Contact) -> tuple[str, ...]:
        """Why now or why not, when, which script, and what the house says."""
        state, contact_id = self._state, contact.id
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
        return tuple(lines)

    def _leads_to(self, contact: Contact) -> tuple[str, ...]:
        """What each outcome would do, under a line that says so."""
        state, now, clocks = self._state, self._state.now, self._state.clocks(contact)
        lines, policy = [notice("outcomes_lead_to")], state.settings.policy
        theirs = next((one for one in state.stack if one.contact.id == contact.id and one.is_from_them), None)
        would = theirs or Working(
            "would", contact, since=now, taken_at=now, number=state.number(contact).number
        )
        for outcome in offered(state, would):
            step = outlook(state, would, outcome)
            does = outcomes.effect(
                outcome, step, policy, clocks, state.ranking.opens(contact.id, clocks.now, step)
            )
            lines.append(f"{card.label_of(outcome)}: {does}")
        return tuple(lines)
