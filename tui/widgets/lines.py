"""Widgets that are nothing but lines: words and their looks, fitted to a width, painted where they changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import ReactiveType, var
from textual.strip import Strip
from textual.widget import Widget

from tui.cockpit.view import View
from tui.widgets.containers import LaidOutOnce
from tui.widgets.marks import PLAIN

Part = tuple[str, str]
"""Words and the name of their look (see `LOOKS`); several names are separated by a blank."""
Line = tuple[Part, ...]
"""One line of a screen, from its first column on."""

BLANK: Line = ()
DOTS = "…"


_UNSURE = re.compile("[\ufe00-\ufe0f\u20dd-\u20e4\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")
"""Variation selectors, frames and skin tones: some terminals draw them in cells of their own, others in none."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def visible(text: str) -> str:
    """The text without anything a terminal would act upon (control codes, direction marks); a break is a blank.

    Nor is there anything left that takes more cells in one terminal than in another.
    """
    if text.isascii():
        if text.isprintable():
            return text
    elif _UNSURE.search(text):
        text = _UNSURE.sub("", text)
    if text.isprintable():
        return text
    return "".join(one for one in text.replace("\n", " ") if one.isprintable())


def isolated(words: str) -> str:
    """Words in a script that runs from the right, kept from turning what stands beside them; others as they are."""
    if words.isascii() or not _RIGHT_TO_LEFT.search(words):
        return words
    return f"\u2068{words}\u2069"


def cut(text: str, width: int) -> str:
    """At most `width` cells of the text; what was cut off shows as `…`."""
    text = visible(text[: width * 4 + 4])
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + DOTS if width > 0 else ""


def pad(text: str, width: int) -> str:
    """Exactly `width` cells: cut or filled with blanks."""
    short = cut(text, width)
    return short + " " * (width - cell_len(short))


def width_of(line: Line) -> int:
    """Cells the line takes."""
    return sum(cell_len(text) for text, _ in line)


@lru_cache(512)
def cut_line(line: Line, width: int) -> Line:
    """The line in at most `width` cells."""
    kept: list[Part] = []
    room = width
    for text, look in line:
        words = visible(text)
        short = cut(words, room)
        kept.append((short, look))
        room -= cell_len(short)
        if room <= 0 or short != words:
            break
    return tuple(kept)


def before_row(here: bool) -> str:
    """What stands before a row that can be chosen; `here`: it has the cursor."""
    return " ▸ " if here else "   "


def bar(line: Line, width: int) -> Line:
    """A chosen row: the same bar in every list, from edge to edge; words keep their colour on it, and none is dim."""
    filled = *line, (" " * max(width - width_of(line), 0), "")
    looks = ([one for one in look.split() if one != "dim"] for _, look in filled)
    return tuple((text, " ".join((*some, "cursor"))) for (text, _), some in zip(filled, looks, strict=True))


KEY_GAP = 3
"""So many blanks end what is said of a key."""


def key_at(line: Line, column: int) -> str:
    """The key that a column of a line names or tells of, as it is written there; empty: none."""
    key, at = "", 0
    for text, look in line:
        words = visible(text)
        if "key" in look.split():
            key = words.strip()
        elif len(words) >= KEY_GAP and not words.strip():
            key = ""
        at += cell_len(words)
        if column < at:
            return key
    return ""


def join(lines: Iterable[Line], gap: int) -> Line:
    """Lines side by side, `gap` blanks between them."""
    joined: list[Part] = []
    for line in lines:
        if joined:
            joined.append((" " * gap, ""))
        joined.extend(line)
    return tuple(joined)


def spread(left: Line, right: Line, width: int, column: int = 0) -> Line:
    """One blank, `left`, and `right` at the right edge (or from `column` on, when given). `left` is cut first."""
    right = cut_line(right, width - 2)
    left = cut_line(left, width - 2 - (width_of(right) + 2 if right else 0))
    if not right:
        return (" ", ""), *left
    gap = width - 2 - width_of(left) - width_of(right)
    if column:
        gap = min(gap, max(column - 1 - width_of(left), 3))
    return (" ", ""), *left, (" " * gap, ""), *right


def rule(left: str, right: str, width: int, look: str = "dim") -> Line:
    """`── left ───────── right ──`; without words an unbroken rule. Words that do not fit are cut.

    `look`: of the words at the right.
    """
    right = cut(right, max(width // 2, width - cell_len(left) - 12))
    left = cut(left, width - 8 - cell_len(right))
    head: Line = (("── ", "rule"), (left, "strong"), (" ", "")) if left else ()
    tail: Line = ((" ", ""), (right, look), (" ──", "rule")) if right else ()
    fill = max(width - width_of(head) - width_of(tail), 0)
    return *head, ("─" * fill, "rule"), *tail


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at blanks where possible; its own breaks are kept."""
    return list(_wrapped(text, width))


@lru_cache(512)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    # The same words are laid out again with every view, and in every layout that is tried.
    wrapped: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in visible(paragraph).split(" "):
            joined = f"{line} {word}" if line else word
            if cell_len(joined) <= width:
                line = joined
                continue
            if line:
                wrapped.append(line)
            *full, line = chop_cells(word, max(width, 2)) or [""]
            wrapped.extend(full)
        wrapped.append(line)
    return tuple(wrapped)


def wrap_some(text: str, width: int, most: int) -> list[str]:
    """At most `most` wrapped lines; the last one says with `…` that there was more."""
    lines = wrap(text[: width * (most + 2) * 4], width)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    whole = last if cell_len(last) + 3 <= width else last.rpartition(" ")[0]  # no word is cut in two
    return [*lines[: most - 1], cut(f"{whole or last} {DOTS}", width - 1).rstrip(f" {DOTS}") + f" {DOTS}"]


def hanging(head: Line, rows: Sequence[str], look: str = "") -> list[Line]:
    """Rows behind a head, the later ones as far in as the first."""
    first, *others = rows
    return [(*head, (first, look)), *(((" " * width_of(head), ""), (row, look)) for row in others)]


def paragraph(text: str, width: int, most: int, look: str = "", indent: int = 1) -> list[Line]:
    """Words from column `indent` on, in at most `most` lines."""
    return hanging(((" " * indent, ""),), wrap_some(text, width - indent - 1, most), look)


def labelled(label: str, text: str, width: int, indent: int, look: str = "", most: int = 2) -> list[Line]:
    """A dim label and its words from column `indent` on, in at most `most` lines."""
    head = (" ", ""), (pad(cut(label, indent - 2), indent - 1), "dim")
    return hanging(head, wrap_some(text, width - indent - 1, most), look)


def flow(hints: Sequence[Line], width: int, rows: int, keep: int = 1, gap: int = 3) -> list[Line]:
    """Hints one after another in at most `rows` lines; the last `keep` hints stay, those before them may go."""
    kept = hints[-keep:]
    for shown in range(len(hints) - len(kept), -1, -1):
        lines = _flow_all([*hints[:shown], *kept], width - 2, gap)
        if len(lines) <= rows:
            return [((" ", ""), *line) for line in lines]
    return []


def _flow_all(hints: Sequence[Line], width: int, gap: int) -> list[Line]:
    lines: list[list[Line]] = [[]]
    for hint in hints:
        candidate = [*lines[-1], hint]
        if lines[-1] and width_of(join(candidate, gap)) > width:
            lines.append([hint])
        else:
            lines[-1] = candidate
    return [cut_line(join(line, gap), width) for line in lines if line]


class drawn(var[ReactiveType]):  # noqa: N801 - it stands where Textual's `var` would
    """What the lines of a widget show: another value draws them again."""

    def __init__(self, default: ReactiveType) -> None:
        super().__init__(default, init=False)

    def __set__(self, widget: Lines, value: ReactiveType) -> None:  # type: ignore[override]
        """Set it, and draw when it was another one."""
        before = getattr(widget, self.name)
        super().__set__(widget, value)
        if before != value:
            widget.update_lines()


class Lines(LaidOutOnce, Widget):
    """A widget that is nothing but lines, on a `LookScreen`. Subclasses say which; only what changed is painted.

    A key that stands on a line may be clicked, also on the words beside it.
    """

    keeps: ClassVar[int] = 0
    """So many lines are kept as they were painted: in a list they only stand elsewhere once it scrolls."""

    class KeyClicked(Message):
        """A key was clicked where it stands on the screen: it is pressed."""

        def __init__(self, shown: str) -> None:
            super().__init__()
            self.shown = shown
            """The key as it is written there."""

    DEFAULT_CSS = "Lines { width: 1fr; height: auto; color: $foreground; }"

    level = var(0, init=False)
    """How much has to be left out, from 0 (nothing); whoever sets it draws the lines."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._painted: tuple[int, tuple[Line, ...]] = (0, ())
        self._looks: dict[str, Style] = {}
        self._strips: LRUCache[tuple[Line, int], Strip] = LRUCache(self.keeps)

    def lines(self, width: int) -> Sequence[Line]:
        """What to draw, for this width in cells."""
        raise NotImplementedError

    def update_lines(self, made: Sequence[Line] | None = None, made_for: int = 0) -> None:
        """Draw again what changed since the last painting; ask for a layout when the height changed.

        `made`: the lines, when they were made already, for a width of `made_for` cells.
        """
        width, before = self._painted
        if not width:
            # Not laid out yet, or hidden from the start: the lines are made when it is.
            return
        now = tuple(self.lines(width) if made is None or made_for != width else made)
        self._painted = (width, now)
        if len(now) != len(before):
            self.refresh(layout=True)
            return
        changed = [Region(0, y, width, 1) for y, line in enumerate(now) if line != before[y]]
        if changed:
            self.refresh(*changed)

    def key_at(self, line: Line, column: int) -> str:
        """The key that a click on a column of a line presses, as it is written there; empty: none."""
        return key_at(line, column)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        lines = self._lines_for(self.size.width)
        if event.y < len(lines) and (key := self.key_at(lines[event.y], event.x)):
            self.post_message(self.KeyClicked(key))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The whole width there is."""
        return container.width

    @property
    def cursor_line(self) -> int:
        """Which of its lines the keys act on; the first where it has no row to choose."""
        return 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many cells as there are lines."""
        return len(self._lines_for(width))

    def render_line(self, y: int) -> Strip:
        """One line, exactly as wide as the widget."""
        width = self.size.width
        lines = self._lines_for(width)
        line = lines[y] if y < len(lines) else BLANK
        if not self.keeps:
            return self._strip(line, width)
        if (strip := self._strips.get((line, width))) is None:
            strip = self._strips[line, width] = self._strip(line, width)
        return strip

    def _strip(self, line: Line, width: int) -> Strip:
        """The line as the terminal gets it: filled with blanks or cut to `width` cells."""
        segments: list[Segment] = []
        plain: bool = getattr(self.app, "plain_glyphs", False)
        for text, look in line:
            shown = visible(text).translate(PLAIN) if plain else visible(text)
            words = shown.lstrip(" ")
            # Blanks stand in a segment of their own: pictures (SVG) drop them from the front of words.
            segments.append(Segment(" " * (len(shown) - len(words)), self._look(look)))
            segments.append(Segment(isolated(words), self._look(look)))
        return Strip([one for one in segments if one.text]).adjust_cell_length(width, self._look(""))

    def _look(self, look: str) -> Style:
        style = self._looks.get(look)
        if style is None:
            first, *others = [f"lines--{name}" for name in look.split()] or [""]
            style = self.screen.get_component_rich_style(first) if first else self.rich_style
            # Asked for several at once, Textual answers with the text's own colour wherever the last has none.
            for name in others:
                style += self.screen.get_component_rich_style(name, partial=True)
            self._looks[look] = style
        return style

    def notify_style_update(self) -> None:
        """Another theme: the looks are found again."""
        self._looks.clear()
        self._strips.clear()
        super().notify_style_update()

    def _lines_for(self, width: int) -> tuple[Line, ...]:
        if self._painted[0] != width:
            self._painted = (width, tuple(self.lines(width)))
        return self._painted[1]


class StaticLines(Lines):
    """Lines as they were given, without anything of their own."""

    content: drawn[tuple[Line, ...]] = drawn(())
    """What is drawn, whatever the width."""

    def __init__(self, *content: Line, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(StaticLines.content, content)

    def lines(self, width: int) -> Sequence[Line]:
        """The same for every width; what is too long is cut."""
        return self.content


class ViewLines(Lines):
    """Lines that show a part of the view."""

    view: drawn[View | None] = drawn(None)
    """What to show."""

    def lines(self, width: int) -> Sequence[Line]:
        """One blank line before the first view."""
        return self.view_lines(self.view, width) if self.view else (BLANK,)

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """What to draw of a view, for this width in cells."""
        raise NotImplementedError
