"""That two ids are one person, or that they are two, as somebody decided; and which id speaks for all of one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from tui.domain.ids import derived_id


class SamePerson(Struct, frozen=True):
    """One decision about two contact ids. Nothing is rewritten by it, so that it can be taken back."""

    id: str
    """Follows from the two ids: two reps who decide about one pair write one record."""
    one: str
    """The smaller of the two ids."""
    other: str
    same: bool
    """False: somebody looked, and they are two people. They are not asked about again."""
    at: datetime
    """When it was decided (UTC)."""
    rep: str = ""
    rev: int = 0
    edited_at: datetime | None = None
    voided_at: datetime | None = None
    """When it was undone: then nobody decided about these two."""


def decision_id(one: str, other: str) -> str:
    """The id of the decision about two contact ids, in any order. Raises ValueError when they are one id."""
    first, second = sorted((one, other))
    if first == second:
        raise ValueError("one id is one person")
    return derived_id("same_person", first, second)


def decided(one: str, other: str, *, same: bool, at: datetime, rep: str) -> SamePerson:
    """The decision about two contact ids, in any order. Raises ValueError when they are one id."""
    first, second = sorted((one, other))
    return SamePerson(decision_id(first, second), first, second, same, at, rep)


def apart(one: str, persons: Persons, *, at: datetime, rep: str) -> tuple[SamePerson, ...]:
    """The decisions by which an id is a person of its own, and none of those it was joined to; empty for one alone."""
    others = (other for other in persons.ids(one) if other != one)
    return tuple(decided(one, other, same=False, at=at, rep=rep) for other in others)


class Persons:
    """Which ids are one person. The smallest, which is the oldest, speaks for all, in whatever order."""

    def __init__(self, decisions: Iterable[SamePerson] = ()) -> None:
        self._up: dict[str, str] = {}
        self._apart: set[tuple[str, str]] = set()
        for decision in decisions:
            if decision.voided_at:
                continue
            if decision.same:
                self._join(decision.one, decision.other)
            else:
                self._apart.add((decision.one, decision.other))
        self._others: dict[str, tuple[str, ...]] = {}
        for one in sorted(self._up):
            speaker = self.of(one)
            self._others[speaker] = (*self._others.get(speaker, ()), one)

    def __bool__(self) -> bool:
        return bool(self._up)

    def of(self, contact_id: str) -> str:
        """The id that speaks for this one; itself when it is joined to none."""
        while contact_id in self._up:
            contact_id = self._up[contact_id]
        return contact_id

    def ids(self, contact_id: str) -> tuple[str, ...]:
        """Every id of this person, the one that speaks first."""
        speaker = self.of(contact_id)
        return (speaker, *self._others.get(speaker, ()))

    @property
    def silent(self) -> frozenset[str]:
        """The ids for which another one speaks."""
        return frozenset(self._up)

    def are_decided(self, one: str, other: str) -> bool:
        """Whether somebody said of these two that they are one person, or that they are not."""
        first, second = sorted((one, other))
        return self.of(one) == self.of(other) or (first, second) in self._apart

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        if first != second:
            self._up[second] = first
