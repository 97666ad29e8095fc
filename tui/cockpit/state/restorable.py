"""Whether what the store kept of a session and its calls can be brought back: every value, before any is used.

A later release, a hand or a failing disk may have written a value that no cockpit can work with. One look here decides:
it can be brought back, or it is put aside whole (`stored`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias, get_args

from tui.cockpit.form import outcome_form
from tui.cockpit.view import Phase
from tui.domain.outcome import Outcome
from tui.domain.session import ClockState
from tui.script.call.answers import MoveKind
from tui.storage.values import YEARS

Check: TypeAlias = Callable[[Any], str]
"""What is wrong with a value, as `place: what`; empty when it can be used."""
MOST = 1_000_000_000
"""No count and no length in seconds of ours is larger."""
CALL_PHASES = frozenset(Phase) - {Phase.QUEUE, Phase.RECAP}
"""Phases of a call in hand."""


def _said(value: Any) -> str:
    return f" is {value!r:.60}"


def text(value: Any) -> str:
    """A text, also an empty one."""
    return "" if isinstance(value, str) else _said(value)


def _id(value: Any) -> str:
    return "" if isinstance(value, str) and value else _said(value)


def _truth(value: Any) -> str:
    return "" if isinstance(value, bool) else _said(value)


def whole(value: Any) -> str:
    """A count."""
    return "" if type(value) is int and 0 <= value <= MOST else _said(value)


def _seconds(value: Any) -> str:
    known = type(value) in (int, float) and math.isfinite(value) and 0 <= value <= 10 * MOST
    return "" if known else _said(value)


def time(value: Any) -> str:
    """A moment with its zone, as `isoformat` writes it."""
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return _said(value)
    return "" if at.tzinfo is not None and at.year in YEARS else _said(value)


def maybe(check: Check) -> Check:
    """The same, or nothing."""
    return lambda value: "" if value is None else check(value)


def _one_of(names: Sequence[str]) -> Check:
    known = frozenset(names)
    return lambda value: "" if isinstance(value, str) and value in known else _said(value)


def each(check: Check) -> Check:
    """A list of such values."""

    def look(value: Any) -> str:
        if not isinstance(value, list):
            return _said(value)
        return next((f".{place}{why}" for place, one in enumerate(value) if (why := check(one))), "")

    return look


def mapping(check: Check) -> Check:
    """An object whose values are such ones, under names of any kind."""

    def look(value: Any) -> str:
        if not isinstance(value, Mapping):
            return _said(value)
        return next((f".{name:.40}{why}" for name, one in value.items() if (why := check(one))), "")

    return look


def _row(*checks: Check) -> Check:
    """A list of exactly these values."""

    def look(value: Any) -> str:
        if not isinstance(value, list | tuple) or len(value) != len(checks):
            return _said(value)
        found = ((place, check(one)) for place, (check, one) in enumerate(zip(checks, value, strict=True)))
        return next((f".{place}{why}" for place, why in found if why), "")

    return look


def _object(needed: Mapping[str, Check], since: Mapping[str, Check] | None = None) -> Check:
    """An object with these keys, and `since` added later: an older release did not write them."""

    def look(value: Any) -> str:
        if not isinstance(value, Mapping):
            return _said(value)
        if missing := next((name for name in needed if name not in value), ""):
            return f".{missing} is missing"
        checks = {**needed, **(since or {})}
        found = ((name, checks[name](one)) for name, one in value.items() if name in checks)
        return next((f".{name}{why}" for name, why in found if why), "")

    return look


_DIAL = _object(
    {
        **{"number": text, "disposition": text, "cause": text, "started_at": time},
        **{"answered_at": maybe(time), "ended_at": maybe(time)},
    }
)
_FORM = _object({"outcome": text, "values": mapping(text), "proposed": each(text), "focus": text})
_MOVE = _row(text, _one_of(get_args(MoveKind)), text)
_WALK = _object({"script": text, "at": text, "trail": each(_MOVE)}, {"entry": text, "hash": text})
_CALL_NEEDED: Mapping[str, Check] = {
    **{"id": _id, "contact_id": _id, "phase": _one_of(sorted(CALL_PHASES))},
    "before_pause": maybe(_one_of(sorted(CALL_PHASES))),
    **{"direction": _one_of(("out", "in")), "elsewhere": _truth, "entry": text},
    **{"since": time, "taken_at": time},
    **{"started_at": maybe(time), "answered_at": maybe(time), "over_at": maybe(time)},
    **{"number": text, "line": text, "gatekeeper": _truth, "dials": each(_DIAL)},
    **{"notes": each(_row(time, text)), "draft": text, "signals": each(text)},
    **{"reason_id": text, "acknowledged": _truth, "walk": maybe(_WALK)},
    **{"form": maybe(_FORM), "forms": mapping(_FORM), "highlighted": text, "keys": whole},
}
_CALL_SINCE: Mapping[str, Check] = {
    **{"left_open": _truth, "correcting": text, "undone": text, "session_id": maybe(text)},
    **{"muted": _truth, "held": _truth, "recording": _truth},
    **{"aside": maybe(_row(text, whole)), "given": mapping(text), "changing": maybe(whole)},
    **{"override": text, "own_reason": text, "identify_s": maybe(_seconds), "typed_number": text},
    "dead_s": _seconds,
    **{"came_from": maybe(_one_of(sorted(Phase))), "stranger": _object({"id": _id})},
}
_CALL = _object(_CALL_NEEDED, _CALL_SINCE)
_CLOCK = _object(
    {"planned": _seconds},
    {
        **{"plan": whole, "state": _one_of(get_args(ClockState)), "reason": maybe(text)},
        "before_pause": maybe(_one_of(get_args(ClockState))),
        **{"spent": mapping(_seconds), "dials": whole, "outcomes": whole, "overtime": _truth},
        **{"pauses": each(_row(text, _seconds, maybe(_seconds))), "at": _seconds},
    },
)
_RUNNING = _object(
    {"saved_at": time, "session": maybe(_id), "clock": maybe(_CLOCK), "stack": each(_CALL)},
    {"kinds": each(text)},
)


_RINGING = _object({"number": text, "name": text, "shared": _truth, "at": time})


def what_is_wrong_with(place: str, one: Any, outcomes: Sequence[Outcome]) -> str:
    """Why a stored value of a place cannot be brought back: a call, or under `ringing` somebody who was calling us."""
    return _RINGING(one).lstrip(".") if place == "ringing" else what_is_wrong_with_call(one, outcomes)


def what_is_wrong_with_call(state: Any, outcomes: Sequence[Outcome]) -> str:
    """Why the stored call cannot be brought back, as `place: value`; empty when it can."""
    if why := _CALL(state):
        return why.lstrip(".")
    changing = state.get("changing")
    if changing is not None and changing >= len(state["notes"]):
        return f"changing is {changing}"
    by_id = {outcome.id: outcome for outcome in outcomes}
    for place, form in (
        ("form", state["form"]),
        *((f"forms.{name}", one) for name, one in state["forms"].items()),
    ):
        outcome = by_id.get(form["outcome"]) if form else None
        if outcome and (why := _wrong_in_form(form, outcome)):
            return f"{place}.{why}"
    return ""


def _wrong_in_form(state: Mapping[str, Any], outcome: Outcome) -> str:
    """A form has the lines of its outcome, and on a choice one of its choices."""
    values = state["values"]
    for name in outcome_form.fields_of(outcome):
        if name not in values:
            return f"values.{name} is missing"
        choices = outcome_form.choices(outcome, name)
        if choices and values[name] not in choices:
            return f"values.{name}{_said(values[name])}"
    return "" if not state["focus"] or state["focus"] in values else f"focus{_said(state['focus'])}"


def what_is_wrong_with_running(state: Any, outcomes: Sequence[Outcome]) -> str:
    """Why the stored session and its calls cannot be brought back; empty when they can."""
    if why := _RUNNING(state):
        return why.lstrip(".")
    if state["session"] and state["clock"] is None:
        return "clock is missing"
    found = ((place, what_is_wrong_with_call(one, outcomes)) for place, one in enumerate(state["stack"]))
    return next((f"stack.{place}.{why}" for place, why in found if why), "")
