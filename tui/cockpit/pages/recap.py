"""The recap of a session and the report of all calls, as pages to read: outcomes first, dials last (B11, B52)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tui.cockpit.call_view import RecapView
from tui.cockpit.pages.report import DuePromise, HourRow, Report, TooMany, too_many_of
from tui.cockpit.state.state import State
from tui.cockpit.wording import outcomes
from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST
from tui.domain.day_words import Clocks, date_words, long_day, number_of, promised_time, time_words
from tui.domain.metrics import (
    MIN_CELL_DIALS,
    Capacity,
    Summary,
    counted,
    is_agreed,
    summary,
    waiting,
    wilson,
)
from tui.domain.outcome import Category
from tui.domain.promise_state import Verdict

BALANCE = "Left waiting and called too often"
"""Heading of the two indices, in the recap and in the report."""
VERDICTS = {
    Verdict.KEPT: "kept",
    Verdict.EARLY_ACKNOWLEDGED: "called early, and said so",
    Verdict.KEPT_LATE: "kept late",
    Verdict.BROKEN: "broken",
    Verdict.EARLY: "called early without a word",
    Verdict.OVERTAKEN: "they were faster",
    Verdict.OPEN: "still open",
}
"""What became of a promise, in the order of the report."""
PEST = {
    "early_call": "before the promised time, without saying so",
    "too_soon": "sooner than they asked",
    "over_cap": "over the limit of calls",
    "outside_hours": "outside calling hours",
    "repeated_reason": "with a reason they had heard",
    "do_not_call": "after they asked for no more calls",
}
LATE = "people more than 2 business days late / people with a next call"
PESTERED = "attempts one too many / attempts"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SHOWN = 12
"""Lines of a list on the page; `--json` gives all."""


def page(report: Report, zone: str) -> RecapView:
    """The report as a page to read; times in the rep's zone where no other is named."""
    hours = tuple(map(_hour, report.hours))
    to_people = number_of(report.total.people, "person", "people")
    dials = (f"{number_of(report.total.dials, 'dial')} to {to_people}",) if report.total.dials else ()
    sections = (
        ("What it brought", _outcomes(report)),
        ("Promises due today", _some([_due(one, zone, report.until) for one in report.due if one.today])),
        ("Promises due this week", _some([_due(one, zone, report.until) for one in report.due if not one.today])),
        (BALANCE, balance(report)),
        ("Called too often: which calls", _some([_too_many(one, zone, report.until) for one in report.too_many])),
        ("Promises", tuple(f"{report.ledger[v]} {said}" for v, said in VERDICTS.items() if report.ledger.get(v))),
        ("Let go early", _some([f"{name}: {why or 'no reason given'}" for name, why in report.gave_up])),
        ("They called us", _callers(report)),
        ("Rates", [f"{one.label}: {rate(one.hits, one.total)} = {one.formula}" for one in report.figures if one.total]),
        ("When people answer, in their time", hours),
        ("Dials", dials),
    )  # fmt: skip
    grey = (line for line, row in zip(hours, report.hours, strict=True) if row.grey)
    since = long_day(report.since, zone, report.until) if report.since else "the first one"
    return RecapView(f"Your calls since {since}", _not_empty(sections), quiet=(*grey, *dials))


def _not_empty(sections: Iterable[tuple[str, Sequence[str]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((heading, tuple(lines)) for heading, lines in sections if lines)


def _outcomes(report: Report) -> tuple[str, ...]:
    total = report.total
    talked = total.conversations + total.conversations_in
    return (
        f"{talked} talked",
        f"{total.agreed} agreed",
        number_of(total.wins, "meeting or sale", "meetings and sales"),
        f"{number_of(report.kept, 'promise')} kept",
        f"{len(report.gave_up)} let go early",
    )


def balance(report: Report) -> tuple[str, ...]:
    """The two indices on one scale, per 100, and what the list needs."""
    lines = (
        per_100("Left waiting", report.waiting.left_waiting, report.waiting.pursuable, "people"),
        per_100("Called too often", len(report.too_many), report.attempts, "calls"),
        reach(report.capacity),
    )
    return tuple(line for line in lines if line)


def rate(part: int, whole: int) -> str:
    """A rate with its n and its Wilson 95 % interval: `3 of 12 (25 %, likely 9 to 53 %)`."""
    share, low, high = wilson(part, whole)
    if share is None:
        return f"{part} of {whole}"
    return f"{part} of {whole} ({share * 100:.0f} %, likely {low * 100:.0f} to {high * 100:.0f} %)"


def per_100(label: str, hits: int, total: int, of: str) -> str:
    """`Left waiting      12 of 100 people   3 of 25 (12 %, likely 4 to 30 %)`."""
    if not total:
        return f"{label}: nobody yet"
    return f"{label + ':':<17} {hits * 100 / total:3.0f} of 100 {of:<7} {rate(hits, total)}"


def to_mend(left_waiting: int, too_often: int) -> str:
    """The two indices in one sentence for the recap; empty when there is nothing to do."""
    waited = (
        f"{number_of(left_waiting, 'person has', 'people have')} waited for more than 2 business days"
        if left_waiting
        else ""
    )
    calls = (
        f"{number_of(too_often, 'call was one', 'calls were')} too many: the report says which"
        if too_often
        else ""
    )
    said = ", and ".join(filter(None, (waited, calls)))
    return f"{said}." if said else ""


def reach(capacity: Capacity) -> str:
    """What the rep reaches and the list needs, and the way out when that falls short (B27)."""
    if capacity.reached_a_day is None:
        return ""
    reached, needed = (
        f"{a_day:.1f}".removesuffix(".0") for a_day in (capacity.reached_a_day, capacity.needed_a_day)
    )
    said = f"You reach about {reached} a day; this list needs {needed}."
    way_out = " Slow the pace (cadence.gaps), set cadence.active_limit, or shorten the list."
    return said + (way_out if capacity.falls_short else "")


def _due(one: DuePromise, zone: str, now: datetime) -> str:
    return f"{one.name}: {promised_time(one.promise, Clocks(one.promise.zone or zone, zone, now))}"


def _too_many(one: TooMany, zone: str, now: datetime) -> str:
    return f"{one.name}, {time_words(one.at, zone, now)}: " + "; ".join(PEST[code] for code in one.codes)


def _callers(report: Report) -> tuple[str, ...]:
    called, known_s = report.total.inbound, report.callers_s
    known = "" if known_s is None else f"known after {known_s:.1f} seconds, half of them sooner"
    return tuple(filter(None, (f"{called} called us" if called else "", known)))


def _hour(row: HourRow) -> str:
    """`09:00   Mon 12 %  Tue 9 %   412 dials`; under 300 dials it says that nobody can tell."""
    shares = "  ".join(f"{_DAYS[day]} {share:.0%}" for day, share in sorted(row.shares.items()))
    few = f", too few to tell (from {MIN_CELL_DIALS})" if row.grey else ""
    return f"{row.hour:02}:00  {shares}  {number_of(row.dials, 'dial')}{few}"


def _some(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - SHOWN
    return (*lines[:SHOWN], *((f"and {more} more: powerhour report --json",) if more > 0 else ()))


def rows(report: Report) -> list[dict[str, Any]]:
    """Every number of the report with its name: group, name, value, and for a rate n, low, high and formula."""
    total, reached = report.total, report.capacity
    return [
        _row("outcome", "conversations", total.conversations + total.conversations_in),
        _row("outcome", "agreed", total.agreed),
        _row("outcome", "wins", total.wins),
        _row("outcome", "promises_kept", report.kept),
        _row("outcome", "gave_up_early", len(report.gave_up)),
        _rated("balance", "left_waiting", report.waiting.left_waiting, report.waiting.pursuable, LATE),
        _rated("balance", "called_too_often", len(report.too_many), report.attempts, PESTERED),
        _row("balance", "reached_a_day", reached.reached_a_day),
        _row("balance", "needed_a_day", reached.needed_a_day),
        *(_row("promise", str(verdict), report.ledger.get(verdict, 0)) for verdict in VERDICTS),
        *(
            _row("due", due.name, due.at.isoformat(), contact_id=due.contact_id, today=due.today)
            for due in report.due
        ),
        *(
            _row("too_often", one.name, list(one.codes), contact_id=one.contact_id, call_id=one.call_id,
                 at=one.at.isoformat())
            for one in report.too_many
        ),
        *(_row("gave_up", name, why) for name, why in report.gave_up),
        *(_rated("rate", one.name, one.hits, one.total, one.formula) for one in report.figures),
        _row("rate", "callers_median_s", report.callers_s),
        *(
            _row("hour", f"{row.hour:02}:00", {_DAYS[day]: share for day, share in sorted(row.shares.items())},
                 n=row.dials, enough=not row.grey)
            for row in report.hours
        ),
        _row("dials", "dials", total.dials),
    ]  # fmt: skip


def _row(group: str, name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"group": group, "name": name, "value": value, **more}


def _rated(group: str, name: str, hits: int, total: int, formula: str) -> dict[str, Any]:
    share, low, high = wilson(min(hits, total), total)
    return _row(group, name, share, hits=hits, n=total, low=low, high=high, formula=formula)


class Recap:
    """The recap of the session; without one, of the last week."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._counted: tuple[tuple[str, ...] | None, tuple[str, ...]] = None, ()
        """Ids of the calls of which the two indices were counted last, and what they said."""

    def view(self) -> RecapView:
        """Good reactions, next steps and what the rep owes first; numbers with their n last."""
        state, run = self._state, self._state.run
        calls = run.calls if run else self._last_week()
        mine = counted(calls)
        sections = (
            (
                "Good to hear",
                [
                    self._good(call)
                    for call in mine
                    if "+" in call.signals or call.is_ is Category.WIN or call.direction == "in"
                ],
            ),
            (
                "They need help with",
                [
                    f"{self._name(call)}: {call.answers[asked]}"
                    for call in mine
                    for asked in ("need", "problem", "help")
                    if call.answers.get(asked)
                ],
            ),
            ("Agreed", [self._agreed(call) for call in mine if is_agreed(call)]),
            (
                outcomes.TO_DO,
                [
                    f"{self._name(call)}: {call.owed.what}, by {date_words(call.owed.due, state.here.date())}"
                    for call in state.owed.calls()
                    if call.owed
                ],
            ),
            (BALANCE, self._balance_of(calls)),
            ("Numbers", self._numbers(summary(mine, state.settings.conversation_seconds))),
        )
        is_running = run is not None and not run.session.ended_at
        return RecapView("Your session" if run else "Your calls", _not_empty(sections), is_running)

    def _last_week(self) -> list[Call]:
        calls = self._state.store.calls(since=self._state.now - timedelta(days=7))
        return [call for call in calls if DEMO_LIST not in self._state.ranking.step(call.contact_id).lists]

    def _name(self, call: Call) -> str:
        return self._state.ranking.name(call.contact_id)

    def _good(self, call: Call) -> str:
        if call.direction == "in":
            return f"{self._name(call)} called you"
        return f"{self._name(call)}: {call.notes[-1].text if call.notes else 'wants to go on'}"

    def _agreed(self, call: Call) -> str:
        if call.promise is None:
            return f"{self._name(call)}: {call.answers.get('agreed', 'meeting or sale')}"
        ours = self._state.settings.zone
        clocks = Clocks(call.promise.zone or ours, ours, self._state.now)
        return f"{self._name(call)}: you call back {outcomes.promised(call.promise, clocks)}"

    def _numbers(self, total: Summary) -> list[str]:
        run = self._state.run
        lines = [f"{total.conversations + total.conversations_in} talked, {total.agreed} agreed"]
        if total.attempts:
            lines.append(f"answered by a person: {total.connects} of {total.attempts}")
        if run:
            serving_s = run.clock.spent.get("paused:incoming", 0.0)
            active_s = sum(s for name, s in run.session.spent.items() if not name.startswith("paused"))
            lines += [f"serving customers: {outcomes.length(serving_s)}"] if serving_s >= 60 else []
            lines.append(
                f"time spent calling: {outcomes.length(active_s)}, {outcomes.pace(run.clock.pace())}"
            )
        return [*lines, number_of(total.dials, "dial")]

    def _balance_of(self, calls: Sequence[Call]) -> tuple[str, ...]:
        """The two indices where there is something to do: counted once for each call, not once a second."""
        key = tuple(call.id for call in calls)
        if key != self._counted[0]:
            self._counted = key, self._count(calls)
        return self._counted[1]

    def _count(self, calls: Sequence[Call]) -> tuple[str, ...]:
        """Nothing for demo people."""
        state = self._state
        steps = [step for step in state.ranking.everybody().values() if DEMO_LIST not in step.lists]
        if not steps:
            return ()
        out = [call for call in counted(calls) if call.direction == "out"]
        said = to_mend(waiting(steps, state.now).left_waiting, self._too_many(out) if out else 0)
        return (said,) if said else ()

    def _too_many(self, calls: Sequence[Call]) -> int:
        state, mine, since = self._state, {call.id for call in calls}, min(call.at for call in calls)
        people = filter(None, map(state.store.contact, {call.contact_id for call in calls}))
        found = (each for one in people for each in too_many_of(state, one, state.calls(one), since))
        return sum(each.call_id in mine for each in found)
