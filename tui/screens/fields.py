"""A few lines to fill in: a person, a length, the name of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from tui.cockpit.call_view import FormField, FormView
from tui.cockpit.person_form import person_form
from tui.cockpit.view import View
from tui.domain.contact import Contact
from tui.screens.base import CockpitScreen, Handler
from tui.screens.hints import hints
from tui.screens.kit import Kit
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.outcome_form import OutcomeForm
from tui.widgets.text_line import MAX_TYPED, TextLine

PERSON_FORM = person_form(Contact(""))
"""What can be said of a person who is not written down yet."""


class FieldsScreen(CockpitScreen[Mapping[str, str] | None]):
    """Gives back what stands on the lines, by field id; None on Esc."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss"]
    place = "fields"

    def __init__(
        self,
        kit: Kit,
        title: str,
        fields: Sequence[FormField],
        focus: str = "",
        most: int = MAX_TYPED,
        several: bool = False,
    ) -> None:
        """`most`: characters a line holds; `several`: a pasted text keeps its lines."""
        super().__init__(kit)
        self._most, self._several = most, several
        self._form_view = FormView("", "", title, tuple(fields), focus)

    def body(self) -> ComposeResult:
        """The form."""
        yield OutcomeForm(id="form", most=self._most, several=self._several)

    def on_mount(self) -> None:
        """The cursor on the first line."""
        self.form.form = self._form_view
        self.form.text_line.cursor_blink = self.kit.cursor_blink
        self.set_focus(self.form.text_line)

    @property
    def form(self) -> OutcomeForm:
        """The form."""
        return self.query_one(OutcomeForm)

    def typed(self, line: TextLine) -> None:
        """What stands in the field now."""
        self.form.take_typed()

    def handlers(self) -> Mapping[str, Handler]:
        """Save, move, leave."""
        return {
            "fields.save": lambda: self.dismiss(self.form.values()),
            "fields.next": lambda: self.form.move(1),
            "fields.previous": lambda: self.form.move(-1),
            "fields.back": lambda: self.dismiss(None),
        }

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Save, next line, back."""
        return (KeyFlow(hints(self.kit.keys, "fields.save", "fields.next", "fields.back")),)
