"""What a filter on the queue looks at: each person's names, company, tags, fields and numbers as one text."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.contact import Contact
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
        """Those of these people who hold every word of the text."""
        sought = fold(text).split()
        return {one for one in contact_ids if all(word in self._of(one) for word in sought)}

    def _of(self, contact_id: str) -> str:
        found = self._texts.get(contact_id)
        if found is None:
            contact = self._store.contact(contact_id)
            found = self._texts[contact_id] = _text(contact) if contact else ""
        return found


def _text(contact: Contact) -> str:
    parts = (
        contact.name,
        contact.given,
        contact.family,
        contact.company,
        contact.role,
        contact.owner,
        *contact.tags,
        *contact.lists,
        *contact.fields.values(),
        *(n.e164 for n in contact.numbers),
    )
    return fold(" ".join(parts))
