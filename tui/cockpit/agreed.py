"""What the customer answered when the script asked how and when they want to hear from us, for an outcome's form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui.cockpit import intervals
from tui.domain.outcome import Category, Outcome
from tui.script.call.agreed_dates import days_named
from tui.script.call.walk import Walk


@dataclass(frozen=True, slots=True)
class Agreed:
    """Their answers; each is empty when they were not asked, or did not say."""

    day: str = ""
    """The day they named for this outcome, in their words."""
    interval: str = ""
    """How often they want to hear from us, in words that are an interval: `every month`."""
    channel: str = ""
    """phone, email, text or visit."""


NOTHING = Agreed()
"""They said nothing of it."""


def answers_for(outcome: Outcome, walk: Walk | None, outcomes: Iterable[Outcome]) -> Agreed:
    """What they answered that belongs into the form of this outcome; `outcomes`: the team's."""
    if walk is None:
        return NOTHING
    answers = walk.answers
    interval = answers.get("preferred_interval", "")
    return Agreed(
        _day(outcome, walk, outcomes),
        interval if intervals.every(interval) else "",
        intervals.channel(answers.get("preferred_channel", "")),
    )


def _day(outcome: Outcome, walk: Walk, outcomes: Iterable[Outcome]) -> str:
    """The day they named for this outcome.

    A day asked for with another outcome in mind counts where it means the same: a call of ours, after all.
    """
    named = days_named(walk)
    own = next((day.words for day in named if day.proposes == outcome.id), "")
    if own or outcome.is_ not in (Category.PROMISE, Category.CONVERSATION):
        return own
    calls = {one.id for one in outcomes if one.is_ is Category.PROMISE} | {""}
    promise = outcome.is_ is Category.PROMISE
    fitting = [day for day in named if day.proposes in calls] or [d for d in named if promise and d.promised]
    return fitting[0].words if fitting else ""
