"""The peer of the start and of doing nothing: the smallest Textual app that shows a name, or a clock.

python -m bench.bare NAME     shows the name
python -m bench.bare --clock  shows the seconds, once a second
"""

from __future__ import annotations

import sys
import time

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """One line of text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        yield Static("" if self.text == "--clock" else self.text, markup=False)

    def on_mount(self) -> None:
        if self.text == "--clock":
            self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        self.query_one(Static).update(time.strftime("%H:%M:%S"))


if __name__ == "__main__":
    Bare(sys.argv[1]).run()
