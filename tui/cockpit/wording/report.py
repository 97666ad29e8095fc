"""Words of the report: headings, promises, calls too many, and rates with their n."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from tui.cockpit.wording.notices import notice
from tui.domain.day_words import Clocks, number_of, promised_time, short_weekday
from tui.domain.metrics import MIN_CELL_DIALS, READY_S, Capacity, wilson
from tui.domain.promise import Promise
from tui.domain.promise_state import Verdict
from tui.locale.spoken import decimal, filled, first_weekday, percent, time_of_day, translated

_MONDAY = date(2024, 1, 1)
HEADINGS = {
    "balance": "Left waiting and called too often",
    "brought": "What it brought",
    "today": "Promises due today",
    "this_week": "Promises due within a week",
    "which_calls": "Called too often: which calls",
    "promises": "Promises",
    "let_go": "Let go early",
    "callers": "They called us",
    "rates": "Rates",
    "hours": "When people answer, in their time",
    "dials": "Dials",
    "weeks": "This week and last week",
}
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
"""Why a call was one too many, by the codes of `pest_reasons`."""
FIGURES = {
    "left_waiting": ("Left waiting", "people more than 2 business days late / people with a next call"),
    "called_too_often": ("Called too often", "attempts one too many / attempts"),
    "conversion": ("Meetings and sales", "meetings and sales / talks, theirs too"),
    "kept": ("Promises kept", "(kept + early and acknowledged) / decided"),
    "callback_ready": ("Callers met in time", "card within {seconds} s / callers"),
    "conversation": ("Talks", "talks / dials"),
    "connect": ("Answered by a person", "answered by a person / dials"),
    "this_week": ("This week", "people talked with / people called"),
    "last_week": ("Last week", "people talked with / people called"),
}
"""Label and formula of each rate, in the order of the report."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""Names of the days in the JSON of the report."""


def figure(name: str) -> tuple[str, str]:
    """Label and formula of a rate."""
    label, formula = FIGURES[name]
    return translated(label), filled(formula, {"seconds": f"{READY_S:.0f}"})


def rate(part: int, whole: int) -> str:
    """A rate with its n and its Wilson 95 % interval: `3 of 12 (25 %, likely 9 to 53 %)`."""
    share, *likely = wilson(part, whole)
    if share is None:
        return notice("rate", part=part, whole=whole)
    percent, low, high = (f"{one * 100:.0f}" for one in (share, *likely))
    return notice("rate_likely", part=part, whole=whole, percent=percent, low=low, high=high)


def per_100(label: str, hits: int, total: int, of: str) -> str:
    """`Left waiting      12 of 100 people   3 of 25 (12 %, likely 4 to 30 %)`, in columns."""
    if not total:
        return notice("nobody_yet", label=label)
    wide = max(7, len(notice("of_people")), len(notice("of_calls")))
    share, titled = f"{hits * 100 / total:3.0f}", notice("title", label=label)
    return notice("per_100", title=f"{titled:<17}", share=share, of=f"{of:<{wide}}", rate=rate(hits, total))


def reach(capacity: Capacity) -> str:
    """What the rep reaches and the list needs, and the way out when that falls short (B27)."""
    if capacity.reached_a_day is None:
        return ""
    a_day = (capacity.reached_a_day, capacity.needed_a_day)
    reached, needed = (decimal(people) for people in a_day)
    return notice("reach_short" if capacity.falls_short else "reach", reached=reached, needed=needed)


def due(name: str, promise: Promise, zone: str, now: datetime) -> str:
    """A promised call of today or this week; `zone` is the rep's."""
    return f"{name}: {promised_time(promise, Clocks(promise.zone or zone, zone, now))}"


def hour(at: int, shares: Mapping[int, float], dials: int) -> str:
    """`09:00  Mon 12 %  Tue 9 %  412 dials`; under 300 dials it says that nobody can tell."""
    days = "  ".join(
        f"{short_weekday(_MONDAY + timedelta(day))} {percent(shares[day])}"
        for day in sorted(shares, key=lambda day: (day - first_weekday()) % 7)
    )
    few = dials < MIN_CELL_DIALS
    said = notice("too_few_dials", dials=dials, least=MIN_CELL_DIALS) if few else number_of(dials, "dial")
    return f"{time_of_day(time(at))}  {days}  {said}"
