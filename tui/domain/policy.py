"""What happens next with a contact, as one pure function of history, policy and time.

Order of authority: do-not-call, wrong number, not a fit; a call of theirs we missed; an open promise; the
rep's own decision; when to change tack or stop; the customer's own interval and channel; an imported plan;
our own pacing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from tui.domain.cadence import Policy, least_tried_daypart
from tui.domain.call import Call
from tui.domain.case import Case, case_of
from tui.domain.contact import Contact
from tui.domain.law import LawPack
from tui.domain.may_call import refusing_call
from tui.domain.next_step import Action, Kind, NextStep
from tui.domain.outcome import Category
from tui.domain.promise_state import PlannedCall
from tui.domain.why import Why, day, why
from tui.domain.window import DAY, Span

_SOFT_ACTIONS: dict[str, Action] = {"email": "email", "text": "text", "visit": "visit"}


def next_step(
    contact: Contact,
    calls: Sequence[Call],
    policy: Policy,
    now: datetime,
    *,
    zones: tuple[str, ...] = (),
    law: tuple[LawPack, ...] = (),
    plans: Sequence[PlannedCall] = (),
    unclear: Call | None = None,
) -> NextStep:
    """The next step with a contact at `now`.

    `zones` are the time zones the contact's number may be in, used when the contact has none of its own.
    `law` are the packs that bind calls to them: no call is ever due when one of them forbids it.
    `unclear` is a missed call from a number they share, which they are the likeliest to have made.
    """
    case = case_of(contact, calls, policy, now, zones, law, plans, unclear)
    for rule in _RULES:
        step = rule(case)
        if step is not None:
            return step
    return _follow_up(case)


def _never_again(case: Case) -> NextStep | None:
    noted = case.contact.do_not_call
    if not noted and refusing_call(case.history.touches) is None:
        return None
    return case.step("do_not_call", "end", None, noted.reason)


def _not_worth_pursuing(case: Case) -> NextStep | None:
    touches, talk = case.history.touches, case.talk
    if touches and touches[-1].is_ is Category.WRONG_NUMBER and not _has_other_number(case):
        return case.step("stop", "end", None, why("wrong_number"))
    if talk is not None and talk.is_ is Category.NOT_A_FIT:
        return case.step("stop", "end", None, why("not_a_fit", reason=talk.reason_code))
    return None


def _has_other_number(case: Case) -> bool:
    wrong = [call for call in case.history.touches if call.is_ is Category.WRONG_NUMBER]
    called = {call.dials[-1].number for call in wrong if call.dials}
    unknown = sum(not call.dials for call in wrong)
    already_marked = sum(number.bad for number in case.contact.numbers)
    open_numbers = [number for number in case.contact.dial_order if number.e164 not in called]
    return len(open_numbers) > max(unknown - already_marked, 0)


def _they_came_back(case: Case) -> NextStep | None:
    missed = case.history.waiting_since
    if missed is None:
        return None
    called = why("came_back", day=day(missed.at, case.calendar.home))
    return case.call("came_back", missed.at, called, precision="minute")


def _may_have_come_back(case: Case) -> NextStep | None:
    missed = case.unclear
    if missed is None:
        return None
    called = why("may_have_come_back", day=day(missed.at, case.calendar.home))
    return replace(case.call("came_back", missed.at, called), one_of=missed.one_of)


def _keep_promise(case: Case) -> NextStep | None:
    owed = case.promise
    if owed is None:
        return None
    promise, count = owed.promise, len(owed.tries)
    reasons = [why("promised")]
    if promise.channel in _SOFT_ACTIONS:
        reasons.append(why("as_they_asked", channel=promise.channel))
        action = _SOFT_ACTIONS[promise.channel]
        step = case.step(action, "promise", owed.due(case.calendar), *reasons, precision=promise.precision)
    elif not owed.tries:
        step = case.call("promise", owed.due(case.calendar), *reasons, precision=promise.precision)
    else:
        reasons.append(why("tried_on_time" if owed.tried_on_time else "tried_late", calls=count))
        step = case.call("promise", owed.due(case.calendar), *reasons, precision="minute")
    late_from = owed.late_from
    if late_from and step.due and step.due > promise.from_:  # the law moved it
        late_from = max(late_from, step.due + case.policy.promise_grace)
    return replace(
        step,
        promise=promise,
        promised_by=owed.made_in.rep,
        promise_tries=count,
        late_from=late_from,
        named_until=owed.named_until(case.calendar),
    )


def _decided(case: Case) -> NextStep | None:
    """What the rep decided besides any outcome; it holds until they are in touch again (B29, B30)."""
    contact, talk, since = case.contact, case.talk, case.contact.pursuit_since
    if not contact.pursuit or (talk is not None and since is not None and talk.at > since):
        return None
    if contact.pursuit == "stopped":
        return case.step("stop", "end", None, why("stopped", reason=contact.pursuit_reason))
    chosen = why("no_more_calls", reason=contact.pursuit_reason)
    return _softer_channel(case, chosen, max(case.last_touch, since or case.last_touch))


def _change_tack(case: Case) -> NextStep | None:
    history, policy = case.history, case.policy
    if history.gatekeepers >= policy.gatekeeper_tries:
        return case.step("rethink", "end", None, why("gatekeepers", calls=history.gatekeepers))
    if history.no_buy_signals >= 2:
        return case.step("rethink", "end", None, why("no_buy_signals"))
    cool_until = case.cool_until if case.cool_until and case.now < case.cool_until else None
    if cool_until and case.wants_a_call_later:
        asked = why("not_now_call_later", day=day(cool_until, case.calendar.home))
        step = case.call("asked", case.calendar.open_from(cool_until), asked)
        return replace(step, valid_until=min(step.valid_until or cool_until, cool_until))
    old = case.grows_old is not None and case.now >= case.grows_old
    # After a "not now" the call is allowed again: is that before the next message would be due?
    call_first = cool_until is None or case.last_touch + policy.nurture_every >= cool_until
    if case.left > 0 and not old and call_first:
        return None
    return _softer_channel(case, _why_soften(case, old), case.last_touch, cool_until)


def _softer_channel(case: Case, reason: Why, since: datetime, cool_until: datetime | None = None) -> NextStep:
    """A message in place of a call, and after some without a reply nothing more; not so while they cool off."""
    sent = len(case.history.soft_since_talk)
    if sent >= case.policy.nurture_times and cool_until is None:
        return case.step("stop", "end", None, reason, why("messages_unanswered", sent=sent))
    instead = why("stay_in_touch", channel=case.policy.soft_channel)
    due = since + case.policy.nurture_every
    return case.step("nurture", "nurture", due, reason, instead, valid_until=cool_until)


def _why_soften(case: Case, old: bool) -> Why:
    if case.left <= 0:
        return why("calls_unanswered", calls=case.history.unanswered)
    if old:
        return why("no_talk", days=case.policy.max_age.days)
    return why("not_now", day=day(case.cool_until or case.now, case.calendar.home))


def _their_wish(case: Case) -> NextStep | None:
    wish = case.contact.prefers
    if wish.channel in _SOFT_ACTIONS:
        return _their_channel(case, wish.channel)
    if not wish.every:
        return None
    start = max(case.anchor + DAY * wish.every, case.cool_until or case.since)
    named = _named_minutes(wish.at)
    if named is None:
        return case.call("asked", case.calendar.open_from(start), why("every", days=wish.every))
    due = case.calendar.open_day_at(start, 0, named) or start
    return case.call("asked", due, why("every", days=wish.every, at=wish.at), precision="minute")


def _their_channel(case: Case, channel: str) -> NextStep:
    sent, old = len(case.history.soft_since_talk), case.grows_old
    if sent >= case.policy.nurture_times:
        no_reply = why("their_channel_unanswered", sent=sent, channel=channel)
        return case.step("stop", "end", None, no_reply, valid_until=old)
    every = case.contact.prefers.every
    due = case.last_touch + (DAY * every if every else case.policy.nurture_every)
    return case.step(
        _SOFT_ACTIONS[channel], "asked", due, why("their_channel", channel=channel), valid_until=old
    )


def _named_minutes(at: str | None) -> int | None:
    hours, _, minutes = (at or "").partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        return None
    return int(hours) * 60 + int(minutes)


def _planned(case: Case) -> NextStep | None:
    """A call-back that came with an import, at its time: our plan, so that it keeps to our hours and caps."""
    plan = case.plan
    if plan is None:
        return None
    start = max(plan.from_, case.free_from)
    planned = case.call("planned", case.calendar.open_from(start), why("planned", source=plan.source))
    return replace(planned, plan=plan.when)


def _first_call(case: Case) -> NextStep | None:
    if case.history.attempts or case.talk is not None or case.contact.customer or case.touched is not None:
        return None
    # Due since the morning they came in: nobody asked for an hour, and the list they came with is for today.
    return case.call(
        "fresh", case.calendar.open_from(case.calendar.midnight(case.since)), why("never_called")
    )


def _check_in(case: Case) -> NextStep | None:
    talk, policy = case.talk, case.policy
    won = talk is not None and talk.is_ is Category.WIN and talk.cancelled_at is None
    ours = case.contact.customer or won
    if case.history.since_talk or not ours or (talk is not None and talk.is_ is Category.NURTURE):
        return None
    if case.contact.open_problem:
        return case.step("rethink", "check_in", None, why("solve_first", problem=case.contact.open_problem))
    if talk is None and case.touched is not None:
        return _since_their_touch(case, "check_in", case.calendar.open_from(case.touched + policy.check_in))
    if talk is None:
        return case.call("check_in", case.calendar.open_from(case.since), why("customer"))
    wait = policy.wait_after(talk.outcome, policy.check_in)
    talked = why("friendly_call", day=day(talk.at, case.calendar.home))
    return case.call("check_in", case.calendar.open_from(talk.at + wait), talked)


def _follow_up(case: Case) -> NextStep:
    """Our own pacing: the right day, at another hour than last time, within every cap."""
    policy, recent = case.policy, case.history.since_talk
    wait, least = _waits(case)
    floor = max(case.free_from, case.cool_until or case.since)
    target = max(case.anchor + wait, floor)
    soon = wait < policy.min_gap  # a team's own short wait ("busy: call in 2 hours") keeps its hour
    if soon:
        due = case.calendar.open_from(target)
    else:
        start = max(case.calendar.midnight(target), case.anchor + least, floor)
        due = case.calendar.open_from(start, _part_of_day(case))
    if recent:
        code = "follow_up_soon" if soon else "follow_up"
        return case.call(
            "follow_up", due, why(code, number=case.history.unanswered + 1, most=policy.attempts)
        )
    if case.talk is not None and case.talk.cancelled_at is not None:
        cancelled = day(case.talk.cancelled_at, case.calendar.home)
        return case.call("follow_up", due, why("cancelled", day=cancelled))
    if case.talk is None and case.touched is not None:
        return _since_their_touch(case, "follow_up", due)
    return case.call("follow_up", due, why("nothing_agreed"))


def _since_their_touch(case: Case, kind: Kind, due: datetime | None) -> NextStep:
    """A call that counts from the day on which an import says that they were last contacted."""
    touch, home = case.contact.touched_at, case.calendar.home
    assert touch is not None
    contacted = why("contacted", day=day(touch.at, home), source=touch.source)
    return replace(case.call(kind, due, contacted), touched_at=touch.at)


def _waits(case: Case) -> tuple[timedelta, timedelta]:
    """(wait that names the day, least wait within it) after the last attempt or talk."""
    policy, recent = case.policy, case.history.since_talk
    last = recent[-1] if recent else case.talk
    stands = last is not None and last.cancelled_at is None
    team_wait = policy.after.get(last.outcome) if last is not None and stands else None
    if team_wait is not None:
        return team_wait, team_wait
    if not recent:
        return policy.after_talk, policy.after_talk
    gap = policy.gaps[min(len(recent), len(policy.gaps)) - 1] if policy.gaps else DAY
    return max(gap, policy.min_gap), policy.min_gap


def _part_of_day(case: Case) -> Span | None:
    named = _named_minutes(case.contact.prefers.at)
    usual = least_tried_daypart(case.policy.dayparts, case.history.since_talk, case.calendar)
    return usual if named is None else (named, named + 60)


_RULES: tuple[Callable[[Case], NextStep | None], ...] = (
    _never_again,
    _not_worth_pursuing,
    _they_came_back,
    _keep_promise,
    _may_have_come_back,
    _decided,
    _change_tack,
    _their_wish,
    _planned,
    _first_call,
    _check_in,
)
"""The first rule that has an answer wins; our own pacing comes when none has."""
