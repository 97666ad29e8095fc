"""`powerhour export --due CHANNEL`: who is to get a message or a visit today, for the tool that sends it."""

from __future__ import annotations

import argparse

from tui.cli_contacts import export as export_records
from tui.cli_headless import in_cockpit
from tui.cli_output import DONE, complain, to_the_screen
from tui.cli_parts import assemble, reading
from tui.cli_private import open_private
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.due import Touch
from tui.exchange.export_csv import ENCODING
from tui.exchange.export_due import DueRow, write_due_csv


def export(args: argparse.Namespace) -> int:
    """Write contacts, calls, or who is due by a channel. Raises `RefusedError` for a file that is there."""
    return _export_due(args) if args.due else export_records(args)


def _export_due(args: argparse.Namespace) -> int:
    """Write the list of this channel as CSV. Raises `RefusedError` for a file that is there."""

    async def ask(cockpit: Cockpit) -> list[Touch]:
        return cockpit.due_by(args.due)

    parts = assemble(args)
    with reading(parts) as store:
        due = [DueRow(touch.contact, touch.due, touch.why) for touch in in_cockpit(parts, store, ask)]
    if args.out is None:
        write_due_csv(due, to_the_screen())
        return DONE
    with open_private(args.out, ENCODING) as out:
        count = write_due_csv(due, out)
    complain(f"Written: {count} people due by {args.due} to {args.out}. Afterwards note each one:")
    complain(f"  powerhour log WHO sent --channel {args.due}")
    return DONE
