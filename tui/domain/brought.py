"""What a session or a week brought, as far as people are counted: whoever was called twice is one person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from tui.domain.call import Call
from tui.domain.metrics import CONVERSATION_S, counted, is_conversation, is_win
from tui.domain.outcome import NO_MORE_CALLS, RIGHT_PARTY
from tui.domain.window import DAY, Hours

Glad = Literal["", "won", "wants", "called"]
LEAST_TO_COMPARE = 10
"""A week with fewer people called is nothing to compare with."""
_OFF = 0.1
""" "1 in N" may be off by so much of itself."""


def glad(call: Call) -> Glad:
    """Why a call was good to hear: a meeting or sale, more buying signals than others, or they called and talked.

    Empty for all others, and for who wants no more calls whatever they said before.
    """
    if call.is_ in NO_MORE_CALLS:
        return ""
    if is_win(call):
        return "won"
    if call.signals.count("+") > call.signals.count("-"):
        return "wants"
    return "called" if call.direction == "in" and call.is_ in RIGHT_PARTY else ""


class Reached(Struct, frozen=True):
    """People we called, and those of them we talked with."""

    talked: int = 0
    called: int = 0

    @property
    def one_in(self) -> tuple[int, bool] | None:
        """N of "1 in N", and whether that is exact; None where it would mislead, or nobody was talked with."""
        if self.talked * 2 > self.called or not self.talked:
            return None
        exactly = self.called / self.talked
        rounded = round(exactly)
        return (rounded, rounded == exactly) if abs(rounded - exactly) <= _OFF * exactly else None

    @property
    def is_enough(self) -> bool:
        """Whether somebody else's figures may be held beside these."""
        return self.called >= LEAST_TO_COMPARE and self.talked > 0


def reached(calls: Iterable[Call], conversation_s: float = CONVERSATION_S) -> Reached:
    """Of these calls the people called, and those talked with, whoever called whom then. What was undone counts not."""
    mine = counted(calls)
    called = {call.contact_id for call in mine if call.direction == "out"}
    talked = {call.contact_id for call in mine if is_conversation(call, conversation_s)}
    return Reached(len(called & talked), len(called))


def week_of(day: date, first_weekday: int = 0) -> date:
    """The first day of the week of a day; weeks begin on Monday (0), in some countries on Sunday (6)."""
    return day - DAY * ((day.weekday() - first_weekday) % 7)


def streak(days: Collection[date], today: date, hours: Hours) -> int:
    """Days in a row with a session up to today; a closed day without one breaks nothing, nor does today.

    `hours` say which days are closed: weekends, holidays, and what else the team has closed.
    """
    count, day, first = 0, today, min(days, default=today)
    while day >= first:
        if day in days:
            count += 1
        elif day != today and hours.spans_on(day):
            break
        day -= DAY
    return count
