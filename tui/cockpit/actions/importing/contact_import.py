"""Import: guess the columns, show what the rows would become, then write all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from tui.cockpit.actions.action import giving
from tui.cockpit.actions.importing.import_figures import Offered, needing_country, summary_of
from tui.cockpit.actions.importing.import_refusals import ImportRefusals
from tui.cockpit.queue.restrictions import Alike, Bounds, concerned
from tui.cockpit.queue.team import unknown_among
from tui.cockpit.state.others import reload
from tui.cockpit.state.state import State
from tui.cockpit.wording.import_summary import Figure, Summary
from tui.cockpit.wording.imports import Preview, Report, kept_words
from tui.cockpit.wording.notices import notice
from tui.domain.contact import DEMO_LIST, Contact, Refusal
from tui.domain.do_not_call import Entry
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall, plan_id
from tui.exchange.reading.cells import own_list
from tui.exchange.reading.headings.columns import apply_map, guess, with_dates
from tui.exchange.reading.plan import Built, ImportPlan, build, plan_import, preview
from tui.exchange.reading.questions import Asks, of_columns, of_countries
from tui.exchange.reading.row_to_contact import ImportedPlan, Made
from tui.exchange.reading.table import read_file
from tui.settings.settings import Settings
from tui.storage.protocol import Change
from tui.system.memory import release, without_collector

FIRST_HOUR = 9
"""Of a day without an hour, in the person's zone; calling hours decide when we call."""
SAMPLES = 3
"""Rows shown before anything is written."""

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]


def look_at(
    path: Path,
    overrides: Iterable[str],
    list_name: str,
    region: str,
    settings: Settings,
    now: datetime,
    encoding: str = "",
) -> Preview:
    """Read the file, guess its columns and read the first rows. Raises `ImportRefused` with a sentence.

    `region`: the two-letter country of numbers without a code; empty: the settings' own.
    `encoding`: how the file is written; empty: it is found out.
    """
    table = read_file(path, encoding)
    mapping = with_dates(table, apply_map(guess(table, settings.priority_field), *overrides))
    region = region or settings.region
    name = own_list(list_name or path.stem)
    samples = preview(table, mapping, SAMPLES, region=region, list_name=name, now=now)
    questions = of_columns(table, mapping)
    return Preview(table, mapping, name, region, encoding, tuple(samples), questions)


def with_rows(seen: Preview, now: datetime, progress: Progress, cancelled: Cancelled) -> Preview:
    """The same with all rows read, and with what they ask. Raises `ImportRefused` as `build` does."""
    built = build(
        seen.table,
        seen.mapping,
        region=seen.region,
        list_name=seen.list_name,
        now=now,
        progress=progress,
        cancelled=cancelled,
    )
    return replace(seen, built=built, questions=(*of_countries(seen.mapping, built.made), *seen.questions))


class _Weighed(Struct, frozen=True):
    """What an import comes to."""

    people: dict[str, Contact]
    """By id, those who are new or changed."""
    planned: dict[str, list[PlannedCall]]
    refused: tuple[Entry, ...]
    steps: dict[str, NextStep | None]
    """Of everybody whose next step it changes."""

    @property
    def plans(self) -> tuple[PlannedCall, ...]:
        """The planned calls to store, of everybody."""
        return tuple(one for plans in self.planned.values() for one in plans)


def report_of(plan: ImportPlan, built: Built, summary: Summary) -> Report:
    """What an import of these rows with this plan did."""
    created = {one.id for one in plan.created}
    alike = {
        one.contact.id: one.words
        for one in summary.behind.get(Figure.ALIKE, ())
        if one.contact and one.contact.id in created
    }
    return Report(
        created=len(plan.created),
        updated=len(plan.updated),
        unchanged=len(plan.unchanged),
        merged=len(plan.repeated),
        rejected=built.rejected,
        conflicts=tuple(map(kept_words, plan.conflicts)),
        remarks=(
            *built.remarks,
            *(
                (made.row, alike[made.contact.id])
                for made in (built.made if alike else ())
                if made.contact.id in alike
            ),
            *((one.row, notice("same_row", row=one.same_as)) for one in plan.repeated),
        ),
        notes=built.notes,
        summary=summary,
    )


class ContactImport:
    """Imports into the store."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._held: list[object] = []
        """What was read and done of the last file, and all records of it one by one: the store's thread gives them
        back, and whoever else drops the file frees none of them."""

    def look(
        self,
        path: Path,
        overrides: Iterable[str] = (),
        list_name: str = "",
        region: str = "",
        encoding: str = "",
    ) -> Preview:
        """What the file would become. Raises `ImportRefused`."""
        return look_at(
            path, overrides, list_name, region, self._state.settings, self._state.now, encoding=encoding
        )

    async def read(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> Preview:
        """The same with all its rows read: what importing it would bring, and whether numbers need a country.

        As it is while a column must be decided first. Raises `ImportRefused` as `run` does; writes nothing.
        """
        if any(one.must for one in seen.questions):
            return seen
        with without_collector(keeps=True):
            read: Preview = await self._state.disk.run(self._read, seen, progress, cancelled)
        return read

    def _read(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> Preview:
        release(self._held)  # before the next one is read: two of them are not in memory at once
        read = self._weigh(with_rows(seen, self._state.now, progress, cancelled))
        assert read.built is not None
        assert read.summary is not None
        self._hold(read, read.built.made, read.built.rejected, *read.summary.behind.values())
        return read

    def _hold(self, whole: object, *records: Iterable[object]) -> None:
        for some in records:
            self._held.extend(some)
        self._held.append(whole)

    def let_go(self) -> None:
        """Forget what was read of a file. Whoever asks for it keeps nothing of it; nobody waits."""
        self._state.disk.give(release, self._held)

    async def weigh(self, read: Preview) -> Preview:
        """A file whose rows are read, with what importing it would bring; writes nothing."""
        weighed: Preview = await self._state.disk.run(self._weigh, read)
        return weighed

    def _weigh(self, read: Preview) -> Preview:
        state = self._state
        assert read.built is not None
        plan = self._plan(read.built)
        # Limits of our own: nothing of the file binds anybody before it is imported.
        bounds = Bounds(state.store, state.settings, state.ranking.unclear)
        weighed = self._weighed(plan, bounds)
        offered, known = self._offering(), state.store.contact
        summary = summary_of(plan, read.built, bounds, offered, weighed.steps, weighed.plans, known)
        others = (one for one in read.questions if one.code is not Asks.COUNTRY)
        of_country = of_countries(read.mapping, needing_country(plan, read.built, summary))
        return replace(read, summary=summary, questions=(*of_country, *others))

    @giving
    async def run(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> Report | None:
        """Import it. None when it could not be saved; nothing is changed then, and the rep is told why.

        Raises `ImportRefused` when nothing is a contact or `cancelled` says so.
        """
        state = self._state
        with without_collector(keeps=True):
            before = state.never
            change, report = await state.disk.run(self._prepared, seen, progress, cancelled)
            if not await state.commit(change):
                state.ranking.bounds.never = before
                return None
            await reload(state)
        done: Report = report
        return done

    def _prepared(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> tuple[Change, Report]:
        """What to write, and what it comes to."""
        state = self._state
        # What was read here is let go of on the way out, before it is written: it may be 100,000 people.
        built = (seen if seen.built else with_rows(seen, state.now, progress, cancelled)).built
        assert built is not None
        plan = self._plan(built)
        change, summary = self._change(plan, built)
        planned, touched = self._news(change)
        strangers = unknown_among((*plan.created, *plan.updated), state.ranking.bounds.team)
        report = replace(
            report_of(plan, built, summary), planned=planned, touched=touched, strangers=strangers
        )
        self._hold((change, report), change.contacts, change.plans, *summary.behind.values())
        return change, report

    def _plan(self, built: Built) -> ImportPlan:
        known = (one for one in self._state.store.contacts() if not one.is_demo)
        plan = plan_import(
            map(self._as_refused, known),
            replace(built, made=tuple(map(self._taken, built.made))),
            self._state.store.other_accounts(),
        )
        refusals = ImportRefusals(self._state, built.digest)
        return plan.standing(refusals.as_it_stands, self._stored)

    def _stored(self, contact_id: str) -> Contact | None:
        contact = self._state.store.contact(contact_id)
        return self._as_refused(contact) if contact else None

    def _taken(self, made: Made) -> Made:
        """The row with its person taken over, when it is the rep at the keys to whom the file gives them."""
        contact = self._state.ranking.bounds.team.taken(made.contact)
        return made if contact is made.contact else replace(made, contact=contact)

    def _offering(self) -> Offered:
        """Says whether the queue offers somebody now, with this step or the one they have; None when it never does."""
        ranking, now = self._state.ranking, self._state.now
        known: dict[int, tuple[NextStep, bool | None]] = {}

        def look(contact_id: str, step: NextStep) -> bool | None:
            opens = ranking.offered_from(contact_id, step, now)
            return None if opens is None else opens <= now

        def offered(contact_id: str, given: NextStep | None) -> bool | None:
            step = given or ranking.step(contact_id)
            if contact_id in ranking.skips:
                return look(contact_id, step)
            if id(step) not in known:  # many new people have one and the same step
                known[id(step)] = step, look(contact_id, step)
            return known[id(step)][1]

        return offered

    def _as_refused(self, contact: Contact) -> Contact:
        """The contact with what was said against calling them, so that the file's word is known to be no news."""
        bounds = self._state.ranking.bounds
        marked, said = bounds.may_call.marked(contact), bounds.never.of_person(contact.id)
        # What binds them by their firm or their number is no word about them.
        return replace(marked, do_not_call=said[0].refusal if said else Refusal())

    def _weighed(self, plan: ImportPlan, bounds: Bounds) -> _Weighed:
        """What an import comes to inside these limits, which are given what the file says against calls."""
        state, people = self._state, {one.id: one for one in (*plan.created, *plan.updated)}
        planned = self._planned(plan.plans, people)
        refused = tuple(ImportRefusals(state, plan.digest).new(people.values()))
        # Others may have a number that is refused now, be at the firm, or look like who refused.
        bounds.never = state.never.with_entries(*refused)
        theirs = (one.id for one in concerned(state.store, refused))
        steps: dict[str, NextStep | None] = {}
        now, alike = state.now, Alike()  # one moment for all: who is alike at it is decided once
        for contact_id in dict.fromkeys((*people, *planned, *theirs)):
            contact = people.get(contact_id) or state.store.contact(contact_id)
            if contact is not None:
                plans = {
                    one.id: one for one in (*state.store.plans(contact_id), *planned.get(contact_id, ()))
                }
                steps[contact_id] = bounds.step(
                    contact, state.store.calls(contact_id), now, tuple(plans.values()), alike
                )
        return _Weighed(people, planned, refused, steps)

    def _change(self, plan: ImportPlan, built: Built) -> tuple[Change, Summary]:
        state, bounds = self._state, self._state.ranking.bounds
        weighed = self._weighed(plan, bounds)
        offered, known = self._offering(), state.store.contact
        summary = summary_of(plan, built, bounds, offered, weighed.steps, weighed.plans, known)
        on_list = map(state.store.contact, state.ranking.on_list(DEMO_LIST))
        leaving = tuple(one.id for one in on_list if one and one.is_demo)
        change = Change(
            contacts=tuple(one.without_refusals for one in weighed.people.values()),
            do_not_call=weighed.refused,
            plans=weighed.plans,
            removed=leaving,
            next_steps=weighed.steps,
            policy_hash=state.ranking.policy_hash,
            origin="file",
        )
        return change, summary

    def _news(self, change: Change) -> tuple[int, int]:
        """How many planned calls the change brings, and of how many people a later contact; before it is saved."""
        store = self._state.store
        known = {old.id for one in change.plans for old in store.plans(one.contact_id) if not old.replaced_at}
        planned = sum(1 for one in change.plans if not one.replaced_at and one.id not in known)
        touched = 0
        for one in change.contacts:
            before = store.contact(one.id)
            touched += one.touched_at is not None and (before is None or before.touched_at != one.touched_at)
        return planned, touched

    def _planned(
        self, imported: Iterable[ImportedPlan], people: dict[str, Contact]
    ) -> dict[str, list[PlannedCall]]:
        """By contact the plans to store: new ones, and those of the same list that the file no longer names.

        A moment that is planned already comes in once, whatever the list was called when it came.
        """
        named: dict[str, dict[str, PlannedCall]] = {}
        sources: dict[str, set[str]] = {}
        for one in imported:
            contact = people.get(one.contact_id) or self._state.store.contact(one.contact_id)
            if contact is not None:
                plan = self._known(self._plan_of(one, contact))
                named.setdefault(contact.id, {})[plan.id] = plan
                sources.setdefault(contact.id, set()).add(one.source)
        found: dict[str, list[PlannedCall]] = {}
        for contact_id, plans in named.items():
            known = {old.id: old for old in self._state.store.plans(contact_id)}
            of_list = (old for old in known.values() if old.source in sources[contact_id])
            dropped = [old for old in of_list if old.id not in plans]
            changed = [
                replace(old, replaced_at=self._state.now) for old in dropped if old.replaced_at is None
            ]
            changed += [replace(known.get(one, plan), replaced_at=None) for one, plan in plans.items()]
            if changed := [plan for plan in changed if known.get(plan.id) != plan]:
                found[contact_id] = changed
        return found

    def _known(self, plan: PlannedCall) -> PlannedCall:
        """The plan of that person and moment we have, or else this one."""
        alike = (
            old
            for old in self._state.store.plans(plan.contact_id)
            if (old.from_, old.precision) == (plan.from_, plan.precision)
        )
        return next(alike, plan)

    def _plan_of(self, one: ImportedPlan, contact: Contact) -> PlannedCall:
        """A call-back date of the file as a plan; of a day the hour is the first one at which we call anybody."""
        zone = one.zone or self._state.zone(contact)
        at = one.at.replace(tzinfo=ZoneInfo(zone))
        if one.precision == "day":
            at = at.replace(hour=FIRST_HOUR)
        return PlannedCall(
            id=plan_id(contact.id, one.at.isoformat(timespec="minutes"), one.source),
            contact_id=contact.id,
            from_=at.astimezone(UTC),
            zone=zone,
            precision=one.precision,
            source=one.source,
            made_at=self._state.now,
        )
