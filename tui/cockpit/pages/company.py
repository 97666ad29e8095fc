"""Everybody of one company: who may be called now, when somebody was last in touch, and what comes next."""

from __future__ import annotations

from tui.cockpit.call_view import CompanyView, Person
from tui.cockpit.pages.queue_rows import QueueRows
from tui.cockpit.state.others import caller_of
from tui.cockpit.state.state import State
from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.domain.contact import Contact
from tui.domain.history import last_contact


class Company:
    """Answers who else works where somebody works."""

    def __init__(self, state: State) -> None:
        self._state, self._rows = state, QueueRows(state)

    def view(self, contact_id: str) -> CompanyView | None:
        """Everybody of this person's company: who can be called now first, the best first, then the others by name.

        None when there is no such person, or no company on record for them.
        """
        contact = self._state.store.contact(contact_id)
        if contact is None or not contact.company.strip():
            return None
        ranking = self._state.ranking
        ids = ranking.search.of_firm(contact.company)
        places = {one: place for one in ids if (place := ranking.ready_place(one)) is not None}
        now = sorted(places, key=places.__getitem__)
        known = (*now, *(one for one in ids if one not in places))
        people = (self._person(one) for one in map(self._state.store.contact, known) if one)
        return CompanyView(contact.company, tuple(people), len(now))

    def others(self, contact: Contact, most: int) -> tuple[tuple[tuple[str, str], ...], int]:
        """Who else works there, by name, and when somebody was last in touch, of at most so many; how many more."""
        ids = [one for one in self._state.ranking.search.of_firm(contact.company) if one != contact.id]
        people = filter(None, map(self._state.store.contact, ids[:most]))
        told = ((who, last or notice("why_never_called")) for who, last in map(self._told, people))
        return tuple(told), max(len(ids) - most, 0)

    def _person(self, contact: Contact) -> Person:
        who, last = self._told(contact)
        row = self._rows.found_row(contact.id)
        return Person(contact.id, who, last or notice("never_in_touch"), row.why, row.urgency)

    def _told(self, contact: Contact) -> tuple[str, str]:
        """Name and role, and the last contact; empty when there was none."""
        state = self._state
        last = last_contact(contact, state.calls(contact))
        told = card.last_line(last, state.labels, state.clocks(contact), caller_of(state, last))
        return card.name_and_role(contact), told
