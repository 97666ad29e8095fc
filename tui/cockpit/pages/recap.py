"""The recap of a session and the report of all calls, as pages to read: outcomes first, dials last (B11, B52)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tui.cockpit.call_view import RecapView
from tui.cockpit.pages.report import USUAL_DAYS, Report, TooMany, make_report, too_many_of
from tui.cockpit.state.others import own_calls
from tui.cockpit.state.state import State
from tui.cockpit.wording import outcomes, queue_reasons
from tui.cockpit.wording import report as words
from tui.cockpit.wording.notices import notice
from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST
from tui.domain.day_words import Clocks, date_words, long_day, number_of, time_words
from tui.domain.metrics import (
    Summary,
    counted,
    is_agreed,
    summary,
    waiting,
    wilson,
)
from tui.domain.outcome import Category
from tui.locale.spoken import translated

SHOWN = 12
"""Lines of a list on the page; `--json` gives all."""


def usual_page(state: State) -> RecapView | None:
    """The report of the last 30 days as a page; None while there is nothing to report."""
    found = make_report(state, state.now - timedelta(days=USUAL_DAYS))
    return None if found.is_empty else page(found, state.settings.zone)


def page(report: Report, zone: str) -> RecapView:
    """The report as a page to read; times in the rep's zone where no other is named."""
    now, total = report.until, report.total
    hours = tuple(words.hour(row.hour, row.shares, row.dials) for row in report.hours)
    dials = (notice("dials_to", dials=total.dials, people=total.people),) if total.dials else ()
    due = [(words.due(one.name, one.promise, zone, now), one.today) for one in report.due]
    let_go = [f"{name}: {why or notice('no_reason')}" for name, why in report.gave_up]
    rates = [(words.figure(one.name), words.rate(one.hits, one.total)) for one in report.figures if one.total]
    sections = (
        ("brought", _outcomes(report)),
        ("today", _some([said for said, is_today in due if is_today])),
        ("this_week", _some([said for said, is_today in due if not is_today])),
        ("balance", balance(report)),
        ("which_calls", _some([_too_many(one, zone, now) for one in report.too_many])),
        ("promises", _promises(report)),
        ("let_go", _some(let_go)),
        ("callers", _callers(report)),
        ("rates", [f"{label}: {rate} = {formula}" for (label, formula), rate in rates]),
        ("hours", hours),
        ("dials", dials),
    )  # fmt: skip
    grey = (line for line, row in zip(hours, report.hours, strict=True) if row.grey)
    first = notice("since_first")
    since = notice("since", day=long_day(report.since, zone, now)) if report.since else first
    return RecapView(since, _not_empty(sections), quiet=(*grey, *dials))


def _not_empty(sections: Iterable[tuple[str, Sequence[str]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Sections with lines in them, each under its heading."""
    return tuple((translated(words.HEADINGS[name]), tuple(lines)) for name, lines in sections if lines)


def _outcomes(report: Report) -> tuple[str, ...]:
    total = report.total
    return (
        notice("talked", count=total.conversations + total.conversations_in),
        notice("agreed", count=total.agreed),
        notice("wins", count=total.wins),
        notice("promises_kept", count=report.kept),
        notice("let_go", count=len(report.gave_up)),
    )


def _promises(report: Report) -> list[str]:
    told = ((report.ledger.get(verdict), said) for verdict, said in words.VERDICTS.items())
    return [f"{count} {translated(said)}" for count, said in told if count]


def balance(report: Report) -> tuple[str, ...]:
    """The two indices on one scale, per 100, and what the list needs."""
    waited, asked_of = report.waiting.left_waiting, report.waiting.pursuable
    lines = (
        words.per_100(words.figure("left_waiting")[0], waited, asked_of, notice("of_people")),
        words.per_100(
            words.figure("called_too_often")[0], len(report.too_many), report.attempts, notice("of_calls")
        ),
        words.reach(report.capacity),
    )
    return tuple(line for line in lines if line)


def _too_many(one: TooMany, zone: str, now: datetime) -> str:
    why = "; ".join(translated(words.PEST[code]) for code in one.codes)
    return f"{one.name}, {time_words(one.at, zone, now)}: {why}"


def _callers(report: Report) -> list[str]:
    called, known_s = report.total.inbound, report.callers_s
    lines = [notice("callers_count", count=called)] if called else []
    return lines if known_s is None else [*lines, notice("callers_known", seconds=f"{known_s:.1f}")]


def _some(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - SHOWN
    return (*lines[:SHOWN], notice("more_in_report", count=more)) if more > 0 else tuple(lines)


def rows(report: Report) -> list[dict[str, Any]]:
    """Every number of the report with its name: group, name, value, and for a rate n, low, high and formula."""
    total, reached = report.total, report.capacity
    return [
        _row("outcome", "conversations", total.conversations + total.conversations_in),
        _row("outcome", "agreed", total.agreed),
        _row("outcome", "wins", total.wins),
        _row("outcome", "promises_kept", report.kept),
        _row("outcome", "gave_up_early", len(report.gave_up)),
        _rated("balance", "left_waiting", report.waiting.left_waiting, report.waiting.pursuable),
        _rated("balance", "called_too_often", len(report.too_many), report.attempts),
        _row("balance", "reached_a_day", reached.reached_a_day),
        _row("balance", "needed_a_day", reached.needed_a_day),
        *(_row("promise", str(verdict), report.ledger.get(verdict, 0)) for verdict in words.VERDICTS),
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
        *(_rated("rate", one.name, one.hits, one.total) for one in report.figures),
        _row("rate", "callers_median_s", report.callers_s),
        *(
            _row("hour", f"{row.hour:02}:00", {words.DAYS[day]: share for day, share in sorted(row.shares.items())},
                 n=row.dials, enough=not row.grey)
            for row in report.hours
        ),
        _row("dials", "dials", total.dials),
    ]  # fmt: skip


def _row(group: str, name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"group": group, "name": name, "value": value, **more}


def _rated(group: str, name: str, hits: int, total: int) -> dict[str, Any]:
    share, low, high = wilson(min(hits, total), total)
    return _row(group, name, share, hits=hits, n=total, low=low, high=high, formula=words.figure(name)[1])


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
                "good",
                [
                    self._good(call)
                    for call in mine
                    if "+" in call.signals or call.is_ is Category.WIN or call.direction == "in"
                ],
            ),
            (
                "help",
                [
                    f"{self._name(call)}: {call.answers[asked]}"
                    for call in mine
                    for asked in ("need", "problem", "help")
                    if call.answers.get(asked)
                ],
            ),
            ("agreed", [self._agreed(call) for call in mine if is_agreed(call)]),
            (
                "to_do",
                [
                    notice(
                        "owed_by",
                        name=self._name(call),
                        what=call.owed.what,
                        day=date_words(call.owed.due, state.here.date()),
                    )
                    for call in state.owed.calls()
                    if call.owed
                ],
            ),
            ("balance", self._balance_of(calls)),
            ("numbers", self._numbers(summary(mine, state.settings.conversation_seconds))),
        )
        is_running = run is not None and not run.session.ended_at
        return RecapView(notice("your_session" if run else "your_calls"), _not_empty(sections), is_running)

    def _last_week(self) -> list[Call]:
        calls = own_calls(self._state, self._state.store.calls(since=self._state.now - timedelta(days=7)))
        return [call for call in calls if DEMO_LIST not in self._state.ranking.step(call.contact_id).lists]

    def _name(self, call: Call) -> str:
        return self._state.ranking.name(call.contact_id)

    def _good(self, call: Call) -> str:
        name = self._name(call)
        if call.direction == "in":
            return notice("called_you", name=name)
        return f"{name}: {call.notes[-1].text}" if call.notes else notice("wants_to_go_on", name=name)

    def _agreed(self, call: Call) -> str:
        name, ours = self._name(call), self._state.settings.zone
        if call.promise is not None:
            clocks = Clocks(call.promise.zone or ours, ours, self._state.now)
            return notice("you_call_back", name=name, when=queue_reasons.promised(call.promise, clocks))
        agreed = call.answers.get("agreed")
        return notice("agreed_on", name=name, what=agreed) if agreed else notice("agreed_win", name=name)

    def _numbers(self, total: Summary) -> list[str]:
        run, talked = self._state.run, total.conversations + total.conversations_in
        lines = [notice("talked_and_agreed", talked=talked, agreed=total.agreed)]
        if total.attempts:
            lines.append(notice("answered_by_person", hits=total.connects, total=total.attempts))
        if run:
            serving_s = run.clock.spent.get("paused:incoming", 0.0)
            active_s = sum(s for name, s in run.session.spent.items() if not name.startswith("paused"))
            if serving_s >= 60:
                lines.append(notice("serving", length=outcomes.length(serving_s)))
            pace = outcomes.pace(run.clock.pace())
            lines.append(notice("time_spent", length=outcomes.length(active_s), pace=pace))
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
        said = words.to_mend(waiting(steps, state.now).left_waiting, self._too_many(out) if out else 0)
        return (said,) if said else ()

    def _too_many(self, calls: Sequence[Call]) -> int:
        state, mine, since = self._state, {call.id for call in calls}, min(call.at for call in calls)
        people = filter(None, map(state.store.contact, {call.contact_id for call in calls}))
        found = (each for one in people for each in too_many_of(state, one, state.calls(one), since))
        return sum(each.call_id in mine for each in found)
