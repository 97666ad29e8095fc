"""Who is in the records twice, because two reps brought the same people: surely, and perhaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import combinations

from msgspec import Struct

from tui.domain.contact import Contact
from tui.domain.identity.matching import Likeness, likeness, traits
from tui.domain.parts import in_parts
from tui.domain.shared.same_person import Persons, SamePerson, decided, decision_id

CROWD = 12
"""So many share the number of a switchboard or a common name: only who is named alike there is compared."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Twins(Struct, frozen=True):
    """What was found among all records."""

    sure: tuple[SamePerson, ...]
    """Decisions that are still to be written. They follow from the two records alone, whoever makes them."""
    doubtful: tuple[tuple[str, str], ...]
    """Pairs of ids that somebody should look at; each person as the id that speaks for them."""


def find_twins(
    contacts: Iterable[Contact], decisions: Iterable[SamePerson], at_once: int
) -> Generator[None, None, Twins]:
    """Compare all records (as they stand, each under its own id) that have something in common; they are the result.

    It stops after so many records or pairs each. What somebody decided, or undid, about two of them stays as it is.
    """
    known = {one.id: one for one in decisions}
    sure: dict[str, SamePerson] = {}
    doubtful: list[tuple[Contact, Contact]] = []
    sharing: defaultdict[object, list[Contact]] = defaultdict(list)
    for part in in_parts(contacts, at_once):
        for contact in part:
            for trait in traits(contact):
                sharing[trait].append(contact)
        yield
    for pairs in in_parts(_pairs_of(sharing), at_once):
        for one, other, alike in _alike(pairs):
            found = known.get(decision_id(one.id, other.id))
            if alike == "sure" and found is None:
                decision = _decision(one, other)
                sure[decision.id] = decision
            elif alike == "doubtful" or (found and found.voided_at):
                doubtful.append((one, other))
        yield
    persons = Persons((*known.values(), *sure.values()))
    asked = dict.fromkeys(
        tuple(sorted((persons.of(one.id), persons.of(other.id)))) for one, other in doubtful
    )
    left = tuple((one, other) for one, other in sorted(asked) if not persons.are_decided(one, other))
    return Twins(tuple(sure[one] for one in sorted(sure)), left)


def _decision(one: Contact, other: Contact) -> SamePerson:
    """Nobody's decision, at a time that two reps who never met find alike."""
    at = max(one.created_at or _LONG_AGO, other.created_at or _LONG_AGO)
    return decided(one.id, other.id, same=True, at=at, rep="")


def _alike(pairs: Iterable[tuple[Contact, Contact]]) -> Iterator[tuple[Contact, Contact, Likeness]]:
    """Those that are not surely two people."""
    for one, other in pairs:
        if (alike := likeness(one, other)) != "two":
            yield one, other, alike


def _pairs_of(sharing: Mapping[object, list[Contact]]) -> Iterator[tuple[Contact, Contact]]:
    """Every pair that shares a trait, once."""
    seen: set[tuple[str, str]] = set()
    for trait, several in sharing.items():
        for one, other in _pairs(trait, several):
            pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
            if pair not in seen:
                seen.add(pair)
                yield one, other


def _pairs(trait: object, several: list[Contact]) -> Iterator[tuple[Contact, Contact]]:
    if len(several) < CROWD:
        yield from combinations(several, 2)
        return
    named: defaultdict[tuple[str, str], list[Contact]] = defaultdict(list)
    for contact in several:
        key = contact.full_name.casefold(), contact.company.casefold() if isinstance(trait, frozenset) else ""
        named[key].append(contact)
    for same in named.values():
        if len(same) < CROWD:
            yield from combinations(same, 2)
