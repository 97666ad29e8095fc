"""Every way to number a change, as a machine of which every interleaving is walked through.

A feed gives out numbers, and a reader remembers the highest it has seen. Where a number is taken before the commit, a
later one can be seen first: the reader steps over the earlier one and never sees it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Scheme = Literal["sequence", "counter row", "counter in a transaction of its own"]
IDLE, NUMBERED, WRITTEN, DONE, ABORTED = range(5)


@dataclass(frozen=True)
class State:
    """Where each writer is, and what the reader knows."""

    at: tuple[int, ...]
    number: tuple[int, ...]
    next_number: int = 1
    lock: int = -1
    """The writer who holds the counter's row."""
    cursor: int = 0
    seen: frozenset[int] = frozenset()
    committed: frozenset[int] = frozenset()


Step = tuple[str, State]


def _with(values: tuple[int, ...], place: int, value: int) -> tuple[int, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _steps(s: State, one: int, scheme: Scheme) -> Iterator[Step]:
    """What one writer may do next."""
    at = s.at[one]
    if at == IDLE and (scheme == "sequence" or s.lock == -1):
        lock = one if scheme == "counter row" else -1
        number = _with(s.number, one, s.next_number)
        taken = replace(
            s, at=_with(s.at, one, NUMBERED), number=number, next_number=s.next_number + 1, lock=lock
        )
        yield f"{one} takes {s.next_number}", taken
    elif at == NUMBERED:
        yield f"{one} writes", replace(s, at=_with(s.at, one, WRITTEN))
    elif at == WRITTEN:
        free = -1 if s.lock == one else s.lock
        done = replace(s, at=_with(s.at, one, DONE), committed=s.committed | {one}, lock=free)
        yield f"{one} commits", done
        # A counter in a row goes back with its transaction; a sequence does not.
        back = s.number[one] if scheme == "counter row" else s.next_number
        yield f"{one} aborts", replace(s, at=_with(s.at, one, ABORTED), lock=free, next_number=back)


def _pulled(s: State) -> State:
    fresh = {one for one in s.committed if s.number[one] > s.cursor}
    return replace(s, seen=s.seen | fresh, cursor=max([s.cursor, *(s.number[one] for one in fresh)]))


@dataclass
class Walk:
    """What walking through all of it found."""

    states: int = 0
    skips: tuple[str, ...] = ()
    """The shortest way to a committed change that the reader never sees; empty when there is none."""


def walk(scheme: Scheme, writers: int = 3) -> Walk:
    """Walk through every interleaving of these writers and a reader."""
    none = (0,) * writers
    start = State(none, none)
    ways: dict[State, tuple[str, ...]] = {start: ()}
    queue, found = [start], Walk()
    for s in queue:  # breadth first: it grows while it is walked
        found.states += 1
        pulled = _pulled(s)
        if all(at in (DONE, ABORTED) for at in s.at):
            if pulled.seen != s.committed and not found.skips:
                found.skips = ways[s]
            continue
        steps = [step for one in range(writers) for step in _steps(s, one, scheme)]
        for name, then in (*steps, ("a pull", pulled)):
            if then not in ways:
                ways[then] = (*ways[s], name)
                queue.append(then)
    return found
