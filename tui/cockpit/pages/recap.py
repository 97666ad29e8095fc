"""The recap: good reactions, next steps and what I owe first; numbers with their n last (B11, B52)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from tui.cockpit.call_view import RecapView
from tui.cockpit.wording import outcomes
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.day_words import Clocks, date_words, number_of
from tui.domain.metrics import counted, is_agreed, is_conversation, wilson
from tui.domain.outcome import HUMAN, Category
from tui.domain.session import Session
from tui.domain.window import local

BALANCE = "Left waiting and called too often"
"""Heading of the two indices, here and in the report."""
Name = Callable[[str], str]


def recap(
    session: Session | None,
    calls: Sequence[Call],
    owed: Sequence[Call],
    name: Name,
    zone: str,
    now: datetime,
    talk_seconds: float,
    serving_s: float = 0.0,
    fairness: tuple[str, ...] = (),
    pace: str = "",
) -> RecapView:
    """The recap of one session (or of several: pass no session)."""
    mine = counted(calls)
    sections = [
        (
            "Good to hear",
            tuple(
                _good(c, name)
                for c in mine
                if "+" in c.signals or c.is_ is Category.WIN or c.direction == "in"
            ),
        ),
        (
            "They need help with",
            tuple(
                f"{name(c.contact_id)}: {c.answers[k]}"
                for c in mine
                for k in ("need", "problem", "help")
                if c.answers.get(k)
            ),
        ),
        ("Agreed", tuple(_agreed(c, name, zone, now) for c in mine if is_agreed(c))),
        (
            outcomes.TO_DO,
            tuple(_owes(c, name, local(now, zone).date()) for c in owed if c.owed and not c.owed.done_at),
        ),
        (BALANCE, fairness),
        ("Numbers", _numbers(mine, session, talk_seconds, serving_s, pace)),
    ]
    title = "Your session" if session else "Your calls"
    return RecapView(
        title,
        tuple((head, lines) for head, lines in sections if lines),
        running=bool(session and not session.ended_at),
    )


def _good(call: Call, name: Name) -> str:
    if call.direction == "in":
        return f"{name(call.contact_id)} called you"
    words_said = call.notes[-1].text if call.notes else "wants to go on"
    return f"{name(call.contact_id)}: {words_said}"


def _agreed(call: Call, name: Name, zone: str, now: datetime) -> str:
    if call.promise:
        clocks = Clocks(call.promise.zone or zone, zone, now)
        return f"{name(call.contact_id)}: you call back {outcomes.promised(call.promise, clocks)}"
    return f"{name(call.contact_id)}: {call.answers.get('agreed', 'meeting or sale')}"


def _owes(call: Call, name: Name, today: date) -> str:
    assert call.owed
    return f"{name(call.contact_id)}: {call.owed.what}, by {date_words(call.owed.due, today)}"


def _numbers(
    calls: Sequence[Call], session: Session | None, talk_seconds: float, serving_s: float, pace: str
) -> tuple[str, ...]:
    out = [c for c in calls if c.direction == "out"]
    dials = sum(max(len(c.dials), 1) for c in out)
    talks = sum(is_conversation(c, talk_seconds) for c in calls)
    people = sum(c.is_ in HUMAN for c in out)
    lines = [f"{talks} talked, {sum(map(is_agreed, calls))} agreed"]
    if out:
        lines.append(f"answered by a person: {rate(people, len(out))}")
    if serving_s >= 60:
        lines.append(f"serving customers: {outcomes.length(serving_s)}")
    if session:
        active = sum(s for name, s in session.spent.items() if not name.startswith("paused"))
        lines.append(f"time spent calling: {outcomes.length(active)}" + (f", {pace}" if pace else ""))
    lines.append(number_of(dials, "dial"))
    return tuple(lines)


def rate(part: int, whole: int) -> str:
    """A rate with its n and its Wilson 95 % interval: `3 of 12 (25 %, likely 9 to 53 %)`."""
    share, low, high = wilson(part, whole)
    if share is None:
        return f"{part} of {whole}"
    return f"{part} of {whole} ({share:.0%}, likely {low * 100:.0f} to {high * 100:.0f} %)".replace(
        "%,", " %,"
    )


def name_of(contact: Contact | None) -> str:
    """A name for a line of the recap."""
    return contact.shown_name if contact else "somebody no longer in the list"
