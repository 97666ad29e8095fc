"""Everybody as a search knows them: made of contacts and their calls' notes, and kept true as they change."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.identity.lookup import Directory, Fit, Row, unaccented, words
from tui.domain.identity.names import firm_beginnings, firm_letters, same_name, untitled
from tui.domain.identity.person_fields import PersonField, search_terms, searched
from tui.domain.next_step import NextStep
from tui.phone import CallerIndex, CallerMatch
from tui.plaintext import clean
from tui.storage.protocol import Store

MAX_TYPED = 80
SURE_FITS = frozenset({Fit.NUMBER_END, Fit.NAME_START, Fit.NAME_WORD, Fit.WORD_START, Fit.COMPANY, Fit.EMAIL})
"""Ways to say whom one means: the end of a number, words of a name, a company, an e-mail."""

_COLUMNS = {"name": "name", "given": "name", "family": "name", "company": "company", "number": "numbers"} | {
    "email": "emails",
    **dict.fromkeys(("role", "lists", "tags", "owner", "do_not_call"), "tags"),
}
"""In which column of a look-up a person's field stands, by its id; all others are notes."""


def row_of(contact: Contact, calls: Iterable[Call] = ()) -> Row:
    """What a person is found by: every field a plain word is looked for in, and the notes of their calls."""
    name, texts = contact.shown_name, defaultdict[str, list[str]](list)
    for field_id, text in searched(contact):
        texts[_COLUMNS.get(field_id, "notes")].append(text)
    known = set(words(name))
    also = [text for text in texts["name"] if text not in name and not known.issuperset(words(text))]
    noted = [note.text for call in calls if not call.voided_at for note in call.notes]
    return Row(
        contact.id,
        " ".join((name, *also)),
        " ".join(texts["company"]),
        texts["numbers"],
        texts["emails"],
        texts["tags"],
        [*texts["notes"], *noted],
    )


_IN_STEPS: Mapping[str, Callable[[NextStep], tuple[str, ...]]] = {
    "lists": lambda step: step.lists,
    "owner": lambda step: (step.owner,) if step.owner else (),
}
"""Fields of which a next step knows what they hold: a list may be of everybody."""


class Search:
    """Finds people of one store. Everybody is read when the first is looked for, or before that by `build`."""

    def __init__(
        self,
        store: Store,
        region: Callable[[], str],
        prefix: str = "",
        step: Callable[[str], NextStep] | None = None,
    ) -> None:
        """`region`: where numbers without a country are read as, for example GB, asked for when one is looked up: the
        first screen does without; `prefix`: for an outside line; `step`: everybody's next step, where that is known.
        """
        self._store, self._region, self._prefix, self._step = store, region, prefix, step
        self._directory: Directory | None = None
        self._numbers = CallerIndex()
        self._numbers_of: dict[str, tuple[str, ...]] = {}
        """The numbers by which each person is in that index."""
        self._changed: set[str] = set()
        """Whoever has to be read again before the next answer."""
        self._touched: set[str] = set()
        self._building = threading.Lock()

    def changed(self, contact_ids: Iterable[str]) -> None:
        """Somebody changed, came or went: they are read again when somebody is looked for."""
        ids = set(contact_ids)
        self._changed |= ids
        self._touched |= ids

    def take_touched(self) -> set[str]:
        """People whose history or details changed since this was last asked."""
        touched, self._touched = self._touched, set()
        return touched

    def forget(self) -> None:
        """Many changed: everybody is read again."""
        self._directory = None

    def build(self) -> None:
        """Read everybody once; safe to run off the screen's thread, whoever needs it meanwhile waits for the end."""
        with self._building:
            if self._directory is None:
                self._changed.clear()
                self._numbers = CallerIndex()
                self._numbers_of.clear()
                self._directory = Directory(self._everybody())

    def _everybody(self) -> Iterator[Row]:
        for contact in self._store.contacts():  # one at a time: all at once would take 200 MB for 100,000
            self._know_numbers(contact)
            yield row_of(contact, self._store.calls(contact.id))

    def _know_numbers(self, contact: Contact) -> None:
        """A number on which somebody else answered is not theirs: whoever calls from it is not them."""
        theirs = tuple(number.e164 for number in contact.numbers if number.e164 and not number.bad)
        for e164 in theirs:
            self._numbers.add(contact.id, e164)
        self._numbers_of[contact.id] = theirs

    def _forget_numbers(self, contact_id: str) -> None:
        for e164 in self._numbers_of.pop(contact_id, ()):
            self._numbers.remove(contact_id, e164)

    def _now(self) -> Directory:
        """Everybody as they are now."""
        self.build()
        assert self._directory is not None
        while self._changed:
            self._read_again(self._directory, self._changed.pop())
        return self._directory

    def catch_up(self, most: int) -> bool:
        """Read again at most so many of those who changed: the next answer waits for fewer. Whether more are left."""
        directory = self._directory
        if directory is None:
            return False
        for _ in range(min(most, len(self._changed))):
            self._read_again(directory, self._changed.pop())
        return bool(self._changed)

    def _read_again(self, directory: Directory, contact_id: str) -> None:
        contact = self._store.contact(contact_id)
        self._forget_numbers(contact_id)
        if contact is None:
            directory.remove(contact_id)
            return
        self._know_numbers(contact)
        directory.add(row_of(contact, self._store.calls(contact_id)))

    # -- answers ---------------------------------------------------------------------------------------

    def everybody_like(self, text: str) -> list[str]:
        """Ids of everybody the text fits, the best first; nobody when nothing is typed.

        What stands behind a name such as `zone:london` is looked for in that field only (`search_terms`).
        """
        plain, named = search_terms(clean(text, MAX_TYPED))
        asked = [(field, unaccented(wanted)) for field, wanted in named]
        plain = untitled(plain)
        if not asked:
            return self._like(plain)
        # Whoever has it in a field that a plain word is looked for in has it at all: there are fewer of them to read.
        told = " ".join(wanted for field, wanted in asked if field.plain)
        if plain:
            found = self._like(plain)
        else:
            found = self._now().holding(told) if words(told) else self._now().everybody()
        return [one for one in found if self._fits(one, asked)]

    def _like(self, typed: str) -> list[str]:
        found = self._now().ids(typed)
        exact = self.caller(typed).ids
        return list(dict.fromkeys((*exact, *found))) if exact else found

    def _fits(self, contact_id: str, asked: Iterable[tuple[PersonField, str]]) -> bool:
        return all(
            any(wanted in unaccented(value) for value in self._values(contact_id, field))
            for field, wanted in asked
        )

    def _values(self, contact_id: str, field: PersonField) -> tuple[str, ...]:
        """What somebody's field holds, without reading them where their next step knows it."""
        if self._step is not None and field.id in _IN_STEPS:
            return _IN_STEPS[field.id](self._step(contact_id))
        contact = self._store.contact(contact_id)
        return field.values(contact) if contact else ()

    def meant(self, text: str) -> tuple[list[str], bool]:
        """Ids of those a command may mean, and whether that is beyond doubt when it is only one.

        Those with exactly this name or number, if there are any; else everybody whom the text fits. A piece from the
        middle of a name, of a number or of a note is no way to say whom one means.
        """
        typed = clean(text, MAX_TYPED)
        hits = list(self._now().search(untitled(typed)))
        named = (hit.id for hit in hits if hit.fit is Fit.SAME_NUMBER or self._is_called(hit.id, typed))
        if exact := list(dict.fromkeys((*self.caller(typed).ids, *named))):
            return exact, True
        return [hit.id for hit in hits], all(hit.fit in SURE_FITS for hit in hits)

    def _is_called(self, contact_id: str, typed: str) -> bool:
        contact = self._store.contact(contact_id)
        return contact is not None and same_name(contact.shown_name, typed)

    def callers_like(self, text: str, left_a_voicemail: Collection[str], limit: int) -> list[str]:
        """Ids of those whom a piece of a number, a name or a company may mean, the likeliest first."""
        return [hit.id for hit in self._now().find(untitled(clean(text, MAX_TYPED)), left_a_voicemail, limit)]

    def of_firm(self, company: str) -> list[str]:
        """Ids of everybody of one firm, by name, however its name is written; nobody for a blank."""
        letters = firm_letters(company)
        if not letters:
            return []
        found = self._now().at_company(firm_beginnings(company), letters)
        people = ((one, self._store.contact(one)) for one in found)
        return [one for one, contact in people if contact and firm_letters(contact.company) == letters]

    def caller(self, number: str) -> CallerMatch:
        """What the number of a caller tells, in any format, and all who have exactly this number."""
        self._now()
        return self._numbers.find(number, self._region(), self._prefix)


class Narrowing:
    """What narrows the queue. Nothing does at first: everybody is in view."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self.list_name = self.text = ""
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

    def look_for(self, text: str, *, searching: bool, fitting: list[str] | None = None) -> None:
        """Narrow the list to those whom the text fits, who may be known already; an empty text narrows nothing."""
        self.text = text.strip()
        self.searching = searching and bool(self.text)
        self.found = None
        if self.text:
            self.found = self._search.everybody_like(self.text) if fitting is None else fitting
        if self.found is not None and self._members is not None:
            self.found = [one for one in self.found if one in self._members]
        self._found_ids = None

    def show_again(self, members: set[str] | None, fitting: list[str] | None = None) -> None:
        """Show the same list and text: many people have changed."""
        self._members = members
        self.look_for(self.text, searching=self.searching, fitting=fitting)

    def added(self, contact_ids: Iterable[str]) -> None:
        """People were added or changed by the rep: they are in view, unless a text does not fit them."""
        if self._members is not None:
            self._members.update(contact_ids)
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
