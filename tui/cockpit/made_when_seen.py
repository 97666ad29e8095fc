"""A list whose items are made when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

ItemT = TypeVar("ItemT")


class MadeWhenSeen(Sequence[ItemT]):
    """Items made only when somebody looks at them, so that 100,000 people cost nothing to rank or to show."""

    def __init__(
        self, count: Callable[[], int], at: Callable[[int], ItemT], place: Callable[[str], int | None]
    ) -> None:
        """`place`: where the item of an id stands, None when it is not here."""
        self._count, self._at, self.place = count, at, place

    def __len__(self) -> int:
        return self._count()

    @overload
    def __getitem__(self, index: int) -> ItemT: ...
    @overload
    def __getitem__(self, index: slice) -> list[ItemT]: ...
    def __getitem__(self, index: int | slice) -> ItemT | list[ItemT]:
        places = range(self._count())[index]
        return self._at(places) if isinstance(places, int) else [self._at(place) for place in places]
