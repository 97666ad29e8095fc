"""One thing to know before a dial: a rule of law, a rule of the house, or a word owed to the customer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.day_words import day_words, time_words, times
from tui.domain.outcome import RIGHT_PARTY, Category
from tui.domain.window import LONG_AGO, Hours, NeverOpenError, is_open, local, next_open

Level = Literal["block", "acknowledge", "warn"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to know before this dial."""

    level: Level
    """block: no dial; acknowledge: say it to the customer, then dial; warn: the rep decides."""
    code: str
    sentence: str


Audience = Literal["all", "consumer", "business"]
CONSENT = frozenset({"consent", "opt-in", "opt in"})
"""Kinds of legal basis that count as the person's own consent."""
CONTRACT = frozenset({"customer", "contract"})
"""Kinds of legal basis that are a contract with the person; most laws take it for a consent."""
_YES = frozenset({"yes", "y", "true", "1", "x", "consumer", "b2c", "private"})
_NO = frozenset({"no", "n", "false", "0", "business", "b2b"})
_STATE_FIELDS = ("state", "province", "region")


@dataclass(frozen=True, slots=True)
class Cap:
    """Most dials of a person in any rolling time."""

    most: int
    span: timedelta


@dataclass(frozen=True, slots=True)
class LawPack:
    """One rule of one country."""

    id: str
    """`IT`, or `US-FL` for a part of a country."""
    country: str
    """Two letters."""
    name: str
    """As a sentence calls it: `Italy`, `Florida`."""
    citation: str
    as_of: date
    """The day on which somebody read the rule."""
    audience: Audience = "all"
    hours: Hours | None = None
    """Legal hours in the callee's local time; None: the law names none."""
    caps: tuple[Cap, ...] = ()
    cooling_off: timedelta | None = None
    """No call for so long after a refusal."""
    consent_from: date | None = None
    """From this day on only with the person's consent on record."""
    customers_too: bool = False
    """Whether a customer, too, must have consented: a contract with them is not enough."""
    states: frozenset[str] = frozenset()
    """Parts of the country to which it is limited, in capital letters."""
    prefixes: tuple[str, ...] = ()
    """Beginnings of E.164 numbers of those parts."""
    register_days: int = 0
    """How old a copy of the country's do-not-call register may be; 0: nothing is said."""

    @property
    def source(self) -> str:
        """`(citation, as of 1 Nov 2026)`, for the end of a sentence."""
        return f"({self.citation}, as of {self.as_of.isoformat()})"


def is_consumer(contact: Contact, consumer_lists: frozenset[str] = frozenset()) -> bool:
    """Whether the person is rung as a consumer: their field or tag says so, else one of their lists."""
    said = {str(contact.fields.get(name, "")).strip().casefold() for name in ("consumer", "Consumer")}
    said |= {tag.strip().casefold() for tag in contact.tags} & {"consumer", "business", "b2c", "b2b"}
    if said & _YES:
        return True
    return not said & _NO and not consumer_lists.isdisjoint(contact.lists)


def binding(
    packs: Iterable[LawPack], contact: Contact, country: str, number: str = "", consumer: bool = False
) -> tuple[LawPack, ...]:
    """The packs that bind calls to this person on this number (E.164), the strictest first."""
    wanted = "consumer" if consumer else "business"
    found = [
        pack
        for pack in packs
        if pack.country == country and pack.audience in ("all", wanted) and _is_there(pack, contact, number)
    ]
    return tuple(sorted(found, key=_strictness))


def _is_there(pack: LawPack, contact: Contact, number: str) -> bool:
    if not pack.states and not pack.prefixes:
        return True
    fields = {name.casefold(): value for name, value in contact.fields.items()}
    states = {fields.get(name, "").strip().upper() for name in _STATE_FIELDS}
    return bool(pack.states & states) or (bool(number) and number.startswith(pack.prefixes or ("-",)))


def _strictness(pack: LawPack) -> tuple[int, int, str]:
    week = pack.hours.week if pack.hours else (((0, 24 * 60),),) * 7
    open_minutes = sum(end - start for spans in week for start, end in spans)
    return open_minutes, min((cap.most for cap in pack.caps), default=1000), pack.id


def legal_hours(packs: Sequence[LawPack]) -> tuple[Hours, ...]:
    """The hours of the packs that name any; a call must be inside all of them."""
    return tuple(pack.hours for pack in packs if pack.hours is not None)


def legal_from(
    contact: Contact,
    calls: Sequence[Call],
    packs: Sequence[LawPack],
    t: datetime,
    zones: tuple[str, ...],
    now: datetime,
) -> datetime | None:
    """The first moment (UTC) from t on at which every pack allows a call; None when there is none.

    A call that was due before a consent became necessary needs it all the same `now`.
    """
    moment = max(t.astimezone(UTC), *(_free_of(pack, calls) for pack in packs), LONG_AGO)
    try:
        opens = next_open(None, zones, moment, also=legal_hours(packs))
    except NeverOpenError:
        return None
    lacks = any(_lacks_consent(pack, contact, max(opens, now), zones) for pack in packs)
    return None if lacks else opens


def law_check(
    contact: Contact, calls: Sequence[Call], packs: Sequence[LawPack], now: datetime, zones: tuple[str, ...]
) -> tuple[Check, ...]:
    """Every rule of law that forbids ringing now, the strictest first; each is a `block`.

    `packs` are those that bind this person (`binding`), `zones` where they may be.
    """
    found: list[Check] = []
    for pack in packs:
        found += _closed(pack, packs, now, zones)
        found += _over_cap(pack, calls, now, zones)
        found += _cooling(pack, calls, now, zones)
        if _lacks_consent(pack, contact, now, zones):
            said = f"{pack.name}: no consent of this consumer is on record. {pack.source}"
            found.append(Check("block", "law_consent", said))
    return tuple(found)


def _closed(
    pack: LawPack, packs: Sequence[LawPack], now: datetime, zones: tuple[str, ...]
) -> Iterable[Check]:
    if pack.hours is None or is_open(pack.hours, zones, now):
        return ()
    home = zones[0]
    try:
        opens = next_open(None, zones, now, also=legal_hours(packs))
        again = f" Allowed again {time_words(opens, home, now)}."
    except NeverOpenError:
        again = ""
    said = f"{pack.name}: it is {time_words(now, home, now)} there, outside the hours of the law."
    return (Check("block", "law_hours", f"{said}{again} {pack.source}"),)


def _over_cap(pack: LawPack, calls: Sequence[Call], now: datetime, zones: tuple[str, ...]) -> Iterable[Check]:
    dials = dial_times(calls)
    for cap in pack.caps:
        count = sum(now - cap.span < at <= now for at in dials)
        if count >= cap.most:
            free = time_words(dials[-cap.most] + cap.span, zones[0], now)
            said = f"{pack.name}: called {times(count)} in {_length(cap.span)}, the law allows {cap.most}."
            yield Check("block", "law_cap", f"{said} Allowed again {free}. {pack.source}")


def _cooling(pack: LawPack, calls: Sequence[Call], now: datetime, zones: tuple[str, ...]) -> Iterable[Check]:
    until = _cool_until(pack, calls)
    if until is None or now >= until:
        return ()
    said = f"{pack.name}: they refused; no call before {day_words(until, zones[0], now)}."
    return (Check("block", "law_cooling_off", f"{said} {pack.source}"),)


def _lacks_consent(pack: LawPack, contact: Contact, t: datetime, zones: tuple[str, ...]) -> bool:
    if pack.consent_from is None or local(t, zones[0]).date() < pack.consent_from:
        return False
    basis = contact.basis.kind.strip().casefold()
    by_contract = not pack.customers_too and (contact.customer or basis in CONTRACT)
    return not by_contract and basis not in CONSENT


def _free_of(pack: LawPack, calls: Sequence[Call]) -> datetime:
    dials = dial_times(calls)
    free = [dials[-cap.most] + cap.span for cap in pack.caps if len(dials) >= cap.most]
    return max(*free, _cool_until(pack, calls) or LONG_AGO, LONG_AGO)


def _cool_until(pack: LawPack, calls: Sequence[Call]) -> datetime | None:
    """When the wait after their last word, if that was a refusal, is over."""
    if pack.cooling_off is None:
        return None
    talks = [call for call in calls if call.voided_at is None and call.is_ in RIGHT_PARTY]
    last = max(talks, key=lambda call: (call.at, call.id), default=None)
    return last.at + pack.cooling_off if last is not None and last.is_ is Category.NURTURE else None


def dial_times(calls: Iterable[Call]) -> list[datetime]:
    """When we rang, oldest first: each dial, and a call logged without one; nothing that was taken back."""
    found: list[datetime] = []
    for call in calls:
        if call.voided_at is None and call.direction == "out" and call.channel == "phone":
            found += [dial.started_at for dial in call.dials] or [call.at]
    return sorted(found)


def _length(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"


def offer_near(t: datetime, packs: Sequence[LawPack], zones: tuple[str, ...]) -> datetime | None:
    """A legal moment (UTC) near one that is not: half an hour before closing the same day, else the next opening."""
    home, hours = zones[0], legal_hours(packs)
    start = datetime.combine(local(t, home).date(), time(), local(t, home).tzinfo).astimezone(UTC)
    step = timedelta(minutes=30)
    before = local(t, home).replace(minute=local(t, home).minute // 30 * 30, second=0, microsecond=0) - step
    moment = before.astimezone(UTC)
    while moment >= start:
        if all(is_open(one, zones, moment) for one in hours):
            return moment
        moment -= step
    try:
        return next_open(None, zones, t, also=hours)
    except NeverOpenError:
        return None
