"""A list and its reps, dealt out: who gets which rows, in which file, and what nobody got. Nothing is written here."""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from shlex import quote

from msgspec import Struct

from tui.cli.import_contacts import country_said, encoding_said
from tui.cli.output import USAGE, RefusedError
from tui.cli.wiring import Parts, may_call_of
from tui.cockpit.queue.owed import UnclearCalls
from tui.cockpit.queue.restrictions import Bounds
from tui.cockpit.queue.team import team_of
from tui.cockpit.wording import card
from tui.domain.contact import Contact
from tui.domain.identity.names import firm_parts, name_key
from tui.domain.shared.dealing import By, Dealt, Row, deal
from tui.domain.shared.team import Team, called_alike
from tui.domain.window import local
from tui.exchange.reading.headings.columns import apply_map, guess
from tui.exchange.reading.table import read_file
from tui.exchange.splitting import ListedRow, Listing, read_listing
from tui.plaintext import MAX_TEXT, clean, fold
from tui.storage.protocol import Store

_KEPT_FILE = "not-dealt-out"
Person = tuple[ListedRow, Contact]
"""A row, and who it is."""


class Part(Struct, frozen=True):
    """What one rep gets."""

    rep: str
    file: Path
    people: tuple[Person, ...]
    refused: tuple[Person, ...]
    """Of them whoever must not be called: the list says so, or ours does."""
    unsaid: frozenset[int]
    """Numbers of the rows of those of whom the list does not say it."""


class Split(Struct, frozen=True):
    """The whole list, dealt out."""

    name: str
    listing: Listing
    parts: tuple[Part, ...]
    kept_in: Path
    kept: tuple[tuple[ListedRow, str], ...]
    """Rows nobody got, each with the reason."""
    firms_shared: tuple[str, ...]
    """Firms whose people have several owners."""
    unowned: int
    """People of nobody, in a list that was dealt out by its owners."""
    flags: str
    """What an import of a part must be told too, as it is typed."""


def dealt_out(args: argparse.Namespace, parts: Parts, store: Store) -> Split:
    """The list, dealt out. Raises `RefusedError` and `ImportRefused`."""
    now, settings = parts.clock.now(), parts.settings
    team = team_of(settings, store)
    reps = _reps(args, team)
    region = country_said(args.region) if args.region.strip() else settings.region
    table = read_file(args.file, encoding_said(clean(args.encoding)))
    listing = read_listing(
        table, apply_map(guess(table, settings.priority_field), *args.map), region=region, now=now
    )
    if args.by == "owner" and not listing.has_owners:
        raise RefusedError(
            f"{table.name} has no column that says whose somebody is. "
            "Name it with --map owner=COLUMN, or deal the list out another way: --by equal."
        )
    people = [(line, line.contact) for line in listing.lines if line.contact is not None]
    place = _places(args.by, Bounds(store, settings, UnclearCalls(store)), now)
    rows = [_row(person, reps, team, place(person[1])) for person in people]
    return _split(
        args, table.name, listing, people, deal(rows, reps, args.by), reps, _refusals(people, store)
    )


def _reps(args: argparse.Namespace, team: Team) -> tuple[str, ...]:
    """The names of the reps. Raises `RefusedError` for none, for one that is there twice, and for a stranger."""
    lines = (clean(one, MAX_TEXT) for one in args.reps)
    said = [clean(name) for row in csv.reader(lines, skipinitialspace=True) for name in row]
    named = [name for name in said if name]
    if not named:
        raise RefusedError("Nobody is named. Say who gets the list: --reps Ann,Bo", USAGE)
    reps: dict[str, str] = {}
    for name in named:
        known = team.called(name)
        if not known and team.names_its_members and not args.anyway:
            raise RefusedError(_stranger(team, name), USAGE)
        rep = known or name
        if (before := reps.setdefault(called_alike(rep), name)) is not name:
            raise RefusedError(f"{before!r} and {name!r} are one rep. Name each one once.", USAGE)
        reps[called_alike(rep)] = rep
    return tuple(reps.values())


def _stranger(team: Team, name: str) -> str:
    near = team.nearest(name)
    meant = f" Did you mean {near!r}?" if near else ""
    return f"Nobody on the team is called {name!r}.{meant} To deal out to them all the same, say --anyway."


def _row(person: Person, reps: Sequence[str], team: Team, place: tuple[float, str]) -> Row:
    """Somebody as the dealing sees them."""
    line, contact = person
    owner = team.called(contact.owner) or contact.owner
    mine = next((rep for rep in reps if called_alike(rep) == called_alike(owner)), owner)
    return Row(mine, tuple(_ties(line, contact)), place)


def _ties(line: ListedRow, contact: Contact) -> Iterator[tuple[object, ...]]:
    """What keeps somebody with others: the firm, else number and address; and themselves in another row."""
    firm, name = firm_parts(contact.company), name_key(contact.full_name)
    reached = (*(number.e164 for number in contact.numbers if number.e164), *map(fold, contact.emails))
    if firm:
        yield "firm", firm
    for way in reached:
        yield ("reached", way) if not firm else ("person", name, way)
        if name and not firm:
            yield "person", name, way
    if line.continues:
        yield "row", line.continues
    yield "row", line.number


def _places(by: By, bounds: Bounds, now: datetime) -> Callable[[Contact], tuple[float, str]]:
    """Where somebody stands in the order: from east to west, or by the name of their firm."""

    def zone(contact: Contact) -> tuple[float, str]:
        there = bounds.number_in_hand(contact).zone
        offset = local(now, there).utcoffset()
        return -(offset.total_seconds() if offset else 0.0), there

    def firm(contact: Contact) -> tuple[float, str]:
        return 0.0, fold(contact.company or contact.full_name)

    return {"zone": zone, "company": firm}.get(by, lambda _: (0.0, ""))


def _refusals(people: Sequence[Person], store: Store) -> dict[int, bool]:
    """By row number of whoever must not be called: whether the list itself says so."""
    may_call, found = may_call_of(store), dict[int, bool]()
    for line, contact in people:
        noted = may_call.marked(contact).do_not_call
        if contact.do_not_call or (noted and not noted.like):
            found[line.number] = bool(contact.do_not_call)
    return found


def _split(
    args: argparse.Namespace,
    name: str,
    listing: Listing,
    people: Sequence[Person],
    dealt: Dealt,
    reps: Sequence[str],
    refused: Mapping[int, bool],
) -> Split:
    folder, stem = args.into or args.file.parent, args.file.stem
    files = _file_names(reps, folder, stem)
    kept = {
        people[one][0].number: f"belongs to {clean(whose)!r}, who gets no part"
        for one, whose in dealt.kept_for.items()
    }
    kept |= {line.number: f"not read: {line.reason}" for line in listing.lines if line.contact is None}
    return Split(
        name,
        listing,
        tuple(_part(rep, files[rep], people, dealt, refused) for rep in reps),
        folder / f"{stem}-{_KEPT_FILE}.csv",
        tuple((line, kept[line.number]) for line in listing.lines if line.number in kept),
        tuple(dict.fromkeys(_firm(people[rows[0]][1]) for rows in dealt.shared)),
        sum(not contact.owner for _, contact in people) if args.by == "owner" else 0,
        _flags(args),
    )


def _part(rep: str, file: Path, people: Sequence[Person], dealt: Dealt, refused: Mapping[int, bool]) -> Part:
    mine = tuple(person for person, whose in zip(people, dealt.reps, strict=True) if whose == rep)
    no_calls = tuple(person for person in mine if person[0].number in refused)
    unsaid = frozenset(line.number for line, _ in no_calls if not refused[line.number])
    return Part(rep, file, mine, no_calls, unsaid)


def _firm(contact: Contact) -> str:
    return contact.company or card.name_of(contact)


def _file_names(reps: Sequence[str], folder: Path, stem: str) -> dict[str, Path]:
    """A file for each rep; of names that come to the same letters the later one gets a number."""
    found: dict[str, Path] = {}
    taken = {_KEPT_FILE}
    for rep in reps:
        bare = "-".join(re.findall(r"\w+", fold(rep)))[:60] or "rep"
        name, again = bare, 1
        while name in taken:
            again += 1
            name = f"{bare}-{again}"
        taken.add(name)
        found[rep] = folder / f"{stem}-{name}.csv"
    return found


def _flags(args: argparse.Namespace) -> str:
    said = [("--list", args.file.stem), *(("--map", one) for one in args.map)]
    said += [("--region", args.region)] if args.region.strip() else []
    return "".join(f" {flag} {quote(clean(value))}" for flag, value in said)
