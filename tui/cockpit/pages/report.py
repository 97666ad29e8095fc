"""What all calls brought: outcomes, promises, people left waiting or called too often, rates with their n."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct

from tui.cockpit.state.others import own_calls
from tui.cockpit.state.state import State
from tui.cockpit.wording import card
from tui.domain.brought import Reached, reached, streak, week_of
from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import history_of
from tui.domain.metrics import (
    DECIDED,
    KEPT,
    MIN_CELL_DIALS,
    READY_S,
    Capacity,
    Cell,
    PromiseVerdict,
    Summary,
    Wait,
    Waiting,
    callback_ready,
    capacity,
    counted,
    gave_up_early,
    heat,
    most_and_fewest,
    pest_reasons,
    promise_verdicts,
    summary,
    waiting,
)
from tui.domain.next_step import NextStep
from tui.domain.outcome import HUMAN
from tui.domain.promise import Promise
from tui.domain.promise_state import Verdict
from tui.domain.window import DAY, at_local, local
from tui.locale.spoken import first_weekday, translated

USUAL_DAYS = 30
"""The report looks back so far when nobody says otherwise."""
WEEK = timedelta(days=7)


class Figure(Struct, frozen=True):
    """A rate: its name, and what it is made of."""

    name: str
    hits: int
    total: int


class TooMany(Struct, frozen=True):
    """An attempt that was one too many, and why (codes of `pest_reasons`)."""

    call_id: str
    contact_id: str
    name: str
    at: datetime
    codes: tuple[str, ...]


class DuePromise(Struct, frozen=True):
    """A promised call, today or this week."""

    contact_id: str
    name: str
    at: datetime
    """UTC. When to call: as promised, or our next try after one that found nobody."""
    promise: Promise
    today: bool


class Week(Struct, frozen=True):
    """What the calls of a week brought."""

    reached: Reached = Reached()
    agreed: int = 0
    wins: int = 0


class HourRow(Struct, frozen=True):
    """One hour of the day, in the customers' time."""

    hour: int
    answered: int
    """Calls that a person answered."""
    dials: int
    shares: Mapping[int, float]
    """Weekday (0 is Monday) to the share answered by a person, leaned on the hour and the whole."""

    @property
    def grey(self) -> bool:
        """Too few dials to believe."""
        return self.dials < MIN_CELL_DIALS


class Report(Struct, frozen=True):
    """Everything a report says; times in UTC."""

    since: datetime | None
    until: datetime
    total: Summary
    ledger: Mapping[Verdict, int]
    due: tuple[DuePromise, ...]
    waiting: Waiting
    capacity: Capacity
    attempts: int
    """Outbound attempts looked at for the pest index."""
    too_many: tuple[TooMany, ...]
    gave_up: tuple[tuple[str, str], ...]
    """(name, reason) of people let go before the planned attempts."""
    figures: tuple[Figure, ...]
    callers_s: float | None
    """Median seconds until a caller was known."""
    hours: tuple[HourRow, ...]
    weeks: tuple[Week, Week] | None = None
    """This week and the one before; None where the report does not reach back so far."""
    streak: int | None = None
    """Days in a row with a session; None where nobody wants them counted."""

    @property
    def best_hours(self) -> tuple[HourRow, HourRow] | None:
        """The hours at which most and fewest calls were answered; None with too few dials, or when luck may be why."""
        rows = {row.hour: row for row in self.hours}
        found = most_and_fewest({row.hour: (row.answered, row.dials) for row in self.hours}, MIN_CELL_DIALS)
        return (rows[found[0]], rows[found[1]]) if found else None

    @property
    def is_empty(self) -> bool:
        """No call and no promise to report."""
        return not (self.total.attempts or self.total.inbound or self.due)

    @property
    def kept(self) -> int:
        """Promises kept, those called early and acknowledged included."""
        return sum(self.ledger.get(verdict, 0) for verdict in KEPT)


class _People(Struct, frozen=True):
    """Contacts that are counted, their calls by time, and the calls of the time looked at."""

    contacts: Mapping[str, Contact]
    histories: Mapping[str, Sequence[Call]]
    calls: Sequence[Call]
    """Of all reps."""
    own: Sequence[Call]
    """Those of them that the figures are about."""


def make_report(state: State, since: datetime | None = None, *, team: bool = False) -> Report:
    """The report since a moment (UTC; None: from the first call), demo people left out. Slow for long histories.

    What calls brought is of the rep's own calls, or of all reps' for the `team`. Who was called too often and who was
    left waiting is counted across all of them in any case: nobody is called less often because two reps call.
    """
    people = _people(state, since, team=team)
    steps = {one: step for one, step in state.ranking.everybody().items() if one in people.contacts}
    attempts, too_many = _pest(state, people, since)
    total = summary(people.own, state.settings.conversation_seconds)
    ledger = Counter(one.verdict for one in _verdicts(people, state.now, state.settings.policy))
    callers = [call.identify_s for call in people.own if call.identify_s is not None]
    return Report(
        since=since,
        until=state.now,
        total=total,
        ledger=ledger,
        due=_due(state, people, steps),
        waiting=waiting(steps.values(), state.now),
        capacity=_capacity(state, people, steps),
        attempts=attempts,
        too_many=too_many,
        gave_up=_gave_up(state, people, since),
        figures=_figures(total, ledger, callers),
        callers_s=callback_ready(callers)[1],
        hours=_hours(state, people),
        weeks=_weeks(state, people, since),
        streak=_streak(state) if state.settings.streak and not team else None,
    )


def _weeks(state: State, people: _People, since: datetime | None) -> tuple[Week, Week] | None:
    this = week_of(state.here.date(), first_weekday())
    begins = [at_local(day, 0, state.settings.zone) for day in (this, this - DAY * 7)]
    if since is not None and since > begins[1]:
        return None
    now, before = (
        [call for call in people.own if begin <= call.at < end]
        for begin, end in zip(begins, (state.now, begins[0]), strict=True)
    )
    return _week(state, now), _week(state, before)


def _week(state: State, calls: Sequence[Call]) -> Week:
    least_s = state.settings.conversation_seconds
    total = summary(calls, least_s)
    return Week(reached(calls, least_s), total.agreed, total.wins)


def _streak(state: State) -> int:
    team, ours = state.ranking.bounds.team, state.settings.zone
    days = {local(one.started_at, ours).date() for one in state.store.sessions() if team.made_by_me(one.rep)}
    return streak(days, state.here.date(), state.settings.policy.hours)


def _capacity(state: State, people: _People, steps: Mapping[str, NextStep]) -> Capacity:
    """What the rep at the keys reaches of their own people: calls and people of colleagues say nothing of it."""
    bounds = state.ranking.bounds
    mine = {one: step for one, step in steps.items() if not bounds.colleague(step)}
    calls = [call for call in people.calls if bounds.team.made_by_me(call.rep)]
    waits = _waits(state, people, mine)
    return capacity(mine.values(), calls, state.now, state.settings.zone, waits)


def _waits(state: State, people: _People, mine: Mapping[str, NextStep]) -> Iterator[Wait]:
    """When somebody could have been called and was not, by what was known then; those never called first: most wait."""

    def due_after(contact: Contact, calls: Sequence[Call]) -> datetime | None:
        then = state.ranking.compute(contact, calls, calls[-1].at)
        return then.due if then.action == "call" else None

    for one, step in mine.items():
        if step.action == "call" and step.due is not None:
            calls = people.histories.get(one, ())
            yield calls[-1].at if calls else step.due, None, partial(_given, step.due)
    for one in mine:
        contact, calls = people.contacts[one], people.histories.get(one, ())
        if calls and contact.created_at:
            yield contact.created_at, calls[0].at, partial(_given, contact.created_at)
        for place, call in enumerate(calls[:-1]):
            yield call.at, calls[place + 1].at, partial(due_after, contact, calls[: place + 1])


def _given(due: datetime) -> datetime:
    return due


def _people(state: State, since: datetime | None, *, team: bool) -> _People:
    contacts = {c.id: c for c in state.store.contacts() if not c.is_demo}
    histories: dict[str, list[Call]] = defaultdict(list)
    for call in state.store.calls():
        if call.contact_id in contacts and call.voided_at is None:
            histories[call.contact_id].append(call)
    within = [c for calls in histories.values() for c in calls if since is None or c.at >= since]
    return _People(contacts, histories, within, within if team else own_calls(state, within))


def _verdicts(people: _People, now: datetime, policy: Policy) -> list[PromiseVerdict]:
    made = {call.id for call in people.own if call.promise is not None}
    touched = {call.contact_id for call in people.calls if call.id in made}
    everything = (call for one in touched for call in people.histories[one])
    return [one for one in promise_verdicts(everything, now, policy) if one.call_id in made]


def _pest(state: State, people: _People, since: datetime | None) -> tuple[int, tuple[TooMany, ...]]:
    """(outbound attempts since then, those that were one too many, the latest first)."""
    attempts, found = 0, list[TooMany]()
    for one in {call.contact_id for call in counted(people.calls) if call.direction == "out"}:
        contact, calls = people.contacts[one], people.histories[one]
        attempts += sum(since is None or c.at >= since for c in history_of(calls).attempts)
        found += too_many_of(state, contact, calls, since)
    return attempts, tuple(sorted(found, key=lambda each: each.at, reverse=True))


def too_many_of(
    state: State, contact: Contact, calls: Sequence[Call], since: datetime | None
) -> Iterable[TooMany]:
    """A contact's attempts since then that were one too many."""
    reasons = pest_reasons(
        contact,
        calls,
        state.settings.policy,
        zones=lambda call: state.number(contact, call.first_number).zones,
        since=since,
    )
    at = {call.id: call.at for call in calls}
    return [TooMany(one, contact.id, card.name_of(contact), at[one], codes) for one, codes in reasons.items()]


def _gave_up(state: State, people: _People, since: datetime | None) -> tuple[tuple[str, str], ...]:
    policy = state.settings.policy
    return tuple(
        (card.name_of(contact), translated(contact.pursuit_reason))
        for contact in people.contacts.values()
        if contact.pursuit_since is not None
        and (since is None or contact.pursuit_since >= since)
        and gave_up_early(contact, people.histories.get(contact.id, ()), policy)
    )


def _figures(total: Summary, ledger: Mapping[Verdict, int], callers: Sequence[float]) -> tuple[Figure, ...]:
    talks = total.conversations + total.conversations_in
    kept = sum(ledger.get(verdict, 0) for verdict in KEPT)
    decided = sum(ledger.get(verdict, 0) for verdict in DECIDED)
    met = sum(taken <= READY_S for taken in callers)
    return (
        Figure("conversion", total.wins, talks),
        Figure("kept", kept, decided),
        Figure("callback_ready", met, len(callers)),
        Figure("conversation", total.conversations, total.dials),
        Figure("connect", total.connects, total.dials),
    )


def _due(state: State, people: _People, steps: Mapping[str, NextStep]) -> tuple[DuePromise, ...]:
    """Promised calls that are open and due by the end of the seventh day, the earliest first."""
    today, found, ours = state.here.date(), list[DuePromise](), state.settings.zone
    for one, step in steps.items():
        if state.ranking.bounds.colleague(step):
            continue
        if step.promise is not None and step.due is not None and step.due <= state.now + WEEK:
            is_today = local(step.due, ours).date() <= today
            name = card.name_of(people.contacts[one])
            found.append(DuePromise(one, name, step.due, step.promise, is_today))
    return tuple(sorted(found, key=lambda due: (due.at, due.name)))


def _hours(state: State, people: _People) -> tuple[HourRow, ...]:
    """Hours with dials, each in the time of the person called."""
    cells: dict[Cell, tuple[int, int]] = {}
    for call in counted(people.own):
        if call.direction == "out":
            there = local(call.at, state.zone(people.contacts[call.contact_id], call.first_number))
            cell = there.weekday(), there.hour
            hits, total = cells.get(cell, (0, 0))
            cells[cell] = hits + (call.is_ in HUMAN), total + max(len(call.dials), 1)
    shares = heat(cells) if cells else {}
    rows: dict[int, dict[int, float]] = defaultdict(dict)
    answered, dials = Counter[int](), Counter[int]()
    for (weekday, hour), share in shares.items():
        rows[hour][weekday] = share
        answered[hour] += cells[weekday, hour][0]
        dials[hour] += cells[weekday, hour][1]
    return tuple(HourRow(hour, answered[hour], dials[hour], rows[hour]) for hour in sorted(rows))
