"""What a file that is imported says against calling people and numbers, as additions to the do-not-call list.

The id of each follows from the file and from whom it binds, so that the same file adds nothing: what was lifted since
stays lifted, and what was answered stays answered. A refusal in another file is a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from msgspec.structs import replace

from tui.cockpit.queue.restrictions import forbidden
from tui.cockpit.state.state import State
from tui.cockpit.wording.answers import REFUSED
from tui.domain.contact import Contact, Number, Refusal
from tui.domain.do_not_call import Entry, KnownAs, firm_key, known_as
from tui.domain.ids import derived_id
from tui.exchange.reading.own_export import FIRM
from tui.phone import shown


class ImportRefusals:
    """Weighs what one file says, by its `digest`, against the list as it is."""

    def __init__(self, state: State, digest: str) -> None:
        self._state, self._digest = state, digest
        self._never, self._may_call = state.never, state.ranking.bounds.may_call

    def new(self, people: Iterable[Contact]) -> Iterator[Entry]:
        """The additions to write: what the file says that neither binds already nor was said by this file before."""
        numbers: set[str] = set()
        for one in people:
            said = one.do_not_call
            if said and self._is_new(one):
                yield self._question(one) if said.like else self._of_person(one)
            for number in one.numbers:
                if number.barred and number.e164 not in numbers and self._is_new_number(number):
                    numbers.add(number.e164)
                    yield self._of_number(number)

    def as_it_stands(self, contact: Contact) -> Contact:
        """The contact without what the file says in vain: it was lifted or answered since, or is asked already."""
        said, numbers = contact.do_not_call, contact.numbers
        if any(number.barred for number in numbers):
            numbers = tuple(
                replace(one, barred=None) if one.barred and self._is_over_for(one.e164) else one
                for one in numbers
            )
        if said and not self._never.of_person(contact.id):
            is_over = self._is_over(contact.id) or (said.like and not self._is_new(contact))
            said = Refusal() if is_over else said
        is_same = said is contact.do_not_call and numbers == contact.numbers
        return contact if is_same else replace(contact, do_not_call=said, numbers=numbers)

    def _id(self, whom: str) -> str:
        return derived_id("imported refusal", self._digest, whom)

    def _is_over(self, whom: str) -> bool:
        """Whether this file said it before and it binds nobody any more."""
        known = self._never.entries.get(self._id(whom))
        return known is not None and not self._never.binds(known)

    def _is_over_for(self, e164: str) -> bool:
        return self._is_over(e164) and not self._never.of_number(e164)

    def _is_new(self, one: Contact) -> bool:
        if self._never.of_person(one.id) or self._id(one.id) in self._never.entries:
            return False
        like = one.do_not_call.like
        return not like or not (self._may_call.looks_like(one) or self._was_answered(one, like))

    def _was_answered(self, one: Contact, like: str) -> bool:
        """Whether somebody said already that they are not the one they look like."""
        known = self._never.entries
        about = (id_ for answer in self._never.answers if answer.contact_id == one.id for id_ in answer.lifts)
        return any(known[id_].whom == like for id_ in about if id_ in known)

    def _is_new_number(self, number: Number) -> bool:
        e164 = number.e164
        return (
            bool(e164)
            and not self._never.of_number(e164)
            and not forbidden(e164)
            and self._id(e164) not in self._never.entries
        )

    def _entry(self, whom: str) -> Entry:
        state = self._state
        return Entry(self._id(whom), state.now, state.here.date(), rep=str(state.rep.get("id", "")))

    def _of_person(self, one: Contact) -> Entry:
        firm = firm_key(one.company) if one.do_not_call.covers == FIRM else ""
        name = one.company if firm else one.shown_name
        entry = replace(self._entry(one.id), why=one.do_not_call.why, name=name)
        return replace(entry, contact_id=one.id, firm=firm, who=known_as(one))

    def _question(self, one: Contact) -> Entry:
        """The refusal of whom they look like, known by what this person has, so that they are asked about here too.

        It binds nobody here: nobody said that they are the same.
        """
        like = one.do_not_call.like
        entry = replace(self._entry(one.id), why=REFUSED, name=like)
        # It was said before they came in.
        at = min(entry.at, one.created_at or entry.at) - timedelta(seconds=1)
        who = KnownAs(like, one.company, known_as(one).numbers)
        return replace(entry, at=at, contact_id=derived_id("refused elsewhere", like), who=who)

    def _of_number(self, number: Number) -> Entry:
        noted = str(number.barred.values.get("noted", "")) if number.barred else ""
        entry = replace(self._entry(number.e164), why=noted, name=shown(number.e164))
        return replace(entry, numbers=(number.e164,))
