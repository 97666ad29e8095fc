"""One person: what we know, why now or why not, and everything that happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.cockpit.view import View
from tui.screens.base import Handler
from tui.screens.fields import PERSON_FIELDS, FieldsScreen
from tui.screens.hints import hints
from tui.screens.kit import Kit
from tui.screens.text import ReadingScreen
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.reading import Block


class ContactScreen(ReadingScreen[None]):
    """The person, read anew with every view."""

    place = "contact"

    def __init__(self, kit: Kit, contact_id: str) -> None:
        super().__init__(kit)
        self._contact_id = contact_id

    @property
    def subject(self) -> str:
        """The person on the screen."""
        return self._contact_id

    def blocks(self, view: View) -> Sequence[Block]:
        """Name, what we know, why, history."""
        person = self.cockpit.contact_view(self._contact_id)
        if person is None:
            return (Block("", ("This person is no longer here.",)),)
        history = person.history or (("", "Nothing yet."),)
        return (
            Block(person.name.upper(), (person.about,) if person.about else (), person.lines),
            Block("Why", person.why),
            Block("What happened", pairs=history, indent=24, right=str(len(person.history) or "")),
        )

    def handlers(self) -> Mapping[str, Handler]:
        """Ring, edit, undo, scroll, back."""
        return {
            **super().handlers(),
            "contact.ring": self._ring,
            "contact.edit": self._edit,
            "contact.undo": self.cockpit.undo,
            "contact.sent": lambda: self.cockpit.ask_sent(self._contact_id),
            "contact.cancelled": lambda: self.cockpit.cancel_win(self._contact_id),
            "contact.down": lambda: self.scroll_lines(1),
            "contact.up": lambda: self.scroll_lines(-1),
            "contact.back": lambda: self.dismiss(None),
        }

    async def _ring(self) -> None:
        self.dismiss(None)
        await self.cockpit.select(self._contact_id)
        await self.cockpit.ring_selected()

    async def _edit(self) -> None:
        person = self.cockpit.contact_view(self._contact_id)
        if person is not None:
            screen = FieldsScreen(self.kit, person.name, person.editable or PERSON_FIELDS)
            await self.app.push_screen(screen, self._change)

    async def _change(self, values: Mapping[str, str] | None) -> None:
        if values is not None:
            await self.cockpit.edit_person(self._contact_id, values)

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Ring, edit, undo, back."""
        ids = ("contact.ring", "contact.edit", "contact.sent", "contact.undo", "contact.back", "app.keys")
        return (KeyFlow(hints(self.kit.keys, *ids)),)
