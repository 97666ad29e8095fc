"""From a table to contacts, and what importing them would change. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as MappingType
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.contact import Contact
from tui.domain.day_words import number_of
from tui.domain.identity.matching import Conflict, Matcher, Namesakes, merge_contact, settled
from tui.domain.ids import uuid7
from tui.exchange.reading.date_orders import DateOrders
from tui.exchange.reading.decode import ImportCancelled, ImportRefused, ImportUndecided
from tui.exchange.reading.headings.columns import Mapping, with_dates
from tui.exchange.reading.layout import layout_of
from tui.exchange.reading.row_to_contact import ImportedPlan, Made, Rejected, read_row
from tui.exchange.reading.sentences import sentence
from tui.exchange.reading.table import Table
from tui.system.memory import release

EVERY = 1_000
"""Rows between two reports of progress, and between two looks at whether to stop."""


class Built(Struct, frozen=True):
    """Every row of a file: as a contact, or rejected with a reason."""

    file: str
    made: tuple[Made, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...] = ()
    """Sentences about how the file was read."""
    digest: str = ""
    """The same for the same file."""

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The contacts, in the order of the rows."""
        return tuple(made.contact for made in self.made)

    @property
    def plans(self) -> tuple[ImportedPlan, ...]:
        """The call-backs the file names."""
        return tuple(plan for made in self.made for plan in made.plans)

    @property
    def remarks(self) -> tuple[tuple[int, str], ...]:
        """Row number and sentence of everything the rep should know of rows that became contacts."""
        return tuple((made.row, remark) for made in self.made for remark in made.remarks)

    @property
    def need_country(self) -> tuple[str, ...]:
        """The numbers, as written, that can be called once somebody says which country they are in."""
        return tuple(number for made in self.made for number in made.need_country)


def read_rows(
    table: Table, mapping: Mapping, *, region: str, list_name: str, now: datetime
) -> Iterator[Made | Rejected]:
    """Each row of the table as a contact or a rejection, one at a time.

    `region` is the two-letter country of numbers without a code, `now` a zoned time. Raises `ImportRefused` when no
    column says who anybody is.
    """
    if mapping.problem:
        raise ImportRefused(mapping.problem, mapping.columns[0].header, table.doubtful)
    layout = layout_of(table, mapping, region, list_name, now)
    return (read_row(layout, row) for row in table.rows())


def build(
    table: Table,
    mapping: Mapping,
    *,
    region: str,
    list_name: str,
    now: datetime,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Built:
    """All rows of the table. `progress` hears the rows done so far, about every thousand, and at the end.

    Raises `ImportRefused` when nothing in the file is a contact, `ImportUndecided` while a column may say who must
    not be called and nobody decided it, or while all the file holds are numbers that may be those, `ImportCancelled`
    when `cancelled` says so.
    """
    for column in mapping.undecided:
        raise ImportUndecided(sentence("undecided", column=column.header), column.header)
    if mapping.only_numbers:
        raise ImportUndecided(sentence("whose_numbers", file=table.name), table.header[0])
    mapping = with_dates(table, mapping)
    dates = mapping.dates or DateOrders()
    if dates.open is not None:
        raise ImportUndecided(
            sentence("dates_open", cell=dates.open.cell, column=dates.open.heading), dates.open.heading
        )
    made: list[Made] = []
    rejected: list[Rejected] = []
    rows = read_rows(table, mapping, region=region, list_name=list_name, now=now)
    try:
        for done, row in enumerate(rows, start=1):
            if isinstance(row, Made):
                made.append(row)
            else:
                rejected.append(row)
            if done % EVERY == 0:
                _report(done, progress, cancelled)
    except ImportCancelled:
        release(made)
        raise
    if not made:
        raise ImportRefused(_nobody_in(table, rejected), "Mobile", table.doubtful)
    _report(len(made) + len(rejected), progress, None)
    return Built(table.name, tuple(made), tuple(rejected), notes_of(table, mapping), table.digest)


def notes_of(table: Table, mapping: Mapping) -> tuple[str, ...]:
    """Sentences about how the file is read, and about what it cannot carry."""
    own = (sentence("own_export"),) if mapping.own else ()
    return (*table.notes, *own, *(mapping.dates.notes if mapping.dates else ()))


def preview(
    table: Table, mapping: Mapping, n: int = 3, *, region: str, list_name: str = "", now: datetime
) -> list[Made | Rejected]:
    """What the first `n` rows would become. Raises `ImportRefused` as `build` does."""
    rows = read_rows(table, mapping, region=region, list_name=list_name, now=now)
    return [row for row, _ in zip(rows, range(n), strict=False)]


class ImportPlan(Struct, frozen=True):
    """What importing a file would change. Each row is in one of the first five: their lengths add up to the rows."""

    created: tuple[Contact, ...] = ()
    updated: tuple[Contact, ...] = ()
    unchanged: tuple[Contact, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    conflicts: tuple[Kept, ...] = ()
    """What the file says and a rep had changed."""
    plans: tuple[ImportedPlan, ...] = ()
    """Every call-back the file names, under the ids the contacts are stored with."""
    rows: MappingType[str, int] = field(default_factory=dict)
    """By contact id: the first row that is about them."""

    digest: str = ""
    """Of the file."""

    def standing(
        self, as_it_stands: Callable[[Contact], Contact], stored: Callable[[str], Contact | None]
    ) -> ImportPlan:
        """The plan with its contacts as `as_it_stands` leaves them; who is as `stored` then is unchanged."""
        updated: list[Contact] = []
        unchanged = list(self.unchanged)
        for one in self.updated:
            left = as_it_stands(one)
            (unchanged if left is not one and left == stored(one.id) else updated).append(left)
        created = tuple(map(as_it_stands, self.created))
        return replace(self, created=created, updated=tuple(updated), unchanged=tuple(unchanged))

    def about(self, made: Iterable[Made]) -> Iterator[tuple[str, Made]]:
        """The rows, each with the id of the contact that it is about."""
        whose = {row: contact_id for contact_id, row in self.rows.items()}
        first = {one.row: one.same_as for one in self.repeated}
        for one in made:
            yield whose[first.get(one.row, one.row)], one


class Kept(Struct, frozen=True):
    """A value that a rep had changed and a row says otherwise; the rep's word stays."""

    row: int
    contact: Contact
    conflict: Conflict


class Repeated(Struct, frozen=True):
    """A row about a person an earlier row was about; what it adds went to that person."""

    row: int
    same_as: int
    contact: Contact
    """As the row says it."""


def plan_import(
    existing: Iterable[Contact], built: Built, others: Iterable[tuple[str, Contact]] = ()
) -> ImportPlan:
    """What importing `built` over the existing contacts would change.

    `others` are accounts of people who have several ids, each with the id that speaks.
    """
    planning = _Planning(existing, built.contacts, others)
    for made in built.made:
        planning.take(made)
    return ImportPlan(
        created=tuple(planning.created.values()),
        updated=tuple(planning.updated.values()),
        unchanged=tuple(planning.unchanged.values()),
        rejected=built.rejected,
        repeated=tuple(planning.repeated),
        conflicts=tuple(planning.conflicts),
        plans=tuple(planning.plans),
        rows=planning.first_row,
        digest=built.digest,
    )


class _Planning:
    """The plan as it grows row by row; a later row may be about a person of an earlier one."""

    def __init__(
        self, existing: Iterable[Contact], incoming: Iterable[Contact], others: Iterable[tuple[str, Contact]]
    ) -> None:
        known = list(existing)
        self._matcher = Matcher(known)
        for speaker, account in others:
            self._matcher.add_account(account, speaker)
        self._namesakes = Namesakes(known, incoming)
        self.first_row: dict[str, int] = {}
        self._last_own = (0, "")
        """The last row that was a person's own, and the id of the person."""
        self._before: dict[str, Contact] = {}
        self.created: dict[str, Contact] = {}
        self.updated: dict[str, Contact] = {}
        self.unchanged: dict[str, Contact] = {}
        self.repeated: list[Repeated] = []
        self.conflicts: list[Kept] = []
        self.plans: list[ImportedPlan] = []

    def take(self, made: Made) -> None:
        """Find the person of one more row, and what the row changes of them."""
        stored = (
            self._continued(made)
            or self._matcher.find(made.contact)
            or self._namesakes.find(made.contact, self.first_row)
        )
        if not made.continues:
            self._last_own = (made.row, stored.id if stored else made.contact.id)
        if stored is None:
            contact = settled(made.contact)
            if contact.created_at and self._matcher.knows(contact.id):
                # The id of our export stands on a row about somebody else.
                contact = replace(contact, id=uuid7(contact.created_at))
            self._matcher.add(contact)
            self.created[contact.id] = contact
            self.first_row[contact.id] = made.row
            self._plan(made.plans, contact.id)
        else:
            self._merge(stored, made)

    def _continued(self, made: Made) -> Contact | None:
        """The person whose row this one goes on with, as they stand now."""
        row, contact_id = self._last_own
        if not made.continues or made.continues != row:
            return None
        placed = (where.get(contact_id) for where in (self.created, self.updated, self.unchanged))
        return next(filter(None, placed), None)

    def _merge(self, stored: Contact, made: Made) -> None:
        merged = merge_contact(stored, made.contact)
        self.conflicts += [Kept(made.row, stored, one) for one in merged.conflicts]
        self._plan(made.plans, stored.id)
        if stored.id in self.first_row:
            self.repeated.append(Repeated(made.row, self.first_row[stored.id], made.contact))
        self.first_row.setdefault(stored.id, made.row)
        self._place(stored, merged.contact)

    def _place(self, stored: Contact, merged: Contact) -> None:
        """Several rows may change a person to and fro: what counts is what is different at the end."""
        if stored.id in self.created:
            self.created[stored.id] = merged
        else:
            same = merged == self._before.setdefault(stored.id, stored)
            (self.updated if same else self.unchanged).pop(stored.id, None)
            (self.unchanged if same else self.updated)[stored.id] = merged
        if merged != stored:
            self._matcher.add(merged)

    def _plan(self, plans: Iterable[ImportedPlan], contact_id: str) -> None:
        self.plans += [replace(plan, contact_id=contact_id) for plan in plans]


def _report(done: int, progress: Callable[[int], None] | None, cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise ImportCancelled(sentence("stopped", rows=number_of(done, "row")))
    if progress is not None:
        progress(done)


def _nobody_in(table: Table, rejected: list[Rejected]) -> str:
    first = rejected[0]
    return sentence("no_contact", file=table.name, where=first.where.capitalize(), reason=first.reason)
