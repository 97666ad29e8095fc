"""The form behind an outcome: only what is needed, understood while it is typed, and turned into records when saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tui.cockpit.call_view import FormField
from tui.cockpit.form.phrases import NOTHING, Agreed, Setting, every, law_problem, span_begins
from tui.cockpit.wording import form as form_words
from tui.cockpit.wording import queue_reasons
from tui.cockpit.wording.answers import NO_FIT, REFUSED_FOR
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import CHANNEL_WORDS
from tui.domain import day_words
from tui.domain.contact import Preferences
from tui.domain.outcome import Category, Outcome
from tui.domain.promise import Owed, Promise
from tui.domain.when.read import Past, Unsure, When, read_when
from tui.domain.when.words import RELATIVE_DAYS
from tui.domain.window import is_open, local, settle
from tui.locale.spoken import translated

CHANNELS = ("phone", "email", "text", "visit")
ANSWERS = {
    Category.WIN: (("about", "agreed"),),
    Category.NURTURE: (("about", "said"),),
    Category.GATEKEEPER: (("who", "receptionist"), ("best", "best_time")),
}
"""By kind of outcome the lines that are kept as answers, and under which names."""
ASKED = {"meeting_at"}.union(name for lines in ANSWERS.values() for _, name in lines)
"""Answers that forms ask for, by the name they are kept under."""


class Form(Struct):
    """An open form: its outcome and what is in its fields."""

    outcome: Outcome
    values: dict[str, str]
    proposed: set[str] = field(default_factory=set)
    focus: str = ""

    def to_state(self) -> dict[str, Any]:
        """JSON-ready, for the draft."""
        return {
            "outcome": self.outcome.id,
            "values": dict(self.values),
            "proposed": sorted(self.proposed),
            "focus": self.focus,
        }


class Filled(Struct, frozen=True):
    """What a saved form says."""

    promise: Promise | None = None
    owed: Owed | None = None
    prefers: Preferences | None = None
    reason_code: str = ""
    right_number: str = ""
    asked_for: Mapping[str, str] = field(default_factory=dict)
    """Answers the form itself asked for, e.g. the gatekeeper's name."""


class NotYet(ValueError):  # noqa: N818 - the form asks for more, nothing went wrong
    """The form cannot be saved so; the message says why and offers a way."""

    def __init__(self, field_id: str, message: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.field_id = field_id
        self.choices = choices
        """Phrases of which the rep may choose one instead."""


TIMES = frozenset({"when", "again"})
"""Fields that hold a time."""
A_DAY = timedelta(days=1)
NOT_WITHIN = timedelta(hours=1)
"""A promise for later today, without an hour, is not due sooner than this after it was made."""


def open_form(
    outcome: Outcome, setting: Setting, agreed: Agreed = NOTHING, wait: timedelta | None = None
) -> Form:
    """A form with the proposed values of this outcome.

    `agreed`: what they answered when the script asked; `wait`: after how long the script would be in touch again.
    """
    values = dict.fromkeys(fields_of(outcome), "")
    form = Form(outcome, values, focus=next(iter(values), ""))
    if outcome.is_ is Category.PROMISE:
        values["when"] = agreed.day or proposed_time(setting, wait)
        form.proposed.add("when")
    elif time := next((name for name in values if name in TIMES), ""):
        # No other outcome must have a time.
        day = agreed.day if isinstance(time_named(agreed.day, setting), When | Unsure) else ""
        said = day or (agreed.interval if time == "again" else "")
        values[time] = said
        form.proposed |= {time} if said else set()
    if "how" in values:
        usual, wished = (
            "email" if outcome.is_ is Category.NURTURE else "phone",
            setting.contact.prefers.channel,
        )
        values["how"] = agreed.channel or (wished if wished in CHANNELS else usual)
        if not agreed.channel:
            form.proposed.add("how")
    if outcome.owes:
        values["owe"], values["by"] = translated(outcome.owes), day_words.typed("today")
        form.proposed |= {"owe", "by"}
    if "code" in values:
        values["code"] = choices(outcome, "code")[0]
    return form


_LINES: Mapping[Category, tuple[str, ...]] = {
    Category.PROMISE: ("when", "how", "about", "owe", "by"),
    Category.CONVERSATION: ("again", "how", "owe", "by"),
    Category.WIN: ("about", "when", "owe", "by"),
    Category.NURTURE: ("about", "how"),
    Category.GATEKEEPER: ("who", "best"),
    Category.NOT_A_FIT: ("code",),
    Category.DO_NOT_CALL: ("code",),
    Category.WRONG_NUMBER: ("number",),
}
"""The lines of a form; an outcome that is not here asks for nothing and is done with one key."""


def fields_of(outcome: Outcome) -> tuple[str, ...]:
    """The lines of an outcome's form."""
    if outcome.is_ is Category.CONVERSATION and outcome.owes:
        return ("owe", "by", "again")
    return _LINES.get(outcome.is_, ())


def asks_when(outcome: Outcome) -> bool:
    """Whether an outcome can hold a time that was agreed."""
    return not TIMES.isdisjoint(fields_of(outcome))


def proposed_time(setting: Setting, wait: timedelta | None = None) -> str:
    """A call-back time to offer: the next working day, or after `wait`, at this hour, inside calling hours."""
    later = setting.here + max(wait or A_DAY, A_DAY)
    later = later.replace(minute=0 if later.minute < 30 else 30, second=0, microsecond=0)
    opens = setting.opens(later.astimezone(UTC))
    there = local(opens, setting.their_zone)
    return f"{day_words.typed_weekday(there.date(), setting.here.date())} {there:%H:%M}".lower()


def choices(outcome: Outcome, name: str) -> tuple[str, ...]:
    """What a line that is chosen may hold; empty for a line that is typed."""
    codes = tuple(REFUSED_FOR) if outcome.is_ is Category.DO_NOT_CALL else NO_FIT
    return {"how": CHANNELS, "code": codes}.get(name, ())


def fields(form: Form, setting: Setting) -> tuple[FormField, ...]:
    """The form's lines as a screen draws them, each with what we understood so far."""
    return tuple(_field(form, name, setting) for name in form.values)


def _field(form: Form, name: str, setting: Setting) -> FormField:
    outcome, value, options = form.outcome, form.values[name], choices(form.outcome, name)
    label, hint = form_words.field_label(name, outcome), form_words.field_hint(name, outcome)
    if options:
        shown = tuple(_choice_words(one) for one in options)
        hint = hint or notice("choices", choices=", ".join(shown))
        return FormField(name, label, _choice_words(value), "choice", shown, hint=hint)
    preview: tuple[str, ...] = ()
    problem, offers = "", tuple[str, ...]()
    try:
        preview = _understood(form, name, setting)
    except NotYet as refused:
        problem, offers = str(refused), refused.choices
    proposed = name in form.proposed
    return FormField(name, label, value, "text", (), proposed, preview, problem, offers, hint)


def _choice_words(choice: str) -> str:
    """A channel or a reason in words; the record keeps its code or its English."""
    return translated(CHANNEL_WORDS.get(choice, choice))


def next_choice(form: Form, name: str) -> None:
    """Turn a choice field to its next value; a line that is typed stays."""
    if options := choices(form.outcome, name):
        form.values[name] = options[(options.index(form.values[name]) + 1) % len(options)]
        form.proposed.discard(name)


def _understood(form: Form, name: str, setting: Setting) -> tuple[str, ...]:
    text = form.values[name].strip()
    if name == "when" and text:
        return _spelled(_call_time(text, name, form, setting), setting)
    if name == "again":
        return _again_preview(text, form, setting)
    if name == "by" and form.values.get("owe", "").strip():
        day = _read_day(text, setting)
        return (
            ()
            if text == day_words.typed("today")
            else (day_words.long_day(day, setting.their_zone, setting.now),)
        )
    return ()


def _again_preview(text: str, form: Form, setting: Setting) -> tuple[str, ...]:
    if text and not every(text):
        return _spelled(_call_time(text, "again", form, setting), setting)
    return form_words.rhythm(every(text) or 0, setting.otherwise)


def time_named(text: str, setting: Setting) -> When | Past | Unsure | None:
    """The time a phrase names, said at the moment of the setting, as `read_when` has it."""
    return read_when(text, setting.here.replace(tzinfo=None), month_first=setting.month_first)


def read_time(text: str, name: str, setting: Setting) -> When:
    """The time a phrase names, said at the moment of the setting.

    Raises `NotYet` when it is past or unclear, with what can be chosen instead.
    """
    found = time_named(text, setting)
    if found is None:
        raise NotYet(name, notice("time_unknown"))
    if isinstance(found, When):
        return found
    choices = tuple(phrase for phrase, _ in found.choices)
    code = (
        "time_is_past" if isinstance(found, Past) else "which_time" if len(choices) > 1 else "time_misspelled"
    )
    raise NotYet(name, notice(code, offer=queue_reasons.one_of_times(choices)), choices)


def _call_time(text: str, name: str, form: Form, setting: Setting) -> When:
    """The time of a promise; for a call it must be one that the law allows."""
    when = read_time(text, name, setting)
    by_phone = form.values.get("how", "phone") in ("", "phone") and form.outcome.is_ is not Category.WIN
    if not by_phone:
        return when
    asked = agreed(when, setting)
    for packs, zones in ((setting.law, setting.zones), (setting.next_law, setting.next_zones)):
        if packs and (refused := law_problem(asked, packs, zones, setting.now)):
            raise NotYet(name, refused)
    return when


def _read_day(text: str, setting: Setting) -> datetime:
    if not text.strip() or RELATIVE_DAYS.get(text.strip().casefold()) == 0:
        return setting.now
    return agreed(read_time(text, "by", setting), setting).from_


def agreed(when: When, setting: Setting) -> Promise:
    """What a parsed phrase promises: its minute, else from the first calling hour of the day, part or range to its end.

    Without calling hours then, it is the hour the phrase is taken for. What was said to be later today is not
    due within the hour: they are on the line now.
    """
    named = settle(when.at_local, setting.their_zone).at
    whole = Promise(named, setting.their_zone, when.precision)
    if when.until_local is not None:
        whole = replace(whole, until=settle(when.until_local, setting.their_zone).at)
    if when.precision == "minute":
        return whole
    begins = span_begins(whole)
    opens = setting.opens(begins)
    first = opens if begins <= opens < whole.until else named
    soonest = setting.now + (timedelta() if when.precision == "range" else NOT_WITHIN)
    soonest = soonest if soonest < whole.until else min(setting.now, whole.until - timedelta(minutes=1))
    return replace(whole, from_=max(first, soonest))


def _spelled(when: When, setting: Setting) -> tuple[str, ...]:
    promise, zone = agreed(when, setting), setting.their_zone
    at, clocks = promise.from_, day_words.Clocks(zone, setting.my_zone, setting.read)
    if when.precision != "minute":
        return (form_words.some_time(promise, clocks),)
    inside = is_open(setting.hours, setting.zones, at)
    said = (
        day_words.spelled(at, clocks),
        _moved(when, setting),
        form_words.on_time(at, setting.read, inside),
    )
    return tuple(filter(None, said))


def _moved(when: When, setting: Setting) -> str:
    zone = setting.their_zone
    return day_words.moved(when.at_local, settle(when.at_local, zone), zone)


def moved(form: Form, setting: Setting) -> str:
    """Why a time in a form is not taken as it was typed: the clocks change that night; empty when it is."""
    name = next((one for one in TIMES if form.values.get(one, "").strip()), "")
    if not name or every(form.values[name]):
        return ""
    return _moved(read_time(form.values[name], name, setting), setting)


def filled(form: Form, setting: Setting) -> Filled:
    """What the form says. Raises `NotYet` naming the field that must change first.

    What is owed is kept whatever the outcome: the team may let any of them owe something.
    """
    values = {name: value.strip() for name, value in form.values.items()}
    return replace(_said(form, values, setting), owed=_owed(values, setting))


def _said(form: Form, values: Mapping[str, str], setting: Setting) -> Filled:
    """The lines of this kind of outcome."""
    kind = form.outcome.is_
    if kind is Category.PROMISE and not values["when"]:
        raise NotYet("when", notice("ask_when"))
    if kind is Category.PROMISE:
        return Filled(promise=_promise(values["when"], "when", form, setting))
    if kind is Category.CONVERSATION:
        return _after_talk(values, form, setting)
    asked = {name: said for line, name in ANSWERS.get(kind, ()) if (said := values[line])}
    if kind is Category.WIN and values["when"]:
        asked["meeting_at"] = _promise(values["when"], "when", form, setting).from_.isoformat()
    return Filled(
        prefers=_named_channel(form, setting),
        reason_code=values.get("code", ""),
        right_number=values.get("number", ""),
        asked_for=asked,
    )


def _after_talk(values: Mapping[str, str], form: Form, setting: Setting) -> Filled:
    text, channel = values["again"], values.get("how", "phone")
    if days := every(text):
        named = None if "how" in form.proposed else channel
        return Filled(prefers=Preferences(days, named, setting.contact.prefers.at, setting.now))
    promise = _promise(text, "again", form, setting) if text else None
    return Filled(promise=promise, prefers=_named_channel(form, setting))


def _named_channel(form: Form, setting: Setting) -> Preferences | None:
    """The channel the customer named; None unless the rep changed the proposed channel."""
    if "how" not in form.values or "how" in form.proposed:
        return None
    return replace(setting.contact.prefers, channel=form.values["how"], since=setting.now)


def _promise(text: str, name: str, form: Form, setting: Setting) -> Promise:
    when = _call_time(text, name, form, setting)
    return replace(
        agreed(when, setting),
        channel=form.values.get("how", "phone") or "phone",
        phrase=text,
        words=form.values.get("about", "").strip(),
    )


def _owed(values: Mapping[str, str], setting: Setting) -> Owed | None:
    if not (what := values.get("owe", "")):
        return None
    return Owed(what, local(_read_day(values.get("by", ""), setting), setting.my_zone).date())
