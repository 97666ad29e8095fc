"""The report in words and as rows: outcomes first, dials last and smallest (B52)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tui.cockpit.call_view import RecapView
from tui.cockpit.pages.recap import BALANCE, rate
from tui.cockpit.pages.report import USUAL_DAYS, DuePromise, Figure, HourRow, Report, TooMany, too_many_of
from tui.cockpit.state.state import Desk
from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST
from tui.domain.day_words import Clocks, long_day, number_of, promised_time, time_words
from tui.domain.metrics import MIN_CELL_DIALS, Capacity, capacity, counted, waiting
from tui.domain.promise_state import Verdict

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
    dials = (_dials(report),) if report.total.dials else ()
    sections = (
        ("What it brought", _outcomes(report)),
        ("Promises due today", _some([_due(one, zone, report.until) for one in report.due if one.today])),
        ("Promises due this week", _some([_due(one, zone, report.until) for one in report.due if not one.today])),
        (BALANCE, balance(report)),
        ("Called too often: which calls", _some([_too_many(one, zone, report.until) for one in report.too_many])),
        ("Promises", tuple(f"{report.ledger[v]} {said}" for v, said in VERDICTS.items() if report.ledger.get(v))),
        ("Let go early", _some([f"{name}: {why or 'no reason given'}" for name, why in report.gave_up])),
        ("They called us", _callers(report)),
        ("Rates", tuple(_figure(figure) for figure in report.figures if figure.total)),
        ("When people answer, in their time", hours),
        ("Dials", dials),
    )  # fmt: skip
    grey = (line for line, row in zip(hours, report.hours, strict=True) if row.grey)
    title = f"Your calls {_since(report, zone)}"
    return RecapView(title, tuple(one for one in sections if one[1]), quiet=(*grey, *dials))


def _dials(report: Report) -> str:
    people = number_of(report.total.people, "person", "people")
    return f"{number_of(report.total.dials, 'dial')} to {people}"


def _since(report: Report, zone: str) -> str:
    if report.since is None:
        return "since the first one"
    return f"since {long_day(report.since, zone, report.until)}"


def _outcomes(report: Report) -> tuple[str, ...]:
    total = report.total
    talked = total.conversations + total.conversations_in
    lines = [
        f"{talked} talked",
        f"{total.agreed} agreed",
        number_of(total.wins, "meeting or sale", "meetings and sales"),
    ]
    return (*lines, f"{number_of(report.kept, 'promise')} kept", f"{len(report.gave_up)} let go early")


def balance(report: Report) -> tuple[str, ...]:
    """The two indices on one scale, per 100, and what the list needs."""
    late, pest = report.waiting, report.attempts
    lines = [
        per_100("Left waiting", late.left_waiting, late.pursuable, "people"),
        per_100("Called too often", len(report.too_many), pest, "calls"),
    ]
    return tuple(line for line in (*lines, reach(report.capacity)) if line)


def per_100(label: str, hits: int, total: int, of: str) -> str:
    """`Left waiting      12 of 100 people   3 of 25 (12 %, likely 4 to 30 %)`."""
    if not total:
        return f"{label}: nobody yet"
    return f"{label + ':':<17} {hits * 100 / total:3.0f} of 100 {of:<7} {rate(hits, total)}"


def reach(capacity: Capacity) -> str:
    """What the rep reaches and the list needs, and the way out when that falls short (B27)."""
    if capacity.reached_a_day is None:
        return ""
    said = f"You reach about {capacity.reached_a_day:.0f} a day; this list needs {capacity.needed_a_day:.0f}."
    way_out = " Slow the pace (cadence.gaps), set cadence.active_limit, or shorten the list."
    return said + (way_out if capacity.falls_short else "")


def _due(one: DuePromise, zone: str, now: datetime) -> str:
    return f"{one.name}: {promised_time(one.promise, Clocks(one.promise.zone or zone, zone, now))}"


def _too_many(one: TooMany, zone: str, now: datetime) -> str:
    return f"{one.name}, {time_words(one.at, zone, now)}: " + "; ".join(PEST[code] for code in one.codes)


def _callers(report: Report) -> tuple[str, ...]:
    lines = [f"{report.total.inbound} called us"] if report.total.inbound else []
    if report.callers_s is not None:
        lines.append(f"known after {report.callers_s:.1f} seconds, half of them sooner")
    return tuple(lines)


def _figure(figure: Figure) -> str:
    return f"{figure.label}: {rate(figure.hits, figure.total)} = {figure.formula}"


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
    found = [
        _row("outcome", "conversations", total.conversations + total.conversations_in),
        _row("outcome", "agreed", total.agreed),
        _row("outcome", "wins", total.wins),
        _row("outcome", "promises_kept", report.kept),
        _row("outcome", "gave_up_early", len(report.gave_up)),
        _rated("balance", "left_waiting", report.waiting.left_waiting, report.waiting.pursuable, LATE),
        _rated("balance", "called_too_often", len(report.too_many), report.attempts, PESTERED),
        _row("balance", "reached_a_day", reached.reached_a_day),
        _row("balance", "needed_a_day", reached.needed_a_day),
    ]  # fmt: skip
    found += [_row("promise", str(v), report.ledger.get(v, 0)) for v in VERDICTS]
    found += [
        {**_row("due", one.name, one.at.isoformat()), "contact_id": one.contact_id, "today": one.today}
        for one in report.due
    ]
    found += [
        {**_row("too_often", one.name, list(one.codes)), "contact_id": one.contact_id, "call_id": one.call_id,
         "at": one.at.isoformat()}
        for one in report.too_many
    ]  # fmt: skip
    found += [_row("gave_up", name, why) for name, why in report.gave_up]
    found += [_rated("rate", f.name, f.hits, f.total, f.formula) for f in report.figures]
    found.append(_row("rate", "callers_median_s", report.callers_s))
    found += [
        {**_row("hour", f"{row.hour:02}:00", {_DAYS[day]: share for day, share in sorted(row.shares.items())}),
         "n": row.dials, "enough": not row.grey}
        for row in report.hours
    ]  # fmt: skip
    found.append(_row("dials", "dials", total.dials))
    return found


def _row(group: str, name: str, value: Any) -> dict[str, Any]:
    return {"group": group, "name": name, "value": value}


def _rated(group: str, name: str, hits: int, total: int, formula: str) -> dict[str, Any]:
    share, low, high = Figure(name, name, hits, total, formula).rate
    return {
        **_row(group, name, share),
        "hits": hits,
        "n": total,
        "low": low,
        "high": high,
        "formula": formula,
    }


class Standing:
    """The two indices of a session; counted once for each call, not once a second."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._counted_for: tuple[str, ...] | None = None
        self._lines: tuple[str, ...] = ()

    def lines(self, calls: Sequence[Call]) -> tuple[str, ...]:
        """Left waiting, called too often, and what the list needs; nothing for demo people."""
        key = tuple(call.id for call in calls)
        if key != self._counted_for:
            self._counted_for, self._lines = key, self._count(calls)
        return self._lines

    def _count(self, calls: Sequence[Call]) -> tuple[str, ...]:
        desk = self._desk
        steps = [step for step in desk.ranking.everybody().values() if DEMO_LIST not in step.lists]
        if not steps:
            return ()
        late = waiting(steps, desk.now)
        out = [call for call in counted(calls) if call.direction == "out"]
        lines = [per_100("Left waiting", late.left_waiting, late.pursuable, "people")]
        if out:
            lines.append(per_100("Called too often", self._too_many(out), len(out), "calls"))
        recent = desk.store.calls(since=desk.now - timedelta(days=USUAL_DAYS))
        lines.append(reach(capacity(steps, recent, desk.now, desk.settings.zone)))
        return tuple(line for line in lines if line)

    def _too_many(self, calls: Sequence[Call]) -> int:
        mine, since = {call.id for call in calls}, min(call.at for call in calls)
        found = 0
        for one in {call.contact_id for call in calls}:
            if contact := self._desk.store.contact(one):
                history = self._desk.calls(contact)
                found += sum(
                    each.call_id in mine for each in too_many_of(self._desk, contact, history, since)
                )
        return found
