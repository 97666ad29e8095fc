"""Records to JSON documents and back. The key names are promised to the outside; a missing key means empty.

Documents that are read are expected to be clean (`tui.storage.values`); of a wrong type they are read as
empty, except where a record cannot live without the value: then `DocumentError` says which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, get_args

from tui.domain.call import Call, Dial, Note, ScriptRef
from tui.domain.contact import Basis, Contact, Number, Preferences, Source, Touch
from tui.domain.outcome import Category
from tui.domain.promise import Owed, Precision, Promise
from tui.domain.shared.leaves import ORDERED
from tui.domain.shared.stamp import is_stamp
from tui.domain.window import LONG_AGO
from tui.storage.values import (
    Document,
    DocumentError,
    day,
    each,
    iso,
    moment,
    part_of,
    required,
    required_moment,
    seconds,
    shared_text,
    text,
    text_map,
    texts,
    truth,
    whole,
)

Readers: TypeAlias = Mapping[str, Callable[[Any], Any]]
"""By key of the document, which is the field of the record too: what makes its value."""
_CATEGORIES = {category.value: category for category in Category}
PRECISIONS: dict[Any, Precision] = {name: name for name in get_args(Precision)}


def values_of(document: Mapping[str, Any], readers: Readers) -> dict[str, Any]:
    """The values of a document for which there is a reader, by field of the record."""
    return {key: readers[key](value) for key, value in document.items() if key in readers}


# -- contacts


def contact_to_document(contact: Contact) -> Document:
    """The contact under the names promised to the outside; times are UTC ISO."""
    basis, prefers = contact.basis, contact.prefers
    return {
        "id": contact.id,
        "rev": contact.rev,
        "edited_at": iso(contact.edited_at),
        "created_at": iso(contact.created_at),
        "import_id": contact.import_id,
        "name": contact.name,
        "given": contact.given,
        "family": contact.family,
        "company": contact.company,
        "role": contact.role,
        "numbers": [
            {"e164": n.e164, "raw": n.raw, "label": n.label, "ext": n.ext, "bad": n.bad}
            for n in contact.numbers
        ],
        "emails": list(contact.emails),
        "lists": list(contact.lists),
        "source": {"list": contact.source.list, "external_id": contact.source.external_id},
        "zone": contact.zone,
        "language": contact.language,
        "owner": contact.owner,
        "owner_id": contact.owner_id,
        "tags": list(contact.tags),
        "fields": dict(contact.fields),
        "customer": contact.customer,
        "open_problem": contact.open_problem,
        "prefers": {
            "every": prefers.every,
            "channel": prefers.channel,
            "at": prefers.at,
            "since": iso(prefers.since),
        },
        "remembered": dict(contact.remembered),
        "basis": {"kind": basis.kind, "date": basis.date.isoformat() if basis.date else None},
        "touched_at": touch_to_document(contact.touched_at) if contact.touched_at else None,
        "priority": contact.priority,
        "pursuit": contact.pursuit,
        "pursuit_reason": contact.pursuit_reason,
        "pursuit_since": iso(contact.pursuit_since),
        "kept_at": iso(contact.kept_at),
        "orders": dict(contact.orders),
        "stamps": dict(contact.stamps),
    }


def contact_from_document(document: Mapping[str, Any]) -> Contact:
    """The contact of a document; raises `DocumentError` when it has no id."""
    required(document, "id")
    return Contact(**values_of(document, _CONTACT))


def _number(part: Mapping[str, Any]) -> Number:
    get = part.get
    return Number(
        text(get("e164")), text(get("raw")), text(get("label")), text(get("ext")), truth(get("bad"))
    )


def _preferences(value: Any) -> Preferences:
    part = part_of(value)
    every = part.get("every")
    return Preferences(
        every=every if isinstance(every, int) else None,
        channel=text(part.get("channel")) or None,
        at=text(part.get("at")) or None,
        since=moment(part.get("since")),
    )


def _source(value: Any) -> Source:
    part = part_of(value)
    return Source(text(part.get("list")), text(part.get("external_id")))


def _basis(value: Any) -> Basis:
    part = part_of(value)
    return Basis(text(part.get("kind")), day(part.get("date")))


def touch_to_document(touch: Touch) -> Document:
    """When somebody was in touch with them, and who says so."""
    return {"at": iso(touch.at), "source": touch.source}


def _touch(value: Any) -> Touch | None:
    part = part_of(value)
    at = moment(part.get("at"))
    return None if at is None else Touch(at, text(part.get("source")))


def _orders(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    part = part_of(value)
    return tuple((name, order) for name in ORDERED if (order := texts(part.get(name))))


def _stamps(value: Any) -> dict[str, str]:
    """Those we may have written: a text that somebody made up would stand over every edit to come."""
    return {path: stamp for path, stamp in text_map(value).items() if is_stamp(stamp)}


_CONTACT: Readers = {
    "id": shared_text,
    "rev": whole,
    "edited_at": moment,
    "created_at": moment,
    "import_id": shared_text,
    "name": text,
    "given": text,
    "family": text,
    "company": text,
    "role": text,
    "numbers": lambda value: each(value, _number),
    "emails": texts,
    "lists": texts,
    "source": _source,
    "zone": text,
    "language": text,
    "owner": text,
    "owner_id": text,
    "tags": texts,
    "fields": text_map,
    "customer": truth,
    "open_problem": text,
    "prefers": _preferences,
    "remembered": text_map,
    "basis": _basis,
    "touched_at": _touch,
    "priority": whole,
    "pursuit": text,
    "pursuit_reason": text,
    "pursuit_since": moment,
    "kept_at": moment,
    "orders": _orders,
    "stamps": _stamps,
}


# -- calls


def call_to_document(call: Call) -> Document:
    """The call under the names promised to the outside (`is` for the category); times are UTC ISO."""
    script, owed = call.script, call.owed
    return {
        "id": call.id,
        "contact_id": call.contact_id,
        "at": iso(call.at),
        "outcome": call.outcome,
        "is": call.is_.value,
        "rev": call.rev,
        "edited_at": iso(call.edited_at),
        "session_id": call.session_id,
        "rep": call.rep,
        "direction": call.direction,
        "channel": call.channel,
        "dials": [dial_to_document(dial) for dial in call.dials],
        "notes": [{"at": iso(note.at), "text": note.text} for note in call.notes],
        "answers": dict(call.answers),
        "steps": list(call.steps),
        "script": {
            "id": script.id,
            "version": script.version,
            "hash": script.hash,
            "variant": script.variant,
            "entry": script.entry,
        },
        "reason_id": call.reason_id,
        "promise": promise_to_document(call.promise) if call.promise else None,
        "owed": None if owed is None else _owed_to_document(owed),
        "acknowledged": call.acknowledged,
        "signals": list(call.signals),
        "reason_code": call.reason_code,
        "talk_s": call.talk_s,
        "ready_s": call.ready_s,
        "wrap_s": call.wrap_s,
        "keys": call.keys,
        "identify_s": call.identify_s,
        "cancelled_at": iso(call.cancelled_at),
        "override": call.override,
        "lifted_at": iso(call.lifted_at),
        "before": None if call.before is None else dict(call.before),
        "after": None if call.after is None else dict(call.after),
        "one_of": list(call.one_of),
        "revisions": [call_to_document(one) for one in call.revisions],
        "voided_at": iso(call.voided_at),
    }


def call_from_document(document: Mapping[str, Any]) -> Call:
    """The call of a document; raises `DocumentError` without id, contact, time or a known category.

    Only a call from them may be without a contact: nobody knows who it was, or which of several.
    """
    required(document, "id")
    if document.get("direction") != "in" or document.get("contact_id") != "":
        required(document, "contact_id")
    return Call(
        **values_of(document, _CALL),
        at=required_moment(document, "at"),
        outcome=text(document.get("outcome")),
        is_=_category(document.get("is")),
    )


def _category(value: Any) -> Category:
    category = _CATEGORIES.get(value) if isinstance(value, str) else None
    if category is None:
        raise DocumentError("`is` is no category of outcomes")
    return category


def promise_to_document(promise: Promise) -> Document:
    """The promise: when, how and in whose words."""
    return {
        "from": iso(promise.from_),
        "until": iso(promise.until),
        "zone": promise.zone,
        "precision": promise.precision,
        "channel": promise.channel,
        "phrase": promise.phrase,
        "words": promise.words,
    }


def promise_from_document(document: Mapping[str, Any]) -> Promise:
    """The promise of a document; raises `DocumentError` when it has no time.

    Older records hold one time, `at`: the end follows from it and from the precision.
    """
    get = document.get
    return Promise(
        from_=required_moment(document, "from" if "from" in document else "at"),
        until=moment(get("until")) or LONG_AGO,
        zone=text(get("zone")),
        precision=PRECISIONS.get(get("precision"), "minute"),
        channel=text(get("channel")) or "phone",
        phrase=text(get("phrase")),
        words=text(get("words")),
    )


def dial_to_document(dial: Dial) -> Document:
    """A dial under the names promised to the outside; times are UTC ISO."""
    return {
        "number": dial.number,
        "started_at": iso(dial.started_at),
        "answered_at": iso(dial.answered_at),
        "ended_at": iso(dial.ended_at),
        "disposition": dial.disposition,
        "cause": dial.cause,
    }


def dial_from_document(part: Mapping[str, Any]) -> Dial:
    """The dial of a document. Raises `DocumentError` when nobody can tell when it began."""
    get = part.get
    return Dial(
        number=text(get("number")),
        started_at=required_moment(part, "started_at"),
        answered_at=moment(get("answered_at")),
        ended_at=moment(get("ended_at")),
        disposition=text(get("disposition")),
        cause=text(get("cause")),
    )


def _note(part: Mapping[str, Any]) -> Note:
    return Note(required_moment(part, "at"), text(part.get("text")))


def _script(value: Any) -> ScriptRef:
    get = part_of(value).get
    return ScriptRef(
        text(get("id")),
        text(get("version")),
        text(get("hash")),
        text(get("variant")),
        text(get("entry")) or "call",
    )


def _owed(value: Any) -> Owed | None:
    if not isinstance(value, Mapping):
        return None
    due = day(value.get("due"))
    if due is None:
        raise DocumentError("`owed.due` is no date")
    return Owed(text(value.get("what")), due, moment(value.get("done_at")), moment(value.get("opened_at")))


def _owed_to_document(owed: Owed) -> Document:
    document = {"what": owed.what, "due": owed.due.isoformat(), "done_at": iso(owed.done_at)}
    return {**document, "opened_at": iso(owed.opened_at)} if owed.opened_at else document


def _kept_document(value: Any) -> Document | None:
    return value if isinstance(value, dict) else None


_CALL: Readers = {
    "id": text,
    "contact_id": shared_text,
    "rev": whole,
    "edited_at": moment,
    "session_id": lambda value: text(value) or None,
    "rep": text,
    "direction": lambda value: "in" if value == "in" else "out",
    "channel": lambda value: text(value) or "phone",
    "dials": lambda value: each(value, dial_from_document),
    "notes": lambda value: each(value, _note),
    "answers": text_map,
    "steps": texts,
    "script": _script,
    "reason_id": text,
    "promise": lambda value: promise_from_document(value) if isinstance(value, Mapping) else None,
    "owed": _owed,
    "acknowledged": truth,
    "signals": texts,
    "reason_code": text,
    "talk_s": lambda value: None if value is None else seconds(value),
    "ready_s": seconds,
    "wrap_s": seconds,
    "keys": whole,
    "identify_s": lambda value: None if value is None else seconds(value),
    "cancelled_at": moment,
    "override": text,
    "lifted_at": moment,
    "before": _kept_document,
    "after": _kept_document,
    "one_of": texts,
    "revisions": lambda value: each(value, call_from_document),
    "voided_at": moment,
}
