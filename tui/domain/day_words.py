"""The one home of days and times in a sentence: the same words whatever the machine's language.

The customer's calendar and the rep's can stand on different days. A sentence counts days as the rep does; the
customer's clock beside it is marked `there` and named by its weekday, never by another person's "today".
What is said aloud in a script is in `script/language/dates.py`, in the script's language. This is wording, and stands
in the domain because what knows no cockpit reads it too: files, scripts, the store.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.promise import Precision, Promise
from tui.domain.window import Settled, local

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LENGTHS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_NOON, _EVENING = 12, 17
"""Hours at which the afternoon and the evening begin."""


class Clocks(Struct, frozen=True):
    """The two clocks of a call: where the customer is, where the rep is, and when that is asked."""

    theirs: str
    """IANA zone of the customer, or of the number that is called."""
    ours: str
    """IANA zone of the rep."""
    now: datetime


def clock(t: datetime, zone: str) -> str:
    """Time of day on the wall clock of the zone: `14:05`."""
    wall = local(t, zone)
    return f"{wall.hour:02}:{wall.minute:02}"


def date_words(day: date, today: date) -> str:
    """A date that can be read on any day: `Fri 27 Nov`, and `Fri 26 Nov 2027` in another year than today's."""
    return f"{full_weekday(day)[:3]} {day.day} {_MONTHS[day.month - 1][:3]}{_year(day, today)}"


def full_date(day: date, today: date) -> str:
    """A date in full: `Friday 27 November`, and `Friday 26 November 2027` in another year than today's."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{_year(day, today)}"


def on_record(day: date) -> str:
    """A date for the record, with its year: `27 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_name(day: date, today: date) -> str:
    """A day as people say it: today, tomorrow, `Thu` within the week, else as `date_words`."""
    return _NEAR.get((day - today).days) or weekday_name(day, today)


def weekday_name(day: date, today: date) -> str:
    """`Thu` within the week ahead, else as `date_words`; never today or tomorrow."""
    return full_weekday(day)[:3] if 0 <= (day - today).days < 7 else date_words(day, today)


def full_weekday(day: date) -> str:
    """`Thursday`."""
    return _DAYS[day.weekday()]


def full_weekday_of(short: str) -> str:
    """`Thursday` of `thu`; empty when it is no day."""
    return next((day for day in _DAYS if day[:3].casefold() == short), "")


def in_days(day: date, today: date) -> str:
    """Distance in days: `today`, `tomorrow`, `in 4 days`, `yesterday`, `3 days ago`."""
    distance = (day - today).days
    return _NEAR.get(distance) or (f"in {distance} days" if distance > 0 else f"{-distance} days ago")


def distance(day: date, today: date) -> str:
    """Distance in days as a sentence: `Today.`, `In 4 days.`"""
    return f"{in_days(day, today).capitalize()}."


def day_words(t: datetime, zone: str, now: datetime | None = None) -> str:
    """The date of a moment in the zone: `Fri 27 Nov`.

    Without `now` always with its year: for a sentence that is kept and read later, whose words time must not change.
    """
    return date_words(local(t, zone).date(), local(now, zone).date() if now else date.min)


def time_words(t: datetime, zone: str, now: datetime | None = None, precision: Precision = "minute") -> str:
    """Date and time in the zone: `Fri 27 Nov 15:00`; the date when no time was named. The year as in `day_words`."""
    return day_words(t, zone, now) + (f" {clock(t, zone)}" if precision == "minute" else "")


def promise_words(promise: Promise, now: datetime | None = None) -> str:
    """When it was promised, on the customer's clock: `Fri 27 Nov 15:00`, `Fri 27 Nov, morning`, `Fri 27 Nov`.

    The year as in `day_words`.
    """
    zone, hour = promise.zone, f", {promise.part}"
    if not promise.part:
        hour = "" if promise.precision == "day" else f" {_hours(promise.from_, _ends(promise), zone)}"
    return day_words(promise.from_, zone, now) + hour


def promised_time(promise: Promise, clocks: Clocks) -> str:
    """When it was promised, for the rep: `today 14:00`, `this afternoon`, `Thu morning`, `Tue 24 Nov, morning`."""
    clocks = replace(clocks, theirs=promise.zone or clocks.theirs)
    if promise.part:
        return _part(promise.from_, promise.part, clocks)
    return moment(promise.from_, clocks, promise.precision, _ends(promise))


def _ends(promise: Promise) -> datetime | None:
    return promise.until if promise.precision == "range" else None


def _hours(t: datetime, until: datetime | None, zone: str) -> str:
    """`14:00`, `14:00 to 16:00`."""
    return clock(t, zone) if until is None else f"{clock(t, zone)} to {clock(until, zone)}"


def long_day(t: datetime, zone: str, now: datetime) -> str:
    """The date of a moment in the zone in full: `Friday 27 November`."""
    return full_date(local(t, zone).date(), local(now, zone).date())


def city(zone: str) -> str:
    """The place a zone is named after: `Europe/London` gives `London`."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def part_of_day(t: datetime, zone: str) -> str:
    """Morning, afternoon or evening on the wall clock of the zone."""
    hour = local(t, zone).hour
    return "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"


def same_clock(t: datetime, one: str, other: str) -> bool:
    """Whether two zones show the same wall clock at a moment."""
    return local(t, one).replace(tzinfo=None) == local(t, other).replace(tzinfo=None)


def moment(
    t: datetime, clocks: Clocks, precision: Precision = "minute", until: datetime | None = None
) -> str:
    """A moment for the rep, about a customer; with `until` the hours from the one to the other.

    `today 14:00` where the two clocks agree; `today 14:00 there, 15:00 here` where they do not; `Wed 10:00 there,
    today 21:00 here` where the calendars differ too. For a day without a time only the day.
    """
    their_day = _their_day(t, clocks)
    if precision == "day":
        return their_day
    theirs, ours = clocks.theirs, clocks.ours
    if same_clock(t, theirs, ours):
        return f"{their_day} {_hours(t, until, theirs)}"
    there, here = local(t, theirs).date(), local(t, ours).date()
    our_day = "" if there == here else day_name(here, local(clocks.now, ours).date()) + " "
    return f"{their_day} {_hours(t, until, theirs)} there, {our_day}{_hours(t, until, ours)} here"


def spelled(t: datetime, clocks: Clocks) -> str:
    """A moment as a form says it back: `Friday 27 November 15:00 in London, 16:00 here. In 4 days.`"""
    theirs, ours = clocks.theirs, clocks.ours
    there, here, today = (local(at, zone).date() for at, zone in ((t, theirs), (t, ours), (clocks.now, ours)))
    named = f"{full_date(there, today)} {clock(t, theirs)}"
    if same_clock(t, theirs, ours):
        return f"{named}. {distance(here, today)}"
    if there == here:
        return f"{named} in {city(theirs)}, {clock(t, ours)} here. {distance(here, today)}"
    return f"{named} in {city(theirs)}, {day_name(here, today)} {clock(t, ours)} here."


def moved(wall: datetime, settled: Settled, zone: str) -> str:
    """Why a wall time was not taken as it was said: the clocks change that night; empty when it was."""
    said, day = f"{wall.hour:02}:{wall.minute:02}", full_date(wall.date(), wall.date())
    if settled.clocks == "skipped":
        return f"There is no {said} on {day}: the clocks go forward. {clock(settled.at, zone)} is meant."
    if settled.clocks == "twice":
        return f"{said} comes twice on {day}: the clocks go back. The first one is meant."
    return ""


def brief(t: datetime, clocks: Clocks, precision: Precision = "minute", until: datetime | None = None) -> str:
    """As `moment`, on the rep's clock alone, for narrow columns: `today 14:00`, else `today 15:00 here`."""
    if precision == "day" or same_clock(t, clocks.theirs, clocks.ours):
        return moment(t, clocks, precision, until)
    here, today = (local(at, clocks.ours) for at in (t, clocks.now))
    return f"{day_name(here.date(), today.date())} {_hours(t, until, clocks.ours)} here"


def promised_briefly(promise: Promise, clocks: Clocks) -> str:
    """The hour or the hours that were promised, for a narrow column: `today 14:00 to 16:00`."""
    return brief(promise.from_, clocks, promise.precision, _ends(promise))


def their_clock(t: datetime, clocks: Clocks) -> str:
    """Time of day on their wall: `15:25`, `15:25 there` where the rep's clock shows another."""
    return clock(t, clocks.theirs) + ("" if same_clock(t, clocks.theirs, clocks.ours) else " there")


def pacing(t: datetime, clocks: Clocks) -> str:
    """A moment of our own pacing, never to the minute: `Thu morning`, `this morning`, `Thu morning there`."""
    return _part(t, part_of_day(t, clocks.theirs), clocks)


def _part(t: datetime, part: str, clocks: Clocks) -> str:
    """A part of a day: `this morning`, `Thu morning there`, `Tue 24 Nov, morning`."""
    day = _their_day(t, clocks)
    there = "" if same_clock(t, clocks.theirs, clocks.ours) else " there"
    said = f"{day}, {part}" if " " in day else f"{'this' if day == 'today' else day} {part}"
    return said + there


def _their_day(t: datetime, clocks: Clocks) -> str:
    there, today = local(t, clocks.theirs).date(), local(clocks.now, clocks.ours).date()
    return day_name(there, today) if there == local(t, clocks.ours).date() else weekday_name(there, today)


def _year(day: date, today: date) -> str:
    return "" if day.year == today.year else f" {day.year}"


def length_in_words(length: timedelta) -> str:
    """A length of whole days in its largest unit: `2 years`, `1 month`, `10 days`."""
    unit, name = next((days, name) for days, name in _LENGTHS if length.days % days == 0)
    return number_of(length.days // unit, name)


def wait_in_words(wait: timedelta) -> str:
    """A wait between two calls: `60 days`, `1 day`, `20 hours` below a day."""
    hours = round(wait.total_seconds() / 3600)
    return number_of(wait.days, "day") if wait.days else number_of(hours, "hour")


def number_of(count: int, one: str, more: str = "") -> str:
    """A number with its noun: `1 dial`, `2 dials`; `more` is the plural where an `s` does not make it (`people`)."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def every_days(count: int) -> str:
    """A rhythm somebody asked for: `every day`, `every 14 days`."""
    return "every day" if count == 1 else f"every {count} days"


def times(count: int) -> str:
    """How often: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
