"""The time in the form of an outcome that the customer named during the call."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.outcome import Category, Outcome
from tui.script.agreed import days_named
from tui.script.walk import Walk


def agreed_time(outcome: Outcome, walk: Walk | None, outcomes: Iterable[Outcome]) -> str:
    """The words of the day they named for this outcome; empty when they named none.

    A day asked for with another outcome in mind counts where it means the same: a call of ours, after all.
    `outcomes`: the team's, which say what each means.
    """
    named = days_named(walk) if walk is not None else []
    own = next((day.words for day in named if day.proposes == outcome.id), "")
    if own or outcome.is_ not in (Category.PROMISE, Category.CONVERSATION):
        return own
    calls = {one.id for one in outcomes if one.is_ is Category.PROMISE} | {""}
    promise = outcome.is_ is Category.PROMISE
    fitting = [day for day in named if day.proposes in calls] or [d for d in named if promise and d.promised]
    return fitting[0].words if fitting else ""
