"""`powerhour people`: who is one person under two ids, and who is not."""

from __future__ import annotations

import argparse

from tui.cli.contacts import the_one
from tui.cli.output import DONE, RefusedError, Row, print_rows, say, tell
from tui.cli.wiring import assemble, changing, reading, saved
from tui.cockpit.actions.team.doubles import told
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.state.doubts import doubts_of
from tui.cockpit.wording import card
from tui.storage.protocol import Store

_PAIR = {"one": "id", "person": "person", "other": "other id", "other_person": "other person"}


def doubtful(args: argparse.Namespace) -> int:
    """Print each pair of which nobody said whether it is one person."""
    with reading(assemble(args)) as store:
        rows = [_pair(store, one, other) for one, other in doubts_of(store)]
    print_rows(rows, _PAIR, args.json, "Nobody seems to be here twice.")
    if rows and not args.json:
        say("One person:  powerhour people same ID ID     Two people:  powerhour people apart ID ID")
    return DONE


def joined(args: argparse.Namespace) -> int:
    """Print every id that is one person with another."""
    with reading(assemble(args)) as store:
        rows = [
            {"id": one, "person": contact.id, "name": card.name_of(contact), "company": contact.company}
            for contact in sorted(store.contacts(), key=lambda one: one.id)
            for one in store.persons.ids(contact.id)
            if len(store.persons.ids(contact.id)) > 1
        ]
    columns = {"id": "id", "person": "person", "name": "name", "company": "company"}
    print_rows(rows, columns, args.json, "Nobody has two ids.")
    return DONE


def same(args: argparse.Namespace) -> int:
    """Say that two are one person. Raises `RefusedError` when they are already."""

    async def work(cockpit: Cockpit, store: Store) -> str:
        one, other = _id(cockpit, store, args.one), _id(cockpit, store, args.other)
        if store.persons.of(one) == store.persons.of(other):
            raise RefusedError(f"Both are {_name(store, one)} already.")
        names = f"{_name(store, one)} and {_name(store, other)}"
        saved(await cockpit.people.doubles.decide(one, other, same=True))
        return f"{names} are one person now. To take it back:  powerhour people apart {one} {other}"

    said = changing(assemble(args), work)
    tell(args.json, {"done": said}, said)
    return DONE


def apart(args: argparse.Namespace) -> int:
    """Say that two are two people: the second one leaves whom it was joined to. Raises `RefusedError` for one id."""

    async def work(cockpit: Cockpit, store: Store) -> str:
        one, other = _id(cockpit, store, args.one), _id(cockpit, store, args.other)
        if one == other:
            raise RefusedError("These are one id. `powerhour people joined` shows the ids of each person.")
        saved(await cockpit.people.doubles.decide(one, other, same=False))
        return f"{_name(store, one)} and {_name(store, other)} are two people."

    said = changing(assemble(args), work)
    tell(args.json, {"done": said}, said)
    return DONE


def _id(cockpit: Cockpit, store: Store, text: str) -> str:
    """The very id that was typed, also one that no longer speaks for its person; else who is meant."""
    return text if store.contact(text) is not None else the_one(cockpit, store, text).contact_id


def _name(store: Store, contact_id: str) -> str:
    contact = store.contact(contact_id)
    return card.name_of(contact) if contact else contact_id


def _pair(store: Store, one: str, other: str) -> Row:
    people = [store.contact(contact_id) for contact_id in (one, other)]
    first, second = (told(person) if person else "" for person in people)
    return {"one": one, "person": first, "other": other, "other_person": second}
