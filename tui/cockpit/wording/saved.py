"""The one home of the line that says what was saved, shown for a few seconds on whatever comes next.

Every sentence here is about a commit that has returned: nobody makes one before. What happens next is said in the
words the outcome menu used (`words.next_words`), of the next step that was stored.
"""

from __future__ import annotations

from datetime import datetime

from tui.cockpit.view import Saved
from tui.cockpit.wording import card, outcomes
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.day_words import Clocks, day_name, moment
from tui.domain.metrics import is_conversation
from tui.domain.next_step import NextStep
from tui.domain.outcome import RIGHT_PARTY, Category, Outcome
from tui.domain.window import local
from tui.settings.settings import Settings

SENT_WORDS = {"email": "E-mail sent", "text": "Text message sent", "visit": "Visit noted"}


def outcome(
    outcome: Outcome,
    contact: Contact,
    call: Call,
    step: NextStep,
    clocks: Clocks,
    settings: Settings,
    *,
    afterwards: bool = False,
) -> Saved:
    """An outcome of a call, with the next step that was stored.

    `afterwards`: the call was left open, so the day it counts for is named when it is not today.
    """
    then = outcomes.next_words(outcome, step, settings.policy, clocks)
    if outcome.is_ in (Category.NOT_A_FIT, Category.DO_NOT_CALL) and call.reason_code:
        then = f"{then} ({call.reason_code})"
    label = outcome.label + (_on_its_day(call, clocks) if afterwards else "")
    notes = (_meeting(call, clocks), _owed(call, clocks), _too_short(call, settings.conversation_seconds))
    return Saved(_line(label, contact, then), " ".join(one for one in notes if one))


def nobodys(outcome: Outcome) -> Saved:
    """An outcome of a call with somebody of whom nothing is known."""
    return Saved(f"{outcome.label} · unknown caller → no contact made")


def corrected(outcome: str, was: str, contact: Contact, step: NextStep, clocks: Clocks) -> Saved:
    """A past call that was put right; `outcome` and `was` are the labels of now and before."""
    what = f"Corrected: {outcome}" + (f", was {was}" if was != outcome else "")
    return Saved(_line(what, contact, outcomes.again(step, clocks)))


def skipped(contact: Contact) -> Saved:
    """Somebody put off until tomorrow."""
    return Saved(_line("Skipped", contact, "back tomorrow"))


def pursuit(contact: Contact, step: NextStep, clocks: Clocks) -> Saved:
    """The decision how somebody is pursued: softer, stopped, or called again; a promise stands whatever is decided."""
    stands = "What you promised still stands." if step.kind == "promise" and contact.pursuit else ""
    match contact.pursuit:
        case "soft":
            return Saved(_line("No more calls", contact, "by e-mail instead"), stands)
        case "stopped":
            return Saved(_line("Stopped", contact, contact.pursuit_reason), stands)
        case _:
            return Saved(_line("Calls go on", contact, outcomes.again(step, clocks)))


def handed_over(contact: Contact, *, keeps: bool, unchecked: bool) -> Saved:
    """Whose somebody is now; `keeps`: what was promised stays with the rep, `unchecked`: nobody knows the name."""
    told = [f"Your promise stays with you until {contact.owner} has taken them over."] if keeps else []
    told += ["Nobody checked the name: the team's settings name no members."] if unchecked else []
    return Saved(_line("Handed over", contact, contact.owner), " ".join(told))


def taken_over(contact: Contact) -> Saved:
    """Somebody is the rep's own now."""
    return Saved(_line("Taken over", contact, contact.owner))


def sent(contact: Contact, channel: str, step: NextStep, clocks: Clocks) -> Saved:
    """A message that went out, or a visit."""
    return Saved(_line(SENT_WORDS.get(channel, channel), contact, outcomes.again(step, clocks)))


def cancelled(contact: Contact, call: Call, step: NextStep, clocks: Clocks) -> Saved:
    """A meeting or sale that fell through, or counts again."""
    what = "Meeting or sale cancelled" if call.cancelled_at else "Meeting or sale counts again"
    return Saved(_line(what, contact, outcomes.again(step, clocks)))


def done(what: str, contact: Contact) -> Saved:
    """A to-do that was marked as done."""
    return Saved(_line("Done", contact, what))


def thrown_away(contact: Contact) -> Saved:
    """A call that never happened."""
    return Saved(_line("Thrown away", contact, "nothing of this call is on record"))


def _line(what: str, contact: Contact, then: str) -> str:
    return f"{what} · {card.name_of(contact)} → {then}"


def _meeting(call: Call, clocks: Clocks) -> str:
    at = call.answers.get("meeting_at")
    return f"Meeting: {moment(datetime.fromisoformat(at), clocks)}." if at else ""


def _on_its_day(call: Call, clocks: Clocks) -> str:
    """The day a call counts for, when it is not today's."""
    day, today = local(call.at, clocks.ours).date(), local(clocks.now, clocks.ours).date()
    return "" if day == today else f", {day_name(day, today)}"


def _owed(call: Call, clocks: Clocks) -> str:
    if call.owed is None:
        return ""
    return f"To do: {call.owed.what}, {day_name(call.owed.due, local(clocks.now, clocks.ours).date())}."


def _too_short(call: Call, least_s: float) -> str:
    """A talk too short to count says so; one of unknown length counts."""
    if call.is_ not in RIGHT_PARTY or call.talk_s is None or is_conversation(call, least_s):
        return ""
    return f"Talked {call.talk_s:.0f} s: counts as reached, not as a conversation ({least_s:.0f} s)."
