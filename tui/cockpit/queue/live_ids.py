"""Lists of ids that are always as of now and cost nothing until somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload


class LiveIds(Sequence[str]):
    """Ids asked for only when somebody looks at them."""

    def __init__(
        self, count: Callable[[], int], at: Callable[[int], str], place: Callable[[str], int | None]
    ) -> None:
        """`place`: where an id stands, None when it is not here."""
        self._count, self._at, self._place = count, at, place

    def __len__(self) -> int:
        return self._count()

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self._at(i) for i in range(*index.indices(self._count()))]
        if index < 0:
            index += self._count()
        if not 0 <= index < self._count():
            raise IndexError(index)
        return self._at(index)

    def index(self, value: Any, *_: Any) -> int:
        """Where an id stands. Raises ValueError when it is not here."""
        place = self._place(value)
        if place is None:
            raise ValueError(f"{value} is not here")
        return place
