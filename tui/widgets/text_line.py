"""One line to type in. Nothing unprintable gets in, by key or by paste, and Alt+letter is not a letter.

Keys come from the screen, in their order (`screens/key_stream.py`); the field's own handling of them is never asked.
"""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.widgets.lines import visible

MAX_TYPED = 500
"""Characters a line holds, but for notes."""
BREAK = "↵"
"""Shown where one line ends and the next begins, on a line that may hold several."""


class TextLine(Input):
    """A text field without a frame. It keeps its editing keys; every other key goes on to the screen."""

    DEFAULT_CSS = """
    TextLine, TextLine:focus {
        border: none; height: 1; padding: 0; background: transparent; color: $foreground;
        & > .input--placeholder { color: $text-disabled; }
    }
    """

    class Full(Message):
        """What was typed or pasted does not fit, and none of it was taken."""

        def __init__(self, most: int) -> None:
            super().__init__()
            self.most = most
            """Characters the line holds."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,
        most: int = MAX_TYPED,
        several: bool = False,
    ) -> None:
        """`most`: characters it holds; `several`: the lines of a pasted text stay lines."""
        self.several = several
        super().__init__(
            self._as_one(value),
            placeholder=placeholder,
            id=id,
            compact=True,
            select_on_focus=False,
            max_length=most,
        )
        self._known = self.value

    @property
    def words(self) -> str:
        """What stands on the line, each of several lines on its own."""
        return self.value.replace(BREAK, "\n") if self.several else self.value

    def _as_one(self, text: str) -> str:
        return visible(text.replace("\n", BREAK) if self.several else text)

    def set_text(self, text: str) -> None:
        """Put other words into the line, the cursor behind them."""
        self.value = self._known = self._as_one(text)
        self.cursor_position = len(self.value)

    def was_typed_on(self) -> bool:
        """Whether other words stand here than were put here, or than when this was asked last."""
        before, self._known = self._known, self.value
        return self.value != before

    def restricted(self) -> None:
        """Textual found that it does not fit: the screen says so."""
        self.post_message(self.Full(self.max_length or 0))

    def wants(self, event: events.Key) -> bool:
        """Whether a printable key is text here."""
        return event.is_printable and not event.key.startswith("alt+")

    def put(self, words: str) -> None:
        """Put words where the cursor is, in the place of what is selected."""
        self._restart_blink()
        self.replace(words, *self.selection)

    def paste(self, text: str) -> None:
        """Put pasted text where the cursor is, without what a terminal would act upon; empty lines go."""
        lines = [visible(" ".join(line.split())) for line in text.splitlines()]
        self.put((BREAK if self.several else " ").join(line for line in lines if line))

    def break_line(self) -> None:
        """What follows is another line, where there may be several."""
        self.put(BREAK if self.several else " ")
