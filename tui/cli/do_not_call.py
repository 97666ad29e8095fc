"""`powerhour dnc`: the do-not-call list. It is only ever made shorter by `lift`, with a reason that stays."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from tui.cli.contacts import stored, the_one
from tui.cli.do_not_call_file import read_list, write_list
from tui.cli.output import (
    DONE,
    USAGE,
    RefusedError,
    Row,
    complain,
    open_private,
    print_rows,
    tell,
    to_the_screen,
    uncut,
)
from tui.cli.wiring import Parts, assemble, changing, looking, may_call_of, reading, refusals, saved
from tui.cockpit.actions.do_not_call import NothingToLift
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.wording import card
from tui.cockpit.wording.card import stale_copies
from tui.cockpit.wording.why import refusal
from tui.domain.day_words import number_of, on_record
from tui.domain.do_not_call import DoNotCallList, Entry, known_as
from tui.exchange.reading.register import numbers_of_register
from tui.phone import NEEDS_COUNTRY, PROBLEM_WORDS, country, parse, shown
from tui.phone.countries import country_named
from tui.plaintext import clean
from tui.storage.inbox import Inbox
from tui.storage.protocol import NotSaved, Store, StoreIsOpen
from tui.system import readfile

_DIGITS = 5
"""A text of so many and no letter is meant as a number."""
_LONGEST_LINE = 10_000
"""Characters of a line in a register; a line of one has about fifteen."""
_FORGOTTEN = "somebody who was forgotten"
"""Whose refusal binds still, by hashes that tell nobody who it was."""


def add(args: argparse.Namespace) -> int:
    """Put a number, a person or (with `--company`) a firm on the list. Raises `RefusedError`.

    While a cockpit has the list it is left in the inbox, where the cockpit finds it before its next call.
    """
    uncut(args.why)
    parts = assemble(args)
    number = "" if args.company else _number(args.what, args.region or parts.settings.region)

    def named(cockpit: Cockpit, store: Store) -> tuple[str, Entry]:
        """Whom nobody calls any more, and the addition that says so."""
        never = cockpit.do_not_call
        if args.company:
            return f"anybody at {clean(args.what)}", never.of_company(args.what, args.why)
        if number:
            return shown(number), never.of_number(number, args.why)
        contact = stored(store, the_one(cockpit, store, args.what))
        return card.name_of(contact), never.of_person(contact, args.why)

    async def written(cockpit: Cockpit, store: Store) -> str:
        whom, entry = named(cockpit, store)
        known = cockpit.do_not_call.entries.like(entry)
        saved(await cockpit.do_not_call.add(entry))
        return _added(whom, known)

    async def left(cockpit: Cockpit, store: Store) -> str:
        whom, entry = named(cockpit, store)
        if known := cockpit.do_not_call.entries.like(entry):
            return _added(whom, known)
        Inbox(parts.places.data).add(entry)
        return f"{_added(whom)} The open cockpit obeys it before its next call."

    try:
        said = changing(parts, written, wait=False)
    except StoreIsOpen:
        said = looking(parts, left)
    tell(args.json, {"done": said}, said)
    return DONE


def _added(whom: str, known: Sequence[Entry] = ()) -> str:
    said = f"Nobody calls {whom} any more."
    return f"{said} It stood on the list already: {refusal(known[0].refusal)}." if known else said


def _number(said: str, region: str) -> str:
    """The number that is meant (E.164); empty when the text is none, but the name of a person.

    Where no country is known it is asked for. Raises `RefusedError` for digits that are no number: nobody else is
    listed in its place.
    """
    text, where = clean(said, 60), country_named(region)
    if known := parse(text, where).e164:
        return known
    if any(map(str.isalpha, text)) or sum(map(str.isdecimal, text)) < _DIGITS:
        return ""
    where = where or _asked_country(text)
    found = parse(text, where)
    if not found.e164:
        asks = found.problem in NEEDS_COUNTRY
        problem = "it may be another country's" if asks else PROBLEM_WORDS[found.problem]
        raise RefusedError(
            f"{text} cannot be read as a number of {where}: {problem}. Nothing was written."
            " Write it with + and its country, or name another country with --region."
        )
    return found.e164


def _asked_country(number: str) -> str:
    """The country the rep names, in two letters. Raises `RefusedError` when nobody can be asked."""
    if not sys.stdin.isatty():
        raise RefusedError(
            f"Which country is {number} in? Nothing was written. Say it with --region, for example --region GB.",
            USAGE,
        )
    try:
        said = input(f"Which country is {number} in? Two letters, for example GB: ")
    except EOFError:
        said = ""
    named = country_named(clean(said))
    if not named:
        raise RefusedError(f"{clean(said)!r} is no country. Nothing was written.")
    return named


def lift(args: argparse.Namespace) -> int:
    """Take a number, a person or a firm off the list; the reason stays on record.

    Raises `RefusedError` when what is named was never on it, or is off it already: nothing is written then.
    """
    if not clean(uncut(args.reason)).strip():
        raise RefusedError("Say why with --reason, for example --reason 'asked us in writing on 3 May'.")
    parts = assemble(args)
    number = "" if args.company else _number(args.what, args.region or parts.settings.region)

    async def work(cockpit: Cockpit, store: Store) -> str:
        never = cockpit.do_not_call
        if args.company:
            known = never.entries.of_firm(args.what)
            name = known[0].name if known else clean(args.what)
            return await _lift(never.lift_company(args.what, args.reason), name)
        if number and not _is_of_somebody_refused(number, never.entries, store):
            return await _lift(never.lift_number(number, args.reason), shown(number))
        if not number and never.entries.of_firm(args.what):
            raise RefusedError(f"{clean(args.what)} is on the list as a firm. Lift it with --company.")
        contact = stored(store, the_one(cockpit, store, args.what))
        said = await _lift(
            never.lift_person(contact, args.reason), card.name_of(contact), never.entries.refusal(contact)
        )
        left = never.entries.refusal(contact)
        return f"{said} Still not to be called: {_other_way(left)}" if left else said

    said = changing(parts, work)
    tell(args.json, {"done": said}, said)
    return DONE


def answer(args: argparse.Namespace) -> int:
    """Say whether somebody who looks like one who refused is the same person. Raises `RefusedError`."""

    async def work(cockpit: Cockpit, store: Store) -> str:
        contact = stored(store, the_one(cockpit, store, args.who))
        name = card.name_of(contact)
        like = may_call_of(store).marked(contact).do_not_call.like
        if not like:
            raise RefusedError(f"{name} looks like nobody who asked not to be called. Nothing was written.")
        saved(await cockpit.do_not_call.answered(contact.id, args.answer[0]))
        return (
            f"Nobody calls {name} any more."
            if args.answer == "yes"
            else f"{name} is not the same person as {like}."
        )

    said = changing(assemble(args), work)
    tell(args.json, {"done": said}, said)
    return DONE


async def _lift(lifting: Awaitable[bool], name: str, otherwise: Entry | None = None) -> str:
    """What was lifted, as a sentence. `otherwise`: what else keeps them from being called."""
    try:
        saved(await lifting)
    except NothingToLift as nothing:
        if otherwise is not None:
            raise RefusedError(f"Nothing was lifted. {name}: {_other_way(otherwise)}") from nothing
        if nothing.lifted is not None:
            on, why = on_record(nothing.lifted.on), nothing.lifted.why
            raise RefusedError(f"{name} was taken off the list on {on} already: {why}.") from nothing
        raise RefusedError(
            f"{name} is not on the do-not-call list. Nothing was written. `powerhour dnc list` shows it."
        ) from nothing
    return f"Lifted: {name}. The reason is on record."


def _other_way(entry: Entry) -> str:
    """What keeps somebody from being called, and the command that lifts it."""
    what = f'"{entry.name}" --company' if entry.firm else f'"{entry.name}"'
    said = refusal(entry.refusal)
    if not entry.firm and entry.register:
        return f"the number is {said}. `powerhour dnc lift NUMBER` lifts it."
    whom = f"the firm {entry.name}" if entry.firm else entry.name
    return f"{whom} is on the list, {said}. `powerhour dnc lift {what}` lifts it."


def _is_of_somebody_refused(e164: str, never: DoNotCallList, store: Store) -> bool:
    """Whether the number is not on the list itself, but somebody who has it is: then the person is meant."""
    if never.of_number(e164):
        return False
    having = (one for one in store.contacts() if any(number.e164 == e164 for number in one.numbers))
    return any(never.of_person(one.id) for one in having)


def export(args: argparse.Namespace) -> int:
    """Write the whole list to a file, with ids and times. Raises `RefusedError` for a file that is there."""
    parts = assemble(args)
    out = open_private(args.out, "utf-8") if args.out else nullcontext(to_the_screen())
    with reading(parts) as store, out as file:
        entries = (_with_person(one, store) for one in refusals(store).entries.values())
        count = write_list(entries, file, parts.clock.now())
    if args.out:
        complain(
            f"Written: {number_of(count, 'entry', 'entries')} to {args.out}. Keep the file as safe as yours."
        )
    return DONE


def _with_person(entry: Entry, store: Store) -> Entry:
    """The entry with who the person is, so that they are known where nobody knows our id."""
    is_bare = entry.kind == "addition" and entry.contact_id and not entry.who
    contact = store.contact(entry.contact_id) if is_bare else None
    return replace(entry, who=known_as(contact)) if contact else entry


def take(args: argparse.Namespace) -> int:
    """Take a list that `export` wrote, or the numbers of a public register's copy.

    Raises `RefusedError` for a bad file or date.
    """
    parts = assemble(args)
    if (entries := read_list(args.file)) is not None:
        return _take_list(args, parts, entries)
    if not (args.register and args.date):
        raise RefusedError(
            f"{args.file} is no list that `powerhour dnc export` wrote. For the copy of a public register name it"
            " and its day: --register TPS --date 2026-11-02",
            USAGE,
        )
    drawn = _date(args.date, parts)
    odd: list[int] = []
    region, numbers = _numbers(args.file, args.country.strip().upper(), parts.settings.region, odd)
    if not numbers:
        raise RefusedError(f"{args.file} holds no phone number. One in a line, or the first column of a CSV.")
    where = region or country(numbers[0])

    async def work(cockpit: Cockpit, store: Store) -> str:
        before = len(cockpit.do_not_call.entries.numbers)
        saved(await cockpit.do_not_call.take_register(numbers, args.register, where, drawn))
        added = number_of(len(cockpit.do_not_call.entries.numbers) - before, "number")
        return f"{added} added from {clean(args.register)}."

    said = changing(parts, work)
    tell(args.json, {"done": said}, said)
    if len(odd) == 1:
        complain(f"1 line holds no number that can be understood: line {odd[0]}.")
    elif odd:
        complain(f"{len(odd)} lines hold no number that can be understood, the first of them line {odd[0]}.")
    with reading(parts) as store:
        _warn(refusals(store), parts)
    return DONE


def _take_list(args: argparse.Namespace, parts: Parts, entries: Sequence[Entry]) -> int:
    async def work(cockpit: Cockpit, _: Store) -> str:
        taken = await cockpit.do_not_call.take_list(entries)
        if taken is None:
            raise NotSaved("Nothing was taken. `powerhour doctor` looks at the folder and the disk.")
        known = len(entries) - taken
        return f"{number_of(taken, 'entry', 'entries')} taken from {args.file}, {known} known already."

    said = changing(parts, work)
    tell(args.json, {"done": said}, said)
    return DONE


def show(args: argparse.Namespace) -> int:
    """Print numbers, firms and people that are never called, and warn of registers that are too old."""
    parts = assemble(args)
    with reading(parts) as store:
        never = refusals(store)
        rows = list(_rows(never, store))
    columns = {"kind": "kind", "what": "who", "why": "why", "since": "since"}
    print_rows(rows, columns, args.json, "Nobody is on the do-not-call list.")
    _warn(never, parts)
    return DONE


def _rows(never: DoNotCallList, store: Store) -> Iterator[Row]:
    for number, entry in never.numbers.items():
        yield {"kind": "number", "what": number, "register": entry.register, **_said(entry)}
    for entry in never.firms:
        yield {"kind": "firm", "what": entry.name, "register": "", **_said(entry)}
    for contact_id, entry in never.people.items():
        contact = store.contact(contact_id)
        name = card.name_of(contact) if contact else entry.name or _FORGOTTEN
        yield {"kind": "person", "what": name, "id": contact_id, **_said(entry)}
    for entry in never.answers:
        yield {"kind": "somebody else", "what": entry.name, "id": entry.contact_id, **_said(entry)}
    for entry in never.lifts:
        yield {"kind": "lifted", "what": ", ".join(entry.numbers) or entry.name, **_said(entry)}


def _said(entry: Entry) -> Row:
    return {"why": entry.why, "since": entry.on.isoformat()}


def _warn(never: DoNotCallList, parts: Parts) -> None:
    for sentence in stale_copies(never, parts.here.date()):
        complain(sentence)


def _date(text: str, parts: Parts) -> date:
    try:
        drawn = date.fromisoformat(text)
    except ValueError:
        raise RefusedError(f"--date {clean(text)!r} is no day. Write 2026-11-02.") from None
    if drawn > parts.here.date():
        raise RefusedError(f"--date {clean(text)!r} is still to come. Give the day the copy was drawn.")
    return drawn


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file, whatever ends them."""
    for raw in readfile.lines(path, _LONGEST_LINE):
        yield from raw.decode("utf-8-sig", "replace").removesuffix("\n").removesuffix("\r").split("\r")


def _numbers(path: Path, region: str, fallback: str, odd: list[int]) -> tuple[str, list[str]]:
    """The country of a register's copy, and its numbers, one in a line or in the columns that hold one."""
    try:
        country_of, numbers = numbers_of_register(_lines(path), region, fallback, odd)
        return country_of, list(numbers)
    except OSError as error:
        raise RefusedError(f"{path}: {error.strerror}. Name a file you can read.") from error
