"""Commands about contacts: list them, and write contacts or calls to a file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TextIO

from tui.cli_output import DONE, Row, complain, print_rows, to_the_screen
from tui.cli_parts import assemble, reading, refusals
from tui.cli_private import open_private
from tui.cockpit.search import Search
from tui.domain.contact import Contact
from tui.domain.old_notes import kept_from
from tui.exchange.export_csv import ENCODING, write_calls_csv, write_contacts_csv
from tui.exchange.export_jsonl import write_jsonl
from tui.phone import shown
from tui.plaintext import fold
from tui.storage.protocol import Store


def contacts(args: argparse.Namespace) -> int:
    """Print everybody or those of one list by name, or those a text matches, the best match first."""
    parts = assemble(args)
    with reading(parts) as store:
        found = _matching(store, args.text, parts.settings.region)
        rows = [_row(one) for one in found if not args.list or args.list in one.lists]
    columns = {
        "name": "name",
        "company": "company",
        "phone": "number",
        "lists": "lists",
        "do_not_call": "do not call",
    }
    print_rows(rows, columns, args.json, "Nobody. Bring your contacts:  powerhour import FILE")
    return DONE


def _matching(store: Store, text: str, region: str) -> list[Contact]:
    everybody = {one.id: one for one in _refusals_shown(store)}
    if not text.strip():
        return sorted(everybody.values(), key=lambda one: fold(one.shown_name))
    return [everybody[one] for one in Search(store, region).everybody_like(text)]


def _row(contact: Contact) -> Row:
    return {
        "id": contact.id,
        "name": contact.shown_name,
        "company": contact.company,
        "role": contact.role,
        "phone": shown(contact.first_number) if contact.first_number else "",
        "numbers": [number.e164 or number.raw for number in contact.numbers],
        "emails": list(contact.emails),
        "lists": list(contact.lists),
        "tags": list(contact.tags),
        "owner": contact.owner,
        "do_not_call": contact.do_not_call,
    }


def export(args: argparse.Namespace) -> int:
    """Write contacts or calls to a file or to the screen. Raises `RefusedError` for a file that is there."""
    parts = assemble(args)
    since = kept_from(parts.clock.now(), parts.settings.keep_notes)
    with reading(parts) as store:
        if args.out is None:
            _write(store, args.what, args.format, to_the_screen(), since)
            return DONE
        with open_private(args.out, ENCODING if args.format == "csv" else "utf-8") as out:
            count = _write(store, args.what, args.format, out, since)
    complain(
        f"Written: {count} {args.what} to {args.out}. The file holds customer data; keep it as safe as yours."
    )
    return DONE


def _refusals_shown(store: Store) -> Iterator[Contact]:
    """Every contact, with why nobody calls them where the do-not-call list says so."""
    never = refusals(store)
    return (replace(one, do_not_call=never.why(one)) for one in store.contacts())


def _write(store: Store, what: str, form: str, out: TextIO, since: datetime | None) -> int:
    if form == "jsonl":
        return write_jsonl(
            _refusals_shown(store) if what == "contacts" else store.calls(), out, notes_since=since
        )
    if what == "contacts":
        return write_contacts_csv(_refusals_shown(store), out)
    return write_calls_csv(store.calls(), {one.id: one for one in store.contacts()}, out, notes_since=since)
