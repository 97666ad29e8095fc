"""The lines of the form in which a rep writes down or changes a person."""

from __future__ import annotations

from tui.cockpit.call_view import FormField
from tui.domain.contact import Contact
from tui.domain.person_fields import PERSON_FIELDS


def person_form(contact: Contact) -> tuple[FormField, ...]:
    """Every field a rep can write, with what stands there now; the ids are the keys of `edit_person`."""
    return tuple(
        FormField(field.id, field.label, field.in_form(contact), hint=field.hint)
        for field in PERSON_FIELDS
        if field.write
    )
