"""A time the customer named, held against the law of their country before it is promised."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tui.domain.daywords import clock, day_words, time_words, weekday_name
from tui.domain.law import LawPack, legal_hours, offer_near
from tui.domain.window import NeverOpenError, Zones, at_local, is_open, local, next_open


def law_problem(
    at: datetime,
    precision: Literal["minute", "day"],
    packs: tuple[LawPack, ...],
    zones: Zones,
    now: datetime,
    home: str = "",
) -> str:
    """Why the law forbids a call at this time (UTC), with an offer, on their clock; empty when it allows it.

    `zones` are those of the number that will be called, `home` the zone in which the time was named, when that
    is another one.
    """
    home = home or zones[0]
    today = local(now, home).date()
    if precision == "day":
        return _day_problem(at, packs, zones, home, now)
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


def _day_problem(at: datetime, packs: tuple[LawPack, ...], zones: Zones, home: str, now: datetime) -> str:
    hours = legal_hours(packs)
    if not hours:
        return ""
    day = local(at, home).date()
    try:
        opens = next_open(None, zones, at_local(day, 0, home), also=hours)
    except NeverOpenError:
        return ""
    if local(opens, home).date() == day:
        return ""
    strictest = next(pack for pack in packs if pack.hours is not None)
    closed = next((p for p in packs if p.hours is not None and not p.hours.spans_on(day)), strictest)
    return (
        f"{day_words(at, home, now)} is outside {_whose(closed)} hours. Offer {day_words(opens, home, now)}?"
    )


def _whose(pack: LawPack) -> str:
    return pack.name + ("'" if pack.name.endswith("s") else "'s")
