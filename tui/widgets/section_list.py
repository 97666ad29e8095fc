"""A list in sections, drawn line by line: only the lines on the screen are made, however many rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var

from tui.locale.spoken import number, translated
from tui.widgets.lines import BLANK, Line, Lines, bar, before_row, cut, cut_line, drawn, pad, rule
from tui.widgets.words import say


class Section(Struct, frozen=True):
    """Rows under one rule."""

    key: str
    title: str = ""
    """Words in the rule; empty: no rule."""
    right: str = ""
    rows: Sequence[Any] = ()
    most: int = 0
    """Rows shown at once at most; 0: as many as fit."""
    header: bool = False
    """Whether the names of the columns stand over the rows."""
    empty: str = ""
    """The sentence in place of rows; without one an empty section is left out."""


class Window(Struct):
    """Which rows of a section are on the screen."""

    section: Section
    start: int = 0
    """Position of its first row among all rows of the list."""
    top: int = 0
    """Its first row on the screen."""
    shown: int = 0
    """How many rows are on the screen."""
    more: bool = False
    """Whether a line says how many rows are not on the screen."""


class SectionList(Lines):
    """Rows in sections with one cursor through all of them. Subclasses draw a row.

    A section higher than its window scrolls inside it; past its last row the cursor goes on to the next section.
    """

    keeps = 100

    class Moved(Message):
        """The cursor came to another row."""

    class Opened(Message):
        """A row was clicked that had the cursor already."""

    sections: drawn[tuple[Section, ...]] = drawn(())
    """What is in the list."""
    footer: drawn[Line] = drawn(())
    """A last line under the rows."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        """Position of the cursor among all rows; -1: no row has it."""
        self._windows: list[Window] = []
        self._plan: list[tuple[Window | None, int]] = []

    # What a subclass says

    def row_line(self, section: Section, row: Any, width: int, here: bool) -> Line:
        """One row; `here` when the cursor is on it."""
        raise NotImplementedError

    def last_of(self, rows: Sequence[Any], place: int) -> int:
        """Where a row ends that begins there: a row of several lines stands in as many places."""
        return place

    def header_line(self, width: int) -> Line:
        """The names of the columns."""
        return BLANK

    # Where the cursor is

    @property
    def count(self) -> int:
        """Rows in all sections."""
        return sum(len(section.rows) for section in self.sections)

    @property
    def current(self) -> tuple[Section, Any] | None:
        """Section and row under the cursor; None when the list is empty."""
        return self.at(self.cursor)

    def at(self, position: int) -> tuple[Section, Any] | None:
        """Section and row of a position; None where there is no row."""
        for section in self.sections if position >= 0 else ():
            if position < len(section.rows):
                return section, section.rows[position]
            position -= len(section.rows)
        return None

    def move(self, step: int) -> None:
        """Move the cursor by so many rows; it stops at both ends."""
        self.go_to(self.cursor + step)

    @property
    def cursor_line(self) -> int:
        """The line of the row under the cursor."""
        return self._y_of(self.cursor) or 0

    @property
    def page(self) -> int:
        """By how many rows a page moves: as many as the first section shows, less one."""
        return max(max((w.shown for w in self._windows), default=1) - 1, 1)

    def within(self, position: int) -> int:
        """The position, or that of the first or last row where it is outside."""
        return max(0, min(position, self.count - 1))

    def go_to(self, position: int, tell: bool = True) -> None:
        """Put the cursor on a row; says so with `Moved` unless `tell` is off."""
        position = self.within(position)
        if position == self.cursor:
            return
        before, self.cursor = self.cursor, position
        self._paint_move(before)
        if tell:
            self.post_message(self.Moved())

    def clear_cursor(self) -> None:
        """No row has the cursor; the next move begins at the first."""
        before, self.cursor = self.cursor, -1
        self._paint_move(before)

    def watch_sections(self) -> None:
        """Other rows: the cursor stays within them."""
        self.cursor = min(self.cursor, max(self.count - 1, 0))

    # Drawing

    def lines(self, width: int) -> Sequence[Line]:
        """Every line on the screen, from the first to the last."""
        self._arrange()
        made = [self._line(y, width) for y in range(len(self._plan))]
        return [*made, *([BLANK] * (self.size.height - len(made)))]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as it may become; a list usually gets the height that is left over."""
        return container.height

    def on_resize(self) -> None:
        """More or fewer rows fit."""
        self.update_lines()

    def _line(self, y: int, width: int) -> Line:
        window, number = self._plan[y]
        if window is None:
            return cut_line(self.footer, width)
        section = window.section
        if number == RULE:
            return rule(section.title, section.right, width)
        if number == HEADER:
            return self.header_line(width)
        if number == MORE:
            return self._more(window)
        if number == EMPTY:
            return ("   ", ""), (section.empty, "dim")
        here = self.cursor <= window.start + number <= self._cursor_end
        line = cut_line(self.row_line(section, section.rows[number], width, here), width)
        return bar(line, width) if here else line

    def _arrange(self) -> None:
        """Share the height among the sections and note what stands on each line."""
        tops = {window.section.key: window.top for window in self._windows}
        self._windows = _share(self.sections, self.size.height - bool(self.footer), tops)
        self._follow_cursor()
        self._plan_lines()

    def _plan_lines(self) -> None:
        plan: list[tuple[Window | None, int]] = []
        for window in self._windows:
            section = window.section
            plan += [(window, RULE)] if section.title else []
            plan += [(window, HEADER)] if section.header and section.rows else []
            plan += [(window, EMPTY)] if not section.rows else []
            plan += [(window, window.top + n) for n in range(window.shown)]
            plan += [(window, MORE)] if window.more else []
        if self.footer:
            plan.append((None, 0))
        self._plan = plan[: self.size.height]

    @property
    def _cursor_end(self) -> int:
        return self._end_of(self.cursor)

    def _end_of(self, position: int) -> int:
        """Position of the last line of the row that begins there."""
        for window in self._windows:
            inside, rows = position - window.start, window.section.rows
            if 0 <= inside < len(rows):
                return window.start + self.last_of(rows, inside)
        return position

    def _follow_cursor(self) -> bool:
        """Scroll the section the cursor is in so that it is seen; whether anything scrolled."""
        scrolled = False
        for window in self._windows:
            inside = self.cursor - window.start
            last_top = max(len(window.section.rows) - window.shown, 0)
            top = min(window.top, last_top)
            if 0 <= inside < len(window.section.rows) and window.shown:
                end = self.last_of(window.section.rows, inside)
                top = min(max(top, end - window.shown + 1), inside)
            scrolled = scrolled or top != window.top
            window.top = top
        return scrolled

    def _paint_move(self, before: int) -> None:
        if self._follow_cursor():
            self.update_lines()
            return
        width, painted = self._painted
        lines = list(painted)
        places = (at for head in (before, self.cursor) for at in range(head, self._end_of(head) + 1))
        rows = [y for at in places if (y := self._y_of(at)) is not None and y < len(lines)]
        for y in rows:
            lines[y] = self._line(y, width)
        self._painted = (width, tuple(lines))
        if rows:
            self.refresh(*(Region(0, y, width, 1) for y in rows))

    def _y_of(self, position: int) -> int | None:
        rows = ((y, window, number) for y, (window, number) in enumerate(self._plan) if number >= 0)
        return next((y for y, window, number in rows if window and window.start + number == position), None)

    def rows_in(self, rows: Sequence[Any], start: int, end: int) -> int:
        """How many rows stand in these places; a long list makes none of them for that."""
        return end - start

    def _more(self, window: Window) -> Line:
        """`... 19 more`, and how many are above when the list was scrolled."""
        rows, top = window.section.rows, window.top
        above, below = self.rows_in(rows, 0, top), self.rows_in(rows, top + window.shown, len(rows))
        if above and below:
            words = say("rows_above_and_more", above=above, below=below)
        else:
            words = (
                say("rows_above", above=above) if above else say("rows_more", below=below) if below else ""
            )
        return ("   ... ", "dim"), (words, "dim")

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a click on the row with the cursor opens it."""
        if event.y >= len(self._plan):
            return
        window, number = self._plan[event.y]
        if window is None or number < 0:
            return
        if not self.cursor <= window.start + number <= self._cursor_end:
            self.go_to(window.start + number)
        else:
            self.post_message(self.Opened())

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor."""
        self.move(3)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor."""
        self.move(-3)


RULE, HEADER, MORE, EMPTY = -1, -2, -3, -4
"""Lines of a section that are not rows."""


def _share(sections: Sequence[Section], height: int, tops: dict[str, int]) -> list[Window]:
    """Windows for the sections in `height` lines: limited sections get theirs, the others what is left."""
    windows: list[Window] = []
    start = 0
    for section in sections:
        if section.rows or section.empty:
            windows.append(Window(section, start, tops.get(section.key, 0)))
        start += len(section.rows)
    free = height
    for window in windows:
        section = window.section
        free -= bool(section.title) + bool(section.header and section.rows) + (not section.rows)
        if section.most:
            window.shown = min(len(section.rows), section.most)
            free -= window.shown
    while free < 3 and (
        least := next((w for w in reversed(windows) if w.section.most and w.shown > 1), None)
    ):
        least.shown -= 1
        free += 1
    for window in windows:
        rows = len(window.section.rows)
        if not window.section.most and rows:
            window.more = rows > free and free > 1
            window.shown = max(min(rows, free - window.more), 1)
            free -= window.shown + window.more
    return windows


class PickRow(Struct, frozen=True):
    """One row: what is chosen, and its columns."""

    id: str
    cells: tuple[str, ...]
    """Words for the columns, in their order."""
    also: str = ""
    """Words the row is found by, too."""
    group: str = ""
    """Words of the rule it stands under; empty: that of the list. Rows of a group follow one another, at the end."""


MOST_OF_A_GROUP = 5
"""Rows of a group shown at once."""


class PickList(SectionList):
    """Rows in columns. `widths` are cells, more where longer words find room; the last column takes the rest."""

    rows: var[tuple[PickRow, ...]] = var((), init=False)
    """What can be chosen."""

    def __init__(self, widths: Sequence[int], *, title: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.widths = tuple(widths)
        self.title = title
        self._longest: dict[int, list[int]] = {}

    def watch_rows(self) -> None:
        """Other rows: back to the first."""
        self.cursor = 0
        self._longest.clear()
        self.show(self.title, number(sum(not row.group for row in self.rows)) if self.rows else "")

    def show(self, title: str, right: str) -> None:
        """Other words in the rule."""
        self.title = title
        rows = tuple(row for row in self.rows if not row.group)
        names = dict.fromkeys(row.group for row in self.rows if row.group)
        groups = {name: tuple(row for row in self.rows if row.group == name) for name in names}
        empty = "" if groups else translated("Nothing found.")
        self.sections = (
            Section("rows", title, right, rows, empty=empty),
            *(
                Section(group, group, number(len(them)), them, MOST_OF_A_GROUP)
                for group, them in groups.items()
            ),
        )

    @property
    def chosen(self) -> str:
        """Id of the row under the cursor; empty without rows."""
        return current[1].id if (current := self.current) else ""

    def row_line(self, section: Section, row: PickRow, width: int, here: bool) -> Line:
        """The cells in their columns."""
        line: list[tuple[str, str]] = [(before_row(here), "")]
        for words, (cells, least) in zip(row.cells, self.columns(len(row.cells), width), strict=True):
            line.append((pad(cut(words, cells - least), cells), ""))
        return tuple(line)

    def columns(self, count: int, width: int) -> list[tuple[int, int]]:
        """Cells of each column, and how many of them stay free; on a narrow screen the columns shrink together.

        What the last column does not need goes to those whose words are longer, from the left.
        """
        scale, room, longest = min(1.0, max(width, 20) / 80), width - 4, self._words_of(count)
        wanted = [int(cells * scale) for cells in self.widths[: max(count - 1, 0)]]
        spare = max(room - sum(wanted) - longest[-1], 0) if count else 0
        found: list[tuple[int, int]] = []
        for cells, words in zip(wanted, longest, strict=False):
            more = min(max(words + 1 - cells, 0), spare)
            found.append((min(cells + more, room), 1))
            room, spare = room - found[-1][0], spare - more
        return [*found, (room, 0)] if count else []

    def _words_of(self, count: int) -> list[int]:
        """Cells of the longest words in each column, of rows with so many."""
        if count not in self._longest:
            cells = [row.cells for row in self.rows if len(row.cells) == count]
            self._longest[count] = [max(map(cell_len, column)) for column in zip(*cells, strict=True)] or [
                0
            ] * count
        return self._longest[count]
