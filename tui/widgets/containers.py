"""Textual's containers, laid out once for each change; so are our own parts."""

from __future__ import annotations

from typing import Any

from textual import containers
from textual.geometry import Size
from textual.reactive import Reactive


class LaidOutOnce:
    """Stands before Textual's class among the bases of a widget.

    Textual lays the whole screen out once more, and paints it once more, for a widget that a layout gave another size.
    Of another height nothing comes; with another width lines break elsewhere, so there it has to be.
    """

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """As in Textual, which lays the screen out for every change of it, and paints the widget when that is done."""

    def watch_virtual_size(self: Any, before: Size, now: Size) -> None:
        """Lines break elsewhere in another width."""
        if before.width not in (0, now.width):
            self.refresh(layout=True)


class Horizontal(LaidOutOnce, containers.Horizontal):
    """Parts beside each other."""


class Vertical(LaidOutOnce, containers.Vertical):
    """Parts below each other."""


class VerticalScroll(LaidOutOnce, containers.VerticalScroll):
    """Parts below each other, of which a window is seen."""
