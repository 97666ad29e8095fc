"""The one home of the line that says what was saved, shown for a few seconds on whatever comes next.

Every sentence here is about a commit that has returned: nobody makes one before. What happens next is said in the
words the outcome menu used (`words.next_words`), of the next step that was stored.
"""

from __future__ import annotations

from datetime import datetime

from tui.cockpit.view import Saved
from tui.cockpit.wording import card, outcomes
from tui.cockpit.wording.notices import notice
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.day_words import Clocks, day_name, moment
from tui.domain.metrics import is_conversation
from tui.domain.next_step import NextStep
from tui.domain.outcome import RIGHT_PARTY, Category, Outcome
from tui.domain.window import local
from tui.locale.spoken import translated
from tui.settings.settings import Settings

_SENT = {"email": "saved_email", "text": "saved_text", "visit": "saved_visit"}


def outcome(
    outcome: Outcome,
    contact: Contact,
    call: Call,
    step: NextStep,
    clocks: Clocks,
    settings: Settings,
    opens: datetime | None,
    *,
    afterwards: bool = False,
) -> Saved:
    """An outcome of a call, with the next step that was stored; `opens` as for `outcomes.again`, here and below.

    `afterwards`: the call was left open, so the day it counts for is named when it is not today.
    """
    then = outcomes.next_words(outcome, step, settings.policy, clocks, opens)
    if outcome.is_ in (Category.NOT_A_FIT, Category.DO_NOT_CALL) and call.reason_code:
        then = notice("saved_with_reason", then=then, reason=translated(call.reason_code))
    label = _of_its_day(card.label_of(outcome), call, clocks) if afterwards else card.label_of(outcome)
    notes = (_meeting(call, clocks), _owed(call, clocks), _too_short(call, settings.conversation_seconds))
    said = notice("saved", outcome=label, name=card.name_of(contact), then=then)
    return Saved(said, " ".join(one for one in notes if one))


def nobodys(outcome: Outcome) -> Saved:
    """An outcome of a call with somebody of whom nothing is known."""
    return Saved(notice("saved_stranger", outcome=card.label_of(outcome)))


def corrected(
    outcome: str, was: str, contact: Contact, step: NextStep, clocks: Clocks, opens: datetime | None
) -> Saved:
    """A past call that was put right; `outcome` and `was` are the labels of now and before."""
    name, then = card.name_of(contact), outcomes.again(step, clocks, opens)
    if outcome == was:
        return Saved(notice("saved_correction", outcome=outcome, name=name, then=then))
    return Saved(notice("saved_correction_of", outcome=outcome, was=was, name=name, then=then))


def skipped(contact: Contact, when: str) -> Saved:
    """Somebody put off: when they are offered again, in words; empty when they never are."""
    if when:
        return Saved(notice("saved_skip_until", name=card.name_of(contact), when=when))
    return Saved(notice("saved_skip", name=card.name_of(contact)))


def pursuit(contact: Contact, step: NextStep, clocks: Clocks, opens: datetime | None) -> Saved:
    """The decision how somebody is pursued: softer, stopped, or called again; a promise stands whatever is decided."""
    name = card.name_of(contact)
    stands = notice("promise_stands") if step.kind == "promise" and contact.pursuit else ""
    match contact.pursuit:
        case "soft":
            return Saved(notice("saved_soft", name=name), stands)
        case "stopped":
            return Saved(notice("saved_stop", name=name, reason=translated(contact.pursuit_reason)), stands)
        case _:
            return Saved(notice("saved_goes_on", name=name, then=outcomes.again(step, clocks, opens)))


def handed_over(contact: Contact, *, keeps: bool, unchecked: bool) -> Saved:
    """Whose somebody is now; `keeps`: what was promised stays with the rep, `unchecked`: nobody knows the name."""
    told = [notice("promise_stays", owner=contact.owner)] if keeps else []
    told += [notice("name_unchecked")] if unchecked else []
    said = notice("saved_hand_over", name=card.name_of(contact), owner=contact.owner)
    return Saved(said, " ".join(told))


def manager_needed(contact: Contact) -> Saved:
    """That a rep wants the manager to decide something."""
    return Saved(notice("saved_needs_manager", name=card.name_of(contact)))


def manager_answered(contact: Contact) -> Saved:
    """The manager's answer."""
    return Saved(notice("saved_answered", name=card.name_of(contact)))


def taken_over(contact: Contact) -> Saved:
    """Somebody is the rep's own now."""
    return Saved(notice("saved_taken_over", name=card.name_of(contact), owner=contact.owner))


def sent(contact: Contact, channel: str, step: NextStep, clocks: Clocks, opens: datetime | None) -> Saved:
    """A message that went out, or a visit."""
    name, then = card.name_of(contact), outcomes.again(step, clocks, opens)
    return Saved(notice(_SENT[channel], name=name, then=then))


def cancelled(contact: Contact, call: Call, step: NextStep, clocks: Clocks, opens: datetime | None) -> Saved:
    """A meeting or sale that fell through, or counts again."""
    code = "saved_cancelled" if call.cancelled_at else "saved_counts_again"
    return Saved(notice(code, name=card.name_of(contact), then=outcomes.again(step, clocks, opens)))


def done(what: str, contact: Contact) -> Saved:
    """A to-do that was marked as done."""
    return Saved(notice("saved_done", name=card.name_of(contact), what=what))


def thrown_away(contact: Contact) -> Saved:
    """A call that never happened."""
    return Saved(notice("saved_thrown_away", name=card.name_of(contact)))


def _meeting(call: Call, clocks: Clocks) -> str:
    at = call.answers.get("meeting_at")
    return notice("saved_meeting", when=moment(datetime.fromisoformat(at), clocks)) if at else ""


def _of_its_day(label: str, call: Call, clocks: Clocks) -> str:
    """The outcome, with the day its call counts for when that is not today."""
    day, today = local(call.at, clocks.ours).date(), local(clocks.now, clocks.ours).date()
    return label if day == today else notice("saved_on_day", outcome=label, day=day_name(day, today))


def _owed(call: Call, clocks: Clocks) -> str:
    if call.owed is None:
        return ""
    day = day_name(call.owed.due, local(clocks.now, clocks.ours).date())
    return notice("saved_to_do", what=call.owed.what, day=day)


def _too_short(call: Call, least_s: float) -> str:
    """A talk too short to count says so; one of unknown length counts."""
    if call.is_ not in RIGHT_PARTY or call.talk_s is None or is_conversation(call, least_s):
        return ""
    return notice("talk_too_short", seconds=round(call.talk_s), least=round(least_s))
