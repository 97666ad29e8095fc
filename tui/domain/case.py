"""One contact as the rules of the policy look at it: facts that several rules need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.cadence import Calendar, Policy, calendar_of, free_of_caps
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import History, history_of
from tui.domain.law import LawPack, law_check, legal_from, legal_hours
from tui.domain.next_step import Action, Kind, NextStep
from tui.domain.outcome import Category
from tui.domain.promise import Precision
from tui.domain.promise_state import PlannedCall, PromiseState, open_plan, open_promise
from tui.domain.why import Why, why

_NO_COMMON_HOUR = why("no_common_hour")


class Case(Struct, frozen=True):
    """A contact at one moment under one policy."""

    contact: Contact
    policy: Policy
    history: History
    calendar: Calendar
    now: datetime
    law: tuple[LawPack, ...] = ()
    """Packs that bind every call to this person."""
    plans: tuple[PlannedCall, ...] = ()
    """Call-backs that came with an import."""
    unclear: Call | None = None
    """A missed call from a number they share with others, which waits for a call back."""

    @property
    def talk(self) -> Call | None:
        """The last time they were in touch."""
        return self.history.last_talk

    @property
    def since(self) -> datetime:
        """When counting starts: the last talk, or when what it agreed on was cancelled; else when they came to us."""
        if self.talk is not None:
            return self.talk.cancelled_at or self.talk.at
        first = (*(call.at for call in self.history.touches[:1]), *filter(None, (self.touched,)))
        return min((self.calendar.known_since, *first))

    @property
    def promise(self) -> PromiseState | None:
        """The promise still owed, or None."""
        return open_promise(self.history.touches, self.now, self.policy)

    @property
    def touched(self) -> datetime | None:
        """When somebody was last in touch with them according to an import; None when no import says so."""
        touch = self.contact.touched_at
        return touch.at if touch is not None and touch.at <= self.now else None

    @property
    def plan(self) -> PlannedCall | None:
        """The imported plan that still waits for a call."""
        return open_plan(self.plans, self.history.touches)

    @property
    def last_touch(self) -> datetime:
        """The last time either side was in touch by any channel, else when counting starts."""
        return self._latest(self.history.touches)

    @property
    def anchor(self) -> datetime:
        """From when our pacing counts: the last attempt, else the last talk, or what an import says of them."""
        return self._latest(self.history.since_talk)

    def _latest(self, calls: Sequence[Call]) -> datetime:
        return max((self.since, *(call.at for call in calls[-1:]), *filter(None, (self.touched,))))

    @property
    def free_from(self) -> datetime:
        """From this moment on one more call breaks no cap of ours."""
        return free_of_caps([call.at for call in self.history.attempts], self.policy.caps)

    @property
    def left(self) -> int:
        """Unanswered calls left before the softer channel."""
        return max(self.policy.attempts - self.history.unanswered, 0)

    @property
    def grows_old(self) -> datetime | None:
        """When the search for a first talk has lasted too long; None once there was one."""
        attempts = self.history.attempts
        return attempts[0].at + self.policy.max_age if attempts and self.talk is None else None

    @property
    def cool_until(self) -> datetime | None:
        """After "not now": no call of ours before this, unless they named an interval or another channel with it."""
        talk, wish = self.talk, self.contact.prefers
        if talk is None or talk.is_ is not Category.NURTURE:
            return None
        if (wish.every or wish.channel not in (None, "phone")) and self.named_with(talk):
            return None
        return talk.at + self.policy.wait_after(talk.outcome, self.policy.after_not_now)

    @property
    def wants_a_call_later(self) -> bool:
        """Whether they said "not now", and by phone."""
        talk = self.talk
        return talk is not None and self.contact.prefers.channel == "phone" and self.named_with(talk)

    def named_with(self, talk: Call) -> bool:
        """Whether they said how they want to hear from us in this talk, or after it."""
        since = self.contact.prefers.since
        return since is not None and since >= talk.at

    def step(
        self,
        action: Action,
        kind: Kind,
        due: datetime | None,
        *reasons: Why,
        precision: Precision = "day",
        valid_until: datetime | None = None,
    ) -> NextStep:
        """A next step that carries the counts of this case."""
        tries, used = self.history.unanswered, self.history.used_reasons
        return NextStep(action, kind, due, reasons, precision, tries, self.left, used, valid_until)

    def call(self, kind: Kind, due: datetime | None, *reasons: Why, precision: Precision = "day") -> NextStep:
        """A step that is a call, if there is a number to call and an hour to do it.

        A minute is what they named: it stands for the grace of a promise, at any hour, unless a law moves it.
        """
        named_until = due + self.policy.promise_grace if due is not None and precision == "minute" else None
        until = self.grows_old if kind in ("asked", "follow_up") else None
        if not any(number.dialable for number in self.contact.numbers):
            barred = next((number.barred for number in self.contact.numbers if number.barred), None)
            unread = next(
                (number.raw for number in self.contact.numbers if not number.e164 and number.raw), ""
            )
            nothing = why("no_number", number=unread) if unread else why("no_number")
            return self.step("rethink", kind, None, barred or nothing, *reasons, valid_until=until)
        if due is None:
            return self.step(
                "call", kind, None, _NO_COMMON_HOUR, *reasons, precision=precision, valid_until=until
            )
        of_them = self.contact, self.history.touches, self.law
        lawful = legal_from(*of_them, due, self.calendar.zones, self.now) if self.law else due
        if lawful is None:
            checks = law_check(*of_them, max(due, self.now), self.calendar.zones)
            refused = checks[0].why if checks else _NO_COMMON_HOUR
            return self.step("rethink", kind, None, refused, *reasons, valid_until=until)
        step = self.step("call", kind, lawful, *reasons, precision=precision, valid_until=until)
        return step if named_until is None else replace(step, named_until=named_until)


def case_of(
    contact: Contact,
    calls: Sequence[Call],
    policy: Policy,
    now: datetime,
    zones: tuple[str, ...],
    law: tuple[LawPack, ...] = (),
    plans: Sequence[PlannedCall] = (),
    unclear: Call | None = None,
) -> Case:
    """The case of a contact at `now`, from its calls and plans in any order."""
    calendar = calendar_of(contact, policy, zones, legal_hours(law), calls)
    return Case(contact, policy, history_of(calls), calendar, now, law, tuple(plans), unclear)
