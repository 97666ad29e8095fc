"""The queue: who can be called now, later today, and what the rep owes. 100,000 people cost no more than ten."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from rich.cells import cell_len
from textual.reactive import var

from tui.cockpit.queue_view import QueueRow, QueueView, Rows
from tui.cockpit.view import View
from tui.locale.spoken import number, translated
from tui.plaintext import ended, shortened
from tui.widgets.key_lines import hint
from tui.widgets.lines import Line, ViewLines, before_row, cut, drawn, pad, paragraph, spread, width_of
from tui.widgets.marks import marked
from tui.widgets.section_list import Section, SectionList
from tui.widgets.words import say, styled

MOST_BESIDE_READY = 3
"""Rows of Later today and of To do shown at once."""
NARROW = 72
"""Below this width the company has no column of its own."""
LEAST_NAME = 16
"""Cells a name keeps where a reason needs room: those further down may be longer than the ones that are seen."""
SLIM = 48
"""Below this width only the name and the reason are shown."""


class Columns(Struct, frozen=True):
    """Widths in cells; 0: not shown."""

    name: int
    company: int
    why: int
    time: int


def columns_for(width: int) -> Columns:
    """Column widths for a list this wide; what is left over goes to the reason."""
    if width < SLIM:
        return Columns(16, 0, max(width - 3 - 16 - 1, 8), 0)
    if width < NARROW:
        return Columns(18, 0, width - 3 - 18 - 12, 11)
    if width < 100:
        return Columns(17, 17, width - 3 - 34 - 12, 11)
    return Columns(24, 24, width - 3 - 48 - 12, 11)


def columns_for_held(width: int) -> Columns:
    """Column widths for those who are not offered: why and until when matters, their time does not."""
    columns = columns_for(width)
    return Columns(columns.name, 0 if width < 100 else columns.company, columns.why, 0)


@lru_cache(8)
def fitted(columns: Columns, rows: tuple[QueueRow, ...], width: int) -> Columns:
    """The columns for these rows: no reason is cut while names or companies leave blanks, nor they while reasons do."""
    if not rows:
        return columns
    names = max(cell_len(row.name or row.company) for row in rows) + 1
    firms = max(cell_len(row.company) for row in rows) + 1 if columns.company else 0
    name, firm = columns.name, columns.company
    spare = (
        width
        - 4
        - name
        - firm
        - max(cell_len(marked(row.why, row.urgency)[0]) + _time_room(row, columns) for row in rows)
    )
    if spare < 0:
        firm -= (given := min(-spare, max(firm - firms, 0)))
        name -= min(-spare - given, max(name - max(names, LEAST_NAME), 0))
    else:
        name += (given := min(spare, max(names - name, 0)))
        firm += min(spare - given, max(firms - firm, 0))
    return Columns(name, firm, columns.why + columns.name - name + columns.company - firm, columns.time)


def _time_room(row: QueueRow, columns: Columns) -> int:
    """Cells that their time takes behind the reason."""
    time = cut(row.their_time, columns.time - 1) if columns.time else ""
    return cell_len(time) + 2 if time else 0


class QueueList(SectionList):
    """The list of the first screen; beside the facts on a wide one."""

    queue: var[QueueView] = var(QueueView(), init=False)
    """Who is in the queue, and which row has the cursor."""
    held_hint: var[str] = var("h", init=False)
    """The key that shows those who are not offered."""
    heading: var[str] = var("Ready now", init=False)
    """Words over those who can be called."""

    _fitted: tuple[int, Columns] | None = None
    """The columns for a width, for the rows that are seen first: scrolling does not move them."""

    @property
    def row(self) -> QueueRow | None:
        """The row under the cursor."""
        return current[1] if (current := self.current) else None

    def watch_queue(self, before: QueueView, queue: QueueView) -> None:
        """Rows change in place, so all that are seen are drawn again; the cursor is where the view says."""
        self._fill()
        position = self._position(queue.selected_row)
        if position is None:
            self.clear_cursor()
        else:
            self.go_to(position, tell=False)

    def watch_sections(self) -> None:
        """Other rows: the cursor is where the view says before they are drawn, so that they are drawn once."""
        position = self._position(self.queue.selected_row)
        self.cursor = -1 if position is None else position

    def _fill(self) -> None:
        """Put the rows into their sections: another queue, other words over it, or another key."""
        queue = self.queue
        self._fitted = None
        if queue.shows == "held":
            self.sections = (
                Section(
                    "held", translated("Not today"), number(queue.held_count), queue.held, empty=queue.nobody
                ),
            )
            self.footer = ()
            return
        most = MOST_BESIDE_READY
        owed = Section("owed", translated("To do"), number(len(queue.owed)), queue.owed, most)
        if queue.shows == "found":
            count = number(len(queue.found))
            self.sections = (
                Section("found", translated("Found"), count, queue.found, header=True, empty=queue.nobody),
                owed,
            )
            self.footer = ()
            return
        asked = Section(
            "manager", translated("Needs you"), number(len(queue.for_manager)), queue.for_manager, most
        )
        self.sections = (
            *((asked,) if len(queue.for_manager) else ()),
            Section(
                "ready",
                self.heading,
                self._ready_count(),
                queue.ready,
                header=True,
                empty=queue.nobody,
            ),
            Section("later", translated("Later today"), number(len(queue.later)), queue.later, most),
            owed,
        )
        self.footer = self._held_line(queue.held_count)

    watch_heading = watch_held_hint = _fill

    def _ready_count(self) -> str:
        """How many can be called now: all, or so many of all."""
        free, every = self.queue.free, len(self.queue.ready)
        return (
            number(every) if free in (None, every) else say("some_of", some=number(free), every=number(every))
        )

    def _held_line(self, count: int) -> Line:
        if not count:
            return ()
        return styled("held_line", "", people=(count, ""), key=(self.held_hint, "key"))

    def _position(self, row_id: str) -> int | None:
        """Where a row stands among all rows."""
        start = 0
        for section in self.sections:
            place = section.rows.place(row_id) if row_id and isinstance(section.rows, Rows) else None
            if place is not None:
                return start + place
            start += len(section.rows)
        return None

    def _columns(self, width: int) -> Columns:
        if self._fitted is None or self._fitted[0] != width:
            most = max(self.size.height, 1)
            seen = tuple(row for section in self.sections for row in section.rows[: section.most or most])
            columns = columns_for_held(width) if self.queue.shows == "held" else columns_for(width)
            self._fitted = width, fitted(columns, seen, width)
        return self._fitted[1]

    def header_line(self, width: int) -> Line:
        """Name, company, why now, their time."""
        columns = self._columns(width)
        line = "   " + pad(translated("Name"), columns.name)
        line += pad(translated("Company"), columns.company) if columns.company else ""
        line += pad(translated("Why now"), columns.why)
        line += translated("Their time").rjust(columns.time) if columns.time else ""
        return ((line, "dim"),)

    def row_line(self, section: Section, row: QueueRow, width: int, here: bool) -> Line:
        """One person: name, company, why, their time."""
        return _person_line(row, self._columns(width), width, here)


@lru_cache(512)
def _person_line(row: QueueRow, columns: Columns, width: int, here: bool) -> Line:
    parts = [(before_row(here), ""), (_cell(row.name or row.company, columns.name), "")]
    if columns.company:
        parts.append((_cell(row.company, columns.company), ""))
    time = cut(row.their_time, columns.time - 1) if columns.time else ""
    room = width - 4 - columns.name - columns.company
    why, look = marked(row.why, row.urgency)
    parts.append((pad(why, room - cell_len(time) - 2 if time else room), look))
    if time:
        parts.append((f"  {time}", ""))
    return tuple(parts)


def _cell(text: str, width: int) -> str:
    return pad(cut(text, width - 1), width)


def today_line(view: View) -> Line:
    """What the day brought; nothing while nobody counts."""
    if view.beside is None:
        return ()
    talked, agreed, to_do = view.beside.today
    return ((say("today", talked=talked, agreed=agreed, to_do=to_do), "dim"),)


def at_the_edge(line: Line, words: Line, width: int) -> Line:
    """The line with words at the right edge where both fit, else the line."""
    gap = width - 1 - width_of(line) - width_of(words)
    return (*line, (" " * gap, ""), *words) if words and gap >= 3 else line


PROBLEM_KEY = 50
"""Cells of the lines about a problem that are kept for the key that shows all, and for words that do not break."""
PROBLEM_LINES = 3
"""Lines a problem may have: the file, the place, and what is meant."""
LENGTH_COLUMN = 51
"""Where the second key stands on a screen of 80 columns."""


class QueueHead(ViewLines):
    """What one key would do now."""

    keys: drawn[tuple[str, str, str, str, str]] = drawn(("Enter", "+", "i", "t", "d"))
    """The keys that call, choose another length, import, show what is wrong, and ask who is here twice."""

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """Enter, the summary, then a demo banner and problems when there are any."""
        queue = view.queue
        call, length, imports, look, twice = self.keys
        key = queue.enter
        enter = ((key.words, "dim"),) if key.does == "nothing" else hint(call, key.words)
        starts = key.does != "nothing" or len(queue.ready)
        another = hint(length, translated("another length")) if starts else ()
        left = spread(enter, another, width, LENGTH_COLUMN)
        today = today_line(view)
        summary = paragraph(queue.summary, width, 2)
        lines = [at_the_edge(left, today, width)]
        if lines == [left] and len(summary) == 1:
            summary = [at_the_edge(summary[0], today, width)]
        lines += summary if queue.summary or not queue.meanwhile else []
        lines += paragraph(queue.meanwhile, width, 2) if queue.meanwhile else []
        if queue.demo:
            lines.append(
                (
                    (" ", ""),
                    (translated("Demo people, nobody real.  "), "accent"),
                    *styled("import_own", "", key=(imports, "key")),
                )
            )
        if queue.twice:
            lines.append(styled("twice", "", key=(twice, "key")))
        if view.problems:
            more, whole = len(view.problems) - 1, ended(view.problems[0])
            first = shortened(whole, PROBLEM_LINES * width - PROBLEM_KEY)
            code = "problems_more" if more else "one_problem" if first == whole else "long_problem"
            lines += paragraph(say(code, first=first, more=more, key=look), width, PROBLEM_LINES, "warn")
        return lines
