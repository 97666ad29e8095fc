"""A history of fictional people and calls, of any size, in a store; the same one each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui.domain.call import Call, Dial, Note, ScriptRef
from tui.domain.contact import Contact, Number, Source
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.why import why
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

NOW = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
POLICY = "bench"
_FIRST = ("Ann", "Bo", "Eva", "Fay", "Dee", "Cy", "Jo", "Zoë", "Łukasz", "Ines")
_LAST = ("Rossi", "Lund", "Brandt", "Osei", "Wu", "Park", "Marsh", "Moreau", "Nowak", "Silva")
_AT_ONCE = 5000


def record_id(kind: int, number: int) -> str:
    """An id of the shape of a UUIDv7: kind 1 for contacts, 2 for calls, 3 for sessions."""
    return f"019abe00-{kind:04x}-7000-8000-{number:012x}"


def contact(number: int) -> Contact:
    """The contact of this number."""
    given, family = _FIRST[number % 10], _LAST[number // 10 % 10]
    return Contact(
        record_id(1, number),
        name=f"{given} {family} {number}",
        given=given,
        family=family,
        company=f"{family} Tools {number // 20}",
        role="Buyer",
        numbers=(Number(f"+44207946{number % 1000:04d}", f"020 7946 {number % 1000:04d}", "office"),),
        emails=(f"person{number}@example.com",),
        lists=("autumn",),
        source=Source("autumn", f"A-{number}"),
        zone="Europe/London",
        language="en",
    )


def call(number: int, contact_id: str) -> Call:
    """The call of this number: a voicemail, with a note."""
    at = NOW - timedelta(minutes=1 + number % 20_000)
    return Call(
        record_id(2, number),
        contact_id,
        at,
        "voicemail",
        Category.VOICEMAIL,
        session_id=record_id(3, number // 40),
        rep=record_id(4, 1),
        dials=(Dial(f"+44207946{number % 1000:04d}", at, None, at + timedelta(seconds=21), "voicemail"),),
        notes=(Note(at, "two vans, not three. New depot in Leeds opens in March"),),
        steps=("opener", "voicemail"),
        script=ScriptRef("proposal", "3", "9f2c41d07b", "a"),
        reason_id="price_list",
        ready_s=6.5,
        wrap_s=2.25,
        keys=2,
    )


def step(number: int) -> NextStep:
    """What the policy may have said of this contact."""
    due = NOW + timedelta(minutes=number % 20_000 - 3000)
    reasons = (why("follow_up", number=number % 5 + 2, most=6), why("tried_late", calls=2))
    return NextStep(
        "call",
        "follow_up",
        due,
        reasons,
        tries=number % 5 + 1,
        left=5 - number % 5,
        used_reasons=frozenset({"price_list"}),
        valid_until=due,
        zones=("Europe/London",),
        lists=("autumn",),
    )


def build(folder: Path, size: int) -> None:
    """Writes so many contacts, a call to each, and their next steps; closed as after a day's work."""
    store = TinyStore.open(folder)
    for start in range(0, size, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, size))
        people = {number: contact(number) for number in numbers}
        change = Change(
            contacts=tuple(people.values()),
            calls=tuple(call(number, person.id) for number, person in people.items()),
            next_steps={person.id: step(number) for number, person in people.items()},
            policy_hash=POLICY,
            origin="file",
        )
        store.commit(change, NOW)
    store.close()
