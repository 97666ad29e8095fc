"""A time the customer named, held against the law of their country before it is promised."""

from __future__ import annotations

from datetime import datetime, timedelta

from tui.domain.day_words import clock, promise_words, time_words, weekday_name
from tui.domain.law import LawPack, legal_hours, offer_near
from tui.domain.promise import Promise
from tui.domain.window import NeverOpenError, Zones, is_open, local, next_open


def law_problem(promise: Promise, packs: tuple[LawPack, ...], zones: Zones, now: datetime) -> str:
    """Why the law forbids a call at the promised time, with an offer, on their clock; empty when it allows it.

    `zones` are those of the number that will be called; the time was named, and the offer is, in that of the promise.
    """
    at, home = promise.from_, promise.zone or zones[0]
    today = local(now, home).date()
    if promise.precision != "minute":
        return _span_problem(promise, packs, zones, now)
    broken = next((p for p in packs if p.hours is not None and not is_open(p.hours, zones, at)), None)
    if broken is None:
        return ""
    named = f"{weekday_name(local(at, home).date(), today)} {clock(at, home)}"
    offer = offer_near(at, packs, zones)
    if offer is None:
        return f"{named} is outside {_whose(broken)} hours."
    same_day = local(offer, home).date() == local(at, home).date()
    offered = clock(offer, home) if same_day else time_words(offer, home, now)
    return f"{named} is outside {_whose(broken)} hours. Offer {offered}?"


def _span_problem(promise: Promise, packs: tuple[LawPack, ...], zones: Zones, now: datetime) -> str:
    """Why no call is allowed on that day, or in that part of it."""
    hours, home = legal_hours(packs), promise.zone or zones[0]
    if not hours:
        return ""
    begins = promise.from_ if promise.part else promise.on_time_from(timedelta())
    try:
        opens = next_open(None, zones, begins, also=hours)
    except NeverOpenError:
        return ""
    if opens < promise.until:
        return ""
    day = local(begins, home).date()
    strictest = next(pack for pack in packs if pack.hours is not None)
    closed = next((p for p in packs if p.hours is not None and not p.hours.spans_on(day)), strictest)
    offered = time_words(opens, home, now, "minute" if promise.part else "day")
    return f"{promise_words(promise, now)} is outside {_whose(closed)} hours. Offer {offered}?"


def _whose(pack: LawPack) -> str:
    return pack.name + ("'" if pack.name.endswith("s") else "'s")
