"""All outcomes with their keys, and what each would do, said before it is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.reactive import var

from tui.cockpit.call_view import FormField, FormView, OutcomeRow
from tui.cockpit.view import Phase, View
from tui.locale.spoken import translated
from tui.widgets.containers import Horizontal, Vertical
from tui.widgets.lines import (
    Line,
    StaticLines,
    ViewLines,
    bar,
    before_row,
    cut,
    drawn,
    hanging,
    pad,
    paragraph,
    rule,
    wrap_some,
)
from tui.widgets.text_line import MAX_TYPED, TextLine
from tui.widgets.words import say


def label_width(rows: Sequence[OutcomeRow]) -> int:
    """Cells for the label column: the longest label and three blanks, within reason."""
    return min(max((cell_len(row.label) for row in rows), default=0), 24) + 3


class OutcomeList(ViewLines):
    """The list while the rep chooses. Enter takes the highlighted one, a letter any."""

    cursor: drawn[int] = drawn(0)
    """Which row Enter takes."""
    is_high: drawn[bool] = drawn(False)
    """The screen is high enough for an effect to take two lines."""
    cursor_line = 0
    """On which of its lines that row stands."""

    def watch_view(self, before: View | None, now: View | None) -> None:
        """On entering the phase, and for another call, the suggested outcome is highlighted."""
        over = [view.call_id for view in (before, now) if view and view.phase is Phase.CALL_OVER]
        if now is not None and now.phase is Phase.CALL_OVER and over != [now.call_id] * 2:
            self.cursor = next((n for n, row in enumerate(now.outcomes) if row.suggested), 0)

    def move(self, step: int) -> None:
        """Highlight another row; stops at both ends."""
        rows = self.view.outcomes if self.view else ()
        self.cursor = max(0, min(self.cursor + step, len(rows) - 1))

    @property
    def highlighted(self) -> OutcomeRow | None:
        """The outcome Enter would take."""
        rows = self.view.outcomes if self.view else ()
        return rows[self.cursor] if self.cursor < len(rows) else None

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """Only while choosing."""
        if view.phase is not Phase.CALL_OVER:
            return ()
        lines: list[Line] = [rule(translated("How did it go?"), "", width)]
        for number, row in enumerate(view.outcomes):
            if number == self.cursor:
                self.cursor_line = len(lines)
            lines += self._row(number, row, label_width(view.outcomes), width)
        return lines

    def _row(self, number: int, row: OutcomeRow, room: int, width: int) -> list[Line]:
        here, free = number == self.cursor, width - room - 6
        head: Line = (before_row(here), ""), (row.key, "key"), (f"  {pad(row.label, room)}", "")
        lines = hanging(head, wrap_some(row.effect, free, 2) if self.is_high else [cut(row.effect, free)])
        return [bar(line, width) for line in lines] if here else lines


LABEL_WIDTH = 13
TEXT_WIDTH = 44
CHOICE_WIDTH = 16
LEAST_TEXT = 20


def text_room(field: FormField, value: str, width: int) -> int:
    """Cells to type in: a hint at the right keeps its room unless too little is left for what is typed."""
    free, needed = width - LABEL_WIDTH - 1, cell_len(value) + 1
    beside = free - cell_len(field.hint) - 2 if field.hint else free
    return min(max(TEXT_WIDTH, needed), beside if beside >= max(LEAST_TEXT, needed) else free)


def field_line(field: FormField, value: str, here: bool, width: int) -> Line:
    """Label, value (or the empty line to fill) and hint."""
    label = (pad(field.label, LABEL_WIDTH - 1), "key" if here else "")
    if field.kind == "choice":
        room = width - LABEL_WIDTH - CHOICE_WIDTH - 3
        hint = other_choices([choice for choice in field.choices if choice != value], room) or field.hint
        shown = pad(value, CHOICE_WIDTH)
        return (
            (" ", ""),
            label,
            (shown, "cursor" if here else ""),
            ("  ", ""),
            (cut(hint, room), "dim"),
        )
    room = text_room(field, value, width)
    words = (pad(value, room), "") if value else ("_" * room, "dim")
    return (" ", ""), label, words, ("  ", ""), (hint_beside(field, value, width), "dim")


def other_choices(others: Sequence[str], room: int) -> str:
    """What Space leads to, as many as have room, and how many more; empty when there is nothing to choose."""
    for count in range(len(others), 0, -1):
        code = "space_more" if count < len(others) else "space"
        words = say(code, choices=", ".join(others[:count]), more=len(others) - count)
        if cell_len(words) <= room or count == 1:
            return words
    return ""


def hint_beside(field: FormField, value: str, width: int) -> str:
    """The hint when there is room for it at the right."""
    taken = LABEL_WIDTH + text_room(field, value, width) + cell_len(field.hint) + 2
    return field.hint if taken < width else ""


def remark_lines(field: FormField, width: int) -> list[Line]:
    """What we understood, or why it cannot be saved so."""
    remarks = [(field.problem, "warn")] if field.problem else [(words, "dim") for words in field.preview]
    made = (paragraph(words, width, 2, look, LABEL_WIDTH) for words, look in remarks)
    return list(chain.from_iterable(made))


class ChosenLine(StaticLines):
    """Lines of which one has the cursor."""

    chosen = 0

    @property
    def cursor_line(self) -> int:
        """The line of the field the cursor is on."""
        return self.chosen


class OutcomeForm(Vertical):
    """A form: `form` in, `take_typed` for what was typed; `move` changes the line."""

    DEFAULT_CSS = """
    OutcomeForm { height: auto; }
    OutcomeForm #field-row { height: 1; }
    OutcomeForm #field-name { width: 13; }
    OutcomeForm #field-text { width: 44; }
    """

    class Pointed(Message):
        """A line of the form was clicked."""

        def __init__(self, field_id: str) -> None:
            super().__init__()
            self.field_id = field_id
            """Id of its field."""

    form: var[FormView | None] = var(None, init=False)
    """What to fill in; None: nothing is drawn."""

    def __init__(self, *, id: str | None = None, most: int = MAX_TYPED, several: bool = False) -> None:
        """`most`: characters a line holds; `several`: a pasted text keeps its lines."""
        super().__init__(id=id)
        self._most, self._several = most, several
        self.current = ""
        """Id of the field with the cursor."""
        self._values: dict[str, str] = {}
        self._lines_above: list[str] = []
        """The field of each line above the one that is typed on (empty: the title's), and below it."""
        self._lines_below: list[str] = []

    def compose(self) -> ComposeResult:
        """Fields above the cursor, the line with it, fields below."""
        yield ChosenLine(id="fields-above")
        with Horizontal(id="field-row"):
            yield StaticLines(id="field-name")
            yield TextLine(id="field-text", most=self._most, several=self._several)
            yield StaticLines(id="field-hint")
        yield StaticLines(id="fields-below")

    @property
    def choice_line(self) -> ChosenLine:
        """The lines down to the one with a choice, where the cursor is on a choice."""
        return self.query_one("#fields-above", ChosenLine)

    @property
    def text_line(self) -> TextLine:
        """The line that is typed on."""
        return self.query_one("#field-text", TextLine)

    @property
    def field(self) -> FormField | None:
        """The field with the cursor."""
        fields = self.form.fields if self.form else ()
        return next((field for field in fields if field.id == self.current), None)

    @property
    def typed_on(self) -> FormField | None:
        """The field with the cursor when words are typed into it; None on a choice."""
        return self.field if self.field and self.field.kind == "text" else None

    def value(self, field_id: str) -> str:
        """What stands in a field now."""
        return self._values.get(field_id, "")

    def values(self) -> dict[str, str]:
        """What stands in every field now."""
        return dict(self._values)

    def watch_form(self, before: FormView | None, form: FormView | None) -> None:
        """Another form: start at its first line. The same form: take what the cockpit changed, keep what is typed."""
        if form is None:
            self._values, self.current = {}, ""
        elif before is None or _shape(before) != _shape(form):
            self._values = {field.id: field.value for field in form.fields}
            self._go_to(form.focus or next((field.id for field in form.fields), ""))
        else:
            self._take_changes(before, form)
        self.draw()

    def _take_changes(self, before: FormView, form: FormView) -> None:
        for old, field in zip(before.fields, form.fields, strict=True):
            if field.value in (old.value, self.value(field.id)):
                continue
            self._values[field.id] = field.value
            if field.id == self.current and field.kind == "text":
                self._fill(field.value, select=field.proposed)

    def move(self, step: int) -> str:
        """Go to another line, round the ends; returns the id of its field."""
        ids = [field.id for field in self.form.fields] if self.form else []
        if self.current in ids:
            self.go_to(ids[(ids.index(self.current) + step) % len(ids)])
        return self.current

    def go_to(self, field_id: str) -> None:
        """Go to a line."""
        self._go_to(field_id)
        self.draw()

    def on_click(self, event: events.Click) -> None:
        """Tell which line was clicked."""
        for name, ids in (("#fields-above", self._lines_above), ("#fields-below", self._lines_below)):
            part = self.query_one(name).region
            at = event.screen_y - part.y
            if part.contains(event.screen_x, event.screen_y) and at < len(ids) and ids[at]:
                self.post_message(self.Pointed(ids[at]))

    def _go_to(self, field_id: str) -> None:
        self.current = field_id
        if field := self.typed_on:
            self._fill(self.value(field_id), select=field.proposed and field.value == self.value(field_id))

    def _fill(self, value: str, select: bool) -> None:
        line = self.text_line
        line.set_text(value)
        if select:
            line.action_select_all()

    def take_typed(self) -> str:
        """Take what stands on the line for the field with the cursor; its id, empty on a choice."""
        if self.typed_on is None:
            return ""
        self._values[self.current] = self.text_line.words
        return self.current

    def height_for(self, width: int) -> int:
        """Lines the whole form takes."""
        if self.form is None:
            return 0
        return 1 + sum(1 + len(remark_lines(field, width)) for field in self.form.fields)

    def on_resize(self) -> None:
        """More or less room to type in."""
        self.draw()

    def draw(self) -> None:
        """Lay all lines out again, round the one that is typed on."""
        if not self.children:
            return
        form, width = self.form, self.size.width or 80
        fields = form.fields if form else ()
        typed_on = self.typed_on
        at = fields.index(typed_on) if typed_on else len(fields)
        heading = "  ".join(filter(None, (form.key, form.label))) if form else ""
        title = [rule(heading, "", width)] if heading else []
        before = [field.id for field in fields[:at]]
        chosen = before.index(self.current) if self.current in before else 0
        self.choice_line.chosen = len(title) + len(self._lines_of(fields[:chosen], width)[0])
        above, self._lines_above = self._lines_of(fields[:at], width)
        self._lines_above[:0] = [""] * len(title)
        self._put("#fields-above", *title, *above)
        self.query_one("#field-row").display = typed_on is not None
        remarks: list[Line] = []
        if typed_on:
            remarks = remark_lines(typed_on, width)
            self._draw_typed_on(typed_on, width)
        below, self._lines_below = self._lines_of(fields[at + 1 :], width)
        self._lines_below[:0] = [self.current] * len(remarks)
        self._put("#fields-below", *remarks, *below)

    def _lines_of(self, fields: Sequence[FormField], width: int) -> tuple[list[Line], list[str]]:
        """The lines of some fields, and which field each is about."""
        lines: list[Line] = []
        ids: list[str] = []
        for field in fields:
            lines.append(field_line(field, self.value(field.id), field.id == self.current, width))
            lines += remark_lines(field, width)
            ids += [field.id] * (len(lines) - len(ids))
        return lines, ids

    def _draw_typed_on(self, field: FormField, width: int) -> None:
        value = self.value(field.id)
        room = text_room(field, value, width)
        self._put("#field-name", ((" ", ""), (cut(field.label, LABEL_WIDTH - 2), "key")))
        self._put("#field-hint", (("  ", ""), (hint_beside(field, value, width), "dim")))
        self.text_line.styles.width = room
        self.text_line.placeholder = "_" * room

    def _put(self, part: str, *lines: Line) -> None:
        self.query_one(part, StaticLines).content = lines


def _shape(form: FormView) -> tuple[object, ...]:
    return form.outcome_id, tuple((field.id, field.kind) for field in form.fields)
