"""One thing to know before a dial: a rule of law, a rule of the house, or a word owed to the customer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from tui.domain.cadence import free_of_caps
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.outcome import RIGHT_PARTY, Category
from tui.domain.place import home, place_of
from tui.domain.why import Why, wall, why
from tui.domain.window import FAR_AHEAD, Hours, at_local, current_or_next_span, is_open, local

Level = Literal["block", "acknowledge", "warn"]


class Check(Struct, frozen=True):
    """One thing to know before this dial."""

    level: Level
    """block: no dial; acknowledge: say it to the customer, then dial; warn: the rep decides."""
    why: Why

    @property
    def code(self) -> str:
        """The rule it comes from."""
        return self.why.code


Audience = Literal["all", "consumer", "business"]
CONSENT = frozenset({"consent", "opt-in", "opt in"})
"""Kinds of legal basis that count as the person's own consent."""
CONTRACT = frozenset({"customer", "contract"})
"""Kinds of legal basis that are a contract with the person; most laws take it for a consent."""
_YES = frozenset({"yes", "y", "true", "1", "x", "consumer", "b2c", "private"})
_NO = frozenset({"no", "n", "false", "0", "business", "b2b"})


class Cap(NamedTuple):
    """Most dials of a person in any rolling time."""

    most: int
    span: timedelta


class LawPack(Struct, frozen=True):
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


def is_consumer(contact: Contact, consumer_lists: frozenset[str] = frozenset()) -> bool:
    """Whether the person is called as a consumer: their field or tag says so, else one of their lists."""
    named = [contact.fields[name] for name in ("consumer", "Consumer") if name in contact.fields]
    if not named and not contact.tags:
        return not consumer_lists.isdisjoint(contact.lists)
    said = {str(value).strip().casefold() for value in named}
    if contact.tags:
        said |= {tag.strip().casefold() for tag in contact.tags} & {"consumer", "business", "b2c", "b2b"}
    by_list = not said & _NO and not consumer_lists.isdisjoint(contact.lists)
    return bool(said & _YES) or by_list


def binding(
    packs: Iterable[LawPack], contact: Contact, country: str, number: str = "", consumer: bool = False
) -> tuple[LawPack, ...]:
    """The packs that bind calls to this person on this number (E.164), the strictest first.

    `country` is that of the number; where the state or the postcode of the person says another one, both bind.
    """
    of_whom = ("all", "consumer" if consumer else "business")
    countries = {country, home(contact.fields, country).country}
    here = (pack for pack in packs if pack.country in countries and pack.audience in of_whom)
    found = [pack for pack in here if _is_there(pack, contact, number)]
    return tuple(sorted(found, key=_strictness) if len(found) > 1 else found)


def _is_there(pack: LawPack, contact: Contact, number: str) -> bool:
    if not pack.states and not pack.prefixes:
        return True
    lives_there = bool(pack.states & place_of(contact.fields, pack.country).states)
    return lives_there or (bool(number) and number.startswith(pack.prefixes or ("-",)))


def _strictness(pack: LawPack) -> tuple[int, int, str]:
    week = pack.hours.week if pack.hours else (((0, 24 * 60),),) * 7
    open_minutes = sum(end - start for spans in week for start, end in spans)
    return open_minutes, min((most for most, _ in pack.caps), default=1000), pack.id


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
    dials, moment = dial_times(calls), t.astimezone(UTC)
    for pack in packs:
        moment = max(moment, free_of_caps(dials, pack.caps), _cool_until(pack, calls) or moment)
    opens = _opens(packs, zones, moment)
    lacks = opens and any(_lacks_consent(pack, contact, max(opens, now), zones) for pack in packs)
    return None if lacks else opens


def _opens(packs: Sequence[LawPack], zones: tuple[str, ...], t: datetime) -> datetime | None:
    """The first moment (UTC) from t on inside the hours of every pack; None when there is none."""
    opens = current_or_next_span(None, zones, t, legal_hours(packs))[0]
    return None if opens == FAR_AHEAD else max(opens, t.astimezone(UTC))


def law_check(
    contact: Contact, calls: Sequence[Call], packs: Sequence[LawPack], now: datetime, zones: tuple[str, ...]
) -> tuple[Check, ...]:
    """Every rule of law that forbids a call now, the strictest first; each is a `block`.

    `packs` are those that bind this person (`binding`), `zones` where they may be.
    """
    found: list[Check] = []
    for pack in packs:
        rule = {"law": pack.name, "citation": pack.citation, "as_of": pack.as_of.isoformat()}
        broken = [
            *_closed(pack, packs, now, zones),
            *_over_cap(pack, calls, now, zones),
            *_cooling(pack, calls, now, zones),
        ]
        if _lacks_consent(pack, contact, now, zones):
            broken.append(("law_consent", {}))
        found += [
            Check("block", why(code, now=wall(now, zones[0]), **rule, **values)) for code, values in broken
        ]
    return tuple(found)


_Broken = Iterator[tuple[str, dict[str, Any]]]
"""Code of the rule that is broken, and the values of its sentence besides those of every rule."""


def _closed(pack: LawPack, packs: Sequence[LawPack], now: datetime, zones: tuple[str, ...]) -> _Broken:
    if pack.hours is not None and not is_open(pack.hours, zones, now):
        yield "law_hours", {"again": wall(_opens(packs, zones, now), zones[0])}


def _over_cap(pack: LawPack, calls: Sequence[Call], now: datetime, zones: tuple[str, ...]) -> _Broken:
    dials = dial_times(calls)
    for most, span in pack.caps:
        count = sum(now - span < at <= now for at in dials)
        if count >= most:
            again = wall(dials[-most] + span, zones[0])
            hours = round(span.total_seconds() / 3600)
            yield "law_cap", {"calls": count, "hours": hours, "most": most, "again": again}


def _cooling(pack: LawPack, calls: Sequence[Call], now: datetime, zones: tuple[str, ...]) -> _Broken:
    until = _cool_until(pack, calls)
    if until is not None and now < until:
        yield "law_cooling_off", {"until": wall(until, zones[0])}


def _lacks_consent(pack: LawPack, contact: Contact, t: datetime, zones: tuple[str, ...]) -> bool:
    if pack.consent_from is None or local(t, zones[0]).date() < pack.consent_from:
        return False
    basis = contact.basis.kind.strip().casefold()
    by_contract = not pack.customers_too and (contact.customer or basis in CONTRACT)
    return not by_contract and basis not in CONSENT


def _cool_until(pack: LawPack, calls: Sequence[Call]) -> datetime | None:
    """When the wait after their last word, if that was a refusal, is over."""
    if pack.cooling_off is None:
        return None
    talks = [call for call in calls if call.voided_at is None and call.is_ in RIGHT_PARTY]
    last = max(talks, key=lambda call: (call.at, call.id), default=None)
    return last.at + pack.cooling_off if last is not None and last.is_ is Category.NURTURE else None


def dial_times(calls: Iterable[Call]) -> list[datetime]:
    """When we called, oldest first: each dial, and a call logged without one; nothing that was undone."""
    made = [call for call in calls if call.voided_at is None and call.channel == "phone"]
    undialled = (call.at for call in made if call.direction == "out" and not call.dials)
    return sorted((*undialled, *(dial.started_at for call in made for dial in call.our_dials)))


def offer_near(t: datetime, packs: Sequence[LawPack], zones: tuple[str, ...]) -> datetime | None:
    """A legal moment (UTC) near one that is not: half an hour before closing the same day, else the next opening."""
    there, half_hour = local(t, zones[0]), timedelta(minutes=30)
    moment = (there.replace(minute=there.minute // 30 * 30, second=0, microsecond=0) - half_hour).astimezone(
        UTC
    )
    while moment >= at_local(there.date(), 0, zones[0]):
        if all(is_open(hours, zones, moment) for hours in legal_hours(packs)):
            return moment
        moment -= half_hour
    return _opens(packs, zones, t)
