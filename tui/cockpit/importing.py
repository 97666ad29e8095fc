"""Import: guess the columns, show what the rows would become, then write all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tui.cockpit.desk import Desk
from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST, Contact
from tui.domain.do_not_call import Entry
from tui.domain.ids import uuid7
from tui.domain.nextstep import NextStep
from tui.domain.outcome import Category
from tui.domain.person_fields import field_named
from tui.domain.promise import Promise
from tui.exchange.columns import Column, Mapping, apply_map, guess
from tui.exchange.contacts_csv import ImportedPromise, Made, Rejected
from tui.exchange.headerwords import Meaning
from tui.exchange.plan import Built, ImportPlan, build, plan_import, preview
from tui.exchange.table import Table, read_file
from tui.phone import shown
from tui.settings.settings import Settings
from tui.storage.collector import without_collector
from tui.storage.protocol import Change

SAMPLES = 3
"""Rows shown before anything is written."""

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, before it is done."""

    table: Table
    mapping: Mapping
    list_name: str
    region: str
    samples: tuple[Made | Rejected, ...] = ()

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Each column of the file and what it is taken for."""
        return tuple((c.header, _column(c)) for c in self.mapping.columns)

    @property
    def sample_lines(self) -> tuple[str, ...]:
        """The first rows as they would become contacts, a line each."""
        return tuple(_sample(one) for one in self.samples)


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did."""

    created: int
    updated: int
    unchanged: int
    rejected: tuple[Rejected, ...] = ()
    conflicts: tuple[str, ...] = ()
    """What the file says against a rep's own edits; the edit stays."""
    remarks: tuple[tuple[int, str], ...] = field(default=())

    @property
    def sentence(self) -> str:
        """The report in one line."""
        said = f"{self.created} added, {self.updated} changed, {self.unchanged} as before"
        return said + (f", {len(self.rejected)} not taken" if self.rejected else "")


def look_at(
    path: Path, overrides: Iterable[str], list_name: str, region: str, settings: Settings, now: datetime
) -> Preview:
    """Read the file, guess its columns and read the first rows. Raises `ImportRefused` with a sentence.

    `region`: the two-letter country of numbers without a code; empty: the settings' own.
    """
    table = read_file(path)
    mapping = apply_map(guess(table, settings.priority_field), *overrides)
    region = region or settings.region
    name = list_name or path.stem
    samples = preview(table, mapping, SAMPLES, region=region, list_name=name, now=now)
    return Preview(table, mapping, name, region, tuple(samples))


class Importing:
    """Imports into the store of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(
        self, path: Path, overrides: Iterable[str] = (), list_name: str = "", region: str = ""
    ) -> Preview:
        """What the file would become. Raises `ImportRefused`."""
        return look_at(path, overrides, list_name, region, self._desk.settings, self._desk.now)

    async def run(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> Report | None:
        """Import it. None when it could not be saved; nothing is changed then, and the desk says why.

        Raises `ImportRefused` when nothing is a contact or `cancelled` says so.
        """
        desk = self._desk
        with without_collector():
            plan, built = await desk.off_thread(self._plan, seen, progress, cancelled)
            change = await desk.off_thread(self._change, plan)
            if not await desk.commit(change):
                return None
            await desk.off_thread(desk.ranking.load, desk.now)
        return Report(
            len(plan.created),
            len(plan.updated),
            len(plan.unchanged) + len(plan.repeated),
            built.rejected,
            tuple(plan.conflicts),
            (*built.remarks, *((one.row, f"the same person as row {one.same_as}") for one in plan.repeated)),
        )

    def _plan(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> tuple[ImportPlan, Built]:
        built = build(
            seen.table,
            seen.mapping,
            region=seen.region,
            list_name=seen.list_name,
            now=self._desk.now,
            progress=progress,
            cancelled=cancelled,
        )
        return plan_import(map(self._as_refused, self._desk.store.contacts()), built), built

    def _as_refused(self, contact: Contact) -> Contact:
        """The contact with what was said against calling them, so that the file's word is known to be no news."""
        said = self._desk.ranking.bounds.never.of_person(contact.id)
        return replace(contact, do_not_call=said[0].sentence) if said else contact

    def _change(self, plan: ImportPlan) -> Change:
        people = {one.id: one for one in (*plan.created, *plan.updated)}
        promises = tuple(self._promise(one, people) for one in plan.promises)
        made: dict[str, list[Call]] = {}
        for call in promises:
            made.setdefault(call.contact_id, []).append(call)
        steps: dict[str, NextStep | None] = {}
        for one in people.values():
            before = self._desk.store.calls(one.id)
            steps[one.id] = self._desk.ranking.compute(one, (*before, *made.get(one.id, ())), self._desk.now)
        leaving = tuple(one for one in self._desk.ranking.on_list(DEMO_LIST) if one not in people)
        return Change(
            contacts=tuple(replace(one, do_not_call="") for one in people.values()),
            calls=promises,
            do_not_call=tuple(self._opted_out(people.values())),
            removed=leaving,
            next_steps=steps,
            policy_hash=self._desk.ranking.policy_hash,
        )

    def _opted_out(self, people: Iterable[Contact]) -> Iterator[Entry]:
        """What the file says against calling people of whom we did not know it."""
        desk = self._desk
        for one in people:
            if one.do_not_call and not desk.ranking.bounds.never.of_person(one.id):
                yield Entry(
                    id=uuid7(desk.now),
                    at=desk.now,
                    on=desk.here.date(),
                    rep=str(desk.rep.get("id", "")),
                    why=one.do_not_call,
                    name=one.shown_name,
                    contact_id=one.id,
                )

    def _promise(self, one: ImportedPromise, people: dict[str, Contact]) -> Call:
        """A call-back date of the file, as a promise made elsewhere."""
        desk = self._desk
        contact = people.get(one.contact_id) or desk.store.contact(one.contact_id)
        zone = one.zone or (desk.zone(contact) if contact else desk.settings.zone)
        at = one.at.replace(tzinfo=ZoneInfo(zone))
        if one.precision == "day":
            at = at.replace(hour=9)
        promise = Promise(at.astimezone(UTC), zone, one.precision, "phone", "", "from the imported list")
        made_at = min(desk.now, at.astimezone(UTC))
        return Call(uuid7(desk.now), one.contact_id, made_at, "promise", Category.PROMISE, promise=promise)


def words_for(meaning: str) -> str:
    """What a column holds, in the words of the form and the card."""
    field = field_named(meaning)
    return field.label if field else str(meaning).replace("_", " ").capitalize()


def _column(column: Column) -> str:
    label = column.label if column.meaning is Meaning.PHONE else ""
    return words_for(column.meaning) + (f" ({label})" if label else "")


def _sample(one: Made | Rejected) -> str:
    if isinstance(one, Rejected):
        return f"row {one.row}: not taken, {one.reason}"
    contact = one.contact
    called = contact.first_number
    number = shown(called) if called else next((n.raw for n in contact.numbers), "no number yet")
    parts = [contact.shown_name, contact.company if contact.name else "", number]
    if contact.do_not_call:
        parts.append("do not call")
    if one.promise:
        parts.append(f"call back {one.promise.at:%d %b %Y}")
    return ", ".join(part for part in parts if part)
