"""The looks that words on a screen can have, worked out once for the whole screen."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

LOOKS = ("dim", "strong", "key", "accent", "live", "warn", "stop", "good", "rule", "cursor")
"""Names of the looks a part of a line can have; each is a `.lines--NAME` of the stylesheet."""
Result = TypeVar("Result")


class LookScreen(Screen[Result], inherit_bindings=False):
    """A screen whose parts are lines.

    It holds the looks for all of them: found by each widget for itself, they are most of what opening a screen costs.
    """

    COMPONENT_CLASSES = {f"lines--{look}" for look in LOOKS}
    DEFAULT_CSS = """
    LookScreen {
        & > .lines--dim { color: $text-muted; }
        & > .lines--strong { text-style: bold; }
        & > .lines--key { color: $text-accent; text-style: bold; }
        & > .lines--accent { color: $text-accent; }
        & > .lines--live { color: $text-success; text-style: bold; }
        & > .lines--warn { color: $text-warning; text-style: bold; }
        & > .lines--stop { color: $text-error; text-style: bold; }
        & > .lines--good { color: $text-success; }
        & > .lines--rule { color: $foreground 35%; }
        & > .lines--cursor { background: $primary 25%; text-style: bold; }
        &:nocolor > .lines--cursor { text-style: reverse; }
    }
    """
