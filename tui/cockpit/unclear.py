"""Missed calls from a number that several people have: nobody knows yet which of them it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.domain.call import Call
from tui.domain.history import is_settled
from tui.storage.protocol import Store


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
