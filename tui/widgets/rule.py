"""A rule across the screen, with or without words in it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import var

from tui.widgets.lines import Line, Lines, rule


class Rule(Lines):
    """`── Notes ─────────────────────── saved ──`."""

    left: var[str] = var("", init=False)
    """Words at the left end; none: an unbroken rule."""
    right: var[str] = var("", init=False)
    """Words at the right end."""

    def __init__(self, left: str = "", right: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Rule.left, left)
        self.set_reactive(Rule.right, right)

    def lines(self, width: int) -> Sequence[Line]:
        """The rule."""
        return (rule(self.left, self.right, width),)

    def watch_left(self) -> None:
        """Draw the words anew."""
        self.update_lines()

    def watch_right(self) -> None:
        """Draw the words anew."""
        self.update_lines()
