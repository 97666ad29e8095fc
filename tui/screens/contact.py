"""One person: what we know, why now or why not, and everything that happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.cockpit.call_view import FormField, NotHandedOver
from tui.cockpit.view import View
from tui.cockpit.wording.typed import agreed_ask, meant_ask
from tui.locale.spoken import translated
from tui.screens.base import Handler
from tui.screens.company import ask_company
from tui.screens.fields import FieldsScreen, new_person
from tui.screens.help import ReadingScreen
from tui.screens.pick import PickScreen
from tui.screens.screen_context import ScreenContext
from tui.widgets.reading import Block
from tui.widgets.section_list import PickRow
from tui.widgets.words import say


class ContactScreen(ReadingScreen[None]):
    """The person, read again with every view."""

    place = "contact"
    key_ids = (
        *("contact.ring", "contact.edit", "contact.correct", "contact.sent", "contact.pursuit"),
        *("contact.hand_over", "contact.company", "contact.back", "contact.undo", "app.keys"),
    )

    def __init__(self, context: ScreenContext, contact_id: str) -> None:
        super().__init__(context)
        self._contact_id = contact_id

    @property
    def subject(self) -> str:
        """The person on the screen."""
        return self._contact_id

    def blocks(self, view: View) -> Sequence[Block]:
        """Name, what we know, why, history."""
        person = self.cockpit.card.view(self._contact_id)
        if person is None:
            return (Block("", (translated("This person is no longer here."),)),)
        history = person.history or (("", translated("Nothing yet.")),)
        lines = (*person.reach, (say("called"), person.called), *person.rest)
        more = (("", say("and_more", more=person.firm_more)),) if person.firm_more else ()
        firm = Block(say("same_company"), pairs=(*person.firm, *more), indent=24)
        return (
            Block(person.name.upper(), (person.about,) if person.about else (), lines),
            Block(translated("Why"), (*person.why, *person.leads_to), aside=True),
            *((firm,) if person.firm else ()),
            Block(
                translated("What happened"), pairs=history, indent=24, right=str(len(person.history) or "")
            ),
        )

    def handlers(self) -> Mapping[str, Handler]:
        """Call, edit, undo, scroll, back."""
        return {
            **super().handlers(),
            "contact.ring": self._ring,
            "contact.edit": self._edit,
            "contact.company": self._company,
            "contact.rehearse": self._rehearse,
            "contact.undo": self.cockpit.undo.last,
            "contact.correct": self._choose_call,
            "contact.sent": lambda: self.cockpit.messages.ask_sent(self._contact_id),
            "contact.cancelled": lambda: self.cockpit.messages.cancel_win(self._contact_id),
            "contact.pursuit": lambda: self.cockpit.people.ask_pursuit(self._contact_id),
            "contact.hand_over": self._hand_over,
            "contact.manager": lambda: self.cockpit.manager.ask(self._contact_id),
            "contact.take": lambda: self.cockpit.people.take(self._contact_id),
        }

    async def _company(self) -> None:
        async def show_one(contact_id: str) -> None:
            self._contact_id = contact_id
            await self.cockpit.queue.select(contact_id)
            self.show(self.view)

        await ask_company(self, self._contact_id, show_one)

    async def _rehearse(self) -> None:
        from tui.screens.rehearse import rehearse

        await rehearse(self, self._contact_id)

    async def _ring(self) -> None:
        self.dismiss(None)
        await self.cockpit.queue.call_person(self._contact_id)

    async def _choose_call(self) -> None:
        calls = self.cockpit.card.past_calls(self._contact_id)
        if not calls:
            await self.cockpit.tell(translated("No call with this person is on record yet."))
            return
        rows = tuple(PickRow(call.call_id, (call.when, call.what)) for call in calls)
        title = translated("Which call is to be corrected?")
        screen = PickScreen(self.context, title, lambda _: rows, widths=(18, 56))
        await self.ask_on(screen, self._correct)

    async def _correct(self, call_id: str) -> None:
        self.dismiss(None)
        await self.cockpit.correcting.correct(call_id)

    async def _edit(self) -> None:
        person = self.cockpit.card.view(self._contact_id)
        if person is not None:
            screen = FieldsScreen(self.context, person.name, person.editable or new_person())
            edit = self.cockpit.people.edit
            await self.ask_on(screen, lambda values: edit(self._contact_id, values))

    async def _hand_over(
        self, said: Mapping[str, str] | None = None, missing: NotHandedOver | None = None
    ) -> None:
        """Who takes them over and what they must know; what was typed stays when something is missing."""
        person = self.cockpit.card.view(self._contact_id)
        if person is None:
            return
        fields, focus = _handover_fields(said or {}, missing)
        title = say("hand_over", name=person.name)
        await self.ask_on(FieldsScreen(self.context, title, fields, focus), self._handed)

    async def _handed(
        self, said: Mapping[str, str], agreed: bool | None = None, anyway: bool = False
    ) -> None:
        """Hand them over; where a name nobody has, or the customer's agreement alone, is in the way, ask.

        `agreed` and `anyway` are the answers.
        """
        try:
            await self.cockpit.people.hand_over(
                self._contact_id, said["to"], said["note"], agreed is True, anyway=anyway
            )
        except NotHandedOver as missing:
            if missing.field_id == "unknown":
                self._ask_who_is_meant(said, missing)
            elif missing.field_id == "agreed" and agreed is None:
                self._ask_agreed(said, anyway)
            else:
                await self._hand_over(said, missing)

    def _ask_who_is_meant(self, said: Mapping[str, str], unknown: NotHandedOver) -> None:
        async def take(key: str) -> None:
            if key == "n":
                await self._hand_over(said)
            else:
                meant = said if key == "a" else {**said, "to": unknown.near}
                await self._handed(meant, anyway=key == "a")

        self.ask_here(meant_ask(str(unknown), unknown.near), take)

    def _ask_agreed(self, said: Mapping[str, str], anyway: bool) -> None:
        person = self.cockpit.card.view(self._contact_id)
        name = person.name if person else ""
        self.ask_here(agreed_ask(name, said["to"]), lambda key: self._handed(said, key == "y", anyway))


def _handover_fields(
    said: Mapping[str, str], missing: NotHandedOver | None
) -> tuple[tuple[FormField, ...], str]:
    """The lines of a hand-over with what was typed, and the one that needs more."""
    wanted = {"": "to", "agreed": "note"}.get(missing.field_id, missing.field_id) if missing else "to"
    lines = (
        ("to", translated("To"), translated("the colleague's name")),
        ("note", translated("Note"), translated("what they need to know")),
    )
    fields = tuple(
        FormField(
            name,
            label,
            said.get(name, ""),
            hint=hint,
            problem=str(missing) if missing and name == wanted else "",
        )
        for name, label, hint in lines
    )
    return fields, wanted
