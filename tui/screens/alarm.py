"""What is told of beside the screen: a bell, the terminal's title and a notification, at the minute of a promise.

Somebody who calls is told of in the same way while the window is too small to show it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from textual.app import App

from tui.cockpit.view import View
from tui.system import terminal


class Alarm:
    """Sounds once for each reason; the title goes when the reason does."""

    def __init__(self, app: App[Any], tell_terminal: Callable[[str], object], *, bell: bool = True) -> None:
        """`tell_terminal` writes a sequence to it; `bell`: whether it sounds."""
        self._app, self._tell_terminal, self._bell = app, tell_terminal, bell
        self._sounded: object = None
        """For what it was sounded last."""
        self._titled = False

    def follow(self, view: View, *, unseen: bool) -> None:
        """Sound for a view that has a reason; `unseen`: nothing of it can be read."""
        notice = view.notice
        reason: object = notice.id if notice is not None and notice.bell else None
        if unseen and (view.banner or view.ringing):
            reason = view.banner or view.ringing
        if reason is not None and reason != self._sounded:
            self._sounded, self._titled = reason, True
            if self._bell:
                self._app.bell()
            self._tell_terminal(terminal.TITLE if notice and notice.id == reason else terminal.TITLE_CALL)
            self._notify()
        elif self._titled and reason is None:
            self.end()

    def end(self) -> None:
        """The terminal's own title again."""
        if self._titled:
            self._titled = False
            self._tell_terminal(terminal.TITLE_BACK)

    def _notify(self) -> None:
        if self._app.is_headless:
            return
        if sequence := terminal.notification(os.environ):
            self._tell_terminal(sequence)
        elif command := terminal.notifier(os.environ):
            self._app.run_worker(terminal.notify(command), exit_on_error=False)
