"""A rep as the records know them: a fixed id, the name they go by, and the names they went by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rep:
    """Who made calls or owns people. The id is made once for each data folder."""

    id: str
    label: str = ""
    """`me.name` of the settings."""
    aliases: tuple[str, ...] = ()
    """Earlier labels, so that an owner written as one of them is known to be this rep."""
    rev: int = 0
    edited_at: datetime | None = None

    def called(self, label: str) -> Rep:
        """The rep under this name; an earlier one becomes an alias."""
        if label == self.label:
            return self
        earlier = (*self.aliases, self.label) if self.label else self.aliases
        aliases = tuple(name for name in dict.fromkeys(earlier) if name != label)
        return replace(self, label=label, aliases=aliases)
