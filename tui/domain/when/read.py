"""A rep's phrase for a call-back ("fri 3pm", "fra due settimane") as a local time: a closed grammar.

Never a guess: a phrase that can be read in two ways gives both, and the rep says which; a word we do not know gives
None. So the preview a rep sees is right, a question, or empty.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from tui.domain.day_words import typed, typed_date
from tui.domain.promise import PARTS as PARTS_OF_DAY
from tui.domain.promise import Precision
from tui.domain.when.calendar import last_working_day, working_day
from tui.domain.when.grammar import Found, UnclearError, read_phrase, working_hour
from tui.domain.when.readings import MUST, readings, respelled

MAX_DAYS_AHEAD = 730
"""A date further away is a typing error, not a promise."""
NO_TIME = time(9)
"""The time shown for a day without one."""
LATEST_OFFER = 19
"""No hour after this is offered for one that is past."""
MOST_CHOICES = 4
"""A phrase with more readings than this says nothing."""


class When(Struct, frozen=True):
    """A local time without zone, and how exactly it was named."""

    at_local: datetime
    """The minute; for a part of the day the hour from which we call; for a day nine o'clock."""
    precision: Precision
    until_local: datetime | None = None
    """The end of a range; None of everything else."""


class Past(Struct, frozen=True):
    """The time named is over; what may have been meant instead."""

    offer_text: str
    """A phrase that reads as `offer`."""
    offer: When

    @property
    def choices(self) -> tuple[tuple[str, When], ...]:
        """What the rep can choose, with the phrase that says it."""
        return ((self.offer_text, self.offer),)


class Unsure(Struct, frozen=True):
    """The phrase has several readings, or a word that looks like a slip; the rep says which time is meant."""

    choices: tuple[tuple[str, When], ...]
    """The earliest first, each with a phrase that has no other reading."""


def read_when(
    text: str, now_local: datetime, *, month_first: bool | None = False
) -> When | Past | Unsure | None:
    """The time a phrase names, seen from `now_local` (no zone).

    Past when it is over, Unsure when it has several readings, None when it names no time. `month_first`: 11/12 is the
    12th of November; None: nobody knows.
    """
    now = now_local.replace(second=0, microsecond=0, tzinfo=None)
    try:
        if found := _read(text, now, month_first):
            return found
        better = respelled(text)
        meant = _read(better, now, month_first) if better else None
    except (UnclearError, OverflowError):
        return None
    if isinstance(meant, When):
        return Unsure(((phrase_for(meant, now.date()), meant),))
    return meant


def phrase_for(when: When, today: date) -> str:
    """The time as a phrase that has no other reading: `Fri 27 Nov 15:00`, `Fri 27 Nov morning`, `Fri 27 Nov`."""
    day, at = typed_date(when.at_local.date(), today), when.at_local
    match when.precision:
        case "minute":
            return f"{day} {at:%H:%M}"
        case "range" if when.until_local is not None:
            return f"{day} {at:%H:%M}-{when.until_local:%H:%M}"
        case "part":
            part = next(name for name, part in PARTS_OF_DAY.items() if part.taken_for == at.hour)
            return f"{day} {typed(part)}"
        case _:
            return day


def _read(text: str, now: datetime, month_first: bool | None) -> When | Past | Unsure | None:
    ahead: set[When] = set()
    over: list[Past] = []
    for phrase in readings(text, now.date(), month_first=month_first):
        try:
            found = read_phrase(phrase.lstrip(MUST), now, bool(month_first))
            result = _resolve(found)
        except (UnclearError, OverflowError, ValueError):
            if phrase.startswith(MUST):
                return None
            continue
        if _is_past(found, result):
            over.append(_offer_instead(found, result))
        elif (result.at_local - now).days <= MAX_DAYS_AHEAD:
            ahead.add(result)
    if len(ahead) > MOST_CHOICES:
        return None
    if len(ahead) > 1:
        said = sorted(
            ahead, key=lambda when: (when.at_local, when.precision, when.until_local or when.at_local)
        )
        return Unsure(tuple((phrase_for(when, now.date()), when) for when in said))
    return next(iter(ahead), None) or next(iter(over), None)


def _resolve(found: Found) -> When:
    if found.said_nothing == (found.delta is None):
        raise UnclearError("nothing said, or a span and a day")
    if found.delta is not None:
        return When(found.now + found.delta, "minute")
    at, day = _time_of(found), _day_of(found)
    if found.after_day:
        day = working_day(day + timedelta(days=1))
    if found.before_day:
        day = last_working_day(day - timedelta(days=1))
    if at is not None and found.until is not None:
        return When(datetime.combine(day, at), "range", datetime.combine(day, found.until))
    if at is not None:
        is_todays = found.weekday is None and day == found.now.date()
        afternoon = found.small_hour and not found.in_full and not is_todays
        return When(datetime.combine(day, at) + timedelta(hours=12 if afternoon else 0), "minute")
    if found.part is not None:
        return When(datetime.combine(day, time(found.part.taken_for)), "part")
    return When(datetime.combine(day, NO_TIME), "day")


def _time_of(found: Found) -> time | None:
    at = found.at
    if found.bare_hour is not None:
        if found.day is None and found.weekday is None and found.part is None:
            raise UnclearError("a number alone")
        at = time(working_hour(found.bare_hour, found.part))
    part = found.part
    if at is not None and part is not None and not part.begins <= at.hour < part.ends:
        raise UnclearError("an hour outside that part of the day")
    return at


def _day_of(found: Found) -> date:
    today = found.now.date()
    if found.weekday is None and (found.this or found.weeks_on):
        raise UnclearError("which day?")
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
    if found.this and found.weekday == today.weekday():
        return today + timedelta(weeks=found.weeks_on)
    ahead = (found.weekday - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead, weeks=found.weeks_on)


def _is_past(found: Found, result: When) -> bool:
    if result.precision in ("minute", "range"):
        return (result.until_local or result.at_local) <= found.now
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
        return Past(f"{typed('today')} {evening:%H:%M}", When(evening, "minute"))
    later = timedelta(days=(today - at.date()).days + 1)
    until = result.until_local + later if result.until_local else None
    tomorrow = When(at + later, result.precision, until)
    said = phrase_for(tomorrow, today).removeprefix(typed_date(tomorrow.at_local.date(), today)).strip()
    return Past(f"{typed('tomorrow')} {said}".strip(), tomorrow)
