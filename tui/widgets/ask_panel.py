"""A one-key question in the place of the key lines: the question, the keys that answer it, Esc."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.reactive import var

from tui.cockpit.view import Ask
from tui.locale.spoken import translated
from tui.widgets.containers import Horizontal, Vertical
from tui.widgets.key_lines import hint
from tui.widgets.lines import Line, Lines, StaticLines, drawn, flow, paragraph
from tui.widgets.text_line import TextLine
from tui.widgets.words import say

MOST_LINES = 5
"""Of a question: a rule of law with its source fits at 60 columns, and what is asked is never cut off."""
PROMPT: Line = ((" > ", "key"),)
"""Stands before a line to type on."""


class AskLines(Lines):
    """The question and its choices."""

    ask: drawn[Ask | None] = drawn(None)
    """What is asked."""

    def lines(self, width: int) -> Sequence[Line]:
        """The question, then the choices, Esc last."""
        ask = self.ask
        if ask is None:
            return ()
        choices = [
            hint(say("enter_or", key=key) if key == ask.default else key, words) for key, words in ask.choices
        ]
        if ask.text:
            choices = [hint(translated("Enter"), translated("take it"))]
        title = paragraph(ask.title, width, MOST_LINES, "strong")
        return [*title, *flow([*choices, hint(translated("Esc"), translated(ask.leave))], width, 6)]


class AskPanel(Vertical):
    """The question with, when a sentence is asked for, a line to type it on."""

    DEFAULT_CSS = """
    AskPanel { height: auto; display: none; }
    AskPanel.-asked { display: block; }
    AskPanel #ask-answer { height: 1; display: none; }
    AskPanel.-text #ask-answer { display: block; }
    AskPanel #ask-prompt { width: 3; }
    """

    ask: var[Ask | None] = var(None, init=False)
    """What is asked; None hides the panel."""

    def compose(self) -> ComposeResult:
        """The lines, and the line to type on."""
        yield AskLines(id="ask-lines")
        with Horizontal(id="ask-answer"):
            yield StaticLines(PROMPT, id="ask-prompt")
            yield TextLine(id="ask-text")

    def watch_ask(self, before: Ask | None, ask: Ask | None) -> None:
        """Show the question; a sentence typed for another question goes."""
        self.set_class(ask is not None, "-asked")
        self.set_class(ask is not None and ask.text, "-text")
        if not self.children:
            return
        self.query_one(AskLines).ask = ask
        if ask is None or before is None or before.id != ask.id:
            self.query_one(TextLine).set_text("")

    @property
    def answer_line(self) -> TextLine:
        """Where a sentence is typed."""
        return self.query_one(TextLine)
