"""`?` and the palette cut no sentence: a row goes on below, and the cursor stands on all of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from textual.app import ComposeResult

from tui.cockpit.possible import NEEDS, why_not
from tui.cockpit.view import Phase, View
from tui.commands import COMMANDS, Keys
from tui.locale.choose import choose
from tui.locale.spoken import speaking, translated
from tui.screens.keys.palette import WIDTHS
from tui.widgets.colours import ColouredApp
from tui.widgets.look_screen import LookScreen
from tui.widgets.section_list import PickRow
from tui.widgets.words import say
from tui.widgets.wrapped_list import WrappedList

KEYS = Keys()
BARE = View(Phase.QUEUE, datetime(2026, 11, 23, 15, 1, tzinfo=UTC), can_undo=False, can_call_again=False)


class ListApp(ColouredApp):
    def __init__(self, rows, widths=WIDTHS[:1]) -> None:
        super().__init__()
        self.rows, self.widths = rows, widths

    def compose(self) -> ComposeResult:
        yield WrappedList(self.widths, title="Keys", id="pick-list")

    def get_default_screen(self) -> LookScreen[None]:
        return LookScreen()

    async def on_mount(self) -> None:
        self.query_one(WrappedList).rows = self.rows


def every_row(group: str) -> tuple[PickRow, ...]:
    """What `?` and the palette say of each command, where it is possible and where it is not."""
    rows = []
    for command in COMMANDS:
        shown, why = KEYS.all_shown(command.id), why_not(command.id, BARE, "", KEYS.shown)
        rows.append(PickRow(command.id, (shown, translated(command.help))))
        if command.id in NEEDS:
            off = say("off_now", label=translated(command.label), why=why)
            more = (say("not_now"),) if group else ()
            rows.append(PickRow(f"off:{command.id}", (shown, off, *more), group=group))
    return tuple(rows)


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(("widths", "group"), [(WIDTHS[:1], ""), (WIDTHS, "Not now")])
async def test_no_word_of_any_command_is_cut_at_80_columns(tmp_path, language, widths, group):
    with speaking(choose(language, {}, None, tmp_path).language):
        rows = every_row(group)
        async with ListApp(rows, widths).run_test(size=(80, 24)) as pilot:
            shown = pilot.app.query_one(WrappedList)
            await pilot.pause()
            told: dict[str, list[str]] = {row.id: [] for row in rows}
            for section in shown.sections:
                for line in section.rows:
                    drawn = "".join(words for words, _ in shown.row_line(section, line, 80, False))
                    assert all(words in drawn for words in line.cells)
                    told[line.id] += [words for cell in line.cells for words in cell.split()]
    for row in rows:
        assert sorted(told[row.id]) == sorted(words for cell in row.cells for words in cell.split())


LONG = "What the script asks for, such as the topic of today; it holds until it is changed again by you"
ROWS = (
    PickRow("one", ("a", "One.")),
    PickRow("long", ("b", LONG)),
    PickRow("two", ("c", "Two.")),
)


async def test_the_cursor_goes_from_row_to_row_and_stands_on_all_lines_of_one():
    async with ListApp(ROWS).run_test(size=(80, 24)) as pilot:
        shown = pilot.app.query_one(WrappedList)
        await pilot.pause()
        walked = [shown.chosen]
        for step in (1, 1, 1, -1, -1):
            shown.move(step)
            walked.append(shown.chosen)
        assert walked == ["one", "long", "two", "two", "long", "one"]
        await pilot.click(WrappedList, offset=(20, 3))  # its second line
        assert shown.chosen == "long"


async def test_another_width_breaks_the_rows_elsewhere_and_the_cursor_stays_on_its_row():
    async with ListApp(ROWS).run_test(size=(80, 24)) as pilot:
        shown = pilot.app.query_one(WrappedList)
        await pilot.pause()
        shown.move(1)
        shown.move(1)
        await pilot.resize_terminal(160, 24)
        await pilot.pause()
        assert (shown.chosen, shown.count) == ("two", len(ROWS))


async def test_what_is_below_is_counted_in_rows():
    rows = tuple(PickRow(str(n), ("a", LONG)) for n in range(10))
    async with ListApp(rows).run_test(size=(80, 8)) as pilot:
        shown = pilot.app.query_one(WrappedList)
        await pilot.pause()
        last = "".join(words for words, _ in shown.lines(80)[-1])
        assert last.split() == ["...", "7", "more"]
