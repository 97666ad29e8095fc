"""What the records of others brought, as counts: what a merge has to say."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from msgspec import Struct, field


class Came(Struct):
    """What records of others brought; people and reps by id."""

    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    calls: Counter[str] = field(default_factory=Counter)
    """New calls by the rep who made them."""
    corrected: int = 0
    """Calls that were known, and say something else now."""
    refused: Counter[str] = field(default_factory=Counter)
    """People who asked not to be called, by the rep they told."""
    listed: Counter[str] = field(default_factory=Counter)
    """People on the do-not-call list otherwise: by hand, or because a list said so."""
    barred: int = 0
    """Numbers and firms that came on the do-not-call list by themselves."""
    lifted: Counter[str] = field(default_factory=Counter)
    planned: int = 0
    promises: Counter[str] = field(default_factory=Counter)
    """Calls that others promised for a time to come."""
    forgotten: int = 0
    fast: dict[str, timedelta] = field(default_factory=dict)
    """By how much the clock of a rep was fast; the key is the end of their id."""
    joined: int = 0
    """Records found to be of a person we have."""
    nobodys: int = 0
    """People without an owner that can be called, once people came in: they stand in the queue of every rep."""
    doubtful: tuple[tuple[str, str], ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether anything was new."""
        counts = (self.corrected, self.barred, self.planned, self.forgotten, self.joined)
        groups = (self.added, self.changed, self.calls, self.refused, self.listed, self.lifted, self.promises)
        return any(counts) or any(groups)
