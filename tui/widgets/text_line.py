"""One line to type in. Nothing unprintable gets in, by key or by paste, and Alt+letter is not a letter.

Keys come from the screen, in their order (`screens/key_stream.py`); the field's own handling of them is never asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.cockpit.view import Phase, View
from tui.locale.spoken import translated
from tui.plaintext import MAX_TEXT
from tui.widgets.lines import Line, ViewLines, drawn, labelled, rule, visible
from tui.widgets.words import say

MAX_TYPED = 500
"""Characters a line holds, but for notes."""
BREAK = "↵"
"""Shown where one line ends and the next begins, on a line that may hold several."""


class TextLine(Input, inherit_css=False):
    """A text field without a frame. It keeps its editing keys; every other key goes on to the screen.

    Its look stands here alone: to read all that an `Input` may look like is a hundredth of a start.
    """

    COMPONENT_CLASSES = Input.COMPONENT_CLASSES
    DEFAULT_CSS = """
    TextLine {
        width: 100%; height: 1; scrollbar-size-horizontal: 0; pointer: text;
        background: transparent; color: $foreground;
        & > .input--cursor {
            background: $input-cursor-background; color: $input-cursor-foreground;
            text-style: $input-cursor-text-style;
        }
        & > .input--selection {
            background: $input-selection-background; color: $input-selection-foreground;
        }
        & > .input--placeholder { color: $text-disabled; }
        &:nocolor > .input--cursor, &:nocolor > .input--selection { text-style: reverse; }
        &:ansi {
            background: ansi_default; color: ansi_default;
            & > .input--cursor { background: ansi_white; color: ansi_black; }
            & > .input--placeholder { text-style: dim; color: ansi_default; }
        }
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
        self.set_reactive(Input.cursor_blink, False)
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
        self.replace(words, *self.selection)

    def paste(self, text: str) -> None:
        """Put pasted text where the cursor is, without what a terminal would act upon; empty lines go."""
        lines = [visible(" ".join(line.split())) for line in text.splitlines()]
        self.put((BREAK if self.several else " ").join(line for line in lines if line))

    def break_line(self) -> None:
        """What follows is another line, where there may be several."""
        self.put(BREAK if self.several else " ")


NOTE_INDENT = 8
MOST_NOTES = 4


class NoteLine(TextLine):
    """The line the rep types on while talking."""

    def __init__(self, is_command: Callable[[str], bool], *, id: str | None = None) -> None:
        super().__init__(id=id, most=MAX_TEXT, several=True)
        self._is_command = is_command
        """Whether a key is a command on an empty line."""

    def wants(self, event: events.Key) -> bool:
        """Every printable key, except a command on an empty line."""
        if self.value or not super().wants(event):
            return super().wants(event)
        # A command goes by the name of its key, an answer with a key of its own by the character.
        return not (self._is_command(event.key) or self._is_command(event.character or ""))


class Notes(ViewLines):
    """The rule over the notes, and the notes kept so far, the latest last."""

    hints: drawn[tuple[str, str]] = drawn(("Up", "Enter"))
    """The key that puts a kept note back onto the line, and the one that keeps it."""

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """Only while talking; elsewhere the notes are part of what was kept."""
        if view.phase is not Phase.TALKING:
            return ()
        most = MOST_NOTES if self.level < 2 else 1
        first = max(len(view.notes) - most, 0)
        if view.changing is not None:
            first = min(first, view.changing)
        lines = [rule(translated("Notes"), self._right(view), width, "stop" if view.unsaved else "dim")]
        for place, note in enumerate(view.notes[first : first + most] if self.level < 5 else (), first):
            look = "strong" if place == view.changing else ""
            lines += labelled(note.at, note.text, width, NOTE_INDENT, look, most=1)
        return lines

    def _right(self, view: View) -> str:
        if view.changing is not None:
            at = view.notes[view.changing].at
            return say("changing", at=at, key=self.hints[1])
        if not view.notes:
            return say(
                "note_refused" if view.unsaved else "note_saved" if view.draft_saved else "note_unsaved"
            )
        code = (
            "changes_refused" if view.unsaved else "changes_saved" if view.draft_saved else "changes_unsaved"
        )
        return say(code, key=self.hints[0])


class KeptFromCall(ViewLines):
    """What stays visible while the rep chooses and fills: answers and notes of this call."""

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """Answers in one line, each note in its own."""
        if view.phase not in (Phase.CALL_OVER, Phase.FORM) or self.level >= 5:
            return ()
        lines: list[Line] = []
        if view.form is not None and view.form.answers:
            answers = "    ".join(f"{label}: {words}" for label, words in view.form.answers)
            lines += labelled(translated("Answers"), answers, width, 13, most=2 if self.level < 2 else 1)
        texts = [note.text for note in view.notes] + ([view.draft] if view.draft else [])
        most = MOST_NOTES if self.level < 2 else 1
        for number, text in enumerate(texts[-most:]):
            lines += labelled(
                translated("Notes") if number == 0 else "", text, width, 13, most=2 if self.level < 1 else 1
            )
        return [rule(translated("Kept from the call"), "", width), *lines] if lines else []
