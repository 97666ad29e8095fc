"""The form behind an outcome: only what is needed, understood while it is typed, and turned into records when saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tui.cockpit.call_view import FormField
from tui.cockpit.form.phrases import NOTHING, Agreed, Setting, every, law_problem
from tui.cockpit.wording import outcomes
from tui.domain import day_words
from tui.domain.contact import Contact, Preferences
from tui.domain.outcome import Category, Outcome
from tui.domain.promise import Owed, Promise
from tui.domain.when import Past, When, parse_when
from tui.domain.window import is_open, local, settle

CHANNELS = ("phone", "email", "text", "visit")
NO_FIT = (
    "no need for it",
    "too small",
    "we cannot serve them",
    "not the right firm",
    "out of business",
    "other",
)
GAVE_UP = ("no interest after several tries", "asked to stop", "chose somebody else", "no budget", "other")
NEVER = ("this person", "this number", "the whole firm")
ASKED = frozenset({"agreed", "meeting_at", "said", "receptionist", "best_time"})
"""Answers that forms ask for, by the name they are kept under."""


@dataclass(slots=True)
class Form:
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


@dataclass(frozen=True, slots=True)
class Filled:
    """What a saved form says."""

    promise: Promise | None = None
    owed: Owed | None = None
    prefers: Preferences | None = None
    reason_code: str = ""
    right_number: str = ""
    asked_for: Mapping[str, str] = field(default_factory=dict)
    """Answers the form itself asked for, e.g. the receptionist's name."""


class NotYet(ValueError):  # noqa: N818 - the form asks for more, nothing went wrong
    """The form cannot be saved so; the message says why and offers a way."""

    def __init__(self, field_id: str, message: str) -> None:
        super().__init__(message)
        self.field_id = field_id


TIMES = frozenset({"when", "again"})
"""Fields that hold a time."""
A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
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
        said = agreed.day if _is_time(agreed.day, setting) else agreed.interval if time == "again" else ""
        values[time] = said
        form.proposed |= {time} if said else set()
    if "how" in values:
        values["how"] = agreed.channel or _preferred_channel(outcome, setting.contact)
        if not agreed.channel:
            form.proposed.add("how")
    if outcome.owes:
        values["owe"], values["by"] = outcome.owes, "today"
        form.proposed |= {"owe", "by"}
    if "code" in values:
        values["code"] = _codes(outcome)[0]
    return form


def _is_time(text: str, setting: Setting) -> bool:
    try:
        read_time(text, "when", setting)
    except NotYet:
        return False
    return True


def _preferred_channel(outcome: Outcome, contact: Contact) -> str:
    if contact.prefers.channel in CHANNELS:
        return str(contact.prefers.channel)
    return "email" if outcome.is_ is Category.NURTURE else "phone"


def fields_of(outcome: Outcome) -> tuple[str, ...]:
    """The lines of an outcome's form."""
    match outcome.is_:
        case Category.PROMISE:
            return ("when", "how", "about", "owe", "by")
        case Category.CONVERSATION if outcome.owes:
            return ("owe", "by", "again")
        case Category.CONVERSATION:
            return ("again", "how", "owe", "by")
        case Category.WIN:
            return ("about", "when", "owe", "by")
        case Category.NURTURE:
            return ("about", "how")
        case Category.GATEKEEPER:
            return ("who", "best")
        case Category.NOT_A_FIT | Category.DO_NOT_CALL:
            return ("code",)
        case Category.WRONG_NUMBER:
            return ("number",)
        case _:
            return ()


def asks_when(outcome: Outcome) -> bool:
    """Whether an outcome can hold a time that was agreed."""
    return not TIMES.isdisjoint(fields_of(outcome))


def has_form(outcome: Outcome) -> bool:
    """Whether an outcome asks for anything; no answer and voicemail are done with one key."""
    return bool(fields_of(outcome))


def proposed_time(setting: Setting, wait: timedelta | None = None) -> str:
    """A call-back time to offer: the next working day, or after `wait`, at this hour, inside calling hours."""
    later = setting.here + max(wait or A_DAY, A_DAY)
    later = later.replace(minute=0 if later.minute < 30 else 30, second=0, microsecond=0)
    opens = setting.opens(later.astimezone(UTC))
    local = opens.astimezone(ZoneInfo(setting.their_zone))
    if (local.date() - setting.here.date()).days < 7:
        return f"{day_words.weekday_name(local.date(), setting.here.date())} {local:%H:%M}".lower()
    return f"{day_words.date_words(local.date(), setting.here.date())} {local:%H:%M}".lower()


def _codes(outcome: Outcome) -> tuple[str, ...]:
    return NEVER if outcome.is_ is Category.DO_NOT_CALL else NO_FIT


def choices(outcome: Outcome, name: str) -> tuple[str, ...]:
    """What a line that is chosen may hold; empty for a line that is typed."""
    return CHANNELS if name == "how" else _codes(outcome) if name == "code" else ()


_LABELS = {
    "when": "When",
    "how": "How",
    "about": "About",
    "owe": outcomes.TO_DO,
    "by": "by",
    "again": "Again",
    "who": "Name",
    "best": "Best time",
    "code": "Why",
    "number": "New number",
}
_HINTS = {
    "about": "their words, if any",
    "owe": "what you promised to do, if anything",
    "again": "how they want it: every 2 weeks, fri 3pm; empty: did not ask",
    "who": "who answered",
    "best": "when to find the person",
    "number": "if they told you",
    "by": "a day",
    "how": "Space: phone, e-mail, text message, visit",
}


def fields(form: Form, setting: Setting) -> tuple[FormField, ...]:
    """The form's lines as a screen draws them, each with what we understood so far."""
    return tuple(_field(form, name, setting) for name in form.values)


def _field(form: Form, name: str, setting: Setting) -> FormField:
    value, label, hint = form.values[name], _LABELS[name], _HINTS.get(name, "")
    preview: tuple[str, ...] = ()
    problem = ""
    try:
        preview = _understood(form, name, setting)
    except NotYet as refused:
        problem = str(refused)
    if options := choices(form.outcome, name):
        shown = tuple(outcomes.CHANNEL_WORDS.get(one, one) for one in options)
        if name == "code":
            label = "Who" if form.outcome.is_ is Category.DO_NOT_CALL else "Why"
        return FormField(
            name,
            label,
            outcomes.CHANNEL_WORDS.get(value, value),
            "choice",
            shown,
            hint=hint or "Space: " + ", ".join(shown),
        )
    if name == "when" and form.outcome.is_ is Category.WIN:
        hint = "the meeting, if one was agreed"
    return FormField(
        name, label, value, proposed=name in form.proposed, preview=preview, problem=problem, hint=hint
    )


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
        return () if text == "today" else (day_words.long_day(day, setting.their_zone, setting.now),)
    return ()


def _again_preview(text: str, form: Form, setting: Setting) -> tuple[str, ...]:
    if not text:
        return (f"Did not ask: {setting.otherwise}",) if setting.otherwise else ()
    if days := every(text):
        return (f"{day_words.every_days(days).capitalize()}, as they asked: {setting.otherwise}",)
    return _spelled(_call_time(text, "again", form, setting), setting)


def read_time(text: str, name: str, setting: Setting) -> When:
    """The time a phrase names, said at the moment of the setting. Raises `NotYet` when it is past or unclear."""
    found = parse_when(text, setting.here.replace(tzinfo=None), month_first=setting.month_first)
    if isinstance(found, Past):
        raise NotYet(name, f"That was earlier. Did you mean '{found.offer_text}'?")
    if found is None:
        raise NotYet(name, "Not a time I know. Try: fri 3pm, tomorrow 10:30, in 2 weeks")
    return found


def _call_time(text: str, name: str, form: Form, setting: Setting) -> When:
    """The time of a promise; for a call it must be one that the law allows."""
    when = read_time(text, name, setting)
    by_phone = form.values.get("how", "phone") in ("", "phone") and form.outcome.is_ is not Category.WIN
    if not by_phone:
        return when
    asked = agreed(when, setting)
    for packs, zones in ((setting.law, setting.places), (setting.next_law, setting.next_zones)):
        if packs and (refused := law_problem(asked, packs, zones, setting.now)):
            raise NotYet(name, refused)
    return when


def _read_day(text: str, setting: Setting) -> datetime:
    if text.strip().casefold() in ("", "today", "oggi"):
        return setting.now
    return at_utc(read_time(text, "by", setting), setting)


def at_utc(when: When, setting: Setting) -> datetime:
    """From when (UTC) a parsed phrase is due."""
    return agreed(when, setting).from_


def agreed(when: When, setting: Setting) -> Promise:
    """What a parsed phrase promises: its minute, else from the first calling hour of the day or part to its end.

    Without calling hours then, it is the hour the phrase is taken for. What was said to be later today is not
    due within the hour: they are on the line now.
    """
    named = settle(when.at_local, setting.their_zone).at
    whole = Promise(named, setting.their_zone, when.precision)
    if when.precision == "minute":
        return whole
    begins = named if whole.part else whole.on_time_from(timedelta())
    opens = setting.opens(begins)
    first = opens if begins <= opens < whole.until else named
    soonest = setting.now + NOT_WITHIN
    soonest = soonest if soonest < whole.until else min(setting.now, whole.until - A_MINUTE)
    return replace(whole, from_=max(first, soonest))


def _spelled(when: When, setting: Setting) -> tuple[str, ...]:
    promise, zone = agreed(when, setting), setting.their_zone
    at, part = promise.from_, promise.part
    if when.precision != "minute":
        there, today = local(at, zone).date(), local(setting.read, zone).date()
        within = f"in the {part}" if part else "any time that day"
        distance = day_words.in_days(there, today).capitalize()
        return (f"{day_words.full_date(there, today)}, {within}. {distance}.",)
    inside = is_open(setting.hours, setting.places, at)
    hours = "Within calling hours." if inside else "Outside our calling hours: fine, they asked for it."
    why = _moved(when, setting)
    return (
        day_words.spelled(at, day_words.Clocks(zone, setting.my_zone, setting.read)),
        *((why,) if why else ()),
        f"{hours} Nobody on the team calls before then."
        if at > setting.read
        else "That time is over by now.",
    )


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
    match form.outcome.is_:
        case Category.PROMISE:
            if not values["when"]:
                raise NotYet("when", "When shall we call? For example: fri 3pm")
            return Filled(promise=_promise(values["when"], "when", form, setting))
        case Category.CONVERSATION:
            return _after_talk(values, form, setting)
        case Category.WIN:
            meeting = {"agreed": values["about"]} if values["about"] else {}
            promise = _promise(values["when"], "when", form, setting) if values["when"] else None
            if promise:
                meeting["meeting_at"] = promise.from_.isoformat()
            return Filled(asked_for=meeting)
        case Category.NURTURE:
            said = {"said": values["about"]} if values["about"] else {}
            return Filled(prefers=_named_channel(form, setting), asked_for=said)
        case Category.GATEKEEPER:
            return Filled(
                asked_for={
                    key: values[name]
                    for name, key in (("who", "receptionist"), ("best", "best_time"))
                    if values[name]
                }
            )
        case Category.WRONG_NUMBER:
            return Filled(right_number=values["number"])
        case _:
            return Filled(reason_code=values.get("code", ""))


def _after_talk(values: Mapping[str, str], form: Form, setting: Setting) -> Filled:
    text, channel = values["again"], values.get("how", "phone")
    if days := every(text):
        named = None if "how" in form.proposed else channel
        return Filled(prefers=Preferences(days, named, setting.contact.prefers.at, setting.now))
    promise = _promise(text, "again", form, setting) if text else None
    return Filled(promise=promise, prefers=_named_channel(form, setting))


def _named_channel(form: Form, setting: Setting) -> Preferences | None:
    """The channel the customer named: only one the rep chose, a proposal is nobody's wish."""
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
    what = values.get("owe", "")
    if not what:
        return None
    return Owed(what, _day(values.get("by", ""), setting))


def _day(text: str, setting: Setting) -> date:
    return _read_day(text, setting).astimezone(ZoneInfo(setting.my_zone)).date()
