"""Everybody of one company: who may be called now, the last contact, what comes next. Enter opens one of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from tui.cockpit.call_view import CompanyView
from tui.cockpit.view import View
from tui.locale.spoken import all_translated, number, translated
from tui.screens.base import CockpitScreen
from tui.screens.pick import PickScreen
from tui.screens.screen_context import ScreenContext, command_hint, hints
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import Line, before_row, cut, pad
from tui.widgets.section_list import PickList, PickRow, Section
from tui.widgets.words import say

COLUMNS = ((100, (34, 42)), (72, (19, 28)), (0, (17, 19)))
"""From which width on how wide name and last contact are: on a wide screen there is room for what it was about."""


class CompanyList(PickList):
    """The people who can be called now stand above the others."""

    company: CompanyView = CompanyView("", ())

    def show(self, title: str, right: str) -> None:
        """Two sections, each with how many there are."""
        now = {person.contact_id for person in self.company.people[: self.company.now]}
        parts = {
            "now": tuple(row for row in self.rows if row.id in now),
            "others": tuple(row for row in self.rows if row.id not in now),
        }
        words = {"now": say("company_now", company=title), "others": say("company_not_now", company=title)}
        self.sections = tuple(
            Section(key, words[key], number(len(rows)), rows, header=True)
            for key, rows in parts.items()
            if rows
        ) or (Section("others", title, "", (), empty=translated("Nothing found.")),)

    def watch_rows(self) -> None:
        """The rows in the order of their sections; the cursor on the first."""
        self.cursor = 0
        self.show(self.company.name, "")

    def header_line(self, width: int) -> Line:
        """Name, last contact, what comes next."""
        return ((self._cells(all_translated(("Name", "Last contact", "Next")), width), "dim"),)

    def row_line(self, section: Section, row: PickRow, width: int, here: bool) -> Line:
        """One person."""
        return (before_row(here), ""), (self._cells(row.cells, width)[3:], "")

    def _cells(self, cells: Sequence[str], width: int) -> str:
        name, last = next(columns for least, columns in COLUMNS if width >= least)
        room = max(width - name - last - 4, 8)
        made = (
            pad(cut(words, cells_wide - 2), cells_wide)
            for words, cells_wide in zip(cells, (name, last), strict=False)
        )
        return f"   {''.join(made)}{pad(cut(cells[-1], room), room)}"


class CompanyScreen(PickScreen):
    """Gives back the id of the person who is chosen."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "pick.tcss"]

    def __init__(self, context: ScreenContext, company: CompanyView, chosen: str) -> None:
        """`chosen`: whose company it is; the cursor begins on them."""
        rows = tuple(PickRow(one.contact_id, (one.name, one.last, one.next)) for one in company.people)
        super().__init__(context, company.name, lambda _: rows, widths=())
        self._company, self._chosen = company, chosen

    def made_list(self) -> PickList:
        """The people, in two sections."""
        people = CompanyList((), title=self._company.name, id="pick-list")
        people.company = self._company
        return people

    def on_mount(self) -> None:
        """The cursor on whoever it was opened for."""
        super().on_mount()
        ids = [one.contact_id for one in self._company.people]
        self.list.go_to(ids.index(self._chosen) if self._chosen in ids else 0)

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Open, choose, narrow, back."""
        keys = self.context.keys
        take, back = command_hint(keys, "list.take", translated("open this person")), hints(keys, "list.back")
        return (KeyFlow((take, self.choose_hint, hint(translated("type"), translated("to narrow")), *back)),)


async def ask_company(
    screen: CockpitScreen[Any], contact_id: str, take: Callable[[str], Awaitable[object]]
) -> None:
    """Show everybody of this person's company over a screen; `take` gets the id of the one who is chosen."""
    company = screen.cockpit.company.view(contact_id)
    if company is None:
        await screen.cockpit.tell(say("no_company"))
    else:
        await screen.ask_on(CompanyScreen(screen.context, company, contact_id), take)
