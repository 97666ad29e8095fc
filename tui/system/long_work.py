"""Long work on another thread: how far it is, and that nobody waits for it any more."""

from __future__ import annotations


class LongWork:
    """One reading of a file, or one import.

    Each has its own: the thread of one that was left goes on for a moment, and neither counts for the next one nor
    goes on because the next one began.
    """

    def __init__(self) -> None:
        self.rows = 0
        """So many rows are done."""
        self._is_left = False

    def count(self, rows: int) -> None:
        """So many rows are done. Called from the other thread: only a number is set, a timer draws it."""
        self.rows = rows

    def leave(self) -> None:
        """Nobody wants what it gives any more."""
        self._is_left = True

    def is_left(self) -> bool:
        """Whether it is to stop."""
        return self._is_left
