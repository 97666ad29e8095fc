"""Other colours: every theme in a list, and the one under the cursor on the screen at once."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on

from tui.cockpit.call_view import NotTaken
from tui.cockpit.cockpit import Cockpit
from tui.locale.spoken import translated
from tui.screens.base import Handler
from tui.screens.pick import PickScreen
from tui.screens.screen_context import ScreenContext
from tui.widgets.colours import ColouredApp
from tui.widgets.section_list import PickList, PickRow
from tui.widgets.words import say

USUAL = ("textual-dark", "textual-light", "colour-blind-dark", "colour-blind-light", "high-contrast")
"""Named first."""


class ThemeScreen(PickScreen):
    """The themes; Enter keeps the one that is seen, Esc goes back to the one before."""

    def __init__(self, context: ScreenContext, app: ColouredApp) -> None:
        themes = app.available_themes
        names = [*USUAL, *sorted(set(themes) - {*USUAL})]
        rows = tuple(PickRow(name, (name, _kind(dark=themes[name].dark))) for name in names)
        super().__init__(context, translated("Colours"), lambda _: rows, widths=(30, 40))
        self._coloured, self._before = app, app.theme

    def narrow(self) -> None:
        """The cursor stays on the theme that is seen; where that fits no more, the first that fits is seen."""
        super().narrow()
        names = [row.id for row in self.list.rows]
        if self._coloured.theme in names:
            self.list.go_to(names.index(self._coloured.theme), tell=False)
        else:
            self._show_it()

    @on(PickList.Moved)
    def _show_it(self) -> None:
        if self.list.chosen:
            self._coloured.theme = self.list.chosen

    def take(self, row_id: str) -> None:
        """Keep these colours."""
        self._coloured.theme = row_id
        self.dismiss(row_id)

    def handlers(self) -> Mapping[str, Handler]:
        """Those of a list; leaving gives the old colours back."""
        return {**super().handlers(), "list.back": self._leave}

    def _leave(self) -> None:
        self._coloured.theme = self._before
        self.dismiss(None)


def _kind(*, dark: bool) -> str:
    return say("theme_dark") if dark else say("theme_light")


async def keep(app: ColouredApp, cockpit: Cockpit, theme: str) -> None:
    """Show a theme and write it into the rep's own file; where that cannot be, it stays until the program ends."""
    app.theme = theme
    try:
        await cockpit.settings.change("theme", theme)
    except NotTaken:
        await cockpit.tell(say("theme_until_end", theme=theme))
