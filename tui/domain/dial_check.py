"""What the cockpit says when the rep dials now. House rules warn; do-not-call and the law block."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tui.domain.call import Call
from tui.domain.case import Case, case_of
from tui.domain.contact import Contact
from tui.domain.day_words import clock, day_words, number_of, promise_words, time_words, times
from tui.domain.law import Check, LawPack, law_check
from tui.domain.next_step import NextStep
from tui.domain.planned import PlannedCall
from tui.domain.policy import CHANNEL_WORDS, Policy, next_step
from tui.domain.window import is_open, local

__all__ = ["ASKED_FIRST", "TOO_OFTEN", "Check", "dial_check"]


@dataclass(frozen=True, slots=True)
class _Dial:
    case: Case
    step: NextStep
    reasons: frozenset[str]
    rep: str
    reason_id: str


_OUR_PACING = frozenset({"follow_up", "asked", "check_in", "planned"})
"""Kinds of steps whose day is our plan: a call before it is sooner than planned."""


def dial_check(
    contact: Contact,
    calls: Sequence[Call],
    policy: Policy,
    now: datetime,
    reasons: Collection[str] = (),
    *,
    zones: tuple[str, ...] = (),
    rep: str = "",
    law: tuple[LawPack, ...] = (),
    reason_id: str = "",
    plans: Sequence[PlannedCall] = (),
) -> tuple[Check, ...]:
    """What to say if this rep dials now, blocks first.

    `reasons` are the ids of the team's library of news; empty when there is none. `reason_id` is the one chosen
    for this call. `zones` and `law` are those of the number that would be called. What the report counts as
    called too often (`fairness.pest_reasons`) comes first among equals.
    """
    step = next_step(contact, calls, policy, now, zones=zones, law=law, plans=plans)
    case = case_of(contact, calls, policy, now, zones, law, plans)
    dial = _Dial(case, step, frozenset(reasons), rep, reason_id)
    if step.action == "do_not_call":
        return (Check("block", "do_not_call", step.why[0]),)
    found = [check for rule in _HOUSE_RULES if (check := rule(dial)) is not None]
    found += law_check(contact, calls, law, now, case.calendar.zones)
    return tuple(sorted(found, key=lambda check: _SEVERITY.index(check.level)))


def _early(dial: _Dial) -> Check | None:
    policy, owed = dial.case.policy, dial.case.promise
    if owed is None or policy.early_call == "off" or owed.timing != "early":
        return None
    said = promise_words(owed.promise, dial.case.now)
    sentence = f"You promised {said} their time. Say why you call before it."
    return Check("acknowledge" if policy.early_call == "acknowledge" else "warn", "early_call", sentence)


def _prefers_other_channel(dial: _Dial) -> Check | None:
    channel = dial.case.contact.prefers.channel
    if channel in (None, "phone"):
        return None
    return Check("acknowledge", "they_prefer", f"They prefer {CHANNEL_WORDS.get(channel, channel)}.")


def _ended(dial: _Dial) -> Check | None:
    if dial.step.action not in ("stop", "rethink", "nurture"):
        return None
    return Check("warn", dial.step.action, dial.step.why[0])


def _sooner(dial: _Dial) -> Check | None:
    """Our own pacing names a day; before that day a call is sooner than planned."""
    due, home = dial.step.due, dial.case.calendar.home
    if due is None or dial.step.action != "call" or dial.step.kind not in _OUR_PACING:
        return None
    if local(dial.case.now, home).date() >= local(due, home).date():
        return None
    return Check(
        "warn",
        "sooner_than_planned",
        f"Planned for {day_words(due, home, dial.case.now)}. {dial.step.why[0]}",
    )


def _they_wait(step: NextStep, now: datetime, grace: timedelta) -> bool:
    """Whether the customer asked for a call at this time or before: our caps bind our own pacing only."""
    on_time = step.due is not None and now >= step.due - grace
    return on_time and step.kind in ("came_back", "promise", "asked")


def _over_cap(dial: _Dial) -> Check | None:
    if _they_wait(dial.step, dial.case.now, dial.case.policy.promise_grace):
        return None
    now, attempts = dial.case.now, dial.case.history.attempts
    for most, span in dial.case.policy.caps:
        count = sum(now - span < call.at <= now for call in attempts)
        if count >= most:
            said = f"Called {times(count)} in {number_of(span.days, 'day')}; the plan is at most {most}."
            return Check("warn", "over_cap", said)
    return None


def _outside_hours(dial: _Dial) -> Check | None:
    calendar, now, step = dial.case.calendar, dial.case.now, dial.step
    if is_open(calendar.hours, calendar.zones, now) or step.is_named_at(now, dial.case.policy.promise_grace):
        return None
    opens = calendar.open_from(now)
    again = f" They open {time_words(opens, calendar.home, now)}." if opens else ""
    return Check(
        "warn", "outside_hours", f"It is {clock(now, calendar.home)} there, outside calling hours.{again}"
    )


def _open_problem(dial: _Dial) -> Check | None:
    problem = dial.case.contact.open_problem
    return Check("warn", "open_problem", f"They have an open problem: {problem}.") if problem else None


def _other_rep(dial: _Dial) -> Check | None:
    owner = dial.case.contact.owner
    if dial.case.policy.same_rep == "off" or not owner or not dial.rep or _same_rep(owner, dial.rep):
        return None
    said = f"{owner} looks after this person: say that you call in their place."
    return Check("warn", "other_rep", said)


def _same_rep(owner: str, rep: str) -> bool:
    return owner.strip().casefold() == rep.strip().casefold()


def _repeated_reason(dial: _Dial) -> Check | None:
    if not dial.reason_id or dial.reason_id not in dial.step.used_reasons:
        return None
    return Check("warn", "repeated_reason", "They have heard this reason before: type another one.")


def _no_fresh_reason(dial: _Dial) -> Check | None:
    used = dial.step.used_reasons
    if not dial.reasons or dial.reasons - used or not dial.case.history.attempts:
        return None
    return Check("warn", "no_fresh_reason", "They have heard every reason: type a new one.")


TOO_OFTEN = frozenset({"early_call", "outside_hours", "over_cap", "sooner_than_planned", "repeated_reason"})
"""Codes that the report may count as called too often."""
ASKED_FIRST = TOO_OFTEN | {"other_rep"}
"""Codes that the rep has read before it rings; the others stand on the card beside the call."""
_SEVERITY = ("block", "acknowledge", "warn")
_HOUSE_RULES: tuple[Callable[[_Dial], Check | None], ...] = (
    _early,
    _outside_hours,
    _over_cap,
    _sooner,
    _repeated_reason,
    _prefers_other_channel,
    _ended,
    _open_problem,
    _other_rep,
    _no_fresh_reason,
)
"""Rules of the house; those of the law are in `tui.domain.law`."""
