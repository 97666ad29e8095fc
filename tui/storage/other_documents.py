"""Sessions, reps, do-not-call entries and plans as JSON documents and back; documents without what says nothing; and
the values by which two documents of a contact differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tui.domain.call import Call, reverted
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import KINDS, Entry, KnownAs
from tui.domain.outcome import Category
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Goal, Pause, Session
from tui.domain.shared.leaves import OF_THE_RECORD, is_edited
from tui.storage.documents import (
    Readers,
    call_to_document,
    contact_from_document,
    contact_to_document,
    promise_from_document,
    promise_to_document,
    values_of,
)
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
    text,
    texts,
    whole,
)


def session_to_document(session: Session) -> Document:
    """The session under the names promised to the outside; times are UTC ISO, lengths in seconds."""
    return {
        "id": session.id,
        "started_at": iso(session.started_at),
        "ended_at": iso(session.ended_at),
        "planned_s": session.planned_s,
        "rep": session.rep,
        "rev": session.rev,
        "edited_at": iso(session.edited_at),
        "goal": {"conversations": session.goal.conversations, "next_steps": session.goal.next_steps},
        "pauses": [pause_to_document(pause) for pause in session.pauses],
        "state": session.state,
        "spent": dict(session.spent),
    }


def session_from_document(document: Mapping[str, Any]) -> Session:
    """The session of a document; raises `DocumentError` without id or start."""
    required(document, "id")
    return Session(
        **values_of(document, _SESSION),
        started_at=required_moment(document, "started_at"),
        planned_s=seconds(document.get("planned_s")),
    )


def _goal(value: Any) -> Goal:
    part = part_of(value)
    return Goal(whole(part.get("conversations")), whole(part.get("next_steps")))


def pause_to_document(pause: Pause) -> Document:
    """The pause as it stands in its session; times are UTC ISO."""
    return {"reason": pause.reason, "started_at": iso(pause.started_at), "ended_at": iso(pause.ended_at)}


def pause_from_document(part: Mapping[str, Any]) -> Pause:
    """The pause of a document; raises `DocumentError` without a start."""
    return Pause(text(part.get("reason")), required_moment(part, "started_at"), moment(part.get("ended_at")))


_SESSION: Readers = {
    "id": text,
    "rev": whole,
    "edited_at": moment,
    "ended_at": moment,
    "rep": text,
    "goal": _goal,
    "pauses": lambda value: each(value, pause_from_document),
    "state": lambda value: text(value) or "running",
    "spent": lambda value: {str(key): seconds(length) for key, length in part_of(value).items()},
}


def rep_to_document(rep: Rep) -> Document:
    """The rep under the names promised to the outside."""
    return {
        "id": rep.id,
        "label": rep.label,
        "aliases": list(rep.aliases),
        "rev": rep.rev,
        "edited_at": iso(rep.edited_at),
    }


def rep_from_document(document: Mapping[str, Any]) -> Rep:
    """The rep of a document; raises `DocumentError` when it has no id."""
    get = document.get
    return Rep(
        id=required(document, "id"),
        label=text(get("label")),
        aliases=texts(get("aliases")),
        rev=whole(get("rev")),
        edited_at=moment(get("edited_at")),
    )


def entry_to_document(entry: Entry) -> Document:
    """The entry under the names promised to the outside, without empty values; times are UTC ISO."""
    document = {
        "id": entry.id,
        "kind": entry.kind,
        "at": iso(entry.at),
        "on": entry.on.isoformat(),
        "rev": entry.rev,
        "edited_at": iso(entry.edited_at),
        "rep": entry.rep,
        "why": entry.why,
        "name": entry.name,
        "contact_id": entry.contact_id,
        "who": _who_to_document(entry.who),
        "numbers": list(entry.numbers),
        "firm": entry.firm,
        "call_id": entry.call_id,
        "register": entry.register,
        "country": entry.country,
        "lifts": list(entry.lifts),
        "voided_at": iso(entry.voided_at),
        "hashes": list(entry.hashes),
    }
    return {key: value for key, value in document.items() if value}


def entry_from_document(document: Mapping[str, Any]) -> Entry:
    """The entry of a document; raises `DocumentError` without id, time or day."""
    get = document.get
    on = day(get("on"))
    if on is None:
        raise DocumentError("`on` is no date")
    return Entry(
        id=required(document, "id"),
        at=required_moment(document, "at"),
        on=on,
        kind=KINDS.get(text(get("kind")), "addition"),
        rev=whole(get("rev")),
        edited_at=moment(get("edited_at")),
        rep=text(get("rep")),
        why=text(get("why")),
        name=text(get("name")),
        contact_id=text(get("contact_id")),
        who=_who(part_of(get("who"))),
        numbers=texts(get("numbers")),
        firm=text(get("firm")),
        call_id=text(get("call_id")),
        register=text(get("register")),
        country=text(get("country")),
        lifts=texts(get("lifts")),
        voided_at=moment(get("voided_at")),
        hashes=texts(get("hashes")),
    )


def _who_to_document(who: KnownAs) -> Document:
    document = {
        "name": who.name,
        "company": who.company,
        "numbers": list(who.numbers),
        "emails": list(who.emails),
    }
    return {key: value for key, value in document.items() if value}


def _who(part: Mapping[str, Any]) -> KnownAs:
    return KnownAs(
        text(part.get("name")),
        text(part.get("company")),
        texts(part.get("numbers")),
        texts(part.get("emails")),
    )


def plan_to_document(plan: PlannedCall) -> Document:
    """The plan under the names promised to the outside, without empty values; times are UTC ISO."""
    when = promise_to_document(plan.when)
    document = {
        "id": plan.id,
        "contact_id": plan.contact_id,
        "from": when["from"],
        "until": when["until"],
        "zone": plan.zone,
        "precision": plan.precision,
        "source": plan.source,
        "made_at": iso(plan.made_at),
        "rev": plan.rev,
        "edited_at": iso(plan.edited_at),
        "replaced_at": iso(plan.replaced_at),
    }
    return {key: value for key, value in document.items() if value}


def plan_from_document(document: Mapping[str, Any]) -> PlannedCall:
    """The plan of a document; raises `DocumentError` without id, contact or times."""
    when = promise_from_document(document)
    return PlannedCall(
        id=required(document, "id"),
        contact_id=required(document, "contact_id"),
        from_=when.from_,
        zone=when.zone,
        precision=when.precision,
        source=text(document.get("source")),
        made_at=required_moment(document, "made_at"),
        rev=whole(document.get("rev")),
        edited_at=moment(document.get("edited_at")),
        replaced_at=moment(document.get("replaced_at")),
    )


_EMPTY_CONTACT = contact_to_document(Contact(""))
_EMPTY_CALL = call_to_document(Call("", "", datetime.min.replace(tzinfo=UTC), "", Category.NO_ANSWER))
_CONTACT_KEPT = frozenset({"id", "rev", "edited_at", "name", "company", "numbers", "lists"})
_CALL_KEPT = frozenset(
    {"id", "contact_id", "at", "outcome", "is", "rev", "edited_at", "session_id", "rep", "direction", "dials"}
    | {"notes", "talk_s"}
)
"""Keys every document has, so that a reader of the file can count on them."""


def lean_contact(document: Mapping[str, Any]) -> Document:
    """The document of a contact without its empty values."""
    return _lean(document, _EMPTY_CONTACT, _CONTACT_KEPT)


def lean_call(document: Mapping[str, Any]) -> Document:
    """The document of a call without its empty values."""
    return _lean(document, _EMPTY_CALL, _CALL_KEPT)


def _lean(document: Mapping[str, Any], empty: Mapping[str, Any], kept: frozenset[str]) -> Document:
    return {
        key: value
        for key, value in document.items()
        if key in kept or key not in empty or value != empty[key]
    }


_CHANGED_BY_OUTCOMES = ("prefers", "remembered", "numbers")
"""All that an outcome of format 1 can have changed: its calls keep the whole contact as it was before."""


def changed_values(before: Contact, after: Contact) -> tuple[Document, Document]:
    """The values that differ, as they were before and as they are after: `before` and `after` of a call."""
    old, new = contact_to_document(before), contact_to_document(after)
    differing = [key for key in old if key not in OF_THE_RECORD and old[key] != new[key]]
    return {key: old[key] for key in differing}, {key: new[key] for key in differing}


def without(stored: Contact, call: Call) -> Contact:
    """The contact as it is stored, without what this call changed; what was edited later stays as it is."""
    now = contact_to_document(stored)
    before, after = call.before or {}, call.after
    if after is None:
        empty = contact_to_document(Contact(""))
        names = [name for name in _CHANGED_BY_OUTCOMES if before and not is_edited(stored, name)]
        before = {name: before.get(name, empty[name]) for name in names}
        after = {name: now[name] for name in names}
    return taken_back(stored, before, after)


def taken_back(
    stored: Contact, before: Mapping[str, Any], after: Mapping[str, Any], *, anyhow: bool = False
) -> Contact:
    """The contact as it is stored, without the change of these values; what differs from `after` stays.

    `anyhow`: it does not stay.
    """
    return contact_from_document(reverted(contact_to_document(stored), before, after, anyhow=anyhow))


def with_change(contact: Contact, call: Call, *, anyhow: bool) -> Contact:
    """The contact with what this call changed: the other way round from `without`."""
    return taken_back(contact, call.after or {}, call.before or {}, anyhow=anyhow)
