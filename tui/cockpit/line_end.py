"""How a line ended, and which outcome that suggests. The rep may always choose another one."""

from __future__ import annotations

from datetime import date, timedelta

from tui.cockpit import words
from tui.cockpit.desk import Desk
from tui.cockpit.working import Working
from tui.dialer.protocol import CallEvent, Cause
from tui.domain.history import DAYS, UNKNOWN, days_unknown, dials_of, knows_none
from tui.domain.outcome import Category

CAUSE_OUTCOME = {
    Cause.BUSY: Category.NO_ANSWER,
    Cause.NO_ANSWER: Category.NO_ANSWER,
    Cause.DECLINED: Category.NO_ANSWER,
    Cause.VOICEMAIL_LEFT: Category.VOICEMAIL,
}
"""What the line said, and the category it suggests."""


class LineEnd:
    """Suggests outcomes, and says what a network means that does not know a number."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def outcome(self, working: Working, event: CallEvent) -> str:
        """Id of the outcome that the end of this call's line suggests; empty when it suggests none."""
        if working.answered_at or event.cause is None:
            return ""
        wanted = CAUSE_OUTCOME.get(event.cause)
        if event.cause is Cause.BAD_NUMBER:
            wanted = self._of_unknown(working, event.detail)
        return next((o.id for o in self._desk.settings.outcomes if o.is_ is wanted), "")

    def _of_unknown(self, working: Working, said: str) -> Category:
        desk = self._desk
        session = dials_of(desk.run.calls) if desk.run else []
        if knows_none([*session, *working.dials]):
            desk.say(words.NUMBERS_UNKNOWN, "warn")
            return Category.NO_ANSWER
        days, today = self._days_unknown(working), desk.here.date()
        desk.say(words.number_unknown(said, [day for day in days if day != today], today))
        return Category.WRONG_NUMBER if len(days) >= DAYS else Category.NO_ANSWER

    def _days_unknown(self, working: Working) -> tuple[date, ...]:
        """Days on which the network did not know the number in hand, today included."""
        desk, number = self._desk, working.number
        theirs = (dial for dial in dials_of(desk.calls(working.contact)) if dial.number == number)
        first = next((dial.started_at for dial in theirs if dial.cause == UNKNOWN), None)
        others = desk.store.calls(since=first - timedelta(days=1)) if first else ()
        return days_unknown(number, [*dials_of(others), *working.dials], desk.settings.zone)
