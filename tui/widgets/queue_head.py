"""The lines over the queue: what Enter would do, how much fits, and what is wrong with the shared files."""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import var

from tui.cockpit.view import View
from tui.widgets.key_lines import hint
from tui.widgets.lines import Line, Lines, spread, wrap_some

LENGTH_COLUMN = 51
"""Where the second key stands on a screen of 80 columns."""


class QueueHead(Lines):
    """What one key would do now."""

    view: var[View | None] = var(None, init=False)
    """What to show."""
    hints: var[tuple[str, str, str, str]] = var(("Enter", "+", "another length", "i"), init=False)
    """Keys and words: ring, length, the length's words, import."""

    def watch_view(self) -> None:
        """Draw what changed."""
        self.update_lines()

    def watch_hints(self) -> None:
        """The keys were changed."""
        self.update_lines()

    def lines(self, width: int) -> Sequence[Line]:
        """Enter, the summary, then a demo banner and problems when there are any."""
        if self.view is None:
            return ()
        queue = self.view.queue
        ring, length, words, imports = self.hints
        key = queue.enter
        enter = ((key.words, "dim"),) if key.does == "nothing" else hint(ring, key.words)
        lines = [spread(enter, hint(length, words), width, LENGTH_COLUMN)]
        lines += [((" ", ""), (line, "")) for line in wrap_some(queue.summary, width - 2, 2)]
        if queue.demo:
            lines.append(
                (
                    (" ", ""),
                    ("Demo people, nobody real.  ", "accent"),
                    (imports, "key"),
                    ("  takes your own list", ""),
                )
            )
        if self.view.problems:
            more = len(self.view.problems) - 1
            first = self.view.problems[0] + (f" And {more} more: see settings." if more else "")
            lines += [((" ", ""), (line, "warn")) for line in wrap_some(first, width - 2, 2)]
        return lines
