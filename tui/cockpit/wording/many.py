"""What is said of a change to many people at once: whom it is about, what it would do, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from tui.cockpit.view import Saved
from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.domain.contact import Contact
from tui.domain.day_words import Clocks, moment

Kind = Literal["tags", "lists", "skip", "owner"]
NAMED = 3
"""So many of the people are named."""


class Wanted(Struct, frozen=True):
    """What is to be done to everybody."""

    kind: Kind
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    until: datetime | None = None
    """Of a skip (UTC)."""
    words: str = ""
    """The time as it was typed; of a hand-over the note."""
    owner: str = ""


_ASKED = {
    "tags": "many_ask_tags",
    "lists": "many_ask_lists",
    "skip": "many_ask_until",
    "owner": "many_ask_owner",
    "note": "many_ask_note",
}
"""The question for the words of each kind of change, and for the note of a hand-over."""


def asks(kind: str, people: int, rep: str) -> str:
    """What is to be typed for a kind of change; `rep`: who gets the people, where a note is asked for."""
    return notice(_ASKED[kind], people=people, rep=rep)


def names(people: Sequence[Contact], of: int) -> str:
    """The first few by name, and how many more there are: `Ann Rossi, Bo Lund, Cy Park and 9 more`."""
    known = ", ".join(card.name_of(one) for one in people[:NAMED])
    return notice("many_names", names=known, others=of - NAMED) if of > NAMED else known


def does(wanted: Wanted, people: int, now: datetime, zone: str, *, is_mine: bool) -> str:
    """What would change; `is_mine`: the people become the rep's own."""
    added, removed = ", ".join(wanted.added), ", ".join(wanted.removed)
    match wanted.kind:
        case "skip":
            return notice("many_skip", people=people, when=_when(wanted, now, zone))
        case "owner" if is_mine:
            return notice("many_mine", people=people)
        case "owner":
            return notice("many_owner", people=people, owner=wanted.owner, note=wanted.words)
        case "tags":
            code = "many_tags" if added and removed else "many_tags_added" if added else "many_tags_removed"
        case _:
            code = (
                "many_lists" if added and removed else "many_lists_added" if added else "many_lists_removed"
            )
    return notice(code, people=people, added=added, removed=removed)


def left_out(same: int, uncalled: int, in_call: int) -> str:
    """Who stays as they are, and why; empty when nobody does."""
    told = (
        notice("many_same", people=same) if same else "",
        notice("many_uncalled", people=uncalled) if uncalled else "",
        notice("many_in_call", people=in_call) if in_call else "",
    )
    return " ".join(filter(None, told))


def promises(count: int, owner: str) -> str:
    """Which promises stay with the rep until an owner has taken the people over, or stand in spite of a skip, when
    there is no owner; empty when there are none.
    """
    if not count:
        return ""
    return (
        notice("many_promises", promises=count, owner=owner)
        if owner
        else notice("many_stand", promises=count)
    )


def saved(wanted: Wanted, people: int, now: datetime, zone: str, *, is_mine: bool, unchecked: bool) -> Saved:
    """What was done; `unchecked`: nobody knows whether the new owner is of the team."""
    match wanted.kind:
        case "skip":
            return Saved(notice("saved_many_skip", people=people, when=_when(wanted, now, zone)))
        case "owner":
            code = "saved_many_mine" if is_mine else "saved_many_owner"
            note = notice("name_unchecked") if unchecked and not is_mine else ""
            return Saved(notice(code, people=people, owner=wanted.owner), note)
        case "tags":
            return Saved(notice("saved_many_tags", people=people))
    return Saved(notice("saved_many_lists", people=people))


def _when(wanted: Wanted, now: datetime, zone: str) -> str:
    assert wanted.until is not None
    return moment(wanted.until, Clocks(zone, zone, now))
