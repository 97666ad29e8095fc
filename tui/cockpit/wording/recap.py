"""Words of the recap: what a person wants to read after a session. Nothing in it scolds, and nothing says nought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.outcomes import TO_DO
from tui.cockpit.wording.why import sentence
from tui.domain.brought import Glad, Reached
from tui.domain.call import Call
from tui.domain.day_words import Clocks, clock, day_name, full_weekday, moment, promised_time
from tui.domain.next_step import NextStep
from tui.domain.why import Why
from tui.domain.window import DAY
from tui.locale.spoken import translated

LABELS = {
    "good": "Good to hear",
    "said": "They said",
    "agreed": "Next steps",
    "promised": "You promised",
    "to_do": TO_DO,
    "tomorrow": "Tomorrow",
}
"""Of the lines of the recap, in their order."""
_GLAD = {"won": "good_won", "wants": "good_wants", "called": "good_called"}
_GLAD_NOTED = {"won": "good_won_noted", "wants": "good_wants_noted", "called": "good_called_noted"}
_AGREED = {"email": "agreed_email", "text": "agreed_text", "visit": "agreed_visit"}


def label(name: str) -> str:
    """What stands before the lines of that name."""
    return translated(LABELS[name])


class Unanswered(Struct, frozen=True):
    """A session without a talk: people who answered all the same, messages left, and who is called again first."""

    answered: int = 0
    left: int = 0
    again: int = 0
    """People called again on the first day on which anybody of them is."""
    day: str = ""
    """That day, as people say it; empty when nobody is."""


def good(why: Glad, name: str, note: str) -> str:
    """Why a call was good to hear, with the last note of it in quotes; empty when it was not."""
    if not why:
        return ""
    return notice(_GLAD_NOTED[why], name=name, note=note) if note else notice(_GLAD[why], name=name)


def agreed(name: str, call: Call, clocks: Clocks) -> str:
    """What was agreed in a call and when: a call of ours or a message, a meeting, else what the script kept."""
    promise, meeting = call.promise, call.answers.get("meeting_at")
    if meeting:
        return notice("agreed_meeting", name=name, when=moment(datetime.fromisoformat(meeting), clocks))
    if promise is not None:
        when = promised_time(promise, clocks)
        if promise.words:
            when = notice("agreed_words", when=when, words=promise.words)
        return notice(_AGREED.get(promise.channel, "agreed_call"), name=name, when=when)
    if what := call.answers.get("agreed"):
        return notice("named", name=name, words=what)
    return notice("agreed_win", name=name)


def due_label(day: datetime, now: datetime) -> str:
    """The label of the day on which promises are due: `Tomorrow`, `On Monday`; both times on the rep's wall."""
    is_tomorrow = day.date() - now.date() == DAY
    return label("tomorrow") if is_tomorrow else notice("due_on", day=full_weekday(day.date()))


def due(first: str, step: NextStep, count: int, zone: str) -> str:
    """How many promises are due on a day, and the first of them; its hour on the rep's clock where one was named."""
    at = clock(step.due, zone) if step.due and step.precision in ("minute", "range") else ""
    if count == 1:
        return notice("due_one_at", name=first, time=at) if at else notice("due_one", name=first)
    if at:
        return notice("due_some_at", count=count, name=first, time=at)
    return notice("due_some", count=count, name=first)


def talked(session: Reached, week: Reached) -> str:
    """With how many of the people called somebody talked, beside last week where enough people were called then."""
    if session.talked == session.called:
        return notice("talked_one") if session.called == 1 else notice("talked_all", people=session.called)
    if not week.is_enough:
        return notice("talked_of", talked=session.talked, people=session.called)
    if week.one_in is None:
        return notice(
            "talked_week_of",
            talked=session.talked,
            people=session.called,
            last=week.talked,
            last_people=week.called,
        )
    one_in, exact = week.one_in
    code = "talked_week" if exact else "talked_week_about"
    return notice(code, talked=session.talked, people=session.called, one_in=one_in)


def no_talk(what: Unanswered) -> str:
    """Of a session in which nobody called could be talked with."""
    if what.answered:
        if what.day:
            return notice("no_talk_again", answered=what.answered, again=what.again, day=what.day)
        return notice("no_talk", answered=what.answered)
    if what.left:
        if what.day:
            return notice("nobody_left_again", left=what.left, again=what.again, day=what.day)
        return notice("nobody_left", left=what.left)
    return notice("nobody_again", again=what.again, day=what.day) if what.day else notice("nobody")


def said_day(days: Sequence[datetime], now: datetime) -> tuple[int, str]:
    """(how many, the day in words) of the earliest of these days; (0, "") without any. All on the rep's wall."""
    if not days:
        return 0, ""
    first = min(day.date() for day in days)
    return sum(day.date() == first for day in days), day_name(first, now.date())


def one_thing(what: Why | None) -> str:
    """The one thing to try; empty when there is none."""
    if what is None:
        return ""
    parts = {name: translated(value) for name, value in what.values.items() if isinstance(value, str)}
    return notice("one_thing", what=sentence(what, **parts))


def to_mend(left_waiting: int, too_often: int) -> str:
    """The two indices in one sentence; empty when there is nothing to do (B27)."""
    if left_waiting and too_often:
        return notice("waited_and_too_many", waited=left_waiting, calls=too_often)
    if left_waiting:
        return notice("waited", waited=left_waiting)
    return notice("too_many", calls=too_often) if too_often else ""
