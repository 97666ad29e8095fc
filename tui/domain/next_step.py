"""The answer of the policy: what to do next with a contact, when, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct, field

from tui.domain.promise import Precision, Promise
from tui.domain.why import Why

Action = Literal["call", "email", "text", "visit", "nurture", "rethink", "stop", "do_not_call"]
Kind = Literal[
    "came_back",
    "promise",
    "asked",
    "planned",
    "follow_up",
    "fresh",
    "check_in",
    "nurture",
    "end",
    "unknown_owner",
]
"""The last one is no step of the policy's: in the queue it takes the place of the others, for whoever is nobody's."""
Urgency = Literal["", "late", "soon", "called_us"]
"""What makes a step urgent: a late promise, one that is due now or within minutes, a call of theirs nobody returned."""
WAITS_FOR_US: frozenset[Kind] = frozenset({"came_back", "promise", "asked"})
"""Steps of people who wait for our call."""


class NextStep(Struct, frozen=True):
    """What the policy proposes for one contact."""

    action: Action
    kind: Kind
    due: datetime | None
    """UTC; None when nothing is due any more."""
    why: tuple[Why, ...] = ()
    """The most important first; what they say of a promise or a plan is in those fields."""
    precision: Precision = "day"
    """Minutes are for promises; our own pacing names a day."""
    tries: int = 0
    """Unanswered calls since the last talk."""
    left: int = 0
    """Unanswered calls left before the softer channel."""
    used_reasons: frozenset[str] = field(default_factory=frozenset)
    valid_until: datetime | None = None
    """UTC; from here on time alone would change the answer. None: until something happens."""
    zones: tuple[str, ...] = ()
    """Zones the contact may be in, as they were when this was worked out."""
    signal: bool = False
    """A buying signal stands: first among follow-ups (B51)."""
    priority: int = 0
    """The team's own priority of the contact."""
    lists: tuple[str, ...] = ()
    """Lists the contact is on."""
    owner: str = ""
    """The rep the contact belongs to; empty: anybody's."""
    law: str = ""
    """Ids of the law packs whose hours bind, with blanks between."""
    promise: Promise | None = None
    """What was promised, of a step that keeps a promise."""
    promise_tries: int = 0
    """Calls at or after the promised time that did not reach them; from the first on, `due` is our next try."""
    late_from: datetime | None = None
    """UTC; from here on a promise is late. None: nothing was promised, or we tried on time."""
    plan: Promise | None = None
    """The time of the imported plan, of a step that follows one."""
    touched_at: datetime | None = None
    """When they were last contacted according to an import (UTC), of a step that counts from then."""
    named_until: datetime | None = None
    """UTC; up to here it is the time that they named, at any hour; then house hours bind. None: they always bind."""

    one_of: tuple[str, ...] = ()
    """Of a step that returns a missed call: ids of all it may be from; empty when it is known to be theirs."""
    owner_id: str = ""
    """The id of the rep who has taken the contact; empty until they have."""
    promised_by: str = ""
    """The id of the rep who gave the promise, of a step that keeps one."""
    needs_manager: bool = False
    """A rep wants the manager to decide something about them."""

    @property
    def is_pursuit(self) -> bool:
        """Whether somebody is followed up: tried or talked to, and a call is to come (`cadence.active_limit`)."""
        followed = self.kind in ("follow_up", "promise", "asked", "came_back")
        return self.action == "call" and followed and not self.one_of

    def is_named_at(self, now: datetime, grace: timedelta) -> bool:
        """Whether `now` is the time that they named: house hours do not bind then."""
        ends, due = self.named_until, self.due
        return ends is not None and due is not None and due - grace <= now < ends

    def has_lapsed(self, now: datetime) -> bool:
        """Whether time alone has changed this step since it was worked out."""
        return self.valid_until is not None and self.valid_until <= now

    def strikes_after(self, now: datetime) -> bool:
        """Whether a promised minute is still to come; another try after it is ours and strikes nothing."""
        promised = self.kind == "promise" and self.precision == "minute" and not self.promise_tries
        return promised and self.due is not None and self.due > now


def is_late(late_from: datetime | None, now: datetime) -> bool:
    """Whether a promise is late that is so from that moment on (UTC); never when there is none."""
    return late_from is not None and now >= late_from


SOON = timedelta(minutes=15)
"""A promise of a minute is due soon from so long before it."""


def is_soon(step: NextStep, now: datetime) -> bool:
    """Whether a promised minute comes within `SOON`, or has come and is not late yet."""
    if step.due is None or step.kind != "promise" or step.precision != "minute" or step.promise_tries:
        return False
    return now >= step.due - SOON and not is_late(step.late_from, now)


def urgency(step: NextStep, now: datetime) -> Urgency:
    """What makes a next step urgent; empty when nothing does."""
    if step.kind == "came_back":
        return "called_us"
    if step.kind != "promise":
        return ""
    return "late" if is_late(step.late_from, now) else "soon" if is_soon(step, now) else ""
