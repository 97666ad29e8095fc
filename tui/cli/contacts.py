"""Commands about contacts: list them, write them or who is due to a file, hand one over to another rep."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TextIO

from msgspec.structs import replace

from tui.cli.merge import refuse_team_folder, write_everything
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
from tui.cli.wiring import Parts, assemble, changing, looking, may_call_of, reading, saved
from tui.cockpit.actions.messages import Touch
from tui.cockpit.call_view import CallerRow, NotHandedOver
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.queue.search import Search
from tui.cockpit.queue.team import team_of
from tui.cockpit.wording import card
from tui.cockpit.wording.why import refusal, sentence
from tui.domain.contact import Contact
from tui.domain.day_words import number_of
from tui.domain.history import kept_from
from tui.domain.may_call import MayCall
from tui.domain.promise_state import open_plan
from tui.exchange.writing import (
    ENCODING,
    DueRow,
    Planned,
    write_calls_csv,
    write_contacts_csv,
    write_due_csv,
    write_jsonl,
)
from tui.phone import shown
from tui.plaintext import clean, fold
from tui.storage.protocol import Store

_SHOWN_TO_CHOOSE = 5


def the_one(cockpit: Cockpit, store: Store, text: str) -> CallerRow:
    """The one person an id, a name, a company or a number means. Raises `RefusedError` when it is not beyond doubt."""
    wanted = clean(text)
    if store.contact(wanted) is not None:
        return _candidate(store, wanted)
    found, sure = cockpit.queue.meant(wanted)
    if len(found) == 1 and sure:
        return _candidate(store, found[0])
    if not found:
        raise RefusedError(f"Nobody fits {wanted!r}. `powerhour contacts` lists everybody.")
    said = "Several fit" if len(found) > 1 else "Nobody is called"
    rows = [_candidate(store, one) for one in found[:_SHOWN_TO_CHOOSE]]
    lines = [
        f"  {row.contact_id}  {', '.join(filter(None, (row.name, row.company, row.number)))}" for row in rows
    ]
    more = len(found) - len(lines)
    lines += [f"  and {more} more"] if more > 0 else []
    raise RefusedError("\n".join([f"{said} {wanted!r}. Say who it is by the id in front:", *lines]))


def stored(store: Store, person: CallerRow) -> Contact:
    """The person's record. Raises `RefusedError` when it is gone."""
    contact = store.contact(person.contact_id)
    if contact is None:
        raise RefusedError(f"{person.name} is no longer in your list.")
    return contact


def _candidate(store: Store, contact_id: str) -> CallerRow:
    contact = store.contact(contact_id)
    if contact is None:
        return CallerRow(contact_id, "")
    number = next((n.e164 for n in contact.numbers if n.e164), "")
    return CallerRow(
        contact.id, card.name_of(contact), card.company(contact), shown(number) if number else ""
    )


_NOT_IN_IT = (
    "It carries no calls and no notes of calls (powerhour export calls writes those), no wishes about when to call, "
    "no answers kept from scripts, and no decision to stop."
)


def contacts(args: argparse.Namespace) -> int:
    """Print everybody or those of one list by name, or those a text matches, the best match first."""
    parts = assemble(args)
    with reading(parts) as store:
        found = _matching(store, args.text, parts.settings.region)
        may_call = may_call_of(store)
        rows = [_row(one, may_call) for one in found if not args.list or args.list in one.lists]
    columns = {
        "name": "name",
        "company": "company",
        "phone": "number",
        "lists": "lists",
        "why_not": "not to be called",
    }
    print_rows(rows, columns, args.json, "Nobody. Bring your contacts:  powerhour import FILE")
    return DONE


def _matching(store: Store, text: str, region: str) -> list[Contact]:
    everybody = {one.id: one for one in store.contacts()}
    if not text.strip():
        return sorted(everybody.values(), key=lambda one: fold(one.shown_name))
    return [everybody[one] for one in Search(store, lambda: region).everybody_like(text)]


def _row(known: Contact, may_call: MayCall) -> Row:
    contact, against = may_call.marked(known), may_call.why_not(known)
    return {
        "id": contact.id,
        "name": card.name_of(contact),
        "company": contact.company,
        "role": contact.role,
        "phone": shown(contact.first_number) if contact.first_number else "",
        "numbers": [number.e164 or number.raw for number in contact.numbers],
        "emails": list(contact.emails),
        "lists": list(contact.lists),
        "tags": list(contact.tags),
        "owner": contact.owner,
        "owner_id": contact.owner_id,
        "do_not_call": refusal(contact.do_not_call) if contact.do_not_call else "",
        "why_not": sentence(against) if against else "",
        "numbers_not_to_call": [one.e164 for one in contact.numbers if one.barred],
    }


def export(args: argparse.Namespace) -> int:
    """Write contacts, calls, or who is due by a channel. Raises `RefusedError` for a file that is there."""
    if args.all:
        return _export_all(args)
    if args.due:
        return _export_due(args)
    parts = assemble(args)
    since = kept_from(parts.clock.now(), parts.settings.keep_notes)
    with reading(parts) as store, _out(args.out, ENCODING if args.format == "csv" else "utf-8") as out:
        count = _write(store, args.what, args.format, out, since, parts)
    if args.out is not None:
        told = f"Written: {number_of(count, args.what[:-1])} to {args.out}."
        complain(f"{told} The file holds customer data; keep it as safe as yours.")
        if args.what == "contacts":
            complain(_NOT_IN_IT)
    return DONE


def _export_all(args: argparse.Namespace) -> int:
    """Write everything that colleagues may have, to be merged there."""
    if args.due or args.what != "contacts":
        raise RefusedError("With --all everything is written: leave the rest out.", USAGE)
    parts = assemble(args)
    refuse_team_folder(parts, args.out)
    return write_everything(parts, args.out, _out(args.out, "ascii"))


def _out(path: Path | None, encoding: str) -> AbstractContextManager[TextIO]:
    """The file, made now, or the screen, which stays open."""
    return nullcontext(to_the_screen()) if path is None else open_private(path, encoding)


def _refusals_shown(store: Store) -> Iterator[Contact]:
    """Every contact, with why and since when nobody calls them, as a text, and with the numbers nobody calls."""
    may_call = may_call_of(store)
    for one in map(may_call.marked, store.contacts()):
        said = one.do_not_call
        yield replace(one, do_not_call=replace(said, why=refusal(said))) if said else one


def _planned_in(store: Store) -> Planned:
    """The planned call of each person that still waits."""
    return lambda person: open_plan(
        store.plans(person.id), [call for call in store.calls(person.id) if call.voided_at is None]
    )


def _write(store: Store, what: str, form: str, out: TextIO, since: datetime | None, parts: Parts) -> int:
    people, made_at = _refusals_shown(store), parts.clock.now()
    if what == "contacts":
        return (
            write_jsonl(
                people, out, holds=what, made_at=made_at, notes_since=since, planned=_planned_in(store)
            )
            if form == "jsonl"
            else write_contacts_csv(people, out, _planned_in(store))
        )
    known, calls, reps = {one.id: one for one in people}, store.calls(), team_of(parts.settings, store).names
    if form == "jsonl":
        return write_jsonl(
            calls, out, holds=what, made_at=made_at, notes_since=since, people=known, reps=reps
        )
    return write_calls_csv(calls, known, out, notes_since=since, reps=reps)


def _export_due(args: argparse.Namespace) -> int:
    """Write the list of this channel as CSV. Raises `RefusedError` for a file that is there."""

    async def ask(cockpit: Cockpit, _: Store) -> list[Touch]:
        return cockpit.messages.due_by(args.due)

    due = [DueRow(touch.contact, touch.due, touch.why) for touch in looking(assemble(args), ask)]
    with _out(args.out, ENCODING) as out:
        count = write_due_csv(due, out)
    if args.out is not None:
        people = number_of(count, "person", "people")
        complain(f"Written: {people} due by {args.due} to {args.out}. Afterwards note each one:")
        complain(f"  powerhour log WHO sent --channel {args.due}")
    return DONE


def hand_over(args: argparse.Namespace) -> int:
    """Hand one person over. Raises `RefusedError` when the note or the agreement is missing."""

    async def ask(cockpit: Cockpit, store: Store) -> Contact | None:
        person = the_one(cockpit, store, args.who)
        try:
            return await cockpit.people.hand_over(
                person.contact_id, uncut(args.to), uncut(args.note), args.agreed, anyway=args.anyway
            )
        except NotHandedOver as missing:
            if missing.field_id == "unknown":
                said = f"{missing} To hand over to them all the same, say --anyway."
                raise RefusedError(said, USAGE) from missing
            raise RefusedError(f"{missing} For example: --note 'wants the export team' --agreed") from missing

    async def told(cockpit: Cockpit, store: Store) -> tuple[Contact, str]:
        contact = saved(await ask(cockpit, store))
        said = cockpit.view.saved
        return contact, said.note if said else ""

    contact, note = changing(assemble(args), told)
    row = {"contact_id": contact.id, "owner": contact.owner, "owner_id": contact.owner_id}
    tell(args.json, row, f"{card.name_of(contact)} is with {contact.owner} now.", note)
    return DONE
