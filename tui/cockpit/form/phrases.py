"""What the lines of a form are read with: intervals and channels in words, the customer's clock, the law of a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from tui.cockpit.wording import form as form_words
from tui.domain.cadence import Policy, calendar_of
from tui.domain.contact import Contact
from tui.domain.day_words import clock, promise_words, time_words, weekday_name
from tui.domain.law import LawPack, legal_hours, offer_near
from tui.domain.outcome import Category, Outcome
from tui.domain.promise import Promise
from tui.domain.when.readings import MAX_LENGTH, plain
from tui.domain.when.words import COUNTS, UNITS
from tui.domain.window import Hours, NeverOpenError, Zones, is_open, local, next_open
from tui.script.call.answers import days_named
from tui.script.call.walk import Walk

_EVERY = re.compile(
    r"(?:every|each|ogni|alle|jede[nrs]?|tou(?:te)?s les|chaque|cada|todas las|todos los)\s+"
    r"(?:(\d{1,3}|[a-z]+)\s+)?([a-z]+)$"
)
_UNIT_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_LONGER_UNITS = {
    **dict.fromkeys(["fortnight", "fortnights", "quindicina", "quinzaine", "quincena"], 14),
    **dict.fromkeys(
        ["quarter", "quarters", "trimestre", "trimestri", "trimestres", "quartal", "quartale"], 91
    ),
}
_CHANNELS = {
    "phone": ("phone", "telephone", "call", "telefono", "chiamata", "telefonata"),
    "email": ("email", "mail"),
    "text": ("text", "text message", "message", "sms", "messaggio", "whatsapp"),
    "visit": ("visit", "in person", "visita", "di persona"),
}
_OTHER = frozenset({"other", "second", "zweiten", "zweite"})


def every(text: str) -> int | None:
    """Days between two contacts in a phrase such as `every 2 weeks`; None when it is none."""
    found = _EVERY.match(plain(text)) if len(text) <= MAX_LENGTH else None
    days = _UNIT_DAYS.get(UNITS.get(found[2], ""), _LONGER_UNITS.get(found[2])) if found else None
    if found is None or days is None or len(found[2]) == 1:
        return None
    number = found[1] or "1"
    count = int(number) if number.isdecimal() else 2 if number in _OTHER else COUNTS.get(number)
    return count * days if count else None


def channel(text: str) -> str:
    """The channel that a short answer names: phone, email, text or visit; empty when it names none, or two."""
    said = re.sub(r"^(?:by|per|via|with a|con una?)\s+", "", text.strip().casefold().replace("-", ""))
    return next((name for name, phrases in _CHANNELS.items() if said in phrases), "")


class Agreed(Struct, frozen=True):
    """Their answers; each is empty when they were not asked, or did not say."""

    day: str = ""
    """The day they named for this outcome, in their words."""
    interval: str = ""
    """How often they want to hear from us, in words that are an interval: `every month`."""
    channel: str = ""
    """phone, email, text or visit."""


NOTHING = Agreed()
"""They said nothing of it."""


def answers_for(outcome: Outcome, walk: Walk | None, outcomes: Iterable[Outcome]) -> Agreed:
    """What they answered that belongs into the form of this outcome; `outcomes`: the team's."""
    if walk is None:
        return NOTHING
    interval = walk.answers.get("preferred_interval", "")
    return Agreed(
        _day(outcome, walk, outcomes),
        interval if every(interval) else "",
        channel(walk.answers.get("preferred_channel", "")),
    )


def _day(outcome: Outcome, walk: Walk, outcomes: Iterable[Outcome]) -> str:
    """The day they named for this outcome.

    A day asked for with another outcome in mind counts where it means the same: a call of ours, after all.
    """
    named = days_named(walk)
    own = next((day.words for day in named if day.proposes == outcome.id), "")
    if own or outcome.is_ not in (Category.PROMISE, Category.CONVERSATION):
        return own
    calls = {one.id for one in outcomes if one.is_ is Category.PROMISE} | {""}
    promise = outcome.is_ is Category.PROMISE
    fitting = [day for day in named if day.proposes in calls] or [d for d in named if promise and d.promised]
    return fitting[0].words if fitting else ""


def law_problem(promise: Promise, packs: tuple[LawPack, ...], zones: Zones, now: datetime) -> str:
    """Why the law forbids a call at the promised time, with an offer, on their clock; empty when it allows it.

    `zones` are those of the number that will be called; the time was named, and the offer is, in that of the promise.
    """
    at, home = promise.from_, promise.zone or zones[0]
    if promise.precision != "minute":
        return _span_problem(promise, packs, zones, now)
    broken = next((p for p in packs if p.hours is not None and not is_open(p.hours, zones, at)), None)
    if broken is None:
        return ""
    named, offer = local(at, home), offer_near(at, packs, zones)
    when = f"{weekday_name(named.date(), local(now, home).date())} {clock(at, home)}"
    is_same_day = offer is not None and local(offer, home).date() == named.date()
    offered = "" if offer is None else clock(offer, home) if is_same_day else time_words(offer, home, now)
    return form_words.not_legal(when, broken.name, offered)


def span_begins(promise: Promise) -> datetime:
    """When (UTC) begins what was named: the minute, the part of the day as it is taken, or the day at midnight."""
    return promise.from_ if promise.part else promise.on_time_from(timedelta())


def _span_problem(promise: Promise, packs: tuple[LawPack, ...], zones: Zones, now: datetime) -> str:
    """Why no call is allowed on that day, or in that part of it."""
    hours, home = legal_hours(packs), promise.zone or zones[0]
    begins = span_begins(promise)
    try:
        opens = next_open(None, zones, begins, also=hours) if hours else begins
    except NeverOpenError:
        return ""
    if opens < promise.until:
        return ""
    day = local(begins, home).date()
    strictest = next(pack for pack in packs if pack.hours is not None)
    closed = next((p for p in packs if p.hours is not None and not p.hours.spans_on(day)), strictest)
    offered = time_words(opens, home, now, "day" if promise.precision == "day" else "minute")
    return form_words.not_legal(promise_words(promise, now), closed.name, offered)


TWO_CLOCKS = 8
"""So often the hours here and those of the number called next are asked in turn for one that suits both."""


class Setting(Struct, frozen=True):
    """What a form needs to know to understand a phrase."""

    now: datetime
    """When it was said (UTC): now, or the time of a call that is judged or corrected afterwards."""
    their_zone: str
    my_zone: str
    policy: Policy
    contact: Contact
    month_first: bool | None
    """11/12 is the twelfth of November, as in the United States; None: nobody knows where we are."""
    law: tuple[LawPack, ...]
    """Packs that bind every call to them."""
    zones: tuple[str, ...]
    """Every zone the number in hand may be in, at least one."""
    next_law: tuple[LawPack, ...]
    """Packs that bind the next call, which may go to another of their numbers."""
    next_zones: tuple[str, ...]
    """Where that number is."""
    read: datetime
    """When the form is read (UTC): later than `now` for a call of the past."""
    otherwise: str = ""
    """What comes when they name no time, in words: `again Thu morning`."""

    @property
    def hours(self) -> Hours | None:
        """The house's calling hours for this person; None when none bind them."""
        return calendar_of(self.contact, self.policy).hours

    @property
    def here(self) -> datetime:
        """Now on the customer's wall."""
        return local(self.now, self.their_zone)

    def opens(self, t: datetime) -> datetime:
        """The first moment (UTC) from t on inside house hours and the law; t itself when there is none."""
        next_law, moment = legal_hours(self.next_law), t
        try:
            for _ in range(TWO_CLOCKS):
                ours = next_open(self.hours, self.zones, moment, also=legal_hours(self.law))
                moment = next_open(None, self.next_zones, ours, also=next_law) if next_law else ours
                if moment == ours:
                    return moment
        except NeverOpenError:
            pass
        return t
