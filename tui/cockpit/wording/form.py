"""The words of the form behind an outcome: labels, hints, and what is said of a time that was typed."""

from __future__ import annotations

from datetime import datetime

from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.outcomes import TO_DO
from tui.domain.day_words import Clocks, city, clock, day_name, distance, full_date, same_clock
from tui.domain.outcome import Category, Outcome
from tui.domain.promise import Promise
from tui.domain.window import local
from tui.locale.spoken import country_called, translated

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
_MEETING = "the meeting, if one was agreed"


def field_label(name: str, outcome: Outcome) -> str:
    """What a line of the form is called."""
    return translated("Who" if name == "code" and outcome.is_ is Category.DO_NOT_CALL else _LABELS[name])


def field_hint(name: str, outcome: Outcome) -> str:
    """What may stand on a line of the form; empty when that is plain."""
    is_meeting = name == "when" and outcome.is_ is Category.WIN
    return translated(_MEETING if is_meeting else _HINTS.get(name, ""))


def rhythm(days: int, otherwise: str) -> tuple[str, ...]:
    """How often they want to hear from us (0 days: they did not ask), and what comes `otherwise`; nothing unknown."""
    if days:
        return (notice("rhythm_asked", days=days, otherwise=otherwise),)
    return (notice("rhythm_not_asked", otherwise=otherwise),) if otherwise else ()


def some_time(promise: Promise, clocks: Clocks) -> str:
    """A promise without a minute: `Friday 27 November, in the morning. In 4 days.`"""
    today = local(clocks.now, promise.zone).date()
    there = local(promise.from_, promise.zone).date()
    day, off = full_date(there, today), distance(there, today)
    if promise.precision != "range":
        if promise.part:
            return notice("within_part", day=day, part=translated(promise.part), distance=off)
        return notice("within_day", day=day, distance=off)
    begins, ends = (clock(at, promise.zone) for at in (promise.from_, promise.until))
    if same_clock(promise.from_, promise.zone, clocks.ours):
        return notice("within_hours", day=day, begins=begins, ends=ends, distance=off)
    place, here = city(promise.zone), _hours_here(promise, clocks)
    return notice(
        "within_hours_there", day=day, begins=begins, ends=ends, city=place, here=here, distance=off
    )


def _hours_here(promise: Promise, clocks: Clocks) -> str:
    """The hours on the rep's clock, with the day where it is another there."""
    begin, end = (clock(at, clocks.ours) for at in (promise.from_, promise.until))
    there, here = (local(promise.from_, zone).date() for zone in (promise.zone, clocks.ours))
    if there == here:
        return notice("hours", begin=begin, end=end)
    return notice(
        "hours_of_day", day=day_name(here, local(clocks.now, clocks.ours).date()), begin=begin, end=end
    )


def on_time(at: datetime, now: datetime, is_inside: bool) -> str:
    """Whether a promised minute is in our calling hours, and that nobody calls before it."""
    if at <= now:
        return notice("time_over")
    return notice("time_within" if is_inside else "time_outside")


def not_legal(when: str, law: str, offer: str) -> str:
    """A time at which the law lets nobody call; `offer`: one at which it does, empty when there is none."""
    if offer:
        return notice("time_forbidden_offer", when=when, law=country_called(law), offer=offer)
    return notice("time_forbidden", when=when, law=country_called(law))
