"""The next step of one contact, with everything of the store and of the team that the policy asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tui.cockpit.bounds import Bounds
from tui.cockpit.unclear import UnclearCalls
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import is_settled
from tui.domain.next_step import NextStep
from tui.domain.planned import PlannedCall
from tui.domain.policy import next_step
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
