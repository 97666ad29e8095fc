"""The first screen: who can be called now, and one key to call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from tui.cockpit.by_command import doing
from tui.cockpit.view import Ask, View
from tui.locale.spoken import number, translated
from tui.screens.base import Handler
from tui.screens.facts import WithFacts
from tui.screens.screen_context import queue_rows
from tui.widgets.containers import Horizontal
from tui.widgets.key_lines import Row
from tui.widgets.lines import StaticLines
from tui.widgets.queue_list import QueueHead, QueueList
from tui.widgets.text_line import TextLine
from tui.widgets.words import say


class QueueScreen(WithFacts):
    """The queue: Ready now, Later today, To do."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "queue.tcss"]
    place = "queue"
    leads = True
    facts_within = "#queue-body"

    def body(self) -> ComposeResult:
        """Head, list, the facts beside it on a wide screen, and the line for the filter."""
        yield QueueHead(id="queue-head")
        with Horizontal(id="queue-body"):
            yield QueueList(id="queue-list")
            yield from self.facts_pane()
        with Horizontal(id="find-row"):
            yield StaticLines(((translated(" Find "), ""), ("> ", "accent strong")), id="find-prompt")
            yield TextLine(id="find-text")

    def on_mount(self) -> None:
        """Tell the parts their keys."""
        shown = self.context.shown
        keys = shown("queue.ring"), shown("queue.length"), shown("queue.import"), shown("queue.team")
        self.query_one(QueueHead).keys = (*keys, shown("queue.doubles"))
        self.people.held_hint = shown("queue.held")

    @property
    def people(self) -> QueueList:
        """Everybody in the queue, one of them under the cursor."""
        return self.query_one(QueueList)

    @property
    def find_line(self) -> TextLine:
        """The line the filter is typed on."""
        return self.query_one("#find-text", TextLine)

    def selected_part(self) -> QueueList:
        """The list with the person under the cursor."""
        return self.people

    @property
    def subject(self) -> str:
        """The person under the cursor."""
        return self.view.queue.selected

    def show(self, view: View) -> None:
        """Show head, list, filter line and, where somebody is selected, what is known of them."""
        self.query_one(QueueHead).view = view
        self.people.heading = _heading(view)
        self.people.queue = view.queue
        self._show_find_line(view)
        self.show_facts(view, view.queue.selected)

    def place_of(self, view: View) -> object:
        """The list on the screen, and how it was searched."""
        return view.queue.shows, view.queue.typing, view.queue.filter

    def places(self) -> Sequence[str]:
        """The queue; over it the facts, while they are open."""
        return (*(("facts", "reading") if self.facts_open else ()), self.place, "facts_key")

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """What each key does, for the row the cursor is on."""
        return queue_rows(view, self.context.keys, self.facts_hints)

    def handlers(self) -> Mapping[str, Handler]:
        """The commands of the queue."""
        people, cockpit = self.people, self.cockpit
        return {
            **super().handlers(),
            **doing(cockpit, "queue"),
            "queue.ring": self._enter,
            "queue.down": lambda: self._go(people.cursor + 1),
            "queue.up": lambda: self._go(people.cursor - 1),
            "queue.bottom": lambda: self._go(people.count - 1),
            "queue.top": lambda: self._go(0),
            "queue.page_down": lambda: self._go(people.cursor + people.page),
            "queue.page_up": lambda: self._go(people.cursor - people.page),
            "queue.find": lambda: cockpit.queue.find(self.view.queue.filter),
            "queue.clear": self._back_out,
            "queue.keep_filter": self._keep_filter,
            "queue.skip": lambda: cockpit.people.skip(self.subject or None),
            "queue.add": self._add_person,
            "queue.import": self._import,
            "queue.list": self._choose_list,
            "queue.held": lambda: cockpit.queue.show_held(self.view.queue.shows != "held"),
            "queue.log": lambda: cockpit.outcome.log_elsewhere(self.subject),
            "queue.length": self._set_length,
            "queue.report": self._report,
            "queue.open": self._open,
            "queue.company": self._company,
            "queue.rehearse": self._rehearse,
            "queue.settings": self._settings,
            "queue.team": self._team_settings,
        }

    async def _enter(self) -> None:
        """Do what the Enter line says: the very value it was drawn from."""
        await self.cockpit.queue.enter(self.view.queue.enter)

    async def _go(self, position: int) -> None:
        """The cursor goes to a row, and what Enter does goes with it before the next key is taken."""
        if there := self.people.at(self.people.within(position)):
            # The list is drawn once, by the view that says where the cursor is now.
            await self.cockpit.queue.select(there[1].contact_id, there[1].call_id)

    def _show_find_line(self, view: View) -> None:
        """The line to type on is there while the cockpit says that a search is being typed."""
        row = self.query_one("#find-row")
        if view.queue.typing == row.has_class("-finding"):
            return
        row.set_class(view.queue.typing, "-finding")
        if view.queue.typing:
            self.find_line.set_text(view.queue.filter)

    def part_with_keys(self) -> TextLine | None:
        """The line the filter is typed on, while one is."""
        return self.find_line if self.view.queue.typing else None

    async def typed(self, line: TextLine) -> None:
        """Look for what stands on the line."""
        if line is self.find_line:
            await self.cockpit.queue.find(line.value)

    async def _back_out(self) -> None:
        """Esc: out of the search or the filter, then out of the other list."""
        queue = self.view.queue
        if queue.typing or queue.filter:
            await self.cockpit.queue.clear_filter()
        else:
            await self.cockpit.queue.show_held(False)

    def _keep_filter(self) -> None:
        name = Ask("keep-filter", say("name_filter", filter=self.view.queue.filter), (), text=True)
        self.ask_here(name, self.cockpit.queue.save_filter)

    # Screens behind a key are read when it is pressed, if not before: the queue comes first.

    async def _import(self) -> None:
        from tui.screens.importing import ImportScreen

        await self.app.push_screen(ImportScreen(self.context))

    async def _report(self) -> None:
        from tui.screens.report import ReportScreen

        await self.app.push_screen(ReportScreen(self.context))

    async def _settings(self) -> None:
        from tui.screens.settings import SettingsScreen

        await self.app.push_screen(SettingsScreen(self.context))

    async def _team_settings(self) -> None:
        from tui.screens.help import TextScreen, team_blocks

        await self.app.push_screen(TextScreen(self.context, team_blocks(self.view)))

    async def _choose_list(self) -> None:
        from tui.screens.pick import PickScreen
        from tui.widgets.section_list import PickRow

        lists = self.cockpit.queue.lists()
        rows = tuple(
            PickRow(
                str(place),
                (name or translated("Everybody"), translated("filter") if count < 0 else number(count)),
            )
            for place, (name, count) in enumerate(lists)
        )
        screen = PickScreen(
            self.context, translated("Lists and saved filters"), lambda _: rows, widths=(50, 20)
        )
        await self.ask_on(screen, lambda place: self.cockpit.queue.show_list(lists[int(place)][0]))

    async def _add_person(self) -> None:
        from tui.screens.fields import FieldsScreen, new_person

        screen = FieldsScreen(self.context, translated("A person who is not in the list"), new_person())
        await self.ask_on(screen, self._take_person)

    async def _take_person(self, values: Mapping[str, str]) -> None:
        if any(values.values()):
            await self.cockpit.people.add(values)

    async def _set_length(self) -> None:
        from tui.screens.fields import FieldsScreen, length_fields

        screen = FieldsScreen(self.context, translated("How long, and what for"), length_fields(self.view))
        await self.ask_on(screen, self.cockpit.session.type_length)

    async def _rehearse(self) -> None:
        from tui.screens.rehearse import rehearse

        await rehearse(self, self.subject)

    @on(QueueList.Opened)
    async def _open(self) -> None:
        from tui.screens.contact import ContactScreen

        if self.subject:
            await self.app.push_screen(ContactScreen(self.context, self.subject))

    async def _company(self) -> None:
        from tui.screens.company import ask_company
        from tui.screens.contact import ContactScreen

        async def open_one(contact_id: str) -> None:
            await self.cockpit.queue.select(contact_id)
            await self.app.push_screen(ContactScreen(self.context, contact_id))

        await ask_company(self, self.subject, open_one)

    @on(QueueList.Moved)
    async def _select(self) -> None:
        if row := self.people.row:
            await self.cockpit.queue.select(row.contact_id, row.call_id)


def _heading(view: View) -> str:
    """Words over those who can be called; in a session, when line 1 holds the clock, also which list it is."""
    if view.clock is None:
        return translated("Ready now")
    parts = (view.queue.title, say("only", filter=view.queue.filter) if view.queue.filter else "")
    words = ", ".join(part for part in parts if part)
    return say("ready_now", what=words) if words else translated("Ready now")
