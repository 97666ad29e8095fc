"""Values that pile up over the days, each in a state document of its own: a write holds those that changed."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Mapping
from typing import Any, TypeVar

from tui.storage.protocol import Store

V = TypeVar("V")


def stored_values(store: Store, place: str) -> dict[str, Any]:
    """The values under a place by name, as they stand in the store; None for one that is not ours."""
    return {name: document.get("value") for name, document in store.states(place).items()}


class OwnDocuments(UserDict[str, V]):
    """Values by name, JSON-ready. Set a value again instead of changing it inside: else no write holds it."""

    def __init__(self, store: Store, place: str) -> None:
        super().__init__()
        self._store = store
        self._place = place
        self._changed: dict[str, None] = {}
        """Names of values that may differ from the store, in the order they changed."""

    def load(self, values: Mapping[str, V]) -> None:
        """Take over what the last run left. What the store holds besides goes with the next write."""
        self.data = dict(values)
        self._changed = dict.fromkeys((*values, *self._store.states(self._place)))

    def __setitem__(self, name: str, value: V) -> None:
        super().__setitem__(name, value)
        self._changed[name] = None

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self._changed[name] = None

    def unwritten(self) -> dict[str, dict[str, Any] | None]:
        """The named pieces of state that differ from the store, for a `Change`."""
        found: dict[str, dict[str, Any] | None] = {}
        for name in tuple(self._changed):
            key = f"{self._place}.{name}"
            document = {"value": self.data[name]} if name in self.data else None
            if self._store.state(key) == (document or {}):
                del self._changed[name]
            else:
                found[key] = document
        return found
