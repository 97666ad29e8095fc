"""`powerhour hand-over`: give a person to another rep, with a note and their agreement."""

from __future__ import annotations

import argparse

from tui.cli_headless import in_cockpit
from tui.cli_output import DONE, RefusedError, print_json, say
from tui.cli_parts import assemble, writing
from tui.cli_person import the_one
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.ownership import NotHandedOver
from tui.domain.contact import Contact
from tui.storage.protocol import NotSaved


def run(args: argparse.Namespace) -> int:
    """Hand one person over. Raises `RefusedError` when the note or the agreement is missing."""

    async def ask(cockpit: Cockpit) -> Contact | None:
        person = the_one(cockpit, store, args.who)
        try:
            return await cockpit.hand_over(person.contact_id, args.to, args.note, args.agreed)
        except NotHandedOver as missing:
            raise RefusedError(f"{missing} For example: --note 'wants the export team' --agreed") from missing

    parts = assemble(args)
    with writing(parts) as store:
        contact = in_cockpit(parts, store, ask)
    if contact is None:
        raise NotSaved("Nothing was saved. `powerhour doctor` looks at the folder and the disk.")
    if args.json:
        print_json({"schema": 1, "rows": [{"contact_id": contact.id, "owner": contact.owner}]})
    else:
        say(f"{contact.shown_name} is with {contact.owner} now.")
    return DONE
