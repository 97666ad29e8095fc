"""What a script may say about this contact and this call: the values behind `{{first_name}}` and the other names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from tui.cockpit.state.active_call import Working
from tui.cockpit.wording.notices import notice
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import is_our_call
from tui.domain.next_step import NextStep
from tui.domain.outcome import RIGHT_PARTY
from tui.domain.promise_state import PlannedCall, PromiseState
from tui.domain.window import local
from tui.locale.spoken import translated
from tui.script.call.wording import used_up
from tui.script.language import dates
from tui.script.language.facts import contact_values
from tui.script.language.model import Script

OFFER = re.compile(r"\b(offer|proposal|quote|quotation|offerta|preventivo|proposta)\b", re.IGNORECASE)
"""Words of a to-do that is an offer to a customer."""

YES = frozenset({"yes", "true", "1", "sì"})


def agreed(contact: Contact, what: str) -> bool:
    """Whether a field of the contact, or what a script remembered, says yes to this; unsaid is no."""
    return {**contact.fields, **contact.remembered}.get(what, "").strip().casefold() in YES


class Me(Struct, frozen=True):
    """Who is calling."""

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
    owed: PromiseState | None = None,
    *,
    known_to_them: bool = False,
) -> dict[str, str]:
    """Values by variable name, days in `language`; an empty one counts as missing, so a script's default is said.

    `known_to_them`: they may have talked to us before (`may_know_us`).
    """
    there = now.astimezone(ZoneInfo(zone))
    return {
        **contact_values(contact, language),
        "my_name": me.name or translated("‹your name›"),
        "my_company": me.company or translated("‹your company›"),
        "my_number": me.number or translated("‹your number›"),
        "my_title": me.title,
        "today": dates.full_day(there.date(), language),
        "weekday": dates.weekday(there.date(), language),
        "time_of_day": dates.part_of_day(there.hour, language),
        "attempt": str(step.tries + 1),
        "spoken_before": "yes" if known_to_them else "",
        **_from_history(calls, zone, there.date(), language),
        **(_from_promise(owed, language) if owed else {}),
    }


def kind_for_words(step: NextStep, calls: Sequence[Call]) -> str:
    """The kind of call a script is chosen for.

    An imported plan or an imported last contact tells nothing of what was said: until a call of ours is on record
    the words are those of a first call. Of whoever may or may not have called us nobody says that we missed them.
    """
    if not step.one_of and step.plan is None and (step.touched_at is None or step.kind != "follow_up"):
        return step.kind
    return "follow_up" if any(not call.voided_at for call in calls) else "fresh"


def _from_history(calls: Sequence[Call], zone: str, today: date, language: str) -> dict[str, str]:
    known = [c for c in calls if not c.voided_at]
    if not known:
        return {}
    last, values, there = known[-1], {}, ZoneInfo(zone)
    if called := [c for c in known if is_our_call(c)]:
        values["last_call_when"] = dates.past_day(called[-1].at.astimezone(there).date(), today, language)
    if talks := [c for c in known if c.is_ in RIGHT_PARTY]:
        values["last_talk_when"] = dates.past_day(talks[-1].at.astimezone(there).date(), today, language)
    values["last_outcome"] = last.outcome.replace("_", " ")
    if last.notes:
        values["last_notes"] = last.notes[-1].text
    return values


def may_know_us(contact: Contact, calls: Sequence[Call], plans: Sequence[PlannedCall]) -> bool:
    """Whether they talked to us, or may have before they came into the list.

    An imported last contact, or a call planned in another program, speaks for it. Then no script says that
    we never spoke.
    """
    talked = any(call.is_ in RIGHT_PARTY and not call.voided_at for call in calls)
    return talked or contact.touched_at is not None or bool(plans)


def _from_promise(owed: PromiseState, language: str) -> dict[str, str]:
    """The promised time as it is said, and when we tried to keep it.

    What they asked for stands on the card in their own words; spliced into a sentence of ours it would be nonsense
    ("a question about after the trade fair").
    """
    promise = owed.promise
    today = local(owed.now, promise.zone).date()
    said = dates.promised_day(promise.local_day, today, language, promise.part)
    # "I said I would call today and I did not" is untrue of a call made today: then the hour is said too.
    if not promise.part and promise.precision != "day" and _hour_matters(owed, today):
        begins, ends = (local(at, promise.zone).time() for at in (promise.from_, promise.until))
        is_range = promise.precision == "range"
        said = (
            dates.between_times(said, begins, ends, language)
            if is_range
            else dates.at_time(said, begins, language)
        )
    values = {"promised_date": said}
    if owed.tries:
        tried = local(owed.tries[0].at, promise.zone)  # the one in time: later tries were not agreed
        day = dates.past_day(tried.date(), today, language)
        values["tried_when"] = dates.at_time(day, tried.time(), language)
    return values


def _hour_matters(owed: PromiseState, today: date) -> bool:
    return owed.timing == "late" or (owed.timing == "early" and owed.promise.local_day == today)


def was_offered(calls: Iterable[Call]) -> bool:
    """Whether an offer is on record: a to-do that names one was done."""
    return any(
        call.owed is not None and call.owed.done_at and not call.voided_at and OFFER.search(call.owed.what)
        for call in calls
    )


def news_line(working: Working, calls: Sequence[Call], own_key: str) -> str:
    """The reason this call carries; a hint when all are told (B25) or the script has had its follow-ups.

    `own_key` is the key that types another reason.
    """
    walk = working.walk
    if working.own_reason:
        return working.own_reason
    if walk is None or working.entry != "follow_up":
        return ""
    due, followup = walk.wording.reason(), walk.script.followup
    enough = _enough(walk.script, calls)
    if due:
        return f"{due.say}. {enough}" if enough else due.say
    if followup is None or not used_up(walk.script, walk.facts):
        return enough
    # The script says what to do instead; where it does not, we do.
    instead = walk.wording.fill(followup.no_reason).text or notice("softer")
    return f"{enough} {notice('reasons_used_up', own=own_key, instead=instead)}".strip()


def _enough(script: Script, calls: Sequence[Call]) -> str:
    """What the script's `stop_after:` says of one more follow-up with it; empty while there may be one."""
    most = script.followup.stop_after if script.followup is not None else None
    ours = (call.script for call in calls if not call.voided_at and call.direction == "out")
    made = sum(words.id == script.id and words.entry == "follow_up" for words in ours)
    if not most or made < most:
        return ""
    return notice("follow_up_too_many", number=made + 1, most=most)
