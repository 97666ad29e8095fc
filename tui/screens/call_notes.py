"""Notes of a call: those of one that is over, to be changed, emptied and added to; and what begins one."""

from __future__ import annotations

from collections.abc import Mapping

from tui.cockpit.call_view import FormField
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import View
from tui.plaintext import MAX_TEXT
from tui.screens.fields import FieldsScreen
from tui.screens.kit import Kit

NEW, MADE_AT = "new", "made_at"


def notes_screen(kit: Kit, view: View) -> FieldsScreen:
    """The kept notes and, with the cursor on it, a line for one more."""
    kept = [FormField(str(place), note.at, note.text) for place, note in enumerate(view.notes)]
    title = "Notes of this call: empty a line to remove it" if kept else "Notes of this call"
    when = view.past.made_at if view.past else ""
    first = (FormField(MADE_AT, "Made at", when, hint="10:40, yesterday 17:30 or a date"),) if when else ()
    fields = (*first, *kept, FormField(NEW, "New note", view.draft))
    return FieldsScreen(kit, title, fields, NEW, MAX_TEXT, several=True)


async def take_notes(cockpit: Cockpit, view: View, said: Mapping[str, str] | None) -> None:
    """Keep what stands on the lines, for the call of the view they were made from; None: nothing was changed."""
    if said is not None:
        notes = [said[str(place)] for place in range(len(view.notes))]
        await cockpit.set_notes(view.call_id, notes, said[NEW], said.get(MADE_AT, ""))


class LetterNotice:
    """Tells the rep once that letters begin a note, where a script gave one to an answer."""

    def __init__(self) -> None:
        self._told = False

    def told(self, view: View, note: str) -> str:
        """The sentence when such a letter has just begun a note; else empty."""
        digit = next((one.digit for one in view.script.answers if one.letter and one.letter == note), "")
        if self._told or not digit:
            return ""
        self._told = True
        return f"Letters begin a note; {digit} answers."
