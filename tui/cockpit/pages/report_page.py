"""The report of all calls as a page to read: outcomes first, dials last (B52)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from tui.cockpit.call_view import RecapView
from tui.cockpit.pages.report import USUAL_DAYS, Report, TooMany, Week, make_report
from tui.cockpit.state.state import State
from tui.cockpit.wording import report as words
from tui.cockpit.wording.notices import notice
from tui.domain.day_words import long_day, time_words
from tui.domain.metrics import wilson
from tui.locale.spoken import decimal, time_of_day, translated

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
        ("weeks", _weeks(report)),
        ("today", _some([said for said, is_today in due if is_today])),
        ("this_week", _some([said for said, is_today in due if not is_today])),
        ("balance", balance(report)),
        ("which_calls", _some([_too_many(one, zone, now) for one in report.too_many])),
        ("promises", _promises(report)),
        ("let_go", _some(let_go)),
        ("callers", _callers(report)),
        ("rates", [f"{label}: {rate} = {formula}" for (label, formula), rate in rates]),
        ("hours", (*_best_hours(report), *hours)),
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
        *((notice("wins", count=total.wins),) if total.wins else ()),
        *((notice("promises_kept", count=report.kept),) if report.kept else ()),
        *((notice("let_go", count=len(report.gave_up)),) if report.gave_up else ()),
        *((notice("streak", days=report.streak),) if report.streak and report.streak > 1 else ()),
    )


def _weeks(report: Report) -> tuple[str, ...]:
    """This week beside the last, where somebody was called in both."""
    this, last = report.weeks or (Week(), Week())
    if not (this.reached.called and last.reached.called):
        return ()
    talked = (words.rate(one.reached.talked, one.reached.called) for one in (this, last))
    lines = [notice("week_talked", this=next(talked), last=next(talked))]
    if this.agreed or last.agreed:
        lines.append(notice("week_agreed", this=this.agreed, last=last.agreed))
    if this.wins or last.wins:
        lines.append(notice("week_wins", this=this.wins, last=last.wins))
    return tuple(lines)


def _best_hours(report: Report) -> tuple[str, ...]:
    if report.best_hours is None:
        return ()
    (hour, most), (other, fewest) = (
        (time_of_day(time(row.hour)), words.rate(row.answered, row.dials)) for row in report.best_hours
    )
    return (notice("best_hour", hour=hour, most=most, other=other, fewest=fewest),)


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
    return lines if known_s is None else [*lines, notice("callers_known", seconds=decimal(known_s))]


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
        *(
            row
            for name, week in zip(("this_week", "last_week"), report.weeks or (), strict=False)
            for row in (
                _rated("week", name, week.reached.talked, week.reached.called),
                _row("week", f"{name}_agreed", week.agreed),
                _row("week", f"{name}_wins", week.wins),
            )
        ),
        *([] if report.streak is None else [_row("streak", "days", report.streak)]),
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
