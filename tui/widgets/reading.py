"""Text to read: headings over sentences or over labels with their words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tui.script.language.line import Words
from tui.widgets.lines import BLANK, Line, Lines, drawn, labelled, paragraph, rule
from tui.widgets.script_panel import word_lines

MOST_LINES = 6
"""Lines one sentence may take."""


class Block(Struct, frozen=True):
    """A heading and what stands under it."""

    heading: str
    sentences: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    """Labels and their words."""
    indent: int = 14
    """Column of the words of the pairs."""
    right: str = ""
    quiet: tuple[str, ...] = ()
    """Sentences drawn grey."""
    words: tuple[Words, ...] = ()
    """Words to say; they are never cut."""


class Reading(Lines):
    """Blocks one under another."""

    blocks: drawn[tuple[Block, ...]] = drawn(())
    """What to read."""

    def lines(self, width: int) -> Sequence[Line]:
        """The blocks, a blank line between two of them."""
        lines: list[Line] = []
        for block in self.blocks:
            lines += [BLANK] if lines else []
            lines += [rule(block.heading, block.right, width)] if block.heading else []
            lines += word_lines(block.words, width)
            for sentence in block.sentences:
                look = "dim" if sentence in block.quiet else ""
                lines += paragraph(sentence, width - 2, MOST_LINES, look)
            for label, words in block.pairs:
                lines += labelled(label, words, width, block.indent, most=MOST_LINES)
        return lines
