"""The call, laid out as loosely as the height of the screen allows."""

from __future__ import annotations

from typing import ClassVar

from tui.cockpit.view import Phase, View
from tui.screens.facts import WithFacts
from tui.widgets.card import ContactCard
from tui.widgets.key_lines import KeyLines
from tui.widgets.lines import Lines, ViewLines
from tui.widgets.outcome_form import OutcomeForm, OutcomeList
from tui.widgets.script_panel import ScriptPanel
from tui.widgets.text_line import KeptFromCall, Notes

MOST_LEVEL = 5
"""The tightest layout."""
HIGH = 30
"""From so many lines on nothing of what an outcome leads to is cut."""
COMING = (6, 3, 1, 0)
"""So many of the lines that come next are shown where they have room."""
FITTED: tuple[type[ViewLines], ...] = (ContactCard, ScriptPanel, Notes, KeptFromCall)
"""Parts that leave out more on a lower screen."""


class FittedCall(WithFacts):
    """Gives the parts of a call the view, with as much round what matters as there is room for."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "call.tcss"]
    scrolls = "#call-main"
    facts_within = "#call-body"

    @property
    def form(self) -> OutcomeForm:
        """The form behind an outcome; it draws nothing while none is open."""
        return self.query_one(OutcomeForm)

    @property
    def outcomes(self) -> OutcomeList:
        """The outcomes to choose from; they draw nothing before the call is over."""
        return self.query_one(OutcomeList)

    def fit(self, view: View) -> None:
        """Give the parts the view, as loosely laid out as the height allows."""
        keys = self.query_one(KeyLines)
        keys.set_reactive(KeyLines.rows, self.key_rows(view))
        width = self._main_width
        widths: dict[Lines, int] = {keys: self.size.width}
        for kind in FITTED:
            part = self.query_one(kind)
            part.view = view
            widths[part] = width
        room = self.size.height - self._frame_height(view)
        script = self.query_one(ScriptPanel)
        for level, script.most_coming in self._layouts(view):
            for one in widths:
                one.level = level
            made = {one: one.lines(widths[one]) for one in widths}
            if sum(map(len, made.values())) <= room:
                break
        for one, lines in made.items():
            one.update_lines(lines, widths[one])

    def _layouts(self, view: View) -> list[tuple[int, int]]:
        """Levels to be tried, each with how many of the lines that come next are shown."""
        if self.facts_open:
            return [(MOST_LEVEL, 0)]
        coming = sorted({min(len(view.script.then), most) for most in COMING}, reverse=True)
        return [*((0, most) for most in coming), *((level, 0) for level in range(1, MOST_LEVEL + 1))]

    @property
    def _main_width(self) -> int:
        """Columns beside the facts; before the first layout as many as they leave."""
        beside = self.size.width * 3 // 5 if self.two_panes and not self.facts_open else self.size.width
        return self.query_one(self.scrolls).size.width or beside

    def _frame_height(self, view: View) -> int:
        """Lines that are always there: line 1, rules, a notice, the note line, the outcomes or the form."""
        width = self._main_width
        notice = self.query_one("#notice").lines(self.size.width)  # type: ignore[attr-defined]
        height = 3 + (1 if self.size.width >= 120 else 0) + len(notice)
        height += view.phase is Phase.TALKING
        height += len(self.outcomes.lines(width))
        return height + (self.form.height_for(width) if view.phase is Phase.FORM else 0)
