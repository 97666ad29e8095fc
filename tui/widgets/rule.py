"""A rule across the screen, with or without words in it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.reactive import var

from tui.widgets.lines import Line, Lines, cut, rule


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


class CallerRule(Lines):
    """The rule under line 1; while somebody calls and the rep is at something else it says so, and takes no key."""

    words: var[tuple[str, str]] = var(("", ""), init=False)
    """Who calls, and the key that shows their card; an empty name: an unbroken rule."""

    def lines(self, width: int) -> Sequence[Line]:
        """One line: the name is cut first, never the key."""
        who, key = self.words
        if not who:
            return (rule("", "", width),)
        key = f". {key}."
        told = cut(who, width - 8 - cell_len(key)) + key
        return (
            (("── ", "warn"), (told, "warn strong"), (" ", ""), ("─" * (width - 4 - cell_len(told)), "warn")),
        )

    def watch_words(self) -> None:
        """Somebody calls, or no longer."""
        self.update_lines()
