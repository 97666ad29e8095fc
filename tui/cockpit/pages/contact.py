"""Everything known of one person, and why they are, or are not, to be called now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tui.cockpit.actions import script_values
from tui.cockpit.actions.dialing import Line
from tui.cockpit.actions.next_person import Flow
from tui.cockpit.actions.outcome import outlook
from tui.cockpit.actions.script import Reading
from tui.cockpit.call_view import ContactView, PastCall, person_form
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import Desk
from tui.cockpit.wording import outcomes
from tui.domain.call import Call
from tui.domain.contact import BY_HAND_LIST, Contact
from tui.domain.day_words import Clocks, moment, on_record, time_words
from tui.domain.history import PHONE
from tui.domain.next_step import NextStep
from tui.domain.person_fields import NOTE, PERSON_FIELDS
from tui.phone import shown

_TOLD_ELSEWHERE = frozenset(
    {"name", "given", "family", "company", "role", "number", "basis", "basis_date", "touched"}
)
"""Fields that stand in the title of the card or have a line of their own making."""
_ON_THE_CARD = tuple(field for field in PERSON_FIELDS if field.id not in _TOLD_ELSEWHERE)

_COLUMN_OF = {"Planned call": "call_back", "Last contacted": "last_called"}
"""By line of the card the field in which the import keeps what the file said."""


class Dossier:
    """Answers questions about one contact."""

    def __init__(self, desk: Desk, line: Line, flow: Flow, reading: Reading) -> None:
        self._desk = desk
        self._reading = reading
        self._flow = flow
        self._line = line

    def view(self, contact_id: str) -> ContactView | None:
        """Details, history (the latest first) and the why. None when there is no such person."""
        contact = self._desk.store.contact(contact_id)
        if contact is None:
            return None
        about = ", ".join(part for part in (contact.role, contact.company if contact.name else "") if part)
        unclear = self._desk.ranking.unclear.all_of(contact_id)
        calls = sorted((*self._desk.calls(contact), *unclear), key=lambda call: call.at)
        return ContactView(
            contact.id,
            contact.shown_name,
            about,
            self._lines(contact),
            tuple(self._history(call) for call in reversed(calls)),
            self.explain(contact_id),
            person_form(contact),
        )

    def _lines(self, contact: Contact) -> tuple[tuple[str, str], ...]:
        contact = self._desk.ranking.bounds.never.marked(contact)
        imported = self._imported(contact)
        told = {NOTE} | {_COLUMN_OF[label] for label in imported}
        others = {k: v for k, v in {**contact.remembered, **contact.fields}.items() if k not in told}
        numbers = [
            (
                n.label or "Number",
                (shown(n.e164) if n.e164 else n.raw)
                + (f" ext {n.ext}" if n.ext else "")
                + (" (wrong number)" if n.bad else ""),
            )
            for n in contact.numbers
        ]
        lines = (
            *numbers,
            *imported.items(),
            *((field.label, field.shown(contact)) for field in _ON_THE_CARD),
            ("Legal basis", legal_basis(contact)),
            ("Number from", where_from(contact, self._desk.settings.zone)),
            *others.items(),
        )
        return tuple((_label(label), value) for label, value in lines if value)

    def _imported(self, contact: Contact) -> dict[str, str]:
        """The call an import planned, and when it says they were last contacted."""
        plan, touch, clocks = self._desk.plan(contact), contact.touched_at, self._desk.clocks(contact)
        found = {"Planned call": outcomes.planned(plan, clocks)} if plan else {}
        return found | ({"Last contacted": script_values.last_contacted(touch, clocks)} if touch else {})

    def _history(self, call: Call) -> tuple[str, str]:
        ours, now = self._desk.settings.zone, self._desk.now
        what = self._desk.labels.get(call.outcome, call.outcome.replace("_", " "))
        if call.channel in script_values.SENT:
            what = script_values.SENT[call.channel].capitalize()
        elif call.one_of:
            names = [self._desk.ranking.name(one) for one in call.one_of]
            what = f"Missed call from {outcomes.one_of(names)}"
        elif call.direction == "in":
            what = f"They called: {what}"
        if call.cancelled_at:
            what += " (cancelled later)"
        if call.voided_at:
            what += " (undone)"
        parts = [what, *(note.text for note in call.notes)]
        if call.promise:
            clocks = Clocks(call.promise.zone or ours, ours, now)
            parts.append(f"promised {outcomes.promised(call.promise, clocks)}")
        if call.owed:
            parts.append(f"owed: {call.owed.what}" + (", done" if call.owed.done_at else ""))
        return time_words(call.at, ours, now), ". ".join(parts)

    def past_calls(self, contact_id: str) -> tuple[PastCall, ...]:
        """Calls that can be corrected, the latest first; those left open before them."""
        desk, contact = self._desk, self._desk.store.contact(contact_id)
        if contact is None:
            return ()
        ours, now = desk.settings.zone, desk.now
        left = [state for state in self._desk.left_open.values() if state["contact_id"] == contact_id]
        waiting = (
            PastCall(state["id"], time_words(_began(state), ours, now), "Left open: how did it go?")
            for state in left
        )
        counted = (c for c in reversed(desk.calls(contact)) if c.voided_at is None and c.channel == PHONE)
        return (*waiting, *(PastCall(call.id, *self._history(call)) for call in counted))

    def explain(self, contact_id: str) -> tuple[str, ...]:
        """Sentences: why now or why not, when, which script, what the house says, and what each outcome would do."""
        desk, contact = self._desk, self._desk.store.contact(contact_id)
        if contact is None:
            return ()
        policy, now, clocks, step = desk.settings.policy, desk.now, desk.clocks(contact), desk.step(contact)
        lines = list(step.why)
        if step.one_of and (missed := desk.missed_call(contact)):
            lines.insert(0, f"Missed call {missed}.")
        if held := desk.ranking.held_because(contact_id):
            lines.append(held)
        if step.action == "call":
            opens = desk.ranking.opens(contact_id, now)
            if opens is not None and opens > now:
                lines.append(f"Next call: {outcomes.next_call(step, clocks, opens)}.")
            elif opens is not None and not held:
                lines.append("Can be called now.")
        elif step.due:
            by = outcomes.CHANNEL_WORDS.get(step.action, outcomes.CHANNEL_WORDS[policy.soft_channel])
            day = moment(step.due, clocks, "day")
            lines.append(f"Next by {by}: {day}. No call before they are in touch.")
        if step.valid_until and step.valid_until > now:
            lines.append(f"Looked at again: {moment(step.valid_until, clocks, 'day')}.")
        lines.append(rule_of(step, desk.settings.fresh_share))
        lines += self._reading.why(contact)
        checks = self._line.gate.checks(contact)
        lines += [check.sentence for check in checks if check.sentence not in lines]
        would = Working("would", contact, since=now, taken_at=now, number=contact.first_number)
        for outcome in desk.settings.outcomes:
            does = outcomes.effect(outcome, outlook(desk, would, outcome), policy, clocks)
            lines.append(f"{outcome.key}  {outcome.label}: {does}")
        return tuple(lines)


RULES = {
    "came_back": "Rule: who called us and found nobody comes first.",
    "promise": "Rule: a promise is kept to the minute, at any hour; once it is late, in calling hours.",
    "asked": "Rule: what they asked for beats our own rhythm.",
    "planned": "Rule: what you planned in another program, at its time; it is no promise.",
    "follow_up": "Rule: our own rhythm, cadence.attempts, gaps, per_7_days and per_30_days in config.yaml.",
    "fresh": "Rule: at least {fresh_share:.0%} of calls go to people never called, queue.fresh_share in config.yaml.",
    "check_in": "Rule: a friendly call while nothing is wrong, cadence.check_in in config.yaml.",
    "nurture": "Rule: no calls for a while, cadence.nurture_every and nurture_times in config.yaml.",
    "do_not_call": "Rule: do not call stands above everything.",
    "rethink": "Rule: another try of the same kind helps nobody, cadence.gatekeeper_tries in config.yaml.",
    "end": "Rule: this one has come to its end.",
}
"""Which rule speaks, by kind or action of a next step, and where the team changes it."""


def rule_of(step: NextStep, fresh_share: float) -> str:
    """The rule behind a next step, as a sentence; `fresh_share` is 0 to 1."""
    return (RULES.get(step.action) or RULES[step.kind]).format(fresh_share=fresh_share)


def _began(state: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(state["started_at"] or state["taken_at"])


def _label(key: str) -> str:
    return key.replace("_", " ")[:1].upper() + key.replace("_", " ")[1:]


BASIS_WORDS = {
    "customer": "they are a customer",
    "contract": "there is a contract with them",
    "consent": "they agreed to it",
    "public": "the number is public",
    "referral": "somebody they know named them",
    "legitimate interest": "our interest in their business",
}


def where_from(contact: Contact, zone: str) -> str:
    """Where the person's number came from and since when; one line."""
    source = contact.source
    named = f"the list {source.list}" if source.list else ""
    if not named and contact.lists and contact.lists[0] != BY_HAND_LIST:
        named = f"the list {contact.lists[0]}"
    told = f" (their number there: {source.external_id})" if source.external_id else ""
    since = (
        f", since {on_record(contact.created_at.astimezone(ZoneInfo(zone)))}" if contact.created_at else ""
    )
    return f"{named or 'written down by hand'}{told}{since}"


def legal_basis(contact: Contact) -> str:
    """What allows us to call them, and since when; `none recorded` when nobody wrote it down."""
    kind = contact.basis.kind.strip()
    if not kind:
        return "none recorded; they are a customer" if contact.customer else "none recorded"
    since = f", since {on_record(contact.basis.date)}" if contact.basis.date else ""
    return BASIS_WORDS.get(kind.casefold(), kind) + since
