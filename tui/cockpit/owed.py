"""What the rep owes after a call: a letter, a price, a word with somebody. Open until it is ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.domain.call import Call
from tui.storage.protocol import Store


class OwedCalls:
    """Calls after which something is still owed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids: list[str] = []

    def load(self) -> None:
        """Read what was open when the program ended."""
        self._ids[:] = list(self._store.state("owed").get("open", ()))

    @property
    def ids(self) -> Sequence[str]:
        """Ids of the calls."""
        return self._ids

    def calls(self) -> list[Call]:
        """The calls, the oldest due first."""
        calls = [call for one in self._ids if (call := self._store.call(one)) and call.owed]
        return sorted(calls, key=lambda call: call.owed.due if call.owed else call.at.date())

    def changed(self, call_id: str, is_open: bool) -> None:
        """Something more, or less, is owed."""
        if is_open and call_id not in self._ids:
            self._ids.append(call_id)
        elif not is_open and call_id in self._ids:
            self._ids.remove(call_id)

    def state(self) -> dict[str, Any]:
        """What is open, ready for JSON."""
        return {"open": list(self._ids)}
