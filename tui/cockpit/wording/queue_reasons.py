"""Why somebody is in the queue and since when, or why not today, in a line. Plain words of docs/practice.md.

Days and times come from `domain/day_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.outcomes import message_day, next_call
from tui.cockpit.wording.why import sentences
from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.day_words import (
    Clocks,
    brief,
    clock,
    day_name,
    day_words,
    full_weekday,
    moment,
    promised_briefly,
    promised_time,
    their_clock,
    time_words,
)
from tui.domain.next_step import NextStep, is_late, is_soon
from tui.domain.promise import Promise
from tui.domain.promise_state import PlannedCall, PromiseState
from tui.domain.window import DAY, LONG_AGO, local

Opening = tuple[datetime | None, datetime | None]
"""From when and until when (UTC) somebody can be called."""
_DUE_NOW = {"email": "due_now_email", "text": "due_now_text", "visit": "due_now_visit"}


def owed_promise(owed: PromiseState, clocks: Clocks, step: NextStep, *, answered: bool = False) -> str:
    """What we still owe and how it stands: `today 10:00, tried once: "after the trade fair"`.

    `step` is what happens next to them: where that is this promise, the words are those of its line in the queue.
    Once they have `answered` it is not due any more; that it was late is still to be said.
    """
    promise, tries = owed.promise, len(owed.tries)
    if step.promise == promise:
        how = _how_it_stands(promise, step, clocks, is_open=not answered)
    else:  # something else comes first
        how = late_words(promise.late_by(clocks.now)) if owed.timing == "late" else ""
    return promised(promise, clocks, tries, how)


def _how_it_stands(promise: Promise, step: NextStep, clocks: Clocks, *, is_open: bool = True) -> str:
    """How late the promise of a step is, or how soon it is due while it `is_open`; empty when it is neither."""
    if is_late(step.late_from, clocks.now):
        return late_words(promise.late_by(clocks.now, step.due or LONG_AGO))
    if step.due is None or not (is_open and is_soon(step, clocks.now)):
        return ""
    minutes = -((clocks.now - step.due) // timedelta(minutes=1))  # begun ones counted
    return notice("in_minutes", minutes=minutes) if minutes > 0 else notice("at_once")


def late_words(late_by: timedelta) -> str:
    """`20 min late`, `1 h late`, `2 days late`: whole ones, so that it is never said to be later than it is."""
    if late_by >= DAY:
        return notice("late_days", days=late_by // DAY)
    minutes = max(late_by // timedelta(minutes=1), 1)
    return (
        notice("late_hours", hours=minutes // 60)
        if minutes >= 60
        else notice("late_minutes", minutes=minutes)
    )


def promised(promise: Promise, clocks: Clocks, tries: int = 0, how: str = "") -> str:
    """What we promised: `today 14:00: "after the trade fair"`; on two clocks both are named.

    Behind the time stands how often we tried, else `how` it stands: how late it is, or how soon it is due.
    """
    said = promised_time(promise, clocks)
    if promise.channel not in ("phone", "call"):
        said = notice("promised_by", when=said, channel=promise.channel)
    if tries:
        said = notice("promised_tried", when=said, tries=tries)
    elif how:
        said = notice("promised_stands", when=said, how=how)
    return notice("promised_words", when=said, words=promise.words) if promise.words else said


def planned(plan: PlannedCall, clocks: Clocks) -> str:
    """When a call was planned in another program: `Thu 26 Nov, from the list autumn`."""
    when = promised_time(plan.when, clocks)
    return notice("planned_from", when=when, source=plan.source) if plan.source else when


def why_now(
    step: NextStep,
    policy: Policy,
    clocks: Clocks,
    open_hours: Opening,
    calls: Sequence[Call],
    *,
    is_theirs: bool = False,
) -> str:
    """The queue's one line on why this person: a promise, a follow-up with its count, quiet for so long.

    `open_hours`: from when, if that is still to come, and until when (UTC) they can be called; else None.
    `is_theirs`: a colleague gave the promise.
    """
    why, (opens, closes) = _why_now(step, policy, clocks, calls, is_theirs), open_hours
    if step.plan is not None or step.touched_at is not None:
        return why
    if step.kind in ("promise", "came_back", "asked") and not (opens and step.due and opens > step.due):
        return why  # at the hour that they named
    if opens:
        return notice("why_from", why=why, time=their_clock(opens, clocks))
    if closes and step.kind == "follow_up":
        return notice("why_until", why=why, time=their_clock(closes, clocks))
    return why


def _why_now(step: NextStep, policy: Policy, clocks: Clocks, calls: Sequence[Call], is_theirs: bool) -> str:
    if step.kind == "promise" and step.due:
        return _promised_step(step, clocks, is_theirs)
    if step.kind == "came_back":
        return notice("why_called_us", day=_called_us(calls, clocks))
    if step.kind == "asked" and step.due:
        return notice("why_asked", day=moment(step.due, clocks, "day"))
    if step.plan is not None:
        return notice("why_planned", when=promised_time(step.plan, clocks))
    if step.touched_at is not None:
        return notice("why_touched", day=day_words(step.touched_at, clocks.theirs, clocks.now))
    if step.kind == "follow_up" and step.tries:
        return notice("why_follow_up", number=step.tries + 1, most=policy.attempts)
    if step.kind == "follow_up":
        return notice("why_nothing_agreed")
    return quiet_for(calls, clocks.now) if step.kind == "check_in" else notice("why_never_called")


def _promised_step(step: NextStep, clocks: Clocks, is_theirs: bool = False) -> str:
    """The promise of this step in a narrow column, and how it stands."""
    promise = step.promise
    if promise is None:
        when = brief(step.due, clocks, step.precision) if step.due else ""
        return notice("you_promised", promise=when) if when else notice("why_you_promised")
    by_the_clock = promise.precision in ("minute", "range")
    when = promised_briefly(promise, clocks) if by_the_clock else promised_time(promise, clocks)
    if step.promise_tries:
        return notice("why_tried", tries=step.promise_tries, promise=when)
    if how := _how_it_stands(promise, step, clocks):
        return notice("why_promise_stands", promise=when, how=how)
    return notice("why_we_promised" if is_theirs else "you_promised", promise=when)


def one_of(names: Sequence[str]) -> str:
    """People of whom it may be any: `Ann Rossi or Bob Rossi`, `Ann Rossi, Bob Rossi or one of 10 others`."""
    if len(names) < 4:
        return one_of_times(names)
    return notice("one_of_more", one=names[0], other=names[1], others=len(names) - 2)


def one_of_times(choices: Sequence[str]) -> str:
    """Times of which one is meant: `Fri 27 Nov or Fri 4 Dec`, `Thu 26 Nov, Fri 27 Nov or Sat 28 Nov`."""
    if len(choices) < 2:
        return "".join(choices)
    return notice("either", one=", ".join(choices[:-1]), other=choices[-1])


def missed_by(missed: Call, names: Sequence[str], clocks: Clocks) -> str:
    """When a call was missed from a number several people have, and who it may be: `10:05: Ann Rossi or Bob Rossi`."""
    is_today = local(missed.at, clocks.ours).date() == local(clocks.now, clocks.ours).date()
    when = clock(missed.at, clocks.ours) if is_today else time_words(missed.at, clocks.ours, clocks.now)
    return notice("missed_by", when=when, who=one_of(names))


def due_now(name: str, action: str, others: int) -> str:
    """The minute of a promise has come; `others`: promises of the same minute besides."""
    said = notice(_DUE_NOW.get(action, "due_now"), name=name)
    return notice("due_now_and_more", said=said, others=others) if others else said


def _called_us(calls: Sequence[Call], clocks: Clocks) -> str:
    inbound = [c for c in calls if c.direction == "in" and not c.voided_at]
    if not inbound:
        return notice("lately")
    day, today = local(inbound[-1].at, clocks.ours).date(), local(clocks.now, clocks.ours).date()
    return full_weekday(day) if 1 < (today - day).days < 7 else day_name(day, today)


def quiet_for(calls: Sequence[Call], now: datetime) -> str:
    """How long nobody talked: `Quiet for 62 days`."""
    talks = [c.at for c in calls if not c.voided_at]
    return notice("why_quiet", days=max((now - talks[-1]).days, 0)) if talks else notice("why_customer")


def held_why(step: NextStep, clocks: Clocks, opens: datetime | None) -> str:
    """Why somebody is not offered today, and until when; `opens`: from when (UTC) they can be called."""
    why = sentences(step)[0] if step.why else notice("held_nothing_due")
    if step.action == "nurture" and step.due:
        return notice("held_soft", why=why, day=message_day(step.due, clocks))
    if step.action in ("email", "text", "visit") and step.due:
        return notice("held_message", why=why, day=message_day(step.due, clocks))
    if step.action != "call" or opens is None:
        return why
    when = next_call(step, clocks, opens)
    if step.kind == "promise":
        promise = _promised_step(step, clocks)
        is_moved = step.due is not None and opens > step.due
        return notice("held_promise", why=promise, when=when) if is_moved else promise
    if step.plan is not None:
        return notice("why_planned", when=when)
    return notice("held_first" if step.kind == "fresh" else "held_again", when=when)
