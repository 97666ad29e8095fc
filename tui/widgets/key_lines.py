"""The last lines of a screen: what each key does here."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tui.widgets.lines import BLANK, Line, Lines, drawn, flow, spread, width_of

TIGHTEST = 5
"""The level at which only keys and their names are left."""


class KeyRow(Struct, frozen=True):
    """One row: words at the left, and words at the right edge or from `column` on."""

    left: Line
    right: Line = ()
    column: int = 0
    short: Line = ()
    """Fewer words for `left`, for a screen on which they do not fit."""
    short_right: Line = ()
    """Fewer words for `right`, where even those are too many."""
    wordy: bool = False
    """In the tightest layout the row goes; the key is then named in a flow (`KeyFlow.tight`)."""


class KeyFlow(Struct, frozen=True):
    """Hints one after another in as many lines as they need, at most `rows`; the last `keep` always stay."""

    hints: tuple[Line, ...]
    rows: int = 2
    keep: int = 1
    tight: tuple[Line, ...] = ()
    """Hints that come first in the tightest layout only."""


class SpareRow(Struct, frozen=True):
    """A row that is the first to go when room is short."""

    left: Line


Row = KeyRow | KeyFlow | SpareRow


def hint(key: str, words: str, gap: int = 2) -> Line:
    """A key and what it does."""
    return (key, "key"), (" " * gap + words, "")


class KeyLines(Lines):
    """Rows of hints. Which ones is for the screen to say."""

    rows: drawn[tuple[Row, ...]] = drawn(())
    """What to show; from `level` 1 on, rows that can be spared are left out."""

    asleep: drawn[Line] = drawn(())
    """While a question is asked: the one key that still works; the rows keep their room, so that nothing moves."""

    def lines(self, width: int) -> Sequence[Line]:
        """The rows, fitted to the width."""
        made = self._row_lines(width)
        return [spread(self.asleep, (), width), *([BLANK] * (len(made) - 1))] if self.asleep else made

    def _row_lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for row in self.rows:
            match row:
                case KeyRow(wordy=True) if self.level >= TIGHTEST:
                    continue
                case KeyRow(left, right, column, short, short_right):
                    if short and not _fits(left, right, width):
                        left = short
                    if short_right and not _fits(left, right, width):
                        right = short_right
                    lines.append(spread(left, right, width, column))
                case KeyFlow(hints, most, keep, tight):
                    shown = (*tight, *hints) if self.level >= TIGHTEST else hints
                    lines += flow(shown, width, most if self.level < 4 or self.level >= TIGHTEST else 1, keep)
                case SpareRow(left) if self.level < 1:
                    lines.append(spread(left, (), width))
        return lines


def _fits(left: Line, right: Line, width: int) -> bool:
    return width_of(left) + width_of(right) + (4 if right else 2) <= width
