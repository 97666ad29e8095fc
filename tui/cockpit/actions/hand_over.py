"""Whose person somebody is: the words when a colleague rings in their place, and handing them over (B36, B37)."""

from __future__ import annotations

from dataclasses import replace

from tui.cockpit.actions.action import giving
from tui.cockpit.actions.next_person import Decision, Flow
from tui.cockpit.state.state import Desk
from tui.cockpit.wording import saved
from tui.domain.contact import Contact
from tui.plaintext import clean
from tui.storage.stamp import changed_values

HANDED_OVER = "handed over"
"""What is remembered of a person who was handed over: from whom, when, and what the next rep must know."""


class NotHandedOver(ValueError):  # noqa: N818 - something is still missing, nothing went wrong
    """A hand-over needs more; the message says what, `field_id` which of `to`, `note` and `agreed` is missing."""

    def __init__(self, field_id: str, message: str) -> None:
        super().__init__(message)
        self.field_id = field_id


def hand_over_line(contact: Contact, me: str) -> str:
    """What to say when ringing a colleague's customer."""
    mine = f"It's {me}. " if me else ""
    return f'"{mine}I\'m calling in place of {contact.owner}, who looks after you."'


class Ownership:
    """Hands people over."""

    def __init__(self, desk: Desk, flow: Flow) -> None:
        self._desk = desk
        self._flow = flow

    @giving
    async def hand_over(self, contact_id: str, to: str, note: str, agreed: bool) -> Contact | None:
        """Give a person to another rep, with a note and the customer's agreement.

        None when it was not saved. Raises `NotHandedOver` when the rep, the note or the agreement is missing.
        """
        desk, contact = self._desk, self._desk.store.contact(contact_id)
        if contact is None:
            raise NotHandedOver("", "This person is no longer in your list.")
        rep, said, name = clean(to, 80), clean(note, 300), contact.shown_name
        if not rep:
            raise NotHandedOver("to", f"Who takes {name} over? Give their name.")
        if not said:
            raise NotHandedOver("note", f"What must {rep} know about {name}? A hand-over needs a note.")
        if not agreed:
            raise NotHandedOver("agreed", f"Ask {name} first: a customer is handed over only if they agree.")
        before = contact.owner or desk.settings.me.name or "nobody"
        record = f"from {before} to {rep} on {desk.here.date().isoformat()}, they agreed: {said}"
        kept = {**contact.remembered, HANDED_OVER: record}
        edited = tuple(sorted({*contact.edited_by_rep, "owner"}))
        changed = replace(contact, owner=rep, remembered=kept, edited_by_rep=edited)
        async with desk.change() as change:
            change.put(changed)
            self._flow.decided(Decision(contact_id, *changed_values(contact, changed)))
        if not change.is_saved:
            return None
        desk.say_saved(saved.handed_over(changed))
        return changed
