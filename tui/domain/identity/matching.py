"""Who is who: whether an incoming person is one we know, and how two accounts of a person become one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.contact import Basis, Contact, Preferences, Touch
from tui.domain.identity.lookup import unaccented
from tui.domain.identity.names import alike, firms_alike, name_key, own_mailboxes
from tui.domain.identity.numbers_alike import WrittenAlike, digits_of, united_numbers
from tui.domain.shared.leaves import without_removed

_LINES = {
    **dict.fromkeys(("name", "given", "family"), "name"),
    **{one: one for one in ("company", "role", "zone", "language", "owner", "open_problem")},
}
"""Values of one line and their leaves: the incoming one replaces ours unless it is blank or the rep wrote ours."""


Likeness: TypeAlias = Literal["sure", "doubtful", "two"]


class Matcher:
    """Finds the known contact that an incoming one is.

    By our own id or the external id of the same list, unless name and number say that they are two people; then by
    e-mail, then by number AND name; by the number alone only when one side has no name.
    """

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        self._by_id: dict[str, Contact] = {}
        self._speaks_for: dict[str, str] = {}
        """By an id of a person who has several: the id that speaks."""
        self._by_source: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        # Nearly every address and number is one person's: tuples take a quarter of the memory of sets.
        self._by_email: dict[str, tuple[str, ...]] = {}
        self._by_number: dict[str, tuple[str, ...]] = {}
        self._written = WrittenAlike()
        for contact in contacts:
            self.add(contact)

    def add(self, contact: Contact) -> None:
        """Know this contact too, or in its changed form."""
        self._by_id[contact.id] = contact
        self._written.add(contact)
        if contact.source.external_id:
            self._by_source[contact.source.list, contact.source.external_id][contact.id] = None
        for keys, index in ((_emails(contact), self._by_email), (_digits(contact), self._by_number)):
            for key in keys:
                known = index.get(key, ())
                if contact.id not in known:
                    index[key] = (*known, contact.id)

    def add_account(self, account: Contact, speaker: str) -> None:
        """Know that this, under an id and a source of its own, is the person of another id."""
        self._speaks_for[account.id] = speaker
        if account.source.external_id:
            self._by_source[account.source.list, account.source.external_id][speaker] = None

    def knows(self, contact_id: str) -> bool:
        """Whether a contact has this id, whoever it is."""
        return contact_id in self._by_id or contact_id in self._speaks_for

    def find(self, incoming: Contact) -> Contact | None:
        """The contact that this one is, or None. Among several the one known longest."""
        source = incoming.source
        own = self._speaks_for.get(incoming.id, incoming.id)
        of_id = [own, *self._by_source.get((source.list, source.external_id), ())]
        same_id = [self._by_id[one] for one in of_id if one in self._by_id]
        if agreeing := [one for one in same_id if not _contradict(one, incoming)]:
            return min(agreeing, key=lambda one: (one.id != own, not _same_name(one, incoming)))
        for is_same, keys, index in (
            (_same_email, _emails(incoming), self._by_email),
            (_same_number, _digits(incoming), self._by_number),
        ):
            candidates = (self._by_id[one] for one in {one for key in keys for one in index.get(key, ())})
            same = [c for c in candidates if is_same(c, incoming) and not _are_two_rows(c, incoming)]
            if same:
                return min(same, key=lambda c: (not _same_name(c, incoming), c.id))
        written = (c for c in self._written.of(incoming, self._by_id) if _named_alike(c, incoming))
        return min((c for c in written if not _are_two_rows(c, incoming)), key=lambda c: c.id, default=None)


class Namesakes:
    """Finds who came from a row that holds no id, no e-mail and no number, when the same list comes again.

    Nothing but list, name and company tells them. Of several with the same, a row is the person who has all it says,
    else the next one: two people of one name stay two, and nobody is there twice after the same file.
    """

    def __init__(self, known: Iterable[Contact], incoming: Iterable[Contact]) -> None:
        rows = _grouped(_namesake, filter(_has_only_a_name, incoming))
        without_id = (one for one in known if not one.source.external_id) if rows else ()
        there = _grouped(_namesake, (one for one in without_id if _namesake(one) in rows))
        self._found: dict[str, Contact] = {}
        for key, named_so in rows.items():
            candidates = sorted(there.get(key, ()), key=lambda one: (not _has_only_a_name(one), one.id))
            self._pair(named_so, candidates)

    def _pair(self, rows: list[Contact], candidates: list[Contact]) -> None:
        alike = _grouped(_said, reversed(candidates))
        for row in rows:
            if same := alike[_said(row)]:
                self._found[row.id] = same.pop()
        paired = {one.id for one in self._found.values()}
        left = (one for one in candidates if one.id not in paired)
        others = (row for row in rows if row.id not in self._found)
        self._found |= {row.id: one for row, one in zip(others, left, strict=False)}

    def find(self, incoming: Contact, taken: Container[str]) -> Contact | None:
        """The person of that name this row is; None when there is none, or their id is among those taken.

        None too for somebody who has an id, an e-mail or a number.
        """
        found = self._found.get(incoming.id)
        return None if found is None or found.id in taken else found


class Conflict(Struct, frozen=True):
    """A value that the rep wrote and an import wanted to change; ours was kept."""

    field: str
    kept: str
    refused: str


class Merged(Struct, frozen=True):
    """The contact after a merge, and what was refused."""

    contact: Contact
    conflicts: tuple[Conflict, ...] = ()


def settled(contact: Contact) -> Contact:
    """The contact as a merge with itself leaves it, so that the same row again is no change."""
    several = (contact.numbers, contact.emails, contact.lists, contact.tags)
    # One value repeats none, and only a blank one is left out: most rows of a file are as a merge leaves them.
    if all(len(one) < _SEVERAL for one in several) and "" not in {
        *contact.emails,
        *contact.lists,
        *contact.tags,
    }:
        return contact
    return merge_contact(contact, contact).contact


def merge_contact(stored: Contact, incoming: Contact) -> Merged:
    """The stored contact with what the incoming one, of a file, adds.

    A blank never erases, what the rep wrote is never overwritten (it is listed) and what they removed never comes back,
    do-not-call is never cleared; lists, tags, numbers and e-mails are united.
    """
    ours = stored.stamps.keys()
    conflicts: list[Conflict] = []
    lines: dict[str, Any] = {
        name: _value(name, getattr(stored, name), getattr(incoming, name), path in ours, conflicts)
        for name, path in _LINES.items()
    }
    is_theirs = incoming.owner_id and _folded(lines["owner"]) == _folded(incoming.owner)
    fields = dict(stored.fields)
    for name, offered in incoming.fields.items():
        kept = fields.get(name, "")
        if offered:
            fields[name] = _value(name, kept, offered, f"fields/{name}" in ours, conflicts)
    if ours:
        incoming = without_removed(stored, incoming)
    merged = replace(
        stored,
        **lines,
        # An id goes with the name it was given for.
        owner_id=incoming.owner_id
        if is_theirs
        else stored.owner_id
        if lines["owner"] == stored.owner
        else "",
        fields=fields,
        numbers=united_numbers(stored.numbers, incoming.numbers),
        emails=_united(stored.emails, incoming.emails),
        lists=_united(stored.lists, incoming.lists),
        tags=_united(stored.tags, incoming.tags),
        source=stored.source if stored.source.external_id or not incoming.source.list else incoming.source,
        customer=stored.customer if "customer" in ours else stored.customer or incoming.customer,
        prefers=_preferences(stored.prefers, incoming.prefers),
        remembered={**incoming.remembered, **stored.remembered},
        basis=stored.basis if "basis" in ours else _basis(stored.basis, incoming.basis),
        touched_at=_touched(stored.touched_at, incoming.touched_at, incoming.created_at),
        do_not_call=stored.do_not_call or incoming.do_not_call,
        priority=stored.priority if "priority" in ours else incoming.priority or stored.priority,
        created_at=stored.created_at or incoming.created_at,
        import_id=stored.import_id if stored.created_at else incoming.import_id,
    )
    return Merged(merged, tuple(conflicts))


def _grouped(
    key: Callable[[Contact], object], contacts: Iterable[Contact]
) -> defaultdict[object, list[Contact]]:
    found: defaultdict[object, list[Contact]] = defaultdict(list)
    for contact in contacts:
        found[key(contact)].append(contact)
    return found


def _namesake(contact: Contact) -> tuple[str, frozenset[str], str]:
    return contact.source.list, _name(contact), _folded(contact.company)


def _said(contact: Contact) -> tuple[object, ...]:
    """What a row says besides: two that say the same are one as good as the other."""
    words = (contact.name, contact.role, contact.zone, contact.language, contact.owner, contact.open_problem)
    more = (frozenset(map(_folded, contact.tags)), contact.customer, contact.basis, contact.priority)
    return (*words, *more, tuple(sorted(contact.fields.items())))


def _has_only_a_name(contact: Contact) -> bool:
    return not (contact.source.external_id or contact.emails or _digits(contact))


# -- who is who --------------------------------------------------------------------------------------------


def _folded(text: str) -> str:
    folded = unaccented(text).strip()
    return text if folded == text else folded


def _emails(contact: Contact) -> set[str]:
    return {_folded(email) for email in contact.emails}


def _digits(contact: Contact) -> set[str]:
    return set(map(digits_of, contact.numbers)) - {""}


def _name(contact: Contact) -> frozenset[str]:
    """The words of the person's name, in no order: `Rossi, Dr. Ann` is Ann Rossi."""
    return frozenset(name_key(contact.full_name))


def _same_name(known: Contact, incoming: Contact) -> bool:
    return bool(_name(known)) and _name(known) == _name(incoming)


def _same_email(known: Contact, incoming: Contact) -> bool:
    shared = _emails(known) & _emails(incoming)
    return any(own_mailboxes(shared)) or _same_name(known, incoming) or not (_name(known) and _name(incoming))


def _same_number(known: Contact, incoming: Contact) -> bool:
    if _name(known) and _name(incoming):
        return _same_name(known, incoming)
    firms = {_folded(known.company), _folded(incoming.company)} - {""}
    return len(firms) < 2 or bool(_name(known) or _name(incoming))


def _named_alike(known: Contact, incoming: Contact) -> bool:
    """Whether both have one name, or are one firm without a person's."""
    if _name(known) or _name(incoming):
        return _same_name(known, incoming)
    return bool(known.company) and _folded(known.company) == _folded(incoming.company)


def _contradict(known: Contact, incoming: Contact) -> bool:
    """Whether name and number say that one id is of two people: two lists that count from 1, an id of the whole firm.

    A new name with the old number or e-mail is one person, and so is an old name with a new number; a new family name
    is another person only when numbers or e-mails say so too.
    """
    mine, theirs = known.full_name, incoming.full_name
    if not (mine or theirs):
        mine, theirs = known.company, incoming.company
    if not (mine and theirs) or mine == theirs or alike(mine, theirs):
        return False
    ways = ((_digits(known), _digits(incoming)), (_emails(known), _emails(incoming)))
    if any(ours & others for ours, others in ways):
        return False
    same_given = bool(known.given) and _folded(known.given) == _folded(incoming.given)
    return not same_given or any(ours and others for ours, others in ways)


def _are_two_rows(known: Contact, incoming: Contact) -> bool:
    """Whether one list gives them two ids: then its owner says that they are two people."""
    mine, theirs = known.source, incoming.source
    same_list = mine.list == theirs.list
    return same_list and bool(mine.external_id and theirs.external_id) and mine != theirs


def likeness(one: Contact, other: Contact) -> Likeness:
    """Whether two records that reps made apart are of one person: `sure` where an import would take them for one.

    Who has no name is never sure by a number or the mailbox of a firm: they would join all who share it. Two rows of
    one list that came in together are two people: whoever keeps the list says so.
    """
    if _are_two_rows(one, other) or _came_together(one, other):
        return "two"
    source = one.source
    if source.external_id and source == other.source:
        return "two" if _contradict(one, other) else "sure"
    reached, named = _reached_alike(one, other), _same_name(one, other)
    if any(own_mailboxes(_emails(one) & _emails(other))) or (reached and named):
        return "sure"
    if named and _has_only_a_name(one) and _has_only_a_name(other) and _namesake(one) == _namesake(other):
        return "sure"
    if reached:
        blank = not (_name(one) and _name(other))
        return "doubtful" if blank or alike(one.full_name, other.full_name) else "two"
    whole = named and len(_name(one)) > 1
    return "doubtful" if whole and firms_alike(one.company, other.company) else "two"


def _reached_alike(one: Contact, other: Contact) -> bool:
    return bool(_digits(one) & _digits(other) or _emails(one) & _emails(other))


def _came_together(one: Contact, other: Contact) -> bool:
    """Whether they are rows of one import: by its id, or where one has none, by list and time."""
    if not one.source.list or one.source.list != other.source.list:
        return False
    if one.import_id and other.import_id:
        return one.import_id == other.import_id
    return one.created_at is not None and one.created_at == other.created_at


def traits(contact: Contact) -> Iterator[object]:
    """What somebody must have in common with another record of theirs, one of these at least."""
    if contact.source.external_id:
        yield contact.source
    yield from _emails(contact)
    yield from _digits(contact)
    if name := _name(contact):
        yield name


# -- two accounts of one person ----------------------------------------------------------------------------


_SEVERAL = 2
"""So many values may repeat one another."""


def _value(name: str, kept: str, offered: str, ours: bool, conflicts: list[Conflict]) -> str:
    """The value after a merge: the one offered unless it is blank, or the rep wrote ours, and then it is listed."""
    if not offered or offered == kept:
        return kept
    if ours:
        conflicts.append(Conflict(name, kept, offered))
    return kept if ours else offered


def _united(stored: tuple[str, ...], incoming: tuple[str, ...]) -> tuple[str, ...]:
    if stored == incoming and len(stored) < _SEVERAL:
        return tuple(filter(None, stored))
    merged = {_folded(text): text for text in reversed((*stored, *incoming)) if text}
    return tuple(dict.fromkeys(merged[_folded(text)] for text in (*stored, *incoming) if text))


def _preferences(stored: Preferences, incoming: Preferences) -> Preferences:
    """What they told us beats what a list says."""
    return Preferences(
        every=stored.every or incoming.every,
        channel=stored.channel or incoming.channel,
        at=stored.at or incoming.at,
        since=stored.since or incoming.since,
    )


def _touched(stored: Touch | None, incoming: Touch | None, read_at: datetime | None) -> Touch | None:
    """The later of two, but what a list told once is nothing new when the same list tells it again.

    A day without an hour, and a date to come, are told as the moment they were read at, which moves.
    """
    if stored is None or incoming is None:
        return stored or incoming
    same_list = stored.source == incoming.source
    if same_list and (incoming.at == read_at or stored.at.date() == incoming.at.date()):
        return stored
    return max(stored, incoming, key=lambda touch: touch.at)


def _basis(stored: Basis, incoming: Basis) -> Basis:
    newer = (incoming.date or date.min) >= (stored.date or date.min)
    return incoming if incoming.kind and (newer or not stored.kind) else stored
