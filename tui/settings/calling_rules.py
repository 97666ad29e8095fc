"""The settings of the pace of calls and of the hours in which people may be called: rows of the table in `settings`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tui.domain.cadence import Policy
from tui.settings import meaning
from tui.settings.declare import Setting, setting, written
from tui.settings.layers import DAYS
from tui.settings.meaning import (
    Read,
    Stricter,
    higher,
    longer_gaps,
    lower,
    lower_limit,
    more,
    not_milder,
    within,
)
from tui.yamlfile.fields import day as date
from tui.yamlfile.fields import duration, many, one, text, whole

POLICY = Policy(after={"email_asked": timedelta(days=3)})
"""The built-in rules."""


def _pacing(name: str, lock: Stricter, shape: Any, read: Read | None = None) -> Setting:
    """A row of `cadence`; its built-in value is the policy's own."""
    return setting(f"cadence.{name}", shape, written(getattr(POLICY, name)), read=read, lock=lock)


def _wait(name: str, lock: Stricter, doc: str) -> Setting:
    return _pacing(name, lock, duration(doc), meaning.wait)


CADENCE = (
    _pacing("attempts", lower, whole(1, 30, "Unanswered calls before the softer channel")),
    _pacing(
        "gaps",
        longer_gaps,
        many(duration(), "Wait after unanswered call 1, 2, 3 …; the last repeats"),
        meaning.waits,
    ),
    _pacing("per_7_days", lower_limit, whole(0, 30, "Most calls to a person in 7 days; 0: no limit")),
    _pacing("per_30_days", lower_limit, whole(0, 60, "Most calls to a person in 30 days; 0: no limit")),
    _wait("min_gap", higher, "Least time between two calls to a person"),
    _wait("max_age", lower, "So long without one talk, then the softer channel"),
    _pacing(
        "gatekeeper_tries", lower, whole(1, 20, "Talks with the gatekeeper, then another way in is proposed")
    ),
    _wait("check_in", higher, "Call a customer so long after the last talk, while nothing is wrong"),
    _wait("after_talk", higher, "Call again so long after a talk at which nothing was agreed"),
    _wait("after_not_now", higher, "No call for so long after `not now`"),
    _wait("nurture_every", higher, "Between two messages by the softer channel"),
    _pacing("nurture_times", lower, whole(0, 60, "Messages by the softer channel, then we let go")),
    _pacing(
        "early_call",
        not_milder("off", "warn", "acknowledge"),
        one("acknowledge", "warn", "off", doc="Calling before the promised time"),
    ),
    _pacing("same_rep", not_milder("off", "warn"), one("warn", "off", doc="Calling another rep's contact")),
    _pacing("active_limit", lower_limit, whole(0, 100_000, "Most people a rep pursues at once; 0: no limit")),
)
_HOURS = text("In THEIR time zone: 09:00-18:00, several parts with commas, or closed")
_OPEN = dict.fromkeys(DAYS, "09:00-18:00") | {"sat": "closed", "sun": "closed"}
WINDOW = (
    *(setting(f"calling_window.{day}", _HOURS, _OPEN[day], read=meaning.hours, lock=within) for day in DAYS),
    setting("calling_window.holidays", many(date(), "Days on which nobody is called"), [], lock=more),
)
