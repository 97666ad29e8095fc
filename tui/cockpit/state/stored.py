"""What the store kept of the last run, read here and nowhere else. What cannot be brought back is put aside.

`restorable` decides about a session and its calls. What was put aside stands in a file of its own, with its notes in
front, before the store forgets it; nothing is written while it does not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.domain.call import has_to_do
from tui.domain.ids import uuid7
from tui.domain.outcome import Outcome
from tui.domain.session import MOST_MINUTES, Session
from tui.locale.spoken import listed
from tui.plaintext import clean, clean_text
from tui.storage.disk import RESCUED, write_page
from tui.storage.other_documents import pause_from_document
from tui.storage.protocol import Store, stored_values
from tui.storage.values import YEARS, DocumentError, part_of

LISTS_OF_OLD = ("drafts", "owed")
"""Where older releases kept all half-written notes and all to-dos; the skips stood with the rep's habits."""
FAILED_TWICE, GONE = "failed_twice", "person_gone"
"""Why something was put aside: sentences of the notices."""


class PutAside(Struct, frozen=True):
    """A stored value that cannot be brought back: where it stood, what is wrong with it, and all of it."""

    place: str
    why: str
    value: Any


class Stored(Struct):
    """The named pieces of state, each whole and usable, or not here but in `aside`."""

    rep: dict[str, Any] = field(default_factory=dict)
    skips: dict[str, Any] = field(default_factory=dict)
    owed: Sequence[str] = ()
    pauses: dict[str, Any] = field(default_factory=dict)
    """Of the session that runs, by its id and a number."""
    running: Mapping[str, Any] = field(default_factory=dict)
    drafts: dict[str, Any] = field(default_factory=dict)
    left_open: dict[str, Any] = field(default_factory=dict)
    ringing: dict[str, Any] = field(default_factory=dict)
    aside: list[PutAside] = field(default_factory=list)

    @property
    def holds_something(self) -> bool:
        """Whether the last run left anything of a session or a call."""
        return bool(self.running or self.left_open or self.ringing or self.aside)

    def session(self, store: Store, session_id: str | None) -> Session | None:
        """A session on record with its pauses, which stand beside it while it runs; None when there is none."""
        for found in store.sessions():
            if found.id == session_id:
                names = sorted(name for name in self.pauses if name.startswith(f"{session_id}."))
                beside = tuple(pause_from_document(self.pauses[name]) for name in names)
                return replace(found, pauses=beside or found.pauses)
        return None

    def give_up(self, why: str) -> None:
        """Put aside everything that would come back."""
        if self.running:
            self.aside.append(PutAside("running", why, self.running))
        self.aside += (PutAside(f"left_open.{name}", why, one) for name, one in self.left_open.items())
        self.aside += (PutAside(f"ringing.{name}", why, one) for name, one in self.ringing.items())
        self.running, self.left_open, self.ringing = {}, {}, {}


def read(store: Store, outcomes: Sequence[Outcome], now: datetime) -> Stored:
    """Everything the last run left, of the right kind; raises nothing."""
    stored = Stored()
    _read_rep(stored, store, now)
    _read_skips(stored, store)
    _read_owed(stored, store)
    _read_pauses(stored, store)
    running = store.state("running")
    drafts = {**store.state("drafts"), **stored_values(store, "drafts")}
    left_open, ringing = store.state("left_open"), store.state("ringing")
    if running or drafts or left_open or ringing:
        from tui.cockpit.state import restorable  # forms: not before the first screen of most starts

        if running and (why := restorable.what_is_wrong_with_running(running, outcomes)):
            stored.aside.append(PutAside("running", why, running))
        else:
            stored.running = running
        for place, found, good in (
            ("drafts", drafts, stored.drafts),
            ("left_open", left_open, stored.left_open),
            ("ringing", ringing, stored.ringing),
        ):
            for name, one in found.items():
                if why := restorable.what_is_wrong_with(place, one, outcomes):
                    stored.aside.append(PutAside(f"{place}.{name}", why, one))
                else:
                    good[name] = one
    return stored


def _read_rep(stored: Stored, store: Store, now: datetime) -> None:
    """Who works here, and their habits. One habit that cannot be used is forgotten; an id is found again."""
    found = store.state("rep")
    for name, value in found.items():
        if name == "skips":
            continue
        if name in _HABITS and not _HABITS[name](value):
            stored.aside.append(PutAside(f"rep.{name}", "not usable", value))
        else:
            stored.rep[name] = value
    if not stored.rep.get("id"):
        known = {one.rep for one in store.sessions() if one.rep} if found else set()
        # Where sessions of several came together nobody can tell which are ours.
        stored.rep["id"] = known.pop() if len(known) == 1 else uuid7(now)


def _read_skips(stored: Stored, store: Store) -> None:
    """Who was put off, and when. What cannot be used of one person is forgotten."""
    of_old = store.state("rep").get("skips", {})
    if not isinstance(of_old, Mapping):
        stored.aside.append(PutAside("rep.skips", "not usable", of_old))
        of_old = {}
    for contact_id, skips in {**of_old, **stored_values(store, "skips")}.items():
        if isinstance(skips, list) and all(map(_is_skip, skips)):
            stored.skips[contact_id] = skips
        else:
            stored.aside.append(PutAside(f"skips.{contact_id}", "not usable", skips))


def _read_pauses(stored: Stored, store: Store) -> None:
    for name, pause in stored_values(store, "pauses").items():
        try:
            pause_from_document(part_of(pause))
        except DocumentError as error:
            stored.aside.append(PutAside(f"pauses.{name}", str(error), pause))
        else:
            stored.pauses[name] = pause


def _read_owed(stored: Stored, store: Store) -> None:
    """What is to do; a list that cannot be used is made again from the calls, which decide anyway."""
    listed = store.state("owed").get("open", ())
    if isinstance(listed, Sequence) and not isinstance(listed, str) and _are_texts(listed):
        stored.owed = (*listed, *store.states("owed"))
    else:
        mine = ("", stored.rep["id"])
        stored.owed = [call.id for call in store.calls() if call.rep in mine and has_to_do(call)]


def _are_texts(value: Any) -> bool:
    return all(isinstance(one, str) for one in value)


def _is_text_map(value: Any) -> bool:
    return isinstance(value, Mapping) and _are_texts(value.values())


def _is_goal(value: Any) -> bool:
    numbers = isinstance(value, list) and len(value) == 2
    return value is None or (numbers and all(type(one) is int and 0 <= one <= 999 for one in value))


def _is_skip(value: Any) -> bool:
    if not isinstance(value, list) or len(value) not in (2, 3) or not _are_texts(value):
        return False
    try:
        moments = [datetime.fromisoformat(one) for one in (value[0], *value[2:])]
    except ValueError:
        return False
    return all(at.tzinfo is not None and at.year in YEARS for at in moments)


_HABITS: Mapping[str, Callable[[Any], bool]] = {
    "id": lambda value: isinstance(value, str) and bool(value),
    "list": lambda value: isinstance(value, str),
    "minutes": lambda value: type(value) is int and 1 <= value <= MOST_MINUTES,
    "goal": _is_goal,
    "filters": _is_text_map,
    "filled": _is_text_map,
    "told": _is_text_map,
    "sound_checked": lambda value: isinstance(value, str),
}
"""By name: whether such a value can be used. Names of a later release stay as they are."""


# -- what was put aside, for people


def _said(why: str) -> str:
    """Why a value was put aside: one of our two reasons in words, else what the error says."""
    ours = {FAILED_TWICE: notice("failed_twice"), GONE: notice("person_gone")}
    return clean_text(ours.get(why, why))


def page(
    heading: Literal["aside_page", "unsaved_page"], aside: Sequence[PutAside], store: Store, now: datetime
) -> str:
    """Values as a page to read: the notes and the half-written one first, then all as it was stored."""
    lines = [notice(heading, when=f"{now:%Y-%m-%d %H:%M}"), ""]
    for one in aside:
        for call in calls_in(one.value):
            lines += _words_of(call, store)
    for one in aside:
        lines += [
            f"{one.place}: {_said(one.why)}",
            json.dumps(one.value, indent=1, default=str),
            "",
        ]
    return "\n".join(lines)


def calls_in(value: Any) -> list[Mapping[str, Any]]:
    """The calls inside a stored value of any shape: whatever has notes or a draft."""
    if isinstance(value, list):
        return [call for one in value for call in calls_in(one)]
    if not isinstance(value, Mapping):
        return []
    if "notes" in value or "draft" in value:
        return [value]
    return [call for one in value.values() for call in calls_in(one)]


def _words_of(call: Mapping[str, Any], store: Store) -> list[str]:
    said = [
        name_in(call, store) or notice("a_call"),
        notice("begun", at=clean(call.get("started_at") or call.get("taken_at") or "?")),
    ]
    notes = call.get("notes")
    for note in notes if isinstance(notes, list) else []:
        at, *words = note if isinstance(note, list) and note else ("", note)
        said.append(f"  {clean(at)}  {' '.join(clean_text(word) for word in words)}")
    if draft := call.get("draft"):
        said.append(notice("half_written", words=clean_text(draft)))
    return [*said, ""]


def name_in(call: Mapping[str, Any], store: Store) -> str:
    """Who a stored call is with; empty when that cannot be told."""
    contact_id = call.get("contact_id")
    contact = store.contact(contact_id) if isinstance(contact_id, str) else None
    return card.name_of(contact) if contact else ""


def sentence(aside: Sequence[PutAside], store: Store, where: str) -> str:
    """What the rep is told of it."""
    if all(one.why == GONE for one in aside):
        return notice("left_open_gone", where=where)
    names = dict.fromkeys(
        name for one in aside for call in calls_in(one.value) if (name := name_in(call, store))
    )
    if names:
        return notice("left_open_lost", who=listed(tuple(names)), where=where)
    return notice("something_lost", where=where)


def rescue(
    why: str, running: Mapping[str, Any] | None, folders: Sequence[Path], store: Store, now: datetime
) -> str:
    """What was not saved, and where it is now, as a sentence. `running`: the calls in hand; None: there are none."""
    if not running or not running["stack"]:
        return notice("unsaved_no_call", why=why)
    text = page("unsaved_page", [PutAside("running", why, running)], store, now)
    for folder in folders:
        try:
            where = write_page(folder, RESCUED, text, now)
        except OSError:
            continue
        return notice("unsaved_call", why=why, where=where)
    return notice("unsaved_lost", why=why)
