"""`powerhour export-person WHO`: everything that is held about one person, for them to read."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tui.cli.contacts import stored, the_one
from tui.cli.output import DONE, SCHEMA, RefusedError, complain, open_private, to_the_screen
from tui.cli.wiring import Parts, assemble, looking
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.wording import card
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.day_words import on_record
from tui.domain.do_not_call import DoNotCallList, Entry, Named
from tui.domain.shared.leaves import leaves_of, stamp_of
from tui.domain.shared.merge import shared
from tui.domain.shared.stamp import is_by, made
from tui.plaintext import escaped, inert
from tui.storage.documents import call_to_document, contact_to_document
from tui.storage.other_documents import entry_to_document, lean_call, lean_contact, plan_to_document
from tui.storage.protocol import Store, stored_values
from tui.storage.team_documents import same_person_to_document
from tui.storage.tiny import FILE
from tui.storage.traces import files_with, traces_of
from tui.system.header import header

_COMMAND = "powerhour export-person"


def export_person(args: argparse.Namespace) -> int:
    """Write it to a file only the rep can read, or to the screen. Raises `RefusedError`."""
    parts = assemble(args)
    if args.out is not None:
        _refuse_team_folder(args.out, parts)

    async def look(cockpit: Cockpit, store: Store) -> dict[str, Any]:
        return _everything(
            parts, store, cockpit.do_not_call.entries, stored(store, the_one(cockpit, store, args.who))
        )

    held = looking(parts, look)
    text = _as_json(held) if args.format == "json" else "\n".join(_page(held)) + "\n"
    with nullcontext(to_the_screen()) if args.out is None else open_private(args.out, "utf-8") as out:
        out.write(text)
    if args.out is not None:
        complain(f"Written: {args.out}. It holds all we know of one person; give it to nobody but them.")
    return DONE


def _refuse_team_folder(out: Path, parts: Parts) -> None:
    team = parts.places.team
    if team is not None and out.resolve().is_relative_to(team.resolve()):
        raise RefusedError(
            f"{out} is in the team folder, which git shares. Nothing was written; name a file elsewhere."
        )


def _everything(parts: Parts, store: Store, never: DoNotCallList, contact: Contact) -> dict[str, Any]:
    """All of it, JSON-ready, under its headings."""
    ids = store.persons.ids(contact.id)
    calls = store.calls(contact.id)
    reps = {rep.id: rep.label or rep.id for rep in store.reps()}
    files = files_with(parts.places.data / FILE, traces_of([replace(contact, id=one) for one in ids], calls))
    about = (_of_them(entry, contact) for entry in never.entries.values() if Named([entry]).holds(contact))
    return {
        "header": header(_COMMAND, SCHEMA, parts.clock.now()),
        "schema": SCHEMA,
        "who": {"name": card.name_of(contact), "ids": list(ids)},
        "contact": lean_contact(contact_to_document(replace(contact, stamps={}))),
        "where each value came from": _origins(contact, reps),
        "calls": [_call(call, reps) for call in calls],
        "planned calls": [plan_to_document(plan) for plan in store.plans(contact.id)],
        "refusals": [entry_to_document(entry) for entry in about],
        "one person under several ids": [
            same_person_to_document(one) for one in store.same_person() if {one.one, one.other} & set(ids)
        ],
        "half-written": _half_written(store, set(ids)),
        "put off": [skip for one in ids for skip in stored_values(store, "skips").get(one, [])],
        "other files that hold them": [str(path) for path in files],
    }


def _of_them(entry: Entry, contact: Contact) -> Entry:
    """The entry, of a register or a list of numbers only with theirs."""
    theirs = {number.e164 for number in contact.numbers}
    return replace(entry, numbers=tuple(number for number in entry.numbers if number in theirs))


def _origins(contact: Contact, reps: Mapping[str, str]) -> dict[str, str]:
    """Of each value who wrote it and when, or which file it came with."""
    lists = ", ".join(dict.fromkeys(filter(None, (contact.source.list, *contact.lists))))
    found = {}
    for path in leaves_of(contact):
        stamp = made(stamp_of(contact, path))
        if stamp is None:
            found[path] = f"a file: {lists}" if lists else "not known"
            continue
        at, short = stamp
        rep = next((label for rep, label in reps.items() if is_by(rep, short)), short)
        found[path] = f"written by {rep}, {on_record(at.date())}"
    return found


def _call(call: Call, reps: Mapping[str, str]) -> dict[str, Any]:
    """The call without what is the rep's own, but with what it changed of the person."""
    told = replace(shared(call), before=call.before, after=call.after)
    return {**lean_call(call_to_document(told)), "rep": reps.get(call.rep, call.rep)}


def _half_written(store: Store, ids: set[str]) -> list[Any]:
    """Notes and calls that are not finished."""
    running = store.state("running").get("stack")
    waiting: Iterable[Any] = (
        *(running if isinstance(running, list) else ()),
        *store.state("left_open").values(),
        *stored_values(store, "drafts").values(),
    )
    return [
        {name: one[name] for name in ("contact_id", "started_at", "notes", "draft") if one.get(name)}
        for one in waiting
        if isinstance(one, dict) and one.get("contact_id") in ids
    ]


def _as_json(held: Mapping[str, Any]) -> str:
    return escaped(json.dumps(held, ensure_ascii=False, indent=1, default=str)) + "\n"


def _page(held: Mapping[str, Any]) -> Iterator[str]:
    """The same to read: headings, and a line for each value."""
    when = str(held["header"]["made_at"])
    yield f"Everything held about {inert(held['who']['name'])}, as of {when[:10]} ({held['header']['program']})"
    for heading, value in held.items():
        if heading not in ("header", "schema"):
            yield ""
            yield heading[:1].upper() + heading[1:]
            yield from _lines(value) if value else ("  nothing",)


def _lines(value: Any, before: str = "  ") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            if isinstance(one, Mapping | list) and one:
                yield f"{before}{inert(str(name))}:"
                yield from _lines(one, before + "  ")
            else:
                yield f"{before}{inert(str(name))}: {_text(one)}"
    elif isinstance(value, list):
        for one in value:
            first, *rest = tuple(_lines(one, before + "  ")) or ("",)
            yield f"{before}- {first.strip()}"
            yield from rest
    else:
        yield f"{before}{_text(value)}"


def _text(value: Any) -> str:
    return inert("" if value in (None, [], {}) else str(value)).replace("\n", " / ")
