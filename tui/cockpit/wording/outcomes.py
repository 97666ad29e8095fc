"""What an outcome would do, said before its key is pressed, and what comes next. Plain words of docs/practice.md.

Days and times come from `domain/day_words`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import first_clause
from tui.domain.cadence import Policy
from tui.domain.day_words import Clocks, moment, pacing, promised_time, wait_in_words
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category, Outcome
from tui.domain.window import local
from tui.locale.spoken import translated

TO_DO = "To do"
"""What we owe them, as a heading and as a line of a form."""


def length(seconds: float) -> str:
    """A length of time: `41:07`, or `1:02:10` from an hour on."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"


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
    return notice("due_since", day=day) if is_over else day


def effect(outcome: Outcome, step: NextStep, policy: Policy, clocks: Clocks, opens: datetime | None) -> str:
    """What pressing an outcome would do, said before it is pressed; `step` is what would come next, `opens` as for
    `again`.
    """
    does = _does(outcome, step, policy, clocks, opens)
    return notice("leads_owing", what=translated(outcome.owes), then=does) if outcome.owes else does


def _does(outcome: Outcome, step: NextStep, policy: Policy, clocks: Clocks, opens: datetime | None) -> str:
    then, promise_stands = next_words(outcome, step, policy, clocks, opens), step.kind == "promise"
    match outcome.is_:
        case Category.NO_ANSWER:
            return notice("leads_expected", then=then) if promise_stands else then
        case Category.VOICEMAIL:
            return notice("leads_same") if promise_stands else notice("leads_used_up", then=then)
        case Category.GATEKEEPER:
            return notice("leads_gatekeeper", then=then)
        case Category.CONVERSATION if not outcome.owes:
            return notice("leads_asks_when", then=then)
        case Category.PROMISE:
            return notice("leads_as_they_say")
        case Category.NOT_A_FIT:
            return notice("leads_with_reason", then=then)
        case Category.DO_NOT_CALL:
            return notice("leads_for_whom", then=then)
        case _:
            return then


def next_words(
    outcome: Outcome, step: NextStep, policy: Policy, clocks: Clocks, opens: datetime | None
) -> str:
    """What becomes of somebody after an outcome: the menu says it before the key, the line about it afterwards.

    `opens` as for `again`.
    """
    match outcome.is_:
        case Category.GATEKEEPER if step.action == "rethink":
            return notice("next_another_way")
        case Category.WIN if step.kind == "check_in" and step.action == "call" and step.due:
            return notice("next_friendly_call", day=moment(step.due, clocks, "day"))
        case Category.NURTURE if step.action == "nurture" and step.valid_until is not None:
            until, today = (local(at, clocks.theirs).date() for at in (step.valid_until, clocks.now))
            return notice("next_soft", wait=wait_in_words(until - today), channel=policy.soft_channel)
        case Category.NOT_A_FIT:
            return notice("next_for_good")
        case Category.DO_NOT_CALL:
            return notice("next_never")
        case Category.WRONG_NUMBER if step.action in ("stop", "rethink"):
            return notice("next_number_find")
        case Category.WRONG_NUMBER if step.action == "call" and opens is not None:
            return notice("next_number_other", when=_next_time(step, clocks, opens))
        case Category.WRONG_NUMBER:
            return notice("next_number_then", then=again(step, clocks, opens))
        case _:
            return again(step, clocks, opens)


def again(step: NextStep, clocks: Clocks, opens: datetime | None) -> str:
    """When and how somebody is next: `again Thu morning`; without a day the reason why there is none.

    `opens`: the first moment (UTC) at which the rules let them be called with this step, None when they never do. It
    is not always the moment when the step is due, for that may be past, or lie outside every calling hour.
    """
    if step.due is None or (step.action == "call" and opens is None):
        return first_clause(step) or notice("next_nothing")
    if step.action == "nurture":
        return notice("next_email_only")
    if step.action != "call":
        when = promised_time(step.promise, clocks) if step.promise else moment(step.due, clocks, "day")
        return notice("next_message", channel=step.action, when=when)
    return notice("next_again", when=_next_time(step, clocks, opens or step.due))


def _next_time(step: NextStep, clocks: Clocks, opens: datetime) -> str:
    """When the next call is; what is due within this minute is due now."""
    return notice("next_now") if opens < clocks.now + timedelta(minutes=1) else next_call(step, clocks, opens)


def capital(text: str) -> str:
    """What somebody typed or named, with a capital at its beginning; all else as it is."""
    return text[:1].upper() + text[1:]


def pace(ahead: float) -> str:
    """Attempts against the plan, said quietly: `2 calls more than planned`, `as planned`; never a reproach (B12)."""
    if abs(ahead) < 1:
        return notice("pace_as_planned")
    return notice("pace_more" if ahead > 0 else "pace_fewer", calls=int(abs(ahead)))
