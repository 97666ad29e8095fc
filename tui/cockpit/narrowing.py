"""Which part of everybody is in view: a list, a filter kept under a name, or all whom a typed text fits."""

from __future__ import annotations

from tui.cockpit.search import Search


class Narrowing:
    """What narrows the queue. Nothing does at first: everybody is in view."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self.list_name = ""
        self.text = ""
        self.searching = False
        """Whether the text was typed to find somebody; a filter kept under a name shows a part of the queue."""
        self.found: list[str] | None = None
        """Ids of those the text fits, the best match first; None without a text."""
        self._members: set[str] | None = None
        """Ids of the list in view; None: everybody."""
        self._found_ids: set[str] | None = None

    def show(self, list_name: str, members: set[str] | None, text: str) -> None:
        """Show the queue of a list (`members` None: of everybody), narrowed by a text."""
        self.list_name, self._members = list_name, members
        self.look_for(text, searching=False)

    def look_for(self, text: str, *, searching: bool) -> None:
        """Narrow the list to those whom the text fits; an empty text narrows nothing."""
        self.text = text.strip()
        self.searching = searching and bool(self.text)
        self.found = self._search.everybody_like(self.text) if self.text else None
        if self.found is not None and self._members is not None:
            self.found = [one for one in self.found if one in self._members]
        self._found_ids = None

    def added(self, contact_id: str) -> None:
        """Somebody was added or changed by the rep: they are in view, unless a text does not fit them."""
        if self._members is not None:
            self._members.add(contact_id)
        if self.text:
            self.look_for(self.text, searching=self.searching)

    @property
    def ids(self) -> set[str] | None:
        """Ids of those in view; None: everybody."""
        if self.found is None:
            return self._members
        if self._found_ids is None:
            self._found_ids = set(self.found)
        return self._found_ids

    def holds(self, contact_id: str) -> bool:
        """Whether somebody is in view."""
        ids = self.ids
        return ids is None or contact_id in ids

    @property
    def count(self) -> int | None:
        """How many are in view; None: everybody."""
        shown = self._members if self.found is None else self.found
        return None if shown is None else len(shown)
