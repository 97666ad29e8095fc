"""What a filter on the queue looks at: each person's searched fields as one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.domain.contact import Contact
from tui.domain.person_fields import PersonField, searched, searched_by_name
from tui.plaintext import fold
from tui.storage.protocol import Store


class Texts:
    """The texts by contact id, read when first needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[str, str] = {}

    def take(self, contact: Contact) -> None:
        """Take up somebody who was read anyway, so that the first key of a filter need not read them."""
        self._texts[contact.id] = _text(contact)

    def forget(self, contact_id: str) -> None:
        """Somebody changed: read them again when they are looked for."""
        self._texts.pop(contact_id, None)

    def holding(self, text: str, contact_ids: Iterable[str]) -> set[str]:
        """Those of these people who hold every word of the text; `zone:london` is looked for in that field only."""
        words = fold(text).split()
        asked = [named for word in words if (named := searched_by_name(word))]
        plain = [word for word in words if not searched_by_name(word)]
        found = {one for one in contact_ids if all(word in self._of(one) for word in plain)}
        return {one for one in found if self._fits(one, asked)} if asked else found

    def _fits(self, contact_id: str, asked: Sequence[tuple[PersonField, str]]) -> bool:
        contact = self._store.contact(contact_id)
        return contact is not None and all(
            any(wanted in fold(value) for value in field.values(contact)) for field, wanted in asked
        )

    def _of(self, contact_id: str) -> str:
        found = self._texts.get(contact_id)
        if found is None:
            contact = self._store.contact(contact_id)
            found = self._texts[contact_id] = _text(contact) if contact else ""
        return found


def _text(contact: Contact) -> str:
    return fold(" ".join(text for _, text in searched(contact)))
