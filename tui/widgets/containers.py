"""Textual's containers, laid out once for each change."""

from __future__ import annotations

from textual import containers

from tui.widgets.lines import LaidOutOnce


class Horizontal(LaidOutOnce, containers.Horizontal):
    """Parts beside each other."""


class Vertical(LaidOutOnce, containers.Vertical):
    """Parts below each other."""


class VerticalScroll(LaidOutOnce, containers.VerticalScroll):
    """Parts below each other, of which a window is seen."""
