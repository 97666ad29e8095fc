"""A rep's phrase for a call-back ("fri 3pm", "fra due settimane") as a local time: a closed grammar.

Never a guess: a word we do not know, two times, or a number that could be a day as well as an hour gives
None, so that the preview a rep sees is either right or empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tui.domain.promise import Precision
from tui.domain.when_grammar import PARTS, Found, UnclearError, read_phrase, working_hour

MAX_DAYS_AHEAD = 730
"""A date further away is a typing error, not a promise."""
NO_TIME = time(9)
"""The time shown for a day without one."""
LATEST_OFFER = 19
"""No hour after this is offered for one that is past."""


@dataclass(frozen=True, slots=True)
class When:
    """A local time without zone, and how exactly it was named."""

    at_local: datetime
    """The minute; for a part of the day the hour from which we call; for a day nine o'clock."""
    precision: Precision


@dataclass(frozen=True, slots=True)
class Past:
    """The time named is over; what may have been meant instead."""

    offer_text: str
    """A phrase that reads as `offer`."""
    offer: When


def parse_when(text: str, now_local: datetime, *, month_first: bool = False) -> When | Past | None:
    """The time a phrase names, seen from `now_local` (no zone); Past when it is over, None when not clear.

    `month_first`: 11/12 is the 12th of November.
    """
    now = now_local.replace(second=0, microsecond=0, tzinfo=None)
    try:
        found = read_phrase(text, now, month_first)
        result = _resolve(found)
    except (UnclearError, OverflowError):
        return None
    if (result.at_local - now).days > MAX_DAYS_AHEAD:
        return None
    return _offer_instead(found, result) if _is_past(found, result) else result


def _resolve(found: Found) -> When:
    if found.said_nothing == (found.delta is None):
        raise UnclearError("nothing said, or a span and a day")
    if found.delta is not None:
        return When(found.now + found.delta, "minute")
    at, day = _time_of(found), _day_of(found)
    if at is not None:
        return When(datetime.combine(day, at), "minute")
    if found.part is not None:
        return When(datetime.combine(day, time(found.part.taken_for)), "part")
    return When(datetime.combine(day, NO_TIME), "day")


def _time_of(found: Found) -> time | None:
    at = found.at
    if found.bare_hour is not None:
        _refuse_bare_hour_that_may_be_a_day(found, found.bare_hour)
        at = time(working_hour(found.bare_hour, found.part))
    part = found.part
    if at is not None and part is not None and not part.begins <= at.hour < part.ends:
        raise UnclearError("an hour outside that part of the day")
    return at


def _refuse_bare_hour_that_may_be_a_day(found: Found, hour: int) -> None:
    if found.day is None and found.weekday is None and found.part is None:
        raise UnclearError("a number alone")
    if found.day is None and found.weekday is not None and hour == _day_of(found).day and hour > 12:
        raise UnclearError("an hour or the day of the month")


def _day_of(found: Found) -> date:
    today = found.now.date()
    if found.weekday is None and (found.next_weekday or found.weeks_on):
        raise UnclearError("next what?")
    if found.next_week:
        monday = today + timedelta(days=7 - today.weekday())
        weekday = found.weekday
        found.set_day(today + timedelta(days=7) if weekday is None else monday + timedelta(days=weekday))
    if found.day is not None:
        if (found.weekday is not None and found.day.weekday() != found.weekday) or found.weeks_on:
            raise UnclearError("the weekday does not fit the date")
        return found.day
    if found.weekday is None:
        return today
    ahead = (found.weekday - today.weekday() - 1) % 7 + 1
    if found.next_weekday and today.weekday() + ahead < 7:
        raise UnclearError("this week's or next week's")
    return today + timedelta(days=ahead, weeks=found.weeks_on)


def _is_past(found: Found, result: When) -> bool:
    if result.precision == "minute":
        return result.at_local <= found.now
    today = found.now.date()
    over = found.part is not None and found.now.hour >= found.part.ends
    return result.at_local.date() < today or (result.at_local.date() == today and over)


def _offer_instead(found: Found, result: When) -> Past:
    """The same hour in the afternoon if that is still ahead today, else tomorrow."""
    at, today = result.at_local, found.now.date()
    evening = at + timedelta(hours=12)
    if (
        result.precision == "minute"
        and at.date() == today
        and at.hour + 12 <= LATEST_OFFER
        and evening > found.now
    ):
        return Past(f"today {evening:%H:%M}", When(evening, "minute"))
    tomorrow = datetime.combine(today + timedelta(days=1), at.time())
    part = next((word for word, hours in PARTS.items() if hours == found.part), "")
    said = f"{tomorrow:%H:%M}" if result.precision == "minute" else part
    return Past(f"tomorrow {said}".strip(), When(tomorrow, result.precision))
