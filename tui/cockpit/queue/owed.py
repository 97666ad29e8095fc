"""What the rep has to do after a call: a letter, a price, a word with somebody. Open until it is marked as done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tui.domain.call import Call
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
        calls = [call for one in self._open if (call := self._store.call(one)) and is_open(call)]
        return sorted(calls, key=lambda call: call.owed.due if call.owed else call.at.date())

    def contact_of(self, call_id: str) -> str:
        """Id of the person we owe it; empty when the call is gone."""
        call = self._store.call(call_id)
        return call.contact_id if call else ""

    def what(self, call_id: str) -> str:
        """What we owe; empty when the call is gone."""
        call = self._store.call(call_id)
        return call.owed.what if call and call.owed else ""

    def changed(self, call_id: str, is_open: bool) -> None:
        """Something more, or less, is to do."""
        if is_open:
            self._open[call_id] = True
        else:
            self._open.pop(call_id, None)

    def unwritten(self) -> dict[str, dict[str, Any] | None]:
        """What of it differs from the store, for a `Change`."""
        return self._open.unwritten()


def is_open(call: Call) -> bool:
    """Whether something is still to do for this call: it was not undone, and nobody marked it as done."""
    return call.owed is not None and call.owed.done_at is None and call.voided_at is None


def done(call: Call, at: datetime | None) -> Call:
    """The call with its to-do marked as done at a time (UTC), or open again (None)."""
    return replace(call, owed=replace(call.owed, done_at=at)) if call.owed else call
