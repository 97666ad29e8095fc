"""One line to type in. Nothing unprintable gets in, by key or by paste, and Alt+letter is not a letter."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.widgets.lines import visible

MAX_TYPED = 500
"""Characters a line holds, but for notes."""


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
        self, value: str = "", *, placeholder: str = "", id: str | None = None, most: int = MAX_TYPED
    ) -> None:
        super().__init__(
            visible(value),
            placeholder=placeholder,
            id=id,
            compact=True,
            select_on_focus=False,
            max_length=most,
        )

    def set_text(self, text: str) -> None:
        """Put other words into the line, the cursor behind them."""
        self.value = visible(text)
        self.cursor_position = len(self.value)

    def restricted(self) -> None:
        """Textual found that it does not fit: the screen says so."""
        self.post_message(self.Full(self.max_length or 0))

    def wants(self, event: events.Key) -> bool:
        """Whether a printable key is text here."""
        return event.is_printable and not event.key.startswith("alt+")

    async def _on_key(self, event: events.Key) -> None:
        if self.wants(event):
            await super()._on_key(event)
        else:
            # Not text: the key goes on to the screen, and the field's own handler must not take it.
            self._restart_blink()
            event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        words = visible(" ".join(event.text.split()))
        if self.selection.is_empty:
            self.insert_text_at_cursor(words)
        else:
            self.replace(words, *self.selection)
        event.stop()
        event.prevent_default()
