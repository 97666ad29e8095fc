"""What is true of a person, from what the player did: kept apart from the program, so that it can contradict it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.promise import Promise

GRACE = timedelta(minutes=15)
REACHED = frozenset({"talked", "promise", "win", "nurture", "email_asked", "not_a_fit", "do_not_call"})

T = TypeVar("T")


def there(value: T | None) -> T:
    """What must be there at this point of the story."""
    assert value is not None
    return value


@dataclass
class Made:
    """One call or message as the player made it."""

    at: datetime
    outcome: str
    direction: str = "out"
    dials: tuple[datetime, ...] = ()
    promise: Promise | None = None


@dataclass
class Truth:
    """Everything that happened with one person."""

    contact: Contact
    zone: str
    made: list[Made] = field(default_factory=list)
    sent: list[datetime] = field(default_factory=list)
    last_contacted: bool = False
    """Another program was in touch with them."""
    offered: bool = False
    """Somebody sent them an offer; nobody does in this fortnight unless the player says so."""

    def as_it_is(self) -> Truth:
        """A copy that stays as it is when more happens."""
        return replace(self, made=[*self.made], sent=[*self.sent])

    def took(self, call: Call) -> None:
        """A saved call."""
        dials = tuple(dial.started_at for dial in call.dials)
        self.made.append(Made(call.at, call.outcome, call.direction, dials, call.promise))

    def undone(self) -> None:
        """The last saved call was taken back."""
        self.made.pop()

    @property
    def talks(self) -> list[Made]:
        """When they were on the line themselves."""
        return [one for one in self.made if one.outcome in REACHED]

    @property
    def dials(self) -> list[datetime]:
        """When we called them."""
        return [at for one in self.made for at in one.dials]

    @property
    def voicemails(self) -> list[Made]:
        """Messages left on their machine."""
        return [one for one in self.made if one.outcome == "voicemail"]

    @property
    def owed(self) -> tuple[datetime, Promise] | None:
        """The promise that is still owed, and when it was made."""
        for one in reversed(self.made):
            if one.promise is not None:
                return one.at, one.promise
            if one.outcome in REACHED or one.direction == "in":
                return None
        return None

    def _dials_for_promise(self) -> list[datetime]:
        if self.owed is None:
            return []
        made, promise = self.owed
        return [at for at in self.dials if at > made and at >= promise.on_time_from(GRACE)]

    def called_on_time(self) -> bool:
        """Whether we called when we had promised it."""
        if self.owed is None:
            return False
        _, promise = self.owed
        return any(at < promise.late_from(GRACE) for at in self._dials_for_promise())

    def sentence(self, now: datetime) -> str:
        """What is true now, in one line of the golden file."""
        there = now.astimezone(ZoneInfo(self.zone))
        parts = [f"{there:%a %H:%M} there"]
        parts.append(f"called {len(self.dials)}x" if self.dials else "never called")
        if self.made:
            last = self.made[-1]
            at = last.at.astimezone(ZoneInfo(self.zone))
            came = " from them" if last.direction == "in" else ""
            parts.append(f"last {last.outcome}{came} {at:%a %d %b %H:%M}")
        parts.append(f"talked {len(self.talks)}x" if self.talks else "never talked")
        if self.last_contacted:
            parts.append("another program was in touch")
        if self.owed:
            zone, (_, promise) = ZoneInfo(self.zone), self.owed
            begins, ends = (at.astimezone(zone) for at in (promise.from_, promise.until))
            hours = f"{begins:%a %d %b %H:%M}-{ends:%H:%M} {promise.precision}"
            called = (
                "on time" if self.called_on_time() else "late" if self._dials_for_promise() else "not yet"
            )
            parts.append(f"promised {hours}, called for it {called}")
        return "; ".join(parts)
