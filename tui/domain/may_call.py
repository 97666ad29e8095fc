"""May this person be called, and if not why: the one question before every call and on everything that shows people.

It knows the do-not-call list (person, number, firm, public register), what was said in a call on record, what a file
that is imported says, wrong numbers, and numbers that nobody may dial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Refusal
from tui.domain.do_not_call import DoNotCallList, Entry
from tui.domain.identity.look_alike import KnownContact, LookAlikes, nobody_known
from tui.domain.identity.names import own_mailboxes
from tui.domain.outcome import Category
from tui.domain.why import Why, why


def refusing_call(calls: Iterable[Call]) -> Call | None:
    """The call in which they asked not to be called again; None when there is none, or it was undone or lifted."""
    asked = (
        c for c in calls if c.is_ is Category.DO_NOT_CALL and c.voided_at is None and c.lifted_at is None
    )
    return next(asked, None)


def _no_calls(contact_id: str) -> Sequence[Call]:
    return ()


def _no_hashes(text: str) -> Iterable[str]:
    return ()


def _not_forbidden(e164: str) -> Why | None:
    return None


class MayCall:
    """Answers the question for one do-not-call list; give it whoever is to be called, listed or written out."""

    def __init__(
        self,
        never: DoNotCallList,
        calls: Callable[[str], Sequence[Call]] = _no_calls,
        forbidden: Callable[[str], Why | None] = _not_forbidden,
        known: KnownContact = nobody_known,
        hashes: Callable[[str], Iterable[str]] = _no_hashes,
    ) -> None:
        """`calls` and `known` give the calls and the record of a contact id, `forbidden` why nobody dials a number.

        `hashes` gives those of a number or an e-mail under the team's keys (`forgotten.Hashes`): somebody who was
        forgotten is on the list as hashes only.
        """
        self._hashes = hashes
        self.never = never
        self._calls = calls
        self._known = known
        self._forbidden = forbidden

    @property
    def never(self) -> DoNotCallList:
        """The do-not-call list."""
        return self._never

    @never.setter
    def never(self, never: DoNotCallList) -> None:
        self._never, self._listed = never, never.all_numbers
        self._look_alikes: LookAlikes | None = None

    def marked(self, contact: Contact, calls: Sequence[Call] | None = None) -> Contact:
        """The contact with what forbids calling them, and with what bars each of their numbers.

        Whoever shows, ranks or writes out a person shows this one. `calls`: theirs, when they are about to change.
        """
        said = contact.do_not_call or self._said(contact, calls)
        barred = any(map(self._bars, contact.numbers))
        if said == contact.do_not_call and not barred:
            return contact
        numbers = tuple(map(self._marked, contact.numbers)) if barred else contact.numbers
        return replace(contact, do_not_call=said, numbers=numbers)

    def why_not(self, contact: Contact, number: str = "", calls: Sequence[Call] | None = None) -> Why | None:
        """Why nobody calls this person, or calls them on this number (E.164); None when they may be called.

        Without a number they may be called while one of their numbers is free, or while they have none.
        """
        one = self.marked(contact, calls)
        if one.do_not_call:
            return one.do_not_call.reason
        if number:
            known = next((n for n in one.numbers if n.e164 == number), None)
            return _about(known or self._marked(Number(number)))
        against = [_about(n) for n in one.numbers if n.e164]
        return against[0] if against and all(against) else None

    def first_number(self, contact: Contact) -> str:
        """The number that is called first (E.164); the one that would be when none may be called, to say why not."""
        return self.marked(contact).first_number or contact.first_number

    def _said(self, contact: Contact, calls: Sequence[Call] | None) -> Refusal:
        if self._never and (entry := self._never.refusal(contact)):
            return entry.refusal
        if entry := self._forgotten(own_mailboxes(contact.emails)):
            return entry.refusal
        call = refusing_call(self._calls(contact.id) if calls is None else calls)
        if call:
            return Refusal(on=call.at.date())
        looks_like = next(iter(self.looks_like(contact)), None)
        return Refusal(on=looks_like.on, like=looks_like.whom) if looks_like else Refusal()

    def looks_like(self, contact: Contact) -> tuple[Entry, ...]:
        """Additions that may be about this person, whom they do not name, while nobody answered whether they are."""
        if not self._never:
            return ()
        if self._look_alikes is None:
            self._look_alikes = LookAlikes(self._never.may_mean_others, self._known)
        found = {entry.id: entry for entry in self._look_alikes.of(contact)}
        if not found:
            return ()
        about = self._never.is_about_another
        return tuple(
            one for one in found.values() if one.contact_id != contact.id and not about(one, contact.id)
        )

    def _forgotten(self, texts: Iterable[str]) -> Entry | None:
        """The addition of somebody who was forgotten that has one of these numbers (E.164) or e-mails as a hash."""
        if not self._never.holds_hashes:
            return None
        found = (self._never.of_hashes(self._hashes(text)) for text in texts)
        return next(filter(None, found), None)

    def _on_number(self, e164: str) -> Entry | None:
        return self.never.on_number(e164) or self._forgotten((e164,))

    def _bars(self, number: Number) -> bool:
        """Whether something is to be noted against a number. Quick: a list that is imported has 100,000."""
        e164 = number.e164
        return (
            bool(e164)
            and number.barred is None
            and (
                e164 in self._listed
                or self._forbidden(e164) is not None
                or self._forgotten((e164,)) is not None
            )
        )

    def _marked(self, number: Number) -> Number:
        if not self._bars(number):
            return number
        entry = self._on_number(number.e164)
        against = why("number_refused", **entry.refusal.values()) if entry else self._forbidden(number.e164)
        return replace(number, barred=against) if against else number


def _about(number: Number) -> Why | None:
    return why("number_is_wrong") if number.bad and number.barred is None else number.barred
