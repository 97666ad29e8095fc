"""Text to read: headings over sentences or over labels with their words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct
from rich.cells import cell_len

from tui.script.language.line import Words
from tui.widgets.lines import BLANK, Line, Lines, drawn, labelled, paragraph, rule, width_of
from tui.widgets.script_panel import word_lines

MOST_LINES = 6
"""Lines one sentence may take."""
TWO_PANES = 96
"""From this width on some blocks stand beside the others; a part that scrolls is less wide than the screen."""
LEFT = 0.54
"""Share of the left pane."""


class Block(Struct, frozen=True):
    """A heading and what stands under it."""

    heading: str
    sentences: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    """Labels and their words."""
    indent: int = 14
    """Column of the words of the pairs, where no label is longer."""
    right: str = ""
    quiet: tuple[str, ...] = ()
    """Sentences drawn grey."""
    words: tuple[Words, ...] = ()
    """Words to say; they are never cut."""
    aside: bool = False
    """Where there is room for two panes it stands in the right one."""


class Reading(Lines):
    """Blocks one under another."""

    blocks: drawn[tuple[Block, ...]] = drawn(())
    """What to read."""

    def lines(self, width: int) -> Sequence[Line]:
        """The blocks, a blank line between two of them; on a wide screen those that stand aside beside the others."""
        aside = [block for block in self.blocks if block.aside]
        if width < TWO_PANES or not aside:
            return block_lines(self.blocks, width)
        room = int(width * LEFT)
        left = block_lines([block for block in self.blocks if not block.aside], room)
        right = block_lines(aside, width - room - 1)
        return [
            (*line, (" " * (room - width_of(line)), ""), ("│", "rule"), *other)
            for line, other in zip_longest(left, right, fillvalue=BLANK)
        ]


def block_lines(blocks: Sequence[Block], width: int) -> list[Line]:
    """The blocks one under another."""
    lines: list[Line] = []
    for block in blocks:
        lines += [BLANK] if lines else []
        lines += [rule(block.heading, block.right, width)] if block.heading else []
        lines += word_lines(block.words, width)
        for sentence in block.sentences:
            look = "dim" if sentence in block.quiet else ""
            lines += paragraph(sentence, width - 2, MOST_LINES, look)
        indent = indent_of(block, width)
        for label, words in block.pairs:
            lines += labelled(label, words, width, indent, most=MOST_LINES)
    return lines


def indent_of(block: Block, width: int) -> int:
    """Column of the words of the pairs: behind the longest label, as far as labels leave the words more than half."""
    longest = max((cell_len(label) for label, _ in block.pairs), default=0)
    return max(block.indent, min(longest + 2, width * 9 // 20))
