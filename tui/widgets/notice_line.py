"""What was saved a moment ago, and one sentence for the rep, for a while. Never a box, never in the way."""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import var
from textual.timer import Timer

from tui.cockpit.view import Notice, Saved
from tui.widgets.lines import Line, Lines, wrap_some

SHOWN_S = {"info": 8.0, "warn": 15.0, "error": 60.0}
"""How long a sentence stays, in seconds."""
LOOK = {"info": "accent", "warn": "warn", "error": "stop"}
WORD = {"info": "", "warn": "Careful: ", "error": "Problem: "}
"""The tone in words: colour alone says nothing."""


class NoticeLine(Lines):
    """The line about what was saved, as long as the view has one; under it the latest notice, until its time is over
    or `gone` is called.
    """

    notice: var[Notice | None] = var(None, init=False)
    """The latest; a greater `id` is a later one."""

    saved: var[Saved | None] = var(None, init=False)
    """What was saved; the cockpit takes it away."""
    undo_key: var[str] = var("", init=False)
    """The key that undoes it on this screen, as it is written there; empty: none."""

    _timer: Timer | None = None
    _gone: int = -1

    def watch_notice(self, notice: Notice | None) -> None:
        """A sentence came: show it and start its time."""
        if self._timer is not None:
            self._timer.stop()
        if notice is not None and self.is_running:
            self._timer = self.set_timer(SHOWN_S[notice.tone], self.gone)
        self.update_lines()

    def watch_saved(self, saved: Saved | None) -> None:
        """Something was saved, or its time is over."""
        self.update_lines()

    def gone(self) -> None:
        """Take the sentence away."""
        if self.notice is not None:
            self._gone = self.notice.id
            self.update_lines()

    def lines(self, width: int) -> Sequence[Line]:
        """Each in one or two lines, or nothing."""
        return [*self._saved_lines(width), *self._notice_lines(width)]

    def _saved_lines(self, width: int) -> list[Line]:
        saved = self.saved
        if saved is None:
            return []
        undo = f" · {self.undo_key} undo" if self.undo_key else ""
        rows = [*wrap_some(saved.text + undo, width - 2, 2), *wrap_some(saved.note, width - 2, 2)]
        return [((" ", ""), (row, "accent")) for row in rows if row]

    def _notice_lines(self, width: int) -> list[Line]:
        notice = self.notice
        if notice is None or notice.id <= self._gone:
            return []
        words = WORD[notice.tone] + notice.text
        return [((" ", ""), (line, LOOK[notice.tone])) for line in wrap_some(words, width - 2, 2)]
