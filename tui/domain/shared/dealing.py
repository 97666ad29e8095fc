"""Who gets whom when a list is dealt out to reps: one firm, one rep; shares even within the size of one firm.

Deterministic: the same rows and the same reps give the same shares on every machine.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, field

By = Literal["equal", "owner", "zone", "company"]
"""`equal`: in turn. `owner`: whose they are; the others in turn. `zone` and `company`: neighbours together."""
IN_ORDER = frozenset({"zone", "company"})
"""Ways that give each rep one stretch of the ordered list."""


class Row(Struct, frozen=True):
    """One person of the list."""

    owner: str = ""
    """Whose they are already: the name of a rep, or somebody else's; empty: nobody's."""
    ties: tuple[Hashable, ...] = ()
    """What keeps them with others: their firm, their own number in another row. Equal ties, one rep."""
    place: Any = ""
    """Where they stand when the list is dealt out in order; the places of one list compare with each other."""


class _Group(Struct):
    """Rows that go to one rep."""

    rows: list[int] = field(default_factory=list)
    place: Any = ""


class Dealt(Struct, frozen=True):
    """Whose each row is now."""

    reps: tuple[str, ...]
    """By row: the rep's name; empty for a row of somebody who is none of the reps, or of their firm."""
    kept_for: Mapping[int, str]
    """By row that nobody got: whose it, or its firm, is."""
    shared: tuple[tuple[int, ...], ...]
    """Rows of one firm that has several owners: they stay with these."""


def deal(rows: Sequence[Row], reps: Sequence[str], by: By) -> Dealt:
    """The rep of every row. `reps` are at least one name, each once."""
    owners: dict[int, str] = {}
    free: list[_Group] = []
    shared: list[tuple[int, ...]] = []
    for group in _groups(rows):
        votes = Counter(rows[one].owner for one in group.rows if rows[one].owner)
        if not votes:
            free.append(group)
            continue
        if len(votes) > 1:
            shared.append(tuple(group.rows))
        most = max(votes.values())
        first = min((owner for owner in votes if votes[owner] == most), key=lambda one: _turn(one, reps))
        owners |= {one: rows[one].owner or first for one in group.rows}
    owned = Counter(owners.values())
    load = {rep: owned[rep] for rep in reps}
    dealt = (_in_stretches if by in IN_ORDER else _in_turn)(free, load)
    owners |= {one: rep for group, rep in dealt for one in group.rows}
    return Dealt(
        tuple(owners[one] if owners[one] in reps else "" for one in range(len(rows))),
        {one: owner for one, owner in sorted(owners.items()) if owner not in reps},
        tuple(shared),
    )


def _turn(owner: str, reps: Sequence[str]) -> tuple[int, str]:
    return (reps.index(owner) if owner in reps else len(reps)), owner


def _groups(rows: Sequence[Row]) -> list[_Group]:
    """The rows that ties keep together, in the order of their first rows."""
    first: dict[Hashable, int] = {}
    head = list(range(len(rows)))

    def top(one: int) -> int:
        while head[one] != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    for number, row in enumerate(rows):
        for tie in row.ties:
            low, high = sorted((top(first.setdefault(tie, number)), top(number)))
            head[high] = low
    groups: defaultdict[int, _Group] = defaultdict(_Group)
    for number in range(len(rows)):
        groups[top(number)].rows.append(number)
    for group in groups.values():
        places = Counter(rows[one].place for one in group.rows)
        group.place = min(places, key=lambda place: (-places[place], place))
    return list(groups.values())


def _in_turn(groups: Iterable[_Group], load: dict[str, int]) -> Iterable[tuple[_Group, str]]:
    """The largest first, each to whoever has least: nobody then has more than one firm more than another."""
    for group in sorted(groups, key=lambda one: (-len(one.rows), one.rows[0])):
        rep = min(load, key=lambda one: load[one])
        load[rep] += len(group.rows)
        yield group, rep


def _in_stretches(groups: Iterable[_Group], load: Mapping[str, int]) -> Iterable[tuple[_Group, str]]:
    """In order, to one rep after the other; who has people already gets fewer."""
    ordered = sorted(groups, key=lambda one: (one.place, one.rows[0]))
    ends = _ends(load, sum(len(group.rows) for group in ordered))
    passed = 0
    for group in ordered:
        middle = passed + len(group.rows) / 2
        passed += len(group.rows)
        yield group, next((rep for rep, end in ends if middle < end), ends[-1][0])


def _ends(load: Mapping[str, int], people: int) -> list[tuple[str, float]]:
    """Where each rep's stretch ends, so that all have as much as can be, together with what they have."""
    level, filled = 0.0, 0
    for count, have in enumerate(sorted(load.values()), start=1):
        filled += have
        if (people + filled) / count < have:
            break
        level = (people + filled) / count
    ends, at = [], 0.0
    for rep, have in load.items():
        at += max(level - have, 0.0)
        ends.append((rep, at))
    return ends
