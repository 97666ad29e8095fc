"""Two accounts of one record become one: in any order, any number of times, always the same.

Of a contact each leaf is as it was last written by hand (`leaves`), so two reps who edit different things of one person
both keep their words. A call has one author, and the later revision is the truer. What was said once, for ever, stays
said: a call that was undone, a promise that was kept, an addition to the do-not-call list.

What is a rep's own never comes from another's account: the pauses of a session, the seconds between two calls, what
undo needs. `shared` leaves it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep, Touch
from tui.domain.do_not_call import Entry
from tui.domain.promise import NO_DAY, Owed
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.domain.shared.forgotten import Forgotten, HashKey, erased
from tui.domain.shared.leaves import (
    apart,
    kept_stamps,
    leaves_of,
    stamp_of,
    value_of,
    values_of,
    weight,
)
from tui.domain.shared.same_person import SamePerson
from tui.domain.window import LONG_AGO

Record = Contact | Call | Session | Entry | PlannedCall | Rep | SamePerson | Forgotten | HashKey
R = TypeVar("R", bound=Record)

_OWN: Mapping[type, Mapping[str, Any]] = {
    Call: {"ready_s": 0.0, "wrap_s": 0.0, "keys": 0, "identify_s": None, "before": None, "after": None},
    Session: {"pauses": (), "spent": {}, "state": "ended"},
}
"""What of a record is a rep's own, and what stands there in everybody else's account."""


def merged(one: R, other: R) -> R:
    """The record that two accounts of it make, which have one id and one kind."""
    if one == other:
        return one
    merge = cast("Callable[[R, R], R]", _MERGES[type(one)])
    return merge(one, other)


def united(records: Iterable[Record]) -> list[Record]:
    """Each record once: of several accounts of one that came together the one they make."""
    found: dict[tuple[type, str], Record] = {}
    for record in records:
        key = type(record), record.id
        found[key] = merged(found[key], record) if key in found else record
    return list(found.values())


def shared(record: R) -> R:
    """The record as others may have it."""
    own = _OWN.get(type(record))
    if own is None:
        return record
    if isinstance(record, Session) and record.ended_at is None:
        own = {**own, "state": "running"}
    if isinstance(record, Call) and record.revisions:
        record = replace(record, revisions=tuple(map(shared, record.revisions)))
    return replace(record, **own)


# -- contacts ----------------------------------------------------------------------------------------------


def _contact(one: Contact, other: Contact) -> Contact:
    """Of most values both say the same, and have it from the same hand: only the others are taken apart."""
    names = apart(one, other)
    leaves, theirs = leaves_of(one, names), leaves_of(other, names)
    known = {path: stamp for path, stamp in one.stamps.items() if value_of(path) not in names}
    paths = (path for path in (*one.stamps, *other.stamps) if path not in known)
    stamps: dict[str, str] = {}
    for path in dict.fromkeys((*paths, *leaves, *theirs)):
        mine, his = stamp_of(one, path), stamp_of(other, path)
        stamps[path] = max(mine, his)
        if his > mine or (his == mine and _rank_of(theirs, path) > _rank_of(leaves, path)):
            leaves.pop(path, None)
            if path in theirs:
                leaves[path] = theirs[path]
    return replace(
        one,
        **values_of(leaves, names, one, other),
        rev=max(one.rev, other.rev),
        edited_at=_last(one.edited_at, other.edited_at),
        **_made(one, other),
        touched_at=_later_touch(one.touched_at, other.touched_at),
        stamps=dict(sorted((known | kept_stamps(leaves, stamps)).items())),
    )


def _rank_of(leaves: Mapping[str, Any], path: str) -> tuple[bool, str]:
    """Of two leaves under one stamp, or without any, one that is there, then any fixed choice."""
    return path in leaves, weight(leaves.get(path))


def _made(one: Contact, other: Contact) -> dict[str, Any]:
    """When the record was made, and by which import: of two accounts that which was there first."""
    made = [each for each in (one, other) if each.created_at] or [one, other]
    first = min(made, key=lambda each: (each.created_at or LONG_AGO, not each.import_id, each.import_id))
    return {"created_at": first.created_at, "import_id": first.import_id}


def _later_touch(one: Touch | None, other: Touch | None) -> Touch | None:
    return max(filter(None, (one, other)), key=lambda touch: (touch.at, touch.source), default=None)


# -- calls and sessions ------------------------------------------------------------------------------------


def _call(one: Call, other: Call) -> Call:
    best = _truer(one, other)
    return replace(
        best,
        **_own_values(one, other),
        voided_at=_first(one.voided_at, other.voided_at),
        lifted_at=_first(one.lifted_at, other.lifted_at),
        owed=_owed(best.owed, one.owed, other.owed),
        revisions=_revisions(one.revisions, other.revisions),
    )


def _owed(best: Owed | None, one: Owed | None, other: Owed | None) -> Owed | None:
    """What one of us did is done, unless it was opened again after that."""
    both = tuple(owed for owed in (one, other) if owed is not None)
    done = _last(*(owed.done_at for owed in both))
    opened = _last(*(owed.opened_at for owed in both))
    if done and opened and opened >= done:
        done = None
    if best is None:
        return Owed("", NO_DAY, done, opened) if done or opened else None
    return replace(best, done_at=done, opened_at=opened)


def _revisions(one: tuple[Call, ...], other: tuple[Call, ...]) -> tuple[Call, ...]:
    """All that either knows the call said before."""
    found: dict[tuple[Any, ...], Call] = {}
    for call in (*one, *other):
        said = (*_rank(call), weight((call.voided_at, call.lifted_at, call.owed)))
        known = found.get(said)
        found[said] = replace(call, **_own_values(known, call)) if known else call
    return one if one == other else tuple(found[said] for said in sorted(found))


def _session(one: Session, other: Session) -> Session:
    """Over when any account says so; who only has what is shared does not know that nobody came back to it."""
    pauses = max(one.pauses, other.pauses, key=lambda pauses: (len(pauses), weight(pauses)))
    spent = max(one.spent, other.spent, key=lambda spent: (sum(spent.values()), weight(spent)))
    state = max(one.state, other.state, key=lambda state: (state == "abandoned", state != "running", state))
    ended = _last(one.ended_at, other.ended_at)
    return replace(_truer(one, other), ended_at=ended, pauses=pauses, spent=spent, state=state)


def _own_values(one: Call, other: Call) -> dict[str, Any]:
    """What only the rep's own account holds, whichever of the two that is."""
    undo = max(
        ((call.before, call.after) for call in (one, other)),
        key=lambda pair: (pair != (None, None), weight(pair)),
    )
    return {
        "ready_s": max(one.ready_s, other.ready_s),
        "wrap_s": max(one.wrap_s, other.wrap_s),
        "keys": max(one.keys, other.keys),
        "identify_s": max((s for s in (one.identify_s, other.identify_s) if s is not None), default=None),
        "before": undo[0],
        "after": undo[1],
    }


# -- the others --------------------------------------------------------------------------------------------


def _entry(one: Entry, other: Entry) -> Entry:
    """Additions only grow; what one of us forgot is forgotten."""
    known = [entry for entry in (one, other) if entry.hashes] or [one, other]
    best = max(known, key=_rank)
    # A lift of all numbers names none: of two accounts the one that frees less holds.
    lifted = max((entry.numbers for entry in known), key=weight)
    numbers = lifted if best.kind == "lift" else _united(entry.numbers for entry in known)
    return replace(
        best,
        numbers=() if best.hashes else numbers,
        lifts=_united((one.lifts, other.lifts)),
        hashes=_united(entry.hashes for entry in known),
        voided_at=_first(one.voided_at, other.voided_at),
    )


def _plan(one: PlannedCall, other: PlannedCall) -> PlannedCall:
    """Planned when it first came in, so that a call which worked it still does when another rep imports it again."""
    made_at, replaced_at = min(one.made_at, other.made_at), _first(one.replaced_at, other.replaced_at)
    return replace(_truer(one, other), made_at=made_at, replaced_at=replaced_at)


def _rep(one: Rep, other: Rep) -> Rep:
    """Under the name they took last; every other name of theirs is one they went by before."""
    best = _truer(one, other)
    names = _united(((*one.aliases, one.label), (*other.aliases, other.label)))
    return replace(best, aliases=tuple(name for name in names if name not in ("", best.label)))


def _forgotten(one: Forgotten, other: Forgotten) -> Forgotten:
    return min(one, other, key=lambda gone: (gone.at, _rank(gone)))


def _truer(one: R, other: R) -> R:
    return max(one, other, key=_rank)


_MERGED: Mapping[type, frozenset[str]] = {
    Call: frozenset({*_OWN[Call], "voided_at", "lifted_at", "revisions"}),
    Session: frozenset({*_OWN[Session], "ended_at"}),
    Entry: frozenset({"numbers", "lifts", "hashes", "voided_at"}),
    PlannedCall: frozenset({"made_at", "replaced_at"}),
    Rep: frozenset({"aliases"}),
}
"""What is put together from both accounts, and so cannot say which of them is truer."""


def _rank(record: Record) -> tuple[int, str, str, str]:
    """The later revision, the later edit, then the content: of a call first what stays when its person is forgotten."""
    edited = record.edited_at.isoformat() if record.edited_at else ""
    kept = _content(erased(record)) if isinstance(record, Call) else ""
    return record.rev, edited, kept, _content(record)


def _content(record: Record) -> str:
    left_out = _MERGED.get(type(record), frozenset())
    told = (_undone(getattr(record, name)) for name in record.__struct_fields__ if name not in left_out)
    return weight(tuple(told))


def _undone(value: Any) -> Any:
    return (value.what, value.due) if isinstance(value, Owed) else value


def _first(*times: datetime | None) -> datetime | None:
    return min(filter(None, times), default=None)


def _last(*times: datetime | None) -> datetime | None:
    return max(filter(None, times), default=None)


def _united(texts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every text once: as they stand where all are the same, else in the order of the alphabet."""
    several = [tuple(some) for some in texts]
    if all(some == several[0] for some in several):
        return several[0]
    return tuple(sorted({text for some in several for text in some}))


_MERGES: Mapping[type, Callable[[Any, Any], Any]] = {
    Contact: _contact,
    Call: _call,
    Session: _session,
    Entry: _entry,
    PlannedCall: _plan,
    Rep: _rep,
    SamePerson: _truer,
    Forgotten: _forgotten,
    HashKey: _truer,
}
