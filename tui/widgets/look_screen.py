"""The screen on which lines stand, and the looks they can have."""

from __future__ import annotations

from typing import Any, TypeVar

from textual import events, on
from textual.app import App, ScreenStackError
from textual.reactive import Reactive
from textual.screen import Screen

LOOKS = ("dim", "strong", "key", "accent", "primary", "live", "warn", "stop", "good", "rule", "cursor")
"""Names of the looks a part of a line can have; each is a `.lines--NAME` of the stylesheet."""
Result = TypeVar("Result")


def seen_screen(app: App[Any]) -> Screen[Any] | None:
    """The screen that is seen; None once the app has ended and a key comes in all the same."""
    try:
        return app.screen
    except ScreenStackError:
        return None


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
        & > .lines--primary { color: $text-primary; }
        & > .lines--live { color: $text-success; text-style: bold; }
        & > .lines--warn { color: $text-warning; text-style: bold; }
        & > .lines--stop { color: $text-error; text-style: bold; }
        & > .lines--good { color: $text-success; }
        & > .lines--rule { color: $rule; }
        & > .lines--cursor { background: $bar; text-style: bold; }
        &:ansi > .lines--cursor { background: ansi_default; color: ansi_default; text-style: bold reverse; }
        &:nocolor > .lines--cursor { text-style: bold reverse; }
        &:nocolor > .lines--stop { text-style: bold underline; }
    }
    """

    focused = Reactive(None, repaint=False)
    """As in Textual, which paints the whole screen once more: who gets or loses the cursor is painted anyway."""

    _is_new = True

    @on(events.ScreenResume)
    def _keep_styles(self, event: events.ScreenResume) -> None:
        """Seen again, or for the first time with the style sheets of the app: its parts have their styles.

        Textual would work all of them out once more, which was a tenth of the start, and again on each way between the
        queue and a call. A part that is new or has another class is styled by itself, and other colours are taken on
        before: by `refresh_css` for the screens of this mode, by `switch_mode` for those of another. Only a screen
        with a style sheet of its own is styled when it is first seen: from Python 3.12 on, Textual makes its parts
        before it reads that.
        """
        event.refresh_styles = self._is_new and not set(self.css_path) <= set(self.app.css_path)
        self._is_new = False
