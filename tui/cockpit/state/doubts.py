"""The pairs of people of whom somebody must still say whether they are one."""

from __future__ import annotations

from collections.abc import Iterator

from tui.storage.protocol import Store

DOUBTS = "doubts"
"""A piece of state: `pairs` of ids of whom somebody must say whether they are one person."""


def doubts_of(store: Store) -> Iterator[tuple[str, str]]:
    """The pairs that wait for an answer, each once, as they were listed; made while somebody asks for more."""
    seen: set[tuple[str, str]] = set()
    listed = store.state(DOUBTS).get("pairs", ())
    for pair in listed if isinstance(listed, list) else ():
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) and one for one in pair):
            one, other = sorted(map(store.persons.of, pair))
            if one == other or (one, other) in seen or store.persons.are_decided(one, other):
                continue
            if store.contact(one) and store.contact(other):
                seen.add((one, other))
                yield one, other
