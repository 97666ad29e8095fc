"""From the format of an older program to ours, one step a format; what each record of format 1 becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.contact import Contact, Touch
from tui.domain.do_not_call import DoNotCallList, Entry, firm_key
from tui.domain.ids import SCHEMA, derived_id
from tui.domain.promise_state import PlannedCall, plan_id
from tui.domain.shared.leaves import IS_BAD, LEAVES_ALONE, leaves_of
from tui.domain.shared.stamp import next_stamp
from tui.domain.window import zone_info
from tui.storage import messages
from tui.storage.documents import (
    contact_from_document,
    promise_from_document,
    promise_to_document,
    touch_to_document,
)
from tui.storage.generations import META, META_KEY
from tui.storage.journal import JournalStorage
from tui.storage.other_documents import entry_to_document, plan_to_document
from tui.storage.protocol import StoreError
from tui.storage.rows import NO_ROWS, Changes, Rows
from tui.storage.values import Document, DocumentError, day, dump, each, load, moment, part_of, text, texts

_IMPORTED = "from the imported list"
"""The words of every promise that an import made up."""


def plan_of(call: Document, contact: Document) -> Document | None:
    """The planned call that a call of an import stands for; None for a call that somebody made."""
    promise = part_of(call.get("promise"))
    made_up = promise.get("words") == _IMPORTED and not (
        call.get("dials") or call.get("notes") or call.get("rep")
    )
    try:
        when = promise_from_document(promise) if made_up else None
    except DocumentError:
        return None
    if when is None:
        return None
    contact_id, source = text(call.get("contact_id")), _list_of(contact)
    named = text(part_of(contact.get("fields")).get("call_back"))
    local = when.from_.astimezone(ZoneInfo(when.zone) if zone_info(when.zone) else UTC)
    made_at = moment(call.get("edited_at")) or moment(call.get("at")) or when.from_
    return plan_to_document(
        PlannedCall(
            id=plan_id(contact_id, named or local.replace(tzinfo=None).isoformat(timespec="minutes"), source),
            contact_id=contact_id,
            from_=when.from_,
            zone=when.zone,
            precision=when.precision,
            source=source,
            made_at=made_at,
            rev=1,
            edited_at=made_at,
        )
    )


def with_touch(contact: Document) -> Document:
    """The contact with the day on which an import says they were last contacted, if it can be read."""
    on = day(part_of(contact.get("fields")).get("last_called"))
    if on is None or contact.get("touched_at"):
        return contact
    zone = zone_info(text(contact.get("zone"))) or UTC
    at = datetime(on.year, on.month, on.day, 12, tzinfo=zone).astimezone(UTC)
    return {**contact, "touched_at": touch_to_document(Touch(at, _list_of(contact)))}


def _list_of(contact: Mapping[str, object]) -> str:
    return text(part_of(contact.get("source")).get("list"))


_SAID = {"this number": "they asked, for this number", "the whole firm": "they asked, for the whole firm"}
_ASKED_ON = re.compile(r"asked on (\d{2} [A-Z][a-z]+ \d{4}): (.*)", re.DOTALL)
_WITH_DAY = re.compile(r"(.*) \((\d{4}-\d{2}-\d{2})\)", re.DOTALL)
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""For a refusal of which nobody wrote down when it was said."""


def entries_of(
    state: Mapping[str, Any],
    contacts: Iterable[Document],
    calls: Iterable[Document],
    people: Mapping[str, Document],
) -> list[Document]:
    """Every addition and lift, oldest first, from the list in the state, contacts with a text, and refusals.

    `people`: by id those who refused in a call or were lifted; entries call people by their name.
    """
    reading = _Reading({one: contact_from_document(document) for one, document in people.items()})
    for call in calls:
        if not call.get("voided_at"):
            reading.call(call)
    _listed(reading, state)
    for contact in contacts:
        reading.contact(contact)
    for lifted in each(state.get("lifted"), dict):
        reading.lifted(lifted)
    found = sorted((*reading.said.values(), *reading.others), key=lambda entry: (entry.at, entry.id))
    return [entry_to_document(replace(entry, rev=1, edited_at=entry.at)) for entry in found]


class _Reading(Struct):
    people: Mapping[str, Contact]
    said: dict[str, Entry] = field(default_factory=dict)
    """What was refused in a call, by its id."""
    others: list[Entry] = field(default_factory=list)

    def call(self, call: Document) -> None:
        """A refusal in a call; whom else it covers follows from the list in the state."""
        at, call_id = moment(call.get("at")) or _BEGINNING, text(call.get("id"))
        self.said[call_id] = Entry(
            derived_id("do_not_call", call_id),
            at,
            at.date(),
            rep=text(call.get("rep")),
            why=_SAID.get(text(call.get("reason_code")), "they asked"),
            name=self._name(text(call.get("contact_id"))),
            contact_id=text(call.get("contact_id")),
            call_id=call_id,
        )
        if lifted_at := moment(call.get("lifted_at")):
            self._lift(self.said[call_id], lifted_at, lifted_at.date(), "", self.said[call_id].name)

    def contact(self, contact: Document) -> None:
        """The text on a contact, unless a call or their firm says the same."""
        known = contact_from_document(contact)
        words, at = text(contact.get("do_not_call")), known.edited_at or known.created_at or _BEGINNING
        listed = DoNotCallList((*self.said.values(), *self.others))
        asked = _ASKED_ON.fullmatch(words)
        if not words or listed.of_person(known.id) or (asked and listed.refusal(known)):
            return
        on = at.date()
        if asked:
            on, words = datetime.strptime(asked[1], "%d %B %Y").date(), _SAID.get(asked[2], "they asked")
        elif dated := _WITH_DAY.fullmatch(words):
            on, words = day(dated[2]) or on, dated[1]
        entry = Entry(derived_id("do_not_call", known.id, words), _noon(on), on, why=words)
        self.others.append(replace(entry, name=known.shown_name, contact_id=known.id))

    def lifted(self, record: Mapping[str, Any]) -> None:
        """Something that was lifted: what it was, and that it was lifted."""
        what, was = text(record.get("what")), text(record.get("was"))
        on, why = day(record.get("on")) or _BEGINNING.date(), text(record.get("why"))
        for place, lift in enumerate(self.others):
            refused = next((e for e in self.said.values() if e.id in lift.lifts), None)
            if refused is not None and refused.contact_id == what:
                self.others[place] = replace(lift, why=why)
                return
        dated = _WITH_DAY.fullmatch(was)
        since = (day(dated[2]) if dated else None) or on
        words = dated[1] if dated else was or "on the list"
        entry = Entry(
            derived_id("do_not_call", what, words, since.isoformat()), _noon(since), since, why=words
        )
        if what.startswith("+"):
            entry = replace(entry, name=what, numbers=(what,))
        else:
            # A person's id, or a firm.
            is_person = re.fullmatch(r"[0-9a-f]{8}-[0-9a-f-]{27}", what) is not None
            person = replace(entry, name=self._name(what), contact_id=what)
            entry = person if is_person else replace(entry, name=what, firm=firm_key(what))
        self.others.append(entry)
        self._lift(entry, _noon(on), on, why, entry.name)

    def _name(self, contact_id: str) -> str:
        person = self.people.get(contact_id)
        return person.shown_name if person else "somebody no longer in the list"

    def _lift(self, entry: Entry, at: datetime, on: date, why: str, name: str) -> None:
        lift = Entry(derived_id("lift", entry.id, on.isoformat()), at, on, "lift", why=why, name=name)
        self.others.append(replace(lift, lifts=(entry.id,)))


def _listed(reading: _Reading, state: Mapping[str, Any]) -> None:
    """The numbers and firms of the list: those of a call go with its refusal, a register's are one entry."""
    registers: dict[str, list[str]] = {}
    for number, value in part_of(state.get("numbers")).items():
        if register := text(value.get("register")):
            registers.setdefault(register, []).append(number)
        elif said := reading.said.get(text(value.get("call"))):
            reading.said[said.call_id] = replace(said, numbers=(*said.numbers, number))
        else:
            reading.others.append(replace(_entry("number", number, value), name=number, numbers=(number,)))
    for firm, value in part_of(state.get("companies")).items():
        if said := reading.said.get(text(value.get("call"))):
            person = reading.people.get(said.contact_id)
            name = person.company if person and firm_key(person.company) == firm_key(firm) else firm
            reading.said[said.call_id] = replace(said, firm=firm_key(firm), name=name)
        else:
            reading.others.append(replace(_entry("firm", firm, value), name=firm, firm=firm_key(firm)))
    copies = part_of(state.get("registers"))
    for register in dict.fromkeys((*registers, *copies)):
        copy = part_of(copies.get(register))
        value = {"why": f"in {register}", "since": copy.get("date")}
        entry = replace(_entry("register", register, value), name=register, register=register)
        numbers = tuple(registers.get(register, ()))
        reading.others.append(replace(entry, country=text(copy.get("country")), numbers=numbers))


def _entry(kind: str, key: str, value: Mapping[str, Any]) -> Entry:
    on = day(value.get("since")) or _BEGINNING.date()
    return Entry(
        derived_id("do_not_call", kind, key, on.isoformat()), _noon(on), on, why=text(value.get("why"))
    )


def _noon(on: date) -> datetime:
    """A moment of that day in every inhabited zone."""
    return datetime.combine(on, time(12), UTC)


_ID = re.compile(rb'\{"id":"([^"\\]+)"')
"""Where our own contacts begin; only the others have to be parsed."""


def to_schema_2(tables: Mapping[str, Rows]) -> Changes:
    """The documents of format 2, by table and key, that differ from those stored; None removes one."""
    calls, plans = _calls(tables)
    marked = dict(_holding(tables, "contacts", b'"do_not_call":'))
    told = dict(_holding(tables, "contacts", b'"last_called":'))
    state = dict(_holding(tables, "state", b'"key":"do_not_call"'))
    changes: dict[str, Mapping[int, bytes | None]] = {
        "calls": calls,
        "planned_calls": {key: dump(plan) for key, plan in enumerate(plans, start=1)},
        "contacts": {
            key: dump(with_touch(_without(contact, "do_not_call")))
            for key, contact in {**told, **marked}.items()
        },
        "state": dict.fromkeys(state),
        "do_not_call": {
            key: dump(entry) for key, entry in enumerate(_entries(tables, marked, state), start=1)
        },
        "next_steps": dict.fromkeys(tables.get("next_steps", NO_ROWS).keys_now()),
    }
    return {table: documents for table, documents in changes.items() if documents}


def _calls(tables: Mapping[str, Rows]) -> tuple[dict[int, bytes | None], list[Document]]:
    """The calls with a promise as they are now, without those an import made up; and the plans these become."""
    promised = dict(_holding(tables, "calls", b'"promise":{'))
    people = _people(tables, {text(call.get("contact_id")) for call in promised.values()})
    calls: dict[int, bytes | None] = {}
    plans: dict[str, Document] = {}
    for key, call in promised.items():
        plan = plan_of(call, people.get(text(call.get("contact_id")), {}))
        if plan is not None:
            calls[key], plans[plan["id"]] = None, plan
        elif (made := _promise(call["promise"])) is not None:
            calls[key] = dump({**call, "promise": made})
    return calls, list(plans.values())


def _entries(
    tables: Mapping[str, Rows], marked: Mapping[int, Document], state: Mapping[int, Document]
) -> list[Document]:
    refused = dict(_holding(tables, "calls", b'"is":"do_not_call"'))
    old_list = next((dict(value.get("value") or {}) for value in state.values()), {})
    concerned = {text(call.get("contact_id")) for call in refused.values()}
    concerned |= {text(lifted.get("what")) for lifted in each(old_list.get("lifted"), dict)}
    return entries_of(old_list, marked.values(), refused.values(), _people(tables, concerned))


def _holding(tables: Mapping[str, Rows], table: str, text: bytes) -> Iterator[tuple[int, Document]]:
    """Key and document of every row of a table in which this text stands."""
    for key, raw in tables.get(table, NO_ROWS).raws():
        if text in raw:
            yield key, load(raw)


def _people(tables: Mapping[str, Rows], contact_ids: Collection[str]) -> dict[str, Document]:
    """The contacts with these ids."""
    rows = tables.get("contacts", NO_ROWS)
    heads = rows.heads(_ID) if contact_ids else ()
    wanted = (rows[str(key)] for key, head in heads if head is None or head[1].decode("ascii") in contact_ids)
    return {text(contact.get("id")): contact for contact in wanted}


def _without(document: Document, key: str) -> Document:
    return {name: value for name, value in document.items() if name != key}


def _promise(stored: Document) -> Document | None:
    """A promise with a beginning and an end in place of one time; None when nobody can tell when it was for."""
    try:
        made = promise_to_document(promise_from_document(stored))
    except DocumentError:
        return None
    return {**made, **{key: value for key, value in stored.items() if key not in made and key != "at"}}


def to_schema_3(tables: Mapping[str, Rows]) -> Changes:
    """The contacts of format 3: what a rep had changed by hand gets a stamp, as old as the record's last edit."""
    rep = next(
        (text(part_of(one.get("value")).get("id")) for _, one in _holding(tables, "state", b'"key":"rep"')),
        "",
    )
    changed = {
        key: dump(_with_stamps(one, rep)) for key, one in _holding(tables, "contacts", b'"edited_by_rep":')
    }
    return {"contacts": changed} if changed else {}


def _with_stamps(contact: Document, rep: str) -> Document:
    known = contact_from_document(_without(contact, "stamps"))
    named = {"numbers": ("numbers", "bad"), "given": ("name",), "family": ("name",), "owner_id": ("owner",)}
    heads = {head for name in texts(contact["edited_by_rep"]) for head in named.get(name, (name,))}
    paths = {path for path in leaves_of(known) if path.partition("/")[0] in heads}
    # Of a value that was emptied the stamp says so; of a part of several nobody knows what stood there.
    paths |= heads & LEAVES_ALONE
    stamp = next_stamp(known.edited_at or known.created_at or _BEGINNING, rep)
    stamps = {path: stamp + IS_BAD if path.startswith("bad/") else stamp for path in sorted(paths)}
    return {**_without(contact, "edited_by_rep"), **({"stamps": stamps} if stamps else {})}


Migration = Callable[[Mapping[str, Rows]], Changes]
MIGRATIONS: dict[int, Migration] = {1: to_schema_2, 2: to_schema_3}
"""By the format they start from: what has to be written to reach the next one."""


def refuse_newer(path: Path, formats: Iterable[bytes]) -> None:
    """Raise `StoreError` when any of these documents of the format is of a newer program."""
    newest = max(map(_schema_in, formats), default=0)
    if newest > SCHEMA:
        raise StoreError(messages.newer_schema(path, newest, SCHEMA))


def _schema_in(raw: bytes) -> int:
    schema = load(raw).get("schema")
    return schema if isinstance(schema, int) and schema >= 1 else 1


META_ROW = dump({"schema": SCHEMA})
"""The document of the format."""


def migrate(storage: JournalStorage, read_only: bool = False) -> None:
    """Bring the tables to our format, each step one commit, so that a crash leaves the old format or the new one.

    The tables as they were are kept beside the file first. A store opened for reading is migrated in memory
    only. Raises `StoreError` when the copy cannot be written; nothing is changed then.
    """
    if not storage.read():
        return
    known = storage.rows(META).raw(META_KEY) or b"{}"
    found = _schema_in(known)
    for schema in range(found, SCHEMA):
        meta = dump({**load(known), "schema": schema + 1})
        changes = {**MIGRATIONS[schema](storage.tables), META: {META_KEY: meta}}
        if read_only:
            storage.show(changes)
            continue
        try:
            if schema == found:  # as it was is what the older program left, not what a step made of it
                storage.keep_copy(f".schema-{schema}")
        except OSError as error:
            raise StoreError(messages.cannot_keep_old(storage.path, error)) from error
        storage.commit(changes)
