"""Whom `record.keep_people` lets go, read from the store. The rule is `domain.retention`, the clock is passed in."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from tui.domain.contact import Contact
from tui.domain.retention import announced, is_needed, last_in_touch
from tui.domain.shared.forgotten import Forgotten
from tui.settings.settings import Settings
from tui.storage.protocol import Change, Store

STATE = "retention"
"""`{on: {contact id: day}, looked: day}`: what was announced, and the last day on which somebody looked."""


class Going(Struct, frozen=True):
    """Somebody with whom nobody was in touch for as long as people are kept."""

    contact: Contact
    last: datetime
    """When somebody last was (UTC)."""


def going(store: Store, settings: Settings, now: datetime, but: Container[str] = ()) -> Iterator[Going]:
    """Who is to go, in the order of the store; nobody while people are kept for ever, and nobody of `but`.

    Slow for many people: each one's calls are read, once the contact alone does not tell that they stay.
    """
    if settings.keep_people is None:
        return
    since = now - settings.keep_people
    for contact in store.contacts():
        if contact.id in but or not _was_before(since, last_in_touch(contact, ())):
            continue
        calls = store.calls(contact.id)
        last = last_in_touch(contact, calls)
        if last is None or not _was_before(since, last):
            continue
        if not is_needed(contact, calls, store.plans(contact.id), now, settings.policy):
            yield Going(contact, last)


def _was_before(since: datetime, last: datetime | None) -> bool:
    return last is not None and last < since


class Move(Struct, frozen=True):
    """What there is to do now, and what is announced once it is done."""

    forgotten: tuple[Forgotten, ...]
    """Those whose day has come."""
    on: Mapping[str, date]
    """The day of everybody else who is to go, by contact id."""
    announcing: Change
    """To be written after they were forgotten."""


def next_move(store: Store, settings: Settings, now: datetime, rep: str, but: Container[str] = ()) -> Move:
    """What there is to do at `now` (UTC) by a rep, on the day it is where they are; nothing is done yet."""
    today = now.astimezone(ZoneInfo(settings.zone)).date()
    people = [one.contact.id for one in going(store, settings, now, but)]
    plan = announced(people, announced_on(store), today)
    left = {one: day for one, day in plan.on.items() if one not in plan.due}
    days = {contact_id: day.isoformat() for contact_id, day in left.items()}
    return Move(
        tuple(Forgotten(one, now, rep) for one in plan.due),
        left,
        Change(state={STATE: {"on": days, "looked": today.isoformat()}}),
    )


def announced_on(store: Store) -> dict[str, date]:
    """The day on which each person is to be forgotten who was announced; what cannot be read was not announced."""
    stored = store.state(STATE).get("on")
    found = {}
    for contact_id, day in (stored if isinstance(stored, Mapping) else {}).items():
        try:
            found[contact_id] = date.fromisoformat(day)
        except (TypeError, ValueError):
            continue
    return found


def was_looked_at(store: Store, today: date) -> bool:
    """Whether somebody looked on this day already: everybody is read for it."""
    return store.state(STATE).get("looked") == today.isoformat()
