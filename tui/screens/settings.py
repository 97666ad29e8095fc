"""Every setting: its name, its value, and which file it comes from. Files are edited, not this screen."""

from __future__ import annotations

from tui.cockpit.view import View
from tui.screens.pick import PickScreen
from tui.screens.screen_context import Kit, hints
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.section_list import PickRow


class SettingsScreen(PickScreen):
    """A list to look things up in; type to narrow it."""

    def __init__(self, kit: Kit) -> None:
        rows = tuple(PickRow(row.name, (row.name, row.value, row.origin)) for row in kit.settings())
        super().__init__(kit, "Settings", lambda _: rows, widths=(30, 26, 24))

    def show(self, view: View) -> None:
        """Problems of the shared files stand in the rule."""
        if view.problems:
            self.list.empty = "Nothing found."
            count = len(view.problems)
            self.list.show("Settings", "1 problem" if count == 1 else f"{count} problems")

    def take(self, row_id: str) -> None:
        """A setting is changed in its file; the screen says where."""
        row = next((row for row in self.list.rows if row.id == row_id), None)
        if row is not None:
            self.notify(f"Change {row.cells[0]} in: {row.cells[2]}", markup=False)

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Narrow, back."""
        return (KeyFlow((hint("type", "to narrow"), *hints(self.kit.keys, "list.back"))),)
