"""Every record as it stands, by kind: what a store is made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.domain.shared.forgotten import Forgotten, HashKey
from tui.domain.shared.same_person import SamePerson


class Stored(ABC):
    """Every record as it stands, by kind."""

    @abstractmethod
    def contact(self, contact_id: str) -> Contact | None:
        """The contact of this very id, or None."""

    @abstractmethod
    def contacts(self) -> Iterator[Contact]:
        """Every contact."""

    @abstractmethod
    def contact_ids(self) -> Iterable[str]:
        """Ids of every contact."""

    @abstractmethod
    def calls(self, contact_id: str | None, since: datetime | None) -> Sequence[Call]:
        """Calls under this very id, or all, from `since` on, oldest first."""

    @abstractmethod
    def call(self, call_id: str) -> Call | None:
        """One call, or None."""

    @abstractmethod
    def plans(self, contact_id: str | None) -> Iterable[PlannedCall]:
        """Planned calls under this very id, or all."""

    @abstractmethod
    def sessions(self) -> Iterable[Session]:
        """Every session."""

    @abstractmethod
    def entries(self) -> Iterable[Entry]:
        """Every entry of the do-not-call list."""

    @abstractmethod
    def reps(self) -> Iterable[Rep]:
        """Every rep."""

    @abstractmethod
    def same_person(self) -> Iterable[SamePerson]:
        """Every decision about two ids."""

    @abstractmethod
    def forgotten(self) -> Iterable[Forgotten]:
        """Everybody who is forgotten."""

    @abstractmethod
    def hash_keys(self) -> Iterable[HashKey]:
        """Every key."""
