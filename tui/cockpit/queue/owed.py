"""Calls that leave something to do: a letter, a price, a word with somebody, or a call back to one of several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from tui.domain.call import Call, has_to_do
from tui.domain.history import is_settled
from tui.storage.protocol import OwnDocuments, Store


class OwedCalls:
    """Calls after which something is still to do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open = OwnDocuments[bool](store, "owed")

    def load(self, ids: Iterable[str]) -> None:
        """What was open when the program ended."""
        self._open.load(dict.fromkeys(ids, True))

    @property
    def ids(self) -> Sequence[str]:
        """Ids of the calls, the oldest due first."""
        return [call.id for call in self.calls()]

    def calls(self) -> list[Call]:
        """The calls, the oldest due first. The records decide: an undone call owes nothing, whatever was stored."""
        calls = [call for one in self._open if (call := self._store.call(one)) and has_to_do(call)]
        return sorted(calls, key=lambda call: call.owed.due if call.owed else call.at.date())

    def changed(self, call_id: str, is_open: bool) -> None:
        """Something more, or less, is to do."""
        if is_open:
            self._open[call_id] = True
        else:
            self._open.pop(call_id, None)

    def unwritten(self) -> dict[str, dict[str, Any] | None]:
        """What of it differs from the store, for a `Change`."""
        return self._open.unwritten()


def done(call: Call, at: datetime) -> Call:
    """The call with its to-do marked as done at a time (UTC)."""
    owed = call.owed
    if not owed:
        return call
    after = owed.opened_at + timedelta.resolution if owed.opened_at else at
    return replace(call, owed=replace(owed, done_at=max(at, after)))


def opened_again(call: Call, at: datetime) -> Call:
    """The call with its to-do open again, as of a time (UTC): also where others have it as done already."""
    return replace(call, owed=replace(call.owed, done_at=None, opened_at=at)) if call.owed else call


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
