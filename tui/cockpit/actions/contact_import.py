"""Import: guess the columns, show what the rows would become, then write all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tui.cockpit.actions.action import giving
from tui.cockpit.actions.caller_lookup import Callers
from tui.cockpit.queue.restrictions import forbidden
from tui.cockpit.state.state import State
from tui.cockpit.wording.imports import Preview, Report, kept_words
from tui.cockpit.wording.notices import notice
from tui.domain.contact import DEMO_LIST, Contact, Refusal, own_list
from tui.domain.do_not_call import Entry, KnownAs, firm_key, known_as
from tui.domain.ids import uuid7
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall, plan_id
from tui.exchange.reading.columns import apply_map, guess, with_dates
from tui.exchange.reading.plan import Built, ImportPlan, build, plan_import, preview
from tui.exchange.reading.row_to_contact import ImportedPlan
from tui.exchange.reading.table import read_file
from tui.phone import shown
from tui.settings.settings import Settings
from tui.storage.protocol import Change
from tui.storage.rows import without_collector

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
    return Preview(table, mapping, name, region, tuple(samples))


_NOBODY: Mapping[str, str] = {}


def report_of(plan: ImportPlan, built: Built, alike: Mapping[str, str] = _NOBODY) -> Report:
    """What an import of these rows with this plan did; `alike`: by contact id, whom who refused they look like."""
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
                (made.row, notice("row_looks_like", like=alike[made.contact.id]))
                for made in (built.made if alike else ())
                if made.contact.id in alike
            ),
            *((one.row, notice("same_row", row=one.same_as)) for one in plan.repeated),
        ),
        notes=built.notes,
    )


class ContactImport:
    """Imports into the store."""

    def __init__(self, state: State, callers: Callers) -> None:
        self._state = state
        self._callers = callers

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

    @giving
    async def run(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> Report | None:
        """Import it. None when it could not be saved; nothing is changed then, and the rep is told why.

        Raises `ImportRefused` when nothing is a contact or `cancelled` says so.
        """
        state = self._state
        with without_collector():
            plan, built = await state.disk.run(self._plan, seen, progress, cancelled)
            before = state.never
            change = await state.disk.run(self._change, plan)
            planned, touched = await state.disk.run(self._news, change)
            if not await state.commit(change):
                state.ranking.bounds.never = before
                return None
            await state.disk.run(state.ranking.load, state.now)
        self._callers.forget()
        report = report_of(plan, built, self._alike(plan.created))
        return replace(report, planned=planned, touched=touched)

    def _alike(self, created: Iterable[Contact]) -> dict[str, str]:
        """Of these people, by id, those who look like somebody who refused, and who that is."""
        may_call = self._state.ranking.bounds.may_call
        return {one.id: like for one in created if (like := may_call.marked(one, ()).do_not_call.like)}

    def _plan(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> tuple[ImportPlan, Built]:
        built = build(
            seen.table,
            seen.mapping,
            region=seen.region,
            list_name=seen.list_name,
            now=self._state.now,
            progress=progress,
            cancelled=cancelled,
        )
        known = (one for one in self._state.store.contacts() if not one.is_demo)
        return plan_import(map(self._as_refused, known), built), built

    def _as_refused(self, contact: Contact) -> Contact:
        """The contact with what was said against calling them, so that the file's word is known to be no news."""
        bounds = self._state.ranking.bounds
        marked, said = bounds.may_call.marked(contact), bounds.never.of_person(contact.id)
        # What binds them by their firm or their number is no word about them.
        return replace(marked, do_not_call=said[0].refusal if said else Refusal())

    def _change(self, plan: ImportPlan) -> Change:
        state, people = self._state, {one.id: one for one in (*plan.created, *plan.updated)}
        planned, refused = self._planned(plan.plans, people), tuple(self._opted_out(people.values()))
        # Others may have a number that is refused now, be at the firm, or look like who refused.
        state.ranking.bounds.never = state.never.with_entries(*refused)
        concerned = (one.id for one in state.concerned(refused))
        steps: dict[str, NextStep | None] = {}
        for contact_id in dict.fromkeys((*people, *planned, *concerned)):
            contact = people.get(contact_id) or state.store.contact(contact_id)
            if contact is not None:
                plans = {
                    one.id: one for one in (*state.store.plans(contact_id), *planned.get(contact_id, ()))
                }
                steps[contact_id] = state.ranking.compute(
                    contact, state.store.calls(contact_id), state.now, tuple(plans.values())
                )
        on_list = map(state.store.contact, state.ranking.on_list(DEMO_LIST))
        leaving = tuple(one.id for one in on_list if one and one.is_demo)
        return Change(
            contacts=tuple(one.without_refusals for one in people.values()),
            do_not_call=refused,
            plans=tuple(one for plans in planned.values() for one in plans),
            removed=leaving,
            next_steps=steps,
            policy_hash=state.ranking.policy_hash,
        )

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

    def _opted_out(self, people: Iterable[Contact]) -> Iterator[Entry]:
        """What the file says against calling people, or their numbers, when we did not know it."""
        state, never = self._state, self._state.never
        for one in people:
            said = Entry(uuid7(state.now), state.now, state.here.date(), rep=str(state.rep.get("id", "")))
            if one.do_not_call and not never.of_person(one.id):
                firm = firm_key(one.company) if one.do_not_call.covers == "firm" else ""
                said = replace(said, why=one.do_not_call.why, name=one.shown_name, who=known_as(one))
                yield replace(said, contact_id=one.id, firm=firm)
            for number in one.numbers:
                if number.barred and not never.of_number(number.e164) and not forbidden(number.e164):
                    noted = str(number.barred.values.get("noted", ""))
                    name = shown(number.e164)
                    yield replace(
                        said, id=uuid7(state.now), why=noted, name=name, who=KnownAs(), numbers=(number.e164,)
                    )

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
