"""What speaks against a dial now, as codes and values. House rules warn; do-not-call and the law block."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.case import Case, case_of
from tui.domain.contact import Contact
from tui.domain.law import Check, LawPack, law_check
from tui.domain.next_step import NextStep
from tui.domain.policy import next_step
from tui.domain.promise_state import PlannedCall
from tui.domain.why import Why, wall, why
from tui.domain.window import is_open, local


class _Dial(Struct, frozen=True):
    case: Case
    step: NextStep
    reasons: frozenset[str]
    colleague: str
    expected: str
    reason_id: str

    @property
    def wall(self) -> str:
        """Date and time at the customer's, in ISO format."""
        return wall(self.case.now, self.case.calendar.home)


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
    colleague: str = "",
    expected: str = "",
    law: tuple[LawPack, ...] = (),
    reason_id: str = "",
    plans: Sequence[PlannedCall] = (),
    refused: Why | None = None,
) -> tuple[Check, ...]:
    """What to say if the rep dials now, blocks first. `colleague` is who looks after the contact; empty: nobody else.

    `expected` is the colleague whose call they expect, where it is not the rep's own.

    `reasons` are the ids of the team's library of reasons; empty when there is none. `reason_id` is the one chosen
    for this call. `zones` and `law` are those of the number that would be called, `refused` is what `MayCall` says
    against it. What the report counts as called too often (`metrics.pest_reasons`) comes first among equals.
    """
    if refused is not None:
        return (Check("block", refused),)
    case = case_of(contact, calls, policy, now, zones, law, plans)
    step = next_step(contact, calls, policy, now, zones=zones, law=law, plans=plans)
    if step.action == "do_not_call":
        return (Check("block", why("do_not_call", step=step)),)
    dial = _Dial(case, step, frozenset(reasons), colleague, expected, reason_id)
    found = [check for rule in _HOUSE_RULES for check in rule(dial)]
    found += law_check(contact, calls, law, now, case.calendar.zones)
    return tuple(sorted(found, key=lambda check: _SEVERITY.index(check.level)))


def _early(dial: _Dial) -> Iterator[Check]:
    policy, owed = dial.case.policy, dial.case.promise
    if owed is not None and policy.early_call != "off" and owed.timing == "early":
        others = {"owner": dial.expected} if dial.expected else {}
        yield Check(policy.early_call, why("early_call", promise=owed.promise, now=dial.wall, **others))


def _prefers_other_channel(dial: _Dial) -> Iterator[Check]:
    channel = dial.case.contact.prefers.channel
    if channel not in (None, "phone"):
        yield Check("acknowledge", why("they_prefer", channel=channel))


def _ended(dial: _Dial) -> Iterator[Check]:
    if dial.step.action in ("stop", "rethink", "nurture"):
        yield Check("warn", why(dial.step.action, step=dial.step))


def _sooner(dial: _Dial) -> Iterator[Check]:
    """Our own pacing names a day; before that day a call is sooner than planned."""
    due, home, now = dial.step.due, dial.case.calendar.home, dial.case.now
    paced = dial.step.action == "call" and dial.step.kind in _OUR_PACING
    if paced and due is not None and local(now, home).date() < local(due, home).date():
        yield Check("warn", why("sooner_than_planned", due=wall(due, home), step=dial.step, now=dial.wall))


def _over_cap(dial: _Dial) -> Iterator[Check]:
    case, step = dial.case, dial.step
    on_time = step.due is not None and case.now >= step.due - case.policy.promise_grace
    if on_time and step.kind in ("came_back", "promise", "asked"):
        return  # the customer asked for a call by now: our caps bind our own pacing only
    for most, span in case.policy.caps:
        count = sum(case.now - span < call.at <= case.now for call in case.history.attempts)
        if count >= most:
            yield Check("warn", why("over_cap", calls=count, days=span.days, most=most))
            return


def _outside_hours(dial: _Dial) -> Iterator[Check]:
    calendar, now, step = dial.case.calendar, dial.case.now, dial.step
    if is_open(calendar.hours, calendar.zones, now) or step.is_named_at(now, dial.case.policy.promise_grace):
        return
    again = wall(calendar.open_from(now), calendar.home)
    yield Check("warn", why("outside_hours", now=dial.wall, again=again))


def _open_problem(dial: _Dial) -> Iterator[Check]:
    is_said = any(reason.code == "solve_first" for reason in dial.step.why)
    if (problem := dial.case.contact.open_problem) and not is_said:
        yield Check("warn", why("open_problem", problem=problem))


def _other_rep(dial: _Dial) -> Iterator[Check]:
    if dial.colleague:
        yield Check("warn", why("other_rep", owner=dial.colleague))


def _repeated_reason(dial: _Dial) -> Iterator[Check]:
    if dial.reason_id and dial.reason_id in dial.step.used_reasons:
        yield Check("warn", why("repeated_reason"))


def _no_fresh_reason(dial: _Dial) -> Iterator[Check]:
    heard_all = dial.reasons and dial.reasons <= dial.step.used_reasons
    if heard_all and dial.case.history.attempts:
        yield Check("warn", why("no_fresh_reason"))


TOO_OFTEN = frozenset({"early_call", "outside_hours", "over_cap", "sooner_than_planned", "repeated_reason"})
"""Codes that the report may count as called too often."""
ASKED_FIRST = TOO_OFTEN | {"other_rep"}
"""Codes that the rep has read before the call; the others stand on the card beside it."""
_SEVERITY = ("block", "acknowledge", "warn")
_HOUSE_RULES: tuple[Callable[[_Dial], Iterator[Check]], ...] = (
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
