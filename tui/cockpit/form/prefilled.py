"""The form of a call as it stands on record: what was said then stands on its lines, to be corrected."""

from __future__ import annotations

from datetime import date, datetime

from tui.cockpit.form.outcome_form import (
    ANSWERS,
    CHANNELS,
    Form,
    agreed,
    choices,
    open_form,
    time_named,
)
from tui.cockpit.form.phrases import Setting
from tui.domain.call import Call
from tui.domain.day_words import typed, typed_date
from tui.domain.outcome import Category, Outcome
from tui.domain.promise import Promise
from tui.domain.when.read import When
from tui.domain.window import local

_TYPED_OVER = frozenset({"when", "again", "by"})
"""Lines with a time: the first letter typed replaces it, because nobody edits one letter by letter."""


def form_of(call: Call, outcome: Outcome, setting: Setting) -> Form:
    """The form of an outcome with what the call says: all of it for its own outcome, what still fits for another.

    `setting`: of the moment of the call, so that "fri 3pm" means the Friday after it.
    """
    form = open_form(outcome, setting)
    said = _said(call, setting)
    if outcome.id == call.outcome:
        said = dict.fromkeys(("owe", "by", "about", "who", "best"), "") | said
    for name in form.values.keys() & said.keys():
        if (options := choices(outcome, name)) and said[name] not in options:
            continue  # a word that is no choice any more
        form.values[name] = said[name]
        (form.proposed.add if name in _TYPED_OVER else form.proposed.discard)(name)
    if "how" in form.values:
        wished = _wish(call).get("channel")
        channel = wished or (call.promise.channel if call.promise else "")
        form.values["how"] = str(channel) if channel in CHANNELS else form.values["how"]
        form.proposed -= {"how"} if wished else set()  # one that was only proposed is proposed again
    return form


def _said(call: Call, setting: Setting) -> dict[str, str]:
    """What the call says, by the name of the line it stands on."""
    said: dict[str, str] = {}
    if call.promise:
        said["when"] = said["again"] = _phrase(call.promise, setting)
        said["about"] = call.promise.words
    elif every := _wish(call).get("every"):
        said["again"] = f"every {every} days"
    if meeting := call.answers.get("meeting_at"):
        said["when"] = _spelled(datetime.fromisoformat(meeting), setting)
    if call.owed:
        is_today = call.owed.due == local(setting.now, setting.my_zone).date()
        said |= {"owe": call.owed.what, "by": typed("today") if is_today else _day(call.owed.due, setting)}
    kept = {name: line for lines in ANSWERS.values() for line, name in lines}
    said |= {kept[name]: answer for name, answer in call.answers.items() if name in kept}
    if call.is_ in (Category.NOT_A_FIT, Category.DO_NOT_CALL) and call.reason_code:
        said["code"] = call.reason_code
    return said


def _wish(call: Call) -> dict[str, object]:
    """What the call changed about how they want to hear from us; empty when nothing."""
    before, after = (dict((values or {}).get("prefers") or {}) for values in (call.before, call.after))
    return {name: value for name, value in after.items() if value != before.get(name)}


def _phrase(promise: Promise, setting: Setting) -> str:
    """Words that mean this promise: those the rep typed, where they still do, else the date and the hour."""
    found = time_named(promise.phrase, setting)
    if isinstance(found, When) and agreed(found, setting).from_ == promise.from_:
        return promise.phrase
    if promise.precision == "minute":
        return _spelled(promise.from_, setting)
    if promise.precision == "range":
        return f"{_spelled(promise.from_, setting)}-{local(promise.until, promise.zone):%H:%M}"
    return f"{_day(promise.local_day, setting)} {typed(promise.part)}".strip()


def _spelled(at: datetime, setting: Setting) -> str:
    there = local(at, setting.their_zone)
    return f"{_day(there.date(), setting)} {there:%H:%M}"


def _day(day: date, setting: Setting) -> str:
    return typed_date(day, setting.here.date()).lower()
