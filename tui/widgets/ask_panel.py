"""A question: a framed box in the middle of the screen, with the keys that answer it inside."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.reactive import var

from tui.cockpit.view import Ask
from tui.locale.spoken import translated
from tui.widgets.containers import Horizontal, Vertical
from tui.widgets.key_lines import hint
from tui.widgets.lines import BLANK, Line, Lines, StaticLines, drawn, flow, paragraph, spread, width_of
from tui.widgets.text_line import TextLine
from tui.widgets.words import say

MOST_LINES = 7
"""Of a question: a rule of law with its source fits at 60 columns, and what is asked is never cut off."""
FRAME_LINES = 4
"""Of the screen that the box leaves free, with its frame: whoever is asked sees over what."""
PROMPT: Line = ((" > ", "accent strong"),)
"""Stands before a line to type on."""


class AskLines(Lines):
    """What is asked."""

    ask: drawn[Ask | None] = drawn(None)
    """The question."""

    def lines(self, width: int) -> Sequence[Line]:
        """The question, and a blank line."""
        return [*paragraph(self.ask.title, width, MOST_LINES, "strong"), BLANK] if self.ask else ()


class AskKeys(Lines):
    """The keys that answer it."""

    ask: drawn[Ask | None] = drawn(None)
    """The question."""

    def lines(self, width: int) -> Sequence[Line]:
        """A line for each key, Esc last; where the screen has no room for that, one after another."""
        ask = self.ask
        if ask is None:
            return ()
        keys = [
            (say("enter_or", key=key) if key == ask.default else key, words) for key, words in ask.choices
        ]
        keys = [(translated("Enter"), translated("take it"))] if ask.text else keys
        keys.append((translated("Esc"), translated(ask.leave)))
        asked = len(paragraph(ask.title, width, MOST_LINES))
        if ask.text or asked + len(keys) + 1 > self.screen.size.height - 2 * FRAME_LINES:
            return flow([hint(key, words) for key, words in keys], width, 6)
        room = max(width_of(((key, ""),)) for key, _ in keys)
        return [spread(((f"{key:>{room}}", "key"), (f"  {words}", "")), (), width) for key, words in keys]


class AskPanel(Vertical):
    """The box with, when a sentence is asked for, a line to type it on."""

    DEFAULT_CSS = """
    AskPanel {
        width: 64; max-width: 94%; height: auto; display: none;
        border: round $text-primary; background: $background; padding: 0 1;
    }
    AskPanel.-asked { display: block; }
    AskPanel #ask-answer { height: 1; display: none; margin: 0 0 1 0; }
    AskPanel.-text #ask-answer { display: block; }
    AskPanel #ask-prompt { width: 3; }
    """

    ask: var[Ask | None] = var(None, init=False)
    """What is asked; None hides the box."""

    def compose(self) -> ComposeResult:
        """The question, the line to type on, the keys."""
        yield AskLines(id="ask-lines")
        with Horizontal(id="ask-answer"):
            yield StaticLines(PROMPT, id="ask-prompt")
            yield TextLine(id="ask-text")
        yield AskKeys(id="ask-keys")

    def watch_ask(self, before: Ask | None, ask: Ask | None) -> None:
        """Show the question; a sentence typed for another question goes."""
        self.set_class(ask is not None, "-asked")
        self.set_class(ask is not None and ask.text, "-text")
        if not self.children:
            return
        self.query_one(AskLines).ask = self.query_one(AskKeys).ask = ask
        if ask is None or before is None or before.id != ask.id:
            self.query_one(TextLine).set_text(ask.typed if ask else "")

    @property
    def answer_line(self) -> TextLine:
        """Where a sentence is typed."""
        return self.query_one(TextLine)
