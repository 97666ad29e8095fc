"""A few lines to fill in: a person, a length, the name of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from tui.cockpit.call_view import FormField, FormView, NotTaken, person_form
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import View
from tui.domain.contact import Contact
from tui.locale.spoken import translated
from tui.plaintext import MAX_TEXT
from tui.screens.base import CockpitScreen, Handler
from tui.screens.screen_context import ScreenContext
from tui.widgets.outcome_form import OutcomeForm
from tui.widgets.text_line import MAX_TYPED, TextLine


def new_person() -> tuple[FormField, ...]:
    """What can be said of a person who is not written down yet."""
    return person_form(Contact(""))


class FieldsScreen(CockpitScreen[Mapping[str, str] | None]):
    """Gives back what stands on the lines, by field id; None on Esc."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss"]
    place = "fields"
    key_ids = ("fields.save", "fields.next", "fields.back")

    def __init__(
        self,
        context: ScreenContext,
        title: str,
        fields: Sequence[FormField],
        focus: str = "",
        most: int = MAX_TYPED,
        several: bool = False,
    ) -> None:
        """`most`: characters a line holds; `several`: a pasted text keeps its lines."""
        super().__init__(context)
        self._most, self._several = most, several
        self._form_view = FormView("", "", title, tuple(fields), focus)

    def body(self) -> ComposeResult:
        """One form over the whole page."""
        yield OutcomeForm(id="form", most=self._most, several=self._several)

    def on_mount(self) -> None:
        """The cursor on the first line."""
        self.form.form = self._form_view

    def part_with_keys(self) -> TextLine:
        """The line of the field that has the cursor."""
        return self.form.text_line

    @property
    def form(self) -> OutcomeForm:
        """Holds what stands on each line."""
        return self.query_one(OutcomeForm)

    def typed(self, line: TextLine) -> None:
        """What stands in the field now."""
        self.form.take_typed()

    @on(OutcomeForm.Pointed)
    def _point(self, event: OutcomeForm.Pointed) -> None:
        self.form.go_to(event.field_id)

    def handlers(self) -> Mapping[str, Handler]:
        """Save, move, leave."""
        return {
            "fields.save": lambda: self.dismiss(self.form.values()),
            "fields.next": lambda: self.form.move(1),
            "fields.previous": lambda: self.form.move(-1),
            "fields.back": lambda: self.dismiss(None),
        }


async def ask_about_me(
    screen: CockpitScreen[Any], said: Mapping[str, str] | None = None, refused: NotTaken | None = None
) -> None:
    """Ask for the rep's name, company and number; what was typed stays when one of them is not taken."""
    settings = screen.cockpit.settings

    async def take(values: Mapping[str, str]) -> None:
        try:
            await settings.give_about_me(values)
        except NotTaken as not_taken:
            await ask_about_me(screen, values, not_taken)

    fields, focus = settings.about_me(said or {}, refused), refused.field_id if refused else ""
    await screen.ask_on(
        FieldsScreen(screen.context, translated("Who you are, as scripts say it"), fields, focus), take
    )


def length_fields(view: View) -> tuple[FormField, ...]:
    """Minutes and the goal, holding what is set now; the first digit typed replaces it."""
    queue = view.queue
    goal = translated("goal, may be empty")
    return (
        FormField(
            "minutes",
            translated("Minutes"),
            str(queue.minutes),
            proposed=True,
            hint=translated("5, 15, 60 or any number"),
        ),
        FormField(
            "conversations", translated("Talks"), str(queue.conversations or ""), proposed=True, hint=goal
        ),
        FormField(
            "next_steps", translated("Next steps"), str(queue.next_steps or ""), proposed=True, hint=goal
        ),
    )


NEW, MADE_AT = "new", "made_at"


def notes_screen(context: ScreenContext, view: View) -> FieldsScreen:
    """The kept notes and, with the cursor on it, a line for one more."""
    kept = [FormField(str(place), note.at, note.text) for place, note in enumerate(view.notes)]
    title = (
        translated("Notes of this call: empty a line to remove it")
        if kept
        else translated("Notes of this call")
    )
    when = view.past.made_at if view.past else ""
    first = (
        (
            FormField(
                MADE_AT, translated("Made at"), when, hint=translated("10:40, yesterday 17:30 or a date")
            ),
        )
        if when
        else ()
    )
    fields = (*first, *kept, FormField(NEW, translated("New note"), view.draft))
    return FieldsScreen(context, title, fields, NEW, MAX_TEXT, several=True)


async def take_notes(cockpit: Cockpit, view: View, said: Mapping[str, str]) -> None:
    """Keep what stands on the lines, for the call of the view they were made from."""
    notes = [said[str(place)] for place in range(len(view.notes))]
    await cockpit.talk.set_notes(view.call_id, notes, said[NEW], said.get(MADE_AT, ""))
