"""Lists of ids that are always as of now and cost nothing until somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload


class LiveIds(Sequence[str]):
    """Ids asked for only when somebody looks at them."""

    def __init__(self, count: Callable[[], int], at: Callable[[int], str]) -> None:
        self._count, self._at = count, at

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
