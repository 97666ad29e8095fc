"""The next step of one contact, with everything of the store and of the team that the policy asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from tui.cockpit.queue.restrictions import Bounds
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import is_settled
from tui.domain.next_step import NextStep
from tui.domain.policy import next_step
from tui.domain.promise_state import PlannedCall
from tui.settings.settings import Settings
from tui.storage.protocol import Store

NOBODY = NextStep("stop", "end", None, ("not in the list any more",))


class Deciding:
    """Asks the policy."""

    def __init__(self, store: Store, settings: Settings, bounds: Bounds, unclear: UnclearCalls) -> None:
        self._store = store
        self._settings = settings
        self._bounds = bounds
        self._unclear = unclear

    def step(
        self,
        contact: Contact,
        calls: Sequence[Call],
        now: datetime,
        plans: Sequence[PlannedCall] | None = None,
    ) -> NextStep:
        """The next step of a contact with this history, with where they are and whether they want to buy.

        `plans`: those about to be stored; else the stored ones.
        """
        missed = self._unclear.open_of(contact.id)
        if missed and is_settled(missed, calls):
            missed = None  # by a call that is about to be stored
        if missed and not self._is_likeliest(contact.id, missed, now):
            missed = None
        return self._step(contact, calls, now, missed, plans)

    def _is_likeliest(self, contact_id: str, missed: Call, now: datetime) -> bool:
        """Whether nobody before them could be called back: a call that may be from several stands in one row."""
        for one in missed.one_of[: missed.one_of.index(contact_id)]:
            contact = self._store.contact(one)
            step = self._step(contact, self._store.calls(one), now, missed) if contact else NOBODY
            if step.one_of and step.action == "call" and not self._bounds.is_others(step.owner):
                return False
        return True

    def _step(
        self,
        contact: Contact,
        calls: Sequence[Call],
        now: datetime,
        missed: Call | None,
        plans: Sequence[PlannedCall] | None = None,
    ) -> NextStep:
        contact = self._bounds.never.marked(contact)
        first = self._bounds.number_in_hand(contact)
        step = next_step(
            contact,
            calls,
            self._settings.policy,
            now,
            zones=first.zones,
            law=first.law,
            plans=self._store.plans(contact.id) if plans is None else plans,
            unclear=missed,
        )
        signals = [sign for call in calls if not call.voided_at for sign in call.signals]
        return replace(
            step,
            zones=first.zones,
            signal=bool(signals) and signals[-1] == "+",
            priority=contact.priority,
            lists=contact.lists,
            owner=contact.owner,
            law=" ".join(pack.id for pack in first.law if pack.hours is not None),
        )


class UnclearCalls:
    """The missed calls of which the records name several people. What the store holds decides, so undo works."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of: dict[str, list[Call]] | None = None
        """By contact id the calls that may have been theirs, settled ones included, oldest first."""

    def forget(self) -> None:
        """The records changed otherwise: they are read again when somebody asks."""
        self._of = None

    def all_of(self, contact_id: str) -> Sequence[Call]:
        """Every call that may have been this person's, oldest first."""
        return self._known().get(contact_id, ())

    def open_of(self, contact_id: str) -> Call | None:
        """The latest one that still waits for a call back; None when there is none."""
        waiting = (call for call in reversed(self.all_of(contact_id)) if not self._is_settled(call))
        return next(waiting, None)

    def _is_settled(self, missed: Call) -> bool:
        return missed.voided_at is not None or any(
            is_settled(missed, self._store.calls(one, missed.at)) for one in missed.one_of
        )

    def _known(self) -> dict[str, list[Call]]:
        if self._of is None:
            self._of = {}
            for call in self._store.calls(""):
                _remember(call, self._of)
        return self._of

    def concerned(self, calls: Iterable[Call]) -> set[str]:
        """Whose next step these calls, stored a moment ago, may change besides that of the people they are with."""
        found: set[str] = set()
        for call in calls:
            _remember(call, self._known())
            found.update(call.one_of)
            found.update(other for missed in self.all_of(call.contact_id) for other in missed.one_of)
        return found


def _remember(call: Call, known: dict[str, list[Call]]) -> None:
    for contact_id in call.one_of:
        calls = known.setdefault(contact_id, [])
        calls[:] = [one for one in calls if one.id != call.id] + [call]
