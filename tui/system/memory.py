"""Giving memory back, and looking for what can be given back, without holding anybody up."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_AT_ONCE = 1_000
"""Freed within a few milliseconds."""
_SOON = 3
"""After so many looks at younger objects Python will soon look through all of them: it does so after ten."""


def release(held: list[Any]) -> None:
    """Empty a list that alone holds many records, from its end and a few at a time.

    In one go a hundred thousand take a fifth of a second, in which no other thread of the program gets its turn.
    """
    while held:
        del held[-_AT_ONCE:]


@contextmanager
def without_collector(*, keeps: bool = False) -> Iterator[None]:
    """Work that makes many objects and no garbage, without the collector looking for some.

    Inside, no collection runs. With a hundred thousand objects in the making one takes a part of a second,
    finds nothing, and holds every thread up. `keeps`: what was made stays, so that later collections pass over it.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if keeps:
            gc.freeze()
        if collecting:
            gc.enable()


class Garbage:
    """Looks through all objects while nobody waits, before Python does so in the middle of a key."""

    def __init__(self) -> None:
        self._stay: set[str] = set()

    def look(self, stays: str = "") -> None:
        """Look now, if Python would do so soon. `stays`: what is there from now on to the end, so that nobody looks
        through it again; empty: nothing more.
        """
        if stays and stays not in self._stay:
            self._stay.add(stays)
            gc.freeze()
        if gc.get_count()[2] >= _SOON:
            gc.collect()
