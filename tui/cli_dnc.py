"""`powerhour dnc`: the do-not-call list. It is only ever made shorter by `lift`, with a reason that stays."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path

from tui.cli_headless import in_cockpit
from tui.cli_output import DONE, RefusedError, Row, complain, print_json, print_rows, say
from tui.cli_parts import Parts, assemble, reading, writing
from tui.cli_person import the_one
from tui.cockpit.bounds import stale_copies
from tui.cockpit.cockpit import Cockpit
from tui.domain.contact import Contact
from tui.domain.never import STATE, NeverList, firm_key, never_from_state
from tui.phone import country, normalise, parse, shown
from tui.plaintext import clean
from tui.storage.protocol import NotSaved, Store

Work = Callable[[Cockpit, Store], Awaitable[str]]


def add(args: argparse.Namespace) -> int:
    """Put a number, a person or (with `--company`) a firm on the list. Raises `RefusedError`."""
    parts = assemble(args)
    number = "" if args.company else parse(args.what, parts.settings.region).e164

    async def work(cockpit: Cockpit, store: Store) -> str:
        if args.company:
            _saved(await cockpit.never.add_company(args.what, args.why))
            return f"Nobody rings anybody at {clean(args.what)} any more."
        if number:
            _saved(await cockpit.never.add_number(number, args.why))
            return f"Nobody rings {shown(number)} any more."
        contact = _person(cockpit, store, args.what)
        _saved(await cockpit.never.add_person(contact, args.why))
        return f"Nobody rings {contact.shown_name} any more."

    return _do(parts, work, args)


def lift(args: argparse.Namespace) -> int:
    """Take a number, a person or a firm off the list; the reason stays on record. Raises `RefusedError`."""
    if not clean(args.reason).strip():
        raise RefusedError("Say why with --reason, for example --reason 'asked us in writing on 3 May'.")
    parts = assemble(args)
    number = "" if args.company else parse(args.what, parts.settings.region).e164

    async def work(cockpit: Cockpit, store: Store) -> str:
        never = cockpit.never
        if args.company:
            if firm_key(args.what) not in never.list.companies:
                raise RefusedError(f"{clean(args.what)} is not on the list. `powerhour dnc list` shows it.")
            _saved(await never.lift_company(args.what, args.reason))
            return f"Lifted: {clean(args.what)}. The reason is on record."
        if number and never.list.number(number):
            _saved(await never.lift_number(number, args.reason))
            return f"Lifted: {shown(number)}. The reason is on record."
        contact = _person(cockpit, store, args.what)
        _saved(await never.lift_person(contact, args.reason))
        left = never.list.why(contact)
        more = f" Still not to be rung: {left}." if left else ""
        return f"Lifted: {contact.shown_name}. The reason is on record.{more}"

    return _do(parts, work, args)


def take(args: argparse.Namespace) -> int:
    """Take the numbers of a public register's copy. Raises `RefusedError` for a bad file or date."""
    parts = assemble(args)
    drawn = _date(args.date, parts)
    region = args.country.strip().upper() or parts.settings.region
    numbers = list(_numbers(args.file, region))
    if not numbers:
        raise RefusedError(f"{args.file} holds no phone number. One in a line, or the first column of a CSV.")
    where = region or country(numbers[0])

    async def work(cockpit: Cockpit, store: Store) -> str:
        before = len(cockpit.never.list.numbers)
        _saved(await cockpit.never.take_register(numbers, args.register, where, drawn))
        return f"{len(cockpit.never.list.numbers) - before} numbers added from {clean(args.register)}."

    code = _do(parts, work, args)
    with reading(parts) as store:
        _warn(never_from_state(store.state(STATE)), parts)
    return code


def show(args: argparse.Namespace) -> int:
    """Print numbers, firms and people that are never rung, and warn of registers that are too old."""
    parts = assemble(args)
    with reading(parts) as store:
        never = never_from_state(store.state(STATE))
        rows = [*_rows(never), *(_person_row(one) for one in store.contacts() if one.do_not_call)]
    columns = {"kind": "kind", "what": "who", "why": "why", "since": "since"}
    print_rows(rows, columns, args.json, "Nobody is on the do-not-call list.")
    _warn(never, parts)
    return DONE


def _rows(never: NeverList) -> Iterator[Row]:
    for key, entry in never.numbers.items():
        name = {"kind": "number", "what": key, "register": entry.register}
        yield {**name, "why": entry.why, "since": entry.since}
    for key, entry in never.companies.items():
        yield {"kind": "firm", "what": key, "why": entry.why, "since": entry.since, "register": ""}
    for record in never.lifted:
        yield {"kind": "lifted", "what": record["what"], "why": record["why"], "since": record["on"]}


def _person_row(contact: Contact) -> Row:
    return {"kind": "person", "what": contact.shown_name, "why": contact.do_not_call, "id": contact.id}


def _warn(never: NeverList, parts: Parts) -> None:
    for sentence in stale_copies(never, parts.here.date()):
        complain(sentence)


def _do(parts: Parts, work: Work, args: argparse.Namespace) -> int:
    with writing(parts) as store:
        said = in_cockpit(parts, store, lambda cockpit: work(cockpit, store))
    if args.json:
        print_json({"schema": 1, "rows": [{"done": said}]})
    else:
        say(said)
    return DONE


def _saved(done: bool) -> None:
    if not done:
        raise NotSaved("Nothing was saved. `powerhour doctor` looks at the folder and the disk.")


def _person(cockpit: Cockpit, store: Store, text: str) -> Contact:
    contact = store.contact(the_one(cockpit, store, text).contact_id)
    if contact is None:
        raise RefusedError(f"{clean(text)} is no longer in your list.")
    return contact


def _date(text: str, parts: Parts) -> date:
    try:
        drawn = date.fromisoformat(text)
    except ValueError:
        raise RefusedError(f"--date {clean(text)!r} is no day. Write 2026-11-02.") from None
    if drawn > parts.here.date():
        raise RefusedError(f"--date {clean(text)!r} is still to come. Give the day the copy was drawn.")
    return drawn


def _numbers(path: Path, region: str) -> Iterator[str]:
    """Numbers of a file, one in a line or in the first column that holds one."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            for line in lines:
                cells = line.replace(";", ",").replace("\t", ",").split(",")
                found = (normalise(clean(cell.strip().strip('"'), 60), region).e164 for cell in cells)
                number = next(filter(None, found), "")
                if number:
                    yield number
    except OSError as error:
        raise RefusedError(f"{path}: {error.strerror}. Name a file you can read.") from error
