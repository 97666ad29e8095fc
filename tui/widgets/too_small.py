"""What stands on a screen that is too small for anything else."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size
from textual.reactive import var

from tui.cockpit.view import View
from tui.widgets.clock_line import minutes_and_seconds
from tui.widgets.lines import BLANK, Line, Lines, wrap

LEAST = Size(60, 16)
"""The smallest screen we draw on."""


class TooSmall(Lines):
    """One centred sentence, and the time left, which runs on."""

    view: var[View | None] = var(None, init=False)
    """What to show."""

    def watch_view(self) -> None:
        """A second passed."""
        self.update_lines()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The whole screen."""
        return container.height

    def lines(self, width: int) -> Sequence[Line]:
        """The sentence in the middle."""
        size = self.screen.size
        words = (
            f"Power Hour needs {LEAST.width} x {LEAST.height}; this window is {size.width} x {size.height}."
        )
        sentence = wrap(words, max(width - 2, 4))
        if self.view and self.view.clock:
            sentence.append(f"{minutes_and_seconds(self.view.clock.left_s)} left")
        above = max((size.height - len(sentence)) // 2, 0)
        centred = [((" " * max((width - len(line)) // 2, 0) + line, ""),) for line in sentence]
        return [*([BLANK] * above), *centred]
