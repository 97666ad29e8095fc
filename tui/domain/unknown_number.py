"""A network that says it does not know a number: once may be its own fault, on a second day it is the number's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tui.domain.call import Call, Dial
from tui.domain.window import local

UNKNOWN = "bad_number"
"""The cause of a dial that ended so, in the dialer's words."""
_REACHED = frozenset({"busy", "no_answer", "declined", "remote", "voicemail_left"})
"""Causes of dials that came through to the number."""
DAYS = 2
"""On so many days the network must say so before the number is called wrong."""
FIRST_NUMBERS = 3
"""When so many numbers of a session, and no other, are unknown, the way they are written is at fault."""


def dials_of(calls: Iterable[Call]) -> list[Dial]:
    """Every dial of these calls, the oldest first; what was undone says nothing."""
    made = (
        dial for call in calls if call.voided_at is None and call.direction == "out" for dial in call.dials
    )
    return sorted(made, key=lambda dial: dial.started_at)


def days_unknown(number: str, dials: Iterable[Dial], zone: str) -> tuple[date, ...]:
    """The days in the rep's zone on which the network did not know this number, since it last came through.

    `dials`: those of everybody on these days. A day on which the network knew none of several numbers tells of the
    network, and is left out.
    """
    failed: set[date] = set()
    numbers: dict[date, set[str]] = defaultdict(set)
    known: set[date] = set()
    for dial in sorted(dials, key=lambda dial: dial.started_at):
        day = local(dial.started_at, zone).date()
        numbers[day].add(dial.number)
        if _came_through(dial):
            known.add(day)
        if dial.number == number and _came_through(dial):
            failed.clear()
        elif dial.number == number and dial.cause == UNKNOWN:
            failed.add(day)
    return tuple(sorted(day for day in failed if day in known or numbers[day] == {number}))


def knows_none(dials: Sequence[Dial]) -> bool:
    """Whether the last of a session's dials makes it plain that the network knows no number written so.

    True once: at the third number, when none of them came through and the network knew none.
    """
    if not dials or any(dial.cause != UNKNOWN for dial in dials):
        return False
    before = {dial.number for dial in dials[:-1]}
    return dials[-1].number not in before and len(before) + 1 == FIRST_NUMBERS


def _came_through(dial: Dial) -> bool:
    return dial.answered_at is not None or dial.cause in _REACHED
