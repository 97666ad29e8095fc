"""`powerhour forget WHO` and `powerhour retention`: people of whom nothing is kept, or will be."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tui.cli.contacts import stored, the_one
from tui.cli.output import DONE, RefusedError, Row, agreed, print_rows, say, tell
from tui.cli.wiring import Parts, assemble, looking, reading, writing
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.queue.retention import announced_on, going, next_move
from tui.cockpit.wording import card
from tui.cockpit.wording import forgetting as words
from tui.domain.call import Call, has_to_do
from tui.domain.contact import Contact
from tui.domain.day_words import date_words, length_in_words, promise_words
from tui.domain.do_not_call import DoNotCallList, Named
from tui.domain.history import history_of
from tui.domain.promise_state import open_promise
from tui.domain.shared.forgotten import Forgotten
from tui.phone import shown
from tui.storage.protocol import Change, Store
from tui.storage.tiny import FILE
from tui.storage.traces import files_with, traces_of


class _Seen(Struct, frozen=True):
    """Whom a command is to forget, as they stand."""

    contact: Contact
    calls: tuple[Call, ...]
    plans: int
    owed: tuple[str, ...]
    """What we promised them, and what is still to do for them, a sentence each."""
    refused: bool
    files: tuple[Path, ...]
    """That hold them and will be deleted."""


def forget(args: argparse.Namespace) -> int:
    """Forget one person. Raises `RefusedError` when WHO is not beyond doubt, and when nobody said yes."""
    parts = assemble(args)

    async def look(cockpit: Cockpit, store: Store) -> _Seen:
        return _seen(
            parts, store, cockpit.do_not_call.entries, stored(store, the_one(cockpit, store, args.who))
        )

    seen = looking(parts, look)
    name = card.name_of(seen.contact)
    if not args.yes:
        if not args.json:
            _show(seen)
        if not agreed(words.say("forget_them", name=name), words.say("nobody_to_ask")):
            raise RefusedError(words.say("nothing_done"))
    now = parts.clock.now()
    with writing(parts) as store:
        rep = str(store.state("rep").get("id", ""))
        _forget(store, (Forgotten(seen.contact.id, now, rep),), now)
    row = {"contact_id": seen.contact.id, "calls": len(seen.calls), "owed": list(seen.owed)}
    told = words.say("forgotten", name=name, calls=len(seen.calls))
    tell(args.json, row, told, *(seen.owed if args.yes else ()))
    return DONE


def _forget(store: Store, forgotten: tuple[Forgotten, ...], now: datetime) -> None:
    """Forget people, also in what waits in the do-not-call inbox, which goes into the list with it."""
    letters = store.inbox.unread()
    if letters and (letters.damaged or letters.torn):
        raise RefusedError(words.say("inbox_first"))
    store.commit(Change(forgotten=forgotten, do_not_call=letters.entries if letters else ()), now)
    if letters:
        store.inbox.taken(letters)


def _seen(parts: Parts, store: Store, never: DoNotCallList, contact: Contact) -> _Seen:
    now, calls = parts.clock.now(), store.calls(contact.id)
    touches = history_of(calls).touches
    promise = open_promise(touches, now, parts.settings.policy)
    owed = [words.say("promised", when=promise_words(promise.promise, now))] if promise else []
    owed += [words.say("to_do", what=call.owed.what) for call in calls if call.owed and has_to_do(call)]
    people = [replace(contact, id=one) for one in store.persons.ids(contact.id)]
    return _Seen(
        contact,
        calls,
        len(store.plans(contact.id)),
        tuple(owed),
        any(Named([entry]).holds(contact) for entry in never.entries.values() if not entry.register),
        tuple(files_with(parts.places.data / FILE, traces_of(people, calls))),
    )


def _show(seen: _Seen) -> None:
    contact = seen.contact
    number = shown(contact.numbers[0].e164 or contact.numbers[0].raw) if contact.numbers else ""
    say(", ".join(filter(None, (card.name_of(contact), contact.company, number, *contact.emails[:1]))))
    for one in seen.owed:
        say(one)
    say(words.say("goes", plans=seen.plans, calls=len(seen.calls)))
    say(words.say("stays", calls=len(seen.calls)))
    if seen.refused:
        say(words.say("refusal_stays"))
    if files := words.files_go(seen.files):
        say(files)


# -- people nobody was in touch with -----------------------------------------------------------------------


def retention(args: argparse.Namespace) -> int:
    """List who will be forgotten, keep one, or do what a start does. Raises `RefusedError`."""
    parts = assemble(args)
    if args.keep:
        return _keep(args, parts)
    keep = parts.settings.keep_people
    gone = _do_now(parts) if args.now and keep else 0
    if gone and not args.json:
        say(words.forgotten_now(gone))
    with reading(parts) as store:
        rows = _rows(parts, store)
    nobody = words.say("nobody_goes", length=length_in_words(keep)) if keep else words.say("kept_for_ever")
    columns = {"name": "name", "company": "company", "last": "last contact", "shown_on": "forgotten on"}
    print_rows(rows, columns, args.json, nobody)
    return DONE


def _do_now(parts: Parts) -> int:
    """Forget those whose day has come and announce the others; how many were forgotten."""
    now = parts.clock.now()
    with writing(parts) as store:
        move = next_move(store, parts.settings, now, str(store.state("rep").get("id", "")))
        if move.forgotten:
            _forget(store, move.forgotten, now)
        store.commit(move.announcing, now)
    return len(move.forgotten)


def _rows(parts: Parts, store: Store) -> list[Row]:
    on, today = announced_on(store), parts.here.date()
    found = []
    for one in going(store, parts.settings, parts.clock.now()):
        day = on.get(one.contact.id)
        found.append(
            {
                "id": one.contact.id,
                "name": card.name_of(one.contact),
                "company": one.contact.company,
                "last": one.last.date().isoformat(),
                "on": day.isoformat() if day else None,
                "shown_on": date_words(day, today) if day else words.say("not_announced"),
            }
        )
    return sorted(found, key=lambda row: (row["on"] or "9", str(row["last"])))


def _keep(args: argparse.Namespace, parts: Parts) -> int:
    async def look(cockpit: Cockpit, store: Store) -> str:
        return the_one(cockpit, store, args.keep).contact_id

    contact_id, now = looking(parts, look), parts.clock.now()
    with writing(parts) as store:
        contact = store.contact(contact_id)
        if contact is None:
            raise RefusedError(words.say("nothing_done"))
        store.commit(Change(contacts=(replace(contact, kept_at=now),)), now)
    keep = parts.settings.keep_people
    row = {"contact_id": contact_id, "kept_at": now.isoformat()}
    told = (
        words.say("kept", name=card.name_of(contact), length=length_in_words(keep))
        if keep
        else words.say("kept_for_ever")
    )
    tell(args.json, row, told)
    return DONE
