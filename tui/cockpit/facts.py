"""What a script may say about this contact and this call: the values behind `{{first_name}}` and its kin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.daywords import Clocks, day_words
from tui.domain.nextstep import NextStep
from tui.domain.outcome import UNANSWERED, Category
from tui.script import dates
from tui.script.facts import contact_values

SENT = {"email": "you sent an e-mail", "text": "you sent a text message", "visit": "you went there"}
"""Touches that were no call, in words."""

YES = frozenset({"yes", "true", "1", "sì"})


def agreed(contact: Contact, what: str) -> bool:
    """Whether a field of the contact, or what a script remembered, says yes to this; unsaid is no."""
    return {**contact.fields, **contact.remembered}.get(what, "").strip().casefold() in YES


@dataclass(frozen=True, slots=True)
class Me:
    """Who is ringing."""

    name: str = ""
    number: str = ""
    title: str = ""
    company: str = ""


def script_values(
    contact: Contact,
    calls: Sequence[Call],
    step: NextStep,
    me: Me,
    zone: str,
    now: datetime,
    language: str = "en",
) -> dict[str, str]:
    """Values by variable name, days in `language`; an empty one counts as missing, so a script's default is said."""
    there = now.astimezone(ZoneInfo(zone))
    return {
        **contact_values(contact, language),
        "my_name": me.name or "‹your name›",
        "my_company": me.company or "‹your company›",
        "my_number": me.number or "‹your number›",
        "my_title": me.title,
        "today": dates.full_day(there.date(), language),
        "weekday": dates.weekday(there.date(), language),
        "time_of_day": dates.part_of_day(there.hour, language),
        "attempt": str(step.tries + 1),
        **_from_history(calls, zone, there.date(), language),
    }


def _from_history(calls: Sequence[Call], zone: str, today: date, language: str) -> dict[str, str]:
    known = [c for c in calls if not c.voided_at]
    if not known:
        return {}
    last, values, there = known[-1], {}, ZoneInfo(zone)
    values["last_call_when"] = dates.past_day(last.at.astimezone(there).date(), today, language)
    values["last_outcome"] = last.outcome.replace("_", " ")
    if last.notes:
        values["last_notes"] = last.notes[-1].text
    promise = open_promise(known)
    if promise and promise.promise:
        day = promise.promise.at.astimezone(there).date()
        values["promised_date"] = dates.promised_day(day, today, language)
        values["topic"] = promise.promise.words
    return values


def open_promise(calls: Sequence[Call]) -> Call | None:
    """The call whose promise still stands: the last one made that no talk came after."""
    for call in reversed(calls):
        if call.voided_at:
            continue
        if call.promise:
            return call
        if (
            call.is_ not in UNANSWERED
            and call.is_ is not Category.GATEKEEPER
            and call.is_ is not Category.WRONG_NUMBER
        ):
            return None
    return None


def told_reasons(calls: Sequence[Call], used: frozenset[str]) -> frozenset[str]:
    """Reasons this person can have heard already; a missed call tells nothing (B23)."""
    return frozenset(c.reason_id for c in calls if c.reason_id and not c.voided_at and c.reason_id in used)


def last_line(calls: Sequence[Call], labels: Mapping[str, str], clocks: Clocks) -> str:
    """The last contact in words: `Thu 19 Nov, you left a voicemail about the price list`."""
    known = [c for c in calls if not c.voided_at]
    if not known:
        return ""
    call = known[-1]
    day = day_words(call.at, clocks.ours, clocks.now)
    said = {
        Category.VOICEMAIL: "you left a voicemail",
        Category.NO_ANSWER: "no answer",
        Category.GATEKEEPER: "you spoke to the receptionist",
    }.get(call.is_, labels.get(call.outcome, call.outcome.replace("_", " ")).lower())
    if call.channel in SENT:
        said = SENT[call.channel]
    elif call.direction == "in":
        said = "they rang us" if call.is_ is Category.NO_ANSWER else f"they rang us: {said}"
    topic = (
        call.answers.get("topic") or call.answers.get("reason") or (call.notes[-1].text if call.notes else "")
    )
    return f"{day}, {said}" + (f": {topic}" if topic else "")
