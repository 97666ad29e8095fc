"""The one home of days and times in a sentence, in the language of the screens: English on the command line.

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
from tui.domain.window import Settled, local, part_of_day
from tui.locale.spoken import code, filled, time_of_day, translated, written

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LENGTHS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_SAID = {
    "date_time": "{day} {time}",
    "date_part": "{day}, {part}",
    "day_part": "{day} {part}",
    "hours": "{begins} to {ends}",
    "there": "{time} there",
    "here": "{time} here",
    "there_and_here": "{there} there, {here} here",
    "in_days": "in {days:day|days}",
    "days_ago": "{days:day|days} ago",
    "spelled": "{when}. {distance}",
    "spelled_here": "{when} in {city}, {here} here. {distance}",
    "spelled_other_day": "{when} in {city}, {here} here.",
    "skipped": "There is no {said} on {day}: the clocks go forward. {meant} is meant.",
    "twice": "{said} comes twice on {day}: the clocks go back. The first one is meant.",
    "sentence": "{words}.",
}
_THIS = {"morning": "this morning", "afternoon": "this afternoon", "evening": "this evening"}
_LENGTH_WORDS = {
    "year": "{count:year|years}",
    "month": "{count:month|months}",
    "week": "{count:week|weeks}",
    "day": "{count:day|days}",
    "hour": "{count:hour|hours}",
}
_TIMES = {1: "once", 2: "twice"}
_MORE_TIMES, _EVERY_DAY, _EVERY_DAYS = "{count:time|times}", "every day", "every {count:day|days}"
TYPED = frozenset({"it"})
"""Languages of which `domain/when` reads every date as it is written; of the others what we propose is English."""


class Clocks(Struct, frozen=True):
    """The two clocks of a call: where the customer is, where the rep is, and when that is asked."""

    theirs: str
    """IANA zone of the customer, or of the number that is called."""
    ours: str
    """IANA zone of the rep."""
    now: datetime


def clock(t: datetime, zone: str) -> str:
    """Time of day on the wall clock of the zone: `14:05`."""
    return time_of_day(local(t, zone))


def date_words(day: date, today: date) -> str:
    """A date that can be read on any day: `Fri 27 Nov`, and `Fri 26 Nov 2027` in another year than today's."""
    if how := written():
        return how.short_date(day, year=day.year != today.year)
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]}{_year(day, today)}"


def typed_date(day: date, today: date) -> str:
    """A date as it can be typed and is read again (`domain/when`): `Fri 27 Nov`, in Italian `ven 27 nov`."""
    if (how := written()) and code() in TYPED:
        words = how.short_date(day, year=day.year != today.year)
        twice = len(set(words.split())) < len(words.split())  # mar 2 mar: Tuesday, and March
        return how.plain_date(day) if twice else words
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]}{_year(day, today)}"


def typed_weekday(day: date, today: date) -> str:
    """As `weekday_name`, to be typed."""
    if not 0 <= (day - today).days < 7:
        return typed_date(day, today)
    return short_weekday(day) if code() in TYPED else _DAYS[day.weekday()][:3]


def typed(words: str) -> str:
    """A word such as `today` or `morning`, to be typed."""
    return translated(words) if code() in TYPED else words


def short_day(day: date) -> str:
    """A date with its year: `27 Nov 2026`."""
    return on_record(day) if written() else f"{day:%d %b %Y}"


def wall_time(at: datetime, precision: Precision) -> str:
    """What a clock on a wall showed, with its year: `27 Nov 2026 15:00`; the day alone when no time was named."""
    return (
        _said("date_time", day=short_day(at), time=time_of_day(at))
        if precision == "minute"
        else short_day(at)
    )


def full_date(day: date, today: date) -> str:
    """A date in full: `Friday 27 November`, and `Friday 26 November 2027` in another year than today's."""
    if how := written():
        return how.full_date(day, year=day.year != today.year)
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{_year(day, today)}"


def on_record(day: date) -> str:
    """A date for the record, with its year: `27 November 2026`."""
    if how := written():
        return how.plain_date(day)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_name(day: date, today: date) -> str:
    """A day as people say it: today, tomorrow, `Thu` within the week, else as `date_words`."""
    near = _NEAR.get((day - today).days)
    return translated(near) if near else weekday_name(day, today)


def weekday_name(day: date, today: date) -> str:
    """`Thu` within the week ahead, else as `date_words`; never today or tomorrow."""
    return short_weekday(day) if 0 <= (day - today).days < 7 else date_words(day, today)


def full_weekday(day: date) -> str:
    """`Thursday`."""
    how = written()
    return how.weekday(day, short=False) if how else _DAYS[day.weekday()]


def short_weekday(day: date) -> str:
    """`Thu`."""
    how = written()
    return how.weekday(day, short=True) if how else _DAYS[day.weekday()][:3]


def full_weekday_of(short: str) -> str:
    """`Thursday` of `thu`; empty when it is no day."""
    names = (day[:3].casefold() for day in _DAYS)
    return next(
        (full_weekday(date(2024, 1, place)) for place, name in enumerate(names, 1) if name == short), ""
    )


def in_days(day: date, today: date) -> str:
    """Distance in days: `today`, `tomorrow`, `in 4 days`, `yesterday`, `3 days ago`."""
    distance = (day - today).days
    if near := _NEAR.get(distance):
        return translated(near)
    return _said("in_days" if distance > 0 else "days_ago", days=abs(distance))


def distance(day: date, today: date) -> str:
    """Distance in days as a sentence: `Today.`, `In 4 days.`"""
    words = in_days(day, today)
    return _said("sentence", words=words[:1].upper() + words[1:])


def day_words(t: datetime, zone: str, now: datetime | None = None) -> str:
    """The date of a moment in the zone: `Fri 27 Nov`.

    Without `now` always with its year: for a sentence that is kept and read later, whose words time must not change.
    """
    return date_words(local(t, zone).date(), local(now, zone).date() if now else date.min)


def time_words(t: datetime, zone: str, now: datetime | None = None, precision: Precision = "minute") -> str:
    """Date and time in the zone: `Fri 27 Nov 15:00`; the date when no time was named. The year as in `day_words`."""
    day = day_words(t, zone, now)
    return _said("date_time", day=day, time=clock(t, zone)) if precision == "minute" else day


def promise_words(promise: Promise, now: datetime | None = None) -> str:
    """When it was promised, on the customer's clock: `Fri 27 Nov 15:00`, `Fri 27 Nov, morning`, `Fri 27 Nov`.

    The year as in `day_words`.
    """
    zone, day = promise.zone, day_words(promise.from_, promise.zone, now)
    if promise.part:
        return _said("date_part", day=day, part=translated(promise.part))
    if promise.precision == "day":
        return day
    return _said("date_time", day=day, time=_hours(promise.from_, _ends(promise), zone))


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
    return clock(t, zone) if until is None else _said("hours", begins=clock(t, zone), ends=clock(until, zone))


def long_day(t: datetime, zone: str, now: datetime) -> str:
    """The date of a moment in the zone in full: `Friday 27 November`."""
    return full_date(local(t, zone).date(), local(now, zone).date())


def city(zone: str) -> str:
    """The place a zone is named after: `Europe/London` gives `London`, in Italian `Londra`."""
    own = how.city(zone) if (how := written()) else ""
    return own or zone.rsplit("/", 1)[-1].replace("_", " ")


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
    when = _said("date_time", day=their_day, time=_hours(t, until, theirs))
    if same_clock(t, theirs, ours):
        return when
    there, here, time = local(t, theirs).date(), local(t, ours).date(), _hours(t, until, ours)
    if there != here:
        time = _said("date_time", day=day_name(here, local(clocks.now, ours).date()), time=time)
    return _said("there_and_here", there=when, here=time)


def spelled(t: datetime, clocks: Clocks) -> str:
    """A moment as a form says it back: `Friday 27 November 15:00 in London, 16:00 here. In 4 days.`"""
    theirs, ours = clocks.theirs, clocks.ours
    there, here, today = (local(at, zone).date() for at, zone in ((t, theirs), (t, ours), (clocks.now, ours)))
    named = _said("date_time", day=full_date(there, today), time=clock(t, theirs))
    if same_clock(t, theirs, ours):
        return _said("spelled", when=named, distance=distance(here, today))
    place, time = city(theirs), clock(t, ours)
    if there == here:
        return _said("spelled_here", when=named, city=place, here=time, distance=distance(here, today))
    time = _said("date_time", day=day_name(here, today), time=time)
    return _said("spelled_other_day", when=named, city=place, here=time)


def moved(wall: datetime, settled: Settled, zone: str) -> str:
    """Why a wall time was not taken as it was said: the clocks change that night; empty when it was."""
    said, day = time_of_day(wall), full_date(wall.date(), wall.date())
    if settled.clocks == "skipped":
        return _said("skipped", said=said, day=day, meant=clock(settled.at, zone))
    return _said("twice", said=said, day=day) if settled.clocks == "twice" else ""


def brief(t: datetime, clocks: Clocks, precision: Precision = "minute", until: datetime | None = None) -> str:
    """As `moment`, on the rep's clock alone, for narrow columns: `today 14:00`, else `today 15:00 here`."""
    if precision == "day" or same_clock(t, clocks.theirs, clocks.ours):
        return moment(t, clocks, precision, until)
    here, today = (local(at, clocks.ours) for at in (t, clocks.now))
    day, time = day_name(here.date(), today.date()), _hours(t, until, clocks.ours)
    return _said("here", time=_said("date_time", day=day, time=time))


def promised_briefly(promise: Promise, clocks: Clocks) -> str:
    """The hour or the hours that were promised, for a narrow column: `today 14:00 to 16:00`."""
    return brief(promise.from_, clocks, promise.precision, _ends(promise))


def their_clock(t: datetime, clocks: Clocks) -> str:
    """Time of day on their wall: `15:25`, `15:25 there` where the rep's clock shows another."""
    time = clock(t, clocks.theirs)
    return time if same_clock(t, clocks.theirs, clocks.ours) else _said("there", time=time)


def pacing(t: datetime, clocks: Clocks) -> str:
    """A moment of our own pacing, never to the minute: `Thu morning`, `this morning`, `Thu morning there`."""
    return _part(t, part_of_day(t, clocks.theirs), clocks)


def _part(t: datetime, part: str, clocks: Clocks) -> str:
    """A part of a day: `this morning`, `Thu morning there`, `Tue 24 Nov, morning`."""
    day, is_today = _their_day(t, clocks), _is_today(t, clocks)
    if is_today and part in _THIS:
        said = translated(_THIS[part])
    else:
        said = _said("date_part" if " " in day else "day_part", day=day, part=translated(part))
    return said if same_clock(t, clocks.theirs, clocks.ours) else _said("there", time=said)


def _their_day(t: datetime, clocks: Clocks) -> str:
    there, today = local(t, clocks.theirs).date(), local(clocks.now, clocks.ours).date()
    return day_name(there, today) if there == local(t, clocks.ours).date() else weekday_name(there, today)


def _is_today(t: datetime, clocks: Clocks) -> bool:
    """Whether it is today on both clocks: then the day is called so."""
    there, today = local(t, clocks.theirs).date(), local(clocks.now, clocks.ours).date()
    return there == local(t, clocks.ours).date() == today


def _said(code: str, **values: object) -> str:
    return filled(_SAID[code], values)


def _year(day: date, today: date) -> str:
    return "" if day.year == today.year else f" {day.year}"


def length_in_words(length: timedelta) -> str:
    """A length of whole days in its largest unit: `2 years`, `1 month`, `10 days`."""
    unit, name = next((days, name) for days, name in _LENGTHS if length.days % days == 0)
    return filled(_LENGTH_WORDS[name], {"count": length.days // unit})


def wait_in_words(wait: timedelta) -> str:
    """A wait between two calls: `60 days`, `1 day`, `20 hours` below a day."""
    hours = round(wait.total_seconds() / 3600)
    unit, count = ("day", wait.days) if wait.days else ("hour", hours)
    return filled(_LENGTH_WORDS[unit], {"count": count})


def number_of(count: int, one: str, more: str = "") -> str:
    """A number with its noun: `1 dial`, `2 dials`; `more` is the plural where an `s` does not make it (`people`)."""
    return filled(f"{{count:{one}|{more or one + 's'}}}", {"count": count})


def every_days(count: int) -> str:
    """A rhythm somebody asked for: `every day`, `every 14 days`."""
    return translated(_EVERY_DAY) if count == 1 else filled(_EVERY_DAYS, {"count": count})


def times(count: int) -> str:
    """How often: `once`, `twice`, `3 times`."""
    return translated(_TIMES[count]) if count in _TIMES else filled(_MORE_TIMES, {"count": count})
