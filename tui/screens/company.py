"""Everybody of one company: who may be called now, the last contact, what comes next. Enter opens one of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from rich.cells import cell_len

from tui.cockpit.call_view import CompanyView
from tui.cockpit.view import View
from tui.locale.spoken import all_translated, number, translated
from tui.screens.base import CockpitScreen
from tui.screens.pick import PickScreen
from tui.screens.screen_context import ScreenContext, command_hint, hints
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import Line, before_row, cut, pad
from tui.widgets.marks import marked
from tui.widgets.section_list import PickList, PickRow, Section
from tui.widgets.words import say

LEAST = (17, 19)
"""Cells that a name and the last contact keep where there is not room for everything; what comes next has the rest."""
GAP = 2
"""Blanks between two columns."""


def fitted(rows: Sequence[Sequence[str]], room: int) -> tuple[int, int]:
    """How wide name and last contact are: nothing is cut while there is room, the last contact first."""
    name, last, following = (max(map(cell_len, column)) + GAP for column in zip(*rows, strict=True))
    lacks = max(name + last + following - GAP - room, 0)
    shorter = min(lacks, max(last - LEAST[1], 0))
    return name - min(lacks - shorter, max(name - LEAST[0], 0)), last - shorter


class CompanyList(PickList):
    """The people who can be called now stand above the others."""

    company: CompanyView = CompanyView("", ())
    _fitted: tuple[int, tuple[int, int]] = (0, (0, 0))
    """Column widths for a width of the list."""

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
        return ((" " * 3, ""), *self._cells(self._titles, width, "dim"))

    def row_line(self, section: Section, row: PickRow, width: int, here: bool) -> Line:
        """One person; what cannot wait looks so."""
        person = next(one for one in self.company.people if one.contact_id == row.id)
        following, look = marked(person.next, person.urgency)
        return ((before_row(here), ""), *self._cells((person.name, person.last, following), width, "", look))

    @property
    def _titles(self) -> Sequence[str]:
        return all_translated(("Name", "Last contact", "Next"))

    def _cells(self, cells: Sequence[str], width: int, look: str, last_look: str = "") -> Line:
        if self._fitted[0] != width:
            people = ((one.name, one.last, marked(one.next, one.urgency)[0]) for one in self.company.people)
            self._fitted = width, fitted((self._titles, *people), width - 4)
        widths = self._fitted[1]
        room = max(width - 4 - sum(widths), 8)
        made = (pad(cut(words, wide - GAP), wide) for words, wide in zip(cells, widths, strict=False))
        return (*((words, look) for words in made), (pad(cut(cells[-1], room), room), last_look or look))


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
