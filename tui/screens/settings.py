"""Every setting: its value, what it takes and where it comes from; changed here, in the rep's own file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from tui.cockpit.call_view import FormField, NotTaken, SettingRow
from tui.cockpit.view import View
from tui.locale.spoken import translated
from tui.screens.base import Handler
from tui.screens.colours import ThemeScreen
from tui.screens.fields import FieldsScreen
from tui.screens.pick import PickScreen
from tui.screens.screen_context import ScreenContext, hints
from tui.widgets.colours import ColouredApp
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import Line, Lines, drawn, labelled, paragraph, rule
from tui.widgets.section_list import PickList, PickRow, SectionList
from tui.widgets.words import say

LABELS = 8
"""Cells of the labels below the list."""


class SettingDetail(Lines):
    """What is known of the highlighted setting, always as high."""

    row: drawn[SettingRow | None] = drawn(None)
    """The setting; None where none is highlighted."""

    def lines(self, width: int) -> Sequence[Line]:
        """Its name, what it is for, what it takes, where it comes from, and what a change would do."""
        row = self.row
        if row is None:
            return [rule("", "", width)]
        said = [
            (translated("Value"), row.value or translated("not set")),
            (translated("Takes"), row.takes),
            (translated("From"), row.place or row.origin),
        ]
        lines = [rule(row.name, "", width), *paragraph(row.help, width, 1, "dim")]
        for label, words in said:
            lines += labelled(label, words, width, LABELS, most=1) if words else []
        return [*lines, *paragraph(row.fixed or row.counts, width, 1, "warn" if row.fixed else "")]


class SettingsScreen(PickScreen):
    """The settings, narrowed by typing."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "pick.tcss", "settings.tcss"]

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, translated("Settings"), self._pick_rows, widths=(30, 24, 24))
        self._rows: dict[str, SettingRow] = {}
        self._read()

    def _read(self) -> None:
        self._rows = {row.name: row for row in self.cockpit.settings.rows()}

    def _pick_rows(self, text: str) -> tuple[PickRow, ...]:
        return tuple(
            PickRow(row.name, (row.name, row.value, row.origin), row.help) for row in self._rows.values()
        )

    def body(self) -> ComposeResult:
        """The line to type on, the list, and what is known of the highlighted setting."""
        yield from super().body()
        yield SettingDetail(id="setting-detail")

    def places(self) -> Sequence[str]:
        """Its own keys, then those of a list."""
        return ("settings", "list")

    def show(self, view: View) -> None:
        """Problems of the shared files stand in the rule."""
        if view.problems:
            self.list.show(translated("Settings"), say("problems", count=len(view.problems)))

    def narrow(self) -> None:
        """Show the rows for what stands on the line."""
        super().narrow()
        self._tell_row()

    @on(SectionList.Moved)
    def _tell_row(self) -> None:
        self.query_one(SettingDetail).row = self._chosen
        if self.is_mounted:
            self.update_keys()

    @property
    def _chosen(self) -> SettingRow | None:
        return self._rows.get(self.query_one(PickList).chosen)

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Change it, take it back, narrow, back."""
        row = self._chosen
        change = hints(self.context.keys, "settings.change") if row and not row.fixed else ()
        drop = (
            hints(self.context.keys, "settings.back_to_team") if row and row.is_own and not row.fixed else ()
        )
        back = hints(self.context.keys, "list.back")
        return (
            KeyFlow(
                (*change, *drop, self.choose_hint, hint(translated("type"), translated("to narrow")), *back)
            ),
        )

    def handlers(self) -> Mapping[str, Handler]:
        """The commands of a list, and those of a setting."""
        return {
            **super().handlers(),
            "settings.change": self._take_chosen,
            "settings.back_to_team": self._back_to_team,
        }

    async def take(self, row_id: str) -> None:
        """Change a setting: by a list of its words, or by a line to type on."""
        await self._change(self._rows[row_id])

    async def _change(self, row: SettingRow, typed: str | None = None, problem: str = "") -> None:
        if row.fixed:
            await self.cockpit.tell(say("setting_fixed", name=row.name))
        elif row.name == "theme" and isinstance(self.app, ColouredApp):
            await self.ask_on(ThemeScreen(self.context, self.app), lambda theme: self._write(row, theme))
        elif row.choices and not problem:
            rows = tuple(PickRow(word, (word,)) for word in row.choices)
            screen = PickScreen(self.context, row.name, lambda _: rows, widths=(40,))
            await self.ask_on(screen, lambda word: self._write(row, word))
        else:
            line = FormField(
                "value",
                translated("Value"),
                row.typed if typed is None else typed,
                proposed=typed is None,  # what is set is typed over, what was refused is mended
                problem=problem,
                hint=row.help,
            )
            screen_of_line = FieldsScreen(self.context, row.name, (line,))
            await self.ask_on(screen_of_line, lambda values: self._write(row, values["value"]))

    async def _write(self, row: SettingRow, typed: str) -> None:
        if typed == row.typed:
            return
        try:
            await self.cockpit.settings.change(row.name, typed)
        except NotTaken as refused:
            await self._change(row, typed, str(refused))
        else:
            self._read_again(row.name)

    async def _back_to_team(self) -> None:
        if (row := self._chosen) is None:
            return
        try:
            await self.cockpit.settings.back_to_team(row.name)
        except NotTaken as refused:
            told = say("setting_fixed", name=row.name) if str(refused) == row.fixed else str(refused)
            await self.cockpit.tell(told)
        else:
            self._read_again(row.name)

    def _read_again(self, name: str) -> None:
        """Read the rows again, with the cursor on the one that was changed."""
        self._read()
        if name == "theme" and isinstance(self.app, ColouredApp):
            self.app.choose_theme(self._rows[name].value)
        self.narrow()
        place = [row.id for row in self.list.rows].index(name) if name in self._rows else 0
        self.list.go_to(place, tell=False)
        self._tell_row()
