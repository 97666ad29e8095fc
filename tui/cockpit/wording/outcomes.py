"""The cockpit's sentences: reasons to call, what an outcome would do, and its form. Plain words of docs/practice.md.

Days and times in them come from `domain/day_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tui.cockpit.wording.why import sentences
from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.day_words import (
    Clocks,
    brief,
    city,
    clock,
    day_name,
    day_words,
    every_days,
    full_date,
    full_weekday,
    in_days,
    moment,
    number_of,
    pacing,
    promised_briefly,
    promised_time,
    same_clock,
    their_clock,
    time_words,
    times,
    wait_in_words,
)
from tui.domain.next_step import NextStep, is_late
from tui.domain.outcome import Category, Outcome
from tui.domain.promise import Promise
from tui.domain.promise_state import PlannedCall, PromiseState
from tui.domain.window import local

Opening = tuple[datetime | None, datetime | None]
"""From when and until when (UTC) somebody can be called."""
CHANNEL_WORDS = {
    "phone": "phone",
    "call": "phone",
    "email": "e-mail",
    "text": "text message",
    "visit": "visit",
}
"""Channels as a rep reads them."""
SENT = {"email": "{who} sent an e-mail", "text": "{who} sent a text message", "visit": "{who} went there"}
"""Touches that were no call, in words."""
TO_DO = "To do"
"""What we owe them, as a heading and as a line of a form."""
_LABELS = {
    "when": "When",
    "how": "How",
    "about": "About",
    "owe": TO_DO,
    "by": "by",
    "again": "Again",
    "who": "Name",
    "best": "Best time",
    "code": "Why",
    "number": "New number",
}
_HINTS = {
    "about": "their words, if any",
    "owe": "what you promised to do, if anything",
    "again": "how they want it: every 2 weeks, fri 3pm; empty: did not ask",
    "who": "who answered",
    "best": "when to find the person",
    "number": "if they told you",
    "by": "a day",
    "how": "Space: phone, e-mail, text message, visit",
}
_DUE_NOW = {
    "email": "Due now: you promised {name} an e-mail",
    "text": "Due now: you promised {name} a text message",
    "visit": "Due now: you promised {name} a visit",
}


def length(seconds: float) -> str:
    """A length of time: `41:07`, or `1:02:10` from an hour on."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"


def owed_promise(owed: PromiseState, clocks: Clocks) -> str:
    """What we still owe and how it stands: `today 10:00, tried once: "after the trade fair"`."""
    late = "late" if owed.timing == "late" else ""
    return promised(owed.promise, clocks, _tried(len(owed.tries)) or late)


def _tried(count: int) -> str:
    """`tried once`, `tried twice`, `tried 3 times`; empty when we did not try."""
    return f"tried {times(count)}" if count else ""


def promised(promise: Promise, clocks: Clocks, stands: str = "") -> str:
    """What we promised: `today 14:00: "after the trade fair"`; on two clocks both are named.

    `stands` is put behind the time: `tried once`, `late`.
    """
    said = promised_time(promise, clocks)
    if promise.channel not in ("phone", "call"):
        said += f", by {CHANNEL_WORDS.get(promise.channel, promise.channel)}"
    said += f", {stands}" if stands else ""
    return f'{said}: "{promise.words}"' if promise.words else said


def planned(plan: PlannedCall, clocks: Clocks) -> str:
    """When a call was planned in another program: `Thu 26 Nov, from the list autumn`."""
    when = promised_time(plan.when, clocks)
    return f"{when}, from the list {plan.source}" if plan.source else when


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
    said, (opens, closes) = _why_now(step, policy, clocks, calls, is_theirs), open_hours
    if step.plan is not None or step.touched_at is not None:
        return said
    if step.kind in ("promise", "came_back", "asked") and not (opens and step.due and opens > step.due):
        return said  # at the hour that they named
    if opens:
        return f"{said}, from {their_clock(opens, clocks)}"
    return f"{said}, until {their_clock(closes, clocks)}" if closes and step.kind == "follow_up" else said


def _why_now(step: NextStep, policy: Policy, clocks: Clocks, calls: Sequence[Call], is_theirs: bool) -> str:
    if step.kind == "promise" and step.due:
        return _promised_step(step, clocks, is_theirs)
    if step.kind == "came_back":
        return f"Called us {_called_us(calls, clocks)}, no talk yet"
    if step.kind == "asked" and step.due:
        return f"They asked for {moment(step.due, clocks, 'day')}"
    if step.plan is not None:
        return f"Planned call: {promised_time(step.plan, clocks)}"
    if step.touched_at is not None:
        return f"Last contacted {day_words(step.touched_at, clocks.theirs, clocks.now)}"
    if step.kind == "follow_up" and step.tries:
        return f"Follow-up {step.tries + 1} of {policy.attempts}"
    if step.kind == "follow_up":
        return "Talked, nothing agreed"
    return quiet_for(calls, clocks.now) if step.kind == "check_in" else "Never called"


def _promised_step(step: NextStep, clocks: Clocks, is_theirs: bool = False) -> str:
    """The promise of this step in a narrow column. How it stands comes first, so that it is never cut off."""
    promise, tried = step.promise, _tried(step.promise_tries)
    if promise is None:
        return f"You promised: {brief(step.due, clocks, step.precision)}" if step.due else "You promised"
    by_the_clock = promise.precision in ("minute", "range")
    when = promised_briefly(promise, clocks) if by_the_clock else promised_time(promise, clocks)
    if tried:
        return f"{capital(tried)}: promised {when}"
    if is_late(step.late_from, clocks.now):
        return f"Late: promised {when}"
    return f"We promised: {when}" if is_theirs else f"You promised: {when}"


def one_of(names: Sequence[str]) -> str:
    """People of whom it may be any: `Ann Rossi or Bob Rossi`, `Ann Rossi, Bob Rossi or one of 10 others`."""
    if len(names) < 3:
        return " or ".join(names)
    if len(names) == 3:
        return f"{names[0]}, {names[1]} or {names[2]}"
    return f"{names[0]}, {names[1]} or one of {len(names) - 2} others"


def missed_by(missed: Call, names: Sequence[str], clocks: Clocks) -> str:
    """When a call was missed from a number several people have, and who it may be: `10:05: Ann Rossi or Bob Rossi`."""
    is_today = local(missed.at, clocks.ours).date() == local(clocks.now, clocks.ours).date()
    when = clock(missed.at, clocks.ours) if is_today else time_words(missed.at, clocks.ours, clocks.now)
    return f"{when}: {one_of(names)}"


def due_now(name: str, action: str, others: int) -> str:
    """The minute of a promise has come; `others`: promises of the same minute besides."""
    said = _DUE_NOW.get(action, "Due now: you promised to call {name}").format(name=name)
    return f"{said}, and {others} more." if others else f"{said}."


def _called_us(calls: Sequence[Call], clocks: Clocks) -> str:
    inbound = [c for c in calls if c.direction == "in" and not c.voided_at]
    if not inbound:
        return "lately"
    day, today = local(inbound[-1].at, clocks.ours).date(), local(clocks.now, clocks.ours).date()
    return full_weekday(day) if 1 < (today - day).days < 7 else day_name(day, today)


def quiet_for(calls: Sequence[Call], now: datetime) -> str:
    """How long nobody talked: `Quiet for 62 days`."""
    talks = [c.at for c in calls if not c.voided_at]
    if not talks:
        return "Customer, never called from here"
    return f"Quiet for {number_of(max((now - talks[-1]).days, 0), 'day')}"


def next_call(step: NextStep, clocks: Clocks, opens: datetime) -> str:
    """When the next call is, in the words of the one who named the time.

    What was promised as it was promised; an hour to the minute; our own pacing by the part of the day. `opens` is the
    first moment at which it may be made (UTC).
    """
    if step.promise is not None and not step.promise_tries and opens == step.due:
        return promised_time(step.promise, clocks)
    if step.plan is not None and local(opens, step.plan.zone).date() == step.plan.local_day:
        return promised_time(step.plan, clocks)
    return moment(opens, clocks) if step.precision == "minute" else pacing(opens, clocks)


def message_day(due: datetime, clocks: Clocks) -> str:
    """The day a message is due, never one that is over: `Tue 22 Dec`, `now, due since Tue 22 Dec`."""
    day = moment(due, clocks, "day")
    is_over = local(due, clocks.theirs).date() < local(clocks.now, clocks.theirs).date()
    return f"now, due since {day}" if is_over else day


def held_why(step: NextStep, clocks: Clocks, opens: datetime | None) -> str:
    """Why somebody is not offered today, and until when; `opens`: from when (UTC) they can be called."""
    first = sentences(step)[0] if step.why else "nothing is due"
    if step.action == "nurture" and step.due:
        return f"{capital(first.rstrip('.'))}; a line by e-mail {message_day(step.due, clocks)}"
    if step.action in ("email", "text", "visit") and step.due:
        return f"{capital(first.rstrip('.'))}; next {message_day(step.due, clocks)}"
    if step.action == "call" and opens is not None:
        if step.kind == "promise":
            moved = step.due is not None and opens > step.due
            return _promised_step(step, clocks) + (
                f"; can be called {next_call(step, clocks, opens)}" if moved else ""
            )
        said = "Planned call" if step.plan is not None else "First call" if step.kind == "fresh" else "Again"
        return f"{said}: {next_call(step, clocks, opens)}"
    return capital(first)


def effect(outcome: Outcome, step: NextStep, policy: Policy, clocks: Clocks) -> str:
    """What pressing an outcome would do, said before it is pressed; `step` is what would come next."""
    does = _does(outcome, step, policy, clocks)
    return f"you owe {outcome.owes} today; {does}" if outcome.owes else does


def _does(outcome: Outcome, step: NextStep, policy: Policy, clocks: Clocks) -> str:
    then, promise_stands = next_words(outcome, step, policy, clocks), step.kind == "promise"
    match outcome.is_:
        case Category.NO_ANSWER:
            return f"they expect you; {then}" if promise_stands else then
        case Category.VOICEMAIL:
            return "the same; uses up this reason" if promise_stands else f"uses up this reason; {then}"
        case Category.GATEKEEPER:
            return f"name, best time; {then}"
        case Category.CONVERSATION if not outcome.owes:
            return f"asks when; else {then}"
        case Category.PROMISE:
            return "exactly when they say"
        case Category.NOT_A_FIT:
            return f"{then}, with a reason"
        case Category.DO_NOT_CALL:
            return f"{then}; asks for whom"
        case _:
            return then


def next_words(outcome: Outcome, step: NextStep, policy: Policy, clocks: Clocks) -> str:
    """What becomes of somebody after an outcome: the menu says it before the key, the line about it afterwards."""
    match outcome.is_:
        case Category.GATEKEEPER if step.action == "rethink":
            return "then another way in"
        case Category.WIN if step.kind == "check_in" and step.action == "call" and step.due:
            return f"a friendly call {moment(step.due, clocks, 'day')}"
        case Category.NURTURE if step.action == "nurture" and step.valid_until is not None:
            until, today = (local(at, clocks.theirs).date() for at in (step.valid_until, clocks.now))
            soft = CHANNEL_WORDS.get(policy.soft_channel, policy.soft_channel)
            return f"no call for {wait_in_words(until - today)}; by {soft} instead"
        case Category.NOT_A_FIT:
            return "leaves the list for good"
        case Category.DO_NOT_CALL:
            return "never again, by any channel"
        case Category.WRONG_NUMBER:
            calls_another = step.action == "call" and step.due is not None
            other = f"the next one {_next_time(step, clocks)}" if calls_another else again(step, clocks)
            found = "find another" if step.action in ("stop", "rethink") else other
            return f"this number is not called again; {found}"
        case _:
            return again(step, clocks)


def again(step: NextStep, clocks: Clocks) -> str:
    """When and how somebody is next: `again Thu morning`; without a day the reason why there is none."""
    if step.due is None:
        return _inside(sentences(step)[0]) if step.why else "nothing more"
    if step.action == "nurture":
        return "by e-mail instead, no more calls for now"
    if step.action != "call":
        when = promised_time(step.promise, clocks) if step.promise else moment(step.due, clocks, "day")
        return f"by {CHANNEL_WORDS.get(step.action, step.action)} {when}"
    return f"again {_next_time(step, clocks)}"


def _next_time(step: NextStep, clocks: Clocks) -> str:
    """When the next call is; after a call of the past it can be due already."""
    return "now" if step.due is None or step.due <= clocks.now else next_call(step, clocks, step.due)


def _inside(sentence: str) -> str:
    """A sentence as a part of another one: without its stop, and small unless it begins with a name (`Italy: ...`)."""
    first, _, rest = sentence.rstrip(".").partition(" ")
    named = first.endswith(":") or rest[:1].isupper()
    return f"{first if named else first[:1].lower() + first[1:]} {rest}".rstrip()


def capital(text: str) -> str:
    """The text with a capital at its beginning; all else as it is."""
    return text[:1].upper() + text[1:]


def pace(ahead: float) -> str:
    """Attempts against the plan, said quietly: `2 calls more than planned`, `as planned`; never a reproach (B12)."""
    if abs(ahead) < 1:
        return "as planned"
    return f"{number_of(int(abs(ahead)), 'call')} {'more' if ahead > 0 else 'fewer'} than planned"


# -- the form of an outcome ------------------------------------------------------------------------------


def field_label(name: str, outcome: Outcome) -> str:
    """What a line of the form is called."""
    return "Who" if name == "code" and outcome.is_ is Category.DO_NOT_CALL else _LABELS[name]


def field_hint(name: str, outcome: Outcome) -> str:
    """What may stand on a line of the form; empty when that is plain."""
    is_meeting = name == "when" and outcome.is_ is Category.WIN
    return "the meeting, if one was agreed" if is_meeting else _HINTS.get(name, "")


def one_of_times(choices: Sequence[str]) -> str:
    """Times of which one is meant: `Fri 27 Nov or Fri 4 Dec`, `Thu 26 Nov, Fri 27 Nov or Sat 28 Nov`."""
    return " or ".join(filter(None, (", ".join(choices[:-1]), choices[-1])))


def rhythm(days: int, otherwise: str) -> tuple[str, ...]:
    """How often they want to hear from us (0 days: they did not ask), and what comes `otherwise`; nothing unknown."""
    if days:
        return (f"{every_days(days).capitalize()}, as they asked: {otherwise}",)
    return (f"Did not ask: {otherwise}",) if otherwise else ()


def some_time(promise: Promise, clocks: Clocks) -> str:
    """A promise without a minute: `Friday 27 November, in the morning. In 4 days.`"""
    today = local(clocks.now, promise.zone).date()
    there = local(promise.from_, promise.zone).date()
    within = f"in the {promise.part}" if promise.part else "any time that day"
    if promise.precision == "range":
        here, at = clocks.ours, (promise.from_, promise.until)
        (begins, ends), (begin, end) = ([clock(t, zone) for t in at] for zone in (promise.zone, here))
        within = f"between {begins} and {ends}"
        if not same_clock(promise.from_, promise.zone, here):
            day = local(promise.from_, here).date()
            our_day = "" if day == there else f"{day_name(day, local(clocks.now, here).date())} "
            within = f"between {begins} and {ends} in {city(promise.zone)}, {our_day}{begin} to {end} here"
    return f"{full_date(there, today)}, {within}. {in_days(there, today).capitalize()}."


def on_time(at: datetime, now: datetime, is_inside: bool) -> str:
    """Whether a promised minute is in our calling hours, and that nobody calls before it."""
    if at <= now:
        return "That time is over by now."
    if is_inside:
        return "Within calling hours. Nobody on the team calls before then."
    return "Outside our calling hours: fine, they asked for it. Nobody on the team calls before then."


def not_legal(when: str, law: str, offer: str) -> str:
    """A time at which the law lets nobody call; `offer`: one at which it does, empty when there is none."""
    whose = f"{law}'" if law.endswith("s") else f"{law}'s"
    said = f"{when} is outside {whose} hours."
    return f"{said} Offer {offer}?" if offer else said
