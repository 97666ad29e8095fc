"""Long work in parts, between which something shorter has its turn: a generator that yields, and returns the result."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def whole(parts: Generator[None, None, T]) -> T:
    """The result of work that nobody has to wait for, done in one go."""
    while True:
        try:
            next(parts)
        except StopIteration as end:
            result: T = end.value
            return result


def in_parts(several: Iterable[T], size: int) -> Iterator[list[T]]:
    """So many at a time, in their order; the last may be fewer."""
    left = iter(several)
    while part := list(islice(left, size)):
        yield part
